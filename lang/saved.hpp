// Lineages that leave the run that made them (section 7): what a file holds, and what fromLineage holds.
//
// A saved lineage is a node Saved(l, σ₀): σ₀ has the value of every leaf Mat(ι). Its identifiers have no host yet:
// theirs is kNobody, and they are numbered within the program. Its references, in captures and in values, have no hosts
// yet either: R-FromLineage gives them those that it is given, for there the data is.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "lang/configuration.hpp"
#include "lang/term.hpp"

namespace funpass {

/// The value of a leaf, given Mat(ι) and the hosts of the reference that it was found by; 0 if there is none.
using ValueOfLeaf = std::function<Handle(Handle mat, Handle hosts)>;

/// All lineages that some references stand on: theirs, what these were applied to, the references in their spores, and
/// those in the values of their leaves. Each once, after those that it needs.
struct Lineages {
  struct Entry {
    Handle lineage = 0;  ///< Mat or Applied
    Handle hosts = 0;    ///< of the first reference that it was found by
  };
  std::vector<Entry> entries;
  Handle knot = 0;  ///< a Mat whose data contains a reference to itself, if there is one
};
Lineages lineagesOf(const Arena& arena, const std::vector<Lineages::Entry>& roots, const ValueOfLeaf& value);

/// The references that occur in a term or value, outermost ones only; those of a saved lineage are none of its own.
std::vector<Handle> referencesIn(const Arena& arena, Handle term);

/// `node` with other identifiers and with `hosts` in every reference. Identifiers that are not in `idents` stay. One
/// Relocate for all nodes of one move.
class Relocate {
 public:
  Relocate(Arena& arena, const std::unordered_map<Handle, Handle>& idents, Handle hosts)
      : arena_(arena), idents_(idents), hosts_(hosts) {}
  Handle operator()(Handle node);

 private:
  Arena& arena_;
  const std::unordered_map<Handle, Handle>& idents_;
  Handle hosts_;
  std::unordered_map<Handle, Handle> moved_;
};

/// What fromLineage and a file hold of Ref(l,h̄): a Saved, its identifiers numbered from 0 on, leaves first. 0 if it
/// cannot be: a leaf's value is not known, its data refers to itself, a term holds a future, or a lineage that came
/// from a file and is still to be used; then `problem` says which, in words.
Handle seal(Arena& arena, Handle ref, const ValueOfLeaf& value, std::string& problem);

/// The identifiers of a Saved, by their numbers.
std::vector<Handle> identifiersOf(const Arena& arena, Handle saved);

/// The value of a leaf of a Saved.
ValueOfLeaf valuesOf(const Arena& arena, Handle saved);

}  // namespace funpass
