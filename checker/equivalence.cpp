#include "checker/equivalence.hpp"

#include <set>
#include <utility>
#include <vector>

namespace funpass {

namespace {

/// The value of ι in the store of the first host of h̄ that has it; 0 if none is live, `alive` says whether any is.
Handle stored(const Arena& arena, const Configuration& c, Handle ident, Handle hosts, bool& alive) {
  alive = false;
  for (; hosts != 0; hosts = arena[hosts][1]) {
    const HostState& host = c.hosts[arena[hosts][0]];
    if (host.crashed()) continue;
    alive = true;
    if (const Handle value = valueAt(arena, host.store, ident); value != 0) return value;
  }
  return 0;
}

}  // namespace

bool equivalent(const Arena& arena, Handle first, const Configuration& c, Handle second, const Configuration& d) {
  // Pairs that have to be ≈, with the hosts of the reference that a lineage stands in. What was assumed once is not
  // asked again: that makes the relation the largest one.
  struct Pair {
    Handle v, w, hosts;
    auto operator<=>(const Pair&) const = default;
  };
  std::set<Pair> assumed;
  std::vector<Pair> todo{{first, second, 0}};
  while (!todo.empty()) {
    const Pair pair = todo.back();
    todo.pop_back();
    if (pair.v == 0 || pair.w == 0) {
      if (pair.v != pair.w) return false;
      continue;
    }
    const Node v = arena[pair.v];
    const Node w = arena[pair.w];
    if (pair.v == pair.w && !v.hasIdent()) continue;
    if (v.tag != w.tag) return false;
    if (!assumed.insert(pair).second) continue;
    if (v.is(Tag::Ref)) {
      if (v[1] != w[1]) return false;
      todo.push_back({v[0], w[0], v[1]});
    } else if (v.is(Tag::Mat)) {
      bool aliveC = false;
      bool aliveD = false;
      const Handle x = stored(arena, c, v[0], pair.hosts, aliveC);
      const Handle y = stored(arena, d, w[0], pair.hosts, aliveD);
      if (!aliveC || !aliveD || x == 0 || y == 0) {
        if (pair.v != pair.w) return false;
      } else {
        todo.push_back({x, y, 0});
      }
    } else if (v.is(Tag::Applied)) {
      todo.push_back({v[1], w[1], pair.hosts});
      todo.push_back({v[2], w[2], 0});
    } else {
      for (int k = 0; k < 3; ++k) {
        if (isHandleField(v, k)) {
          todo.push_back({v[k], w[k], 0});
        } else if (v[k] != w[k]) {
          return false;
        }
      }
    }
  }
  return true;
}

bool sameResults(const Arena& arena, const Configuration& c, const Configuration& d, bool whereBoth) {
  for (size_t h = 0; h < c.hosts.size(); ++h) {
    const bool first = hasResult(arena, c.hosts[h]);
    const bool second = hasResult(arena, d.hosts[h]);
    if (first != second && !whereBoth) return false;
    if (first && second && !equivalent(arena, c.hosts[h].result, c, d.hosts[h].result, d)) return false;
  }
  return true;
}

}  // namespace funpass
