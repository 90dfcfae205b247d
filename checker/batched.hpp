// The search of search.hpp for the raw graph of the calculus, many states at a time and with several threads.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "checker/calculus_model.hpp"
#include "checker/platform.hpp"
#include "checker/search.hpp"
#include "semantics/run.hpp"

namespace funpass {

/// What the one who searches is asked and told.
struct BatchHooks {
  /// The model knows states of hosts that it did not know before. False: steps have to be shown one by one, so this
  /// search ends before the batch.
  std::function<bool()> ready;
  /// Of a step: from, and what changes. Called by several threads, between two calls of `ready`. False: as there.
  std::function<bool(StateView, std::span<const CalculusModel::Change>)> fine;
  /// A state that has no step other than failures, in order. False: nothing after it is expanded.
  std::function<bool(uint32_t)> ended;
  /// The states before this one are expanded now; how often each rule was applied since the last call.
  std::function<void(uint32_t finished, const RuleCounts&)> finished;
};

/// In states. What is found does not depend on them.
struct BatchSizes {
  uint32_t batch = 8192;
  uint32_t chunk = 64;      ///< of a batch, expanded together by one thread; divides it
  uint32_t parallel = 512;  ///< a batch of fewer is one thread's work: others would cost more than they help
};

/// Explores breadth-first as `explore` does: the same states with the same numbers, parents and counts, whatever the
/// number of threads. It keeps no edges. Gives false if `explore` has to go on from where it stands: at a limit on the
/// number of states, which may be met among the steps of one state, or if the hooks say so.
bool exploreBatched(CalculusModel& model, const SearchLimits& limits, unsigned threads, const BatchHooks& hooks,
                    Exploration& found, const BatchSizes& sizes = {});

}  // namespace funpass
