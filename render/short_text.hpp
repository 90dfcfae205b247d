// Terms on one line that is never longer than what is asked for, and never costs more than that to make.
#pragma once

#include <string>

#include "lang/term.hpp"

namespace funpass::render {

/// The node in source notation within `width` columns: deep parts of a large term are left out first (…), then the
/// middle of the text. `freeNames`: of its free variables, innermost first.
std::string shortText(const Arena& arena, Handle node, uint32_t width, const std::vector<std::string>& freeNames = {});

/// The same without shortening the text: at most about `nodes` nodes are shown.
std::string boundedText(const Arena& arena, Handle node, uint32_t nodes,
                        const std::vector<std::string>& freeNames = {});

/// The same with canonical names: how terms stand in JSON.
std::string canonicalShort(const Arena& arena, Handle node, uint32_t width);
std::string canonicalBounded(const Arena& arena, Handle node, uint32_t nodes,
                             const std::vector<std::string>& freeNames = {});

/// For LaTeX's math mode, with the names it was written with: as much as takes about `width` columns in source
/// notation.
std::string latexShort(const Arena& arena, Handle node, uint32_t width, const std::vector<std::string>& freeNames = {});

/// For LaTeX's math mode, broken into lines of `width` columns; at most about `nodes` nodes are shown.
std::string latexTerm(const Arena& arena, Handle node, uint32_t width, uint32_t nodes);

/// A host's result, as boundedText: empty lists are `[]`.
std::string resultText(const Arena& arena, Handle result, uint32_t nodes);

}  // namespace funpass::render
