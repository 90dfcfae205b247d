#include "render/run_report.hpp"

#include <algorithm>
#include <cstdio>

#include "lang/raise.hpp"
#include "render/short_text.hpp"
#include "render/step.hpp"

namespace funpass::render {

namespace {

std::vector<HostResult> resultsOf(const Arena& arena, const Configuration& configuration) {
  std::vector<HostResult> results;
  for (uint32_t host = 0; host < configuration.hosts.size(); ++host) {
    const Handle result = configuration.hosts[host].result;
    if (result == 0) continue;
    HostResult entry{arena.hosts()[host], std::nullopt, std::nullopt};
    if (!arena.is(result, Tag::NoResult) && !arena.is(result, Tag::NeverResult)) {
      entry.text = text(arena, result);
      entry.canonical = canonicalText(arena, result);
    }
    results.push_back(std::move(entry));
  }
  return results;
}

StuckHost stuckHost(Arena& arena, Semantics& semantics, const Configuration& configuration, uint32_t host,
                    const Style& style) {
  const HostState& state = configuration.hosts[host];
  StuckHost stuck;
  stuck.host = arena.hosts()[host];
  if (state.crashed()) {
    stuck.done = true;
    stuck.term = "crashed";
    return stuck;
  }
  const uint32_t room = std::max<uint32_t>(style.width, 60) - 12;
  constexpr uint32_t largest = 2000;  // nodes of a term that are written out
  const Handle term = termOf(arena, state);
  stuck.term = shortText(arena, term, room);
  stuck.canonical = canonicalBounded(arena, term, largest);
  stuck.done = isValue(arena, state) && state.inbox == 0;
  if (const std::optional<Handle> ident = awaits(arena, state)) stuck.awaits = text(arena, *ident);
  if (stuck.done) return stuck;
  std::optional<Rule> firstAsked;
  for (const Refusal& refusal : semantics.refusals(configuration, host)) {
    stuck.json.emplace_back(refusalJson(arena, configuration, host, refusal));
    if (wantsAnotherRedex(refusal)) {
      ++stuck.others;
    } else {
      if (!firstAsked) firstAsked = refusal.rule;
      stuck.refusals.push_back(std::string(info(refusal.rule).name) + ": " +
                               refusalText(arena, configuration, host, refusal, room / 2));
    }
  }
  const Rule rule = firstAsked.value_or(Rule::RLocal);
  stuck.ask = std::string(info(rule).name) + " --host " + stuck.host;
  return stuck;
}

// The R-IntOp whose result does not fit.
std::optional<Diagnostic> overflowOf(World& world, const Configuration& configuration) {
  constexpr uint32_t wide = 60;
  for (uint32_t host = 0; host < configuration.hosts.size(); ++host) {
    if (configuration.hosts[host].crashed()) continue;
    const Refusal refusal = world.semantics().local(configuration.hosts[host], host).outcome.refusal;
    if (refusal.rule != Rule::RIntOp || refusal.premise != 1) continue;
    const std::string redex = shortText(world.arena(), configuration.hosts[host].focus, wide);
    Diagnostic overflow;
    overflow.rule = info(Rule::RIntOp).name;
    if (const Span span = world.program().spans[host]; span.end > span.begin) overflow.span = span;
    overflow.message = redex + " at host " + world.arena().hosts()[host] + " does not fit 64 bits";
    overflow.notes.push_back(
        {"integers of the calculus have no end; this is the tool's limit, not the program's fault"});
    return overflow;
  }
  return std::nullopt;
}

boost::json::object stuckJson(const StuckHost& host) {
  boost::json::object out{{"host", host.host}, {"term", host.canonical}};
  if (host.awaits) out["awaits"] = *host.awaits;
  out["refusals"] = host.json;
  return out;
}

}  // namespace

std::vector<StuckHost> stuckHosts(Arena& arena, Semantics& semantics, const Configuration& configuration,
                                  const Style& style) {
  std::vector<StuckHost> hosts;
  for (uint32_t host = 0; host < configuration.hosts.size(); ++host)
    hosts.push_back(stuckHost(arena, semantics, configuration, host, style));
  return hosts;
}

std::string questionOf(const std::vector<StuckHost>& hosts) {
  for (const StuckHost& host : hosts)
    if (!host.done) return host.ask;
  return {};
}

std::string stuckText(const StuckHost& host, const Style& style) {
  if (host.done) {
    const bool crashed = host.term == "crashed";
    return "host " + host.host +
           (crashed ? " has crashed\n" : " is done: its term is a value and no message is addressed to it\n");
  }
  std::string out = "host " + host.host;
  out += host.awaits ? " waits for " + *host.awaits + ", which is not in its store\n" : " cannot take a step\n";
  out += "  its term: " + host.term + "\n";
  for (const std::string& refusal : host.refusals) out += "  " + wrapped(refusal, style.width, 6, 2) + "\n";
  if (host.others > 0)
    out += "  " + counted(host.others, "rule") + (host.others == 1 ? " wants" : " want") + " another shape of term\n";
  return out;
}

std::string ruleTable(const RuleCounts& counts, const Style& style) {
  std::vector<const RuleInfo*> used;
  uint32_t nameWidth = 0, countWidth = 0;
  for (const RuleInfo& rule : allRules()) {
    const uint64_t count = counts[static_cast<size_t>(rule.rule)];
    if (count == 0) continue;
    used.push_back(&rule);
    nameWidth = std::max(nameWidth, columnsOf(rule.name));
    countWidth = std::max(countWidth, static_cast<uint32_t>(std::to_string(count).size()));
  }
  std::vector<std::string> cells;
  for (const RuleInfo* rule : used) {
    const std::string count = std::to_string(counts[static_cast<size_t>(rule->rule)]);
    cells.push_back(padded(rule->name, nameWidth) + std::string(1 + countWidth - count.size(), ' ') + count);
  }
  return grid(cells, style.width);
}

boost::json::object rulesJson(const RuleCounts& counts) {
  boost::json::object out;
  for (const RuleInfo& rule : allRules())
    if (const uint64_t count = counts[static_cast<size_t>(rule.rule)]) out[view(rule.name)] = count;
  return out;
}

namespace {

boost::json::object resultsJson(const std::vector<HostResult>& results) {
  boost::json::object out;
  for (const HostResult& result : results)
    if (result.canonical) out[result.host] = *result.canonical;
  return out;
}

boost::json::array noResultJson(const std::vector<HostResult>& results) {
  boost::json::array out;
  for (const HostResult& result : results)
    if (!result.canonical) out.emplace_back(result.host);
  return out;
}

bool isStuck(RunResult::End end) { return end == RunResult::End::Stuck || end == RunResult::End::Lost; }

// Stuck first, then limits, then final.
int rank(RunResult::End end) {
  switch (end) {
    case RunResult::End::Stuck:
    case RunResult::End::Lost: return 0;
    case RunResult::End::BadIndex:
    case RunResult::End::Limit: return 1;
    case RunResult::End::Final: return 2;
  }
  return 3;
}

bool sameOutcome(const RunReport& a, const RunReport& b) {
  return a.end == b.end && a.limit == b.limit &&
         std::equal(a.results.begin(), a.results.end(), b.results.begin(), b.results.end(),
                    [](const HostResult& x, const HostResult& y) { return x.canonical == y.canonical; });
}

// The identifiers that were computed more than once, or asked for again after a failure: what recovery cost.
std::string materializedTable(const RunReport& run) {
  constexpr size_t most = 20;
  constexpr const char* title = "materialized";
  std::vector<const std::pair<std::string, Materialized>*> rows;
  uint32_t width = columnsOf(title);
  for (const auto& entry : run.materialized) {
    if (entry.second.computed < 2 && entry.second.again == 0) continue;
    rows.push_back(&entry);
    width = std::max(width, columnsOf(entry.first));
  }
  if (rows.empty()) return {};
  std::string out = "  " + padded(title, width) + "  times  computed  asked again\n";
  for (size_t i = 0; i < std::min(rows.size(), most); ++i) {
    const Materialized& count = rows[i]->second;
    char numbers[80];
    std::snprintf(numbers, sizeof numbers, "  %5llu  %8llu  %11llu\n", static_cast<unsigned long long>(count.served),
                  static_cast<unsigned long long>(count.computed), static_cast<unsigned long long>(count.again));
    out += "  " + padded(rows[i]->first, width) + numbers;
  }
  if (rows.size() > most) out += "  and " + counted(rows.size() - most, "other") + "\n";
  return out;
}

boost::json::object materializedJson(const RunReport& run) {
  boost::json::object out;
  for (const auto& [ident, count] : run.materialized) {
    if (count.served > 0) out[ident] = count.served;
  }
  return out;
}

std::string scheduleIfShort(const Schedule& schedule, const Style& style) {
  const std::string text = schedule.size() <= style.width ? schedule.text() : std::string();
  return text.empty() || text.size() + 12 > style.width ? std::string() : text;
}

}  // namespace

std::string_view outcomeName(RunResult::End end) {
  switch (end) {
    case RunResult::End::Final: return "final";
    case RunResult::End::Stuck: return "stuck";
    case RunResult::End::Lost: return "lost";
    case RunResult::End::Limit:
    case RunResult::End::BadIndex: return "limit";
  }
  return {};
}

RunReport report(World& world, const RunResult& result, const Style& style, bool details) {
  RunReport out;
  out.end = result.end;
  out.results = resultsOf(world.arena(), result.last);
  if (result.overflow) out.overflow = overflowOf(world, result.last);
  out.limit = out.overflow ? out.overflow->message : result.limit;
  out.schedule = result.schedule;
  out.steps = result.steps;
  out.rules = result.rules;
  for (const auto& [key, count] : result.materialized) {
    out.materialized.emplace_back(
        "(" + world.arena().hosts()[key >> 32U] + "," + std::to_string(key & UINT32_MAX) + ")", count);
  }
  if (details && isStuck(result.end)) {
    out.stuck = stuckHosts(world.arena(), world.semantics(), result.last, style);
    LiteralOptions options;
    options.recovery = world.semantics().ruleSet().recovery;
    options.budgets = world.program().initial.budget != Budget{};
    options.among = world.program().among;
    out.configuration = literalText(world.arena(), result.last, options);
    options.canonicalNames = true;
    out.canonical = literalText(world.arena(), result.last, options);
  }
  return out;
}

std::string runText(const RunReport& run, const Style& style) {
  std::string out;
  for (const HostResult& result : run.results) {
    out += result.host + (result.text ? " = " + *result.text : std::string(" has no result")) + "\n";
  }
  if (!run.results.empty()) out += "\n";
  const std::string steps = counted(run.steps, "step");
  switch (run.end) {
    case RunResult::End::Final: out += "final after " + steps + "\n"; break;
    case RunResult::End::Stuck: out += inked("stuck", Ink::Error, style) + " after " + steps + "\n"; break;
    case RunResult::End::Lost: out += inked("data is lost", Ink::Error, style) + " after " + steps + "\n"; break;
    case RunResult::End::Limit:
    case RunResult::End::BadIndex:
      out += inked("incomplete", Ink::Note, style) +
             (run.limit.find(steps) == std::string::npos ? " after " + steps : std::string()) + ": " + run.limit + "\n";
      break;
  }
  if (run.steps > 0) out += ruleTable(run.rules, style);
  out += materializedTable(run);
  if (const std::string schedule = scheduleIfShort(run.schedule, style); !schedule.empty())
    out += "schedule " + schedule + "\n";
  if (!isStuck(run.end)) return out;
  for (const StuckHost& host : run.stuck) out += "\n" + stuckText(host, style);
  out += "\nthe configuration, to be given to any verb:\n" + run.configuration;
  if (out.back() != '\n') out += '\n';
  if (!run.replay.empty()) out += "\nonce more: " + run.replay + "\n";
  if (!run.open.empty()) out += "step through it: " + run.open + "\n";
  if (!run.why.empty()) out += "to ask further: " + run.why + "\n";
  return out;
}

boost::json::object runJson(const RunReport& run) {
  boost::json::object out{{"results", resultsJson(run.results)},
                          {"noresult", noResultJson(run.results)},
                          {"outcome", view(outcomeName(run.end))},
                          {"schedule", run.schedule.text()},
                          {"steps", run.steps},
                          {"rules", rulesJson(run.rules)},
                          {"materialized", materializedJson(run)}};
  if (!run.limit.empty()) out["message"] = run.limit;
  if (isStuck(run.end)) {
    boost::json::array stuck;
    for (const StuckHost& host : run.stuck)
      if (!host.done) stuck.emplace_back(stuckJson(host));
    out["stuck"] = std::move(stuck);
    out["configuration"] = run.canonical;
    if (!run.replay.empty()) out["replay"] = run.replay;
    if (!run.open.empty()) out["open"] = run.open;
    if (!run.why.empty()) out["why"] = run.why;
  }
  return out;
}

bool RunsReport::knows(const RunReport& run) const {
  return std::any_of(groups.begin(), groups.end(),
                     [&](const RunGroup& group) { return sameOutcome(group.first, run); });
}

void RunsReport::add(uint64_t seed, RunReport run) {
  ++runs;
  steps += run.steps;
  for (size_t i = 0; i < rules.size(); ++i) rules[i] += run.rules[i];
  const auto found =
      std::find_if(groups.begin(), groups.end(), [&](const RunGroup& group) { return sameOutcome(group.first, run); });
  if (found != groups.end()) {
    ++found->count;
  } else {
    groups.push_back({std::move(run), seed, 1});
  }
}

void RunsReport::sort() {
  std::stable_sort(groups.begin(), groups.end(), [](const RunGroup& a, const RunGroup& b) {
    return rank(a.first.end) != rank(b.first.end) ? rank(a.first.end) < rank(b.first.end) : a.count > b.count;
  });
}

std::string runsText(const RunsReport& runs, const Style& style) {
  std::string out;
  out += counted(runs.runs, "run");
  if (runs.runs > 0)
    out += ", seeds " + std::to_string(runs.firstSeed) + " to " + std::to_string(runs.firstSeed + (runs.runs - 1));
  out += ", " + counted(runs.steps, "step") + (runs.interrupted ? " (interrupted)" : "") + "\n";
  for (const RunGroup& group : runs.groups) {
    const RunReport& run = group.first;
    char share[16];
    std::snprintf(share, sizeof share, "%.1f%%",
                  100.0 * static_cast<double>(group.count) / static_cast<double>(runs.runs));
    const bool final = run.end == RunResult::End::Final;
    out += "\n" + inked(outcomeName(run.end), final ? Ink::Note : Ink::Error, style) + "  " +
           std::to_string(group.count) + " (" + share + ")" +
           (run.end == RunResult::End::Limit ? ": " + run.limit : "") + "\n";
    for (const HostResult& result : run.results) {
      out += "  " + result.host + (result.text ? " = " + *result.text : std::string(" has no result")) + "\n";
    }
    const std::string schedule = scheduleIfShort(run.schedule, style);
    out += "  seed " + std::to_string(group.seed) + (schedule.empty() ? "" : ", schedule " + schedule) + "\n";
  }
  if (runs.steps > 0) out += "\n" + ruleTable(runs.rules, style);
  for (const RunGroup& group : runs.groups) {
    if (!isStuck(group.first.end)) continue;
    out += "\nthe stuck run of seed " + std::to_string(group.seed) + ", after " + counted(group.first.steps, "step") +
           ":\n";
    for (const StuckHost& host : group.first.stuck) out += stuckText(host, style);
    if (!group.first.replay.empty()) out += "once more: " + group.first.replay + "\n";
    if (!group.first.why.empty()) out += "to ask further: " + group.first.why + "\n";
  }
  return out;
}

boost::json::object runsJson(const RunsReport& runs) {
  boost::json::array outcomes;
  for (const RunGroup& group : runs.groups) {
    boost::json::object entry = runJson(group.first);
    entry["count"] = group.count;
    entry["seed"] = group.seed;
    outcomes.emplace_back(std::move(entry));
  }
  return {{"runs", runs.runs},
          {"seed", runs.firstSeed},
          {"outcomes", std::move(outcomes)},
          {"steps", runs.steps},
          {"rules", rulesJson(runs.rules)}};
}

}  // namespace funpass::render
