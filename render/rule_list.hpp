// The rule table, printed: one line a rule, one rule in full, as a LaTeX document, as JSON.
#pragma once

#include <string>

#include "lang/rules.hpp"
#include "render/json.hpp"
#include "render/layout.hpp"

namespace funpass::render {

/// All rules in the order of the calculus, by section and judgement. `core`: without the data extension's.
std::string rulesText(bool core, const Style& style);

/// One rule: statement, judgement, origin, premises.
std::string ruleText(Rule rule, const Style& style);

/// A document for pdflatex with amsmath: all rules by section, or one.
std::string rulesLatex(bool core);
std::string rulesLatex(Rule rule);

/// {"name", "judgement", "conclusion", "section", "origin", "layer", "statement", "latex", "premises"}
boost::json::object ruleJson(Rule rule);

/// {"schema": 1, "rules": […]}
boost::json::object rulesJson(bool core);
boost::json::object rulesJson(Rule rule);

}  // namespace funpass::render
