// Configurations H | M (sections 1, 3 and 7): syntax, so they live here. A configuration is a short array of handles,
// compared in full.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "lang/context.hpp"
#include "lang/term.hpp"

namespace funpass {

/// One host configuration (t, σ)^h, with the messages addressed to it: M is kept split by destination.
struct HostState {
  Handle focus = 0;    ///< the redex or value of the decomposed term; 0: crashed
  Handle context = 0;  ///< E, a list of frames
  Handle store = 0;    ///< σ
  Handle asked = 0;    ///< ρ; 0 throughout when recovery is off
  Handle inbox = 0;    ///< the m of every h ← m in M
  uint32_t next = 0;   ///< the next unused index
  Handle result = 0;   ///< NoResult, NeverResult or the first value reached; 0: the host has no `at` block

  bool operator==(const HostState&) const = default;
  bool crashed() const { return focus == 0; }
};

/// What may still fail, and (in Program) where.
struct Budget {
  uint32_t crashes = 0, restarts = 0, drops = 0, duplicates = 0;
  bool operator==(const Budget&) const = default;
};

/// The fields that are handles.
inline constexpr std::array<Handle HostState::*, 6> kHandles = {&HostState::focus, &HostState::context,
                                                                &HostState::store, &HostState::asked,
                                                                &HostState::inbox, &HostState::result};

struct Configuration {
  std::vector<HostState> hosts;  ///< as declared
  Budget budget;
  bool operator==(const Configuration&) const = default;
};

// ---- stores σ and ρ: finite maps from ι, looked up by (h, i) alone: the type in ι plays no part

/// The Leaf of (h, i) in `store`, 0 if ι ∉ dom(σ).
Handle lookup(const Arena& arena, Handle store, Handle ident);
/// σ(ι), 0 if ι ∉ dom(σ).
inline Handle valueAt(const Arena& arena, Handle store, Handle ident) {
  const Handle leaf = lookup(arena, store, ident);
  return leaf == 0 ? 0 : arena[leaf][1];
}
/// [ι ↦ v]σ; an entry of ι that is there is replaced.
Handle insert(Arena& arena, Handle store, Handle ident, Handle value);
/// σ without ι.
Handle erase(Arena& arena, Handle store, Handle ident);
/// The Leaf nodes of a store in the order of (h, i).
std::vector<Handle> entries(const Arena& arena, Handle store);

// ---- messages: a host's inbox lists its distinct messages in structural order

/// M ⊎ {h ← m}, given h's inbox.
Handle post(Arena& arena, Handle inbox, Handle message);
/// M without one m; m must be there.
Handle take(Arena& arena, Handle inbox, Handle message);
/// A distinct message and how often it is there.
struct Pending {
  Handle message;
  uint32_t count;
};
std::vector<Pending> messages(const Arena& arena, Handle inbox);

// ---- whole configurations

/// A host's term, plugged together. Not of a crashed host.
inline Handle termOf(Arena& arena, const HostState& host) { return plug(arena, host.focus, host.context); }

/// The configuration in which host h starts with terms[h] (0: it has no `at` block and starts with unit), σ = ∅, M = ∅.
/// A term that is a value is its host's result at once.
Configuration initialConfiguration(Arena& arena, const std::vector<Handle>& terms);

/// Is the host's term a value? Then the context is empty.
inline bool isValue(const Arena& arena, const HostState& host) {
  return !host.crashed() && arena[host.focus].isValue();
}

/// Every live host's term is a value and no message is addressed to a live host (section 3).
bool isFinal(const Arena& arena, const Configuration& configuration);

/// The ι that a waiting host awaits: its term is E[await(ι)] with ι ∉ dom(σ). Nothing if it does not wait.
std::optional<Handle> awaits(const Arena& arena, const HostState& host);

/// Moves a configuration to a fresh arena.
Configuration copy(Copy& copy, const Configuration& configuration);

}  // namespace funpass
