// Steps of a trace, and why a rule does not apply.
#pragma once

#include <string>
#include <vector>

#include "render/json.hpp"
#include "render/layout.hpp"
#include "semantics/semantics.hpp"

namespace funpass::render {

/// "R-Local/R-AppAbs": a step's rule and the rule under it.
std::string ruleName(const Step& step);
std::string ruleName(Rule rule, Rule inner);

/// What a failure of host `host` is, in words: "b crashes".
std::string failureText(const Step& step, const std::string& host);

/// An entry of σ' that differs from σ: `+ ι -> v` or `- ι`.
struct StoreChange {
  Handle ident;
  Handle value;  ///< 0: it is gone
};
std::vector<StoreChange> storeChanges(const Arena& arena, Handle before, Handle after);

/// The result that the step's host reaches by it, 0 if none.
Handle newResult(const Arena& arena, const Configuration& before, const Step& step);

/// What a step is, as text: the rule's name on every line; first what the redex became, then a line for the message it
/// took, each message it sent, each change of the store and a result that was reached.
std::string stepText(const Arena& arena, uint64_t number, const Configuration& before, const Step& step,
                     const Style& style);

/// The same as an entry of "trace", nothing shortened.
boost::json::object stepJson(const Arena& arena, uint64_t number, const Configuration& before, const Step& step);

/// Does the rule want another shape of redex than the host has (its first premise)?
bool wantsAnotherRedex(const Refusal& refusal);

/// The failing premise with what it says here: "ι ∈ dom(σ) fails: (a,0) ∉ dom(σ) of a".
std::string refusalText(Arena& arena, const Configuration& configuration, uint32_t host, const Refusal& refusal,
                        uint32_t width);

/// {"rule", "premise", "because"}
boost::json::object refusalJson(Arena& arena, const Configuration& configuration, uint32_t host,
                                const Refusal& refusal);

}  // namespace funpass::render
