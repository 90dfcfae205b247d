// funpass faults FILE
#include <algorithm>
#include <cmath>

#include "checker/faults.hpp"
#include "cli/load.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "render/fault_run.hpp"
#include "render/faults.hpp"

namespace funpass::cli {

namespace {

ExitCode exitCode(const FaultReport& report) {
  if (!report.broken.empty() || !report.unproved.empty()) return ExitCode::Violated;
  return report.complete ? ExitCode::Holds : ExitCode::Incomplete;
}

// The command that takes the steps of a run: `verb` is "run --trace" or "step".
std::string replay(std::string_view verb, const Arguments& arguments, const FailureBudget& failures,
                   const std::vector<std::string>& hosts, const Schedule& schedule) {
  Arguments again = arguments;
  again.failures = failures.budget;
  again.among.clear();
  for (const uint32_t h : failures.among) again.among.push_back(hosts[h]);
  return "funpass " + std::string(verb) + stepFlags(again) + " --schedule " + shellWord(schedule.text()) +
         operand(arguments);
}

std::string_view says(FaultOutcome outcome) {
  switch (outcome) {
    case FaultOutcome::Lost: return "loses data";
    case FaultOutcome::Result: return "gives another result";
    case FaultOutcome::Holds:
    case FaultOutcome::Stuck:
    case FaultOutcome::Unfinished: break;
  }
  return "gets stuck";
}

}  // namespace

ExitCode faults(const Arguments& arguments) {
  Loaded loaded = load(arguments);
  if (!loaded.program) return refuse(loaded.source, loaded.problems, arguments);
  printNotes(loaded, arguments);
  const Interrupts interrupts;
  const double begin = now();
  const uint64_t memory = arguments.maxMemory > 0 ? arguments.maxMemory : uint64_t{nodeLimit()} * 64;
  Program& program = *loaded.program;
  Arena& arena = *loaded.arena;
  // Without a budget every host may crash.
  if (!arguments.failures && program.initial.budget == Budget{})
    program.initial.budget.crashes = static_cast<uint32_t>(std::min<size_t>(program.among.size(), 255));

  FaultOptions options;
  options.rules = rulesOf(arguments, program.recovery).reduction;
  options.failures = {program.initial.budget, program.among};
  options.results = arguments.results;
  options.byClauses = arguments.byClauses;
  options.maxStates = std::min<uint64_t>(arguments.maxStates, options.maxStates);
  options.maxBytes = memory;
  Progress progress(!arguments.json);
  std::string ended;
  options.tick = [&](const FaultProgress& p) {
    progress.faults(p, arena.bytes(), memory);
    if (Interrupts::raised()) ended = "interrupted";
    if (arguments.maxTime > 0 && now() - begin > arguments.maxTime) ended = "time (--max-time)";
    if (p.bytes + arena.bytes() > memory) ended = "memory";
    return ended.empty();
  };
  FaultReport report = funpass::faults(arena, program, options);
  progress.clear();
  if (!ended.empty() && report.limit == "interrupted") report.limit = ended;

  Semantics semantics(arena, options.rules, program.among);
  if (arguments.json) {
    boost::json::object out = render::document();
    out["file"] = arguments.file;
    for (auto& entry : render::faultsJson(arena, semantics, program.initial, report)) out[entry.key()] = entry.value();
    for (auto& entry : out["broken"].as_array()) {
      boost::json::object& broken = entry.as_object();
      const std::optional<Schedule> schedule = Schedule::parse(std::string(broken["schedule"].as_string()));
      broken["replay"] = replay("run --trace", arguments, report.failures, arena.hosts(), *schedule);
    }
    out["seconds"] = std::round((now() - begin) * 1e6) / 1e6;
    out["peak_bytes"] = peakBytes();
    print(render::line(out));
    return exitCode(report);
  }

  const render::Style style = styleFor(stdout, arguments.color);
  print(render::faultsText(report, arena.hosts(), style));
  const auto show = [&](const FaultSet& set, FaultOutcome outcome, const FaultRun& run) {
    std::string out = "\n" + render::inked(render::faultSetText(report, set), render::Ink::Error, style) + " " +
                      std::string(says(outcome)) + " after " + render::counted(run.schedule.size(), "step") + "\n";
    if (set.empty())
      out = "\nit " + std::string(says(outcome)) + " without a failure, after " +
            render::counted(run.schedule.size(), "step") + "\n";
    for (size_t i = 0; i < set.size(); ++i) {
      const std::string& name = report.names[set[i]];
      if (!run.idents[i].empty() && name.find(run.idents[i]) == std::string::npos)
        out += "  in this run, the identifier of " + name + " is " + run.idents[i] + "\n";
    }
    out += render::faultRunText(arena, semantics, program.initial, run.schedule, style);
    const auto command = [&](std::string_view verb) {
      return replay(verb, arguments, report.failures, arena.hosts(), run.schedule) + "\n";
    };
    print(out + "\nonce more: " + command("run --trace") + "step through it: " + command("step"));
  };
  for (const uint32_t index : report.broken)
    show(report.scenarios[index].set, report.scenarios[index].outcome, *report.scenarios[index].run);
  for (const uint32_t index : report.unproved)
    show(report.witnesses[index].set, report.witnesses[index].outcome, report.witnesses[index].run);
  return exitCode(report);
}

}  // namespace funpass::cli
