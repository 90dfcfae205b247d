#include "render/step.hpp"

#include <doctest/doctest.h>

#include "render/run_report.hpp"
#include "render/short_text.hpp"
#include "render/why.hpp"
#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::render;

namespace {

constexpr const char* kSend = "host a, b\nat a { val r = populate(b, 42); await(send(r)) }\n";

std::string trace(const char* program, uint32_t width) {
  const auto world = test::world(program);
  Style style;
  style.width = width;
  std::string out;
  RunOptions options;
  options.trace = [&](uint64_t n, const Configuration& before, const Step& step, const Configuration&) {
    out += stepText(world->arena(), n, before, step, style);
  };
  world->run(options);
  return out;
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> out;
  for (size_t at = 0; at < text.size();) {
    const size_t end = text.find('\n', at);
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

}  // namespace

TEST_CASE("every line of a trace names a rule and fits") {
  for (const uint32_t width : {70U, 100U, 200U}) {
    for (const std::string& line : lines(trace(kSend, width))) {
      CAPTURE(line);
      CHECK(line.find("R-") != std::string::npos);
      CHECK(funpass::columnsOf(line) <= width);
    }
  }
}

TEST_CASE("a step shows what was taken, sent, stored and reached") {
  const std::string text = trace(kSend, 120);
  CHECK(text.find("sends b <- Res((a,0), 42)") != std::string::npos);
  CHECK(text.find("takes b <- Res((a,0), 42)") != std::string::npos);
  CHECK(text.find("σ_b + (a,0) -> 42") != std::string::npos);
  CHECK(text.find("R-Local/R-Await          result a = 42") != std::string::npos);
}

TEST_CASE("large terms are shown in part, at the cost of that part") {
  Arena arena;
  Handle chain = arena.integer(0);
  for (int i = 1; i < 100000; ++i) chain = arena.make(Tag::Add, chain, arena.integer(i));
  const std::string text = shortText(arena, chain, 40);
  CHECK(funpass::columnsOf(text) <= 40);
  CHECK(text.find("…") != std::string::npos);
  CHECK(text.substr(text.size() - 5) == "99999");
  std::vector<Handle> elements(1000, arena.integer(7));
  CHECK(funpass::columnsOf(shortText(arena, arena.list(elements, arena.make(Tag::TInt)), 30)) <= 30);
  CHECK(shortText(arena, arena.integer(5), 30) == "5");
}

TEST_CASE("a stuck run says who waits for what, and why no rule applies") {
  const auto world = test::world(
      "config { host a: await((a,0)) + 1 | { } next 1 host b: unit | { } next 0 messages: results: a none types: "
      "(a,0): Int }");
  const RunReport run = report(*world, world->run({}), {}, true);
  CHECK(run.end == RunResult::End::Stuck);
  REQUIRE(run.stuck.size() == 2);
  CHECK(run.stuck[0].awaits == "(a,0)");
  CHECK(run.stuck[0].refusals.at(0) == "R-Await: ι ∈ dom(σ) fails: (a,0) ∉ dom(σ) of a");
  CHECK(run.stuck[1].done);
  const std::string text = runText(run, {});
  CHECK(text.find("host a waits for (a,0)") != std::string::npos);
  CHECK(text.find("R-Process: h ← m ∈ M fails: no message is addressed to a") != std::string::npos);
  CHECK(text.find("config {") != std::string::npos);
}

TEST_CASE("in JSON bound variables are x0, x1, …, in text they keep their names") {
  const auto world = test::world(
      "config { host a: await((a,0))((number: Int) => number + 1) | { (a,1) -> (other: Int) => other } next 3 host x0: "
      "unit | { (a,2) -> (third: Int) => (fourth: Host) => x0 } next 0 messages: results: a none types: (a,0): (Int => "
      "Int) => Int, (a,1): Int => Int, (a,2): Int => Host => Host }");
  const RunReport run = report(*world, world->run({}), {}, true);
  REQUIRE(run.end == RunResult::End::Stuck);
  CHECK(runText(run, {}).find("number") != std::string::npos);
  const std::string json = boost::json::serialize(runJson(run));
  for (const char* name : {"number", "other", "third", "fourth"}) CHECK(json.find(name) == std::string::npos);
  CHECK(json.find("(x1: Int) => (x2: Host) => x0 ") != std::string::npos);  // x0 is a host here
  const std::string configuration(runJson(run).at("configuration").as_string());
  const auto again = test::world(configuration);
  CHECK(report(*again, again->run({}), {}, true).canonical == configuration);
  CHECK(test::shown(again->arena(), again->run({}).last) == test::shown(again->arena(), again->program().initial));
}

TEST_CASE("a limit of steps says the number once") {
  const auto world = test::world("host a\nat a { 1 + 2 + 3 }");
  RunOptions options;
  options.maxSteps = 1;
  const std::string text = runText(report(*world, world->run(options), {}, true), {});
  CHECK(text.find("incomplete: stopped after 1 step (--max-steps)\n") != std::string::npos);
}

TEST_CASE("an overflow says which operation, and where") {
  const auto world = test::world("host a\nat a { 9223372036854775807 + 1 }");
  const RunReport run = report(*world, world->run({}), {}, true);
  CHECK(run.limit.find("9223372036854775807 + 1 at host a") != std::string::npos);
}

TEST_CASE("many runs are grouped, stuck ones first") {
  const auto world = test::world("host a, b\nat a { val f = send(populate(b, 1)); respond(a, f, 42); await(f) }");
  RunsReport runs;
  for (uint64_t seed = 0; seed < 60; ++seed) {
    RunOptions options;
    options.then = RunOptions::Policy::Seed;
    options.seed = seed;
    runs.add(seed, report(*world, world->run(options), {}, false));
  }
  runs.sort();
  REQUIRE(runs.groups.size() == 2);
  CHECK(runs.groups[0].count >= runs.groups[1].count);
  CHECK(runs.groups[0].count + runs.groups[1].count == 60);
  RunReport stuck = runs.groups[0].first;
  stuck.end = RunResult::End::Stuck;
  runs.add(99, stuck);
  runs.sort();
  CHECK(runs.groups[0].seed == 99);
}

TEST_CASE("why: enabled with its step, or the premise that fails") {
  const auto world = test::world(kSend);
  RunOptions options;
  options.schedule = Schedule::parse("0.1.0.0");
  options.then = RunOptions::Policy::Stop;
  const Configuration reached = world->run(options).last;
  const auto hit = why(world->semantics(), reached, Rule::PHit, {0, 1});
  CHECK(hit[0].steps.empty());
  REQUIRE(hit[0].refusals.size() == 1);
  CHECK(refusalText(world->arena(), reached, 0, hit[0].refusals[0].refusal, 80) ==
        "m = Req(h', Ref(l,h̄), ι) fails: no message is addressed to a");
  REQUIRE(hit[1].steps.size() == 1);
  const auto mat = why(world->semantics(), reached, Rule::PMat, {1});
  REQUIRE(mat[0].refusals.size() == 1);
  CHECK(refusalText(world->arena(), reached, 1, mat[0].refusals[0].refusal, 80) ==
        "ι₀ ∉ dom(σ) fails: (a,0) ∈ dom(σ) of b");
  const auto response = why(world->semantics(), reached, Rule::PRes, {1});
  REQUIRE(response[0].refusals.size() == 1);
  CHECK(refusalText(world->arena(), reached, 1, response[0].refusals[0].refusal, 80) ==
        "m = Res(ι, v) fails: the message Req(a, Ref(Mat((a,0)), b), (a,0)) is no Res(ι, v)");
}
