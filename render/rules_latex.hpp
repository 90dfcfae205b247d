// The calculus, typeset.
#pragma once

#include <string>

#include "lang/rules.hpp"

namespace funpass::render {

/// A document for pdflatex with amsmath, amssymb and graphicx: the metavariables, the grammar, and all rules by
/// section, each with where it comes from. `core`: without the extensions.
std::string rulesLatex(bool core);

/// One rule as a displayed formula, to be put into a document that uses amsmath.
std::string rulesLatex(Rule rule);

}  // namespace funpass::render
