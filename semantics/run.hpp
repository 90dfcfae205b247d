// Running a program under one schedule.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lang/program.hpp"
#include "semantics/schedule.hpp"
#include "semantics/semantics.hpp"

namespace funpass {

/// How often each rule was applied: R-Local and the rule under it each, R-Process and its P- rule too.
using RuleCounts = std::array<uint64_t, static_cast<size_t>(Rule::Count)>;
void countRules(Rule rule, Rule inner, RuleCounts& counts);
inline void countRules(const Step& step, RuleCounts& counts) { countRules(step.rule, step.inner, counts); }

/// What the lineage nodes of a run were asked for.
struct Materialized {
  uint64_t served = 0;    ///< requests that a host took: P-Hit, P-Mat, P-App
  uint64_t computed = 0;  ///< those of them by P-App: the spore ran
  uint64_t again = 0;     ///< requests sent again after a failure: R-Failover
};
/// By (h, i), as host · 2³² + index.
using MaterializedCounts = std::map<uint64_t, Materialized>;
void countMaterialized(const Arena& arena, const Step& step, MaterializedCounts& counts);

/// A reference that R-Populate, R-Apply or R-FromLineage made.
struct MadeReference {
  Handle ref = 0;
  uint32_t host = 0;  ///< that made it
  uint64_t step = 0;
  std::string val;  ///< the `val` that it was made for; empty: none
};

/// The reference that the `number`-th step makes, if it makes one; `before` is the state of its host.
std::optional<MadeReference> madeReference(const Arena& arena, const HostState& before, const Step& step,
                                           uint64_t number);

struct RunOptions {
  /// The steps to take first; after them the run stops, unless `then` says how to go on.
  std::optional<Schedule> schedule;
  enum class Policy : uint8_t {
    Stop,
    RoundRobin,  ///< hosts in declaration order, each takes its first enabled step
    Seed,        ///< a step chosen uniformly among steps(C)
  };
  Policy then = Policy::RoundRobin;
  uint64_t seed = 0;
  uint64_t maxSteps = 10'000'000;
  bool references = false;  ///< note every reference that is made
  uint32_t young = kYoung;  ///< under round robin: how many young nodes may be there before they are collected
  bool keep = false;        ///< with `trace`: copy nothing to a fresh arena, so that handles stay valid
  /// Called for every step if set; then steps are taken plainly, without what makes round robin fast.
  std::function<void(uint64_t number, const Configuration& before, const Step& step, const Configuration& after)> trace;
  /// Called every 65,536 steps if set, with the steps so far; the run stops if it gives false.
  std::function<bool(uint64_t steps)> tick;
};

struct RunResult {
  enum class End : uint8_t {
    Final,
    Stuck,
    Lost,      ///< stuck, for data is lost (section 7)
    Limit,     ///< `limit` says which
    BadIndex,  ///< the schedule names a step that the configuration does not have: `limit` says where
  };
  End end = End::Final;
  std::string limit;
  bool overflow = false;  ///< the limit is a machine integer's
  Schedule schedule;
  uint64_t steps = 0;
  RuleCounts rules{};
  MaterializedCounts materialized;
  std::vector<MadeReference> references;  ///< only if they were asked for
  Configuration last;
};

/// A program with what it takes to run it. Copies what is live to a fresh arena when the arena has doubled, so that a
/// run needs memory for what it holds, not for what it did.
class World {
 public:
  World(std::unique_ptr<Arena> arena, Program program, RuleSet rules);

  Arena& arena() { return *arena_; }
  Program& program() { return program_; }
  Semantics& semantics() { return semantics_; }

  /// Runs from the program's initial configuration. Handles in results of earlier runs are not valid afterwards, and
  /// handles given to `trace` not after the call, unless `keep`.
  RunResult run(const RunOptions& options);

 private:
  class Young;

  void collect(RunResult& result);

  std::unique_ptr<Arena> arena_;
  Program program_;
  Semantics semantics_;
  uint32_t collectAt_;       // nodes, and
  uint32_t collectTextsAt_;  // texts that a run of young nodes leads to
};

}  // namespace funpass
