#include "checker/faults.hpp"

#include <algorithm>
#include <new>
#include <set>
#include <stdexcept>

#include "checker/fault_space.hpp"

namespace funpass {

void FaultMeter::expand(size_t size, size_t bytes) {
  if (expanded_ >= options_.maxStates) throw FaultLimit{"states"};
  if (bytes > options_.maxBytes) throw FaultLimit{"memory"};
  if (expanded_++ % 1024 != 0 || !options_.tick) return;
  FaultProgress progress;
  progress.states = report_.states;
  progress.size = static_cast<uint32_t>(size);
  progress.scenarios = report_.scenarios.size();
  progress.broken = report_.broken.size();
  progress.bytes = bytes;
  if (!options_.tick(progress)) throw FaultLimit{"interrupted"};
}

namespace {

constexpr uint64_t kMany = 1ULL << 31U;  // sets that are not counted
constexpr size_t kListed = 100;          // excluded sets that are listed
constexpr uint64_t kCounted = 200'000;   // sets that are looked at one by one, to say how many are excluded

// The sets of elements within the budgets, smallest first.
class Census {
 public:
  Census(const FaultSpace& space, FaultReport& report) : space_(space), report_(report) {
    for (const uint32_t index : report.broken) broken_.push_back(report.scenarios[index].set);
    for (const FaultScenario& scenario : report.scenarios) tried_.insert(scenario.set);
  }

  void operator()() {
    uint64_t crashes = 0;
    for (const FaultElement& element : report_.elements) crashes += element.kind == FaultElement::Kind::Crash ? 1 : 0;
    const Budget& given = report_.failures.budget;
    report_.possible = subsets(crashes, given.crashes) * subsets(report_.elements.size() - crashes, given.drops);
    if (report_.possible >= kMany) report_.possible = 0;
    if (report_.possible == 0 || report_.possible > kCounted) {
      if (broken_.empty() && report_.possible > 0) report_.excluded = report_.possible - tried_.size();
      return;
    }
    std::vector<FaultSet> level{{}};
    while (!level.empty()) {
      std::vector<FaultSet> larger;
      for (const FaultSet& set : level) {
        look(set);
        for (uint32_t e = set.empty() ? 0 : set.back() + 1; e < report_.elements.size(); ++e)
          if (FaultSet more = with(set, e); space_.isWithin(more)) larger.push_back(std::move(more));
      }
      level = std::move(larger);
    }
  }

 private:
  // Subsets of n elements with at most k; at most about kMany.
  static uint64_t subsets(uint64_t n, uint64_t k) {
    uint64_t sum = 0;
    uint64_t choose = 1;
    for (uint64_t i = 0; i <= std::min(n, k) && sum < kMany; ++i) {
      sum += choose;
      choose = std::min<uint64_t>(choose * (n - i) / (i + 1), kMany);
    }
    return sum;
  }

  void look(const FaultSet& set) {
    if (containsOneOf(set, broken_) || tried_.count(set) > 0) return;
    ++report_.excluded;
    if (report_.notTried.size() == kListed) return;
    FaultExcluded excluded{set, std::nullopt};
    for (uint32_t i = 0; i < report_.scenarios.size() && !excluded.clause; ++i) {
      const FaultScenario& scenario = report_.scenarios[i];
      if (scenario.outcome != FaultOutcome::Holds) continue;
      const bool hit = std::any_of(scenario.rests.begin(), scenario.rests.end(), [&](const FaultScenario::Rest& rest) {
        return std::binary_search(set.begin(), set.end(), rest.element);
      });
      if (!hit) excluded.clause = i;
    }
    report_.notTried.push_back(std::move(excluded));
  }

  const FaultSpace& space_;
  FaultReport& report_;
  std::vector<FaultSet> broken_;
  std::set<FaultSet> tried_;
};

}  // namespace

FaultReport faults(Arena& arena, const Program& program, const FaultOptions& options) {
  FaultReport report;
  report.failures = options.failures;
  report.recovery = options.rules.recovery;
  report.results = options.results;
  report.byClauses = options.byClauses;
  FaultSpace space(arena, program, options);
  try {
    quickFaults(space, report);
    options.byClauses ? clausedFaults(space, report) : layeredFaults(space, report);
    report.complete = true;
  } catch (const FaultLimit& limit) {
    report.limit = limit.what;
  } catch (const LimitReached& reached) {
    report.limit = reached.what;
  } catch (const std::bad_alloc&) {
    report.limit = "memory";
  }
  std::vector<FaultSet> broken;
  for (const uint32_t index : report.broken) broken.push_back(report.scenarios[index].set);
  for (uint32_t i = 0; i < report.witnesses.size(); ++i)
    if (!containsOneOf(report.witnesses[i].set, broken)) report.unproved.push_back(i);
  if (report.complete && !report.unproved.empty())
    throw std::logic_error("a run breaks where no set was found that does");
  report.elements = space.elements();
  for (const FaultElement& element : report.elements) {
    report.names.push_back(space.name(element));
    report.origins.push_back(space.origin(element));
  }
  if (report.complete) Census(space, report)();
  return report;
}

}  // namespace funpass
