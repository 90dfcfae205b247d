// funpass run FILE
#include <cmath>
#include <limits>
#include <utility>

#include "cli/figure.hpp"
#include "cli/load.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "render/diagnostic.hpp"
#include "render/formula.hpp"
#include "render/run_report.hpp"
#include "render/step.hpp"
#include "render/step_derivation.hpp"

namespace funpass::cli {

namespace {

// A schedule that is short enough to be written out in a command; else nothing.
std::string shortSchedule(const Schedule& schedule) {
  constexpr size_t longest = 400;
  const std::string steps = schedule.size() <= longest ? schedule.text() : std::string();
  return steps.size() <= longest ? steps : std::string();
}

// The command that takes the same steps, of the verb `run` or another that has them: by their schedule if that is
// short, else as the run chose them.
std::string replay(const std::string& verb, const Arguments& arguments, const Schedule& schedule,
                   std::optional<uint64_t> seed) {
  std::string out = "funpass " + verb + stepFlags(arguments);
  if (const std::string steps = shortSchedule(schedule); !steps.empty()) {
    out += " --schedule " + steps;
  } else if (seed) {
    out += " --seed " + std::to_string(*seed);
  } else if (arguments.schedule) {
    out += " --schedule " + arguments.schedule->text();
    if (arguments.then)
      out += " --then " + (arguments.then->policy == RunOptions::Policy::Seed
                               ? "seed:" + std::to_string(arguments.then->seed)
                               : std::string("round-robin"));
  }
  return out + operand(arguments);
}

void addCommands(render::RunReport& report, const Arguments& arguments, const Schedule& schedule,
                 std::optional<uint64_t> seed) {
  report.replay = replay("run", arguments, schedule, seed);
  const std::string question = render::questionOf(report.stuck);
  if (!question.empty()) report.why = replay("why " + question, arguments, schedule, seed);
  // The stepper does not choose: it opens at the end of a schedule.
  if (schedule.size() == 0 || !shortSchedule(schedule).empty())
    report.open = replay("step", arguments, schedule, std::nullopt);
}

// Writes the trace as it comes. In JSON what belongs to the schedule waits until it is known to be one of this program.
class Trace {
 public:
  Trace(World& world, const Arguments& arguments, const render::Style& style)
      : world_(world),
        json_(arguments.json),
        derivation_(arguments.derivation),
        latex_(arguments.latex),
        from_(arguments.from),
        to_(arguments.to.value_or(std::numeric_limits<uint64_t>::max())),
        style_(style),
        held_(arguments.schedule ? arguments.schedule->size() : 0) {
    if (json_) text_ = "{\"schema\":" + std::to_string(render::kSchema) + ",\"trace\":[";
  }

  void add(uint64_t number, const Configuration& before, const Step& step) {
    Arena& arena = world_.arena();
    if (latex_) {
      if (number < from_ || number > to_) return;
      begin();
      print("\\subsection*{Step " + std::to_string(number) + ": host " + "$" +
            render::latexName(arena.hosts()[step.host]) + "$}\n" + render::stepDerivationLatex(arena, before, step));
      return;
    }
    if (!json_) {
      print(render::stepText(arena, number, before, step, style_));
      if (derivation_) print("\n" + render::stepDerivationText(arena, before, step, style_) + "\n");
      return;
    }
    boost::json::object entry = render::stepJson(arena, number, before, step);
    if (derivation_) entry["derivation"] = render::stepDerivationJson(arena, before, step);
    text_ += (number > 1 ? "," : "") + boost::json::serialize(entry);
    if (number <= held_) return;
    print(text_);
    text_.clear();
  }

  // The LaTeX document's preamble, once.
  void begin() {
    if (!std::exchange(begun_, true)) print(render::derivationsBegin());
  }

  // The trace and after it the other keys.
  void finish(const boost::json::object& rest) {
    print(text_ + "]");
    print("," + render::line(rest).substr(1));
  }

 private:
  World& world_;
  bool json_;
  bool derivation_;
  bool latex_;
  bool begun_ = false;
  uint64_t from_, to_;  // the steps that LaTeX prints
  const render::Style& style_;
  uint64_t held_;
  std::string text_;
};

// To the microsecond.
double rounded(double seconds) { return std::round(seconds * 1e6) / 1e6; }

ExitCode runOnce(World& world, const Source& source, const Arguments& arguments, const render::Style& style) {
  RunOptions options = runOptions(arguments);
  Trace trace(world, arguments, style);
  if ((arguments.trace || arguments.derivation)) {
    options.trace = [&](uint64_t number, const Configuration& before, const Step& step, const Configuration&) {
      trace.add(number, before, step);
    };
  }
  Progress progress(!arguments.json && !(arguments.trace || arguments.derivation));
  options.tick = [&](uint64_t steps) {
    progress.tick(steps, world.arena().size(), world.arena().bytes());
    return !Interrupts::raised();
  };
  const double begin = now();
  const RunResult result = world.run(options);
  const double seconds = now() - begin;
  progress.clear();
  if (result.end == RunResult::End::BadIndex) {
    return refuse(
        source,
        {{"schedule", std::nullopt, result.limit, {}, "a schedule belongs to one program and one set of flags"}},
        arguments);
  }
  render::RunReport report = render::report(world, result, style, true);
  if (report.overflow && report.overflow->span) {  // the block's first words are enough
    const size_t brace = source.text().find('{', report.overflow->span->begin);
    if (brace < report.overflow->span->end) report.overflow->span->end = static_cast<uint32_t>(brace);
  }
  addCommands(report, arguments, result.schedule, arguments.seed);
  if (arguments.latex) {
    if (arguments.from > 1 && arguments.from > result.steps)
      return refuse(source, {noSuchStep(arguments, result.steps)}, arguments);
    trace.begin();
    print(render::derivationsEnd());
    return exitCodeOf(result.end);
  }
  if (!arguments.json) {
    print(((arguments.trace || arguments.derivation) && result.steps > 0 ? "\n" : "") + render::runText(report, style));
    if (report.overflow) {
      const render::Style errors = styleFor(stderr, arguments.color);
      printError(render::diagnosticText(source, *report.overflow, render::Severity::Error, errors));
    }
    return exitCodeOf(result.end);
  }
  boost::json::object out = render::runJson(report);
  if (report.overflow) out["diagnostics"] = boost::json::array{render::diagnosticJson(source, *report.overflow)};
  out["seconds"] = rounded(seconds);
  if ((arguments.trace || arguments.derivation)) {
    trace.finish(out);
  } else {
    boost::json::object document = render::document();
    for (auto& entry : out) document[entry.key()] = std::move(entry.value());
    print(render::line(document));
  }
  return exitCodeOf(result.end);
}

ExitCode runMany(World& world, const Arguments& arguments, const render::Style& style) {
  render::RunsReport runs;
  runs.firstSeed = arguments.seed.value_or(0);
  Progress progress(!arguments.json);
  const double begin = now();
  for (uint64_t i = 0; i < *arguments.runs; ++i) {
    const uint64_t seed = runs.firstSeed + i;
    RunOptions options;
    options.then = RunOptions::Policy::Seed;
    options.seed = seed;
    options.maxSteps = arguments.maxSteps;
    options.tick = [&](uint64_t steps) {
      progress.tick(runs.steps + steps, world.arena().size(), world.arena().bytes());
      return !Interrupts::raised();
    };
    const RunResult result = world.run(options);
    // A run that was cut short says nothing, unless there is no other.
    runs.interrupted = Interrupts::raised();
    if (runs.interrupted && result.end == RunResult::End::Limit && runs.runs > 0) break;
    render::RunReport report = render::report(world, result, style, false);
    if (!runs.knows(report)) {
      report = render::report(world, result, style, true);
      addCommands(report, arguments, result.schedule, seed);
    }
    runs.add(seed, std::move(report));
    progress.tick(runs.steps, world.arena().size(), world.arena().bytes());
    if (runs.interrupted) break;
  }
  progress.clear();
  runs.sort();
  if (arguments.json) {
    boost::json::object out = render::document();
    for (auto& entry : render::runsJson(runs)) out[entry.key()] = entry.value();
    out["seconds"] = rounded(now() - begin);
    print(render::line(out));
  } else {
    print(render::runsText(runs, style));
  }
  const auto any = [&](RunResult::End end) {
    for (const render::RunGroup& group : runs.groups)
      if (group.first.end == end) return true;
    return false;
  };
  if (any(RunResult::End::Stuck) || any(RunResult::End::Lost)) return ExitCode::Violated;
  return any(RunResult::End::Limit) || runs.interrupted ? ExitCode::Incomplete : ExitCode::Holds;
}

}  // namespace

ExitCode run(const Arguments& arguments) {
  Loaded loaded = load(arguments);
  if (!loaded.program) return refuse(loaded.source, loaded.problems, arguments);
  printNotes(loaded, arguments);
  const render::Style style = styleFor(stdout, arguments.color);
  const Rules rules = rulesOf(arguments, loaded.program->recovery);
  World world(std::move(loaded.arena), std::move(*loaded.program), rules.reduction);
  const Interrupts interrupts;
  if (arguments.chart || (arguments.latex && !arguments.derivation))
    return figure(world, loaded.source, arguments, style);
  return arguments.runs ? runMany(world, arguments, style) : runOnce(world, loaded.source, arguments, style);
}

}  // namespace funpass::cli
