// Section 2: local reduction   t | σ →ʰ t' | σ'
#include "semantics/rule_set.hpp"

namespace funpass {

namespace {

LocalOutcome becomes(Handle contractum) { return {contractum, false, {}}; }
LocalOutcome refused(Rule rule, uint8_t premise, Binding first = {}, Binding second = {}) {
  return {0, false, refuse(rule, premise, first, second)};
}

// R-IntOp      E[n ⊕ n'] | σ →ʰ E[n''] | σ      n'' = n ⊕ n'
LocalOutcome rIntOp(const LocalRedex& c) {
  const Handle left = c.redex[0];
  const Handle right = c.redex[1];
  if (!c.arena.is(left, Tag::Int) || !c.arena.is(right, Tag::Int)) return refused(Rule::RIntOp, 0);
  const int64_t n = c.arena.integerOf(left);
  const int64_t m = c.arena.integerOf(right);
  int64_t result = 0;
  const bool overflow = c.redex.is(Tag::Add)   ? __builtin_add_overflow(n, m, &result)
                        : c.redex.is(Tag::Sub) ? __builtin_sub_overflow(n, m, &result)
                                               : __builtin_mul_overflow(n, m, &result);
  if (overflow) return refused(Rule::RIntOp, 1, {"n", left}, {"n'", right});
  return becomes(c.arena.integer(result));
}

// R-AppAbs     E[((x:T) ⇒ t) v] | σ →ʰ E[[x↦v]t] | σ
LocalOutcome rAppAbs(const LocalRedex& c) {
  const Node function = c.arena[c.redex[0]];
  if (!function.is(Tag::Lambda)) return refused(Rule::RAppAbs, 0);
  const Handle argument = c.redex[1];
  return becomes(substitute(c.arena, function[1], {&argument, 1}));
}

// R-AppSpore   E[(spore { x̄:T̄ = v̄ ; (x:T) ⇒ t }) v] | σ →ʰ E[[x̄↦v̄][x↦v]t] | σ
LocalOutcome rAppSpore(const LocalRedex& c) {
  const Node spore = c.arena[c.redex[0]];
  if (!spore.is(Tag::Spore)) return refused(Rule::RAppSpore, 0);
  std::vector<Handle> values{c.redex[1]};
  for (Handle entry = spore[0]; entry != 0; entry = c.arena[entry][2]) values.push_back(c.arena[entry][1]);
  return becomes(substitute(c.arena, spore[2], values));
}

// R-Await      E[await(ι)] | σ →ʰ E[v] | σ      if σ(ι) = v
LocalOutcome rAwait(const LocalRedex& c) {
  const Handle ident = c.redex[0];
  if (!c.arena.is(ident, Tag::Ident)) return refused(Rule::RAwait, 0);
  const Handle value = valueAt(c.arena, c.store, ident);
  if (value == 0) return refused(Rule::RAwait, 1, {"ι", ident});
  return becomes(value);
}

// R-Apply      E[apply(Ref(l,h̄), p)] | σ →ʰ E[Ref(l',h̄)] | σ      l' = Applied((h,i), l, p), i fresh
LocalOutcome rApply(const LocalRedex& c) {
  const Node ref = c.arena[c.redex[0]];
  const Handle spore = c.redex[1];
  if (!ref.is(Tag::Ref) || !c.arena.is(spore, Tag::Spore)) return refused(Rule::RApply, 0);
  const Handle ident = c.arena.ident(c.host, c.next, c.redex[2]);
  const Handle lineage = c.arena.make(Tag::Applied, ident, ref[0], spore);
  return {c.arena.make(Tag::Ref, lineage, ref[1]), true, {}};
}

// R-Seq        E[v ; t] | σ →ʰ E[t] | σ
LocalOutcome rSeq(const LocalRedex& c) { return becomes(c.redex[1]); }

// R-Here       E[currentHost] | σ →ʰ E[h] | σ
LocalOutcome rHere(const LocalRedex& c) { return becomes(c.arena.make(Tag::Host, c.host)); }

}  // namespace

std::vector<LocalRow> localRules() {
  return {
      {Rule::RIntOp, Tag::Add, true, rIntOp},       {Rule::RIntOp, Tag::Sub, true, rIntOp},
      {Rule::RIntOp, Tag::Mul, true, rIntOp},       {Rule::RAppAbs, Tag::App, true, rAppAbs},
      {Rule::RAppSpore, Tag::App, true, rAppSpore}, {Rule::RAwait, Tag::Await, false, rAwait},
      {Rule::RApply, Tag::Apply, false, rApply},    {Rule::RSeq, Tag::Seq, true, rSeq},
      {Rule::RHere, Tag::Here, false, rHere},
  };
}

}  // namespace funpass
