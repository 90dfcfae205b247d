// Every minimal breaking set, layer by layer. The layer of v are the configurations where exactly v failed, closed
// under steps and further failures of v; layers grow by an element where a configuration rests on it.
#include <algorithm>

#include "checker/fault_space.hpp"

namespace funpass {

namespace {

class LayeredSearch {
 public:
  LayeredSearch(FaultSpace& space, FaultReport& report)
      : space_(space), report_(report), meter_(space.options, report), table_(space.model.width() + 1) {}

  void operator()() {
    const uint32_t none = scenario({});
    meet(space_.initial, none, kNoState, 0);
    for (size_t size = 0; size < bySize_.size(); ++size) {
      report_.sizes = static_cast<uint32_t>(size);
      std::vector<uint32_t> layer = bySize_[size];
      std::stable_partition(layer.begin(), layer.end(), [&](uint32_t v) {
        return std::any_of(report_.witnesses.begin(), report_.witnesses.end(),
                           [&](const FaultWitness& witness) { return witness.set == sets_[v]; });
      });
      for (const uint32_t v : layer) {
        if (containsOneOf(sets_[v], broken_)) continue;
        explore(v);
        if (broken_.size() == 1 && broken_.front().empty()) return;  // it breaks without failures
      }
    }
    report_.sizes = static_cast<uint32_t>(bySize_.size());
  }

 private:
  uint32_t scenario(const FaultSet& set) {
    const auto [entry, isNew] = numbers_.try_emplace(set, static_cast<uint32_t>(sets_.size()));
    if (isNew) {
      sets_.push_back(set);
      seeds_.emplace_back();
      if (bySize_.size() <= set.size()) bySize_.resize(set.size() + 1);
      bySize_[set.size()].push_back(entry->second);
    }
    return entry->second;
  }

  // The state (C, v), met after `depth` steps. While the layer of v is explored it waits in a bucket, before in seeds.
  void meet(const Configuration& configuration, uint32_t v, uint32_t from, uint32_t depth) {
    words_.clear();
    space_.model.encode(configuration, words_);
    words_.push_back(v);
    const auto [state, isNew] = table_.insert(words_);
    if (isNew) {
      parent_.push_back(from);
      depth_.push_back(depth);
      done_.push_back(false);
    } else if (done_[state] || depth_[state] <= depth) {
      return;
    }
    parent_[state] = from;
    depth_[state] = depth;
    if (v != current_) {
      if (isNew) seeds_[v].push_back(state);
      return;
    }
    if (buckets_.size() <= depth) buckets_.resize(depth + 1);
    buckets_[depth].push_back(state);
  }

  void explore(uint32_t v) {
    current_ = v;
    buckets_.clear();
    for (const uint32_t state : seeds_[v]) {
      if (buckets_.size() <= depth_[state]) buckets_.resize(depth_[state] + 1);
      buckets_[depth_[state]].push_back(state);
    }
    const size_t index = report_.scenarios.size();
    report_.scenarios.emplace_back().set = sets_[v];
    std::map<uint32_t, FaultScenario::Rest> rests;
    for (uint32_t depth = 0; depth < buckets_.size(); ++depth) {
      for (size_t i = 0; i < buckets_[depth].size(); ++i) {
        const uint32_t state = buckets_[depth][i];
        if (done_[state] || depth_[state] != depth) continue;
        meter_.expand(sets_[v].size(), table_.bytes() + parent_.capacity() * 9);
        done_[state] = true;
        ++report_.scenarios[index].states;
        ++report_.states;
        if (const auto outcome = expand(state, v, rests)) {
          report_.scenarios[index].outcome = *outcome;
          report_.scenarios[index].run = space_.rawRun(path(state), sets_[v]);
          report_.broken.push_back(static_cast<uint32_t>(index));
          broken_.push_back(sets_[v]);
          current_ = kNoState;
          return;
        }
      }
    }
    current_ = kNoState;
    report_.scenarios[index].outcome = FaultOutcome::Holds;
    for (const auto& [element, rest] : rests) report_.scenarios[index].rests.push_back(rest);
  }

  std::optional<FaultOutcome> expand(uint32_t state, uint32_t v, std::map<uint32_t, FaultScenario::Rest>& rests) {
    const Configuration configuration = space_.model.decode(withoutScenario(table_[state]));
    const std::vector<Step> steps = space_.semantics.steps(configuration);
    const FaultSet failed = sets_[v];  // `scenario` moves them
    if (const auto outcome = space_.judge(configuration, steps, failed, usual_)) return outcome;
    std::vector<uint32_t> restsHere;
    for (const FaultScenario::Rest& rest : space_.rest(configuration, steps)) {
      if (std::binary_search(failed.begin(), failed.end(), rest.element)) continue;
      restsHere.push_back(rest.element);
      rests.try_emplace(rest.element, rest);
    }
    for (const Step& step : steps) {
      uint32_t layer = v;
      if (const uint32_t e = space_.elementOf(step);
          e != kNobody && !std::binary_search(failed.begin(), failed.end(), e)) {
        if (std::find(restsHere.begin(), restsHere.end(), e) == restsHere.end()) continue;
        const FaultSet larger = with(failed, e);
        if (!space_.isWithin(larger) || containsOneOf(larger, broken_)) continue;
        layer = scenario(larger);
      }
      Configuration after = configuration;
      apply(space_.arena, step, after);
      meet(after, layer, state, depth_[state] + 1);
    }
    return std::nullopt;
  }

  static StateView withoutScenario(StateView state) { return state.first(state.size() - 1); }

  // The steps to the state.
  std::vector<Step> path(uint32_t state) {
    std::vector<Configuration> run;
    for (; state != kNoState; state = parent_[state])
      run.push_back(space_.model.decode(withoutScenario(table_[state])));
    std::reverse(run.begin(), run.end());
    return space_.stepsOf(run);
  }

  FaultSpace& space_;
  FaultReport& report_;
  FaultMeter meter_;
  StateTable table_;  // configurations, each with what has failed
  std::vector<uint32_t> parent_;
  std::vector<uint32_t> depth_;
  std::vector<bool> done_;
  std::map<FaultSet, uint32_t> numbers_;
  std::vector<FaultSet> sets_;
  std::vector<std::vector<uint32_t>> seeds_;   // per scenario
  std::vector<std::vector<uint32_t>> bySize_;  // scenarios
  std::vector<FaultSet> broken_;
  std::vector<Configuration> usual_;  // final configurations of runs without failures
  // Of the layer that is explored:
  uint32_t current_ = kNoState;
  std::vector<std::vector<uint32_t>> buckets_;  // states by depth
  std::vector<uint32_t> words_;
};

}  // namespace

void layeredFaults(FaultSpace& space, FaultReport& report) { LayeredSearch(space, report)(); }

}  // namespace funpass
