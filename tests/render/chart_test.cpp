#include "render/chart.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "render/counterexample.hpp"
#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::render;

namespace {

constexpr const char* kSend = "host a, b\nat a { val r = populate(b, 42); await(send(r)) }\n";

Style narrow(uint32_t width = 80) {
  Style style;
  style.width = width;
  return style;
}

std::string readFile(const std::string& path) {
  std::ifstream in(std::string(FUNPASS_SOURCE_DIR) + "/" + path);
  REQUIRE(in);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// Under the schedule; under round robin if there is none.
CounterexampleText shown(const std::string& program, const std::string& schedule, const Style& style,
                         Budget budget = {}, bool mobility = true) {
  const auto world = test::world(program, mobility);
  Configuration initial = world->program().initial;
  initial.budget = budget;
  std::optional<Schedule> steps = Schedule::parse(schedule);
  if (schedule.empty()) steps = world->run({}).schedule;
  REQUIRE(steps);
  return counterexample(world->arena(), world->semantics(), initial, *steps, style);
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a request and its answer") {
  const CounterexampleText text = shown(kSend, "", narrow());
  CHECK("\n" + text.chart == R"(
    a                  b
  1 │ R-Populate       │
    ├─ m1 Res (a,0) ──>│
  2 │                  │ takes m1: P-Res
  3 │ R-AppAbs         │
  4 │ R-Send           │
    ├─ m2 Req (a,0) ──>│
  5 │                  │ takes m2: P-Hit
  6 │                  │ R-Respond
    │<── m3 Res (a,0) ─┤
  7 │ takes m3: P-Res  │
8-9 │ 2 local steps    │
    │ result 42        │
)");
  CHECK(text.length == 9);
  CHECK(text.steps.size() == 9);
  CHECK(text.standstill.empty());
  CHECK(!text.without);
  CHECK(contains(text.configuration, "results: a 42"));
}

TEST_CASE("a captured future is awaited at the wrong host") {
  const CounterexampleText text = shown(readFile("tests/conformance/p25_captured_future.fp"), "", narrow(), {}, false);
  CHECK("\n" + text.chart == R"(
      a                  b                  c
    1 │ R-Populate       │                  │
      ├─ m1 Res (a,0) ─────────────────────>│
    2 │                  │                  │ takes m1: P-Res
    3 │ R-AppAbs         │                  │
    4 │ R-Send           │                  │
      ├─ m2 Req (a,0) ─────────────────────>│
    5 │                  │                  │ takes m2: P-Hit
    6 │ R-AppAbs         │                  │
    7 │                  │                  │ R-Respond
      │<───────────────────── m3 Res (a,0) ─┤
    8 │ R-Populate       │                  │
      ├─ m4 Res (a,1) ──>│                  │
    9 │                  │ takes m4: P-Res  │
10-12 │ 3 local steps    │                  │
   13 │ R-Send           │                  │
      ├─ m5 Req (a,2) ──>│                  │
   14 │                  │ takes m5: P-App  │
   15 │ takes m3: P-Res  │                  │
   16 │                  │ R-Await          │
   17 │ R-Seq            │                  │
18-19 │                  │ 2 local steps    │
)");
  CHECK(contains(text.standstill, "R-Await: ι ∈ dom(σ) fails: (a,0) ∉ dom(σ) of b"));
  CHECK(contains(text.standstill, "host c is done"));
  CHECK(contains(text.configuration, "results: a none"));
}

TEST_CASE("a crash takes a message with it") {
  Budget budget;
  budget.crashes = 1;
  const CounterexampleText text = shown(kSend, "0.3.0.0", narrow(), budget);
  CHECK("\n" + text.chart == R"(
  a                   b
1 │ R-Populate        │
  ├─ m1 Res (a,0) ───>│
2 │                   X F-Crash
  │                     m1 (LOST)
3 │ R-AppAbs
4 │ R-Send to nobody
lost: m1 Res (a,0) from a to b (b crashed)
)");
  CHECK(contains(text.standstill, "host b has crashed"));
  CHECK(contains(text.standstill, "R-Await: ι ∈ dom(σ) fails: (a,0) ∉ dom(σ) of a"));
  CHECK(contains(text.configuration, "budgets:"));
  REQUIRE(text.without);
  CHECK(text.without->schedule.text() == "0.0.0");
  CHECK("\n" + text.without->difference == R"(
The two runs are the same up to step 1. Step 2, F-Crash, takes from b its term
  unit, its store (which was empty) and 1 message to it.
Without the failure the other 3 steps can be taken just the same.
First difference in what can happen, after step 2: R-Process-Val/P-Res at b
  (takes b <- Res((a,0), 42)) is possible without the failure, and is not with
  it.
Carried on, the run without it ends final after 8 more steps, a = 42; with it,
  it gets stuck, a without a result.
)");
  CHECK(contains(text.without->chart, "not delivered: m1 Res (a,0) from a to b\n"));
  CHECK(contains(text.without->chart, "not delivered: m2 Req (a,0) from a to b\n"));
}

TEST_CASE("a message to a host that has crashed is lost") {
  Budget budget;
  budget.crashes = 1;
  const CounterexampleText text = shown(kSend, "2.0", narrow(), budget);
  CHECK("\n" + text.chart == R"(
  a                        b
1 │                        X F-Crash
2 │ R-Populate
  ├─ m1 Res (a,0) (LOST) ─X
lost: m1 Res (a,0) from a to b (b has crashed)
)");
  REQUIRE(text.without);
  CHECK(text.without->difference.substr(0, 49) == "The two runs differ from the start: step 1, F-Cra");
}

TEST_CASE("dropped, doubled, and restarted") {
  Budget budget;
  budget.drops = budget.duplicates = budget.crashes = budget.restarts = 1;
  const auto world = test::world(kSend);
  Configuration current = world->program().initial;
  current.budget = budget;
  const Configuration initial = current;
  std::vector<Step> steps;
  const auto take = [&](Rule rule, uint32_t host) {
    for (const Step& step : world->semantics().steps(current)) {
      if (step.rule != rule || step.host != host) continue;
      steps.push_back(step);
      apply(world->arena(), step, current);
      return;
    }
    FAIL("no such step");
  };
  take(Rule::RPopulate, 0);
  take(Rule::FDup, 1);
  take(Rule::FDrop, 1);
  take(Rule::FCrash, 1);
  take(Rule::FRestart, 1);
  const std::string text = chart(world->arena(), initial, steps, narrow());
  CHECK("\n" + text == R"(
  a                 b
1 │ R-Populate      │
  ├─ m1 Res (a,0) ─>│
2 │                 │ F-Dup: m2 = m1
3 │                 │ F-Drop: m1 (LOST)
4 │                 X F-Crash
  │                   m2 (LOST)
5 │                 ┬ F-Restart
lost: m1 Res (a,0) from a to b (dropped)
lost: m2 Res (a,0) to b (b crashed)
)");
}

TEST_CASE("what is possible only with the failure, and a step that is not there without it") {
  Budget budget;
  budget.duplicates = 1;
  // The populating message is doubled; b takes both.
  const CounterexampleText text = shown(kSend, "0.2.1.1", narrow(), budget);
  REQUIRE(text.length == 4);
  REQUIRE(text.without);
  CHECK("\n" + text.without->difference == R"(
The two runs are the same up to step 1. Step 2, F-Dup, makes a second b <-
  Res((a,0), 42).
Without the failure the other steps can be taken as far as step 3; step 4,
  R-Process-Val/P-Res at b (takes b <- Res((a,0), 42)), is not there.
First difference in what can happen, after step 3: R-Process-Val/P-Res at b
  (takes b <- Res((a,0), 42)) is possible only with the failure.
Carried on, the run without it ends final after 7 more steps, a = 42; with it,
  it has not ended, a without a result.
)");
}

TEST_CASE("a schedule that names a step that is not there is shown as far as it goes") {
  const CounterexampleText text = shown(kSend, "0.7.0", narrow());
  CHECK(text.length == 1);
  CHECK(contains(text.chart, "not delivered: m1 Res (a,0) from a to b\n"));
}

TEST_CASE("messages that are under way at the start, and one to oneself") {
  const CounterexampleText text = shown(
      "config { host a: send(Ref(Mat((a,0)), a)) | { } next 1 host b: unit | { } next 0 messages: b <- Res((a,0), 1) "
      "results: a none types: (a,0): Int }",
      "1.0", narrow());
  CHECK("\n" + text.chart == R"(
at the start under way: m1 Res (a,0) to b
  a                           b
1 │                           │ takes m1: P-Res
2 │ R-Send                    │
  ├> m2 Req (a,0) to itself   │
  │ result (a,0)              │
not delivered: m2 Req (a,0) from a to a
)");
}

TEST_CASE("lifelines stand in line behind wide and combining characters") {
  const std::string program =
      "host a, b\nat a { val r = populate(b, 42); val f = send(r); \"漢字e\u0301\" ++ \"\u202E\" }\n";
  bool seen = false;
  uint32_t lifeline = 0;
  for (const std::string& line : lines(shown(program, "", narrow()).chart)) {
    if (lifeline == 0) lifeline = funpass::columnsOf(line.substr(0, line.find('b')));
    if (line.find("result \"漢字e\u0301\\u{202e}\"") == std::string::npos) continue;
    seen = true;
    CHECK(funpass::columnsOf(line.substr(0, line.rfind("│"))) == lifeline);
  }
  CHECK(seen);
}

TEST_CASE("it fits, with many hosts and long names") {
  for (const size_t hosts : {1U, 2U, 4U, 6U, 12U}) {
    std::string program = "host driver";
    std::string block = "at driver {\n";
    for (size_t i = 0; i < hosts; ++i) {
      const std::string n = std::to_string(i);
      program += ", datahost" + n;
      block += "val r" + n + " = populate(datahost" + n + ", " + n + "); val f" + n + " = send(r" + n + ");\n";
    }
    for (size_t i = 0; i < hosts; ++i) block += (i == 0 ? "await(f" : " + await(f") + std::to_string(i) + ")";
    program += "\n" + block + "\n}\n";
    for (const uint32_t width : {80U, 100U, 160U}) {
      const CounterexampleText text = shown(program, "", narrow(width));
      for (const std::string& line : lines(text.chart)) {
        CAPTURE(line);
        CHECK(funpass::columnsOf(line) <= width);
      }
      Style colored = narrow(width);
      colored.color = true;
      CHECK(shown(program, "", colored).chart == text.chart);
    }
  }
}

TEST_CASE("all of it as one text") {
  Budget budget;
  budget.crashes = 1;
  const CounterexampleText text = shown(kSend, "0.3.0.0", narrow(), budget);
  const std::string all = counterexampleText(text, narrow(), 3);
  CHECK(contains(all, "  (1 step before these)\n"));
  CHECK(contains(all, "where it stands still\nhost a waits for (a,0)"));
  CHECK(contains(all, "\nthe same schedule without its failures\n"));
  CHECK(contains(all, "\nthe last configuration, to be given to any verb\nconfig {\n"));
}
