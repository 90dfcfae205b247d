// Breadth-first search over any Model: every reachable state once, shortest paths, limits.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "checker/model.hpp"
#include "checker/paged.hpp"
#include "checker/state_table.hpp"

namespace funpass {

inline constexpr uint32_t kNoState = std::numeric_limits<uint32_t>::max();

struct SearchLimits {
  uint64_t maxStates = std::numeric_limits<uint32_t>::max() - 2;
  size_t maxBytes = std::numeric_limits<size_t>::max();
  /// Called once for every few thousand expanded states and at the start of a level; the search stops if it gives
  /// false.
  std::function<bool(const struct SearchProgress&)> tick;
};

struct SearchProgress {
  uint32_t depth = 0;   ///< of the states being expanded
  uint64_t states = 0;  ///< met
  uint64_t expanded = 0;
  uint64_t transitions = 0;
  uint64_t levelStart = 0;  ///< the first state of this level
  uint64_t levelEnd = 0;    ///< behind its last
  size_t bytes = 0;

  void nextLevel(uint64_t end) {
    ++depth;
    levelStart = levelEnd;
    levelEnd = end;
  }
};

/// The part of the graph that was explored. Edges, if they are kept, lie in compressed sparse rows: those of state s
/// are targets[firstEdge[s]] … targets[firstEdge[s+1]), distinct, in the order of steps.
struct Exploration {
  StateTable states;
  Paged<uint32_t> parent;     ///< by which each state was met first, in order; kNoState for the initial one
  Paged<uint64_t> firstEdge;  ///< one more than the expanded states
  Paged<uint32_t> targets;
  bool keepsEdges = true;
  uint32_t expanded = 0;     ///< states of which all steps are known: the first ones
  uint64_t transitions = 0;  ///< distinct pairs (from, to)
  uint32_t depth = 0;        ///< of the deepest state met
  bool complete = false;
  std::string limit;  ///< if not complete: what ended it

  explicit Exploration(size_t width) : states(width) {}
  /// The first state whose parent is `state` or a later one; the number of parents if there is none.
  uint32_t firstMetFrom(uint64_t state) const {
    auto high = static_cast<uint32_t>(parent.size());  // memory may have run out before the last state's parent
    uint32_t low = std::min<uint32_t>(1, high);
    while (low < high) {
      const uint32_t middle = low + (high - low) / 2;
      (parent[middle] < state ? low : high) = parent[middle] < state ? middle + 1 : middle;
    }
    return low;
  }
  /// Memory held, in bytes.
  size_t bytes() const { return states.bytes() + parent.bytes() + firstEdge.bytes() + targets.bytes(); }
};

/// The level at which the search stands before it expands state `from`; of a first state of a level, the one before.
inline SearchProgress levelOf(const Exploration& found, uint32_t from) {
  SearchProgress level;
  level.levelEnd = 1;
  while (from > level.levelEnd) {
    ++level.depth;
    level.levelStart = level.levelEnd;
    level.levelEnd = found.firstMetFrom(level.levelEnd);
  }
  return level;
}

/// Puts the initial state into an exploration that is empty.
template <typename M>
void begin(M& model, Exploration& found) {
  if (found.states.size() > 0) return;
  std::vector<uint32_t> initial;
  model.initial(initial);
  found.states.insert(initial);
  found.parent.push_back(kNoState);
  if (found.keepsEdges) found.firstEdge.push_back(0);
}

/// Tells `limits` how far a search is that is about to expand state `from`. Gives what ends it, or null.
template <typename M>
const char* stopsAt(uint32_t from, const M& model, const Exploration& found, const SearchLimits& limits,
                    SearchProgress& progress) {
  progress.states = found.states.size();
  progress.expanded = from;
  progress.transitions = found.transitions;
  progress.bytes = found.bytes();
  if constexpr (requires { model.bytes(); }) progress.bytes += model.bytes();
  if (limits.tick && !limits.tick(progress)) return "interrupted";
  return progress.bytes > limits.maxBytes ? "memory" : nullptr;
}

/// Called for every step of an expanded state: from, the index in steps(from), to, and whether `to` is met first here.
/// Called with index kNoState and to = from when all steps of a state have been shown. Gives false to stop the search.
using SearchVisitor = std::function<bool(uint32_t from, uint32_t index, uint32_t to, bool isNew)>;

/// Explores `model` breadth-first, into an empty `found`, or one that holds all steps of the states expanded so far and
/// no more; it holds what was found so far even if the model throws.
/// The first path to a state is a shortest one, and of those the one whose indices come first lexicographically.
template <Model M>
void explore(M& model, const SearchLimits& limits, const SearchVisitor& visit, Exploration& found) {
  const size_t width = model.width();
  std::vector<uint32_t> buffer;
  std::vector<uint32_t> targets;  // of one state
  begin(model, found);
  const uint32_t first = found.expanded;
  SearchProgress progress = levelOf(found, first);
  const auto stop = [&](std::string why) { found.limit = std::move(why); };
  for (uint32_t from = first; from < found.states.size(); ++from) {
    if (from == progress.levelEnd) progress.nextLevel(found.states.size());
    if (from % 1024 == 0 || from == progress.levelStart || from == first) {
      if (const char* why = stopsAt(from, model, found, limits, progress)) return stop(why);
    }
    buffer.clear();
    targets.clear();
    model.steps(found.states[from], buffer);
    found.states.stage(buffer);
    for (size_t i = 0; i * width < buffer.size(); ++i) {
      if (found.states.size() >= limits.maxStates) return stop("states");
      const auto [to, isNew] = found.states.insertStaged(i);
      if (isNew) {
        found.parent.push_back(from);
        found.depth = progress.depth + 1;
      }
      if (std::find(targets.begin(), targets.end(), to) == targets.end()) {
        targets.push_back(to);
        ++found.transitions;
        if (found.keepsEdges) found.targets.push_back(to);
      }
      if (!visit(from, static_cast<uint32_t>(i), to, isNew)) return stop("stopped");
    }
    if (found.keepsEdges) found.firstEdge.push_back(found.targets.size());
    ++found.expanded;
    if (!visit(from, kNoState, from, false)) return stop("stopped");
  }
  found.complete = true;
}

/// The edges of the states that are expanded, found anew for an exploration that did not keep them.
template <Model M>
void findEdges(M& model, Exploration& found) {
  if (found.keepsEdges) return;
  found.keepsEdges = true;
  found.firstEdge.push_back(0);
  std::vector<uint32_t> buffer;
  std::vector<uint32_t> targets;
  for (uint32_t from = 0; from < found.expanded; ++from) {
    buffer.clear();
    targets.clear();
    model.steps(found.states[from], buffer);
    found.states.stage(buffer);
    for (size_t i = 0; i * model.width() < buffer.size(); ++i) {
      const uint32_t to = found.states.insertStaged(i).number;
      if (std::find(targets.begin(), targets.end(), to) == targets.end()) targets.push_back(to);
    }
    for (const uint32_t to : targets) found.targets.push_back(to);
    found.firstEdge.push_back(found.targets.size());
  }
}

template <Model M>
Exploration explore(M& model, const SearchLimits& limits, const SearchVisitor& visit) {
  Exploration found(model.width());
  explore(model, limits, visit, found);
  return found;
}

/// The indices of the steps from the initial state to `state`, found by replay from the parents.
template <Model M>
std::vector<uint32_t> pathTo(M& model, const Exploration& found, uint32_t state) {
  std::vector<uint32_t> path;
  std::vector<uint32_t> buffer;
  for (; found.parent[state] != kNoState; state = found.parent[state]) {
    buffer.clear();
    model.steps(found.states[found.parent[state]], buffer);
    const std::vector<uint32_t> wanted = found.states[state];
    const size_t width = model.width();
    uint32_t index = 0;
    while (index * width < buffer.size() &&
           !std::equal(wanted.begin(), wanted.end(), buffer.begin() + static_cast<std::ptrdiff_t>(index * width)))
      ++index;
    if (index * width >= buffer.size()) throw std::logic_error("no step leads from a state's parent to it");
    path.push_back(index);
  }
  std::reverse(path.begin(), path.end());
  return path;
}

}  // namespace funpass
