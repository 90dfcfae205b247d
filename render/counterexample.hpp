// A run that shows a property to be violated, as a person reads it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lang/configuration.hpp"
#include "render/layout.hpp"
#include "semantics/schedule.hpp"
#include "semantics/semantics.hpp"

namespace funpass::render {

/// Everything there is to show of a schedule, without handles.
struct CounterexampleText {
  /// The same schedule without its failures, as far as it can be followed.
  struct Without {
    Schedule schedule;       ///< its indices, from the same initial configuration
    std::string chart;       ///< of that run; empty if it has no step
    std::string difference;  ///< in words: what the failure took, where the runs part, how each goes on
  };

  uint64_t length = 0;             ///< how many steps of the schedule there were; less than its size if it names a step
                                   ///< that the configuration does not have
  std::vector<std::string> steps;  ///< each step as in a trace: one or more lines
  std::string chart;
  std::string standstill;     ///< per host which premise fails; empty if the run ends final or with ordinary steps left
  std::string question;       ///< what `funpass why` can be asked there: "R-Await --host a"; empty if nothing
  std::string configuration;  ///< the literal of the last configuration, to be given to any verb
  std::optional<Without> without;  ///< if the schedule has a failure
};

/// Replays `schedule` from `initial`.
CounterexampleText counterexample(Arena& arena, Semantics& semantics, const Configuration& initial,
                                  const Schedule& schedule, const Style& style);

/// All of it, with headings; a run of more than `maxSteps` steps shows the last ones. Not the schedule, nor the
/// commands that replay it: those are the caller's.
std::string counterexampleText(const CounterexampleText& text, const Style& style, uint64_t maxSteps = 1000);

}  // namespace funpass::render
