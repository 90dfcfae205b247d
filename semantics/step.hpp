// What a reduction rule says of a configuration: a step, or the first of its premises that fails.
#pragma once

#include <array>
#include <vector>

#include <boost/container/small_vector.hpp>

#include "lang/configuration.hpp"
#include "lang/rules.hpp"
#include "lang/term.hpp"

namespace funpass {

/// A metavariable of a rule and what it stands for here.
struct Binding {
  const char* variable = nullptr;
  Handle node = 0;
};

/// The first premise of a rule that fails.
struct Refusal {
  Rule rule = Rule::Count;
  uint8_t premise = 0;              ///< an entry of the rule's row in the table
  std::array<Binding, 2> bindings;  ///< what the premise speaks of; a null variable ends them
};

/// h ← m, sent by a step.
struct Sent {
  uint32_t host;
  Handle message;
};
using SentMessages = boost::container::small_vector<Sent, 2>;

/// ρ(ι) = (r, a) of a host becomes (r, ⊥): the request or its answer is gone.
struct LostRequest {
  uint32_t host;
  Handle ident;
};

/// H | M ↠ H' | M': what changes at the one host that moves, and what it sends. Made only by a rule.
struct Step {
  explicit Step(Rule by) : rule(by) {}
  Rule rule;                 ///< of section 3
  Rule inner = Rule::Count;  ///< under R-Local the local rule, under R-Process and R-Process-Val the P- rule
  uint32_t host = 0;         ///< the host that moves
  Handle taken = 0;          ///< the message it took, 0 if none
  Handle redex = 0;          ///< the focus before
  Handle contractum = 0;     ///< what the rule put in its place
  HostState after;           ///< the host's new state, without the messages sent by this very step
  SentMessages sent;
  Budget budget;                  ///< of a failure: what is left after it
  std::vector<LostRequest> lost;  ///< of a failure: who has to ask again
};

/// Is it one of section 7's failures, which happen to a configuration rather than being taken by a host?
inline bool isFailureRule(Rule rule) { return info(rule).layer == Layer::Failure; }
inline bool isFailure(const Step& step) { return isFailureRule(step.rule); }

/// A Step or a Refusal.
class Outcome {
 public:
  Outcome(Step step) : step_(std::move(step)), holds_(true) {}          // NOLINT: a rule returns either
  Outcome(Refusal refusal) : step_(refusal.rule), refusal_(refusal) {}  // NOLINT
  explicit operator bool() const { return holds_; }
  const Step& step() const { return step_; }
  Step& step() { return step_; }
  const Refusal& refusal() const { return refusal_; }

 private:
  Step step_;
  Refusal refusal_{};
  bool holds_ = false;
};

/// C' for C ↠ C' by `step`. A message to a crashed host vanishes.
void apply(Arena& arena, const Step& step, Configuration& configuration);

}  // namespace funpass
