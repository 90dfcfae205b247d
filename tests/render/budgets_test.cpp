#include "render/budgets.hpp"

#include <doctest/doctest.h>

using namespace funpass;
using namespace funpass::render;

namespace {

using State = BudgetCell::State;

BudgetReport matrix(const Budget& most, const Budget& broken) {
  BudgetReport report;
  for (const Budget& budget : budgetsWithin(most)) {
    BudgetCell cell;
    cell.failures = {budget, {0, 1}};
    cell.states = 1'000'000;
    cell.state = State::Holds;
    if (budget == broken) {
      cell.state = State::Violated;
      cell.property = "finite-materialization";
      cell.schedule = Schedule::parse("0.1");
    } else if (within(broken, budget)) {
      cell.state = State::Implied;
      cell.states = 0;
    }
    report.cells.push_back(cell);
  }
  return report;
}

const std::vector<std::string> kHosts{"a", "b"};

}  // namespace

TEST_CASE("one kind of failure is a list") {
  const std::string text = budgetsText(matrix({2, 0, 0, 0}, {1, 0, 0, 0}), kHosts, {80, false});
  CHECK(text ==
        "budgets of failures among a, b\n"
        "  crashes 0  holds                           1000000 states\n"
        "  crashes 1  BROKEN: finite-materialization  1000000 states\n"
        "  crashes 2  implied\n"
        "implied: a smaller budget is broken, and every run within it is one within this\n"
        "the first broken one: runs with at most 1 crash among a, b\n");
}

TEST_CASE("two kinds are a grid, wide ones in parts") {
  const std::string text = budgetsText(matrix({1, 0, 2, 0}, {0, 0, 1, 0}), kHosts, {60, false});
  CHECK(text ==
        "budgets of failures among a, b\n"
        "             drops 0         drops 1\n"
        "  crashes 0  holds           BROKEN: finite-materialization\n"
        "             1000000 states  1000000 states\n"
        "  crashes 1  holds           implied\n"
        "             1000000 states\n"
        "\n"
        "             drops 2\n"
        "  crashes 0  implied\n"
        "  crashes 1  implied\n"
        "implied: a smaller budget is broken, and every run within it\n"
        "  is one within this\n"
        "the first broken one: runs with at most 1 lost message among\n"
        "  a, b\n");
}

TEST_CASE("further kinds are blocks, and nothing is wider than the screen") {
  const BudgetReport report = matrix({2, 1, 2, 1}, {1, 1, 0, 0});
  for (const uint32_t width : {50U, 80U, 120U}) {
    const std::string text = budgetsText(report, kHosts, {width, false});
    CHECK(text.find("restarts 1, duplicates 0\n") != std::string::npos);
    for (size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
      CHECK(funpass::columnsOf(text.substr(at, text.find('\n', at) - at)) <= width);
    }
  }
}

TEST_CASE("colours add nothing to the words") {
  const BudgetReport report = matrix({1, 0, 0, 0}, {1, 0, 0, 0});
  CHECK(budgetsText(report, kHosts, {80, true}).find("BROKEN: finite-materialization") != std::string::npos);
}

TEST_CASE("a matrix that was cut short says so") {
  BudgetReport report = matrix({1, 0, 0, 0}, {3, 0, 0, 0});
  CHECK(budgetsText(report, kHosts, {80, false}).find("no budget is broken\n") != std::string::npos);
  report.cells[1].state = State::Unknown;
  report.cells[1].limit = "interrupted";
  const std::string text = budgetsText(report, kHosts, {80, false});
  CHECK(text.find("crashes 1  limit") != std::string::npos);
  CHECK(text.find("not all of it was explored: interrupted") != std::string::npos);
  CHECK(text.find("no broken budget was found\n") != std::string::npos);
}

TEST_CASE("in JSON every budget is an entry") {
  const boost::json::array json = budgetsJson(matrix({1, 0, 0, 0}, {1, 0, 0, 0}), kHosts);
  REQUIRE(json.size() == 2);
  CHECK(json[0].at("verdict") == "holds");
  CHECK(json[1].at("verdict") == "violated");
  CHECK(json[1].at("schedule") == "0.1");
  CHECK(json[1].at("failures").at("crashes") == 1);
}
