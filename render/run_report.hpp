// What a run, or many runs, came to.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lang/source.hpp"
#include "render/json.hpp"
#include "render/layout.hpp"
#include "semantics/run.hpp"

namespace funpass::render {

/// A host with an `at` block and the result it has, if any.
struct HostResult {
  std::string host;
  std::optional<std::string> text;       ///< with the names of the source
  std::optional<std::string> canonical;  ///< as in JSON
};

/// A host of a stuck configuration.
struct StuckHost {
  std::string host;
  std::string term;
  std::string canonical;  ///< the term as in JSON: with canonical names, nothing shortened unless it is very large
  bool done = false;      ///< its term is a value, and no message is addressed to it
  std::optional<std::string> awaits;  ///< the ι it waits for
  std::vector<std::string> refusals;  ///< "R-Await: ι ∈ dom(σ) fails: …": what is worth a line of its own
  uint32_t others = 0;                ///< how many rules want another redex
  boost::json::array json;            ///< all refusals
  std::string ask;                    ///< what `funpass why` can be asked: "R-Await --host a"; empty if it is done
};

/// All hosts of a configuration that has no ordinary step, in order: whether they are done, and else why no rule
/// applies.
std::vector<StuckHost> stuckHosts(Arena& arena, Semantics& semantics, const Configuration& configuration,
                                  const Style& style);

/// The question of the first that is not done, "" if all are.
std::string questionOf(const std::vector<StuckHost>& hosts);

/// What there is to say of one of them, in a few lines.
std::string stuckText(const StuckHost& host, const Style& style);

/// A finished run without handles, so it outlives the run's arena.
struct RunReport {
  RunResult::End end = RunResult::End::Final;
  std::vector<HostResult> results;
  std::string limit;
  Schedule schedule;
  uint64_t steps = 0;
  RuleCounts rules{};
  std::vector<std::pair<std::string, Materialized>> materialized;  ///< by identifier, in the order of (h, i)
  std::vector<StuckHost> stuck;                                    ///< only if stuck
  std::string configuration;                                       ///< the literal, only if stuck
  std::string canonical;                                           ///< the same as in JSON
  std::string replay;                                              ///< the command that does it again, only if stuck
  std::string open;                                                ///< the command that opens its end in the stepper
  std::string why;                                                 ///< the one that asks why a rule cannot be applied
  std::optional<Diagnostic> overflow;  ///< an integer ran out of bits; its span is the block of the host that met it
};

/// Reads off what is to be said of `result`, while the arena of `world` still holds it. Without `details` a stuck run's
/// hosts and configuration are left out.
RunReport report(World& world, const RunResult& result, const Style& style, bool details);

/// "final", "stuck" or "limit".
std::string_view outcomeName(RunResult::End end);

/// How often each rule was applied, those that were, as an aligned table; and as JSON.
std::string ruleTable(const RuleCounts& counts, const Style& style);
boost::json::object rulesJson(const RuleCounts& counts);

std::string runText(const RunReport& run, const Style& style);
/// All keys but "schema", "trace" and "seconds".
boost::json::object runJson(const RunReport& run);

/// Runs with the same outcome and results.
struct RunGroup {
  RunReport first;
  uint64_t seed = 0;  ///< of the first
  uint64_t count = 0;
};
/// Many runs, grouped: stuck ones first, then those that met a limit, then final ones, the most frequent first.
struct RunsReport {
  uint64_t firstSeed = 0;
  uint64_t runs = 0;
  std::vector<RunGroup> groups;
  uint64_t steps = 0;
  RuleCounts rules{};
  bool interrupted = false;

  /// Is there a group for such a run?
  bool knows(const RunReport& run) const;
  void add(uint64_t seed, RunReport run);
  void sort();
};
std::string runsText(const RunsReport& runs, const Style& style);
boost::json::object runsJson(const RunsReport& runs);

}  // namespace funpass::render
