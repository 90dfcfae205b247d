// What the rules of typing.cpp and typing_data.cpp are written with. TUnknown agrees with every type.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "typecheck/typing.hpp"

namespace funpass {

/// The type that `a` and `b` both are, where one knows what the other does not; 0 if they differ.
Handle agree(Arena& arena, Handle a, Handle b);

/// T of a type `tag[T]` (TSiloRef, TFuture, TList); TUnknown of TUnknown; else 0.
Handle elementOf(Arena& arena, Tag tag, Handle type);

/// The two sides of T ⇒ T' and T ⇒ T' {type C = T̄}; TUnknown both of TUnknown; else 0.
struct Arrow {
  Handle from = 0;
  Handle to = 0;
};
Arrow arrowOf(Arena& arena, Handle type);

/// Is it Int or String (or not known)?
bool isOrdered(const Arena& arena, Handle type);

inline Handle unknownType(Arena& arena) { return arena.make(Tag::TUnknown); }

inline Typing holds(Rule rule, Handle type) { return Typing::holds(rule, type); }

/// The premise fails at field `part`, whose type is `found`.
inline Typing fails(Rule rule, uint8_t premise, int part, Handle found, Handle wanted, std::string_view message,
                    std::string_view help = {}) {
  TypeRefusal refusal;
  refusal.rule = rule;
  refusal.premise = premise;
  refusal.part = part;
  refusal.found = found;
  refusal.wanted = wanted;
  refusal.message = message;
  refusal.help = help;
  return Typing::fails(std::move(refusal));
}

/// The same, at one element of the list of entries or arguments that stands in field `part`.
inline Typing failsAt(Rule rule, uint8_t premise, int part, int element, Handle found, Handle wanted,
                      std::string_view message, std::string_view help = {}) {
  TypeRefusal refusal = fails(rule, premise, part, found, wanted, message, help).refusal();
  refusal.element = element;
  return Typing::fails(std::move(refusal));
}

/// Fills the rows of the data extension: typing_data.cpp.
void addDataRules(TypeRules& rules);

}  // namespace funpass
