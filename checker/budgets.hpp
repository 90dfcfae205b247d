// `check --budgets`: which failures a program bears: one check for each budget up to a largest one.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "checker/check.hpp"

namespace funpass {

/// What is known of one budget.
struct BudgetCell {
  enum class State : uint8_t {
    Holds,
    Violated,
    Unknown,  ///< a limit was reached before anything was found
    Implied,  ///< not explored: a smaller budget is violated, and each of its runs is one of this budget
  };
  FailureBudget failures;
  State state = State::Unknown;
  uint64_t states = 0;
  std::string property;              ///< the violated one
  std::optional<Schedule> schedule;  ///< to the violation
  std::string limit;                 ///< of an unknown one
};

struct BudgetReport {
  std::vector<BudgetCell> cells;      ///< by total size, then lexicographically: crashes, restarts, drops, duplicates
  std::optional<CheckReport> usual;   ///< of the flags' budget, unless that is implied
  std::optional<CheckReport> broken;  ///< of the first violated cell
};

/// Is `small` within `large`, kind by kind?
bool within(const Budget& small, const Budget& large);

/// How many budgets there are within `most`.
uint64_t countBudgets(const Budget& most);

/// All of them, by total size, then lexicographically.
std::vector<Budget> budgetsWithin(const Budget& most);

/// The violated property whose counterexample comes first: where a run gets stuck, that says most. Null if none is
/// violated with a schedule.
const PropertyReport* firstViolation(const CheckReport& report);

/// Checks every budget within `most` that has no violated one within it, at the hosts of `options.failures`. The checks
/// of the program that have a budget of their own are judged in the cell of `options.failures` only. `begin` is told
/// each budget before it is explored. Never throws LimitReached.
BudgetReport checkBudgets(Arena& arena, const Program& program, const CheckOptions& options, const Budget& most,
                          const std::function<void(const Budget&)>& begin);

}  // namespace funpass
