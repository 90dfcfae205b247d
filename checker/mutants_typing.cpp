// Wrong rules of section 4. A program that a wrong T-* row accepts is judged by the right rows when it runs.
#include "checker/mutants.hpp"
#include "typecheck/typing_parts.hpp"

namespace funpass {

namespace {

Typing right(const TypePremises& p) { return typeRules().row[p.node.tag](p); }

/// Puts `wrong` in place of the rows of `tags`.
template <TypeRule wrong, Tag... tags>
void with(RuleSet&, TypeRules& types, WfRules&) {
  for (const Tag tag : {tags...}) types.row[static_cast<size_t>(tag)] = wrong;
}

// Γ;Σ ⊢ t : `type`, whatever the parts are.
template <Rule rule, Tag type>
Typing alwaysOf(const TypePremises& p) {
  return holds(rule, p.arena.make(type));
}

// The right rule, asked as if field k had the type `type`.
Typing asIf(const TypePremises& p, size_t k, Handle type) {
  TypePremises other = p;
  other.type[k] = type;
  return right(other);
}

Typing withoutMobility(const TypePremises& p) {
  TypePremises other = p;
  other.mobility = false;
  return right(other);
}

Typing intOpIgnoresSecond(const TypePremises& p) { return asIf(p, 1, p.arena.make(Tag::TInt)); }

Typing absGivesParameter(const TypePremises& p) {
  return holds(Rule::TAbs, p.arena.make(Tag::TFun, p.node[0], p.node[0]));
}

// t t' : T', whatever the type of t' is, for a t of a type `function`.
template <Rule rule, Tag function>
Typing takesAnything(const TypePremises& p) {
  if (!p.arena.is(p.type[0], function)) return right(p);
  return holds(rule, p.arena[p.type[0]][1]);
}

Typing popAnywhere(const TypePremises& p) { return asIf(p, 0, p.arena.make(Tag::THost)); }

Typing applyIgnoresResult(const TypePremises& p) {
  const Handle spore = p.type[1];
  if (!p.arena.is(spore, Tag::TSpore) || elementOf(p.arena, Tag::TSiloRef, p.arena[spore][1]) != 0) return right(p);
  return holds(Rule::TApply, p.arena.make(Tag::TSiloRef, p.arena[spore][1]));
}

Typing applyIgnoresParameter(const TypePremises& p) {
  const Handle data = elementOf(p.arena, Tag::TSiloRef, p.type[0]);
  const Node spore = p.arena[p.type[1]];
  if (data == 0 || !spore.is(Tag::TSpore)) return right(p);
  return asIf(p, 1, p.arena.make(Tag::TSpore, data, spore[1], spore[2]));
}

Typing sendGivesData(const TypePremises& p) {
  const Handle data = elementOf(p.arena, Tag::TSiloRef, p.type[0]);
  return data == 0 ? right(p) : holds(Rule::TSend, data);
}

Typing awaitTakesAnything(const TypePremises& p) {
  return elementOf(p.arena, Tag::TFuture, p.type[0]) == 0 ? holds(Rule::TAwait, p.type[0]) : right(p);
}

Typing respondIgnoresValue(const TypePremises& p) { return asIf(p, 2, elementOf(p.arena, Tag::TFuture, p.type[1])); }

Typing idGivesData(const TypePremises& p) { return p.node[2] == 0 ? right(p) : holds(Rule::TId, p.node[2]); }

Typing refGivesFuture(const TypePremises& p) {
  Typing typing = right(p);
  if (!typing.ok()) return typing;
  return holds(Rule::TRef, p.arena.make(Tag::TFuture, p.arena[typing.type()][0]));
}

Typing seqGivesFirst(const TypePremises& p) { return holds(Rule::TSeq, p.type[0]); }

Typing reqUnchecked(const WfPremises& p) {
  const Node request = p.arena[p.subject];
  if (!p.arena.is(request[1], Tag::Ref) || !p.checker.reference(request[1]).ok()) {
    return wfRules().at(Rule::WFReq)(p);
  }
  return holds(Rule::WFReq, p.arena[request[2]][2]);
}

}  // namespace

std::vector<Mutant> typingMutants() {
  return {
      {"t-var-int", Rule::TVar, "every name is an Int", with<alwaysOf<Rule::TVar, Tag::TInt>, Tag::Var>, "progress", "",
       "host a at a { val u = unit; u + 1 }"},
      {"t-int-host", Rule::TInt, "an integer is a Host", with<alwaysOf<Rule::TInt, Tag::THost>, Tag::Int>, "progress",
       "", "host a at a { populate(1, unit) }"},
      {"t-unit-int", Rule::TUnit, "unit is an Int", with<alwaysOf<Rule::TUnit, Tag::TInt>, Tag::Unit>, "progress", "",
       "host a at a { unit + 1 }"},
      {"t-host-int", Rule::THost, "a host is an Int", with<alwaysOf<Rule::THost, Tag::TInt>, Tag::Host>, "progress", "",
       "host a at a { a + 1 }"},
      {"t-intop-ignores-second", Rule::TIntOp, "the second operand may have any type",
       with<intOpIgnoresSecond, Tag::Add, Tag::Sub, Tag::Mul>, "progress", "", "host a at a { 1 + unit }"},
      {"t-abs-parameter", Rule::TAbs, "a function's result has the type of its parameter",
       with<absGivesParameter, Tag::Lambda>, "progress", "", "host a at a { ((x: Int) => unit)(1) + 1 }"},
      {"t-app-ignores-parameter", Rule::TApp, "a function's argument may have any type",
       with<takesAnything<Rule::TApp, Tag::TFun>, Tag::App>, "progress", "",
       "host a at a { ((x: Int) => x + 1)(unit) }"},
      {"t-spore-without-mobility", Rule::TSpore, "a spore may capture anything", with<withoutMobility, Tag::Spore>,
       "progress", "",
       "host a, b at a { val r = populate(b, 1); val f = send(populate(a, 2)); await(send(apply(r,"
       " spore { g: Future[Int] = f; (x: Int) => populate(currentHost, await(g)) }))) }"},
      {"t-appspore-ignores-parameter", Rule::TAppSpore, "a spore's argument may have any type",
       with<takesAnything<Rule::TAppSpore, Tag::TSpore>, Tag::App>, "progress", "",
       "host a at a { spore { (x: Int) => x + 1 }(unit) }"},
      {"t-pop-anywhere", Rule::TPop, "the first argument may have any type", with<popAnywhere, Tag::Populate>,
       "progress", "", "host a at a { populate(1, 2) }"},
      {"t-pop-without-mobility", Rule::TPop, "a silo may hold anything", with<withoutMobility, Tag::Populate>,
       "lineage-mobility", "", "host a, b at a { populate(b, send(populate(b, 1))); 0 }"},
      {"t-apply-ignores-result", Rule::TApply, "the spore need not return a SiloRef",
       with<applyIgnoresResult, Tag::Apply>, "progress", "",
       "host a, b at a { await(send(apply(populate(b, 1), spore { (x: Int) => x }))) }"},
      {"t-apply-ignores-parameter", Rule::TApply, "the spore may take another type than the silo's data",
       with<applyIgnoresParameter, Tag::Apply>, "progress", "",
       "host a, b at a { await(send(apply(populate(b, unit), spore { (x: Int) => populate(currentHost, x + 1) }))) }"},
      {"t-send-data", Rule::TSend, "send gives the data, not a Future of it", with<sendGivesData, Tag::Send>,
       "progress", "", "host a at a { send(populate(a, 1)) + 1 }"},
      {"t-await-anything", Rule::TAwait, "anything may be awaited", with<awaitTakesAnything, Tag::Await>, "progress",
       "", "host a at a { await(1) }"},
      {"t-respond-ignores-value", Rule::TRespond, "a Future may be completed with a value of any type",
       with<respondIgnoresValue, Tag::Respond>, "progress", "",
       "host a, b at a { val f = send(populate(b, 1)); respond(a, f, unit); await(f) + 1 }"},
      {"t-id-data", Rule::TId, "an identifier has the type of the data, not of a Future of it",
       with<idGivesData, Tag::Ident>, "progress", "",
       "config { host a: (a,0) + 1 | { (a,0) -> 1 } next 1 messages: results: a none types: (a,0): Int }"},
      {"t-ref-future", Rule::TRef, "a reference is a Future", with<refGivesFuture, Tag::Ref>, "progress", "",
       "config { host a: await(Ref(Mat((a,0)), a)) | { (a,0) -> 1 } next 1 messages: results: a none"
       " types: (a,0): Int }"},
      {"t-seq-first", Rule::TSeq, "t ; t' has the type of t", with<seqGivesFirst, Tag::Seq>, "progress", "",
       "host a at a { { 1; unit } + 1 }"},
      {"t-here-int", Rule::THere, "currentHost is an Int", with<alwaysOf<Rule::THere, Tag::TInt>, Tag::Here>,
       "progress", "", "host a at a { currentHost + 1 }"},
      {"req-unchecked", Rule::WFReq, "a request may ask for data of any type",
       [](RuleSet&, TypeRules&, WfRules& wf) { wf.at(Rule::WFReq) = reqUnchecked; }, "",
       "R-Send and P-App put id(l) itself into the request for Ref(l,h̄), so what it asks for and what is awaited have "
       "one type; a premise that always holds is missed by nobody",
       "host a, b at a { await(send(populate(b, 1))) }"},
  };
}

}  // namespace funpass
