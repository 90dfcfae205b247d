// funpass check FILE
#include <sys/resource.h>

#include <cmath>

#include "cli/exploring.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "render/check_report.hpp"
#include "render/counterexample.hpp"

namespace funpass::cli {

namespace {

/// The process's memory at its peak, in bytes.
uint64_t peakBytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<uint64_t>(usage.ru_maxrss) * 1024;
}

// The command that takes the steps of a counterexample.
std::string replay(const Arguments& arguments, const CheckReport& report, const PropertyReport& property,
                   const std::vector<std::string>& hosts) {
  Arguments again = arguments;
  if (!(property.failures == report.failures)) {
    again.failures = property.failures.budget;
    again.among.clear();
    for (const uint32_t h : property.failures.among) again.among.push_back(hosts[h]);
  }
  return "once more: funpass run --trace" + stepFlags(again) + " --schedule " + property.schedule->text() +
         operand(arguments) + "\n";
}

// The steps of a counterexample, its chart, and where it stands still.
std::string shown(Arena& arena, const Program& program, const RuleSet& rules, const PropertyReport& property,
                  const render::Style& style) {
  Semantics semantics(arena, rules, property.failures.among);
  Configuration initial = program.initial;
  initial.budget = property.failures.budget;
  const std::string title =
      "\n" + property.name + " is violated after " + render::counted(property.schedule->size(), "step") + "\n\n";
  return title + render::counterexampleText(
                     render::counterexample(arena, semantics, initial, *property.schedule, style), style);
}

}  // namespace

ExitCode check(const Arguments& arguments) {
  Loaded loaded = load(arguments);
  if (!loaded.program) return refuse(loaded.source, loaded.problems, arguments);
  printNotes(loaded, arguments);
  const double begin = now();
  Exploring exploring(arguments, loaded);
  const CheckReport report = exploring.check();

  const std::vector<std::string>& hosts = loaded.arena->hosts();
  if (!arguments.json) {
    const render::Style style = styleFor(stdout, arguments.color);
    print(render::checkText(report, hosts, !arguments.core, style));
    if (const PropertyReport* violated = shownViolation(report)) {
      print(shown(*loaded.arena, *loaded.program, exploring.rules(), *violated, style) + "\n" +
            replay(arguments, report, *violated, hosts));
    }
    return exitCode(report);
  }
  boost::json::object out = render::document();
  out["file"] = arguments.file;
  for (auto& entry : render::checkJson(report, hosts)) out[entry.key()] = entry.value();
  out["seconds"] = std::round((now() - begin) * 1e6) / 1e6;
  out["peak_bytes"] = peakBytes();
  print(render::line(out));
  return exitCode(report);
}

}  // namespace funpass::cli
