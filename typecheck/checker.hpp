// Γ; Σ ⊢ t : T over core terms: the walk that calls the rules of typing.hpp, and Σ ⊢ l, Σ ⊢ r on its way.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "lang/configuration.hpp"
#include "lang/term.hpp"
#include "typecheck/sigma.hpp"
#include "typecheck/typing.hpp"

namespace funpass {

struct WfRules;
/// The rules of wellformed.hpp.
const WfRules& wfRules();

/// One use of a rule in a derivation.
struct Inference {
  Rule rule;
  Handle subject = 0;              ///< T-*: the term; WF-*: the lineage, reference, message, store's Leaf; 0: none
  Handle type = 0;                 ///< T-*: the term's type
  Handle gamma = 0;                ///< T-*: Γ as a list (TCons) of types, the innermost first
  uint32_t host = kNobody;         ///< WF-*: the host, or the one that a message is for, if there is one
  std::vector<uint32_t> premises;  ///< entries of the derivation, all earlier ones
};

/// A derivation as a flat list, premises first, the conclusion last. What is derived twice stands there once.
struct Derivation {
  std::vector<Inference> inferences;
  std::unordered_map<uint64_t, uint32_t> known;  ///< where (term, Γ) stands

  uint32_t add(Inference inference) {
    inferences.push_back(std::move(inference));
    return static_cast<uint32_t>(inferences.size() - 1);
  }
};

/// Types terms of one arena by one set of rules. What is judged of a node once is remembered. Σ is what the identifiers
/// carry, so judgements depend on nothing but the node.
class Checker {
 public:
  /// The arena and the rules must outlive this.
  Checker(Arena& arena, const TypeRules& rules, bool mobility, const WfRules& wf = wfRules());

  Arena& arena() { return *arena_; }
  bool mobility() const { return mobility_; }
  const WfRules& wf() const { return *wf_; }
  Sigmas& sigmas() { return sigmas_; }

  /// ∅;Σ ⊢ t : T for a term; Σ ⊢ l for a lineage (the "type" is Σ(id(l))). A refusal is the innermost one, the first
  /// from the left, and has the path from `t` to it.
  Typing typeOf(Handle t) { return walk(t, 0); }

  /// Σ ⊢ Ref(l,h̄), as typeOf, but without T-Ref.
  Typing reference(Handle r);

  /// The type of E[t] for a t of type `holeType`, where `context` is E. The rule of a Typing that holds is
  /// WF-HostConfig, which asks for it. The path of a refusal starts at the frame's node.
  Typing typeOfContext(Handle context, Handle holeType);

  /// The type of a host's term E[t]. The path of a refusal starts at the whole term.
  Typing typeOfTerm(const HostState& host);

  /// The derivation of typeOf(t); empty if that is refused.
  Derivation derive(Handle t);
  /// The same, added to a derivation: where its conclusion stands. Only for what typeOf does not refuse.
  uint32_t derive(Handle t, Derivation& into);

  /// What a walk over other nodes (stores, messages) remembers of them: that they were judged, and by which rule.
  bool isJudged(Handle node) const { return node < known_.size() && known_[node].type != 0; }
  void setJudged(Handle node, Rule rule) { remember(node, {node, rule}); }

  /// Goes on in a fresh arena; what was remembered is forgotten.
  void moveTo(Arena& arena);

 private:
  struct Known {
    Handle type = 0;
    Rule rule = Rule::Count;
  };
  struct Visit;
  struct Walk;

  void remember(Handle node, Known known);
  Typing walk(Handle t, Handle gamma, Derivation* into = nullptr);
  bool enter(Walk& walk, Handle t, Handle gamma) const;
  Typing judge(const Walk& walk, const Visit& visit);
  void layOut(Walk& walk) const;
  void record(Walk& walk, const Visit& visit, const Typing& typing) const;
  Typing frame(Handle frame, Handle holeType);

  Arena* arena_;
  const TypeRules* rules_;
  bool mobility_;
  const WfRules* wf_;
  Sigmas sigmas_;
  std::vector<Known> known_;  // per closed node
  MobileTypes mobile_;
  std::unordered_map<uint64_t, Handle> contextTypes_;  // per frame and type of the hole
};

}  // namespace funpass
