#include "render/faults.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "lang/raise.hpp"
#include "render/fault_run.hpp"

namespace funpass::render {

namespace {

// Names of elements are not broken over lines: their spaces are these until the lines are.
constexpr char kTied = '\x1f';

std::string tied(std::string name) {
  std::replace(name.begin(), name.end(), ' ', kTied);
  return name;
}

std::string lines(const std::string& text, const Style& style, uint32_t indent, uint32_t used) {
  std::string out = wrapped(text, style.width, indent, used);
  std::replace(out.begin(), out.end(), kTied, ' ');
  return out;
}

std::string tiedSet(const FaultReport& report, const FaultSet& set) {
  if (set.empty()) return "nothing";
  std::string out = "{";
  for (const uint32_t e : set) out += (out.size() == 1 ? "" : ", ") + tied(report.names[e]);
  return out + "}";
}

// An entry of a list.
std::string item(const std::string& text, const Style& style) { return "  " + lines(text, style, 4, 2) + "\n"; }

std::string namesOf(const std::vector<uint32_t>& which, const std::vector<std::string>& hosts) {
  std::string out;
  for (const uint32_t h : which) out += (out.empty() ? "" : ", ") + hosts[h];
  return out;
}

// "crashes 1, drops 1 among a, b"
std::string budgetText(const FailureBudget& failures, const std::vector<std::string>& hosts) {
  std::string out;
  const auto add = [&](const char* what, uint32_t n) {
    if (n > 0) out += (out.empty() ? "" : ", ") + std::string(what) + " " + std::to_string(n);
  };
  add("crashes", failures.budget.crashes);
  add("drops", failures.budget.drops);
  add("restarts", failures.budget.restarts);
  add("duplicates", failures.budget.duplicates);
  return out.empty() ? "no failures" : out + " among " + namesOf(failures.among, hosts);
}

std::string sizesDone(const FaultReport& report) {
  if (report.sizes == 0) return "not even the runs without failures are done";
  if (report.sizes == 1) return "only the runs without failures are done";
  return "all sets of up to " + counted(report.sizes - 1, "failure") + " are done";
}

bool breaksWithout(const FaultReport& report) {
  return !report.broken.empty() && report.scenarios[report.broken.front()].set.empty();
}

std::string frontLine(const FaultReport& report, const std::vector<std::string>& hosts) {
  const std::string budget = budgetText(report.failures, hosts);
  if (breaksWithout(report)) return "it breaks without any failure";
  const std::string limit =
      ", limit reached (" + report.limit + "): " + sizesDone(report) + ", " + counted(report.states, "state");
  const size_t broken = report.broken.size();
  if (broken > 0) {
    return counted(broken, "minimal breaking set") + " within " + budget +
           (report.complete
                ? ": " + counted(report.scenarios.size(), "scenario") + " explored, " + counted(report.states, "state")
                : limit);
  }
  if (!report.complete) {
    const std::string found = report.unproved.empty() ? "none found" : "none found that is known to be minimal";
    return found + " within " + budget + limit;
  }
  std::string out = "none within " + budget + ": " + std::to_string(report.scenarios.size()) + " of " +
                    (report.possible == 0 ? "very many scenarios" : counted(report.possible, "scenario")) +
                    (report.failures.budget.drops > 0 ? " of the failures met" : "") + " explored";
  if (report.excluded > 0) out += " (" + std::to_string(report.excluded) + " excluded: no run rests on them)";
  return out + ", " + counted(report.states, "state");
}

std::string_view outcomeWords(FaultOutcome outcome) {
  switch (outcome) {
    case FaultOutcome::Holds: return "holds";
    case FaultOutcome::Lost: return "BREAKS: lost data";
    case FaultOutcome::Stuck: return "BREAKS: stuck";
    case FaultOutcome::Result: return "BREAKS: other result";
    case FaultOutcome::Unfinished: return "not finished";
  }
  return {};
}

std::string reasonText(const FaultScenario::Rest& rest, const std::vector<std::string>& hosts) {
  const std::string who = rest.host == kNobody ? "" : hosts[rest.host];
  switch (rest.reason) {
    case FaultReason::Chosen: return who + " asks it";
    case FaultReason::Requested: return "a request of " + who + " is on its way to it";
    case FaultReason::AtWork: return "it is at work";
    case FaultReason::Awaited: return who + " waits for it";
    case FaultReason::Restart: return "it may be started again";
    case FaultReason::Request: return "on its way";
    case FaultReason::Known: return "the host knows of it";
    case FaultReason::Needed: return "the host is asked by " + who + " for what comes from it";
    case FaultReason::ChosenFor: return who + " asks the host for what comes from it";
  }
  return {};
}

size_t crashesOf(const FaultReport& report, const FaultSet& set) {
  return static_cast<size_t>(std::count_if(
      set.begin(), set.end(), [&](uint32_t e) { return report.elements[e].kind == FaultElement::Kind::Crash; }));
}

std::string right(uint64_t number, size_t width) {
  const std::string digits = std::to_string(number);
  return std::string(width - std::min(width, digits.size()), ' ') + digits;
}

std::string table(const FaultReport& report, const std::vector<std::string>& hosts, const Style& style) {
  constexpr uint32_t indent = 6;
  std::string out = "   #  " + padded("outcome", 22) + "crashes  drops    states  what may fail\n";
  for (size_t i = 0; i < report.scenarios.size(); ++i) {
    const FaultScenario& scenario = report.scenarios[i];
    const size_t crashes = crashesOf(report, scenario.set);
    const std::string words = padded(outcomeWords(scenario.outcome), 22);
    const bool broken = scenario.run.has_value();
    std::string row = right(i + 1, 4) + "  " + (broken ? inked(words, Ink::Error, style) : words) + right(crashes, 7) +
                      right(scenario.set.size() - crashes, 7) + right(scenario.states, 10);
    constexpr uint32_t used = 54;
    const std::string set = tiedSet(report, scenario.set);
    const bool fits = used + columnsOf(set) <= style.width;
    out +=
        row + (fits ? "  " : "\n" + std::string(indent, ' ')) + lines(set, style, indent, fits ? used : indent) + "\n";
    if (scenario.outcome != FaultOutcome::Holds) continue;
    std::string rests;
    for (const FaultScenario::Rest& rest : scenario.rests)
      rests += (rests.empty() ? "rests on " : ", ") + tied(report.names[rest.element]) + " (" +
               reasonText(rest, hosts) + ")";
    if (rests.empty()) rests = "rests on nothing else that can fail";
    out += std::string(indent, ' ') + lines(rests, style, indent + 2, indent) + "\n";
  }
  return out;
}

// Names such as (b, a(a,1).0) that the table or the broken sets have, in words.
std::string originsText(const FaultReport& report, const Style& style) {
  std::set<std::string> said;
  const auto say = [&](uint32_t e) {
    if (report.origins[e].find(", ") < report.origins[e].find(": ")) said.insert(report.origins[e]);
  };
  for (const FaultScenario& scenario : report.scenarios) {
    for (const uint32_t e : scenario.set) say(e);
    for (const FaultScenario::Rest& rest : scenario.rests) say(rest.element);
  }
  std::string out;
  for (const std::string& origin : said) out += item(origin, style);
  return out.empty() ? out : "\nidentifiers, by where they are made\n" + out;
}

std::string excludedText(const FaultReport& report, const Style& style) {
  constexpr size_t shown = 5;
  std::map<uint32_t, std::vector<std::string>> byClause;
  for (const FaultExcluded& excluded : report.notTried)
    byClause[excluded.clause.value_or(kNobody)].push_back(tiedSet(report, excluded.set));
  std::string out;
  for (const auto& [clause, sets] : byClause) {
    std::string entry = clause == kNobody ? std::string("within the budget no run gets there: ")
                                          : "the runs of " + std::to_string(clause + 1) + " do not rest on any of: ";
    for (size_t i = 0; i < std::min(shown, sets.size()); ++i) entry += (i == 0 ? "" : ", ") + sets[i];
    if (sets.size() > shown) entry += ", …";
    out += item(entry, style);
  }
  return out.empty() ? out : "\nnot tried: " + counted(report.excluded, "set") + "\n" + out;
}

boost::json::array setJson(const FaultReport& report, const FaultSet& set) {
  boost::json::array out;
  for (const uint32_t e : set) out.emplace_back(report.names[e]);
  return out;
}

std::string_view kindName(FaultOutcome outcome) {
  switch (outcome) {
    case FaultOutcome::Holds: return "holds";
    case FaultOutcome::Lost: return "lost";
    case FaultOutcome::Stuck: return "stuck";
    case FaultOutcome::Result: return "result";
    case FaultOutcome::Unfinished: return "unfinished";
  }
  return {};
}

std::string_view reasonName(FaultReason reason) {
  switch (reason) {
    case FaultReason::Chosen: return "chosen";
    case FaultReason::Requested: return "requested";
    case FaultReason::AtWork: return "at-work";
    case FaultReason::Awaited: return "awaited";
    case FaultReason::Restart: return "restart";
    case FaultReason::Request: return "request";
    case FaultReason::Known: return "known";
    case FaultReason::Needed: return "needed";
    case FaultReason::ChosenFor: return "chosen-for";
  }
  return {};
}

}  // namespace

std::string faultSetText(const FaultReport& report, const FaultSet& set) {
  std::string out = tiedSet(report, set);
  std::replace(out.begin(), out.end(), kTied, ' ');
  return out;
}

std::string faultsText(const FaultReport& report, const std::vector<std::string>& hosts, const Style& style) {
  std::string out = wrapped(frontLine(report, hosts), style.width, 2) + "\n";
  if (!breaksWithout(report)) {
    for (const uint32_t index : report.broken) out += item(tiedSet(report, report.scenarios[index].set), style);
  }
  for (const uint32_t index : report.unproved)
    out += item(tiedSet(report, report.witnesses[index].set) + " breaks, and is perhaps not minimal", style);
  out += "\n" + table(report, hosts, style);
  if (!breaksWithout(report)) {
    out += wrapped("before these, " + counted(report.quickRuns, "quick run") + " of " +
                       counted(report.quickStates, "state") + " found " + counted(report.witnesses.size(), "set") +
                       " that " + (report.witnesses.size() == 1 ? "breaks" : "break"),
                   style.width, 2) +
           "\n";
  }
  return out + excludedText(report, style) + originsText(report, style);
}

boost::json::object faultsJson(Arena& arena, Semantics& semantics, const Configuration& initial,
                               const FaultReport& report) {
  const std::vector<std::string>& hosts = arena.hosts();
  boost::json::array among;
  for (const uint32_t h : report.failures.among) among.emplace_back(hosts[h]);
  const Budget& budget = report.failures.budget;
  boost::json::array broken;
  const auto add = [&](const FaultSet& set, FaultOutcome outcome, const FaultRun& run, bool minimal) {
    boost::json::object entry{{"set", setJson(report, set)}, {"kind", view(kindName(outcome))}, {"minimal", minimal}};
    boost::json::object names;
    for (size_t i = 0; i < set.size(); ++i)
      if (!run.idents[i].empty()) names[report.names[set[i]]] = run.idents[i];
    entry["idents"] = std::move(names);
    for (auto& part : faultRunJson(arena, semantics, initial, run.schedule)) entry[part.key()] = part.value();
    broken.emplace_back(std::move(entry));
  };
  for (const uint32_t index : report.broken) {
    const FaultScenario& scenario = report.scenarios[index];
    add(scenario.set, scenario.outcome, *scenario.run, true);
  }
  for (const uint32_t index : report.unproved) {
    const FaultWitness& witness = report.witnesses[index];
    add(witness.set, witness.outcome, witness.run, false);
  }
  boost::json::array scenarios;
  for (const FaultScenario& scenario : report.scenarios) {
    boost::json::array rests;
    for (const FaultScenario::Rest& rest : scenario.rests) {
      boost::json::object entry{{"element", report.names[rest.element]}, {"reason", view(reasonName(rest.reason))}};
      if (rest.host != kNobody) entry["host"] = hosts[rest.host];
      rests.emplace_back(std::move(entry));
    }
    scenarios.emplace_back(boost::json::object{{"set", setJson(report, scenario.set)},
                                               {"status", view(kindName(scenario.outcome))},
                                               {"states", scenario.states},
                                               {"rests", std::move(rests)}});
  }
  boost::json::array sets;
  for (const FaultExcluded& excluded : report.notTried) {
    boost::json::object entry{{"set", setJson(report, excluded.set)}};
    if (excluded.clause) entry["scenario"] = *excluded.clause + 1;
    sets.emplace_back(std::move(entry));
  }
  boost::json::object origins;
  for (size_t e = 0; e < report.elements.size(); ++e)
    if (!report.origins[e].empty()) origins[report.names[e]] = report.origins[e];
  boost::json::object out{{"complete", report.complete},
                          {"sizes", report.sizes},
                          {"budgets",
                           {{"crashes", budget.crashes},
                            {"restarts", budget.restarts},
                            {"drops", budget.drops},
                            {"duplicates", budget.duplicates}}},
                          {"among", std::move(among)},
                          {"recovery", report.recovery},
                          {"results", report.results},
                          {"broken", std::move(broken)},
                          {"scenarios", std::move(scenarios)},
                          {"possible", report.possible},
                          {"excluded", {{"count", report.excluded}, {"sets", std::move(sets)}}},
                          {"origins", std::move(origins)},
                          {"states", report.states},
                          {"quick", {{"runs", report.quickRuns}, {"states", report.quickStates}}}};
  if (!report.limit.empty()) out["limit"] = report.limit;
  return out;
}

}  // namespace funpass::render
