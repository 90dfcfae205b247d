// Derivations of Γ; Σ ⊢ t : T and Σ ⊢ H | M as trees.
#pragma once

#include <string>

#include "render/json.hpp"
#include "render/layout.hpp"
#include "typecheck/checker.hpp"

namespace funpass::render {

/// Proof trees as displays for LaTeX with amsmath and graphicx: what is too wide or high for one display, or is used
/// twice, is one of its own, 𝒟₁, 𝒟₂, …, below. Terms are shortened.
std::string derivationLatex(const Arena& arena, const Derivation& derivation, uint32_t conclusion);

/// The inference `conclusion` first, its premises below it and indented; terms shortened to the width. What was shown
/// once is not unfolded again.
std::string derivationText(const Arena& arena, const Derivation& derivation, uint32_t conclusion, const Style& style);

/// A flat list, premises before conclusions: {"rule", "subject", "type", "premises": [index…]}, with "host" where a
/// WF-* rule has one. Bound variables are x0, x1, … as in all JSON.
boost::json::array derivationJson(const Arena& arena, const Derivation& derivation);

}  // namespace funpass::render
