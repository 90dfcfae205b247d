// The matrix of failure budgets, as text and as JSON.
#pragma once

#include <string>
#include <vector>

#include "checker/budgets.hpp"
#include "render/json.hpp"
#include "render/layout.hpp"

namespace funpass::render {

/// "crashes 1, drops 0": every kind that `most` allows; "no failures" if it allows none.
std::string budgetName(const Budget& budget, const Budget& most);

/// One kind of failure as a list, two as a grid, more as a grid for each of the others' numbers; then which is the
/// first broken one. A grid wider than the style goes on below.
std::string budgetsText(const BudgetReport& report, const std::vector<std::string>& hosts, const Style& style);

/// [{"failures", "verdict", "states", "property", "schedule", "limit"}]
boost::json::array budgetsJson(const BudgetReport& report, const std::vector<std::string>& hosts);

}  // namespace funpass::render
