// Why a configuration literal is not well-formed, as a diagnostic at its place in the text.
#pragma once

#include "lang/surface.hpp"
#include "typecheck/wellformed.hpp"

namespace funpass::render {

/// The refusal in words: the rule's premise that fails, the types at odds, and the part of the literal that it is
/// about.
Diagnostic illFormed(Arena& arena, const surface::Tree& tree, const WfRefusal& refusal);

}  // namespace funpass::render
