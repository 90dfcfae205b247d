#include "cli/exploring.hpp"

#include <algorithm>

namespace funpass::cli {

Exploring::Exploring(const Arguments& arguments, const Loaded& loaded)
    : arguments_(arguments),
      loaded_(loaded),
      rules_(rulesOf(arguments, loaded.program->recovery)),
      progress_(!arguments.json),
      interrupts_(std::in_place),
      begin_(now()) {
  options_.rules = rules_.reduction;
  options_.wellFormed = &rules_.wellFormed;
  options_.mobility = arguments.mobility;
  options_.failures = {loaded.program->initial.budget, loaded.program->among};
  options_.limits.maxStates = std::min<uint64_t>(arguments.maxStates, options_.limits.maxStates);
  options_.limits.maxBytes = arguments.maxMemory > 0 ? arguments.maxMemory : uint64_t{nodeLimit()} * 64;
  options_.limits.tick = [this](const SearchProgress& progress) { return tick(progress); };
}

bool Exploring::tick(const SearchProgress& progress) {
  const uint64_t memory = options_.limits.maxBytes;
  progress_.level(progress, loaded_.arena->bytes(), memory);
  if (Interrupts::raised()) ended_ = "interrupted";
  if (arguments_.maxTime > 0 && now() - begin_ > arguments_.maxTime) ended_ = "time (--max-time)";
  if (progress.bytes + loaded_.arena->bytes() > memory) ended_ = "memory";
  return ended_.empty();
}

void Exploring::end() {
  progress_.clear();
  interrupts_.reset();
}

void Exploring::name(std::string& limit) const {
  if (!ended_.empty() && limit == "interrupted") limit = ended_;
}

ExitCode exitCode(const CheckReport& report) {
  const auto any = [&](Verdict verdict) {
    return std::any_of(report.properties.begin(), report.properties.end(),
                       [&](const PropertyReport& property) { return property.verdict == verdict; });
  };
  if (any(Verdict::Violated)) return ExitCode::Violated;
  return any(Verdict::Unknown) ? ExitCode::Incomplete : ExitCode::Holds;
}

}  // namespace funpass::cli
