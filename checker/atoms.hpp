// What occurs in a node: hosts, identifiers.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <vector>

#include "lang/term.hpp"

namespace funpass {

/// What stands among the hosts of a node for `currentHost` in it, for a lineage, and for what is computed on demand: an
/// `apply`, the lineage that one has made, a `respond` under way.
inline constexpr uint32_t kHere = kNobody - 1;
inline constexpr uint32_t kLineage = kNobody - 2;
inline constexpr uint32_t kOnDemand = kNobody - 3;

/// (h, i) as one number.
using IdentKey = uint64_t;
inline IdentKey keyOf(const Node& ident) { return uint64_t{ident[0]} << 32U | ident[1]; }
inline IdentKey keyOf(const Arena& arena, Handle ident) { return keyOf(arena[ident]); }

/// The hosts that occur in a node: literals, hosts of references, first arguments of `respond`, senders of requests,
/// whom a host asked last. Remembered for each node.
class HostsIn {
 public:
  explicit HostsIn(const Arena& arena) : arena_(arena), sets_(1) { numbers_.emplace(sets_[0], 0); }

  const std::vector<uint32_t>& operator()(Handle node) { return sets_[setOf(node)]; }  ///< sorted
  bool has(Handle node, uint32_t host);

 private:
  uint32_t setOf(Handle node);
  uint32_t number(std::vector<uint32_t> set);
  uint32_t join(uint32_t a, uint32_t b);

  const Arena& arena_;
  std::vector<uint32_t> known_;             // per node: its set + 1
  std::deque<std::vector<uint32_t>> sets_;  // references to them stay good
  std::map<std::vector<uint32_t>, uint32_t> numbers_;
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> joins_;
};

/// Walks through the nodes in which identifiers occur, each once a round, a node before its parts, from the left.
class IdentWalk {
 public:
  explicit IdentWalk(const Arena& arena) : arena_(arena) {}

  /// Begins a round.
  void begin() { ++round_; }
  /// Calls visit(handle, node) for every such node of `root` that was not met in this round.
  template <typename Visit>
  void operator()(Handle root, Visit visit) {
    if (!arena_[root].hasIdent()) return;
    stack_.assign(1, root);
    while (!stack_.empty()) {
      const Handle n = stack_.back();
      stack_.pop_back();
      if (n >= met_.size()) met_.resize(size_t{arena_.size()} + 1024, 0);
      if (met_[n] == round_) continue;
      met_[n] = round_;
      const Node node = arena_[n];
      visit(n, node);
      for (int k = 2; k >= 0; --k) {
        if (isHandleField(node, k) && arena_[node[k]].hasIdent()) stack_.push_back(node[k]);
      }
    }
  }

 private:
  const Arena& arena_;
  std::vector<uint32_t> met_;  // per node: the round
  std::vector<Handle> stack_;
  uint32_t round_ = 0;
};

}  // namespace funpass
