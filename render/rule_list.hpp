// The rule table, printed: one line a rule, one rule in full, as a LaTeX document, as JSON.
#pragma once

#include <string>
#include <vector>

#include "lang/rules.hpp"
#include "render/json.hpp"
#include "render/layout.hpp"

namespace funpass::render {

/// The rules in the order of the calculus. `core`: without the extensions' rules.
std::vector<const RuleInfo*> rulesOf(bool core);

/// Do they stand under one heading; and the heading: "section 2, local reduction".
bool sameGroup(const RuleInfo& a, const RuleInfo& b);
std::string heading(const RuleInfo& rule);

/// "core", "failure", …
std::string_view layerName(Layer layer);

/// All rules in the order of the calculus, by section and judgement. `core`: without the data extension's.
std::string rulesText(bool core, const Style& style);

/// One rule: statement, judgement, origin, premises.
std::string ruleText(Rule rule, const Style& style);

/// {"name", "judgement", "conclusion", "section", "origin", "layer", "statement", "latex", "premises"}
boost::json::object ruleJson(Rule rule);

/// {"schema": 1, "rules": […]}
boost::json::object rulesJson(bool core);
boost::json::object rulesJson(Rule rule);

}  // namespace funpass::render
