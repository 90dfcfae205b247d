// The matrix of failure budgets.
#include "checker/budgets.hpp"

#include <doctest/doctest.h>

#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::test;

namespace {

using State = BudgetCell::State;

const std::string kRemote = "host a, b at a { val r = populate(b, 1); await(send(r)) } ";

struct Asked {
  BudgetReport report;
  std::vector<Budget> begun;
};

Asked asked(const std::string& text, const Budget& most, const Budget& usual = {}, CheckOptions options = {}) {
  Arena arena;
  const Program program = load(arena, text);
  options.rules = rules(true);
  options.failures = {usual, {1}};  // at b
  Asked out;
  out.report = checkBudgets(arena, program, options, most, [&](const Budget& budget) { out.begun.push_back(budget); });
  return out;
}

std::string verdicts(const BudgetReport& report) {
  std::string out;
  for (const BudgetCell& cell : report.cells) {
    out += cell.state == State::Holds      ? 'h'
           : cell.state == State::Violated ? 'v'
           : cell.state == State::Unknown  ? 'u'
                                           : 'i';
  }
  return out;
}

}  // namespace

TEST_CASE("budgets come by total size, then lexicographically") {
  const std::vector<Budget> budgets = budgetsWithin({1, 0, 2, 0});
  const std::vector<Budget> wanted{{0, 0, 0, 0}, {0, 0, 1, 0}, {1, 0, 0, 0}, {0, 0, 2, 0}, {1, 0, 1, 0}, {1, 0, 2, 0}};
  CHECK(budgets == wanted);
  CHECK(countBudgets({1, 0, 2, 0}) == 6);
  CHECK(within({0, 0, 1, 0}, {1, 0, 1, 0}));
  CHECK_FALSE(within({1, 0, 0, 0}, {0, 3, 3, 3}));
}

TEST_CASE("a budget above a broken one is not explored") {
  const Asked remote = asked(kRemote, {2, 0, 0, 1});
  // 0; duplicates 1, crashes 1; crashes 1 duplicates 1, crashes 2; both
  CHECK(verdicts(remote.report) == "hhviii");
  CHECK(remote.begun == std::vector<Budget>{{0, 0, 0, 0}, {0, 0, 0, 1}, {1, 0, 0, 0}});
  const BudgetCell& broken = remote.report.cells[2];
  CHECK(broken.property == "progress");
  CHECK(broken.schedule);
  CHECK(broken.states == 23);
  REQUIRE(remote.report.broken);
  CHECK(remote.report.broken->failures.budget == Budget{1, 0, 0, 0});
  REQUIRE(remote.report.usual);
  CHECK(remote.report.usual->failures.budget == Budget{});
  CHECK(remote.report.usual->states == remote.report.cells[0].states);
}

TEST_CASE("each cell is what a check of that budget alone says") {
  const Asked remote = asked(kRemote, {0, 1, 0, 2});
  for (const BudgetCell& cell : remote.report.cells) {
    Arena arena;
    const Program program = load(arena, kRemote);
    CheckOptions options;
    options.rules = rules(true);
    options.failures = cell.failures;
    const CheckReport alone = check(arena, program, options);
    CHECK(alone.states == cell.states);
    CHECK(cell.state == State::Holds);
  }
}

TEST_CASE("what is implied is broken indeed") {
  Arena arena;
  const Program program = load(arena, kRemote);
  for (const BudgetCell& cell : asked(kRemote, {1, 1, 1, 1}).report.cells) {
    if (cell.state != State::Implied) continue;
    CheckOptions options;
    options.rules = rules(true);
    options.failures = cell.failures;
    CHECK(firstViolation(check(arena, program, options)) != nullptr);
  }
}

TEST_CASE("the flags' budget has no report if a smaller one is broken") {
  const Asked remote = asked(kRemote, {2, 0, 0, 0}, {2, 0, 0, 0});
  CHECK(verdicts(remote.report) == "hvi");
  CHECK_FALSE(remote.report.usual);
}

TEST_CASE("checks with a budget of their own are judged once, and break no budget") {
  const Asked remote = asked(kRemote + "check resilient 1 of b check result a == 1", {0, 0, 0, 1});
  CHECK(verdicts(remote.report) == "hh");
  REQUIRE(remote.report.usual);
  CHECK(remote.report.usual->properties.size() == 6);
  CHECK(remote.report.usual->properties[4].verdict == Verdict::Violated);
}

TEST_CASE("more failures may reach what fewer do not") {
  const Asked never = asked(kRemote + "check reaches a == 2", {0, 0, 0, 1});
  CHECK(verdicts(never.report) == "vv");
  CHECK(never.report.cells[0].property == "reaches:a");
  CHECK(never.begun.size() == 2);
}

TEST_CASE("a limit leaves a cell unknown") {
  CheckOptions options;
  options.limits.maxStates = 20;
  const Asked remote = asked(kRemote, {0, 0, 0, 1}, {}, options);
  CHECK(verdicts(remote.report) == "hu");
  CHECK(remote.report.cells[1].limit == "states");
  CHECK(remote.report.cells[1].states == 20);

  options = {};
  options.limits.tick = [](const SearchProgress&) { return false; };
  CHECK(verdicts(asked(kRemote, {1, 0, 0, 0}, {}, options).report) == "uu");
}
