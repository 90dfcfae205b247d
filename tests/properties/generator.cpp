#include "tests/properties/generator.hpp"

#include <algorithm>
#include <array>

#include "typecheck/typing.hpp"

namespace funpass::test {

namespace {

// Names that collide with each other, with hosts and with operations, so that printing has something to avoid.
constexpr std::array<const char*, 8> kNames = {"x", "y", "z", "a", "map", "x1", "ps", "b"};

}  // namespace

Symbol Generator::name() { return arena_.symbol(kNames[choose_(kNames.size())]); }

Handle Generator::person() {
  const Handle age = arena_.make(Tag::TField, arena_.symbol("age"), tint());
  return arena_.make(Tag::TRecord, arena_.symbol("Person"),
                     arena_.make(Tag::TField, arena_.symbol("name"), arena_.make(Tag::TString), age));
}

Handle Generator::comparableType() {
  switch (choose_(data_ ? 5 : 3)) {
    case 0: return tint();
    case 1: return arena_.make(Tag::TUnit);
    case 2: return arena_.make(Tag::THost);
    case 3: return arena_.make(Tag::TString);
    default: return arena_.make(Tag::TBool);
  }
}

Handle Generator::capturedTypes(uint32_t depth) {
  Handle types = 0;
  for (uint32_t n = choose_(3); n > 0; --n) types = arena_.make(Tag::TCons, type(depth, true), types);
  return types;
}

Handle Generator::type(uint32_t depth, bool mobile) {
  if (depth == 0) return comparableType();
  switch (choose_(mobile ? (data_ ? 6 : 4) : (data_ ? 8 : 6))) {
    case 0: return tint();
    case 1: return comparableType();
    case 2: return arena_.make(Tag::TSiloRef, type(depth - 1, true));
    case 3: {
      const Handle from = type(depth - 1, false);
      const Handle to = type(depth - 1, false);
      return arena_.make(Tag::TSpore, from, to, capturedTypes(depth - 1));
    }
    case 4:
      if (data_) return list(type(depth - 1, mobile));
      return arena_.make(Tag::TFuture, type(depth - 1, true));
    case 5:
      if (data_) return person();
      return arena_.make(Tag::TFun, type(depth - 1, false), type(depth - 1, false));
    case 6: return arena_.make(Tag::TFuture, type(depth - 1, true));
    default: return arena_.make(Tag::TFun, type(depth - 1, false), type(depth - 1, false));
  }
}

Handle Generator::term(Handle type, uint32_t size) { return in({}, type, size); }

Handle Generator::constant(Handle type) {
  const Node node = arena_[type];
  if (node.is(Tag::TInt)) return arena_.integer(static_cast<int64_t>(choose_(7)) - 2);
  if (node.is(Tag::THost)) return arena_.make(Tag::Host, choose_(static_cast<uint32_t>(arena_.hosts().size())));
  if (node.is(Tag::TBool)) return arena_.boolean(choose_(2) == 1);
  if (node.is(Tag::TString)) {
    constexpr std::array<const char*, 9> kTexts = {
        "", "a", "b c", "\"\\\n", "é→𝛔", "漢字", "e\u0301\u0301", "\u0301\t\u0301", "\u202Eb\x1B[2J\u200B\uE000"};
    return arena_.string(kTexts[choose_(kTexts.size())]);
  }
  return arena_.make(Tag::Unit);
}

Handle Generator::leaf(const Scope& scope, Handle type) {
  std::vector<uint32_t> fitting;
  for (uint32_t i = 0; i < scope.size(); ++i) {
    if (scope[scope.size() - 1 - i] == type) fitting.push_back(i);
  }
  if (!fitting.empty() && choose_(4) != 1) {
    return arena_.make(Tag::Var, fitting[choose_(static_cast<uint32_t>(fitting.size()))]);
  }
  return constructed(scope, type, 0);
}

Handle Generator::lambda(const Scope& scope, Handle from, Handle to, uint32_t size) {
  Scope inner = scope;
  inner.push_back(from);
  const Handle made = arena_.make(Tag::Lambda, from, in(inner, to, size));
  arena_.setName(made, name());
  return made;
}

Handle Generator::spore(const Scope& scope, Handle from, Handle to, Handle captured, uint32_t size) {
  std::vector<Handle> types;
  for (; captured != 0; captured = arena_[captured][1]) types.push_back(arena_[captured][0]);
  const auto parts = static_cast<uint32_t>(types.size()) + 1;
  std::vector<Handle> terms;
  for (const Handle type : types) terms.push_back(in(scope, type, size / parts));
  const Scope body = [&] {
    Scope seen(types.rbegin(), types.rend());
    seen.push_back(from);
    return seen;
  }();
  Handle header = 0;
  for (size_t i = types.size(); i-- > 0;) {
    header = arena_.make(Tag::Entry, types[i], terms[i], header);
    arena_.setName(header, arena_.symbol("c" + std::to_string(i)));
  }
  const Handle made = arena_.make(Tag::Spore, header, from, in(body, to, size / parts));
  arena_.setName(made, name());
  return made;
}

Handle Generator::function(const Scope& scope, Handle from, Handle to, uint32_t size) {
  if (choose_(3) == 2) return spore(scope, from, to, capturedTypes(0), size);
  return lambda(scope, from, to, size);
}

Handle Generator::let(const Scope& scope, Handle type, uint32_t size) {
  const Handle bound = this->type(2, false);
  const Handle term = in(scope, bound, size / 2);
  return arena_.make(Tag::App, lambda(scope, bound, type, size - size / 2), term);
}

Handle Generator::appliedSpore(const Scope& scope, Handle type, uint32_t size) {
  const Handle from = this->type(1, false);
  const Handle p = spore(scope, from, type, capturedTypes(1), size / 2);
  return arena_.make(Tag::App, p, in(scope, from, size - size / 2));
}

Handle Generator::integerTerm(const Scope& scope, uint32_t size) {
  switch (choose_(data_ ? 6 : 3)) {
    case 0: return arena_.make(Tag::Add, in(scope, tint(), size / 2), in(scope, tint(), size / 2));
    case 1: return arena_.make(Tag::Sub, in(scope, tint(), size / 2), in(scope, tint(), size / 2));
    case 2: return arena_.make(Tag::Mul, in(scope, tint(), size / 2), in(scope, tint(), size / 2));
    case 3: return arena_.make(Tag::Size, in(scope, list(type(1, false)), size - 1));
    case 4: return arena_.make(Tag::Field, in(scope, person(), size - 1), arena_.symbol("age"));
    default: {
      const Handle element = type(1, false);
      const Handle f = function(scope, tint(), arena_.make(Tag::TFun, element, tint()), size / 3);
      return arena_.make(Tag::Fold, in(scope, list(element), size / 3), in(scope, tint(), size / 3), f);
    }
  }
}

Handle Generator::booleanTerm(const Scope& scope, uint32_t size) {
  const Handle boolean = arena_.make(Tag::TBool);
  switch (choose_(6)) {
    case 0: return arena_.make(Tag::Not, in(scope, boolean, size - 1));
    case 1: return arena_.make(Tag::And, in(scope, boolean, size / 2), in(scope, boolean, size / 2));
    case 2: return arena_.make(Tag::Or, in(scope, boolean, size / 2), in(scope, boolean, size / 2));
    case 3: {
      const Handle type = comparableType();
      return arena_.make(Tag::Eq, in(scope, type, size / 2), in(scope, type, size / 2));
    }
    case 4: {
      constexpr std::array<Tag, 4> kOrders = {Tag::Lt, Tag::Le, Tag::Gt, Tag::Ge};
      const Handle type = choose_(2) == 0 ? tint() : arena_.make(Tag::TString);
      const Tag order = kOrders[choose_(4)];
      return arena_.make(order, in(scope, type, size / 2), in(scope, type, size / 2));
    }
    default: {
      const Handle element = type(1, false);
      return arena_.make(Tag::Exists, in(scope, list(element), size / 2), function(scope, element, boolean, size / 2));
    }
  }
}

Handle Generator::listTerm(const Scope& scope, Handle element, uint32_t size) {
  const Handle type = list(element);
  switch (choose_(arena_.is(element, Tag::TInt) || arena_.is(element, Tag::TString) ? 7 : 6)) {
    case 0: {
      Handle made = arena_.make(Tag::Nil, element);
      for (uint32_t n = choose_(3) + 1; n > 0; --n) made = arena_.make(Tag::Cons, in(scope, element, size / 3), made);
      return made;
    }
    case 1: return arena_.make(Tag::Concat, in(scope, type, size / 2), in(scope, type, size / 2));
    case 2: {
      const Handle from = this->type(1, false);
      return arena_.make(Tag::Map, in(scope, list(from), size / 2), function(scope, from, element, size / 2), element);
    }
    case 3: {
      const Handle f = function(scope, element, arena_.make(Tag::TBool), size / 2);
      return arena_.make(Tag::Filter, in(scope, type, size / 2), f, element);
    }
    case 4: {
      const Handle from = this->type(1, false);
      return arena_.make(Tag::FlatMap, in(scope, list(from), size / 2), function(scope, from, type, size / 2), element);
    }
    case 5: {
      const Handle key = choose_(2) == 0 ? tint() : arena_.make(Tag::TString);
      return arena_.make(Tag::SortBy, in(scope, type, size / 2), function(scope, element, key, size / 2), key);
    }
    default:
      if (arena_.is(element, Tag::TString)) {
        return arena_.make(Tag::Split, in(scope, element, size / 2), in(scope, element, size / 2));
      }
      return arena_.make(Tag::Range, arena_.integer(choose_(3)), arena_.integer(choose_(6)));
  }
}

/// A term whose outermost form makes a value of the type.
Handle Generator::constructed(const Scope& scope, Handle type, uint32_t size) {
  const Node node = arena_[type];
  const uint32_t rest = size == 0 ? 0 : size - 1;
  if (node.is(Tag::TFun)) return lambda(scope, node[0], node[1], rest);
  if (node.is(Tag::TSpore)) return spore(scope, node[0], node[1], node[2], rest);
  if (node.is(Tag::TFuture)) return arena_.make(Tag::Send, in(scope, arena_.make(Tag::TSiloRef, node[0]), rest));
  if (node.is(Tag::TSiloRef)) return referenceTerm(scope, type, size);
  if (node.is(Tag::TRecord)) {
    const Handle age = arena_.make(Tag::Arg, in(scope, tint(), rest / 2));
    const Handle name = in(scope, arena_.make(Tag::TString), rest / 2);
    return arena_.make(Tag::Record, type, arena_.make(Tag::Arg, name, age));
  }
  if (node.is(Tag::TList) && size > 0) return listTerm(scope, node[0], size);
  if (node.is(Tag::TList)) {
    const Handle nil = arena_.make(Tag::Nil, node[0]);
    return choose_(2) == 0 ? nil : arena_.make(Tag::Cons, leaf(scope, node[0]), nil);
  }
  if (node.is(Tag::THost) && choose_(3) == 1) return arena_.make(Tag::Here);
  if (size == 0 || node.is(Tag::TUnit) || node.is(Tag::THost)) return constant(type);
  if (node.is(Tag::TInt)) return integerTerm(scope, size);
  if (node.is(Tag::TBool)) return booleanTerm(scope, size);
  if (choose_(3) == 1) return arena_.make(Tag::Field, in(scope, person(), rest), arena_.symbol("name"));
  return arena_.make(Tag::Concat, in(scope, type, size / 2), in(scope, type, size / 2));
}

Handle Generator::referenceTerm(const Scope& scope, Handle type, uint32_t size) {
  const Handle held = arena_[type][0];
  if (size > 2 && choose_(2) == 1) {
    const Handle from = this->type(1, true);
    const Handle p = spore(scope, from, type, capturedTypes(1), size / 2);
    return arena_.make(Tag::Apply, in(scope, arena_.make(Tag::TSiloRef, from), size / 2), p, held);
  }
  Handle where = in(scope, arena_.make(Tag::THost), size / 4);
  if (choose_(8) == 7 && arena_.hosts().size() > 1) {
    where = arena_.make(Tag::Host, 1, arena_.make(Tag::Host, 0));  // replicated
  }
  return arena_.make(Tag::Populate, where, in(scope, held, size == 0 ? 0 : size - 1), held);
}

Handle Generator::in(const Scope& scope, Handle type, uint32_t size) {
  if (size == 0) return leaf(scope, type);
  switch (choose_(data_ ? 9 : 8)) {
    case 0: return leaf(scope, type);
    case 1:
    case 2: return constructed(scope, type, size);
    case 3:
    case 4: return let(scope, type, size);
    case 5: {
      const Handle first = in(scope, this->type(1, false), size / 2);
      return arena_.make(Tag::Seq, first, in(scope, type, size / 2));
    }
    case 6: return appliedSpore(scope, type, size);
    case 7:
      if (!isMobile(arena_, type)) return constructed(scope, type, size);
      return arena_.make(Tag::Await, in(scope, arena_.make(Tag::TFuture, type), size - 1));
    default: {
      const Handle condition = in(scope, arena_.make(Tag::TBool), size / 3);
      return arena_.make(Tag::If, condition, in(scope, type, size / 3), in(scope, type, size / 3));
    }
  }
}

Program Generator::program(uint32_t size) {
  Program program;
  if (data_) program.records.push_back(person());
  const auto hosts = static_cast<uint32_t>(arena_.hosts().size());
  const uint32_t blocks = 1 + choose_(std::min(hosts, 2U));
  program.terms.assign(hosts, 0);
  program.types.assign(hosts, 0);
  for (uint32_t h = 0; h < blocks; ++h) {
    program.types[h] = type(1, false);
    program.terms[h] = term(program.types[h], size / blocks);
  }
  program.resultTypes = program.types;
  program.spans.assign(hosts, {});
  for (uint32_t h = 0; h < hosts; ++h) program.among.push_back(h);
  program.initial = initialConfiguration(arena_, program.terms);
  return program;
}

}  // namespace funpass::test
