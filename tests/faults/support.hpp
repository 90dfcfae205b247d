// What the tests of `faults` share: programs, the exhaustive truth, and random programs with replicas.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "checker/faults.hpp"
#include "lang/program.hpp"

namespace funpass::test {

/// One thing to explore.
struct FaultCase {
  std::string name;
  std::string text;
  std::string folder = ".";  ///< where fromTextFile reads
  Budget budget;
  std::vector<std::string> among;  ///< empty: all hosts
  bool recovery = true;
  bool mobility = true;
  bool results = false;
  bool failover = true;  ///< false: R-Failover is left out, so nobody asks again though everybody knows that he has to
};

/// A program with what it is to be explored with.
struct FaultProgram {
  std::unique_ptr<Arena> arena = std::make_unique<Arena>();
  Program program;
  FaultOptions options;
};

/// Reads the case; throws std::runtime_error if it does not load.
FaultProgram prepare(const FaultCase& one);

/// Minimal breaking sets by the names of their elements; each sorted.
using BreakingSets = std::set<std::set<std::string>>;
BreakingSets breakingSets(const FaultReport& report);

/// How the raw run by `schedule` ends: "lost", "stuck", "final", or that it has not ended or cannot be taken.
std::string replayed(FaultProgram& made, const Schedule& schedule);

/// The truth: one graph of (configuration, set that failed), all of it, and the least sets at which it breaks.
struct FaultTruth {
  bool complete = false;
  uint64_t states = 0;
  uint64_t scenarios = 0;
  BreakingSets broken;
};
FaultTruth faultTruth(const FaultCase& one, uint64_t maxStates);

/// A program with replicated populates, applies on them, and one or two hosts that ask.
std::string replicatedProgram(uint64_t seed);

/// The failure suite, the conformance programs and the examples, with budgets.
std::vector<FaultCase> suiteCases();
/// Random programs with replicas, with budgets that depend on the seed.
std::vector<FaultCase> randomCases(uint64_t first, uint64_t count);

}  // namespace funpass::test
