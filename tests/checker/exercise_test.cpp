// The table of exercises, and grading. The answers in tests/course grade each exercise from outside.
#include "checker/exercise.hpp"

#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "checker/mutants.hpp"
#include "lang/parse.hpp"

namespace funpass::test {

namespace {

Grade graded(std::string_view text, std::vector<Demand> demands, uint64_t maxStates = 100'000) {
  const Source source("answer.fp", std::string(text));
  Diagnostics problems;
  const surface::Tree tree = surface::parse(source, {}, problems);
  REQUIRE(problems.empty());
  static std::vector<Exercise> kept;  // a grade points to its demands
  kept.reserve(1000);
  kept.push_back({"0.0", "test", "test", std::move(demands)});
  GradeOptions options;
  options.maxNodes = 10'000'000;
  options.limits.maxStates = maxStates;
  return grade(source, tree, kept.back(), options);
}

constexpr std::string_view kAsk = "host a, b\nat a { await(send(populate(b, 5))) }";
constexpr std::string_view kRace = "host a, b\nat a { val f = send(populate(b, 1)); respond(a, f, 42); await(f) }";

using Kind = Demand::Kind;
using Outcome = Grade::Outcome;

}  // namespace

TEST_CASE("exercises: numbers are distinct and in order, mutants, rules and hosts are there") {
  std::set<std::string_view> numbers;
  for (const Exercise& exercise : exercises()) {
    CHECK(numbers.insert(exercise.number).second);
    CHECK(exerciseNumbered(exercise.number) == &exercise);
    CHECK(!exercise.demands.empty());
    for (const Demand& demand : exercise.demands) {
      CHECK((demand.setting.mutant.empty() || mutantNamed(demand.setting.mutant) != nullptr));
      const bool ofRule = demand.kind == Kind::Fires || demand.kind == Kind::Never || demand.kind == Kind::Counts ||
                          demand.kind == Kind::Refused;
      CHECK((!ofRule || ruleNamed(std::string(demand.what)).has_value()));
    }
  }
  CHECK(numbers.size() >= 24);
  CHECK(exerciseNumbered("1") == nullptr);
}

TEST_CASE("grade: results in every run, in some run, and which they are") {
  CHECK(graded(kAsk, {{Kind::Result, "a", {"5"}}}).outcome == Outcome::Right);
  CHECK(graded(kAsk, {{Kind::Result, "a", {"6"}}}).outcome == Outcome::Wrong);
  const Grade race = graded(kRace, {{Kind::Result, "a", {"1"}}, {Kind::Reaches, "a", {"1"}}});
  CHECK(race.outcome == Outcome::Wrong);
  CHECK(race.demands[0].schedule.has_value());
  CHECK(race.demands[1].state == DemandReport::State::Met);
  CHECK(graded(kRace, {{Kind::Results, "a", {"1", "42"}}}).outcome == Outcome::Right);
  CHECK(graded(kRace, {{Kind::Results, "a", {"1", "42", "2"}}}).outcome == Outcome::Wrong);
  CHECK(graded(kAsk, {{Kind::Result, "b", {"unit"}}}).outcome == Outcome::Wrong);
  CHECK(graded(kAsk, {{Kind::Result, "z", {"5"}}}).outcome == Outcome::Wrong);
}

TEST_CASE("grade: a run without a result is not one with a wrong result") {
  const ExerciseSetting lossy{.failures = {.crashes = 1}, .among = "b"};
  const Grade grade = graded(kAsk, {{Kind::Result, "a", {"5"}, lossy}});
  CHECK(grade.outcome == Outcome::Wrong);
  CHECK(grade.demands[0].schedule.has_value());
  CHECK(grade.demands[0].message.find("stuck") != std::string::npos);
}

TEST_CASE("grade: what the program is") {
  CHECK(graded(kAsk, {{Kind::Hosts, {}, {"b", "a"}}}).outcome == Outcome::Right);
  CHECK(graded(kAsk, {{Kind::Hosts, {}, {"a"}}}).outcome == Outcome::Wrong);
  CHECK(graded(kAsk, {{Kind::Uses, "await"}, {Kind::Avoids, "apply"}}).outcome == Outcome::Right);
  CHECK(graded(kAsk, {{Kind::Uses, "apply"}}).outcome == Outcome::Wrong);
  CHECK(graded(kAsk, {{Kind::Avoids, "await"}}).outcome == Outcome::Wrong);
  CHECK(graded(kAsk, {{Kind::Type, "a", {"Int"}}}).outcome == Outcome::Right);
  CHECK(graded(kAsk, {{Kind::Type, "a", {"Unit"}}}).outcome == Outcome::Wrong);
}

TEST_CASE("grade: which rules are applied, and how often") {
  CHECK(graded(kAsk, {{Kind::Fires, "P-Mat"}, {Kind::Never, "P-App"}}).outcome == Outcome::Right);
  CHECK(graded(kAsk, {{Kind::Fires, "P-App"}}).outcome == Outcome::Wrong);
  CHECK(graded(kAsk, {{Kind::Never, "P-Hit"}}).outcome == Outcome::Wrong);
  CHECK(graded(kAsk, {{.kind = Kind::Counts, .what = "R-Send", .least = 1, .most = 1}}).outcome == Outcome::Right);
  CHECK(graded(kAsk, {{.kind = Kind::Counts, .what = "R-Send", .least = 2, .most = 9}}).outcome == Outcome::Wrong);
}

TEST_CASE("grade: refusals, and mobility left out") {
  constexpr std::string_view captured =
      "host a, b\nat a { val f = send(populate(b, 1)); spore { f = f; (x: Int) => x + await(f) }(2) }";
  CHECK(graded(captured, {{Kind::Refused, "T-Spore"}}).outcome == Outcome::Right);
  CHECK(graded(captured, {{Kind::Refused, "T-Var"}}).outcome == Outcome::Wrong);
  CHECK(graded(kAsk, {{Kind::Refused, "T-Spore"}}).outcome == Outcome::Wrong);
  CHECK(graded(captured, {{Kind::Result, "a", {"3"}, {.mobility = false}}}).outcome == Outcome::Right);
  CHECK(graded(captured, {{Kind::Result, "a", {"3"}}}).outcome == Outcome::Unreadable);
}

TEST_CASE("grade: wrong rules, properties, and a schedule once") {
  const ExerciseSetting wrong{.mutant = "respond-sends-unit"};
  const Grade grade = graded(kAsk, {{Kind::Holds, "safe"},
                                    {Kind::Violated, "subject-reduction", {}, wrong},
                                    {Kind::Holds, "subject-reduction", {}, wrong}});
  CHECK(grade.outcome == Outcome::Wrong);
  CHECK(grade.demands[1].state == DemandReport::State::Met);
  CHECK(grade.demands[1].fresh);
  CHECK(grade.demands[2].schedule == grade.demands[1].schedule);
  CHECK(!grade.demands[2].fresh);
}

TEST_CASE("grade: the whole of a block is applied, whatever its form") {
  const std::vector<Demand> seven = {{Kind::Result, "a", {"7"}, {.argument = 2}}};
  for (const std::string_view block :
       {"((n: Int) => spore { k = n; (x: Int) => x + k })(5)", "val k = 5; spore { k = k; (x: Int) => x + k }",
        "(x: Int) => x + 5", "if (true) (x: Int) => x + 5 else (x: Int) => x", "{ val k = 5; (x: Int) => x + k }"}) {
    INFO(block);
    CHECK(graded("host a\nat a { " + std::string(block) + " }", seven).outcome == Outcome::Right);
  }
  const std::vector<Demand> fiveAndSeven = {{Kind::Result, "a", {"5"}}, seven[0]};
  CHECK(graded("host a\nat a { 5 }", fiveAndSeven).outcome == Outcome::Wrong);
}

TEST_CASE("grade: a limit is no verdict, unless something is wrong already") {
  CHECK(graded(kRace, {{Kind::Holds, "progress"}}, 3).outcome == Outcome::Limit);
  CHECK(graded(kRace, {{Kind::Holds, "progress"}, {Kind::Uses, "apply"}}, 3).outcome == Outcome::Wrong);
}

}  // namespace funpass::test
