// From core nodes back to surface trees, so that every term, type and configuration prints through one printer.
#pragma once

#include <string>

#include "lang/configuration.hpp"
#include "lang/print.hpp"
#include "lang/program.hpp"
#include "lang/surface.hpp"

namespace funpass {

struct RaiseOptions {
  /// Bound variables are x0, x1, … by depth, header first, then parameter (as JSON prints them), instead of the names
  /// they were written with. The name of a host or record that occurs in the term is left out of the sequence.
  bool canonicalNames = false;
  /// Names of the free variables of the term, innermost (index 0) first.
  std::vector<std::string> freeNames = {};
  /// Empty lists are `[]`, as in results, and not `[]: List[T]`. It reads back only where a type is expected.
  bool bareEmptyLists = false;
};

/// Adds the surface form of a term, value, lineage, type, message (Req, Res) or store to `tree`. Reading its print back
/// gives the same node: names that would be captured get a number.
surface::Index raise(const Arena& arena, Handle node, surface::Tree& tree, const RaiseOptions& options = {});

/// Adds the configuration literal of `configuration` (section 7): hosts as declared, stores and messages in structural
/// order, lineages, spores and types that occur more than once named `$k` in `where` (Mat(ι) and types as short as
/// `List[Int]` excepted), every identifier's type in `types`. `budgets` and `asked` are there if `budgets` / `recovery`
/// say so. The records that the literal needs, and then the literal, are appended to the tree's declarations.
struct LiteralOptions {
  bool budgets = false;
  bool recovery = false;
  std::vector<uint32_t> among = {};
  bool canonicalNames = false;  ///< as in RaiseOptions
};
surface::Index raiseConfiguration(Arena& arena, const Configuration& configuration, surface::Tree& tree,
                                  const LiteralOptions& options = {});

/// One line in source notation (or another), with the names it was written with. A value's empty lists are `[]`.
std::string text(const Arena& arena, Handle node, surface::Notation notation = surface::Notation::Source);

/// The same with canonical names: how results stand in JSON.
std::string canonicalText(const Arena& arena, Handle node);

/// The configuration literal as text, to be pasted into any command: the declarations of the records that it needs,
/// then `config { … }`.
std::string literalText(Arena& arena, const Configuration& configuration, const LiteralOptions& options = {});

}  // namespace funpass
