// From surface trees to text: one printer for programs, terms, types and configurations, in three notations.
#pragma once

#include <string>
#include <string_view>

#include "lang/surface.hpp"

namespace funpass::surface {

enum class Notation : uint8_t {
  Source,  ///< what the parser reads back: parse(print(x)) = x
  Paper,   ///< Unicode, juxtaposition, ⇒, as the source prints the calculus
  Latex,   ///< math mode, for amsmath
};

struct PrintOptions {
  Notation notation = Notation::Source;
  uint32_t width = 0;  ///< columns to break lines at; 0: everything on one line (declarations excepted)
};

/// Prints the node `root` of `tree`: a term, type, lineage, declaration or Config.
std::string print(const Tree& tree, Index root, const PrintOptions& options);

/// A string literal in source notation: escapes for quotes, backslashes and control characters, all else as it is.
std::string quoted(std::string_view contents);

/// Text for one of LaTeX's typewriter fonts: special characters escaped, all else as it is.
std::string escapedForLatex(std::string_view text);

/// Prints a whole file in the standard layout with its comments: what `funpass fmt` writes. Idempotent; the result
/// parses to the same tree, and has every comment in its order.
std::string format(const Source& source, const Tree& tree, uint32_t width = 100);

}  // namespace funpass::surface
