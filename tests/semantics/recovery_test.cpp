// Section 7: recovery. What each rule does to ρ, R-Failover, and which stuck configurations are lost data.
#include "semantics/recovery.hpp"

#include <doctest/doctest.h>

#include "lang/raise.hpp"
#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::test;

namespace {

// Host lines a, b, c and what follows. `r` is what a asked with.
const std::string kRef = "Ref(Mat((a,0)), [b, c])";

std::string configuration(const std::string& a, const std::string& b, const std::string& c, const std::string& rest) {
  return "config { host a: " + a + " host b: " + b + " host c: " + c + " " + rest + " }";
}

const std::string kIdle = "unit | { } next 0 asked { }";
const std::string kHas = "unit | { (a,0) -> 7 } next 0 asked { }";
const std::string kCrashed = "crashed next 0";
const std::string kTypes = "types: (a,0): Int";

std::string waits(const std::string& asked) {
  return "await((a,0)) | { } next 1 asked { " + asked + (asked.empty() ? "}" : " }");
}

Standstill standstillOf(const std::string& literal) {
  Arena arena;
  const Program program = load(arena, literal);
  Semantics semantics(arena, rules(true), program.among);
  REQUIRE(semantics.steps(program.initial).empty());
  return semantics.standstill(program.initial, program.initial.budget);
}

}  // namespace

TEST_CASE("R-Send: the first that has the data is asked, and ρ says so") {
  const std::string sends = "await(send(" + kRef + ")) | { } next 1 asked { }";
  CHECK(stepOf(configuration(sends, kIdle, kHas, "messages: results: a none " + kTypes)) ==
        "R-Send at a: " + configuration(waits("(a,0) -> " + kRef + " at c"), kIdle, kHas,
                                        "messages: c <- Req(a, " + kRef + ", (a,0)) results: a none"));
  // A copy that is on its way counts.
  CHECK(stepsOf(configuration(sends, kIdle, kHas, "messages: b <- Res((a,0), 7) results: a none " + kTypes))[0] ==
        "R-Send at a: " +
            configuration(waits("(a,0) -> " + kRef + " at b"), kIdle, kHas,
                          "messages: b <- Req(a, " + kRef + ", (a,0)), b <- Res((a,0), 7) results: a none"));
}

TEST_CASE("R-Send: where nobody has the data nothing is sent, and ρ says that one has to ask again") {
  const std::string sends = "await(send(" + kRef + ")) | { } next 1 asked { }";
  CHECK(stepOf(configuration(sends, kIdle, kCrashed, "messages: results: a none " + kTypes)) ==
        "R-Send at a: " +
            configuration(waits("(a,0) -> " + kRef + " at nobody"), kIdle, kCrashed, "messages: results: a none"));
}

TEST_CASE("R-Send: what is in the store already is sent for, and not remembered") {
  const std::string a = "send(" + kRef + "); 1 | { (a,0) -> 7 } next 1 asked { }";
  CHECK(stepOf(configuration(a, kHas, kIdle, "messages: results: a none " + kTypes)) ==
        "R-Send at a: " + configuration("(a,0); 1 | { (a,0) -> 7 } next 1 asked { }", kHas, kIdle,
                                        "messages: b <- Req(a, " + kRef + ", (a,0)) results: a none"));
}

TEST_CASE("R-Failover: whose request is gone asks the first that has the data") {
  CHECK(stepOf(configuration(waits("(a,0) -> " + kRef + " at nobody"), kCrashed, kHas,
                             "messages: results: a none " + kTypes)) ==
        "R-Failover at a: " + configuration(waits("(a,0) -> " + kRef + " at c"), kCrashed, kHas,
                                            "messages: c <- Req(a, " + kRef + ", (a,0)) results: a none"));
}

TEST_CASE("R-Failover: not while the request is under way, nor where nobody has the data, nor with the answer there") {
  const std::string end = "messages: results: a none " + kTypes;
  CHECK(stepsOf(configuration(waits("(a,0) -> " + kRef + " at b"), kIdle, kHas, end)).empty());
  CHECK(stepsOf(configuration(waits("(a,0) -> " + kRef + " at nobody"), kIdle, kCrashed, end)).empty());
  CHECK(stepsOf(configuration(waits(""), kHas, kHas, end)).empty());
}

TEST_CASE("R-Failover comes before the messages that the host could take instead") {
  const std::vector<std::string> steps =
      stepsOf(configuration(waits("(a,0) -> " + kRef + " at nobody"), kCrashed, kHas,
                            "messages: a <- Res((a,0), 7) results: a none " + kTypes));
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].rfind("R-Failover at a", 0) == 0);
  CHECK(steps[1] == "R-Process/P-Res at a: " + configuration("unit; await((a,0)) | { (a,0) -> 7 } next 1 asked { }",
                                                             kCrashed, kHas, "messages: results: a none"));
}

TEST_CASE("P-Res: what came is asked for no longer") {
  CHECK(stepOf(configuration(waits("(a,0) -> " + kRef + " at b"), kIdle, kIdle,
                             "messages: a <- Res((a,0), 7) results: a none " + kTypes)) ==
        "R-Process/P-Res at a: " + configuration("unit; await((a,0)) | { (a,0) -> 7 } next 1 asked { }", kIdle, kIdle,
                                                 "messages: results: a none"));
}

TEST_CASE("P-Mat: the host expects its own copy, or has to ask for one") {
  const std::string request = "messages: b <- Req(a, " + kRef + ", (a,0))";
  CHECK(stepOf(configuration(waits(""), kIdle, kIdle, request + " results: a none " + kTypes)) ==
        "R-Process-Val/P-Mat at b: " +
            configuration(waits(""),
                          "respond(a, (a,0), await((a,0))) | { } next 0 asked { (a,0) -> " + kRef + " at nobody }",
                          kIdle, "messages: results: a none"));
  CHECK(
      stepsOf(configuration(waits(""), kIdle, kIdle, request + ", b <- Res((a,0), 7) results: a none " + kTypes))[0] ==
      "R-Process-Val/P-Mat at b: " +
          configuration(waits(""), "respond(a, (a,0), await((a,0))) | { } next 0 asked { (a,0) -> " + kRef + " at b }",
                        kIdle, "messages: b <- Res((a,0), 7) results: a none"));
}

TEST_CASE("P-App: who asks itself for the parent expects its own answer") {
  const std::string derived = "Ref(Applied((a,1), Mat((a,0)), spore { (x: Int) => populate(currentHost, x) }), [b, c])";
  const std::vector<std::string> steps = stepsOf(
      configuration("await((a,1)) | { } next 2 asked { }", kIdle, kIdle,
                    "messages: b <- Req(a, " + derived + ", (a,1)) results: a none types: (a,0): Int, (a,1): Int"));
  REQUIRE(steps.size() == 1);
  CHECK(steps[0].find("asked { (a,0) -> " + kRef + " at b }") != std::string::npos);
  CHECK(steps[0].find("b <- Req(b, " + kRef + ", (a,0))") != std::string::npos);
}

TEST_CASE("F-Crash: whoever asked the host has to ask again, and nobody else") {
  const std::string budgets = "results: a none budgets: crashes 1, restarts 0, drops 0, duplicates 0 among b, c ";
  const std::vector<std::string> steps =
      stepsOf(configuration(waits("(a,0) -> " + kRef + " at b"), kHas, kHas, "messages: " + budgets + kTypes));
  REQUIRE(steps.size() == 2);
  CHECK(steps[0] == "F-Crash at b: " + configuration(waits("(a,0) -> " + kRef + " at nobody"), kCrashed, kHas,
                                                     "messages: results: a none"));
  CHECK(steps[1] == "F-Crash at c: " + configuration(waits("(a,0) -> " + kRef + " at b"), kHas, kCrashed,
                                                     "messages: results: a none"));
}

TEST_CASE("F-Drop: who sent a request that is lost, or awaits an answer that is lost, has to ask again") {
  const std::string budgets = "results: a none budgets: crashes 0, restarts 0, drops 1, duplicates 0 among a, b ";
  const std::string asked = waits("(a,0) -> " + kRef + " at b");
  const std::string again = waits("(a,0) -> " + kRef + " at nobody");
  CHECK(stepsOf(configuration(asked, kHas, kHas, "messages: b <- Req(a, " + kRef + ", (a,0)) " + budgets + kTypes))
            .back() == "F-Drop at b: " + configuration(again, kHas, kHas, "messages: results: a none"));
  CHECK(stepsOf(configuration(asked, kHas, kHas, "messages: a <- Res((a,0), 7) " + budgets + kTypes)).back() ==
        "F-Drop at a: " + configuration(again, kHas, kHas, "messages: results: a none"));
  // A lost copy is missed by nobody who has not asked for it.
  CHECK(stepsOf(configuration("1 | { } next 1 asked { }", kIdle, kIdle,
                              "messages: b <- Res((a,0), 7) results: a 1 budgets: crashes 0, restarts 0, drops 1, "
                              "duplicates 0 among a, b " +
                                  kTypes))
            .back() ==
        "F-Drop at b: " + configuration("1 | { } next 1 asked { }", kIdle, kIdle, "messages: results: a 1"));
}

TEST_CASE("lost data: whoever waits for what nobody has is excused, and who waits for such a host") {
  const std::string end = "messages: results: a none ";
  CHECK(standstillOf(configuration(waits("(a,0) -> " + kRef + " at nobody"), kCrashed, kIdle, end + kTypes)) ==
        Standstill::Lost);
  const std::string server = "respond(a, (a,1), await((a,0))) | { } next 0 asked { (a,0) -> " + kRef + " at nobody }";
  const std::string served = "await((a,1)) | { } next 2 asked { (a,1) -> Ref(Mat((a,1)), b) at b }";
  const std::string types = "types: (a,0): Int, (a,1): Int";
  CHECK(standstillOf(configuration(served, server, kCrashed, end + types)) == Standstill::Lost);
  // The server serves another identifier: a is not excused, so this is a bug.
  const std::string other = "respond(a, (a,2), await((a,0))) | { } next 0 asked { (a,0) -> " + kRef + " at nobody }";
  CHECK(standstillOf(configuration("await((a,1)) | { } next 3 asked { }", other, kCrashed,
                                   end + types + ", (a,2): Int")) == Standstill::Stuck);
}

TEST_CASE("lost data: with recovery off every stuck configuration after a failure, and none before") {
  Arena arena;
  const Program program =
      load(arena, "config { host a: await((a,0)) | { } next 1 messages: results: a none types: (a,0): Int }");
  Semantics semantics(arena, rules(true, false));
  CHECK(semantics.standstill(program.initial, Budget{}) == Standstill::Stuck);
  CHECK(semantics.standstill(program.initial, Budget{1, 0, 0, 0}) == Standstill::Lost);
}
