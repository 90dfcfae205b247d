// The derivation of a step: the rule of section 3 or 7, under it the local or P- rule, with their metavariables.
#pragma once

#include <string>

#include "render/json.hpp"
#include "render/layout.hpp"
#include "semantics/semantics.hpp"

namespace funpass::render {

/// The derivation of C ↠ C' by `step`, which C = `before` has: premises above a line, with what is bound in the place
/// of the metavariables where that is short; and what each metavariable is bound to. Whole lines, indented by two
/// columns.
std::string stepDerivationText(Arena& arena, const Configuration& before, const Step& step, const Style& style);

/// The same as a display for LaTeX with amsmath and graphicx.
std::string stepDerivationLatex(Arena& arena, const Configuration& before, const Step& step);

/// {"rule", "statement", "bindings": [{"variable", "value"}], "premises": [{"premise", "instance"}], "conclusion",
/// "inner": the same of the rule under it}
boost::json::object stepDerivationJson(Arena& arena, const Configuration& before, const Step& step);

}  // namespace funpass::render
