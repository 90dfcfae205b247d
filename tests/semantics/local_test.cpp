// Section 2: local reduction, one case per rule.
#include <doctest/doctest.h>

#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::test;

namespace {

// The literal of one host `a` with this term, store and next index.
std::string alone(const std::string& term, const std::string& store = "", const std::string& next = "0") {
  return "config { host a: " + term + " | {" + store + "} next " + next + " messages: results: a none }";
}

// What the only step of such a host gives: the rule, and a's line.
std::string becomes(const std::string& literal) {
  const std::string step = stepOf(literal);
  const size_t line = step.find("host a: ");
  const size_t end = step.find(" messages:");
  if (line == std::string::npos || end == std::string::npos) return step;
  return step.substr(0, step.find(" at ")) + " " + step.substr(line + 8, end - line - 8);
}

}  // namespace

TEST_CASE("R-IntOp: n ⊕ n' becomes the integer n'', in its context") {
  CHECK(becomes(alone("1 + 2 * 3 - 4")) == "R-Local/R-IntOp 1 + 6 - 4 | { } next 0");
  CHECK(becomes(alone("1 + 6 - 4")) == "R-Local/R-IntOp 7 - 4 | { } next 0");
  CHECK(becomes(alone("7 - 4")) == "R-Local/R-IntOp 3 | { } next 0");
  CHECK(evaluate("2 - 3 - 4") == "-5");
  CHECK(evaluate("-3 * -4") == "12");
}

TEST_CASE("R-IntOp: what does not fit 64 bits is the tool's limit, never wrapped") {
  CHECK(evaluate("9223372036854775807 + 1") == "an integer does not fit 64 bits");
  CHECK(evaluate("-9223372036854775808 - 1") == "an integer does not fit 64 bits");
  CHECK(evaluate("4611686018427387904 * 2") == "an integer does not fit 64 bits");
  CHECK(evaluate("9223372036854775806 + 1") == "9223372036854775807");
}

TEST_CASE("R-AppAbs: the argument replaces the parameter") {
  CHECK(becomes(alone("((x: Int) => x + x)(4)")) == "R-Local/R-AppAbs 4 + 4 | { } next 0");
  CHECK(becomes(alone("((x: Int) => (y: Int) => x - y)(4)")) == "R-Local/R-AppAbs (y: Int) => 4 - y | { } next 0");
  CHECK(evaluate("val x = 1; val f = (y: Int) => x; val x = 2; f(3)") == "1");
}

TEST_CASE("R-AppSpore: header values and argument replace header names and parameter") {
  CHECK(becomes(alone("(spore { k: Int = 3, m: Int = 5; (x: Int) => x * k - m })(2)")) ==
        "R-Local/R-AppSpore 2 * 3 - 5 | { } next 0");
  CHECK(evaluate("val n = 10; val p = spore { k: Int = n + 1; (x: Int) => x * k }; p(2)") == "22");
}

TEST_CASE("R-Await: a value in the store is taken for its identifier") {
  CHECK(becomes(alone("await((a,0)) + 1", "(a,0) -> 41", "1")) == "R-Local/R-Await 41 + 1 | { (a,0) -> 41 } next 1");
}

TEST_CASE("R-Await: without a value the host waits") {
  const std::string waiting = "config { host a: await((a,0)) | {} next 1 messages: results: a none types: (a,0): Int }";
  CHECK(stepsOf(waiting).empty());
  Arena arena;
  const Program program = load(arena, waiting);
  Semantics semantics(arena, rules(true));
  CHECK(awaits(arena, program.initial.hosts[0]).has_value());
  CHECK(semantics.standstill(program.initial) == Standstill::Stuck);
  bool found = false;
  for (const Refusal& refusal : semantics.refusals(program.initial, 0)) {
    if (refusal.rule != Rule::RAwait) continue;
    found = true;
    CHECK(info(refusal.rule).premises[refusal.premise] == "ι ∈ dom(σ)");
    CHECK(arena.is(refusal.bindings[0].node, Tag::Ident));
  }
  CHECK(found);
}

TEST_CASE("R-Apply: the lineage grows by the spore, with the host's next identifier") {
  CHECK(becomes(alone("apply(Ref(Mat((a,0)), a), spore { (x: Int) => populate(a, x) }); 0", "(a,0) -> 1", "1")) ==
        "R-Local/R-Apply Ref(Applied((a,1), Mat((a,0)), spore { (x: Int) => populate(a, x) }), a); 0 | { (a,0) -> 1 } "
        "next "
        "2");
}

TEST_CASE("R-Seq: the value on the left is dropped") {
  CHECK(becomes(alone("unit; 5")) == "R-Local/R-Seq 5 | { } next 0");
  CHECK(evaluate("1; 2; 3") == "3");
}

TEST_CASE("R-Here: the host that runs the term") {
  CHECK(becomes(alone("currentHost")) == "R-Local/R-Here a | { } next 0");
}

TEST_CASE("evaluation is call by value from left to right") {
  CHECK(becomes(alone("(1 + 1) + (2 + 2)")) == "R-Local/R-IntOp 2 + (2 + 2) | { } next 0");
  CHECK(becomes(alone("((x: Int) => x)(1 + 1)")) == "R-Local/R-IntOp val x: Int = 2; x | { } next 0");
  CHECK(becomes(alone("spore { k: Int = 1 + 1, m: Int = 2 + 2; (x: Int) => x }")) ==
        "R-Local/R-IntOp spore { k: Int = 2, m: Int = 2 + 2; (x: Int) => x } | { } next 0");
  CHECK(becomes(alone("spore { k: Int = 2, m: Int = 2 + 2; (x: Int) => x }; 0")) ==
        "R-Local/R-IntOp spore { k: Int = 2, m: Int = 4; (x: Int) => x }; 0 | { } next 0");
}
