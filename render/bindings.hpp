// The metavariables of a rule of reduction, and what each is bound to at a step or at a refusal.
#pragma once

#include <string>
#include <vector>

#include "render/json.hpp"
#include "semantics/semantics.hpp"

namespace funpass::render {

/// How a term is written: in source notation, the same with canonical names (as in JSON), or for LaTeX's math mode.
enum class Form : uint8_t { Source, Canonical, Latex };

/// What a metavariable is bound to: words and nodes in a row.
struct Bound {
  struct Piece {
    std::string words;               ///< in the rule table's notation; unless there is a node
    Handle node = 0;                 ///< a term, type, lineage, message or store
    std::vector<std::string> names;  ///< of the node's free variables, innermost first
    bool numbered = false;           ///< is `words` a bound variable, or are `names`: in JSON they are x0, x1, …
  };
  std::string variable;
  std::vector<Piece> pieces;
  bool inPlace = true;  ///< short enough in kind to stand in the rule's formula: not E, σ, ρ or a sequence
};

/// The value within about `width` columns.
std::string boundText(const Arena& arena, const Bound& bound, Form form, uint32_t width);

/// The metavariables of the statement of `rule`, which is the step's or its inner one, in the order in which they
/// occur.
std::vector<Bound> bindings(Arena& arena, const Configuration& before, const Step& step, Rule rule);

/// [{"variable", "value"}], values within about `width` columns.
boost::json::array bindingsJson(const Arena& arena, const std::vector<Bound>& bound, uint32_t width);

/// `formula`, a statement or premise of the table, with what is bound and no wider than `widest` in the place of the
/// metavariables. In LaTeX it is a formula for math mode.
std::string instance(const Arena& arena, std::string_view formula, const std::vector<Bound>& bound, Form form,
                     uint32_t widest);

/// Does the metavariable occur in the formula?
bool occurs(std::string_view formula, std::string_view variable);

}  // namespace funpass::render
