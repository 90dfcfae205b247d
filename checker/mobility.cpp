#include "checker/mobility.hpp"

#include <algorithm>

#include "typecheck/typing.hpp"

namespace funpass {

/// An immobile type in `node` (a message, a Leaf, or a part of one): of an identifier, of a value, of a capture; 0 if
/// none.
Handle MobilityCheck::immobileIn(Handle node) {
  const auto isKnown = [this](Handle n) { return n == 0 || (n < known_.size() && known_[n] != 0); };
  if (isKnown(node)) return 0;
  Arena& arena = checker_.arena();
  std::vector<Handle> todo{node};
  std::vector<Handle> passed;
  while (!todo.empty()) {
    const Handle n = todo.back();
    todo.pop_back();
    if (isKnown(n)) continue;
    const Node at = arena[n];
    if (at.is(Tag::Ident) && !isMobile(arena, at[2])) return at[2];
    if ((at.is(Tag::Res) || at.is(Tag::Leaf)) && checker_.typeOf(at[1]).ok()) {
      const Handle type = checker_.typeOf(at[1]).type();
      if (!isMobile(arena, type)) return type;
    }
    if (at.is(Tag::Entry) && !isMobile(arena, at[0])) return at[0];
    passed.push_back(n);
    // A spore's body runs later, and what it makes is judged when it is made.
    if (at.is(Tag::Spore)) {
      todo.push_back(at[0]);
      continue;
    }
    if (at.is(Tag::Lambda)) continue;
    for (int k = 0; k < 3; ++k) {
      if (isHandleField(at, k)) todo.push_back(at[k]);
    }
  }
  for (const Handle n : passed) {
    if (n >= known_.size()) known_.resize(std::max<size_t>(arena.size(), n + 1), 0);
    known_[n] = 1;
  }
  return 0;
}

Handle MobilityCheck::offender(const Configuration& configuration, Handle& type) {
  const Arena& arena = checker_.arena();
  for (const HostState& host : configuration.hosts) {
    type = immobileIn(host.inbox);
    if (type != 0) {
      for (Handle inbox = host.inbox; inbox != 0; inbox = arena[inbox][2]) {
        if (immobileIn(arena[inbox][0]) != 0) return arena[inbox][0];
      }
    }
    type = immobileIn(host.store);
    if (type == 0) continue;
    for (const Handle leaf : entries(arena, host.store)) {
      if (immobileIn(leaf) != 0) return leaf;
    }
  }
  return 0;
}

}  // namespace funpass
