// The properties of section 5, each with a program that has it and one that has not.
#include <doctest/doctest.h>

#include "checker/check.hpp"
#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::test;

namespace {

const std::string kRemote = "host a, b at a { val r = populate(b, 1); await(send(r)) } ";
const std::string kTwoAnswers = "host a, b at a { val f = send(populate(b, 1)); respond(a, f, 42); await(f) } ";
const std::string kCapturedFuture =
    "host a, b at a { val r = populate(b, 1); val f = send(populate(a, 2)); await(send(apply(r, spore { g: Future[Int] "
    "= "
    "f; (x: Int) => populate(currentHost, await(g)) }))) } ";

CheckReport checked(const std::string& text, const CheckOptions& given = {}, bool recovery = true) {
  Arena arena;
  const Program program = load(arena, text, given.mobility);
  CheckOptions options = given;
  options.rules = rules(true, recovery);
  if (options.failures.among.empty()) options.failures.among = program.among;
  return check(arena, program, options);
}

// "NAME verdict", and the schedule if there is one.
std::string verdict(const CheckReport& report, const std::string& name) {
  for (const PropertyReport& property : report.properties) {
    if (property.name != name) continue;
    const std::string schedule = property.schedule ? " by " + property.schedule->text() : "";
    switch (property.verdict) {
      case Verdict::Holds: return "holds" + schedule;
      case Verdict::Violated: return "violated" + schedule;
      case Verdict::Unknown: return "unknown" + schedule;
      case Verdict::NotChecked: return "not checked";
    }
  }
  return "not there";
}

CheckOptions crashes(uint32_t n) {
  CheckOptions options;
  options.failures.budget.crashes = n;
  return options;
}

}  // namespace

TEST_CASE("safe: what the rules promise holds on every run") {
  const CheckReport report = checked(kRemote);
  CHECK(report.complete);
  CHECK(report.properties.size() == 4);
  for (const PropertyReport& property : report.properties) CHECK(property.verdict == Verdict::Holds);
  CHECK(report.results[0].size() == 1);
  CHECK(report.results[0][0].text == "1");
}

TEST_CASE("progress and lineage mobility: a captured future is never found at the other host") {
  CheckOptions options;
  options.mobility = false;
  const CheckReport report = checked(kCapturedFuture, options);
  CHECK(verdict(report, "subject-reduction") == "holds");
  CHECK(verdict(report, "lineage-mobility").substr(0, 11) == "violated by");
  CHECK(verdict(report, "progress").substr(0, 11) == "violated by");
  CHECK(verdict(report, "finite-materialization").substr(0, 11) == "violated by");
}

TEST_CASE("a counterexample is a schedule that leads there") {
  CheckOptions options;
  options.mobility = false;
  const CheckReport report = checked(kCapturedFuture, options);
  const auto w = world(kCapturedFuture, false);
  RunOptions again;
  again.schedule = report.properties[2].schedule;
  again.then = RunOptions::Policy::Stop;
  CHECK(w->run(again).end == RunResult::End::Stuck);
}

TEST_CASE("subject reduction: a wrong rule is found by the right WF rules") {
  CheckOptions options;
  Arena arena;
  const Program program = load(arena, kRemote + " check safe");
  options.rules = rules(true);
  for (DistributedRow& row : options.rules.distributed) {
    if (row.rule != Rule::RPopulate) continue;
    row.apply = [](const Scene& c) -> Outcome {  // sends unit instead of the value
      const Node redex = c.arena[c.state().focus];
      const Handle ident = c.arena.ident(c.host, c.state().next, redex[2]);
      Step step(Rule::RPopulate);
      step.host = c.host;
      const Handle ref = c.arena.make(Tag::Ref, c.arena.make(Tag::Mat, ident), redex[0]);
      step.after = withTerm(c.arena, c.state(), ref, c.state().context);
      ++step.after.next;
      step.sent.push_back({c.arena[redex[0]][0], c.arena.make(Tag::Res, ident, c.arena.make(Tag::Unit))});
      return step;
    };
  }
  const CheckReport report = check(arena, program, options);
  CHECK(verdict(report, "subject-reduction").substr(0, 11) == "violated by");
  CHECK(report.properties[0].message.find("WF-Res") != std::string::npos);
}

TEST_CASE("confluence, result, reaches") {
  CHECK(verdict(checked(kRemote + "check confluent"), "confluence") == "holds");
  CHECK(verdict(checked(kTwoAnswers + "check confluent"), "confluence").substr(0, 11) == "violated by");
  CHECK(verdict(checked(kRemote + "check result a == 3 - 2"), "result:a") == "holds");
  CHECK(verdict(checked(kTwoAnswers + "check result a == 1"), "result:a").substr(0, 11) == "violated by");
  CHECK(verdict(checked(kTwoAnswers + "check result a in 1, 42"), "result:a") == "holds");
  CHECK(verdict(checked(kTwoAnswers + "check reaches a == 42"), "reaches:a").substr(0, 8) == "holds by");
  CHECK(verdict(checked(kRemote + "check reaches a == 42"), "reaches:a") == "violated");
}

TEST_CASE("a check whose term has no value is not decided") {
  for (const char* term : {"size(range(0, 99999999999))", "9223372036854775807 + 1"}) {
    CHECK(verdict(checked(kRemote + "check result a == " + term), "result:a") == "unknown");
    CHECK(verdict(checked(kRemote + "check reaches a == " + term), "reaches:a") == "unknown");
  }
}

TEST_CASE("confluence is up to ≈: references that stand for the same data are the same result") {
  const std::string two =
      "host a, b at a { await(send(apply(populate(b, 1), spore { (x: Int) => populate(currentHost, "
      "populate(currentHost, "
      "x)) }))) } at b { await(send(populate(b, 5))) } check confluent";
  CHECK(verdict(checked(two), "confluence") == "holds");
}

TEST_CASE("resilient: one crash of the only host that has the data is one too many") {
  CHECK(verdict(checked(kRemote + "check resilient 0 of b"), "resilient:0:b") == "holds");
  CHECK(verdict(checked(kRemote + "check resilient 1 of b"), "resilient:1:b").substr(0, 11) == "violated by");
  CHECK(verdict(checked(kRemote + "check transparent 1 of b"), "transparent:1:b") == "holds");
}

TEST_CASE("resilient: of two replicas one may crash, of four three; then the data is lost") {
  const auto replicated = [](const std::string& hosts, int crashes) {
    return "host a, r1, r2, r3, r4 at a { await(send(populate([" + hosts + "], 42))) } check resilient " +
           std::to_string(crashes) + " of " + hosts + " check transparent " + std::to_string(crashes) + " of " + hosts;
  };
  CHECK(verdict(checked(replicated("r1, r2", 1)), "resilient:1:r1,r2") == "holds");
  CHECK(verdict(checked(replicated("r1, r2", 1)), "transparent:1:r1,r2") == "holds");
  CHECK(verdict(checked(replicated("r1, r2", 2)), "resilient:2:r1,r2").substr(0, 11) == "violated by");
  CHECK(verdict(checked(replicated("r1, r2, r3, r4", 3)), "resilient:3:r1,r2,r3,r4") == "holds");
  CHECK(verdict(checked(replicated("r1, r2, r3, r4", 4)), "resilient:4:r1,r2,r3,r4").substr(0, 11) == "violated by");
  CHECK(verdict(checked(replicated("r1, r2", 1), {}, false), "resilient:1:r1,r2").substr(0, 11) == "violated by");
}

TEST_CASE("stuck after a failure is lost data, and no bug of materialization") {
  const CheckReport report = checked(kRemote, crashes(1));
  CHECK(report.stuck > 0);
  CHECK(report.lost == report.stuck);
  CHECK(verdict(report, "progress").substr(0, 11) == "violated by");
  CHECK(verdict(report, "finite-materialization") == "holds");
  CHECK(report.noResult == std::vector<uint32_t>{0});
}

TEST_CASE("finite materialization: a run without end is found as a cycle, or not at all within a limit") {
  // A message that comes back again and again: R-Process-Val with a wrong P-Res that keeps it.
  Arena arena;
  const Program program = load(arena, "host a, b at a { populate(b, 1); 0 }");
  CheckOptions options;
  options.rules = rules(true);
  for (ProcessRow& row : options.rules.process) {
    if (row.rule != Rule::PRes) continue;
    row.apply = [](const Delivery& d) {
      Processed p;
      p.term = d.arena.make(Tag::Unit);
      p.store = d.store;
      p.sent.push_back({d.host, d.message});
      return p;
    };
  }
  CHECK(verdict(check(arena, program, options), "finite-materialization").substr(0, 11) == "violated by");
}

TEST_CASE("limits end a check with what was found so far") {
  CheckOptions options;
  options.limits.maxStates = 5;
  const CheckReport report = checked(kRemote, options);
  CHECK_FALSE(report.complete);
  CHECK(report.limit == "states");
  CHECK(report.states == 5);
  CHECK(verdict(report, "progress") == "unknown");

  const CheckReport overflow = checked("host a at a { 9223372036854775807 + 1 }");
  CHECK_FALSE(overflow.complete);
  CHECK(verdict(overflow, "progress") == "unknown");

  Arena small({}, 4000);
  const Program program = load(small, "host a at a { size(range(0, 5000)) }");
  CheckOptions few;
  few.rules = rules(true);
  const CheckReport memory = check(small, program, few);
  CHECK_FALSE(memory.complete);
  CHECK(memory.states > 0);
}
