// Σ: the identifiers that occur in a node, with their types. Read off the identifiers, which carry their types.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include <boost/unordered/unordered_flat_set.hpp>

#include "lang/configuration.hpp"
#include "lang/term.hpp"

namespace funpass {

/// One (h, i) at two types: two different Ident nodes.
struct Clash {
  Handle ident = 0;
  Handle other = 0;
};

/// A Σ is a store (Leaf, Branch) from ι to Σ(ι): `entries` lists it by (h, i), `valueAt` looks up. 0 is the empty Σ.
/// Computed once for each node; a node that has all its identifiers in common with known ones costs next to nothing.
class Sigmas {
 public:
  explicit Sigmas(Arena& arena) : arena_(&arena) {}

  /// The Σ of all that occurs in `node`. False if an (h, i) occurs at two types: then `clash` says which.
  bool of(Handle node, Handle& sigma);

  /// Σ ∪ Σ'. False if they give an (h, i) two types.
  bool merge(Handle a, Handle b, Handle& sigma);

  const Clash& clash() const { return clash_; }

  /// Has every (h, i) one type in the whole arena? Then it has in every configuration, and no Σ clashes with another.
  /// Looks at each node once.
  bool oneTypeEach();

  /// Goes on in a fresh arena; what was remembered is forgotten.
  void moveTo(Arena& arena);

 private:
  struct Merged {
    Handle a = 0, b = 0, sigma = 0;
  };
  Handle merged(Handle a, Handle b);
  Handle mergeBranches(Handle a, Handle b);
  Handle withLeaf(Handle sigma, Handle leaf);
  Handle lowest(Handle sigma) const;

  Arena* arena_;
  std::vector<Handle> of_;  // per node; 0: not known
  std::vector<Merged> recent_;
  Clash clash_;
  Handle looked_ = 1;                           // the nodes before it were looked at
  boost::unordered_flat_set<uint64_t> idents_;  // the (h, i) among these
  bool oneTypeEach_ = true;
};

}  // namespace funpass
