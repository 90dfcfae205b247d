#include "cli/exploring.hpp"

#include <algorithm>

#include "cli/terminal.hpp"

namespace funpass::cli {

Exploring::Exploring(const Arguments& arguments, const Loaded& loaded)
    : arguments_(arguments), loaded_(loaded), rules_(rulesOf(arguments, loaded.program->recovery)) {
  options_.rules = rules_.reduction;
  options_.wellFormed = &rules_.wellFormed;
  options_.mobility = arguments.mobility;
  options_.failures = {loaded.program->initial.budget, loaded.program->among};
  options_.limits.maxStates = std::min<uint64_t>(arguments.maxStates, options_.limits.maxStates);
  options_.limits.maxBytes = arguments.maxMemory > 0 ? arguments.maxMemory : uint64_t{nodeLimit()} * 64;
}

CheckReport Exploring::check(std::unique_ptr<Explored>* first) {
  const Interrupts interrupts;
  const double begin = now();
  const uint64_t memory = options_.limits.maxBytes;
  Progress progress(!arguments_.json);
  std::string ended;
  options_.limits.tick = [&](const SearchProgress& p) {
    progress.level(p, loaded_.arena->bytes(), memory);
    if (Interrupts::raised()) ended = "interrupted";
    if (arguments_.maxTime > 0 && now() - begin > arguments_.maxTime) ended = "time (--max-time)";
    if (p.bytes + loaded_.arena->bytes() > memory) ended = "memory";
    return ended.empty();
  };
  std::unique_ptr<Explored> explored;
  CheckReport report = funpass::check(*loaded_.arena, *loaded_.program, options_, explored);
  if (first != nullptr) *first = std::move(explored);
  options_.limits.tick = nullptr;
  if (!ended.empty() && report.limit == "interrupted") report.limit = ended;
  return report;
}

ExitCode exitCode(const CheckReport& report) {
  const auto any = [&](Verdict verdict) {
    return std::any_of(report.properties.begin(), report.properties.end(),
                       [&](const PropertyReport& property) { return property.verdict == verdict; });
  };
  if (any(Verdict::Violated)) return ExitCode::Violated;
  return any(Verdict::Unknown) ? ExitCode::Incomplete : ExitCode::Holds;
}

// Where a run gets stuck, that says most.
const PropertyReport* shownViolation(const CheckReport& report) {
  const PropertyReport* shown = nullptr;
  for (const PropertyReport& property : report.properties) {
    if (property.verdict != Verdict::Violated || !property.schedule) continue;
    if (shown == nullptr || property.name == "progress") shown = &property;
  }
  return shown;
}

}  // namespace funpass::cli
