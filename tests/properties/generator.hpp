// Random well-typed programs: terms made from their types, choice by choice.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "lang/program.hpp"
#include "lang/term.hpp"

namespace funpass::test {

/// Makes a choice below a bound; 0 is always the simplest. What RapidCheck shrinks, or a Random.
using Choose = std::function<uint32_t(uint32_t bound)>;

/// Makes closed well-typed terms without `respond`, mobile where the rules ask for it.
class Generator {
 public:
  /// The arena must have hosts. Without `data` only the core calculus is used.
  Generator(Arena& arena, Choose choose, bool data) : arena_(arena), choose_(std::move(choose)), data_(data) {}

  /// A type with at most `depth` constructors on a path; a mobile one if `mobile`.
  Handle type(uint32_t depth, bool mobile);
  /// A closed term of this type with about `size` nodes.
  Handle term(Handle type, uint32_t size);
  /// A whole program: at blocks on some of the hosts.
  Program program(uint32_t size);

 private:
  using Scope = std::vector<Handle>;  // types, innermost last

  Handle in(const Scope& scope, Handle type, uint32_t size);
  Handle leaf(const Scope& scope, Handle type);
  Handle constant(Handle type);
  Handle constructed(const Scope& scope, Handle type, uint32_t size);
  Handle let(const Scope& scope, Handle type, uint32_t size);
  Handle appliedSpore(const Scope& scope, Handle type, uint32_t size);
  Handle lambda(const Scope& scope, Handle from, Handle to, uint32_t size);
  Handle function(const Scope& scope, Handle from, Handle to, uint32_t size);
  Handle spore(const Scope& scope, Handle from, Handle to, Handle captured, uint32_t size);
  Handle integerTerm(const Scope& scope, uint32_t size);
  Handle booleanTerm(const Scope& scope, uint32_t size);
  Handle listTerm(const Scope& scope, Handle element, uint32_t size);
  Handle referenceTerm(const Scope& scope, Handle type, uint32_t size);
  Handle capturedTypes(uint32_t depth);
  Handle comparableType();
  Handle person();
  Handle tint() { return arena_.make(Tag::TInt); }
  Handle list(Handle element) { return arena_.make(Tag::TList, element); }
  Symbol name();

  Arena& arena_;
  Choose choose_;
  bool data_;
};

}  // namespace funpass::test
