// funpass check FILE
#include <algorithm>
#include <cmath>

#include "checker/budgets.hpp"
#include "cli/exploring.hpp"
#include "cli/saving.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "cli/write_file.hpp"
#include "render/budgets.hpp"
#include "render/check_report.hpp"
#include "render/counterexample.hpp"
#include "render/report.hpp"

namespace funpass::cli {

namespace {

constexpr const char* kTrace = "run --trace";

// The command that takes the steps of a counterexample; without a schedule, that in which the hosts take turns.
// `usual`: the budget of the flags.
std::string replay(const std::string& verb, const Arguments& arguments, const FailureBudget& usual,
                   const FailureBudget& failures, const Schedule* schedule, const std::vector<std::string>& hosts) {
  Arguments again = arguments;
  if (!(failures == usual)) {
    again.failures = failures.budget;
    again.among.clear();
    if (failures.budget == Budget{}) again.failures.reset();
    for (const uint32_t h : again.failures ? failures.among : std::vector<uint32_t>()) again.among.push_back(hosts[h]);
  }
  return "funpass " + verb + stepFlags(again) + (schedule ? " --schedule " + shellWord(schedule->text()) : "") +
         operand(arguments);
}

// The steps of a counterexample, its chart, and where it stands still; `question` becomes what can be asked there.
std::string steps(Loaded& loaded, const RuleSet& rules, const PropertyReport& property, const render::Style& style,
                  std::string& question) {
  Semantics semantics(*loaded.arena, rules, property.failures.among);
  Configuration initial = loaded.program->initial;
  initial.budget = property.failures.budget;
  try {
    const render::CounterexampleText text =
        render::counterexample(*loaded.arena, semantics, initial, *property.schedule, style);
    question = text.question;
    return render::counterexampleText(text, style);
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
  for (const render::ViolatedBySchedule& violations : render::violations(report)) {
    const PropertyReport& property = violations.first();
    out += "\n" + render::violationText(violations) + "\n";
    const auto command = [&](const std::string& verb, const PropertyReport& of, const Schedule& schedule) {
      return replay(verb, arguments, usual, of.failures, &schedule, hosts) + "\n";
    };
    std::string question;
    if (n++ < inFull) out += "\n" + steps(loaded, rules, property, style, question) + "\n";
    out += "once more: " + command(kTrace, property, *property.schedule);
    out += "step through it: " + command("step", property, *property.schedule);
    if (!question.empty()) out += "to ask further: " + command("why " + question, property, *property.schedule);
    for (const PropertyReport* also : violations.properties) {
      if (also->other) out += "with other results: " + command(kTrace, *also, *also->other);
    }
  }
  return out;
}

// The flags that are about the exploration, as far as a report has to name them.
std::string exploringFlags(const Arguments& arguments) {
  std::string out = arguments.budgets ? " --budgets" : "";
  if (arguments.reductions) out += " --reduction " + reductionOf(arguments);
  if (arguments.properties) out += " --properties " + propertiesOf(arguments);
  if (arguments.selfCheck) out += " --self-check";
  return out;
}

// The page of --report.
std::string page(const Loaded& loaded, const RuleSet& rules, const CheckReport& report, const BudgetReport* matrix,
                 const FailureBudget& usual, const Arguments& arguments) {
  const std::vector<std::string>& hosts = loaded.arena->hosts();
  const std::string command = "funpass check" + exploringFlags(arguments) + stepFlags(arguments) + operand(arguments);
  return render::reportHtml(
      render::reportJson({*loaded.arena, *loaded.program, loaded.source, rules, !arguments.core, command,
                          [&](const FailureBudget& failures, const Schedule* schedule) {
                            return replay(kTrace, arguments, usual, failures, schedule, hosts);
                          },
                          matrix},
                         report));
}

// Why no report can be written to that place.
Diagnostics reportProblems(const Arguments& arguments) {
  if (arguments.report.empty()) return {};
  const std::string name = "`--report " + arguments.report + "`";
  const std::string kept = cannotReplace(arguments.report, kReport, arguments);
  if (!kept.empty()) return {{"usage", std::nullopt, "--report: " + kept, {}, "choose another name"}};
  const std::string problem = cannotWrite(arguments.report);
  if (problem.empty()) return {};
  return {{"usage", std::nullopt, name + " cannot be written: " + problem, {}, {}}};
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
  if (const Diagnostics problems = reportProblems(arguments); !problems.empty()) return refuse({}, problems, arguments);
  printNotes(loaded, arguments);
  const double begin = now();
  Exploring exploring(arguments, loaded);
  CheckOptions options = exploring.options();
  options.selfCheck = arguments.selfCheck;
  options.reductions = arguments.reductions;
  options.properties = arguments.properties;
  options.threads = arguments.threads.value_or(1);
  // Why a reduction is sound was argued for the right rules.
  if (!options.reductions && arguments.mutant != nullptr) options.reductions.emplace();
  if (arguments.mutant != nullptr && !options.reductions->empty()) {
    printNote("reductions", "reductions rest on the right rules, and may miss what a wrong one breaks",
              "`--reduction none` looks at every run", arguments);
  }
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
  std::string unreported;
  if (!arguments.report.empty()) {
    unreported = writeFile(arguments.report, page(loaded, options.rules, matrix.broken ? *matrix.broken : report,
                                                  arguments.budgets ? &matrix : nullptr, options.failures, arguments));
    if (!unreported.empty()) {
      printError("funpass: " + shellWord(arguments.report) + " cannot be written: " + unreported + "\n");
      if (code == ExitCode::Holds) code = ExitCode::Incomplete;
    }
  }
  const std::vector<std::string>& hosts = loaded.arena->hosts();
  if (!arguments.json) {
    const render::Style style = styleFor(stdout, arguments.color);
    print(render::checkText(report, hosts, !arguments.core, style));
    if (arguments.budgets) print("\n" + render::budgetsText(matrix, hosts, style));
    print(shown(loaded, options.rules, matrix.broken ? *matrix.broken : report, options.failures, arguments, style));
    if (!arguments.report.empty() && unreported.empty()) print("\nreport: " + arguments.report + "\n");
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
