// v ≈ v': when two results of different runs stand for the same data and lineage (section 5, confluence).
#pragma once

#include "lang/configuration.hpp"

namespace funpass {

/// Is v, read in C, ≈ w, read in D? References are compared by what they stand for: Ref(l,h̄) ≈ Ref(l',h̄) when l ≈ l',
/// Mat(ι) ≈ Mat(ι') when the values in the store of a host of h̄ are ≈, Applied(ι,l,p) ≈ Applied(ι',l',p') when l ≈ l'
/// and p ≈ p'; the largest such relation. A reference with no live host is ≈ only to one with the same lineage.
/// Everything else is compared as it is.
bool equivalent(const Arena& arena, Handle v, const Configuration& c, Handle w, const Configuration& d);

/// Has the host reached a value? Not if it has no `at` block, or crashed before.
inline bool hasResult(const Arena& arena, const HostState& host) {
  return host.result != 0 && arena[host.result].isValue();
}

/// Has every host ≈ results in C and D? `whereBoth`: of the hosts that have one in both.
bool sameResults(const Arena& arena, const Configuration& c, const Configuration& d, bool whereBoth);

}  // namespace funpass
