#include "checker/budgets.hpp"

#include <algorithm>
#include <array>

namespace funpass {

namespace {

std::array<uint32_t, 4> kinds(const Budget& b) { return {b.crashes, b.restarts, b.drops, b.duplicates}; }

uint64_t total(const Budget& b) { return uint64_t{b.crashes} + b.restarts + b.drops + b.duplicates; }

// A larger budget may reach what a smaller one does not; of every other property it keeps the violation.
bool isForAllRuns(const PropertyReport& property) { return property.name.compare(0, 8, "reaches:") != 0; }

BudgetCell summary(const CheckReport& report) {
  BudgetCell cell;
  cell.failures = report.failures;
  cell.states = report.states;
  cell.state = report.complete ? BudgetCell::State::Holds : BudgetCell::State::Unknown;
  cell.limit = report.limit;
  const PropertyReport* shown = firstViolation(report);
  for (const PropertyReport& property : report.properties) {
    if (!(property.failures == report.failures)) continue;
    if (property.verdict == Verdict::Unknown && cell.state == BudgetCell::State::Holds) {
      cell.state = BudgetCell::State::Unknown;
      cell.limit = property.message;
    }
    if (shown == nullptr && property.verdict == Verdict::Violated) shown = &property;
  }
  if (shown != nullptr && shown->failures == report.failures) {
    cell.state = BudgetCell::State::Violated;
    cell.property = shown->name;
    cell.schedule = shown->schedule;
  }
  return cell;
}

}  // namespace

bool within(const Budget& small, const Budget& large) {
  const std::array<uint32_t, 4> a = kinds(small);
  const std::array<uint32_t, 4> b = kinds(large);
  return std::equal(a.begin(), a.end(), b.begin(), [](uint32_t x, uint32_t y) { return x <= y; });
}

uint64_t countBudgets(const Budget& most) {
  uint64_t count = 1;
  for (const uint32_t n : kinds(most)) count *= uint64_t{n} + 1;
  return count;
}

std::vector<Budget> budgetsWithin(const Budget& most) {
  std::vector<Budget> found;
  Budget b;
  for (b.crashes = 0; b.crashes <= most.crashes; ++b.crashes)
    for (b.restarts = 0; b.restarts <= most.restarts; ++b.restarts)
      for (b.drops = 0; b.drops <= most.drops; ++b.drops)
        for (b.duplicates = 0; b.duplicates <= most.duplicates; ++b.duplicates) found.push_back(b);
  std::stable_sort(found.begin(), found.end(), [](const Budget& x, const Budget& y) { return total(x) < total(y); });
  return found;
}

const PropertyReport* firstViolation(const CheckReport& report) {
  const PropertyReport* shown = nullptr;
  for (const PropertyReport& property : report.properties) {
    if (property.verdict != Verdict::Violated || !property.schedule) continue;
    if (shown == nullptr || property.name == "progress") shown = &property;
  }
  return shown;
}

BudgetReport checkBudgets(Arena& arena, const Program& program, const CheckOptions& options, const Budget& most,
                          const std::function<void(const Budget&)>& begin) {
  Program shared = program;  // without the checks that have a budget of their own
  shared.checks.erase(std::remove_if(shared.checks.begin(), shared.checks.end(),
                                     [](const Check& check) {
                                       return check.kind == Check::Kind::Resilient ||
                                              check.kind == Check::Kind::Transparent;
                                     }),
                      shared.checks.end());
  BudgetReport out;
  std::vector<Budget> broken;  // what is within a larger budget, too
  for (const Budget& budget : budgetsWithin(most)) {
    CheckOptions here = options;
    here.failures.budget = budget;
    if (std::any_of(broken.begin(), broken.end(), [&](const Budget& smaller) { return within(smaller, budget); })) {
      BudgetCell& cell = out.cells.emplace_back();
      cell.failures = here.failures;
      cell.state = BudgetCell::State::Implied;
      continue;
    }
    begin(budget);
    const bool usual = budget == options.failures.budget;
    CheckReport report = check(arena, usual ? program : shared, here);
    const BudgetCell& cell = out.cells.emplace_back(summary(report));
    if (usual) out.usual = report;
    if (cell.state != BudgetCell::State::Violated) continue;
    if (std::any_of(report.properties.begin(), report.properties.end(), [&](const PropertyReport& property) {
          return property.verdict == Verdict::Violated && property.failures == report.failures &&
                 isForAllRuns(property);
        })) {
      broken.push_back(budget);
    }
    if (!out.broken) out.broken = std::move(report);
  }
  return out;
}

}  // namespace funpass
