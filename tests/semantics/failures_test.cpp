// Section 7: failures, one case per rule, and their place in the order of steps.
#include <doctest/doctest.h>

#include "lang/raise.hpp"
#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::test;

namespace {

// The steps by failure of `literal`, as "RULE at HOST: LITERAL".
std::vector<std::string> failuresOf(std::string_view literal) {
  Arena arena;
  const Program program = load(arena, literal);
  Semantics semantics(arena, rules(true, program.recovery), program.among);
  std::vector<std::string> found;
  for (const Step& step : semantics.steps(program.initial)) {
    if (!isFailure(step)) {
      CHECK_MESSAGE(found.empty(), "failures come last");
      continue;
    }
    Configuration after = program.initial;
    apply(arena, step, after);
    found.push_back(std::string(info(step.rule).name) + " at " + arena.hosts()[step.host] + ": " +
                    shown(arena, after, program.recovery));
  }
  return found;
}

std::string literal(const std::string& b, const std::string& messages, const std::string& budgets) {
  return "config { host a: 1 + 1 | {} next 1 host b: " + b + " messages: " + messages +
         " results: a none budgets: " + budgets + " among b types: (a,0): Int }";
}

}  // namespace

TEST_CASE("F-Crash: the host is gone with its store and the messages to it; counter and result stay") {
  CHECK(failuresOf(literal("unit | { (a,0) -> 3 } next 7", "b <- Res((a,0), 1)",
                           "crashes 1, restarts 1, drops 0, duplicates 0")) ==
        std::vector<std::string>{"F-Crash at b: config { host a: 1 + 1 | { } next 1 host b: crashed next 7 messages: "
                                 "results: a none }"});
}

TEST_CASE("F-Crash: a host that has no result never gets one") {
  Arena arena;
  const Program program = load(arena, "host a at a { 1 + 1 }");
  Semantics semantics(arena, rules(true), {0});
  Configuration configuration = program.initial;
  configuration.budget = {1, 1, 0, 0};
  apply(arena, semantics.steps(configuration).back(), configuration);
  CHECK(arena.is(configuration.hosts[0].result, Tag::NeverResult));
  CHECK(semantics.standstill(configuration) == Standstill::Final);
  apply(arena, semantics.steps(configuration).back(), configuration);
  CHECK(arena.is(configuration.hosts[0].focus, Tag::Unit));
  CHECK(arena.is(configuration.hosts[0].result, Tag::NeverResult));
  CHECK(semantics.steps(configuration).empty());
}

TEST_CASE("F-Restart: the host is there again, with nothing but its counter and result") {
  CHECK(
      failuresOf(literal("crashed next 7", "", "crashes 1, restarts 1, drops 1, duplicates 1")) ==
      std::vector<std::string>{
          "F-Restart at b: config { host a: 1 + 1 | { } next 1 host b: unit | { } next 7 messages: results: a none }"});
}

TEST_CASE("F-Drop: one message is lost") {
  CHECK(
      failuresOf(literal("unit | {} next 0", "b <- Res((a,0), 1), b <- Res((a,0), 1)",
                         "crashes 0, restarts 1, drops 2, duplicates 0")) ==
      std::vector<std::string>{"F-Drop at b: config { host a: 1 + 1 | { } next 1 host b: unit | { } next 0 messages: b "
                               "<- Res((a,0), 1) results: a none }"});
}

TEST_CASE("F-Dup: one message is there twice") {
  CHECK(
      failuresOf(literal("unit | {} next 0", "b <- Res((a,0), 1)", "crashes 0, restarts 0, drops 0, duplicates 1")) ==
      std::vector<std::string>{"F-Dup at b: config { host a: 1 + 1 | { } next 1 host b: unit | { } next 0 messages: b "
                               "<- Res((a,0), 1), b <- Res((a,0), 1) results: a none }"});
}

TEST_CASE("a budget is used up, and hosts outside of S never fail") {
  CHECK(failuresOf(literal("unit | {} next 0", "a <- Res((a,0), 1)", "crashes 0, restarts 3, drops 3, duplicates 3"))
            .empty());
  Arena arena;
  const Program program = load(arena, literal("unit | {} next 0", "", "crashes 2, restarts 0, drops 0, duplicates 0"));
  Semantics semantics(arena, rules(true), program.among);
  Configuration configuration = program.initial;
  apply(arena, semantics.steps(configuration).back(), configuration);
  CHECK(configuration.budget == Budget{1, 0, 0, 0});
}

TEST_CASE("a message to a crashed host vanishes") {
  const std::string step =
      stepOf("config { host a: populate(b, 1); 0 | {} next 0 host b: crashed next 0 messages: results: a none }");
  CHECK(step.find("messages: results") != std::string::npos);
}
