// Running under one schedule: round robin, seeds, schedules; results, ends, memory.
#include <doctest/doctest.h>

#include "lang/raise.hpp"
#include "lang/random.hpp"
#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::test;

namespace {

const std::string kRemote = "host a, b at a { val r = populate(b, 42); await(send(r)) + 1 }";

std::string resultOf(World& w, const RunResult& result, size_t host) {
  const Handle value = result.last.hosts[host].result;
  return value == 0 ? "none" : text(w.arena(), value);
}

}  // namespace

TEST_CASE("round robin runs a remote request to its result") {
  const auto w = world(kRemote);
  const RunResult result = w->run({});
  CHECK(result.end == RunResult::End::Final);
  CHECK(resultOf(*w, result, 0) == "43");
  CHECK(result.rules[static_cast<size_t>(Rule::RSend)] == 1);
  CHECK(result.rules[static_cast<size_t>(Rule::RPopulate)] == 1);
  CHECK(result.steps == result.schedule.size());
}

TEST_CASE("a schedule that a run reports leads to the same configuration again, whatever policy found it") {
  const auto w = world(kRemote);
  for (uint64_t seed = 0; seed < 20; ++seed) {
    RunOptions options;
    if (seed != 0) options.then = RunOptions::Policy::Seed;
    options.seed = seed;
    const RunResult first = w->run(options);
    CHECK(first.end == RunResult::End::Final);
    RunOptions again;
    again.schedule = Schedule::parse(first.schedule.text());
    REQUIRE(again.schedule.has_value());
    again.then = RunOptions::Policy::Stop;
    const RunResult second = w->run(again);
    CHECK(second.end == RunResult::End::Final);
    CHECK(second.last == first.last);
  }
}

TEST_CASE("a schedule that ends early stops there; one that asks for a step too many is refused") {
  const auto w = world(kRemote);
  RunOptions options;
  options.schedule = Schedule::parse("0.0");
  options.then = RunOptions::Policy::Stop;
  CHECK(w->run(options).end == RunResult::End::Limit);
  CHECK(w->run(options).steps == 2);
  options.schedule = Schedule::parse("0.7");
  CHECK(w->run(options).end == RunResult::End::BadIndex);
  options.schedule = Schedule::parse("7");
  CHECK(w->run(options).limit == "step 1 of the schedule is 7, but there the configuration has 1 step");
  options.schedule = Schedule::parse("0.0");
  options.then = RunOptions::Policy::RoundRobin;
  CHECK(w->run(options).end == RunResult::End::Final);
}

TEST_CASE("a captured future is never found at the other host: stuck, with mobility off") {
  const auto w = world(
      "host a, b at a { val r = populate(b, 1); val f = send(populate(a, 2)); await(send(apply(r, spore { g: "
      "Future[Int] = "
      "f; (x: Int) => populate(currentHost, await(g)) }))) }",
      false);
  const RunResult result = w->run({});
  CHECK(result.end == RunResult::End::Stuck);
  CHECK(resultOf(*w, result, 0) == "none");
}

TEST_CASE("limits: steps, handles, integers") {
  RunOptions options;
  options.maxSteps = 3;
  const auto w = world(kRemote);
  const RunResult result = w->run(options);
  CHECK(result.end == RunResult::End::Limit);
  CHECK(result.steps == 3);

  auto arena = std::make_unique<Arena>(std::vector<std::string>{}, 5000);
  Program program = load(*arena, "host a at a { size(range(0, 10000)) }");
  World small(std::move(arena), std::move(program), rules(true));
  CHECK(small.run({}).end == RunResult::End::Limit);
}

TEST_CASE("a long run needs memory for what it holds, not for what it did") {
  const auto w = world(
      "host a at a { fold(range(0, 2000), 0, (s: Int) => (x: Int) => fold(range(0, 300), s, (t: Int) => (y: Int) => t "
      "+ x "
      "* y)) }");
  RunOptions options;
  options.maxSteps = 1'000'000'000;
  const RunResult result = w->run(options);
  CHECK(result.end == RunResult::End::Final);
  CHECK(resultOf(*w, result, 0) == "89655150000");
  CHECK(result.steps > 2'000'000);
  CHECK(w->arena().size() < 2'500'000);
}

TEST_CASE("a fast run, whenever it collects young nodes, is the plain run") {
  for (const char* program :
       {"host a, b, c at a { val r = populate(b, 1); val s = apply(r, spore { (x: Int) => populate(c, x + 1) }); "
        "await(send(s)) + fold(range(0, 50), 0, (s: Int) => (x: Int) => s + x) } "
        "at b { fold(range(0, 90), 0, (s: Int) => (x: Int) => s + x) } at c { await(send(populate(a, 7))) }",
        "host a at a { fold(split(\"a b c d e f\", \" \"), \"\", (s: String) => (x: String) => s ++ x ++ s) }",
        "host a at a { 9223372036854775807 + 1 }", "host a, b at b { [1, 2] == [1] ++ [2] }"}) {
    CAPTURE(program);
    const auto plain = world(program);
    RunOptions options;
    options.trace = [](uint64_t, const Configuration&, const Step&, const Configuration&) {};
    const RunResult expected = plain->run(options);
    for (const uint32_t young : {1U, 2U, 100U, kYoung}) {
      const auto fast = world(program);
      RunOptions fastOptions;
      fastOptions.young = young;
      for (int again = 0; again < 2; ++again) {
        const RunResult found = fast->run(fastOptions);
        CHECK(found.end == expected.end);
        CHECK(found.schedule == expected.schedule);
        CHECK(found.rules == expected.rules);
        CHECK(shown(fast->arena(), found.last) == shown(plain->arena(), expected.last));
      }
    }
  }
}

TEST_CASE("remembered steps are the steps computed anew") {
  const auto w = world(
      "host a, b at a { val r = populate(b, [1, 2, 3]); fold(await(send(r)), 0, (s: Int) => (x: Int) => s + x) }");
  RunOptions options;
  options.trace = [&](uint64_t, const Configuration& before, const Step&, const Configuration&) {
    Semantics plain(w->arena(), rules(true));
    const std::vector<Step> fresh = plain.steps(before);
    const std::vector<Step> remembered = w->semantics().steps(before);
    REQUIRE(fresh.size() == remembered.size());
    for (size_t i = 0; i < fresh.size(); ++i) {
      CHECK(fresh[i].after == remembered[i].after);
      CHECK(fresh[i].rule == remembered[i].rule);
      CHECK(fresh[i].inner == remembered[i].inner);
    }
  };
  CHECK(w->run(options).end == RunResult::End::Final);
  CHECK(w->run(options).end == RunResult::End::Final);
}

TEST_CASE("schedules are read as they are written") {
  Schedule schedule;
  CHECK(schedule.text().empty());
  for (const uint32_t index : {0U, 0U, 3U, 1U}) schedule.add(index);
  CHECK(schedule.text() == "0.0.3.1");
  CHECK(Schedule::parse("0.0.3.1") == schedule);
  schedule.add(2, 200'000);
  CHECK(schedule.text() == "0*2.3.1.2*200000");
  CHECK(Schedule::parse(schedule.text()) == schedule);
  for (const char* wrong : {".", "0.", "a", "0..1", "0*", "0*0", "-1", "0 1"}) CHECK_FALSE(Schedule::parse(wrong));
}

TEST_CASE("a seed gives one sequence everywhere") {
  Random random(0);
  CHECK(random.next() == 0xe220a8397b1dcdafULL);
  CHECK(random.next() == 0x6e789e6aa1b965f4ULL);
  for (int i = 0; i < 1000; ++i) CHECK(random.below(7) < 7);
}
