// Section 7: what recovery reads: who has what a lineage starts from, what a host asked for, and which hosts are
// excused.
#pragma once

#include "lang/configuration.hpp"

namespace funpass {

/// root(l): root(Mat(ι)) = ι, root(Applied(ι,l,p)) = root(l).
Handle root(const Arena& arena, Handle lineage);

/// h has l: h is not crashed, and root(l) ∈ dom(σ_h) or h ← Res(root(l), v) ∈ M for some v.
bool hasRoot(const Arena& arena, const HostState& host, Handle lineage);

/// Is some h ← Res(ι, v) in the inbox?
bool isOnItsWay(const Arena& arena, Handle inbox, Handle ident);

/// src(r) for r = Ref(l,h̄): the first of h̄ that has l; kNobody (⊥) if none has. Without recovery nobody knows who has
/// what: then it is the first of h̄ that is not crashed.
template <typename StateOf>  // host -> const HostState&
uint32_t source(const Arena& arena, const StateOf& stateOf, Handle ref, bool recovery) {
  const Node r = arena[ref];
  for (Handle hosts = r[1]; hosts != 0; hosts = arena[hosts][1]) {
    const HostState& host = stateOf(arena[hosts][0]);
    if (recovery ? hasRoot(arena, host, r[0]) : !host.crashed()) return arena[hosts][0];
  }
  return kNobody;
}
inline uint32_t source(const Arena& arena, const Configuration& configuration, Handle ref, bool recovery) {
  const auto stateOf = [&](uint32_t h) -> const HostState& { return configuration.hosts[h]; };
  return source(arena, stateOf, ref, recovery);
}

/// ρ[ι ↦ (r, a)]; `host` is a, or kNobody for ⊥.
Handle ask(Arena& arena, Handle asked, Handle ident, Handle ref, uint32_t host);

/// ρ(ι) = (r, a): r and a, if ι ∈ dom(ρ).
struct Question {
  Handle ref = 0;  ///< 0: ι ∉ dom(ρ)
  uint32_t host = kNobody;
};
Question question(const Arena& arena, Handle asked, Handle ident);

/// Lost data: is every live host whose term is not a value excused? Those are the least set of hosts that wait, with
/// term E[await(ι)], and
///   - ρ(ι) = (r, a) and src(r) = ⊥, or
///   - a live excused host h' ≠ h has a frame for it: the term of h' is E'[respond(h, ι, t)].
/// Asked of configurations that are stuck, with recovery.
bool isLostData(const Arena& arena, const Configuration& configuration);

/// The hosts of that least set, in order.
std::vector<uint32_t> excused(const Arena& arena, const Configuration& configuration);

}  // namespace funpass
