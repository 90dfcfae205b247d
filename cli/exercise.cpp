// funpass exercise [N] [FILE]
#include "render/exercise.hpp"

#include <algorithm>

#include "cli/load.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "render/counterexample.hpp"

namespace funpass::cli {

namespace {

// The command line that takes the answer under a demand's setting.
Arguments argumentsOf(const Arguments& arguments, const ExerciseSetting& setting) {
  Arguments again = arguments;
  again.verb = Verb::Run;
  again.mobility = setting.mobility;
  again.mutant = mutantNamed(setting.mutant);
  if (!setting.recovery) again.recovery = false;
  if (setting.failures != Budget{}) again.failures = setting.failures;
  for (size_t begin = 0; begin < setting.among.size();) {
    const size_t end = std::min(setting.among.find(',', begin), setting.among.size());
    again.among.emplace_back(setting.among.substr(begin, end - begin));
    begin = end + 1;
  }
  return again;
}

std::string counterexample(const Arguments& arguments, const Parsed& parsed, const Schedule& schedule,
                           const render::Style& style) {
  Loaded loaded = load(arguments, parsed);
  if (!loaded.program) return {};
  Semantics semantics(*loaded.arena, rulesOf(arguments, loaded.program->recovery).reduction, loaded.program->among);
  try {
    return render::counterexampleText(
        render::counterexample(*loaded.arena, semantics, loaded.program->initial, schedule, style), style);
  } catch (const LimitReached& limit) {
    return "the steps cannot be shown here: " + limit.what + "\n";
  }
}

Diagnostics noExercise(const std::string& number) {
  return {{"usage",
           std::nullopt,
           number.empty() ? "which exercise is this an answer to?" : "there is no exercise `" + number + "`",
           {},
           "funpass exercise lists them"}};
}

ExitCode exitCode(Grade::Outcome outcome) {
  switch (outcome) {
    case Grade::Outcome::Right: return ExitCode::Holds;
    case Grade::Outcome::Wrong: return ExitCode::Violated;
    case Grade::Outcome::Limit: return ExitCode::Incomplete;
    case Grade::Outcome::Unreadable: return ExitCode::Wrong;
  }
  return ExitCode::Ours;
}

}  // namespace

ExitCode exercise(const Arguments& arguments) {
  const render::Style style = styleFor(stdout, arguments.color);
  if (arguments.rule.empty() && arguments.term) return refuse({}, noExercise(""), arguments);
  if (arguments.rule.empty()) {
    print(arguments.json ? render::line(render::exercisesJson()) : render::exercisesText());
    return ExitCode::Holds;
  }
  const Exercise* exercise = exerciseNumbered(arguments.rule);
  if (exercise == nullptr) return refuse({}, noExercise(arguments.rule), arguments);
  if (arguments.file.empty() && !arguments.term) {
    print(arguments.json ? render::line(render::exerciseJson(*exercise)) : render::exerciseText(*exercise, style));
    return ExitCode::Holds;
  }
  const Parsed parsed = parse(arguments);
  if (!parsed.problems.empty()) return refuse(parsed.source, parsed.problems, arguments);
  GradeOptions options;
  if (arguments.maxStates != Arguments().maxStates) options.limits.maxStates = arguments.maxStates;
  options.maxNodes = nodeLimit();
  options.limits.maxBytes = arguments.maxMemory > 0 ? arguments.maxMemory : uint64_t{nodeLimit()} * 64;
  options.folder = folderOf(arguments.file);
  options.allowFiles = arguments.allowFiles;
  const double begin = now();
  Grade graded;
  bool late = false;
  {
    Progress progress(!arguments.json);
    const Interrupts interrupts;
    options.limits.tick = [&](const SearchProgress& level) {
      progress.level(level, 0, options.limits.maxBytes);
      late = late || (arguments.maxTime > 0 && now() - begin > arguments.maxTime);
      return !Interrupts::raised() && !late;
    };
    graded = grade(parsed.source, parsed.tree, *exercise, options);
  }
  for (DemandReport& report : graded.demands)
    if (late && report.state == DemandReport::State::Unknown) report.message = "not known: time (--max-time)";
  if (graded.outcome == Grade::Outcome::Unreadable) return refuse(parsed.source, graded.problems, arguments);
  const render::ShowRun show = [&](const DemandReport& report) {
    const Arguments again = argumentsOf(arguments, report.demand->setting);
    const bool inFull = !arguments.json && report.state == DemandReport::State::Unmet;
    return render::ShownRun{
        inFull ? counterexample(again, parsed, *report.schedule, style) : std::string(),
        "funpass run --trace" + stepFlags(again) + " --schedule " + report.schedule->text() + operand(arguments)};
  };
  print(arguments.json ? render::line(render::gradeJson(*exercise, graded, show, arguments.file))
                       : render::gradeText(*exercise, graded, show, style));
  return exitCode(graded.outcome);
}

}  // namespace funpass::cli
