// From surface trees to core terms. One pass: every core node that is made is judged at once by its T-* rule, so a type
// error is found once, by the rule's own function, where the surface tree still knows the place.
#pragma once

#include <optional>
#include <string>

#include "lang/program.hpp"
#include "lang/surface.hpp"
#include "typecheck/typing.hpp"

namespace funpass {

struct LoadOptions {
  bool core = false;        ///< `--core`: the data extension's operations and types do not exist
  bool mobility = true;     ///< off: the deck's rules alone
  bool allowFiles = false;  ///< fromTextFile and fromLineage may read anything, not only what lies below `folder`
  std::string folder = {};  ///< the program's folder; empty: the current one
  bool reads = true;        ///< off: no file is read, as in the terms of a lineage file
  const TypeRules* rules = &typeRules();
};

/// Elaborates a program or a configuration literal, and gives the arena its hosts. Adds every independent error to
/// `out`, declaration by declaration, in a declaration premises first and left to right; gives nothing if there is any.
/// Of a literal only its terms are judged (T-*): whether the configuration is well-formed (WF-*) is not asked here. A
/// tree with Erroneous nodes gives nothing; what else is wrong in it is still reported. Throws LimitReached.
std::optional<Program> elaborate(Arena& arena, const Source& source, const surface::Tree& tree,
                                 const LoadOptions& options, Diagnostics& out);

}  // namespace funpass
