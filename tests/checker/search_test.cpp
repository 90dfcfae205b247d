// The search, its table and its limits, on toy models.
#include <doctest/doctest.h>

#include <set>

#include "checker/search.hpp"

using namespace funpass;

namespace {

/// Two counters below `n`; each step raises one of them by one.
struct Grid {
  uint32_t n;
  size_t width() const { return 2; }
  void initial(std::vector<uint32_t>& out) { out = {0, 0}; }
  void steps(StateView state, std::vector<uint32_t>& out) {
    if (state[0] + 1 < n) out.insert(out.end(), {state[0] + 1, state[1]});
    if (state[1] + 1 < n) out.insert(out.end(), {state[0], state[1] + 1});
  }
  bool final(StateView state) { return state[0] + 1 == n && state[1] + 1 == n; }
};

/// Counts upwards for ever, two steps to the same state each time.
struct Endless {
  size_t width() const { return 1; }
  void initial(std::vector<uint32_t>& out) { out = {0}; }
  void steps(StateView state, std::vector<uint32_t>& out) { out.insert(out.end(), {state[0] + 1, state[0] + 1}); }
  bool final(StateView) { return false; }
};

const SearchVisitor kGoOn = [](uint32_t, uint32_t, uint32_t, bool) { return true; };

}  // namespace

TEST_CASE("every reachable state is met once, every transition counted once") {
  Grid grid{50};
  const Exploration found = explore(grid, {}, kGoOn);
  CHECK(found.complete);
  CHECK(found.states.size() == 2500);
  CHECK(found.targets.size() == 2 * 50 * 49);
  CHECK(found.depth == 98);
  std::set<std::pair<uint32_t, uint32_t>> seen;
  for (uint32_t i = 0; i < found.states.size(); ++i) seen.insert({found.states[i][0], found.states[i][1]});
  CHECK(seen.size() == 2500);
}

TEST_CASE("the path to a state is a shortest one, and of those the lexicographically least") {
  Grid grid{4};
  const Exploration found = explore(grid, {}, kGoOn);
  for (uint32_t i = 0; i < found.states.size(); ++i) {
    const std::vector<uint32_t> path = pathTo(grid, found, i);
    const uint32_t x = found.states[i][0];
    const uint32_t y = found.states[i][1];
    REQUIRE(path.size() == x + y);
    // Raising the first counter is step 0 while it can be raised, so all its raises come first.
    for (uint32_t k = 0; k < path.size(); ++k) CHECK(path[k] == (k < x || x == 3 ? 0 : 1));
  }
}

TEST_CASE("two steps to one state are one transition, and both are shown") {
  Endless endless;
  SearchLimits limits;
  limits.maxStates = 100;
  uint64_t shown = 0;
  const Exploration found = explore(endless, limits, [&](uint32_t, uint32_t index, uint32_t, bool) {
    if (index != kNoState) ++shown;
    return true;
  });
  CHECK_FALSE(found.complete);
  CHECK(found.limit == "states");
  CHECK(found.states.size() == 100);
  CHECK(found.targets.size() == 99);
  CHECK(shown == 2 * 99 - 1);  // the limit is met at the second of the last two
}

TEST_CASE("a search ends when it is told to, and says so") {
  Endless endless;
  SearchLimits limits;
  limits.tick = [](const SearchProgress& progress) { return progress.states < 5000; };
  CHECK(explore(endless, limits, kGoOn).limit == "interrupted");
  limits.tick = nullptr;
  limits.maxBytes = 1 << 20;
  CHECK(explore(endless, limits, kGoOn).limit == "memory");
  const Exploration stopped = explore(endless, {}, [](uint32_t, uint32_t, uint32_t to, bool) { return to != 7; });
  CHECK(stopped.limit == "stopped");
  CHECK(stopped.states.size() == 8);
}
