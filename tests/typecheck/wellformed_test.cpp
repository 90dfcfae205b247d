#include <doctest/doctest.h>

#include <algorithm>

#include "tests/typecheck/terms.hpp"

using namespace funpass;

namespace {

// A configuration of three hosts that are done and have nothing, to be changed.
struct Configured : funpass::test::Terms {
  Configuration c = initialConfiguration(arena, {0, 0, 0});
  Handle i0 = ident(0, 0, tInt);
  Handle i1 = ident(0, 1, tInt);

  void run(uint32_t h, Handle term) {
    const Decomposed d = decompose(arena, term);
    c.hosts[h].focus = d.focus;
    c.hosts[h].context = d.context;
  }
  void store(uint32_t h, Handle ident, Handle value) {
    c.hosts[h].store = insert(arena, c.hosts[h].store, ident, value);
  }
  void send(uint32_t h, Handle message) { c.hosts[h].inbox = post(arena, c.hosts[h].inbox, message); }
  Handle req(uint32_t from, Handle ref, Handle ident) { return node(Tag::Req, from, ref, ident); }
  Handle res(Handle ident, Handle value) { return node(Tag::Res, ident, value); }

  bool ok() { return checkConfiguration(checker, c).ok(); }
  WfRefusal why() {
    const WellFormed outcome = checkConfiguration(checker, c);
    REQUIRE_FALSE(outcome.ok());
    return *outcome.refusal;
  }
  bool refuses(Rule rule, int premise, Rule asked, uint32_t host) {
    const WfRefusal r = why();
    return r.premise.rule == rule && r.premise.premise == premise && r.asked == asked && r.host == host &&
           r.premise.premise < info(rule).premises.size() && !r.premise.message.empty();
  }
  bool derived(Rule rule) {
    const Derivation d = deriveConfiguration(checker, c);
    for (size_t i = 0; i < d.inferences.size(); ++i) {
      for (const uint32_t premise : d.inferences[i].premises) REQUIRE(premise < i);
    }
    CHECK(d.inferences.back().rule == Rule::WFConfig);
    return std::any_of(d.inferences.begin(), d.inferences.end(), [rule](const Inference& i) { return i.rule == rule; });
  }
};

}  // namespace

TEST_CASE_FIXTURE(Configured, "WF-Store1: an empty store") {
  CHECK(ok());
  CHECK(derived(Rule::WFStore1));
  CHECK_FALSE(derived(Rule::WFStore2));
}

TEST_CASE_FIXTURE(Configured, "WF-Store2: an identifier's value has its type") {
  store(1, i0, num(5));
  store(1, i1, num(6));
  CHECK(ok());
  CHECK(derived(Rule::WFStore2));
  store(1, i0, unit);
  CHECK(refuses(Rule::WFStore2, 1, Rule::WFStore2, 1));
  CHECK(why().ident == i0);
  CHECK(why().premise.found == tUnit);
  CHECK(why().premise.wanted == tInt);
}

TEST_CASE_FIXTURE(Configured, "WF-Store2: a store does not give one identifier two types") {
  store(1, i0, num(5));
  store(1, i1, ident(0, 0, tHost));
  CHECK(refuses(Rule::WFStore2, 1, Rule::WFStore2, 1));
  CHECK(why().other != 0);
}

TEST_CASE_FIXTURE(Configured, "WF-StoreSup: a store need not have all of the identifiers") {
  store(1, i0, num(5));
  run(0, node(Tag::Await, i1));
  CHECK(ok());
  CHECK(derived(Rule::WFStoreSup));
  const auto& rule = wfRules().row[static_cast<size_t>(Rule::WFStoreSup)];
  CHECK_FALSE(rule({checker, arena, c.hosts[1].store, nullptr, 0}).ok());
}

TEST_CASE_FIXTURE(Configured, "WF-Lin1: a silo whose data has a type") {
  CHECK(checker.typeOf(mat(i0)).rule() == Rule::WFLin1);
  CHECK(checker.typeOf(mat(i0)).type() == tInt);
  CHECK(checker.typeOf(mat(ident(0, 0, 0))).refusal().rule == Rule::WFLin1);
}

TEST_CASE_FIXTURE(Configured, "WF-Lin2: the spore leads from the parent's data to the silo's") {
  const Handle good = applied(i1, mat(i0), maker(tInt, var(0), tInt));
  CHECK(checker.typeOf(good).rule() == Rule::WFLin2);
  send(1, req(0, ref(good, 1), i1));
  CHECK(ok());
  CHECK(derived(Rule::WFLin2));
  c.hosts[1].inbox = 0;
  send(1, req(0, ref(applied(i1, mat(i0), maker(tHost, num(2), tInt)), 1), i1));
  CHECK(refuses(Rule::WFLin2, 1, Rule::WFReq, 1));
  CHECK(why().premise.path == std::vector<uint8_t>{1, 0});
  c.hosts[1].inbox = 0;
  const Handle wrong = ident(0, 1, tString);
  send(1, req(0, ref(applied(wrong, mat(i0), maker(tInt, var(0), tInt)), 1), wrong));  // a wrong note on `apply`
  CHECK(refuses(Rule::WFLin2, 1, Rule::WFReq, 1));
}

TEST_CASE_FIXTURE(Configured, "WF-Lin2: a plain function is no spore") {
  send(1, req(0, ref(applied(i1, mat(i0), lambda(tInt, node(Tag::Populate, here, var(0), tInt))), 1), i1));
  CHECK(refuses(Rule::WFLin2, 1, Rule::WFReq, 1));
}

TEST_CASE_FIXTURE(Configured, "WF-Ref: declared hosts") {
  run(0, node(Tag::Await, node(Tag::Send, ref(mat(i0), 1))));
  CHECK(ok());
  CHECK(derived(Rule::WFRef));
  run(0, node(Tag::Await, node(Tag::Send, ref(mat(i0), 7))));
  CHECK(refuses(Rule::WFRef, 1, Rule::WFHostConfig, 0));
}

TEST_CASE_FIXTURE(Configured, "WF-Res: the answer has the identifier's type") {
  send(0, res(i0, num(5)));
  CHECK(ok());
  CHECK(derived(Rule::WFRes));
  send(0, res(i1, host(1)));
  CHECK(refuses(Rule::WFRes, 1, Rule::WFRes, 0));
  CHECK(why().subject == res(i1, host(1)));
  c.hosts[0].inbox = 0;
  send(0, res(ident(0, 2, tString), num(5)));  // a wrong note on `populate`
  CHECK(refuses(Rule::WFRes, 1, Rule::WFRes, 0));
  c.hosts[0].inbox = 0;
  send(0, res(ident(0, 2, 0), num(5)));
  CHECK(refuses(Rule::WFRes, 0, Rule::WFRes, 0));
}

TEST_CASE_FIXTURE(Configured, "WF-Req: what is asked for has the type of what is awaited") {
  send(1, req(0, ref(mat(i0), 1), i0));
  CHECK(ok());
  CHECK(derived(Rule::WFReq));
  send(1, req(0, ref(mat(i0), 1), ident(0, 1, tHost)));
  CHECK(refuses(Rule::WFReq, 1, Rule::WFReq, 1));
  c.hosts[1].inbox = 0;
  send(1, req(0, num(1), i0));
  CHECK(refuses(Rule::WFReq, 0, Rule::WFReq, 1));
}

TEST_CASE_FIXTURE(Configured, "WF-HostConfig: a host's term has a type") {
  run(0, node(Tag::Add, node(Tag::Await, i0), num(1)));
  CHECK(ok());
  CHECK(derived(Rule::WFHostConfig));
  run(0, node(Tag::Seq, node(Tag::Add, node(Tag::Await, ident(0, 0, tHost)), num(1)), unit));
  CHECK(refuses(Rule::TIntOp, 0, Rule::WFHostConfig, 0));
  CHECK(why().premise.path == std::vector<uint8_t>{0});
  CHECK(why().subject == termOf(arena, c.hosts[0]));
  run(0, node(Tag::Add, num(1), var(0)));  // Γ is empty
  CHECK(refuses(Rule::TVar, 0, Rule::WFHostConfig, 0));
}

TEST_CASE_FIXTURE(Configured, "WF-HostConfig: a result that is kept has a type") {
  c.hosts[0].result = lambda(tInt, var(0));
  CHECK(ok());
  c.hosts[0].result = lambda(tInt, var(1));
  CHECK(refuses(Rule::TVar, 0, Rule::WFHostConfig, 0));
  CHECK(why().subject == c.hosts[0].result);
}

TEST_CASE_FIXTURE(Configured, "WF-Host1: no hosts") {
  c.hosts.clear();
  CHECK(ok());
  CHECK(derived(Rule::WFHost1));
}

TEST_CASE_FIXTURE(Configured, "WF-Host2: one Sigma for all hosts") {
  CHECK(derived(Rule::WFHost2));
  run(0, node(Tag::Await, i0));
  run(1, node(Tag::Await, ident(0, 0, tHost)));
  CHECK(refuses(Rule::WFHost2, 1, Rule::WFHost2, 1));
  CHECK(why().premise.found != why().premise.wanted);
  c.hosts[1] = {};  // a crashed host has no term
  CHECK(ok());
}

TEST_CASE_FIXTURE(Configured, "WF-Messages-Emp: no messages") {
  CHECK(derived(Rule::WFMessagesEmp));
  CHECK_FALSE(derived(Rule::WFMessages));
}

TEST_CASE_FIXTURE(Configured, "WF-Messages: every message") {
  send(0, res(i0, num(5)));
  send(0, res(i0, num(5)));
  CHECK(ok());
  CHECK(derived(Rule::WFMessages));
  run(1, node(Tag::Await, ident(0, 0, tHost)));
  CHECK(refuses(Rule::WFMessages, 1, Rule::WFMessages, 0));
}

TEST_CASE_FIXTURE(Configured, "WF-Config: Sigma has all identifiers, in order") {
  store(1, ident(1, 7, tUnit), unit);
  store(1, ident(1, 2, tHost), host(0));
  run(0, node(Tag::Await, i1));
  send(0, res(i0, num(5)));
  const WellFormed outcome = checkConfiguration(checker, c);
  REQUIRE(outcome.ok());
  std::vector<Handle> identifiers;
  for (const Handle leaf : entries(arena, outcome.sigma)) {
    identifiers.push_back(arena[leaf][0]);
    CHECK(arena[leaf][1] == arena[arena[leaf][0]][2]);
  }
  CHECK(identifiers == std::vector<Handle>{i0, i1, ident(1, 2, tHost), ident(1, 7, tUnit)});
  CHECK(derived(Rule::WFConfig));
}

TEST_CASE_FIXTURE(Configured, "a wrong rule is a row") {
  WfRules wrong = wfRules();
  wrong.at(Rule::WFRes) = [](const WfPremises&) { return Typing::holds(Rule::WFRes, 0); };
  Checker mutant(arena, typeRules(), true, wrong);
  send(0, res(i0, host(1)));
  CHECK(checkConfiguration(mutant, c).ok());
  CHECK_FALSE(ok());
}

TEST_CASE("merging is insertion one by one") {
  Arena arena({"a"});
  const Handle type = arena.make(Tag::TInt);
  uint64_t seed = 1;
  const auto random = [&seed](uint32_t bound) {
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<uint32_t>((seed >> 33U) % bound);
  };
  for (int round = 0; round < 300; ++round) {
    Sigmas sigmas(arena);
    Handle parts[2] = {0, 0};
    Handle all = 0;
    const uint32_t bound = 1 + random(40);
    for (uint32_t n = random(60); n > 0; --n) {
      const Handle ident = arena.ident(random(3), random(bound), type);
      Handle& part = parts[random(2)];
      part = insert(arena, part, ident, type);
      all = insert(arena, all, ident, type);
    }
    Handle sigma = 0;
    REQUIRE(sigmas.merge(parts[0], parts[1], sigma));
    CHECK(sigma == all);
    if (all == 0) continue;
    const std::vector<Handle> leaves = entries(arena, all);
    const Node ident = arena[arena[leaves[random(static_cast<uint32_t>(leaves.size()))]][0]];
    const Handle other = arena.ident(ident[0], ident[1], arena.make(Tag::THost));
    CHECK_FALSE(sigmas.merge(all, arena.make(Tag::Leaf, other, arena[other][2]), sigma));
  }
}

TEST_CASE_FIXTURE(Configured, "WF-Asked: what was asked for is what is awaited, at a host of the reference or nobody") {
  const auto asked = [&](Handle ident, Handle reference, uint32_t host) {
    c.hosts[0].asked = insert(arena, 0, ident, node(Tag::Asked, reference, host));
  };
  asked(i0, ref(mat(i0), 1), 1);
  CHECK(ok());
  CHECK(derived(Rule::WFAsked));
  asked(i0, ref(mat(i0), 1), kNobody);
  CHECK(ok());
  asked(i1, ref(mat(i0), 1), 1);
  CHECK(refuses(Rule::WFAsked, 1, Rule::WFAsked, 0));
  asked(i0, ref(mat(i0), 1), 2);
  CHECK(refuses(Rule::WFAsked, 3, Rule::WFAsked, 0));
  asked(i0, ref(mat(i0), 7), kNobody);
  CHECK(refuses(Rule::WFAsked, 2, Rule::WFAsked, 0));
  asked(ident(0, 5, 0), ref(mat(ident(0, 5, 0)), 1), 1);
  CHECK(refuses(Rule::WFLin1, 0, Rule::WFAsked, 0));
}
