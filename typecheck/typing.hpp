// Γ; Σ ⊢ t : T: one function per rule of section 4, each from the types of a node's parts to the type of the node.
//
// The rules do not walk terms. Two walks call them: `Checker` over core terms, and the elaborator while it makes a core
// term from a surface tree, so an ill-typed program is refused by the same function at the very place.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "lang/rules.hpp"
#include "lang/term.hpp"

namespace funpass {

/// The first premise of a rule that fails.
struct TypeRefusal {
  Rule rule;
  uint8_t premise = 0;  ///< an entry of the rule's row in the table
  int part = -1;        ///< which field of the node is at fault; -1: the node itself
  int element = -1;     ///< if that field is a list of Entry or Arg nodes: which of them, from 0; -1: the list
  Handle found = 0;     ///< the type that the part has, if that is what is wrong
  Handle wanted = 0;    ///< the type that it should have, if there is one such type
  std::string message;  ///< in words, without types' texts where `found` and `wanted` say it
  std::string help;     ///< what to write instead; may be empty
  /// The field numbers from the root of the judged term to the node. A walk fills it; a rule alone leaves it empty.
  std::vector<uint8_t> path;
};

/// What a judgement comes to. It cannot be made without a rule.
class Typing {
 public:
  static Typing holds(Rule rule, Handle type) { return Typing(rule, type); }
  static Typing fails(TypeRefusal refusal) { return Typing(std::move(refusal)); }
  bool ok() const { return type_ != 0 || ok_; }
  Handle type() const { return type_; }
  Rule rule() const { return refusal_.rule; }
  const TypeRefusal& refusal() const { return refusal_; }

 private:
  Typing(Rule rule, Handle type) : type_(type), ok_(true) { refusal_.rule = rule; }
  explicit Typing(TypeRefusal refusal) : refusal_(std::move(refusal)) {}
  Handle type_ = 0;
  bool ok_ = false;
  TypeRefusal refusal_{};
};

/// Types of one arena that were found to be mobile.
using MobileTypes = std::unordered_set<Handle>;

/// What a rule sees: the node, and the types of its parts, one for each field that is a term (E, t, b or s), 0
/// elsewhere. The "type" of a list of Entry or Arg nodes is the list (TCons) of their types. A Var's type[0] is x:T ∈
/// Γ, 0 if x ∉ Γ.
struct TypePremises {
  Arena& arena;
  Node node;
  std::array<Handle, 3> type;
  bool mobility;
  MobileTypes* mobile = nullptr;  ///< what isMobile remembers from rule to rule
};

using TypeRule = Typing (*)(const TypePremises&);

/// A set of typing rules: for each kind of node its row. A wrong rule for teaching is another row.
struct TypeRules {
  std::array<TypeRule, kTags> row{};  ///< null: no term
};

/// The rules of the calculus, data extension included.
const TypeRules& typeRules();

/// Mobile(T): does a value of type T make sense on every host (section 4)? With `known`, T and its parts are added to
/// it if so, and are not walked again: a chain of types, each with the one before in it, takes linear time.
bool isMobile(const Arena& arena, Handle type, MobileTypes* known = nullptr);

/// Why it does not, in words, from the inside out: "Future[Int] is completed only at the host that asked".
std::string whyImmobile(const Arena& arena, Handle type);

/// Do == operands of this type exist: Int, Unit, Host, Bool, String, and lists and records of these?
bool isComparable(const Arena& arena, Handle type);

/// Applies the node's rule. Where a part's type is or contains TUnknown (an error was reported there already) nothing
/// is refused because of it, and the result may be TUnknown.
Typing conclude(const TypeRules& rules, const TypePremises& premises);

}  // namespace funpass
