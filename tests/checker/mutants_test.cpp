// Every seeded bug is caught by the property that is named, on its program, which the right rules refuse or pass.
#include "checker/mutants.hpp"

#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "checker/check.hpp"
#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::test;

namespace {

/// The rules with one of them wrong.
struct WrongRules {
  RuleSet reduction;
  TypeRules types = typeRules();
  WfRules wellFormed = wfRules();
  explicit WrongRules(const Mutant& mutant) : reduction(rules(true, mutant.recovery)) {
    mutant.putInto(reduction, types, wellFormed);
  }
};

CheckReport checked(const Mutant& mutant, const RuleSet& reduction, const TypeRules& types, const WfRules& wf,
                    std::optional<ReductionSet> reductions = ReductionSet()) {
  Arena arena;
  const Program program = load(arena, mutant.program, true, types);
  CheckOptions options;
  options.failures = {mutant.failures, program.among};
  options.rules = reduction;
  options.wellFormed = &wf;
  options.reductions = reductions;
  options.limits.maxStates = reductions && reductions->empty() ? 20'000 : 100;  // a macro-step may be long
  return check(arena, program, options);
}

std::string violated(const CheckReport& report) {
  std::string names;
  for (const PropertyReport& property : report.properties) {
    if (property.verdict == Verdict::Violated) names += (names.empty() ? "" : " ") + property.name;
  }
  return names;
}

bool isCaught(const Mutant& mutant, const std::string& found) {
  return (" " + found + " ").find(" " + std::string(mutant.caughtBy) + " ") != std::string::npos;
}

}  // namespace

TEST_CASE("every seeded bug is caught by the property that it names") {
  for (const Mutant& mutant : mutants()) {
    CAPTURE(mutant.name);
    const WrongRules wrong(mutant);
    const CheckReport report = checked(mutant, wrong.reduction, wrong.types, wrong.wellFormed);
    const std::string found = violated(report);
    if (mutant.caughtBy.empty()) {
      CHECK(found.empty());
      CHECK(report.complete);
      CHECK_FALSE(mutant.notCaught.empty());
    } else {
      if (info(mutant.rule).judgement == Judgement::Typing) CHECK(found.rfind("subject-reduction", 0) == 0);
      CHECK_MESSAGE(isCaught(mutant, found), found);
      CHECK(mutant.notCaught.empty());
    }
  }
}

TEST_CASE("reductions rest on the right rules: which seeded bugs are caught all the same") {
  const std::set<std::string_view> missed = {"process-val-keeps-message", "res-overwrites", "mat-does-not-wait",
                                             "mat-does-not-answer"};
  for (const Mutant& mutant : mutants()) {
    if (mutant.caughtBy.empty()) continue;
    CAPTURE(mutant.name);
    const WrongRules wrong(mutant);
    const std::string found = violated(checked(mutant, wrong.reduction, wrong.types, wrong.wellFormed, std::nullopt));
    CHECK(isCaught(mutant, found) == !missed.contains(mutant.name));
  }
}

TEST_CASE("the right rules pass the program of every seeded bug, or refuse it") {
  for (const Mutant& mutant : mutants()) {
    CAPTURE(mutant.name);
    const bool typing = info(mutant.rule).judgement == Judgement::Typing;
    const std::string error = firstError(mutant.program);
    if (typing) {
      CHECK(!error.empty());
      continue;
    }
    REQUIRE(error.empty());
    const CheckReport report = checked(mutant, rules(true, mutant.recovery), typeRules(), wfRules());
    CHECK(report.complete);
    for (const PropertyReport& property : report.properties) {
      CHECK_MESSAGE(property.verdict == Verdict::Holds, property.name);
    }
  }
}

TEST_CASE("every core rule of reduction and typing has a seeded bug") {
  CHECK(mutants().size() >= 30);
  std::set<std::string_view> names;
  std::set<Rule> wrong;
  for (const Mutant& mutant : mutants()) {
    CHECK_MESSAGE(names.insert(mutant.name).second, mutant.name);
    wrong.insert(mutant.rule);
    CHECK(mutantNamed(mutant.name) == &mutant);
  }
  for (const RuleInfo& rule : allRules()) {
    if ((rule.layer != Layer::Core && rule.layer != Layer::Recovery) || rule.judgement == Judgement::WellFormed)
      continue;
    CHECK_MESSAGE(wrong.count(rule.rule) == 1, rule.name);
  }
  CHECK(mutantNamed("no-such-bug") == nullptr);
}

TEST_CASE("docs/mutants.md lists every seeded bug") {
  std::ostringstream text;
  text << std::ifstream(FUNPASS_SOURCE_DIR "/docs/mutants.md").rdbuf();
  for (const Mutant& mutant : mutants()) {
    const std::string caught = mutant.caughtBy.empty() ? "nothing: " + std::string(mutant.notCaught)
                                                       : "`" + std::string(mutant.caughtBy) + "`";
    const std::string needs =
        mutant.recovery ? mutant.failures.drops > 0 ? " with `--drops 1`" : "" : " with `--recovery off`";
    const std::string row = "| `" + std::string(mutant.name) + "` | " + std::string(info(mutant.rule).name) + " | " +
                            std::string(mutant.says) + " | " + caught + needs + " |\n";
    CHECK_MESSAGE(text.str().find(row) != std::string::npos, row);
  }
}
