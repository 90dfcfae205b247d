// What a graph of configurations says of a program, to compare a reduced one with the raw one.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "checker/reduced_model.hpp"
#include "checker/report.hpp"
#include "lang/random.hpp"

namespace funpass::test {

struct GraphSummary {
  bool complete = false;
  uint64_t states = 0, finals = 0, stuck = 0;
  bool lost = false;
  bool bug = false;  ///< stuck, and no data is lost
  bool endless = false;
  std::set<std::vector<uint32_t>> waiting;   ///< who waits in stuck configurations
  std::set<std::vector<uint32_t>> noResult;  ///< who has no result in final ones
  std::vector<Configuration> results;        ///< final ones, one for each vector of results up to ≈
};

struct Setting {
  FailureBudget failures;
  bool recovery = true;
  bool mobility = true;
  uint64_t maxStates = 20'000;
};

/// Explores; with an empty set the raw graph. `without` leaves out a condition.
GraphSummary summary(Arena& arena, const Program& program, const Setting& setting, ReductionSet reductions,
                     std::optional<Condition> without = std::nullopt);

/// The first thing in which the two differ, "" if they agree. `who`: compare who waits, too.
std::string difference(const Arena& arena, const GraphSummary& raw, const GraphSummary& reduced, bool who);

/// A random program of a few statements on hosts a, b and c that sends, applies, asks and awaits.
struct Kind {
  bool respond = false;
  bool captured = false;  ///< spores capture futures: not typed with mobility
  bool stored = false;    ///< nothing is computed on demand: no `apply`
};
std::string randomConcurrent(Random& random, const Kind& kind);

}  // namespace funpass::test
