// funpass check FILE
#include <algorithm>
#include <cmath>

#include "checker/budgets.hpp"
#include "cli/exploring.hpp"
#include "cli/saving.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "render/budgets.hpp"
#include "render/check_report.hpp"
#include "render/counterexample.hpp"

namespace funpass::cli {

namespace {

// The command that takes the steps of a counterexample: `verb` is "run --trace" or "step". `usual`: the budget of the
// flags.
std::string replay(std::string_view verb, const Arguments& arguments, const FailureBudget& usual,
                   const FailureBudget& failures, const Schedule& schedule, const std::vector<std::string>& hosts) {
  Arguments again = arguments;
  if (!(failures == usual)) {
    again.failures = failures.budget;
    again.among.clear();
    if (failures.budget == Budget{}) again.failures.reset();
    for (const uint32_t h : again.failures ? failures.among : std::vector<uint32_t>()) again.among.push_back(hosts[h]);
  }
  return "funpass " + std::string(verb) + stepFlags(again) + " --schedule " + schedule.text() + operand(arguments) +
         "\n";
}

// Violated properties that one schedule shows.
struct Violations {
  std::vector<const PropertyReport*> properties;
  const PropertyReport& first() const { return *properties.front(); }
};

// That of the first one to be shown, then the others in the order of the report.
std::vector<Violations> violationsOf(const CheckReport& report) {
  std::vector<Violations> found;
  const PropertyReport* first = firstViolation(report);
  if (first != nullptr) found.push_back({{first}});
  for (const PropertyReport& property : report.properties) {
    if (property.verdict != Verdict::Violated || !property.schedule || &property == first) continue;
    const auto same = std::find_if(found.begin(), found.end(), [&](const Violations& violations) {
      return *violations.first().schedule == *property.schedule && violations.first().failures == property.failures;
    });
    if (same == found.end()) {
      found.push_back({{&property}});
    } else {
      same->properties.push_back(&property);
    }
  }
  return found;
}

std::string title(const Violations& violations) {
  std::string names;
  const size_t count = violations.properties.size();
  for (size_t i = 0; i < count; ++i) {
    names += (i == 0 ? "" : i + 1 == count ? " and " : ", ") + violations.properties[i]->name;
  }
  return names + (count == 1 ? " is" : " are") + " violated after " +
         render::counted(violations.first().schedule->size(), "step") + "\n";
}

// The steps of a counterexample, its chart, and where it stands still.
std::string steps(Loaded& loaded, const RuleSet& rules, const PropertyReport& property, const render::Style& style) {
  Semantics semantics(*loaded.arena, rules, property.failures.among);
  Configuration initial = loaded.program->initial;
  initial.budget = property.failures.budget;
  try {
    return render::counterexampleText(
        render::counterexample(*loaded.arena, semantics, initial, *property.schedule, style), style);
  } catch (const LimitReached& limit) {
    return "the steps cannot be shown here: " + limit.what + "\n";
  }
}

// The counterexamples: of the first few the steps, the chart, and where it stands still; of all the command that
// takes the steps.
std::string shown(Loaded& loaded, const RuleSet& rules, const CheckReport& report, const FailureBudget& usual,
                  const Arguments& arguments, const render::Style& style) {
  constexpr size_t inFull = 3;
  const std::vector<std::string>& hosts = loaded.arena->hosts();
  std::string out;
  size_t n = 0;
  for (const Violations& violations : violationsOf(report)) {
    const PropertyReport& property = violations.first();
    out += "\n" + title(violations);
    if (n++ < inFull) out += "\n" + steps(loaded, rules, property, style) + "\n";
    const auto command = [&](std::string_view verb, const PropertyReport& of, const Schedule& schedule) {
      return replay(verb, arguments, usual, of.failures, schedule, hosts);
    };
    out += "once more: " + command("run --trace", property, *property.schedule);
    out += "step through it: " + command("step", property, *property.schedule);
    for (const PropertyReport* also : violations.properties) {
      if (also->other) out += "with other results: " + command("run --trace", *also, *also->other);
    }
  }
  return out;
}

// What the flags' budget goes up to: what is given, else a crash of every host at which failures happen.
Budget largestBudget(const Arguments& arguments, const Program& program) {
  Budget most = program.initial.budget;
  if (!arguments.failures && most == Budget{}) most.crashes = static_cast<uint32_t>(program.among.size());
  return most;
}

ExitCode worse(ExitCode a, ExitCode b) {
  if (a == ExitCode::Violated || b == ExitCode::Violated) return ExitCode::Violated;
  return a == ExitCode::Holds ? b : a;
}

ExitCode exitCode(const BudgetReport& report) {
  ExitCode code = ExitCode::Holds;
  for (const BudgetCell& cell : report.cells) {
    if (cell.state == BudgetCell::State::Violated) code = worse(code, ExitCode::Violated);
    if (cell.state == BudgetCell::State::Unknown) code = worse(code, ExitCode::Incomplete);
  }
  return code;
}

ExitCode refused(const SaveProblem& problem, const Arguments& arguments) {
  return refuse({}, {{"save", std::nullopt, problem.message, {}, problem.help}}, arguments);
}

}  // namespace

ExitCode check(const Arguments& arguments) {
  Loaded loaded = load(arguments);
  if (!loaded.program) return refuse(loaded.source, loaded.problems, arguments);
  const Budget most = largestBudget(arguments, *loaded.program);
  constexpr uint64_t mostCells = 1000;
  if (arguments.budgets && countBudgets(most) > mostCells) {
    return refuse(loaded.source,
                  {{"usage",
                    std::nullopt,
                    "these are " + std::to_string(countBudgets(most)) + " budgets of failures, and `--budgets` takes " +
                        std::to_string(mostCells) + " at most",
                    {},
                    "allow fewer failures"}},
                  arguments);
  }
  printNotes(loaded, arguments);
  const double begin = now();
  Exploring exploring(arguments, loaded);
  CheckOptions options = exploring.options();
  options.selfCheck = arguments.selfCheck;
  options.reductions = arguments.reductions;
  // Why a reduction is sound was argued for the right rules.
  if (!options.reductions && arguments.mutant != nullptr) options.reductions.emplace();
  std::optional<Reader> resume;
  std::optional<SaveFile> save;
  try {
    if (!arguments.resume.empty()) options.resume = &resume.emplace(arguments.resume, saveKey(arguments, loaded));
    if (!arguments.save.empty()) {
      save.emplace(arguments.save, saveKey(arguments, loaded), arguments.saveEvery);
      options.save = {[&](uint64_t states) { return save->due(states); },
                      [&](uint64_t states, const auto& content) { save->write(states, content); }};
    }
  } catch (const SaveProblem& problem) {
    return refused(problem, arguments);
  }
  BudgetReport matrix;
  if (arguments.budgets) {
    const uint64_t count = countBudgets(most);
    uint64_t n = 0;
    matrix = checkBudgets(*loaded.arena, *loaded.program, options, most, [&](const Budget& budget) {
      exploring.progress().about("budget " + std::to_string(++n) + " of at most " + std::to_string(count) + " (" +
                                 render::budgetName(budget, most) + "): ");
    });
    for (BudgetCell& cell : matrix.cells) exploring.name(cell.limit);
  }
  // The text shows the first broken budget where the flags' is only implied; JSON is always about the flags'.
  CheckReport report;
  try {
    report = matrix.usual                       ? std::move(*matrix.usual)
             : matrix.broken && !arguments.json ? *matrix.broken
                                                : funpass::check(*loaded.arena, *loaded.program, options);
  } catch (const SaveProblem& problem) {
    return refused(problem, arguments);
  }
  exploring.end();
  exploring.name(report.limit);

  ExitCode code = worse(exitCode(report), exitCode(matrix));
  const bool saved = save && save->problem().empty();
  if (save && !saved) {
    printError("funpass: " + shellWord(arguments.save) + " cannot be written: " + save->problem() + "\n");
    if (code == ExitCode::Holds) code = ExitCode::Incomplete;
  }
  const std::vector<std::string>& hosts = loaded.arena->hosts();
  if (!arguments.json) {
    const render::Style style = styleFor(stdout, arguments.color);
    print(render::checkText(report, hosts, !arguments.core, style));
    if (arguments.budgets) print("\n" + render::budgetsText(matrix, hosts, style));
    print(shown(loaded, options.rules, matrix.broken ? *matrix.broken : report, options.failures, arguments, style));
    if (saved && report.goesOn) print("go on with: " + goOn(arguments) + "\n");
    return code;
  }
  boost::json::object out = render::document();
  out["file"] = arguments.file;
  for (auto& entry : render::checkJson(report, hosts)) out[entry.key()] = entry.value();
  if (arguments.budgets) out["budgets"] = render::budgetsJson(matrix, hosts);
  out["seconds"] = std::round((now() - begin) * 1e6) / 1e6;
  out["peak_bytes"] = peakBytes();
  if (saved && report.goesOn) out["resume"] = goOn(arguments);
  print(render::line(out));
  return code;
}

}  // namespace funpass::cli
