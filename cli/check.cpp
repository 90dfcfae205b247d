// funpass check FILE
#include <algorithm>
#include <cmath>

#include "checker/check.hpp"
#include "cli/load.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "render/check_report.hpp"
#include "render/counterexample.hpp"

namespace funpass::cli {

namespace {

ExitCode exitCode(const CheckReport& report) {
  const auto any = [&](Verdict verdict) {
    return std::any_of(report.properties.begin(), report.properties.end(),
                       [&](const PropertyReport& property) { return property.verdict == verdict; });
  };
  if (any(Verdict::Violated)) return ExitCode::Violated;
  return any(Verdict::Unknown) ? ExitCode::Incomplete : ExitCode::Holds;
}

// The violated property whose counterexample is shown: where a run gets stuck, that says most.
const PropertyReport* shownViolation(const CheckReport& report) {
  const PropertyReport* shown = nullptr;
  for (const PropertyReport& property : report.properties) {
    if (property.verdict != Verdict::Violated || !property.schedule) continue;
    if (shown == nullptr || property.name == "progress") shown = &property;
  }
  return shown;
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
  const Interrupts interrupts;
  const double begin = now();
  const uint64_t memory = arguments.maxMemory > 0 ? arguments.maxMemory : uint64_t{nodeLimit()} * 64;

  const Rules rules = rulesOf(arguments, loaded.program->recovery);
  CheckOptions options;
  options.rules = rules.reduction;
  options.wellFormed = &rules.wellFormed;
  options.mobility = arguments.mobility;
  options.failures = {loaded.program->initial.budget, loaded.program->among};
  options.limits.maxStates = std::min<uint64_t>(arguments.maxStates, options.limits.maxStates);
  options.limits.maxBytes = memory;
  Progress progress(!arguments.json);
  std::string ended;
  options.limits.tick = [&](const SearchProgress& p) {
    progress.level(p, loaded.arena->bytes(), memory);
    if (Interrupts::raised()) ended = "interrupted";
    if (arguments.maxTime > 0 && now() - begin > arguments.maxTime) ended = "time (--max-time)";
    if (p.bytes + loaded.arena->bytes() > memory) ended = "memory";
    return ended.empty();
  };
  CheckReport report = funpass::check(*loaded.arena, *loaded.program, options);
  progress.clear();
  if (!ended.empty() && report.limit == "interrupted") report.limit = ended;

  const std::vector<std::string>& hosts = loaded.arena->hosts();
  if (!arguments.json) {
    const render::Style style = styleFor(stdout, arguments.color);
    print(render::checkText(report, hosts, !arguments.core, style));
    if (const PropertyReport* violated = shownViolation(report)) {
      print(shown(*loaded.arena, *loaded.program, rules.reduction, *violated, style) + "\n" +
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
