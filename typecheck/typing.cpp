// Section 4: typing   Γ; Σ ⊢ t : T
#include "typecheck/typing.hpp"

#include "typecheck/typing_parts.hpp"

namespace funpass {

namespace {

bool is(const TypePremises& p, int k, Tag tag) { return p.arena.is(p.type[static_cast<size_t>(k)], tag); }

Handle intType(const TypePremises& p) { return p.arena.make(Tag::TInt); }

// T-Var    x:T ∈ Γ ⟹ Γ;Σ ⊢ x : T
Typing tVar(const TypePremises& p) {
  if (p.type[0] == 0) return fails(Rule::TVar, 0, -1, 0, 0, "this name is not bound here");
  return holds(Rule::TVar, p.type[0]);
}

// T-Int    Γ;Σ ⊢ n : Int
Typing tInt(const TypePremises& p) { return holds(Rule::TInt, intType(p)); }

// T-Unit   Γ;Σ ⊢ unit : Unit
Typing tUnit(const TypePremises& p) { return holds(Rule::TUnit, p.arena.make(Tag::TUnit)); }

// T-Host   h ∈ ℋ ⟹ Γ;Σ ⊢ h : Host
Typing tHost(const TypePremises& p) {
  const size_t hosts = p.arena.hosts().size();
  for (Node host = p.node;; host = p.arena[host[1]]) {
    if (host[0] >= hosts) return fails(Rule::THost, 0, -1, 0, 0, "no such host is declared");
    if (host[1] == 0) break;
  }
  return holds(Rule::THost, p.arena.make(Tag::THost));
}

// T-IntOp  Γ;Σ ⊢ t : Int, Γ;Σ ⊢ t' : Int ⟹ Γ;Σ ⊢ t ⊕ t' : Int
Typing tIntOp(const TypePremises& p) {
  const Handle integer = intType(p);
  for (const int k : {0, 1}) {
    const Handle found = p.type[static_cast<size_t>(k)];
    if (agree(p.arena, found, integer) != 0) continue;
    const bool joins = p.node.is(Tag::Add) && (is(p, k, Tag::TString) || is(p, k, Tag::TList));
    return fails(Rule::TIntOp, static_cast<uint8_t>(k), k, found, integer,
                 p.node.is(Tag::Add)   ? "`+` adds integers"
                 : p.node.is(Tag::Sub) ? "`-` subtracts integers"
                                       : "`*` multiplies integers",
                 !joins                   ? ""
                 : is(p, k, Tag::TString) ? "strings are joined with `++`"
                                          : "lists are joined with `++`");
  }
  return holds(Rule::TIntOp, integer);
}

// T-Abs    Γ,x:T;Σ ⊢ t : T' ⟹ Γ;Σ ⊢ (x:T) ⇒ t : T ⇒ T'
Typing tAbs(const TypePremises& p) { return holds(Rule::TAbs, p.arena.make(Tag::TFun, p.node[0], p.type[1])); }

// What T-App and T-AppSpore have in common: t : T ⇒ T' with or without captured types, t' : T.
Typing applied(const TypePremises& p, Rule rule) {
  const Arrow arrow = arrowOf(p.arena, p.type[0]);
  if (arrow.to == 0) return fails(rule, 0, 0, p.type[0], 0, "this is applied, but it is not a function or a spore");
  if (agree(p.arena, p.type[1], arrow.from) == 0) {
    return fails(rule, 1, 1, p.type[1], arrow.from,
                 rule == Rule::TApp ? "the function takes another type than this argument's"
                                    : "the spore takes another type than this argument's");
  }
  return holds(rule, arrow.to);
}

// T-App    Γ;Σ ⊢ t : T ⇒ T', Γ;Σ ⊢ t' : T ⟹ Γ;Σ ⊢ t t' : T'
Typing tApp(const TypePremises& p) { return applied(p, Rule::TApp); }

// T-Spore  Γ;Σ ⊢ t̄ : T̄, x̄:T̄, x:T; Σ ⊢ t : T', Mobile(T̄) ⟹ Γ;Σ ⊢ spore { x̄:T̄ = t̄ ; (x:T) ⇒ t } : T ⇒ T' {type C = T̄}
Typing tSpore(const TypePremises& p) {
  const Handle captured = p.type[0];
  int element = 0;
  for (Handle rest = captured; p.mobility && rest != 0; rest = p.arena[rest][1], ++element) {
    const Handle type = p.arena[rest][0];
    if (isMobile(p.arena, type, p.mobile)) continue;
    return failsAt(Rule::TSpore, 2, 0, element, type, 0,
                   "a spore may run on another host, and this must not be captured: " + whyImmobile(p.arena, type));
  }
  return holds(Rule::TSpore, p.arena.make(Tag::TSpore, p.node[1], p.type[2], captured));
}

// T-Spore, first premise: Γ;Σ ⊢ t̄ : T̄ for one entry of the header. Its "type" is the list of captured types from here
// on.
Typing tSporeEntry(const TypePremises& p) {
  const Handle type = agree(p.arena, p.type[1], p.node[0]);
  if (type == 0) {
    return fails(Rule::TSpore, 0, 1, p.type[1], p.node[0], "the header declares another type than this term's");
  }
  return holds(Rule::TSpore, p.arena.make(Tag::TCons, p.node[0], p.type[2]));
}

// T-AppSpore  Γ;Σ ⊢ t : T ⇒ T' {type C = T̄}, Γ;Σ ⊢ t' : T ⟹ Γ;Σ ⊢ t t' : T'
Typing tAppSpore(const TypePremises& p) { return applied(p, Rule::TAppSpore); }

// The type of the function part chooses between T-App and T-AppSpore.
Typing application(const TypePremises& p) { return is(p, 0, Tag::TSpore) ? tAppSpore(p) : tApp(p); }

// T-Pop    Γ;Σ ⊢ t : Host or t = h̄ ⊆ ℋ, Γ;Σ ⊢ t' : T, Mobile(T) ⟹ Γ;Σ ⊢ populate(t,t') : SiloRef[T]
Typing tPop(const TypePremises& p) {
  const Handle host = p.arena.make(Tag::THost);
  if (agree(p.arena, p.type[0], host) == 0) {
    return fails(Rule::TPop, 0, 0, p.type[0], host, "the first argument of `populate` is the host that keeps the data",
                 "write a host's name, a list of hosts' names, or `currentHost`");
  }
  const Handle note = p.node[2];
  const Handle type = note == 0 ? p.type[1] : agree(p.arena, p.type[1], note);
  if (type == 0) return fails(Rule::TPop, 1, 1, p.type[1], note, "the silo was made for data of another type");
  if (p.mobility && !isMobile(p.arena, type, p.mobile)) {
    return fails(Rule::TPop, 2, 1, type, 0,
                 "a silo's data goes to another host, and this must not: " + whyImmobile(p.arena, type));
  }
  return holds(Rule::TPop, p.arena.make(Tag::TSiloRef, type));
}

// T-Apply  Γ;Σ ⊢ t : SiloRef[T], Γ;Σ ⊢ t' : T ⇒ SiloRef[T'] {type C = T̄}, Mobile(T') ⟹ Γ;Σ ⊢ apply(t,t') : SiloRef[T']
Typing tApply(const TypePremises& p) {
  const Handle data = elementOf(p.arena, Tag::TSiloRef, p.type[0]);
  if (data == 0) {
    return fails(Rule::TApply, 0, 0, p.type[0], 0, "`apply` takes a SiloRef and a spore, and this is not a SiloRef",
                 arrowOf(p.arena, p.type[0]).to != 0 ? "a function or spore is applied to a value by `f(x)`" : "");
  }
  const Handle spore = p.type[1];
  const Arrow arrow = arrowOf(p.arena, spore);
  if (is(p, 1, Tag::TFun)) {
    return fails(Rule::TApply, 1, 1, spore, 0,
                 "`apply` takes a spore: a plain function's type does not say what it captured",
                 "write `spore { (x: T) => … }`");
  }
  if (arrow.to == 0) {
    return fails(Rule::TApply, 1, 1, spore, 0, "`apply` takes a SiloRef and a spore, and this is not a spore");
  }
  if (agree(p.arena, arrow.from, data) == 0) {
    return fails(Rule::TApply, 1, 1, arrow.from, data, "the spore's parameter has another type than the silo's data");
  }
  const Handle made = elementOf(p.arena, Tag::TSiloRef, arrow.to);
  if (made == 0) {
    return fails(Rule::TApply, 1, 1, spore,
                 p.arena.make(Tag::TSpore, data, p.arena.make(Tag::TSiloRef, arrow.to), p.arena[spore][2]),
                 "the spore has to return a SiloRef", "put its result in a silo: `populate(currentHost, …)`");
  }
  const Handle note = p.node[2];
  const Handle type = note == 0 ? made : agree(p.arena, made, note);
  if (type == 0) {
    return fails(Rule::TApply, 1, 1, spore,
                 p.arena.make(Tag::TSpore, data, p.arena.make(Tag::TSiloRef, note), p.arena[spore][2]),
                 "the new silo was made for data of another type");
  }
  if (p.mobility && !isMobile(p.arena, type, p.mobile)) {
    return fails(Rule::TApply, 2, 1, type, 0,
                 "a silo's data goes to another host, and this must not: " + whyImmobile(p.arena, type));
  }
  return holds(Rule::TApply, p.arena.make(Tag::TSiloRef, type));
}

// T-Send   Γ;Σ ⊢ t : SiloRef[T] ⟹ Γ;Σ ⊢ send(t) : Future[T]
Typing tSend(const TypePremises& p) {
  const Handle data = elementOf(p.arena, Tag::TSiloRef, p.type[0]);
  if (data == 0) return fails(Rule::TSend, 0, 0, p.type[0], 0, "only a SiloRef can be sent for");
  return holds(Rule::TSend, p.arena.make(Tag::TFuture, data));
}

// T-Await  Γ;Σ ⊢ t : Future[T] ⟹ Γ;Σ ⊢ await(t) : T
Typing tAwait(const TypePremises& p) {
  const Handle data = elementOf(p.arena, Tag::TFuture, p.type[0]);
  if (data == 0) {
    return fails(Rule::TAwait, 0, 0, p.type[0], 0, "only a Future can be awaited",
                 is(p, 0, Tag::TSiloRef) ? "`send` makes a SiloRef's Future: `await(send(…))`" : "");
  }
  return holds(Rule::TAwait, data);
}

// T-Respond  h ∈ ℋ, Γ;Σ ⊢ t : Future[T], Γ;Σ ⊢ t' : T ⟹ Γ;Σ ⊢ respond(h,t,t') : Unit
Typing tRespond(const TypePremises& p) {
  if (p.node[0] >= p.arena.hosts().size()) return fails(Rule::TRespond, 0, 0, 0, 0, "no such host is declared");
  const Handle data = elementOf(p.arena, Tag::TFuture, p.type[1]);
  if (data == 0) return fails(Rule::TRespond, 1, 1, p.type[1], 0, "only a Future can be responded to");
  if (agree(p.arena, p.type[2], data) == 0) {
    return fails(Rule::TRespond, 2, 2, p.type[2], data, "the Future is for a value of another type");
  }
  return holds(Rule::TRespond, p.arena.make(Tag::TUnit));
}

// T-Id     Σ(ι) = T ⟹ Γ;Σ ⊢ ι : Future[T]
Typing tId(const TypePremises& p) {
  if (p.node[2] == 0) return fails(Rule::TId, 0, -1, 0, 0, "the type of this identifier is not known");
  return holds(Rule::TId, p.arena.make(Tag::TFuture, p.node[2]));
}

// T-Ref    Σ ⊢ Ref(l,h̄), Σ(id(l)) = T ⟹ Γ;Σ ⊢ Ref(l,h̄) : SiloRef[T]        (the walk judges Σ ⊢ Ref(l,h̄))
Typing tRef(const TypePremises& p) {
  const Handle type = p.arena[p.arena.idOf(p.node[0])][2];
  if (type == 0) return fails(Rule::TRef, 1, 0, 0, 0, "the type of this identifier is not known");
  return holds(Rule::TRef, p.arena.make(Tag::TSiloRef, type));
}

// T-Seq    Γ;Σ ⊢ t : T, Γ;Σ ⊢ t' : T' ⟹ Γ;Σ ⊢ t ; t' : T'
Typing tSeq(const TypePremises& p) { return holds(Rule::TSeq, p.type[1]); }

// T-Here   Γ;Σ ⊢ currentHost : Host
Typing tHere(const TypePremises& p) { return holds(Rule::THere, p.arena.make(Tag::THost)); }

TypeRules makeRules() {
  TypeRules rules;
  const auto row = [&rules](Tag tag, TypeRule rule) { rules.row[static_cast<size_t>(tag)] = rule; };
  row(Tag::Var, tVar);
  row(Tag::Int, tInt);
  row(Tag::Unit, tUnit);
  row(Tag::Host, tHost);
  row(Tag::Add, tIntOp);
  row(Tag::Sub, tIntOp);
  row(Tag::Mul, tIntOp);
  row(Tag::Lambda, tAbs);
  row(Tag::App, application);
  row(Tag::Spore, tSpore);
  row(Tag::Entry, tSporeEntry);
  row(Tag::Populate, tPop);
  row(Tag::Apply, tApply);
  row(Tag::Send, tSend);
  row(Tag::Await, tAwait);
  row(Tag::Respond, tRespond);
  row(Tag::Ident, tId);
  row(Tag::Ref, tRef);
  row(Tag::Seq, tSeq);
  row(Tag::Here, tHere);
  addDataRules(rules);
  return rules;
}

}  // namespace

const TypeRules& typeRules() {
  static const TypeRules rules = makeRules();
  return rules;
}

}  // namespace funpass
