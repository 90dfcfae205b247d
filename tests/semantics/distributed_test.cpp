// Section 3: distributed reduction, one case per rule, and the order of steps(C).
#include <doctest/doctest.h>

#include "lang/raise.hpp"
#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::test;

TEST_CASE("R-Local: a local step of one host leaves everything else as it is") {
  CHECK(
      stepOf("config { host a: 1 + 2 | {} next 0 host b: await((b,0)) | {} next 1 messages: results: a none types: "
             "(b,0): Int }") ==
      "R-Local/R-IntOp at a: config { host a: 3 | { } next 0 host b: await((b,0)) | { } next 1 messages: results: a 3 "
      "}");
}

TEST_CASE("R-Send: the request goes to the silo's host, the future is the silo's identifier") {
  CHECK(
      stepOf("config { host a: await(send(Ref(Mat((a,0)), b))) | {} next 1 host b: unit | {} next 0 messages: results: "
             "a none types: (a,0): Int }") ==
      "R-Send at a: config { host a: await((a,0)) | { } next 1 host b: unit | { } next 0 messages: b <- Req(a, "
      "Ref(Mat((a,0)), b), (a,0)) results: a none }");
}

TEST_CASE("R-Send: of several hosts the first that is not crashed is asked") {
  CHECK(stepOf("config { host a: send(Ref(Mat((a,0)), [b, c])); 0 | {} next 1 host b: crashed next 0 host c: unit | {} "
               "next 0 messages: results: a none types: (a,0): Int }") ==
        "R-Send at a: config { host a: (a,0); 0 | { } next 1 host b: crashed next 0 host c: unit | { } next 0 "
        "messages: c "
        "<- Req(a, Ref(Mat((a,0)), [b, c]), (a,0)) results: a none }");
}

TEST_CASE("R-Populate: the value travels to the silo's host, the reference stays") {
  CHECK(
      stepOf("config { host a: await(send(populate(b, 42))) | {} next 0 host b: unit | {} next 0 messages: results: a "
             "none }") ==
      "R-Populate at a: config { host a: await(send(Ref(Mat((a,0)), b))) | { } next 1 host b: unit | { } next 0 "
      "messages: b <- Res((a,0), 42) results: a none }");
}

TEST_CASE("R-Populate: on several hosts each gets the value") {
  CHECK(
      stepOf("config { host a: populate([b, a], 7); 0 | {} next 0 host b: unit | {} next 0 messages: results: a none "
             "}") ==
      "R-Populate at a: config { host a: Ref(Mat((a,0)), [b, a]); 0 | { } next 1 host b: unit | { } next 0 messages: a "
      "<- Res((a,0), 7), b <- Res((a,0), 7) results: a none }");
}

TEST_CASE("R-Respond: the answer goes to the host named") {
  CHECK(
      stepOf("config { host a: unit | {} next 1 host b: respond(a, (a,0), 1 * 5) | {} next 0 messages: results: b none "
             "types: (a,0): Int }") ==
      "R-Local/R-IntOp at b: config { host a: unit | { } next 1 host b: respond(a, (a,0), 5) | { } next 0 messages: "
      "results: b none }");
  CHECK(stepOf("config { host a: unit | {} next 1 host b: respond(a, (a,0), 5) | {} next 0 messages: results: b none "
               "types: (a,0): Int }") ==
        "R-Respond at b: config { host a: unit | { } next 1 host b: unit | { } next 0 messages: a <- Res((a,0), 5) "
        "results: b unit }");
}

TEST_CASE("R-Process: a waiting host serves, then waits on") {
  CHECK(
      stepOf("config { host a: await((a,0)) + 1 | {} next 1 messages: a <- Res((a,0), 5) results: a none types: (a,0): "
             "Int }") ==
      "R-Process/P-Res at a: config { host a: { unit; await((a,0)) } + 1 | { (a,0) -> 5 } next 1 messages: results: a "
      "none }");
}

TEST_CASE("R-Process: a host whose future is there takes no message") {
  CHECK(stepOf(
            "config { host a: await((a,0)) | { (a,0) -> 1 } next 2 messages: a <- Res((a,1), 5) results: a none types: "
            "(a,0): Int, (a,1): Int }")
            .starts_with("R-Local/R-Await at a"));
}

TEST_CASE("R-Process-Val: a host at a value serves; its result is remembered") {
  CHECK(stepOf("config { host a: 3 | {} next 1 messages: a <- Res((a,0), 5) results: a 3 types: (a,0): Int }") ==
        "R-Process-Val/P-Res at a: config { host a: unit | { (a,0) -> 5 } next 1 messages: results: a 3 }");
}

TEST_CASE("results: the first value of an at block's term, and no later one") {
  Arena arena;
  const Program program = load(arena, "host a, b at a { 5 }");
  CHECK(text(arena, program.initial.hosts[0].result) == "5");
  CHECK(program.initial.hosts[1].result == 0);
}

TEST_CASE("steps(C): hosts as declared, then distinct messages in structural order: Req before Res, then ι") {
  const std::vector<std::string> steps = stepsOf(
      "config { host a: 1 + 1 | {} next 3 host b: unit | {} next 0 messages: b <- Res((a,1), 0), b <- Res((a,0), "
      "1), b <- Res((a,0), 1), b <- Req(a, Ref(Mat((a,2)), b), (a,2)) results: a none types: (a,0): Int, (a,1): "
      "Int, (a,2): Int }");
  REQUIRE(steps.size() == 4);
  CHECK(steps[0].starts_with("R-Local/R-IntOp at a"));
  CHECK(steps[1].starts_with("R-Process-Val/P-Mat at b"));
  CHECK(steps[2].starts_with("R-Process-Val/P-Res at b"));
  CHECK(steps[2].find("(a,0) -> 1") != std::string::npos);
  CHECK(steps[2].find("b <- Res((a,0), 1)") != std::string::npos);
  CHECK(steps[3].find("(a,1) -> 0") != std::string::npos);
}
