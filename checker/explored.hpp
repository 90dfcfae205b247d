// One exploration of a program within one budget of failures, with everything that properties are judged from.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "checker/calculus_model.hpp"
#include "checker/check.hpp"
#include "checker/mobility.hpp"
#include "typecheck/checker.hpp"

namespace funpass {

/// The first state in the order of the search at which something is wrong, and what.
struct Offence {
  uint32_t state = kNoState;
  std::string message;
  std::string canonical;  ///< the message with canonical names
  explicit operator bool() const { return state != kNoState; }
};

class Explored {
 public:
  Explored(Arena& arena, const Program& program, const CheckOptions& options, FailureBudget failures);

  /// Explores within the limits. A limit, of memory too, ends in what was found so far.
  void explore(const SearchLimits& limits);

  const FailureBudget& failures() const { return failures_; }
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
  uint32_t onCycle() const;
  /// For every state that was expanded: does it lie on a cycle?
  std::vector<bool> onCycles() const;

  Configuration configuration(uint32_t state) const { return model_.decode(graph_.states[state]); }
  Schedule scheduleTo(uint32_t state);
  Semantics& semantics() { return semantics_; }

  /// How many states have been expanded with all of their steps.
  uint32_t finished() const { return finished_; }

  /// All that was found of the states that are expanded: what a state has had of its steps when a limit came is left
  /// out.
  void save(Writer& out) const;
  /// Into one that has not explored yet; `explore` then goes on.
  void restore(Reader& in);

 private:
  void visit(uint32_t from, uint32_t index, uint32_t to, bool isNew);
  /// What is known of one state of one host, whatever the others are.
  struct Leaf {
    bool judged = false;
    bool fine = false;  ///< well-formed and mobile, and dom(ρ) ∩ dom(σ) = ∅
    Handle sigma = 0;
  };
  const Leaf& leaf(uint32_t host, uint32_t number);
  bool isFine(uint32_t from, const CalculusModel::Move& move);
  void judge(const CalculusModel::Move& move, uint32_t to, bool isNew);
  void judge(uint32_t state, const Configuration& configuration);
  Handle asksForKnown(const HostState& host) const;
  Handle sigmaOf(const Configuration& configuration);
  void endState(uint32_t state);

  Arena& arena_;
  FailureBudget failures_;
  Semantics semantics_;
  Checker checker_;
  MobilityCheck mobility_;
  Configuration initial_;
  CalculusModel model_;
  Exploration graph_;
  std::string limit_;
  RuleCounts rules_{};
  uint32_t finished_ = 0;    // states with all of their steps
  uint32_t shown_ = 0;       // steps counted of the next one
  RuleCounts unfinished_{};  // and what they counted, when a limit has ended the search
  std::vector<uint32_t> finals_;
  std::vector<uint32_t> stuck_;
  Offence illFormed_;
  Offence immobile_;
  std::vector<std::vector<Leaf>> leaves_;  // per host
  Handle sigma_ = 0;                       // of the state whose steps are being shown
  uint32_t sigmaState_ = kNoState;
};

}  // namespace funpass
