// Quick runs. A request needs the item (root(l), h̄) of its reference; the item is gone once for every h of h̄ the host
// crashed or its copy was lost. Each way to choose is a cut: a run in which a cut fails at once may well get stuck.
#include <algorithm>
#include <set>

#include "checker/fault_space.hpp"
#include "semantics/recovery.hpp"

namespace funpass {

namespace {

constexpr uint64_t kSteps = 200'000;  // of all quick runs together
constexpr uint64_t kLongest = 5'000;  // of one
constexpr size_t kCuts = 4096;        // of one item

class QuickRuns {
 public:
  QuickRuns(FaultSpace& space, FaultReport& report)
      : space_(space),
        report_(report),
        meter_(space.options, report),
        most_(std::min(kSteps, space.options.maxStates)) {}

  void operator()() {
    configurations_.push_back(space_.initial);
    run({}, space_.initial, steps_, true);
    if (steps_.size() >= kLongest) return;
    for (size_t i = 0; i < items_.size(); ++i) {
      const Item item = items_[i];  // the runs find more
      cut(item);
    }
  }

 private:
  struct Item {
    uint32_t identHost, identIndex;
    std::vector<uint32_t> hosts;
  };

  struct Break {
    FaultSet set;
    FaultOutcome outcome;
  };

  void note(const Step& step) {
    if (step.rule != Rule::RSend && step.rule != Rule::RFailover) return;
    for (const Sent& sent : step.sent) {
      if (!space_.arena.is(sent.message, Tag::Req)) continue;
      const Node ref = space_.arena[space_.arena[sent.message][1]];
      const Handle ident = root(space_.arena, ref[0]);
      if (!known_.insert({ident, ref[1]}).second) continue;
      Item item{space_.arena[ident][0], space_.arena[ident][1], {}};
      for (Handle hosts = ref[1]; hosts != 0; hosts = space_.arena[hosts][1])
        item.hosts.push_back(space_.arena[hosts][0]);
      items_.push_back(std::move(item));
    }
  }

  void cut(const Item& item) {
    const std::vector<uint32_t>& among = space_.options.failures.among;
    const bool reachable = std::all_of(item.hosts.begin(), item.hosts.end(), [&](uint32_t h) {
      return std::find(among.begin(), among.end(), h) != among.end();
    });
    if (!reachable || item.hosts.size() > 12) return;
    for (size_t choice = 0; choice < std::min(size_t{1} << item.hosts.size(), kCuts); ++choice) {
      FaultSet set;
      for (size_t i = 0; i < item.hosts.size(); ++i) {
        FaultElement element{FaultElement::Kind::Crash, item.hosts[i]};
        if ((choice >> i & 1U) != 0)
          element = {FaultElement::Kind::DropAnswer, item.hosts[i], kNobody, item.identHost, item.identIndex};
        const Budget& given = space_.options.failures.budget;
        const bool possible = element.kind == FaultElement::Kind::Crash ? given.crashes > 0 : given.drops > 0;
        if (possible) set = with(std::move(set), space_.number(element));
      }
      if (set.size() == item.hosts.size() && space_.isWithin(set)) attempt(set);
    }
  }

  void attempt(const FaultSet& set) {
    for (size_t i = 0; i < configurations_.size() && report_.quickStates < most_; ++i) {
      if (containsOneOf(set, broken_)) return;
      std::vector<Step> steps(steps_.begin(), steps_.begin() + static_cast<std::ptrdiff_t>(i));
      const std::optional<Break> found = run(set, configurations_[i], steps, false);
      if (!found || containsOneOf(found->set, broken_)) continue;
      broken_.push_back(found->set);
      report_.witnesses.push_back({found->set, found->outcome, space_.rawRun(steps, found->set)});
    }
  }

  // Goes on with each host's first step in turn, and every failure of the set as soon as it can happen; gives what has
  // failed if the run ends stuck.
  std::optional<Break> run(const FaultSet& set, Configuration current, std::vector<Step>& steps, bool keep) {
    ++report_.quickRuns;
    FaultSet failed;
    uint32_t turn = 0;
    while (steps.size() < kLongest && report_.quickStates < most_) {
      meter_.expand(0, 0);
      ++report_.quickStates;
      const std::vector<Step> enabled = space_.semantics.steps(current);
      const Step* next = nullptr;
      for (const Step& step : enabled) {
        const uint32_t e = space_.elementOf(step);
        if (e == kNobody || !std::binary_search(set.begin(), set.end(), e)) continue;
        if (std::binary_search(failed.begin(), failed.end(), e)) continue;
        failed = with(std::move(failed), e);
        next = &step;
        break;
      }
      const auto hosts = static_cast<uint32_t>(current.hosts.size());
      for (uint32_t i = 0; i < hosts && next == nullptr; ++i) {
        const uint32_t host = (turn + i) % hosts;
        for (const Step& step : enabled) {
          if (step.host != host || isFailure(step)) continue;
          next = &step;
          turn = host + 1;
          break;
        }
      }
      if (next == nullptr) {
        const std::optional<FaultOutcome> outcome = space_.breaks(current, nullptr);
        return outcome ? std::optional(Break{std::move(failed), *outcome}) : std::nullopt;
      }
      note(*next);
      apply(space_.arena, *next, current);
      steps.push_back(*next);
      if (keep) configurations_.push_back(current);
    }
    return std::nullopt;
  }

  FaultSpace& space_;
  FaultReport& report_;
  FaultMeter meter_;
  uint64_t most_;                              // states
  std::vector<Configuration> configurations_;  // of the run without failures, and
  std::vector<Step> steps_;                    // its steps
  std::vector<Item> items_;
  std::set<std::pair<Handle, Handle>> known_;
  std::vector<FaultSet> broken_;
};

}  // namespace

void quickFaults(FaultSpace& space, FaultReport& report) { QuickRuns(space, report)(); }

}  // namespace funpass
