// Questions made from programs with a seed.
#include "checker/predict.hpp"

#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "lang/raise.hpp"
#include "tests/support/support.hpp"

namespace funpass::test {

namespace {

constexpr std::string_view kProgram = R"(
host a, b, c
at a {
  val r = populate(b, 20);
  val s = apply(r, spore { (x: Int) => populate(currentHost, x + 1) });
  await(send(s)) * 2
}
at c { await(send(populate(b, 7))) + 1 }
)";

QuestionOptions withRules(const Program& program) {
  QuestionOptions options;
  options.rules = rules(true, true);
  options.among = program.among;
  return options;
}

Question asked(Arena& arena, const Program& program, QuestionKind kind, uint64_t seed) {
  const Asked asked = ask(arena, program, kind, seed, withRules(program));
  REQUIRE(asked.question);
  return *asked.question;
}

std::vector<bool> rightOnes(const Question& question) {
  std::vector<bool> right;
  for (const QuestionChoice& choice : question.choices) right.push_back(choice.right);
  return right;
}

}  // namespace

TEST_CASE("predict: a schedule leads to the configuration that is asked about") {
  Arena arena;
  const Program program = load(arena, kProgram);
  Semantics semantics(arena, rules(true, true), program.among);
  for (uint64_t seed = 0; seed < 40; ++seed) {
    const Question question = asked(arena, program, QuestionKind::Rule, seed);
    Configuration at = program.initial;
    for (const Schedule::Repeat& repeat : question.schedule.repeats()) {
      for (uint64_t i = 0; i < repeat.times; ++i) {
        const std::vector<Step> steps = semantics.steps(at);
        REQUIRE(repeat.index < steps.size());
        apply(arena, steps[repeat.index], at);
      }
    }
    CHECK(at == question.at);
  }
}

TEST_CASE("predict moves: right are the hosts that have a step") {
  Arena arena;
  const Program program = load(arena, kProgram);
  Semantics semantics(arena, rules(true, true), program.among);
  std::set<std::vector<bool>> answers;
  for (uint64_t seed = 0; seed < 40; ++seed) {
    const Question question = asked(arena, program, QuestionKind::Moves, seed);
    for (uint32_t host = 0; host < 3; ++host)
      CHECK(question.choices[host].right == !semantics.stepsOf(question.at, host).empty());
    answers.insert(rightOnes(question));
  }
  CHECK(answers.size() > 2);
}

TEST_CASE("predict rule: the right rule is enabled at the host, and no other choice is") {
  Arena arena;
  const Program program = load(arena, kProgram);
  Semantics semantics(arena, rules(true, true), program.among);
  for (uint64_t seed = 0; seed < 40; ++seed) {
    const Question question = asked(arena, program, QuestionKind::Rule, seed);
    for (const QuestionChoice& choice : question.choices) {
      bool enabled = false;
      for (const Step& step : semantics.stepsOf(question.at, question.host))
        enabled = enabled || step.rule == choice.rule || step.inner == choice.rule;
      CHECK(enabled == choice.right);
    }
  }
}

TEST_CASE("predict redex: the right part is the focus") {
  Arena arena;
  const Program program = load(arena, kProgram);
  for (uint64_t seed = 0; seed < 40; ++seed) {
    const Question question = asked(arena, program, QuestionKind::Redex, seed);
    const std::string focus = text(arena, question.at.hosts[question.host].focus);
    for (const QuestionChoice& choice : question.choices) CHECK((choice.text == focus) == choice.right);
  }
}

TEST_CASE("predict result and crash: what every run comes to, and what breaks it") {
  Arena arena;
  const Program program = load(arena, kProgram);
  std::set<std::string> results;
  for (uint64_t seed = 0; seed < 8; ++seed)
    for (const QuestionChoice& choice : asked(arena, program, QuestionKind::Result, seed).choices)
      if (choice.right) results.insert(choice.text);
  CHECK(results == std::set<std::string>{"42", "8"});
  const Question crash = asked(arena, program, QuestionKind::Crash, 0);
  CHECK(rightOnes(crash) == std::vector<bool>{false, true, false});
  CHECK(crash.choices[1].schedule.has_value());
}

TEST_CASE("predict: a kind of which there is no question says why, and without a kind another one is found") {
  Arena arena;
  const Program program = load(arena, "host a\nat a { 1 + 2 }");
  const Asked none = ask(arena, program, QuestionKind::Message, 0, withRules(program));
  CHECK(!none.question);
  CHECK(!none.none.empty());
  std::set<QuestionKind> kinds;
  for (uint64_t seed = 0; seed < 30; ++seed) {
    const Asked some = ask(arena, program, std::nullopt, seed, withRules(program));
    REQUIRE(some.question);
    kinds.insert(some.question->kind);
  }
  CHECK(kinds.size() > 2);
}

TEST_CASE("predict: a limit is a limit") {
  Arena arena;
  const Program program = load(arena, kProgram);
  QuestionOptions options = withRules(program);
  options.limits.maxStates = 3;
  const Asked none = ask(arena, program, QuestionKind::Crash, 0, options);
  CHECK(!none.question);
  CHECK(none.limit);
}

TEST_CASE("predict: answers by text and by letter") {
  Question question;
  question.choices = {{.text = "2", .right = true}, {.text = "B"}, {.text = "f(x, y)"}};
  using Chosen = std::optional<std::vector<bool>>;
  CHECK(readAnswer(question, " 2 ") == Chosen({true, false, false}));
  CHECK(readAnswer(question, "A") == Chosen({true, false, false}));
  CHECK(readAnswer(question, "B") == Chosen({false, true, false}));
  CHECK(readAnswer(question, "f(x, y)") == Chosen({false, false, true}));
  CHECK(readAnswer(question, "A,B") == std::nullopt);
  CHECK(readAnswer(question, "none") == std::nullopt);
  CHECK(readAnswer(question, "D") == std::nullopt);
  question.several = true;
  CHECK(readAnswer(question, "A, C") == Chosen({true, false, true}));
  CHECK(readAnswer(question, "none") == Chosen({false, false, false}));
  CHECK(readAnswer(question, "f(x, y)") == Chosen({false, false, true}));
  CHECK(readAnswer(question, "A,,C") == std::nullopt);
  CHECK(readAnswer(question, "") == std::nullopt);
  CHECK(isRight(question, {true, false, false}));
  CHECK(!isRight(question, {true, true, false}));
}

}  // namespace funpass::test
