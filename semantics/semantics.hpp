// H | M ↠ H' | M': all transitions of a configuration, in one order. Every verb calls this and nothing else.
#pragma once

#include <optional>
#include <vector>

#include "semantics/origin.hpp"
#include "semantics/rule_set.hpp"
#include "semantics/step.hpp"

namespace funpass {

/// Why a configuration has no transition (section 3).
enum class Standstill : uint8_t {
  Final,     ///< every live host's term is a value and no message is addressed to a live host
  Stuck,     ///< not final
  Lost,      ///< not final, for data is lost; without recovery that is so after every failure (section 7)
  Overflow,  ///< not final, and a host's next integer does not fit 64 bits: the tool's limit
};

class Semantics {
 public:
  /// The arena must outlive this; `rules` is copied. Steps are remembered for these rules and this arena. Failures
  /// happen at the hosts `among` (S), within the budget of a configuration.
  Semantics(Arena& arena, RuleSet rules, std::vector<uint32_t> among = {});

  Arena& arena() { return *arena_; }
  const RuleSet& ruleSet() const { return rules_; }

  /// From now on hosts number identifiers by origin; `numbering` must outlive this. Configurations then have its
  /// `next`.
  void numberBy(OriginNumbering& numbering) { numbering_ = &numbering; }

  /// The index that is fresh at the host's redex: its `next`, unless identifiers are numbered by origin.
  Fresh fresh(const HostState& host) {
    return numbering_ == nullptr ? Fresh{host.next, host.next + 1} : numbering_->fresh(*arena_, host);
  }

  /// Every C ↠ C', in order: hosts as declared; per host its local or distributed step, or else one delivery for each
  /// distinct message, in structural order; then failures: crashes, restarts, drops, duplicates, by host and message.
  std::vector<Step> steps(const Configuration& configuration);

  /// Those of one host, failures not among them; and the failures alone.
  std::vector<Step> stepsOf(const Configuration& configuration, uint32_t host);
  std::vector<Step> failures(const Configuration& configuration);

  /// The first of the host's steps in that order.
  std::optional<Step> firstStep(const Configuration& configuration, uint32_t host);

  /// h ∈ S
  bool mayFail(uint32_t host) const;

  /// How many of steps(C) are the host's, failures not counted.
  uint32_t countSteps(const Configuration& configuration, uint32_t host);

  /// For every rule of sections 2 and 3 (and the data extension's) that cannot fire at this host, its first failing
  /// premise, in the order of the specification. A delivering rule is asked about the first message, if there is one.
  std::vector<Refusal> refusals(const Configuration& configuration, uint32_t host);

  /// Of a configuration without steps other than failures, in a run that began with the budget `given`.
  Standstill standstill(const Configuration& configuration, const Budget& given = {});

  /// t | σ →ʰ t' | σ' at the host's redex by the first local rule that applies: which, and what it gives. A refusal is
  /// that of the last rule tried.
  struct Local {
    Rule rule = Rule::Count;
    LocalOutcome outcome;
  };
  Local local(const HostState& state, uint32_t host);

  /// What R-Local makes of a host, given what its redex becomes.
  void moveLocally(HostState& host, const LocalOutcome& outcome);

  /// What the P- rules are asked about: h takes m.
  Delivery delivery(uint32_t host, Handle message, const HostState& state) {
    return {*arena_, host, message, state.store, state.asked, state.inbox, rules_.recovery};
  }

  /// process(h, m, σ) by the first P- rule that applies.
  struct Process {
    Rule rule = Rule::Count;
    Processed outcome;
  };
  Process process(uint32_t host, Handle message, const HostState& state);

  /// Goes on in a fresh arena into which what is live was copied: what was remembered is forgotten.
  void moveTo(Arena& arena);
  /// Are pure steps remembered, as they are at first? Not while the arena has young nodes.
  void remember(bool on) { remembers_ = on; }

 private:
  template <typename Take>
  void eachStep(const Configuration& configuration, uint32_t host, Take take);

  void addFailures(const Configuration& configuration, std::vector<Step>& found);

  Arena* arena_;
  RuleSet rules_;
  std::vector<uint32_t> among_;
  OriginNumbering* numbering_ = nullptr;
  std::vector<std::vector<LocalRow>> byRedex_;           // per Tag, the local rules for that shape of redex
  std::vector<std::vector<DistributedRow>> moving_;      // per Tag of the focus, the distributed rules to try
  std::vector<std::vector<DistributedRow>> delivering_;  // the same, of those that deliver
  bool remembers_ = true;
  // The pure local step of each node that is a redex and was met.
  std::vector<Handle> contractum_;
  std::vector<Rule> localRule_;
};

/// Gives the host E[t] as its term: decomposed anew, its result noted if t is the first value it reaches. And the same
/// in a copy.
void goOn(Arena& arena, HostState& host, Handle t, Handle context);
HostState withTerm(Arena& arena, HostState host, Handle t, Handle context);

}  // namespace funpass
