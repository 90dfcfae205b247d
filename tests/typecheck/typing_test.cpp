#include <doctest/doctest.h>

#include "tests/typecheck/terms.hpp"

using namespace funpass;
using Terms = funpass::test::Terms;

TEST_CASE_FIXTURE(Terms, "T-Var: a bound variable has its binder's type") {
  CHECK(has(lambda(tInt, var(0)), fun(tInt, tInt), Rule::TAbs));
  CHECK(has(lambda(tInt, lambda(tHost, var(1))), fun(tInt, fun(tHost, tInt)), Rule::TAbs));
  CHECK(refuses(var(0), Rule::TVar, 0, -1));
  CHECK(refusal(lambda(tInt, node(Tag::Seq, unit, var(1)))).path == std::vector<uint8_t>{1, 1});
}

TEST_CASE_FIXTURE(Terms, "T-Int: integers") { CHECK(has(num(-5), tInt, Rule::TInt)); }

TEST_CASE_FIXTURE(Terms, "T-Unit: unit") { CHECK(has(unit, tUnit, Rule::TUnit)); }

TEST_CASE_FIXTURE(Terms, "T-Host: declared hosts") {
  CHECK(has(host(2), tHost, Rule::THost));
  CHECK(refuses(host(3), Rule::THost, 0, -1));
}

TEST_CASE_FIXTURE(Terms, "T-IntOp: integers on both sides") {
  CHECK(has(node(Tag::Add, num(1), num(2)), tInt, Rule::TIntOp));
  CHECK(has(node(Tag::Mul, num(1), node(Tag::Sub, num(1), num(2))), tInt, Rule::TIntOp));
  CHECK(refuses(node(Tag::Mul, num(1), unit), Rule::TIntOp, 1, 1));
  const TypeRefusal r = refusal(node(Tag::Add, str("Hi, "), str("Ann")));
  CHECK(r.premise == 0);
  CHECK(r.found == tString);
  CHECK(r.wanted == tInt);
  CHECK(r.help.find("++") != std::string::npos);
}

TEST_CASE_FIXTURE(Terms, "T-Abs: a function's body has its parameter") {
  CHECK(has(lambda(tInt, node(Tag::Add, var(0), num(1))), fun(tInt, tInt), Rule::TAbs));
}

TEST_CASE_FIXTURE(Terms, "T-App: a function and an argument of its type") {
  const Handle f = lambda(tInt, var(0));
  CHECK(has(node(Tag::App, f, num(1)), tInt, Rule::TApp));
  CHECK(refuses(node(Tag::App, num(1), num(1)), Rule::TApp, 0, 0));
  CHECK(refuses(node(Tag::App, f, unit), Rule::TApp, 1, 1));
  CHECK(refusal(node(Tag::App, f, unit)).found == tUnit);
  CHECK(refusal(node(Tag::App, f, unit)).wanted == tInt);
}

TEST_CASE_FIXTURE(Terms, "T-Spore: the body sees the header and the parameter, nothing else") {
  const Handle header = entry(tInt, num(1), entry(tHost, host(1)));
  CHECK(has(spore(header, tUnit, var(1)), sporeType(tUnit, tInt, {tInt, tHost}), Rule::TSpore));
  CHECK(has(spore(header, tUnit, var(2)), sporeType(tUnit, tHost, {tInt, tHost}), Rule::TSpore));
  CHECK(has(spore(0, tUnit, var(0)), sporeType(tUnit, tUnit), Rule::TSpore));
  CHECK(refuses(lambda(tInt, spore(0, tUnit, var(1))), Rule::TVar, 0, -1));
  CHECK(has(lambda(tInt, spore(entry(tInt, var(0)), tUnit, var(1))), fun(tInt, sporeType(tUnit, tInt, {tInt})),
            Rule::TAbs));
  CHECK(refuses(spore(entry(tInt, unit), tUnit, var(0)), Rule::TSpore, 0, 1));
  CHECK(refusal(spore(entry(tInt, num(1), entry(tInt, unit)), tUnit, var(0))).path == std::vector<uint8_t>{0, 2});
}

TEST_CASE_FIXTURE(Terms, "T-Spore: captured types are mobile") {
  const Handle asked = ident(0, 0, tInt);
  const Handle t = spore(entry(tInt, num(1), entry(future(tInt), asked)), tUnit, node(Tag::Await, var(2)));
  CHECK(refuses(t, Rule::TSpore, 2, 0));
  CHECK(refusal(t).element == 1);
  CHECK(refusal(t).message.find("Future[Int]") != std::string::npos);
  Checker lenient(arena, typeRules(), false);
  CHECK(lenient.typeOf(t).type() == sporeType(tUnit, tInt, {tInt, future(tInt)}));
}

TEST_CASE_FIXTURE(Terms, "T-AppSpore: a spore and an argument of its type") {
  const Handle p = spore(entry(tInt, num(1)), tInt, node(Tag::Add, var(0), var(1)));
  CHECK(has(node(Tag::App, p, num(1)), tInt, Rule::TAppSpore));
  CHECK(refuses(node(Tag::App, p, unit), Rule::TAppSpore, 1, 1));
}

TEST_CASE_FIXTURE(Terms, "T-Pop: a host, or several, and mobile data") {
  CHECK(has(node(Tag::Populate, host(1), num(1), tInt), silo(tInt), Rule::TPop));
  CHECK(has(node(Tag::Populate, host(1, host(2)), num(1), tInt), silo(tInt), Rule::TPop));
  CHECK(has(node(Tag::Populate, here, num(1)), silo(tInt), Rule::TPop));  // not noted yet
  CHECK(refuses(node(Tag::Populate, num(1), num(1), tInt), Rule::TPop, 0, 0));
  CHECK(refuses(node(Tag::Populate, host(1), num(1), tHost), Rule::TPop, 1, 1));
  CHECK(refuses(node(Tag::Populate, host(1), lambda(tInt, var(0)), fun(tInt, tInt)), Rule::TPop, 2, 1));
  CHECK(refuses(node(Tag::Populate, host(1, host(7)), num(1), tInt), Rule::THost, 0, -1));
}

TEST_CASE_FIXTURE(Terms, "T-Apply: a reference and a spore over its data that returns a reference") {
  const Handle r = node(Tag::Populate, host(1), num(1), tInt);
  const Handle p = maker(tInt, var(0), tInt);
  CHECK(has(node(Tag::Apply, r, p, tInt), silo(tInt), Rule::TApply));
  CHECK(has(node(Tag::Apply, r, p), silo(tInt), Rule::TApply));
  CHECK(refuses(node(Tag::Apply, num(1), p, tInt), Rule::TApply, 0, 0));
  CHECK(refuses(node(Tag::Apply, r, lambda(tInt, r), tInt), Rule::TApply, 1, 1));
  CHECK(refuses(node(Tag::Apply, r, unit, tInt), Rule::TApply, 1, 1));
  CHECK(refuses(node(Tag::Apply, r, maker(tHost, var(0), tHost), tHost), Rule::TApply, 1, 1));
  CHECK(refusal(node(Tag::Apply, r, maker(tHost, var(0), tHost), tHost)).wanted == tInt);
  CHECK(refuses(node(Tag::Apply, r, spore(0, tInt, var(0)), tInt), Rule::TApply, 1, 1));
  CHECK(refuses(node(Tag::Apply, r, p, tHost), Rule::TApply, 1, 1));
  // Only a silo that was made without the premise can hold what is not mobile.
  const Handle q = spore(0, tInt, ref(mat(ident(0, 0, fun(tInt, tInt))), 1));
  CHECK(refuses(node(Tag::Apply, r, q, fun(tInt, tInt)), Rule::TApply, 2, 1));
}

TEST_CASE_FIXTURE(Terms, "T-Send: a reference's future") {
  CHECK(has(node(Tag::Send, node(Tag::Populate, here, unit, tUnit)), future(tUnit), Rule::TSend));
  CHECK(refuses(node(Tag::Send, num(1)), Rule::TSend, 0, 0));
}

TEST_CASE_FIXTURE(Terms, "T-Await: a future's value") {
  CHECK(has(node(Tag::Await, ident(0, 0, tInt)), tInt, Rule::TAwait));
  CHECK(refuses(node(Tag::Await, num(1)), Rule::TAwait, 0, 0));
  CHECK(refusal(node(Tag::Await, ref(mat(ident(0, 0, tInt)), 1))).help.find("send") != std::string::npos);
}

TEST_CASE_FIXTURE(Terms, "T-Respond: a host, a future and a value for it") {
  CHECK(has(node(Tag::Respond, 1, ident(0, 0, tInt), num(1)), tUnit, Rule::TRespond));
  CHECK(refuses(node(Tag::Respond, 3, ident(0, 0, tInt), num(1)), Rule::TRespond, 0, 0));
  CHECK(refuses(node(Tag::Respond, 1, num(0), num(1)), Rule::TRespond, 1, 1));
  CHECK(refuses(node(Tag::Respond, 1, ident(0, 0, tInt), unit), Rule::TRespond, 2, 2));
}

TEST_CASE_FIXTURE(Terms, "T-Id: an identifier is a future of its type") {
  CHECK(has(ident(1, 4, tInt), future(tInt), Rule::TId));
  CHECK(refuses(ident(1, 4, 0), Rule::TId, 0, -1));
}

TEST_CASE_FIXTURE(Terms, "T-Ref: a well-formed reference") {
  const Handle l = mat(ident(0, 0, tInt));
  CHECK(has(ref(l, 1), silo(tInt), Rule::TRef));
  CHECK(has(ref(applied(ident(0, 1, tHost), l, maker(tInt, here, tHost)), 1), silo(tHost), Rule::TRef));
  CHECK(refuses(ref(l, 5), Rule::WFRef, 1, 1));
  CHECK(refuses(ref(applied(ident(0, 1, tUnit), l, maker(tInt, here, tHost)), 1), Rule::WFLin2, 1, 2));
}

TEST_CASE_FIXTURE(Terms, "T-Seq: the type of the second") {
  CHECK(has(node(Tag::Seq, num(1), unit), tUnit, Rule::TSeq));
  CHECK(refuses(node(Tag::Seq, var(0), unit), Rule::TVar, 0, -1));
}

TEST_CASE_FIXTURE(Terms, "T-Here: currentHost is a host") { CHECK(has(here, tHost, Rule::THere)); }

TEST_CASE_FIXTURE(Terms, "Mobile: what makes sense on every host") {
  for (const Handle type : {tInt, tUnit, tHost, tBool, tString}) CHECK(isMobile(arena, type));
  CHECK(isMobile(arena, silo(silo(tInt))));
  CHECK_FALSE(isMobile(arena, silo(future(tInt))));
  CHECK(isMobile(arena, sporeType(future(tInt), fun(tInt, tInt), {tInt, silo(tInt)})));
  CHECK_FALSE(isMobile(arena, sporeType(tInt, tInt, {tInt, fun(tInt, tInt)})));
  CHECK(isMobile(arena, listType(tInt)));
  CHECK_FALSE(isMobile(arena, listType(fun(tInt, tInt))));
  const Handle fields = node(Tag::TField, arena.symbol("x"), tInt, node(Tag::TField, arena.symbol("f"), future(tInt)));
  CHECK_FALSE(isMobile(arena, node(Tag::TRecord, arena.symbol("R"), fields)));
  MobileTypes known;
  const Handle both = sporeType(tInt, tInt, {silo(tInt), listType(fun(tInt, tInt))});
  CHECK_FALSE(isMobile(arena, both, &known));
  CHECK_FALSE(isMobile(arena, both, &known));
  CHECK(known.empty());
  CHECK(isMobile(arena, silo(silo(tInt)), &known));
  CHECK(known.count(silo(tInt)) == 1);
  CHECK(whyImmobile(arena, future(tInt)).find("Future[Int]") == 1);
  CHECK(whyImmobile(arena, listType(future(tInt))).find("List[Future[Int]]") != std::string::npos);
}

TEST_CASE_FIXTURE(Terms, "what is not known agrees with everything, and the rest is kept") {
  const auto rule = [this](Tag tag, Handle x, Handle y = 0, Handle z = 0) {
    Node node;
    node.tag = static_cast<uint8_t>(tag);
    return conclude(typeRules(), {arena, node, {x, y, z}, true});
  };
  CHECK(rule(Tag::Add, tUnknown, tInt).type() == tInt);
  CHECK_FALSE(rule(Tag::Add, tUnknown, tUnit).ok());
  CHECK(rule(Tag::App, tUnknown, tInt).type() == tUnknown);
  CHECK(rule(Tag::Send, tUnknown).type() == future(tUnknown));
  CHECK(rule(Tag::Await, tUnknown).type() == tUnknown);
  CHECK(rule(Tag::Apply, silo(tUnknown), sporeType(tInt, silo(tHost))).type() == silo(tHost));
  CHECK(rule(Tag::Apply, tUnknown, tUnknown).ok());
  CHECK(rule(Tag::If, tBool, listType(tUnknown), listType(tInt)).type() == listType(tInt));
  CHECK(rule(Tag::If, tBool, fun(tUnknown, tInt), fun(tHost, tUnknown)).type() == fun(tHost, tInt));
  CHECK_FALSE(rule(Tag::If, tBool, fun(tUnknown, tInt), fun(tHost, tUnit)).ok());
  CHECK(rule(Tag::Eq, tUnknown, tUnknown).ok());
  CHECK(rule(Tag::Lt, tUnknown, tInt).ok());
  CHECK(rule(Tag::Concat, tUnknown, tString).type() == tString);
  CHECK(rule(Tag::Map, tUnknown, tUnknown).type() == listType(tUnknown));
  CHECK(rule(Tag::Fold, listType(tInt), tInt, fun(tInt, tUnknown)).ok());
  CHECK(rule(Tag::Populate, tUnknown, tUnknown).ok());
}

TEST_CASE_FIXTURE(Terms, "terms may be deep") {
  Handle sum = num(0);
  Handle vals = var(0);
  Handle lineage = mat(ident(0, 0, tInt));
  for (uint32_t i = 1; i <= 100'000; ++i) {
    sum = node(Tag::Add, num(i), sum);
    vals = node(Tag::App, lambda(tInt, vals), num(1));
    lineage = applied(ident(0, i, tInt), lineage, maker(tInt, var(0), tInt));
  }
  CHECK(has(sum, tInt, Rule::TIntOp));
  CHECK(has(node(Tag::App, lambda(tInt, vals), num(0)), tInt, Rule::TApp));
  CHECK(has(ref(lineage, 1), silo(tInt), Rule::TRef));
  Handle type = tInt;
  for (int i = 0; i < 100'000; ++i) type = silo(type);
  CHECK(has(ident(0, 0, type), future(type), Rule::TId));
  CHECK(isMobile(arena, type));
  CHECK(checker.derive(sum).inferences.size() == 200'001);
}

TEST_CASE_FIXTURE(Terms, "a body that occurs more than once is judged once") {
  Handle body = var(0);
  for (int i = 0; i < 200; ++i) body = node(Tag::Add, body, body);
  CHECK(has(lambda(tInt, body), fun(tInt, tInt), Rule::TAbs));
  CHECK(checker.derive(lambda(tInt, body)).inferences.size() == 202);
}

TEST_CASE_FIXTURE(Terms, "a context is a function from the hole's type") {
  const Handle header = entry(tInt, node(Tag::Await, ident(0, 0, tInt)), entry(tHost, host(0)));
  const Handle t = node(Tag::App, spore(header, tInt, node(Tag::Add, var(0), var(1))), num(1));
  const Decomposed d = decompose(arena, t);
  CHECK(arena.is(d.focus, Tag::Await));
  CHECK(checker.typeOfContext(d.context, tInt).type() == tInt);
  CHECK(checker.typeOfContext(0, tHost).type() == tHost);
  CHECK(checker.typeOfContext(d.context, tUnit).refusal().rule == Rule::TSpore);
  Handle seq = node(Tag::Await, ident(0, 0, tInt));
  for (int i = 0; i < 100'000; ++i) seq = node(Tag::Seq, seq, num(i));
  const Decomposed deep = decompose(arena, seq);
  CHECK(checker.typeOfContext(deep.context, tInt).type() == tInt);
}

TEST_CASE_FIXTURE(Terms, "a derivation lists the premises before their conclusion") {
  const Handle t = node(Tag::App, spore(entry(tInt, num(1)), tHost, var(1)), host(1));
  const Derivation d = checker.derive(t);
  REQUIRE(d.inferences.size() == 5);
  const Inference& root = d.inferences.back();
  CHECK(root.rule == Rule::TAppSpore);
  CHECK(root.type == tInt);
  const Inference& s = d.inferences[root.premises[0]];
  CHECK(s.rule == Rule::TSpore);
  REQUIRE(s.premises.size() == 2);
  CHECK(d.inferences[s.premises[0]].rule == Rule::TInt);
  CHECK(d.inferences[s.premises[1]].rule == Rule::TVar);
  CHECK(d.inferences[s.premises[1]].gamma == node(Tag::TCons, tHost, node(Tag::TCons, tInt)));
  CHECK(checker.derive(node(Tag::Send, num(1))).inferences.empty());
}
