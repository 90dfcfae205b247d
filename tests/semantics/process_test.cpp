// Section 3: process(h, m, σ), one case per rule.
#include <doctest/doctest.h>

#include "tests/support/support.hpp"

using namespace funpass::test;

namespace {

const std::string kSpore = "spore { (x: Int) => populate(currentHost, x + 1) }";

// The step of the idle host b that takes `message`, with `store`; a waits for (a,9).
std::string served(const std::string& message, const std::string& store) {
  const std::string step =
      stepOf("config { host a: crashed next 10 host b: unit | {" + store + "} next 0 messages: b <- " + message +
             " results: a never types: (a,0): Int, (a,1): Int, (a,9): Int }");
  const size_t line = step.find("host b: ");
  const size_t end = step.find(" results:");
  if (line == std::string::npos || end == std::string::npos) return step;
  return step.substr(0, step.find(" at ")) + " " + step.substr(line + 8, end - line - 8);
}

}  // namespace

TEST_CASE("P-Res: the answer is stored") {
  CHECK(served("Res((a,0), 5)", "") == "R-Process-Val/P-Res unit | { (a,0) -> 5 } next 0 messages:");
}

TEST_CASE("P-Res: stores are write-once, a later answer is dropped") {
  CHECK(served("Res((a,0), 6)", "(a,0) -> 5") == "R-Process-Val/P-Res unit | { (a,0) -> 5 } next 0 messages:");
}

TEST_CASE("P-Hit: a silo that is there is sent") {
  CHECK(served("Req(a, Ref(Mat((a,0)), b), (a,0))", "(a,0) -> 5") ==
        "R-Process-Val/P-Hit respond(a, (a,0), 5) | { (a,0) -> 5 } next 0 messages:");
  CHECK(served("Req(a, Ref(Applied((a,1), Mat((a,0)), " + kSpore + "), b), (a,1))", "(a,1) -> 6") ==
        "R-Process-Val/P-Hit respond(a, (a,1), 6) | { (a,1) -> 6 } next 0 messages:");
}

TEST_CASE("P-Mat: a populated silo that is not there yet is waited for") {
  CHECK(served("Req(a, Ref(Mat((a,0)), b), (a,0))", "") ==
        "R-Process-Val/P-Mat respond(a, (a,0), await((a,0))) | { } next 0 messages:");
}

TEST_CASE("P-App: the parent is made local, the spore applied, what it returns forced and sent") {
  CHECK(served("Req(a, Ref(Applied((a,1), Mat((a,0)), " + kSpore + "), b), (a,1))", "(a,0) -> 5") ==
        "R-Process-Val/P-App respond(a, (a,1), await(send("
        "spore { (x: Int) => populate(currentHost, x + 1) }(await((a,0)))))) | { (a,0) -> 5 } next 0 messages:");
}

TEST_CASE("P-App: a parent that is not there is requested from the host itself") {
  CHECK(served("Req(a, Ref(Applied((a,1), Mat((a,0)), " + kSpore + "), b), (a,1))", "") ==
        "R-Process-Val/P-App respond(a, (a,1), await(send(spore { (x: Int) => populate(currentHost, x + 1) "
        "}(await((a,0)"
        "))))) | { } next 0 messages: b <- Req(b, Ref(Mat((a,0)), b), (a,0))");
}
