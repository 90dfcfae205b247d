// One exploration of a program within one budget of failures, with everything that properties are judged from.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checker/calculus_model.hpp"
#include "checker/check.hpp"
#include "checker/mobility.hpp"
#include "checker/reduced_model.hpp"
#include "checker/self_check.hpp"
#include "typecheck/checker.hpp"

namespace funpass {

/// The first state in the order of the search at which something is wrong, and what.
struct Offence {
  uint32_t state = kNoState;
  std::string message;
  std::string canonical;  ///< the message with canonical names
  // With reductions, where it is after `state`: in which of its macro-steps (kNoState: the one that leads to it), and
  // after how many steps of that.
  uint32_t macro = kNoState;
  uint32_t micros = 0;
  explicit operator bool() const { return state != kNoState; }
};

class Explored {
 public:
  Explored(Arena& arena, const Program& program, const CheckOptions& options, FailureBudget failures,
           ReductionSet reductions = {});

  /// Explores within the limits. A limit, of memory too, ends in what was found so far.
  void explore(const SearchLimits& limits);

  const FailureBudget& failures() const { return failures_; }
  const ReductionSet& reductions() const { return reductions_; }  ///< as asked for
  const ReductionSet& effective() const { return effective_; }    ///< without those that cannot be on here
  bool complete() const { return graph_.complete && limit_.empty(); }
  const std::string& limit() const { return limit_; }
  const Exploration& graph() const { return graph_; }
  const RuleCounts& rules() const { return rules_; }

  // States by number, in the order of the search.
  const std::vector<uint32_t>& finals() const { return finals_; }
  const std::vector<uint32_t>& stuck() const { return stuck_; }
  bool isLost(uint32_t state);  ///< of a stuck one: lost data, not a bug
  const Offence& illFormed() const { return illFormed_; }
  const Offence& immobile() const { return immobile_; }
  /// The first state that lies on a cycle, kNoState if there is none.
  uint32_t onCycle() const;

  Configuration configuration(uint32_t state) const {
    return reduced_ ? reduced_->decode(graph_.states[state]) : model_.decode(graph_.states[state]);
  }
  /// A run of the calculus to a state. With reductions its last configuration has the names that the run makes.
  const ReducedModel::RawRun& runTo(uint32_t state);
  /// Nothing if there is no memory left to write the run out.
  std::optional<Schedule> scheduleTo(uint32_t state);
  std::optional<Schedule> scheduleTo(const Offence& offence);
  Semantics& semantics() { return semantics_; }

 private:
  void exploreReduced(const SearchLimits& limits);
  std::vector<uint32_t> macroPathTo(uint32_t state) const;
  void visitMicro(const ReducedModel::Micro& micro);
  void visit(uint32_t from, uint32_t index, uint32_t to, bool isNew);
  Handle judge(uint32_t state, const Configuration& configuration);
  Handle judgeTypes(uint32_t state, Handle sigma, Handle after);
  void judgeAsked(uint32_t state, const Step& step);
  Handle sigmaOf(const Configuration& configuration);
  void endState(uint32_t state);
  void standStill(uint32_t state, const Configuration& configuration);

  Arena& arena_;
  FailureBudget failures_;
  Semantics semantics_;
  Checker checker_;
  MobilityCheck mobility_;
  Configuration initial_;
  CalculusModel model_;
  ReductionSet reductions_;
  ReductionSet effective_;
  std::unique_ptr<ReducedModel> reduced_;  // null: the raw graph
  std::optional<SelfCheck> selfCheck_;
  uint32_t expanding_ = 0;
  Configuration judged_;  // the last that was, and its Σ
  Handle judgedSigma_ = 0;
  Configuration changed_;      // the hosts that a step changes, the others crashed
  std::vector<uint32_t> via_;  // by which macro-step each state was met first; of the first state nothing
  bool unwritten_ = false;     // was there too little memory for some run?
  std::map<uint32_t, ReducedModel::RawRun> runs_;  // those that were asked for
  Exploration graph_;
  std::string limit_;
  RuleCounts rules_{};
  std::vector<uint32_t> finals_;
  std::vector<uint32_t> stuck_;
  Offence illFormed_;
  Offence immobile_;
  Handle sigma_ = 0;  // of the state whose steps are being shown
  uint32_t sigmaState_ = kNoState;
};

}  // namespace funpass
