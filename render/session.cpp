#include "render/session.hpp"

#include <algorithm>
#include <numeric>

#include "lang/raise.hpp"
#include "render/chart.hpp"
#include "render/lineage_report.hpp"
#include "render/run_report.hpp"
#include "render/short_text.hpp"
#include "render/step.hpp"
#include "render/step_derivation.hpp"
#include "render/why.hpp"

namespace funpass::render {

namespace {

std::vector<uint32_t> hostsAsked(const Session& session, const std::optional<uint32_t>& one) {
  if (one) return {*one};
  std::vector<uint32_t> all(session.here().configuration.hosts.size());
  std::iota(all.begin(), all.end(), 0U);
  return all;
}

std::string marksOf(const Session& session, uint32_t node) {
  std::string out;
  for (const auto& [name, at] : session.marks)
    if (at == node) out += (out.empty() ? " [" : ", ") + name;
  return out.empty() ? out : out + "]";
}

std::string budgetText(const Budget& left) {
  std::string out;
  const auto say = [&](uint32_t n, std::string_view noun) {
    if (n > 0) out += (out.empty() ? "" : ", ") + counted(n, noun);
  };
  say(left.crashes, "crash");
  say(left.restarts, "restart");
  say(left.drops, "drop");
  say(left.duplicates, "duplicate");
  for (size_t at = 0; (at = out.find("crashs", at)) != std::string::npos;) out.replace(at, 6, "crashes");
  return out.empty() ? out : "; failures left: " + out;
}

std::string header(const Session& session, const Style& style) {
  const Visit& here = session.here();
  const std::string name = "configuration " + std::to_string(session.cursor);
  const std::string rest = (here.depth == 0 ? ", the start" : " after " + counted(here.depth, "step")) +
                           marksOf(session, session.cursor) + budgetText(here.configuration.budget);
  return inked(name, Ink::Note, style) + wrapped(rest, style.width, 2, columnsOf(name)) + "\n";
}

std::string haltText(const Session& session, const Answer& answer) {
  switch (answer.halt) {
    case Halt::Done: return "";
    case Halt::Choice: return "there is a choice";
    case Halt::Rule: return std::string(info(*answer.command.rule).name) + " was applied";
    case Halt::Host: return "that host moved";
    case Halt::Message: return "a message was sent or taken";
    case Halt::End: return "there is no further step";
    case Halt::Limit:
      if (session.tree.size() >= SessionLimits().maxNodes) return "the limit of a session is 1,000,000 configurations";
      return "the limit of one command is 100,000; `" + answer.command.text + "` again goes on";
    case Halt::Interrupted: return "interrupted";
    case Halt::Overflow: return "an integer does not fit 64 bits: the tool's limit";
  }
  return {};
}

std::string_view haltName(Halt halt) {
  switch (halt) {
    case Halt::Done: return "done";
    case Halt::Choice: return "choice";
    case Halt::Rule: return "rule";
    case Halt::Host: return "host";
    case Halt::Message: return "message";
    case Halt::End: return "end";
    case Halt::Limit: return "limit";
    case Halt::Interrupted: return "interrupted";
    case Halt::Overflow: return "overflow";
  }
  return {};
}

uint32_t numberOf(const Visit& visit, uint32_t host, Handle message) {
  for (const InFlight& flying : visit.messages)
    if (flying.host == host && flying.message == message) return flying.number;
  return 0;
}

// What a choice would do, on one line.
std::string choiceDoes(const Arena& arena, const Visit& visit, const Step& step, uint32_t width) {
  const Handle message = step.rule == Rule::FDup ? step.sent.front().message : step.taken;
  if (message != 0) {
    const std::string name = "m" + std::to_string(numberOf(visit, step.host, message)) + " ";
    return name + shortText(arena, message, std::max<uint32_t>(width, 16) - columnsOf(name));
  }
  if (isFailure(step)) return step.rule == Rule::FCrash ? "the host crashes" : "the host starts again with nothing";
  return shortText(arena, step.redex, width);
}

std::string choicesText(Semantics& semantics, const Session& session, uint32_t most, const Style& style) {
  const Arena& arena = semantics.arena();
  const std::vector<Step> steps = semantics.steps(session.here().configuration);
  const size_t shown = most == 0 || steps.size() <= most + 1 ? steps.size() : most;
  uint32_t hostWidth = 1, ruleWidth = 8;
  for (size_t i = 0; i < shown; ++i) {
    hostWidth = std::max(hostWidth, std::min(columnsOf(arena.hosts()[steps[i].host]), 16U));
    ruleWidth = std::max(ruleWidth, columnsOf(ruleName(steps[i])));
  }
  const auto digits = static_cast<uint32_t>(std::to_string(shown).size()) + 1;
  std::string out;
  for (size_t i = 0; i < shown; ++i) {
    const std::string number = std::to_string(i);
    const uint32_t used = digits + hostWidth + ruleWidth + 6;
    out += std::string(digits - std::min<size_t>(digits, number.size()), ' ') + number + "  " +
           padded(shortened(arena.hosts()[steps[i].host], hostWidth), hostWidth) + "  " +
           inked(padded(ruleName(steps[i]), ruleWidth), Ink::Rule, style) + "  " +
           choiceDoes(arena, session.here(), steps[i], style.width > used + 12 ? style.width - used : 12) + "\n";
  }
  if (shown < steps.size()) out += "  … " + std::to_string(steps.size() - shown) + " more: `choices` lists them\n";
  return out;
}

// Why there is no step, if there is none but failures.
std::string standstillText(Semantics& semantics, const Session& session, const Style& style) {
  const std::string_view state = stateName(semantics, session);
  if (state == "steps") return {};
  Arena& arena = semantics.arena();
  const Configuration& here = session.here().configuration;
  if (state == "limit") return inked("incomplete", Ink::Note, style) + ": an integer does not fit 64 bits\n";
  if (state == "final") {
    std::string results;
    for (const HostState& host : here.hosts) {
      if (host.result == 0) continue;
      const std::string& name = arena.hosts()[static_cast<size_t>(&host - here.hosts.data())];
      const bool none = arena.is(host.result, Tag::NoResult) || arena.is(host.result, Tag::NeverResult);
      results += (results.empty() ? "" : "; ") + name +
                 (none ? " has no result"
                       : " = " + shortened(resultText(arena, host.result, 2 * style.width), style.width / 2));
    }
    return inked("final", Ink::Note, style) + (results.empty() ? "" : ": " + wrapped(results, style.width, 2, 7)) +
           "\n";
  }
  std::string out = inked(state == "lost" ? "data is lost" : "stuck", Ink::Error, style) + "\n";
  for (const StuckHost& host : stuckHosts(arena, semantics, here, style))
    if (!host.done) out += stuckText(host, style);
  return out;
}

std::string lastStep(const Arena& arena, const Session& session, const Style& style) {
  const Visit& here = session.here();
  if (!here.step) return {};
  return stepText(arena, here.depth, session.tree[here.parent].configuration, *here.step, style);
}

// After the cursor moved: where it is, the last step, the hosts, the choices; of long lists so many.
std::string moveText(Semantics& semantics, const Session& session, const Answer& answer, const Style& style,
                     const Shown& shown) {
  std::string out;
  if (answer.taken != 1 && (answer.taken > 1 || answer.halt != Halt::Done)) {
    const std::string why = haltText(session, answer);
    out += wrapped(counted(answer.taken, "step") + " taken" + (why.empty() ? "" : ": " + why), style.width, 2) + "\n";
  }
  out += header(session, style) + lastStep(semantics.arena(), session, style);
  if (session.view.of != View::Of::None) {
    const auto one = session.view.of == View::Of::One ? std::optional<uint32_t>(session.view.host) : std::nullopt;
    out += hostsText(semantics, session.here(), hostsAsked(session, one), shown, style);
  }
  const std::string still = standstillText(semantics, session, style);
  const std::string choices = choicesText(semantics, session, shown.choices, style);
  return out + still + (choices.empty() ? "" : (still.empty() ? "choices\n" : "failures\n") + choices);
}

// As much of it as the screen has lines for, the prompt's among them.
std::string moveText(Semantics& semantics, const Session& session, const Answer& answer, const Screen& screen) {
  constexpr Shown all{0, 0, 4}, some[] = {{6, 8, 4}, {3, 6, 3}, {2, 4, 2}, {1, 3, 1}};
  const uint32_t width = screen.style.width;
  if (screen.rows == 0) return clipped(moveText(semantics, session, answer, screen.style, all), width);
  std::string out;
  for (const Shown& shown : some) {
    out = clipped(moveText(semantics, session, answer, screen.style, shown), width);
    if (std::count(out.begin(), out.end(), '\n') + 1 <= static_cast<int64_t>(screen.rows)) break;
  }
  return out;
}

// ---- the tree

// A branch is a row: the steps from where it leaves another to where it ends or divides.
void branchText(const Session& session, uint32_t first, uint32_t indent, const Style& style, std::string& out,
                std::vector<std::pair<uint32_t, uint32_t>>& later) {
  uint32_t last = first;
  const auto stops = [&](uint32_t node) {
    if (session.tree[node].children.size() != 1 || node == session.cursor) return true;
    return std::any_of(session.marks.begin(), session.marks.end(),
                       [&](const auto& mark) { return mark.second == node; });
  };
  while (!stops(last)) last = session.tree[last].children[0];
  const Visit& visit = session.tree[first];
  std::string line = std::string(indent, ' ') + (last == session.cursor ? "> " : "  ");
  line += first == last ? std::to_string(first) : std::to_string(first) + "-" + std::to_string(last);
  const uint32_t more = session.tree[last].depth - visit.depth;
  if (visit.step) line += "  " + std::to_string(visit.index) + ": " + ruleName(*visit.step);
  if (more > 0) line += visit.step ? ", then " + counted(more, "more step") : "  " + counted(more, "step");
  line += marksOf(session, last);
  out += shortened(line, style.width) + "\n";
  const std::vector<uint32_t>& children = session.tree[last].children;
  for (size_t i = children.size(); i-- > 0;) {
    // A branch that goes on alone stays where it is.
    later.emplace_back(children[i], std::min(indent + (children.size() > 1 ? 2U : 0U), style.width / 2));
  }
}

std::string treeText(const Session& session, const Style& style) {
  std::string out;
  std::vector<std::pair<uint32_t, uint32_t>> later = {{0, 0}};
  while (!later.empty()) {
    const auto [node, indent] = later.back();
    later.pop_back();
    branchText(session, node, indent, style, out, later);
  }
  return out + clipped(counted(session.tree.size(), "configuration") + "; `>` is where you are\n", style.width);
}

std::string scheduleText(const Session& session, const Screen& screen) {
  const std::string schedule = session.schedule().text();
  if (schedule.empty()) return "no step was taken\n";
  return schedule + "\n" + openCommand(session, screen) + "\n";
}

std::string termsText(Semantics& semantics, const Session& session, const Answer& answer, const Style& style) {
  std::string out;
  for (const uint32_t host : hostsAsked(session, answer.command.host)) {
    const HostState& state = session.here().configuration.hosts[host];
    out += (out.empty() ? "" : "\n") + inked("host " + semantics.arena().hosts()[host], Ink::Note, style) +
           (state.crashed() ? " has crashed\n" : "\n" + wholeTerm(semantics.arena(), state, style.width));
  }
  return out;
}

std::string changedText(Semantics& semantics, const Session& session, const Answer& answer, const Style& style) {
  const Visit& here = session.here();
  const bool last = !answer.command.node;
  if (last && !here.step) return "this is the start\n";
  const Visit& other = session.tree[last ? here.parent : *answer.command.node];
  std::string out;
  if (last)
    out = "step " + std::to_string(here.depth) + ", " + inked(ruleName(*here.step), Ink::Rule, style) + " at " +
          semantics.arena().hosts()[here.step->host] + "\n";
  if (last && !isFailure(*here.step)) {
    const auto part = [&](std::string_view what, Handle node) {
      if (node != 0) out += std::string(what) + wrapped(text(semantics.arena(), node), style.width, 10, 8) + "\n";
    };
    part("redex   ", here.step->redex);
    part("became  ", here.step->contractum);
    part("took    ", here.step->taken);
  }
  std::vector<Change> found = changes(semantics.arena(), other.configuration, here.configuration);
  // The redex and what it became are all that differs in the term.
  if (last && !isFailure(*here.step)) {
    found.erase(std::remove_if(found.begin(), found.end(), [](const Change& change) { return change.part == "term"; }),
                found.end());
    if (found.empty()) return out;
  }
  return out + changesText(semantics.arena(), found, style);
}

Step stepAsked(Semantics& semantics, const Session& session, const Answer& answer, const Configuration*& before) {
  const Visit& here = session.here();
  before = answer.command.number ? &here.configuration : &session.tree[here.parent].configuration;
  return answer.command.number ? semantics.steps(*before)[*answer.command.number] : *here.step;
}

LineageReport lineageAsked(const Arena& arena, const Session& session, const Answer& answer) {
  const RunResult run = runTo(arena, session);
  return lineageReport(arena, run, shownReferences(arena, run, answer.command.word));
}

}  // namespace

std::string unknownReference(const Arena& arena, const Session& session, const Command& command) {
  const std::vector<std::string>& hosts = arena.hosts();
  if (command.word.empty() || std::find(hosts.begin(), hosts.end(), command.word) != hosts.end()) return {};
  if (!shownReferences(arena, runTo(arena, session), command.word).empty()) return {};
  return "there is no reference of `" + command.word + "`";
}

std::string openCommand(const Session& session, const Screen& screen) {
  std::string out = screen.reopen;
  const size_t place = out.find("{}");
  const std::string schedule = session.schedule().text();
  if (place != std::string::npos) out.replace(place, 2, schedule.empty() ? "" : " --schedule " + schedule);
  return out;
}

std::string sessionLiteral(Semantics& semantics, const Session& session, bool canonicalNames) {
  LiteralOptions options;
  options.recovery = semantics.ruleSet().recovery;
  options.budgets = session.tree[0].configuration.budget != Budget{};
  options.canonicalNames = canonicalNames;
  for (uint32_t host = 0; host < session.here().configuration.hosts.size(); ++host)
    if (semantics.mayFail(host)) options.among.push_back(host);
  return literalText(semantics.arena(), session.here().configuration, options);
}

std::string_view stateName(Semantics& semantics, const Session& session) {
  const Configuration& here = session.here().configuration;
  for (uint32_t host = 0; host < here.hosts.size(); ++host)
    if (semantics.countSteps(here, host) > 0) return "steps";
  switch (semantics.standstill(here, session.tree[0].configuration.budget)) {
    case Standstill::Final: return "final";
    case Standstill::Stuck: return "stuck";
    case Standstill::Lost: return "lost";
    case Standstill::Overflow: return "limit";
  }
  return {};
}

std::string helpText(const std::optional<Act>& about, const Style& style) {
  constexpr uint32_t column = 14;
  if (about) {
    const CommandRow& row = funpass::row(*about);
    return std::string(row.name) + (row.operands.empty() ? "" : " ") + std::string(row.operands) + "\n  " +
           wrapped(row.does, style.width, 2, 2) + "\n" +
           (row.brief.empty() ? "" : "  short: " + std::string(row.brief) + "\n");
  }
  std::string out;
  for (const CommandRow& row : commandTable()) {
    const std::string name = std::string(row.name) + (row.brief.empty() ? "" : ", " + std::string(row.brief));
    out += padded(name, column) + (row.operands.empty() ? "" : std::string(row.operands) + ": ");
    const auto used = column + (row.operands.empty() ? 0U : columnsOf(row.operands) + 2U);
    out += wrapped(row.does, style.width, column, used) + "\n";
  }
  return out +
         wrapped("A name can be cut short as long as one command begins so. `#` begins a comment.", style.width, 0) +
         "\n";
}

std::string answerText(Semantics& semantics, const Session& session, const Answer& answer, const Screen& screen) {
  Arena& arena = semantics.arena();
  const Style& style = screen.style;
  const Configuration& here = session.here().configuration;
  switch (answer.command.act) {
    case Act::Step:
    case Act::Run:
    case Act::Back:
    case Act::Forward:
    case Act::Jump:
    case Act::Deliver:
    case Act::Crash:
    case Act::Restart:
    case Act::Drop:
    case Act::Duplicate:
    case Act::View:
    case Act::Load: return moveText(semantics, session, answer, screen);
    case Act::Tree: return treeText(session, style);
    case Act::Mark:
      return wrapped("bookmark `" + answer.command.word + "` is at configuration " + std::to_string(session.cursor),
                     style.width, 2) +
             "\n";
    case Act::Show:
      return hostsText(semantics, session.here(), hostsAsked(session, answer.command.host),
                       {answer.command.host || screen.rows == 0 ? 0U : 3U, 0, 4}, style) +
             standstillText(semantics, session, style);
    case Act::Term: return termsText(semantics, session, answer, style);
    case Act::Choices: {
      const std::string choices = choicesText(semantics, session, 0, style);
      return choices.empty() ? "there is no step\n" : clipped(choices, style.width);
    }
    case Act::Changed: return changedText(semantics, session, answer, style);
    case Act::Why:
      return whyText(semantics, here, *answer.command.rule,
                     why(semantics, here, *answer.command.rule, hostsAsked(session, answer.command.host)), style);
    case Act::Derive: {
      const Configuration* before = nullptr;
      const Step step = stepAsked(semantics, session, answer, before);
      return stepDerivationText(arena, *before, step, style);
    }
    case Act::Lineage: {
      const LineageReport report = lineageAsked(arena, session, answer);
      return report.references.empty()
                 ? "there is no reference" + (answer.command.word.empty() ? "" : " of `" + answer.command.word + "`") +
                       "\n"
                 : lineageText(arena, report, style);
    }
    case Act::Chart: {
      std::vector<Step> steps;
      for (const uint32_t node : session.path(session.cursor))
        if (node != 0) steps.push_back(*session.tree[node].step);
      return chart(arena, session.tree[0].configuration, steps, style);
    }
    case Act::Literal: return sessionLiteral(semantics, session, false) + "\n";
    case Act::Schedule: return scheduleText(session, screen);
    case Act::Save: return "saved in " + answer.command.word + "\n";
    case Act::Help: return helpText(answer.command.about, style);
    case Act::Quit: return {};
  }
  return {};
}

namespace {

boost::json::array choicesJson(Semantics& semantics, const Session& session) {
  const Arena& arena = semantics.arena();
  boost::json::array out;
  for (const Step& step : semantics.steps(session.here().configuration)) {
    boost::json::object entry{
        {"index", out.size()}, {"host", arena.hosts()[step.host]}, {"rule", view(info(step.rule).name)}};
    if (step.inner != Rule::Count) entry["inner"] = view(info(step.inner).name);
    const Handle message = step.rule == Rule::FDup ? step.sent.front().message : step.taken;
    if (message != 0) {
      entry["message"] = numberOf(session.here(), step.host, message);
    } else if (!isFailure(step)) {
      entry["redex"] = canonicalText(arena, step.redex);
    }
    out.emplace_back(std::move(entry));
  }
  return out;
}

boost::json::array treeJson(const Session& session) {
  boost::json::array out;
  for (uint32_t node = 0; node < session.tree.size(); ++node) {
    const Visit& visit = session.tree[node];
    boost::json::object entry{{"node", node}, {"depth", visit.depth}};
    if (visit.step) {
      entry["parent"] = visit.parent;
      entry["index"] = visit.index;
      entry["rule"] = ruleName(*visit.step);
    }
    out.emplace_back(std::move(entry));
  }
  return out;
}

boost::json::array commandsJson(const std::optional<Act>& about) {
  boost::json::array out;
  for (const CommandRow& row : commandTable()) {
    if (about && row.act != *about) continue;
    out.emplace_back(boost::json::object{{"name", view(row.name)},
                                         {"brief", view(row.brief)},
                                         {"operands", view(row.operands)},
                                         {"does", view(row.does)}});
  }
  return out;
}

void moveJson(Semantics& semantics, const Session& session, const Answer& answer, boost::json::object& out) {
  const Visit& here = session.here();
  out["taken"] = answer.taken;
  out["halt"] = view(haltName(answer.halt));
  if (here.step) {
    out["changed"] = stepJson(semantics.arena(), here.depth, session.tree[here.parent].configuration, *here.step);
  }
  out["hosts"] = hostsJson(semantics, here);
  out["choices"] = choicesJson(semantics, session);
}

}  // namespace

boost::json::object answerJson(Semantics& semantics, const Session& session, const Answer& answer,
                               const Screen& screen) {
  Arena& arena = semantics.arena();
  const Configuration& here = session.here().configuration;
  const Command& command = answer.command;
  boost::json::object out = document();
  out["command"] = command.text;
  out["node"] = session.cursor;
  out["depth"] = session.here().depth;
  out["state"] = view(stateName(semantics, session));
  const Budget& left = here.budget;
  out["budget"] = boost::json::object{
      {"crashes", left.crashes}, {"restarts", left.restarts}, {"drops", left.drops}, {"duplicates", left.duplicates}};
  switch (command.act) {
    case Act::Step:
    case Act::Run:
    case Act::Back:
    case Act::Forward:
    case Act::Jump:
    case Act::Deliver:
    case Act::Crash:
    case Act::Restart:
    case Act::Drop:
    case Act::Duplicate:
    case Act::View:
    case Act::Load: moveJson(semantics, session, answer, out); break;
    case Act::Tree: out["tree"] = treeJson(session); [[fallthrough]];
    case Act::Mark: {
      boost::json::object marks;
      for (const auto& [name, node] : session.marks) marks[name] = node;
      out["marks"] = std::move(marks);
      break;
    }
    case Act::Show:
    case Act::Term: {
      boost::json::array hosts = hostsJson(semantics, session.here());
      out["hosts"] = command.host ? boost::json::array{hosts[*command.host]} : std::move(hosts);
      break;
    }
    case Act::Choices: out["choices"] = choicesJson(semantics, session); break;
    case Act::Changed: {
      const Visit& other = session.tree[command.node.value_or(session.here().parent)];
      if (!command.node && session.here().step)
        out["changed"] = stepJson(arena, session.here().depth, other.configuration, *session.here().step);
      out["changes"] = changesJson(arena, changes(arena, other.configuration, here));
      break;
    }
    case Act::Why: {
      boost::json::object answers = whyJson(semantics, here, *command.rule,
                                            why(semantics, here, *command.rule, hostsAsked(session, command.host)));
      answers.erase("schema");
      out["why"] = std::move(answers);
      break;
    }
    case Act::Derive: {
      const Configuration* before = nullptr;
      const Step step = stepAsked(semantics, session, answer, before);
      out["derivation"] = stepDerivationJson(arena, *before, step);
      break;
    }
    case Act::Lineage: out["lineage"] = lineageJson(arena, lineageAsked(arena, session, answer)); break;
    case Act::Chart: out["chart"] = answerText(semantics, session, answer, screen); break;
    case Act::Literal: out["configuration"] = sessionLiteral(semantics, session, true); break;
    case Act::Schedule:
      out["schedule"] = session.schedule().text();
      out["replay"] = openCommand(session, screen);
      break;
    case Act::Save: out["file"] = command.word; break;
    case Act::Help: out["commands"] = commandsJson(command.about); break;
    case Act::Quit: break;
  }
  return out;
}

}  // namespace funpass::render
