// Terms and types by hand, and what the checker says of them.
#pragma once

#include <string>
#include <vector>

#include "typecheck/checker.hpp"
#include "typecheck/wellformed.hpp"

namespace funpass::test {

struct Terms {
  Arena arena{{"a", "b", "c"}};
  Checker checker{arena, typeRules(), true};

  Handle tInt = arena.make(Tag::TInt);
  Handle tUnit = arena.make(Tag::TUnit);
  Handle tHost = arena.make(Tag::THost);
  Handle tBool = arena.make(Tag::TBool);
  Handle tString = arena.make(Tag::TString);
  Handle tUnknown = arena.make(Tag::TUnknown);
  Handle unit = arena.make(Tag::Unit);
  Handle here = arena.make(Tag::Here);

  Handle silo(Handle t) { return arena.make(Tag::TSiloRef, t); }
  Handle future(Handle t) { return arena.make(Tag::TFuture, t); }
  Handle listType(Handle t) { return arena.make(Tag::TList, t); }
  Handle fun(Handle from, Handle to) { return arena.make(Tag::TFun, from, to); }
  Handle sporeType(Handle from, Handle to, const std::vector<Handle>& captured = {}) {
    Handle list = 0;
    for (auto it = captured.rbegin(); it != captured.rend(); ++it) list = arena.make(Tag::TCons, *it, list);
    return arena.make(Tag::TSpore, from, to, list);
  }

  Handle num(int64_t n) { return arena.integer(n); }
  Handle str(const char* text) { return arena.string(text); }
  Handle yes() { return arena.boolean(true); }
  Handle var(uint32_t index) { return arena.make(Tag::Var, index); }
  Handle host(uint32_t h, Handle after = 0) { return arena.make(Tag::Host, h, after); }
  Handle lambda(Handle type, Handle body) { return arena.make(Tag::Lambda, type, body); }
  Handle entry(Handle type, Handle term, Handle rest = 0) { return arena.make(Tag::Entry, type, term, rest); }
  Handle spore(Handle header, Handle type, Handle body) { return arena.make(Tag::Spore, header, type, body); }
  Handle node(Tag tag, uint32_t x = 0, uint32_t y = 0, uint32_t z = 0) { return arena.make(tag, x, y, z); }
  /// spore { (x: from) => populate(currentHost, body) }
  Handle maker(Handle from, Handle body, Handle to) { return spore(0, from, node(Tag::Populate, here, body, to)); }
  Handle ident(uint32_t h, uint32_t i, Handle type) { return arena.ident(h, i, type); }
  Handle mat(Handle ident) { return arena.make(Tag::Mat, ident); }
  Handle ref(Handle lineage, uint32_t h) { return arena.make(Tag::Ref, lineage, host(h)); }
  Handle applied(Handle ident, Handle lineage, Handle spore) { return arena.make(Tag::Applied, ident, lineage, spore); }

  /// Does ∅;Σ ⊢ t : type hold, by `rule`?
  bool has(Handle t, Handle type, Rule rule) {
    const Typing typing = checker.typeOf(t);
    return typing.ok() && typing.type() == type && typing.rule() == rule;
  }
  /// The first premise that fails; a Rule::Count if none does.
  TypeRefusal refusal(Handle t) {
    const Typing typing = checker.typeOf(t);
    return typing.ok() ? TypeRefusal{Rule::Count, 0, -1, -1, 0, 0, "", "", {}} : typing.refusal();
  }
  bool refuses(Handle t, Rule rule, int premise, int part) {
    const TypeRefusal r = refusal(t);
    return r.rule == rule && r.premise == premise && r.part == part && !r.message.empty() &&
           r.premise < info(rule).premises.size();
  }
};

}  // namespace funpass::test
