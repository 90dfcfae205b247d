// Section 8: the data extension's reduction, one case per rule.
#include <doctest/doctest.h>

#include "lang/raise.hpp"
#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::test;

namespace {

// The first `count` rules of a run of one host with this term.
std::string firstRules(const std::string& term, uint64_t count) {
  const auto w = world("host a\nat a { " + term + " }");
  std::string found;
  RunOptions options;
  options.maxSteps = count;
  options.trace = [&](uint64_t, const Configuration&, const Step& step, const Configuration&) {
    if (!found.empty()) found += ' ';
    found += info(step.inner).name;
  };
  w->run(options);
  return found;
}

// The term after `count` steps.
std::string after(const std::string& term, uint64_t count) {
  const auto w = world("host a\nat a { " + term + " }");
  RunOptions options;
  options.maxSteps = count;
  const RunResult result = w->run(options);
  return text(w->arena(), termOf(w->arena(), result.last.hosts[0]));
}

}  // namespace

TEST_CASE("R-If-True, R-If-False: one branch is dropped unevaluated") {
  CHECK(firstRules("if (true) 1 else 2", 9) == "R-If-True");
  CHECK(firstRules("if (false) 1 else 2", 9) == "R-If-False");
  CHECK(evaluate("if (1 < 2) 10 else 9223372036854775807 + 1") == "10");
}

TEST_CASE("R-And-True, R-And-False, R-Or-True, R-Or-False: the right term is dropped or kept unevaluated") {
  CHECK(firstRules("true && false", 9) == "R-And-True");
  CHECK(firstRules("false && 9223372036854775807 + 1 == 0", 9) == "R-And-False");
  CHECK(firstRules("true || 9223372036854775807 + 1 == 0", 9) == "R-Or-True");
  CHECK(firstRules("false || true", 9) == "R-Or-False");
}

TEST_CASE("R-Not") {
  CHECK(firstRules("!true", 9) == "R-Not");
  CHECK(evaluate("!false && !(1 == 2)") == "true");
}

TEST_CASE("R-Eq: values of the comparable types") {
  CHECK(evaluate("1 + 1 == 2") == "true");
  CHECK(evaluate("unit == unit") == "true");
  CHECK(evaluate("currentHost == a") == "true");
  CHECK(evaluate("\"a\" == \"b\"") == "false");
  CHECK(evaluate("[[1], []] == [[1], []]") == "true");
  CHECK(firstRules("1 == 2", 9) == "R-Eq");
}

TEST_CASE("R-Lt, R-Le, R-Gt, R-Ge: integers by size, strings by code point") {
  CHECK(evaluate("-1 < 0") == "true");
  CHECK(evaluate("2 <= 1") == "false");
  CHECK(evaluate("\"é\" > \"z\"") == "true");
  CHECK(evaluate("\"a\" >= \"aa\"") == "false");
  CHECK(firstRules("1 < 2", 9) == "R-Lt");
  CHECK(firstRules("1 <= 2", 9) == "R-Le");
  CHECK(firstRules("1 > 2", 9) == "R-Gt");
  CHECK(firstRules("1 >= 2", 9) == "R-Ge");
}

TEST_CASE("R-Concat: of lists and of strings") {
  CHECK(evaluate("[1, 2] ++ [3] ++ [] ++ [4]") == "[1, 2, 3, 4]");
  CHECK(evaluate("\"ab\" ++ \"\" ++ \"c\"") == "\"abc\"");
  CHECK(firstRules("[1] ++ [2]", 9) == "R-Concat");
}

TEST_CASE("R-Size") { CHECK(evaluate("[7, 8].size() + size([]: List[Int])") == "2"); }

TEST_CASE("R-Range: the lower bound is in it, the upper is not") {
  CHECK(evaluate("range(2, 5)") == "[2, 3, 4]");
  CHECK(evaluate("range(5, 5)") == "[]");
  CHECK(evaluate("range(5, -9223372036854775808)") == "[]");
  CHECK(evaluate("range(9223372036854775805, 9223372036854775807)") == "[9223372036854775805, 9223372036854775806]");
}

TEST_CASE("R-Split: empty pieces are dropped; an empty separator separates code points") {
  CHECK(evaluate("split(\" a b  c \", \" \")") == "[\"a\", \"b\", \"c\"]");
  CHECK(evaluate("split(\"aaa\", \"aa\")") == "[\"a\"]");
  CHECK(evaluate("\"aé→\".split(\"\")") == "[\"a\", \"é\", \"→\"]");
  CHECK(evaluate("split(\"\", \",\")") == "[]");
}

TEST_CASE("R-Map-Cons, R-Map-Nil") {
  CHECK(after("map([1, 2], (x: Int) => x * 2)", 1) == "[((x: Int) => x * 2)(1)] ++ map([2], (x: Int) => x * 2)");
  CHECK(firstRules("[1].map(x => x * 2)", 9) == "R-Map-Cons R-AppAbs R-IntOp R-Map-Nil R-Concat");
  CHECK(evaluate("val p = spore { k: Int = 3; (x: Int) => x * k }; map([1, 2], p)") == "[3, 6]");
}

TEST_CASE("R-Filter-Cons, R-Filter-Nil") {
  CHECK(firstRules("[1].filter(x => true)", 9) == "R-Filter-Cons R-AppAbs R-If-True R-Filter-Nil R-Concat");
  CHECK(evaluate("[1, 2, 3, 4].filter(x => x > 2 || x == 1)") == "[1, 3, 4]");
}

TEST_CASE("R-FlatMap-Cons, R-FlatMap-Nil") {
  CHECK(firstRules("[1].flatMap(x => [x, x])", 9) == "R-FlatMap-Cons R-AppAbs R-FlatMap-Nil R-Concat");
  CHECK(evaluate("[\"a b\", \"c\"].flatMap(s => s.split(\" \"))") == "[\"a\", \"b\", \"c\"]");
}

TEST_CASE("R-Exists-Cons, R-Exists-Nil: stops at the first that holds") {
  CHECK(firstRules("[1, 2].exists(x => x == 1)", 9) == "R-Exists-Cons R-AppAbs R-Eq R-If-True");
  CHECK(evaluate("([]: List[Int]).exists(x => true)") == "false");
}

TEST_CASE("R-Fold-Cons, R-Fold-Nil: from the left") {
  CHECK(firstRules("fold([1], 0, acc => x => acc - x)", 9) == "R-Fold-Cons R-AppAbs R-AppAbs R-IntOp R-Fold-Nil");
  CHECK(evaluate("[1, 2, 3].fold(0, acc => x => acc * 10 + x)") == "123");
  CHECK(evaluate("fold(range(0, 1000), 0, (acc: Int) => (x: Int) => acc + x)") == "499500");
}

TEST_CASE("R-SortBy, R-SortByKeys: keys from left to right as map computes them, then one stable step") {
  CHECK(firstRules("[2, 1].sortBy(x => x)", 1) == "R-SortBy");
  CHECK(after("[2, 1].sortBy(x => x)", 1) == "sortByKeys([2, 1], map([2, 1], (x: Int) => x))");
  CHECK(evaluate("[\"bb\", \"a\", \"ab\", \"b\"].sortBy(s => size(s.split(\"\")))") ==
        "[\"a\", \"b\", \"bb\", \"ab\"]");
  CHECK(evaluate("[\"b\", \"a\", \"é\"].sortBy(s => s)") == "[\"a\", \"b\", \"é\"]");
}

TEST_CASE("R-Field") {
  const auto w = world("host a record Person(name: String, age: Int) at a { Person(\"Ann\", 20 + 11).age }");
  const RunResult result = w->run({});
  CHECK(text(w->arena(), result.last.hosts[0].result) == "31");
  CHECK(result.rules[static_cast<size_t>(Rule::RField)] == 1);
}

TEST_CASE("R-Range: a list that does not fit is a limit at once") {
  for (const char* term : {"range(0, 99999999999)", "range(-9223372036854775807, 9223372036854775807)"}) {
    const auto w = world("host a\nat a { " + std::string(term) + " }");
    const RunResult result = w->run({});
    CHECK(result.end == RunResult::End::Limit);
    CHECK(result.limit.substr(0, 14) == "memory: range(");
    CHECK(result.steps == 0);
  }
}
