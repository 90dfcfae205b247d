// The same sets by clauses: if v holds, every breaking set has an element of rest(v) ∖ v. What hits all clauses and is
// smallest is explored next, from the start and with failures at any time.
#include <algorithm>
#include <set>

#include "checker/fault_space.hpp"

namespace funpass {

namespace {

/// The runs within one scenario, breadth-first.
class ScenarioSearch {
 public:
  ScenarioSearch(FaultSpace& space, FaultReport& report, FaultMeter& meter, const FaultSet& set)
      : space_(space), report_(report), meter_(meter), set_(set), table_(space.model.width()) {}

  void operator()(FaultScenario& scenario, std::vector<Configuration>& usual) {
    meet(space_.initial, kNoState);
    std::map<uint32_t, FaultScenario::Rest> rests;
    for (uint32_t state = 0; state < table_.size(); ++state) {
      meter_.expand(set_.size(), table_.bytes() + parent_.capacity() * 4);
      ++scenario.states;
      ++report_.states;
      const Configuration configuration = space_.model.decode(table_[state]);
      const std::vector<Step> steps = space_.semantics.steps(configuration);
      if (const auto outcome = space_.judge(configuration, steps, set_, usual)) {
        scenario.outcome = *outcome;
        scenario.run = space_.rawRun(path(state), set_);
        return;
      }
      for (const FaultScenario::Rest& rest : space_.rest(configuration, steps))
        if (!std::binary_search(set_.begin(), set_.end(), rest.element)) rests.try_emplace(rest.element, rest);
      for (const Step& step : steps) {
        const uint32_t e = space_.elementOf(step);
        if (e != kNobody && !std::binary_search(set_.begin(), set_.end(), e)) continue;
        Configuration after = configuration;
        apply(space_.arena, step, after);
        meet(after, state);
      }
    }
    scenario.outcome = FaultOutcome::Holds;
    for (const auto& [element, rest] : rests) scenario.rests.push_back(rest);
  }

 private:
  void meet(const Configuration& configuration, uint32_t from) {
    words_.clear();
    space_.model.encode(configuration, words_);
    if (table_.insert(words_).isNew) parent_.push_back(from);
  }

  // The steps to the state.
  std::vector<Step> path(uint32_t state) {
    std::vector<Configuration> run;
    for (; state != kNoState; state = parent_[state]) run.push_back(space_.model.decode(table_[state]));
    std::reverse(run.begin(), run.end());
    return space_.stepsOf(run);
  }

  FaultSpace& space_;
  FaultReport& report_;
  FaultMeter& meter_;
  const FaultSet& set_;
  StateTable table_;
  std::vector<uint32_t> parent_;
  std::vector<uint32_t> words_;
};

/// Sets that hit every clause, by branching on the first that is not hit.
class Branching {
 public:
  Branching(const FaultSpace& space, const std::vector<FaultSet>& clauses, const std::vector<FaultSet>& broken)
      : space_(space), clauses_(clauses), broken_(broken) {}

  std::optional<FaultSet> ofSize(size_t size) {
    seen_.clear();
    return extend({}, size);
  }

 private:
  std::optional<FaultSet> extend(const FaultSet& set, size_t size) {
    if (containsOneOf(set, broken_) || !seen_.insert(set).second) return std::nullopt;
    const auto missed = std::find_if(clauses_.begin(), clauses_.end(), [&](const FaultSet& clause) {
      return std::none_of(clause.begin(), clause.end(),
                          [&](uint32_t e) { return std::binary_search(set.begin(), set.end(), e); });
    });
    if (missed == clauses_.end()) return set;
    if (set.size() == size) return std::nullopt;
    for (const uint32_t e : *missed) {
      const FaultSet larger = with(set, e);
      if (!space_.isWithin(larger)) continue;
      if (std::optional<FaultSet> found = extend(larger, size)) return found;
    }
    return std::nullopt;
  }

  const FaultSpace& space_;
  const std::vector<FaultSet>& clauses_;
  const std::vector<FaultSet>& broken_;
  std::set<FaultSet> seen_;
};

}  // namespace

std::optional<FaultSet> smallestCandidate(const FaultSpace& space, const std::vector<FaultSet>& clauses,
                                          const std::vector<FaultSet>& broken, size_t atLeast) {
  Branching branching(space, clauses, broken);
  const size_t most = std::min<size_t>(
      space.elements().size(), size_t{space.options.failures.budget.crashes} + space.options.failures.budget.drops);
  for (size_t size = atLeast; size <= most; ++size)
    if (std::optional<FaultSet> found = branching.ofSize(size)) return found;
  return std::nullopt;
}

void clausedFaults(FaultSpace& space, FaultReport& report) {
  FaultMeter meter(space.options, report);
  std::vector<FaultSet> clauses;
  std::vector<FaultSet> broken;
  std::vector<Configuration> usual;
  std::optional<FaultSet> next = FaultSet{};
  while (next) {
    report.sizes = static_cast<uint32_t>(next->size());
    const auto index = static_cast<uint32_t>(report.scenarios.size());
    FaultScenario& scenario = report.scenarios.emplace_back();
    scenario.set = *next;
    ScenarioSearch(space, report, meter, *next)(scenario, usual);
    if (scenario.outcome == FaultOutcome::Holds) {
      FaultSet& clause = clauses.emplace_back();
      for (const FaultScenario::Rest& rest : scenario.rests) clause.push_back(rest.element);
    } else {
      report.broken.push_back(index);
      broken.push_back(*next);
    }
    next = smallestCandidate(space, clauses, broken, next->size());
  }
}

}  // namespace funpass
