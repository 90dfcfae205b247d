#include "render/why.hpp"

#include <algorithm>

#include "render/short_text.hpp"
#include "render/step.hpp"

namespace funpass::render {

namespace {

// A P- rule answers for each message that could be taken now.
void askProcess(Semantics& semantics, const Configuration& configuration, Rule rule, Why& answer) {
  const HostState& state = configuration.hosts[answer.host];
  bool applies = false;
  for (const Pending& pending : messages(semantics.arena(), state.inbox)) {
    for (const ProcessRow& row : semantics.ruleSet().process) {
      if (row.rule != rule) continue;
      const Processed processed = row.apply(semantics.delivery(answer.host, pending.message, state));
      Refusal refusal = processed.refusal;
      if (!refusal.bindings[0].variable) refusal.bindings[0] = {"m", pending.message};
      if (processed.term == 0) answer.refusals.push_back({refusal, pending.message});
      applies = applies || processed.term != 0;
    }
  }
  if (state.inbox == 0) answer.refusals.push_back({refuse(rule, 0), 0});
  if (!applies) return;
  answer.remark = "it applies to a message, but the host takes none now";
  for (const Refusal& refusal : semantics.refusals(configuration, answer.host))
    if (refusal.rule == Rule::RProcess || refusal.rule == Rule::RProcessVal) answer.refusals.push_back({refusal, 0});
}

// A failure's rule, of the first message if it is one of messages.
void askFailure(Semantics& semantics, const Configuration& configuration, Rule rule, Why& answer) {
  Arena& arena = semantics.arena();
  const Handle inbox = configuration.hosts[answer.host].inbox;
  for (const FailureRow& row : semantics.ruleSet().failures) {
    if (row.rule != rule) continue;
    const Handle message = row.perMessage && inbox != 0 ? arena[inbox][0] : 0;
    const Outcome outcome = row.apply({semantics, arena, configuration, answer.host, message});
    if (!outcome) answer.refusals.push_back({outcome.refusal(), 0});
  }
}

// Why the rule is not among those that are asked.
std::string switchedOff(Rule rule) {
  switch (info(rule).layer) {
    case Layer::Lineages:
    case Layer::Data: return "the rule is of an extension, which --core leaves out";
    case Layer::Recovery: return "the rule is one of recovery, which is off";
    case Layer::Core:
    case Layer::Failure: break;
  }
  return "the rule is not among those in use";
}

// S
std::string amongText(Semantics& semantics) {
  std::string names;
  const std::vector<std::string>& hosts = semantics.arena().hosts();
  for (uint32_t host = 0; host < hosts.size(); ++host)
    if (semantics.mayFail(host)) names += (names.empty() ? "" : ", ") + hosts[host];
  return "{" + names + "}";
}

std::string stepLine(const Arena& arena, const Why::Enabled& enabled, uint32_t width) {
  const Step& step = enabled.step;
  std::string line = "step " + std::to_string(enabled.index) + ": " + ruleName(step) + "  ";
  if (isFailure(step)) return line + failureText(step, arena.hosts()[step.host]);
  const uint32_t used = columnsOf(line) + 3;
  const uint32_t side = (width > used + 24 ? width - used : 24) / 2;
  line += shortText(arena, step.redex, side) + " → " + shortText(arena, step.contractum, side);
  return line;
}

}  // namespace

std::vector<Why> why(Semantics& semantics, const Configuration& configuration, Rule rule,
                     const std::vector<uint32_t>& hosts) {
  const std::vector<Step> steps = semantics.steps(configuration);
  std::vector<Why> answers;
  for (const uint32_t host : hosts) {
    Why answer;
    answer.host = host;
    for (uint32_t i = 0; i < steps.size(); ++i)
      if (steps[i].host == host && (steps[i].rule == rule || steps[i].inner == rule))
        answer.steps.push_back({i, steps[i], bindings(semantics.arena(), configuration, steps[i], rule)});
    if (!answer.steps.empty()) {
      answers.push_back(std::move(answer));
      continue;
    }
    if (info(rule).layer == Layer::Failure) {
      askFailure(semantics, configuration, rule, answer);
    } else if (configuration.hosts[host].crashed()) {
      answer.remark = "it has crashed";
    } else if (info(rule).judgement == Judgement::Process) {
      askProcess(semantics, configuration, rule, answer);
    } else {
      for (const Refusal& refusal : semantics.refusals(configuration, host))
        if (refusal.rule == rule) answer.refusals.push_back({refusal, 0});
    }
    if (answer.refusals.empty() && answer.remark.empty()) answer.remark = switchedOff(rule);
    answers.push_back(std::move(answer));
  }
  return answers;
}

std::string whyText(Semantics& semantics, const Configuration& configuration, Rule rule,
                    const std::vector<Why>& answers, const Style& style) {
  constexpr uint32_t narrowest = 24;
  Arena& arena = semantics.arena();
  std::string out =
      inked(info(rule).name, Ink::Rule, style) + ": " + wrapped(info(rule).statement, style.width, 4, 12) + "\n";
  if (info(rule).layer == Layer::Failure) {
    const Budget& left = configuration.budget;
    out += "S = " + amongText(semantics) + "; left: " + counted(left.crashes, "crash") + ", " +
           counted(left.restarts, "restart") + ", " + counted(left.drops, "drop") + ", " +
           counted(left.duplicates, "duplicate") + "\n";
  }
  for (const Why& answer : answers) {
    out += "\nhost " + arena.hosts()[answer.host] + ": " + (answer.steps.empty() ? "not enabled" : "enabled") + "\n";
    for (const Why::Enabled& enabled : answer.steps) {
      out += "  " + stepLine(arena, enabled, style.width - 2) + "\n";
      for (const Bound& bound : enabled.bound) {
        const std::string left = "    " + bound.variable + " = ";
        const uint32_t used = columnsOf(left);
        out += left + boundText(arena, bound, Form::Source, std::max(style.width, used + narrowest) - used) + "\n";
      }
    }
    if (!answer.remark.empty()) out += "  " + answer.remark + "\n";
    for (const Why::Refused& refused : answer.refusals) {
      const Refusal& refusal = refused.refusal;
      std::string text = refusalText(arena, configuration, answer.host, refusal, style.width / 2);
      if (refusal.rule != rule) text.insert(0, std::string(info(refusal.rule).name) + ": ");
      if (refused.message != 0 && refusal.premise > 0)
        text = "of " + shortText(arena, refused.message, style.width / 2) + ": " + text;
      out += "  " + wrapped(text, style.width, 4, 2) + "\n";
    }
  }
  return out;
}

boost::json::object whyJson(Semantics& semantics, const Configuration& configuration, Rule rule,
                            const std::vector<Why>& answers) {
  constexpr uint32_t widest = 2000;
  Arena& arena = semantics.arena();
  boost::json::array hosts;
  for (const Why& answer : answers) {
    boost::json::object entry{{"host", arena.hosts()[answer.host]}, {"enabled", !answer.steps.empty()}};
    boost::json::array steps, refusals;
    for (const Why::Enabled& enabled : answer.steps) {
      steps.emplace_back(boost::json::object{{"index", enabled.index},
                                             {"rule", ruleName(enabled.step)},
                                             {"bindings", bindingsJson(arena, enabled.bound, widest)}});
    }
    for (const Why::Refused& refused : answer.refusals) {
      boost::json::object refusal = refusalJson(arena, configuration, answer.host, refused.refusal);
      if (refused.message != 0) refusal["message"] = canonicalBounded(arena, refused.message, widest);
      refusals.emplace_back(std::move(refusal));
    }
    entry["steps"] = std::move(steps);
    entry["refusals"] = std::move(refusals);
    if (!answer.remark.empty()) entry["remark"] = answer.remark;
    hosts.emplace_back(std::move(entry));
  }
  boost::json::object out = document();
  out["rule"] = view(info(rule).name);
  out["hosts"] = std::move(hosts);
  if (info(rule).layer != Layer::Failure) return out;
  boost::json::array among;
  for (uint32_t host = 0; host < arena.hosts().size(); ++host)
    if (semantics.mayFail(host)) among.emplace_back(arena.hosts()[host]);
  out["among"] = std::move(among);
  out["left"] = boost::json::object{{"crashes", configuration.budget.crashes},
                                    {"restarts", configuration.budget.restarts},
                                    {"drops", configuration.budget.drops},
                                    {"duplicates", configuration.budget.duplicates}};
  return out;
}

}  // namespace funpass::render
