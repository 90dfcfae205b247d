// The minimal breaking sets of `faults` are those of the exhaustive truth: the suites, and random programs.
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include <doctest/doctest.h>

#include "tests/faults/support.hpp"

using namespace funpass;
using namespace funpass::test;

namespace {

constexpr uint64_t kMost = 12'000;  // states of a truth

/// How many random programs: FUNPASS_FAULT_SEEDS in the environment, or 300.
uint64_t seeds() {
  const char* said = std::getenv("FUNPASS_FAULT_SEEDS");
  return said == nullptr ? 300 : std::strtoull(said, nullptr, 10);
}

struct Sums {
  uint64_t explorations = 0, breaking = 0, sets = 0;
  uint64_t truthScenarios = 0, truthStates = 0;
  uint64_t scenarios = 0, states = 0, found = 0;
  uint64_t clauseScenarios = 0, clauseStates = 0, clauseFound = 0;
  uint64_t quickStates = 0, met = 0;
};

std::string shown(const BreakingSets& sets) {
  std::string out;
  for (const auto& set : sets) {
    out += "{";
    for (const std::string& element : set) out += (out.back() == '{' ? "" : ", ") + element;
    out += "} ";
  }
  return out;
}

std::string_view expectedEnd(FaultOutcome outcome) {
  return outcome == FaultOutcome::Lost ? "lost" : outcome == FaultOutcome::Result ? "final" : "stuck";
}

/// Searches, and takes every run that is said to break.
FaultReport searched(const FaultCase& one, bool byClauses) {
  FaultProgram made = prepare(one);
  made.options.byClauses = byClauses;
  FaultReport report = faults(*made.arena, made.program, made.options);
  for (const uint32_t index : report.broken) {
    const FaultScenario& scenario = report.scenarios[index];
    CHECK(replayed(made, scenario.run->schedule) == expectedEnd(scenario.outcome));
  }
  for (const FaultWitness& witness : report.witnesses)
    CHECK(replayed(made, witness.run.schedule) == expectedEnd(witness.outcome));
  return report;
}

/// The lengths of the runs that break, by set.
std::map<std::set<std::string>, uint64_t> lengths(const FaultReport& report) {
  std::map<std::set<std::string>, uint64_t> out;
  for (const uint32_t index : report.broken) {
    std::set<std::string> names;
    for (const uint32_t e : report.scenarios[index].set) names.insert(report.names[e]);
    out[names] = report.scenarios[index].run->schedule.size();
  }
  return out;
}

Sums compare(const std::vector<FaultCase>& cases) {
  Sums sums;
  for (const FaultCase& one : cases) {
    const FaultTruth truth = faultTruth(one, kMost);
    if (!truth.complete) continue;
    const std::string about = one.name + " crashes " + std::to_string(one.budget.crashes) + " drops " +
                              std::to_string(one.budget.drops) + " restarts " + std::to_string(one.budget.restarts) +
                              " duplicates " + std::to_string(one.budget.duplicates) +
                              (one.recovery ? "" : " recovery off") + (one.results ? " results" : "") + "\n" + one.text;
    CAPTURE(about);
    const FaultReport layered = searched(one, false);
    const FaultReport clauses = searched(one, true);
    CHECK(layered.complete);
    CHECK(clauses.complete);
    CHECK(shown(breakingSets(layered)) == shown(truth.broken));
    CHECK(shown(breakingSets(clauses)) == shown(truth.broken));
    CHECK(lengths(layered) == lengths(clauses));  // both shortest
    ++sums.explorations;
    sums.breaking += truth.broken.empty() ? 0 : 1;
    sums.sets += truth.broken.size();
    sums.truthScenarios += truth.scenarios;
    sums.truthStates += truth.states;
    sums.scenarios += layered.scenarios.size();
    sums.states += layered.states;
    sums.found += breakingSets(layered).size();
    sums.clauseScenarios += clauses.scenarios.size();
    sums.clauseStates += clauses.states;
    sums.clauseFound += breakingSets(clauses).size();
    sums.quickStates += layered.quickStates;
    for (const uint32_t index : layered.broken) {
      for (const FaultWitness& witness : layered.witnesses) sums.met += witness.set == layered.scenarios[index].set;
    }
  }
  return sums;
}

void print(const char* title, const Sums& sums) {
  std::printf("%s: %llu explorations, %llu break, %llu minimal breaking sets\n", title,
              static_cast<unsigned long long>(sums.explorations), static_cast<unsigned long long>(sums.breaking),
              static_cast<unsigned long long>(sums.sets));
  const auto row = [](const char* name, uint64_t scenarios, uint64_t states, uint64_t found) {
    std::printf("  %-28s %8llu scenarios %9llu states %5llu sets\n", name, static_cast<unsigned long long>(scenarios),
                static_cast<unsigned long long>(states), static_cast<unsigned long long>(found));
  };
  row("the one graph, no pruning", sums.truthScenarios, sums.truthStates, sums.sets);
  row("layers", sums.scenarios, sums.states, sums.found);
  row("clauses", sums.clauseScenarios, sums.clauseStates, sums.clauseFound);
  row("quick runs alone", 0, sums.quickStates, sums.met);
}

}  // namespace

TEST_CASE("the suites and examples break by the sets of the truth") {
  const Sums sums = compare(suiteCases());
  CHECK(sums.explorations > 100);
  CHECK(sums.breaking > 30);
  print("suites", sums);
}

TEST_CASE("random programs with replicas break by the sets of the truth") {
  const Sums sums = compare(randomCases(1, seeds()));
  CHECK(sums.explorations > seeds() / 3);
  CHECK(sums.breaking > seeds() / 4);
  print("random", sums);
}

TEST_CASE("a line of what a configuration rests on that is left out is noticed") {
  // For how many programs the sets found differ from the truth, without these lines.
  std::vector<FaultCase> cases = randomCases(1, 60);
  for (const FaultCase& one : suiteCases())
    if (one.name.find('/') == std::string::npos) cases.push_back(one);
  std::vector<FaultTruth> truths;
  for (const FaultCase& one : cases) truths.push_back(faultTruth(one, kMost / 4));
  const auto noticed = [&](std::initializer_list<FaultReason> lines) {
    unsigned leaveOut = 0;
    for (const FaultReason line : lines) leaveOut |= 1U << static_cast<unsigned>(line);
    uint64_t count = 0;
    for (size_t i = 0; i < cases.size(); ++i) {
      if (!truths[i].complete) continue;
      FaultProgram made = prepare(cases[i]);
      made.options.leaveOut = leaveOut;
      const FaultReport report = faults(*made.arena, made.program, made.options);
      count += breakingSets(report) == truths[i].broken ? 0 : 1;
    }
    return count;
  };
  CHECK(noticed({}) == 0);
  CHECK(noticed({FaultReason::Chosen}) > 0);
  CHECK(noticed({FaultReason::Request}) > 0);
  CHECK(noticed({FaultReason::Known}) > 0);
  CHECK(noticed({FaultReason::Requested, FaultReason::AtWork}) > 0);
}
