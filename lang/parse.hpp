// From text to surface trees: one grammar for programs, terms, types and configuration literals.
#pragma once

#include <optional>

#include "lang/surface.hpp"

namespace funpass::surface {

struct ParseOptions {
  bool core = false;        ///< `--core`: the data extension's syntax and reserved words are off
  uint32_t maxDepth = 500;  ///< how deep a program may nest; configuration literals have no limit
};

/// Parses a program (`decl⁺`) or a configuration literal (records and checks may stand beside `config { … }`). Every
/// independent syntax error is added to `out` (rule "syntax"; "limit" for nesting and for literals too large); the tree
/// holds Erroneous nodes there. Linear in the text. The source must be `readable`.
Tree parse(const Source& source, const ParseOptions& options, Diagnostics& out);

/// Parses one term, as `-e` takes it (a block). `declarations` holds the HostDecl of a host `a`, then its At node.
Tree parseTerm(const Source& source, const ParseOptions& options, Diagnostics& out);

/// Parses one type, given alone: the only entry of `declarations`.
Tree parseType(const Source& source, const ParseOptions& options, Diagnostics& out);

}  // namespace funpass::surface
