// One exploration of a program within one budget of failures, with everything that properties are judged from.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checker/batched.hpp"
#include "checker/calculus_model.hpp"
#include "checker/check.hpp"
#include "checker/mobility.hpp"
#include "checker/reduced_model.hpp"
#include "checker/self_check.hpp"
#include "checker/type_classes.hpp"
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
  /// Not complete, and larger limits would let it go on.
  bool goesOn() const;
  const Exploration& graph() const { return graph_; }
  const RuleCounts& rules() const { return rules_; }

  // States by number, in the order of the search.
  const std::vector<uint32_t>& finals() const { return finals_; }
  const std::vector<uint32_t>& stuck() const { return stuck_; }
  bool isLost(uint32_t state);  ///< of a stuck one: lost data, not a bug
  const Offence& illFormed() const { return illFormed_; }
  const Offence& immobile() const { return immobile_; }
  /// The first state that lies on a cycle, kNoState if there is none.
  uint32_t onCycle();
  /// For every state that was expanded: does it lie on a cycle?
  std::vector<bool> onCycles();

  Configuration configuration(uint32_t state) const {
    return reduced_ ? reduced_->decode(graph_.states[state]) : model_.decode(graph_.states[state]);
  }
  /// A run of the calculus to a state. With reductions its last configuration has the names that the run makes.
  const ReducedModel::RawRun& runTo(uint32_t state);
  /// Nothing if there is no memory left to write the run out.
  std::optional<Schedule> scheduleTo(uint32_t state);
  std::optional<Schedule> scheduleTo(const Offence& offence);
  Semantics& semantics() { return semantics_; }

  /// How many states have been expanded with all of their steps.
  uint32_t finished() const { return finished_; }

  /// All that was found of the states that are expanded: what a state has had of its steps when a limit came is left
  /// out.
  void save(Writer& out) const;
  /// Into one that has not explored yet; `explore` then goes on.
  void restore(Reader& in);

 private:
  bool needsEdges();
  void exploreRaw(const SearchLimits& limits);
  bool leavesAreFine();
  bool typesAgree(StateView from, std::span<const CalculusModel::Change> changes) const;
  void exploreReduced(const SearchLimits& limits);
  std::vector<uint32_t> macroPathTo(uint32_t state) const;
  void visitMicro(const ReducedModel::Micro& micro);
  void visit(uint32_t from, uint32_t index, uint32_t to, bool isNew);
  /// What is known of one state of one host, whatever the others are.
  struct Leaf {
    bool judged = false;
    bool fine = false;  ///< well-formed and mobile, and dom(ρ) ∩ dom(σ) = ∅
    Handle sigma = 0;
    uint32_t types = 0;  ///< the number of Σ in types_
  };
  const Leaf& leaf(uint32_t host, uint32_t number);
  bool isFine(uint32_t from, const CalculusModel::Move& move);
  void judge(const CalculusModel::Move& move, uint32_t to, bool isNew);
  Handle judge(uint32_t state, const Configuration& configuration, bool findsSigma = true);
  void judgeTypes(uint32_t state, Handle sigma, Handle after);
  void judgeAsked(uint32_t state, uint32_t host, const HostState& before, const HostState& after);
  Handle asksForKnown(const HostState& host) const;
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
  Configuration changed_;      // the hosts that a step changes, the others crashed
  std::vector<uint32_t> via_;  // by which macro-step each state was met first; of the first state nothing
  bool unwritten_ = false;     // was there too little memory for some run?
  std::map<uint32_t, ReducedModel::RawRun> runs_;  // those that were asked for
  Exploration graph_;
  bool keepsEdges_;
  unsigned threads_;
  bool plain_;
  bool judges_;  // subject reduction or mobility
  std::string limit_;
  RuleCounts rules_{};
  uint32_t restored_ = 0;       // states that were expanded by another
  uint32_t finished_ = 0;       // states with all of their steps
  uint64_t transitions_ = 0;    // of these
  uint32_t shown_ = 0;          // steps counted of the next one
  RuleCounts unfinished_{};     // and what they counted, when a limit has ended the search
  RuleCounts finishedRules_{};  // with reductions: counted of the finished states
  std::vector<uint32_t> finals_;
  std::vector<uint32_t> stuck_;
  Offence illFormed_;
  Offence immobile_;
  std::vector<std::vector<Leaf>> leaves_;  // per host
  std::vector<uint32_t> leavesJudged_;     // per host
  bool leavesFine_ = true;                 // all of these
  TypeClasses types_;                      // of the Σ of all leaves that were judged
  Handle sigma_ = 0;                       // of the state whose steps are being shown, if it is needed
  uint32_t sigmaState_ = kNoState;
};

}  // namespace funpass
