// Σ ⊢ H | M: well-formed configurations, one function per rule of section 4.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "lang/configuration.hpp"
#include "lang/rules.hpp"
#include "typecheck/checker.hpp"

namespace funpass {

/// What a WF-* rule sees. What its premises ask of parts is judged before the rule is asked, so that it finds the
/// answer remembered. Σ(ι) is the type that ι carries; that one (h,i) has one type is judged first, of the whole
/// configuration.
struct WfPremises {
  Checker& checker;
  Arena& arena;
  Handle subject = 0;               ///< the lineage, reference, message, store or store's Leaf that is judged
  const HostState* host = nullptr;  ///< of WF-HostConfig: the host
  Handle sigma = 0;                 ///< of WF-StoreSup: the Σ' ⊇ Σ
};

/// A Typing whose type, where there is one, is that of the lineage's or reference's data.
using WfRule = Typing (*)(const WfPremises&);

/// A set of WF-* rules: for each its row. A wrong rule for teaching is another row.
struct WfRules {
  std::array<WfRule, static_cast<size_t>(Rule::Count)> row{};  ///< null: not a WF-* rule

  WfRule& at(Rule rule) { return row[static_cast<size_t>(rule)]; }
  WfRule at(Rule rule) const { return row[static_cast<size_t>(rule)]; }
};

/// Why a configuration is not well-formed: the innermost rule whose premise fails, and where that is.
struct WfRefusal {
  TypeRefusal premise;       ///< a WF-* or T-* rule, its premise, types and words; the path starts at `subject`
  Rule asked = Rule::Count;  ///< the rule that judges the subject: WF-Store2, WF-HostConfig, WF-Res, WF-Req, …
  uint32_t host = kNobody;   ///< at this host, or in a message to it
  Handle subject = 0;        ///< the store's Leaf, the message, or the host's term or result
  Handle ident = 0;          ///< the identifier that the subject is about, or that has two types
  Handle other = 0;          ///< that identifier at its other type, if it has two
};

/// What Σ ⊢ H | M comes to.
struct WellFormed {
  Handle sigma = 0;                  ///< Σ as a store from ι to Σ(ι): `entries` lists it in the order of (h,i)
  std::optional<WfRefusal> refusal;  ///< there is no Σ, or it does not do

  bool ok() const { return !refusal; }
};

/// Is there a Σ with Σ ⊢ H | M? Σ gives every identifier that occurs the type that it carries. What was judged once of
/// a store, message, term or context is remembered by the checker, so a successor costs what is new in it.
WellFormed checkConfiguration(Checker& checker, const Configuration& configuration);

/// The same where it is known that there is a Σ, since every (h,i) has one type (`Sigmas::oneTypeEach`): Σ is not
/// found.
WellFormed checkUnderSigma(Checker& checker, const Configuration& configuration);

/// The derivation of Σ ⊢ H | M down to the terms. Only for a well-formed configuration.
Derivation deriveConfiguration(Checker& checker, const Configuration& configuration);

}  // namespace funpass
