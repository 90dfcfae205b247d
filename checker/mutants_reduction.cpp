// Wrong rules of sections 2 and 3. Each is the right rule with one thing changed.
#include <utility>

#include "checker/mutants_parts.hpp"

namespace funpass {

namespace {

// ---- section 2

LocalOutcome intOpTurned(const LocalRedex& c) {
  LocalRedex turned = c;
  std::swap(turned.redex.field[0], turned.redex.field[1]);
  return right(Rule::RIntOp, turned);
}

LocalOutcome appAbsLosesArgument(const LocalRedex& c) {
  LocalRedex lost = c;
  lost.redex.field[1] = c.arena.make(Tag::Unit);
  return right(Rule::RAppAbs, lost);
}

// The spore's body with `value` for each of the header's names.
LocalOutcome appSporeWith(const LocalRedex& c, Handle value) {
  const Node spore = c.arena[c.redex[0]];
  if (!spore.is(Tag::Spore)) return right(Rule::RAppSpore, c);
  std::vector<Handle> values{c.redex[1]};
  for (Handle entry = spore[0]; entry != 0; entry = c.arena[entry][2]) values.push_back(value);
  return {substitute(c.arena, spore[2], values), false, {}};
}

LocalOutcome appSporeCapturesCaller(const LocalRedex& c) { return appSporeWith(c, c.redex[1]); }

LocalOutcome appSporeLosesHeader(const LocalRedex& c) { return appSporeWith(c, c.arena.make(Tag::Unit)); }

LocalOutcome awaitGivesFuture(const LocalRedex& c) {
  LocalOutcome outcome = right(Rule::RAwait, c);
  if (outcome.contractum != 0) outcome.contractum = c.redex[0];
  return outcome;
}

LocalOutcome awaitDoesNotWait(const LocalRedex& c) {
  LocalOutcome outcome = right(Rule::RAwait, c);
  if (outcome.contractum == 0 && c.arena.is(c.redex[0], Tag::Ident)) outcome.contractum = c.arena.make(Tag::Unit);
  return outcome;
}

LocalOutcome applyReusesIndex(const LocalRedex& c) {
  LocalOutcome outcome = right(Rule::RApply, c);
  outcome.fresh = false;
  return outcome;
}

LocalOutcome applyReusesParent(const LocalRedex& c) {
  LocalOutcome outcome = right(Rule::RApply, c);
  if (outcome.contractum == 0) return outcome;
  const Node ref = c.arena[c.redex[0]];
  const Handle lineage = c.arena.make(Tag::Applied, c.arena.idOf(ref[0]), ref[0], c.redex[1]);
  return {c.arena.make(Tag::Ref, lineage, ref[1]), false, {}};
}

LocalOutcome applyMovesSilo(const LocalRedex& c) {
  LocalOutcome outcome = right(Rule::RApply, c);
  if (outcome.contractum == 0) return outcome;
  outcome.contractum = c.arena.make(Tag::Ref, c.arena[outcome.contractum][0], c.arena.make(Tag::Host, c.host));
  return outcome;
}

LocalOutcome seqKeepsFirst(const LocalRedex& c) { return {c.redex[0], false, {}}; }

LocalOutcome hereIsFirstHost(const LocalRedex& c) { return {c.arena.make(Tag::Host, 0), false, {}}; }

// ---- section 3

Outcome localLosesContext(const Scene& c) {
  Outcome outcome = right(Rule::RLocal, c);
  if (!outcome) return outcome;
  HostState host = c.state();
  host.next = outcome.step().after.next;
  outcome.step().after = withTerm(c.arena, host, outcome.step().contractum, 0);
  return outcome;
}

Outcome localLosesStore(const Scene& c) {
  Outcome outcome = right(Rule::RLocal, c);
  outcome.step().after.store = 0;
  return outcome;
}

// The right rule, which sends nothing.
template <Rule rule>
Outcome silent(const Scene& c) {
  Outcome outcome = right(rule, c);
  outcome.step().sent.clear();
  return outcome;
}

// The right rule, which sends to its own host.
template <Rule rule>
Outcome toItself(const Scene& c) {
  Outcome outcome = right(rule, c);
  for (Sent& sent : outcome.step().sent) sent.host = c.host;
  return outcome;
}

// The right rule, which sends unit as the value.
template <Rule rule>
Outcome sendsUnit(const Scene& c) {
  Outcome outcome = right(rule, c);
  for (Sent& sent : outcome.step().sent) {
    sent.message = c.arena.make(Tag::Res, c.arena[sent.message][0], c.arena.make(Tag::Unit));
  }
  return outcome;
}

Outcome sendNamesWrongSender(const Scene& c) {
  Outcome outcome = right(Rule::RSend, c);
  for (Sent& sent : outcome.step().sent) {
    const Node request = c.arena[sent.message];
    sent.message = c.arena.make(Tag::Req, sent.host, request[1], request[2]);
  }
  return outcome;
}

Outcome populateReusesIndex(const Scene& c) {
  Outcome outcome = right(Rule::RPopulate, c);
  outcome.step().after.next = c.state().next;
  return outcome;
}

// The right rule, which takes the message and does nothing with it.
template <Rule rule>
Outcome drops(const Scene& c) {
  Outcome outcome = right(rule, c);
  if (!outcome) return outcome;
  Step& step = outcome.step();
  step.after = c.state();
  step.after.inbox = take(c.arena, c.state().inbox, c.message);
  step.contractum = step.redex;
  step.sent.clear();
  return outcome;
}

Outcome processForgetsAwait(const Scene& c) {
  Outcome outcome = right(Rule::RProcess, c);
  if (!outcome) return outcome;
  Step& step = outcome.step();
  step.contractum = c.semantics.process(c.host, c.message, c.state()).outcome.term;
  HostState host = c.state();
  host.store = step.after.store;
  host.inbox = step.after.inbox;
  step.after = withTerm(c.arena, host, step.contractum, host.context);
  return outcome;
}

Outcome processValKeepsMessage(const Scene& c) {
  Outcome outcome = right(Rule::RProcessVal, c);
  outcome.step().after.inbox = c.state().inbox;
  return outcome;
}

// ---- process(h, m, σ)

Processed resOverwrites(const Delivery& d) {
  Processed p = right(Rule::PRes, d);
  if (p.term != 0) p.store = insert(d.arena, d.store, d.arena[d.message][0], d.arena[d.message][1]);
  return p;
}

Processed resForgets(const Delivery& d) {
  Processed p = right(Rule::PRes, d);
  p.store = d.store;
  return p;
}

// The right rule's respond(h', ι, t) with `t` in place of its t.
Processed respondingWith(const Delivery& d, Processed p, Handle t) {
  const Node respond = d.arena[p.term];
  p.term = d.arena.make(Tag::Respond, respond[0], respond[1], t);
  return p;
}

Processed hitGivesReference(const Delivery& d) {
  const Processed p = right(Rule::PHit, d);
  return p.term == 0 ? p : respondingWith(d, p, d.arena[d.message][1]);
}

Processed hitAnswersItself(const Delivery& d) {
  Processed p = right(Rule::PHit, d);
  if (p.term == 0) return p;
  const Node respond = d.arena[p.term];
  p.term = d.arena.make(Tag::Respond, d.host, respond[1], respond[2]);
  return p;
}

Processed matDoesNotWait(const Delivery& d) {
  const Processed p = right(Rule::PMat, d);
  return p.term == 0 ? p : respondingWith(d, p, d.arena.make(Tag::Unit));
}

Processed matDoesNotAnswer(const Delivery& d) {
  Processed p = right(Rule::PMat, d);
  if (p.term != 0) p.term = d.arena.make(Tag::Unit);
  return p;
}

Processed appForgetsParent(const Delivery& d) {
  Processed p = right(Rule::PApp, d);
  p.sent.clear();
  return p;
}

Processed appAsksTheAsker(const Delivery& d) {
  Processed p = right(Rule::PApp, d);
  for (Sent& sent : p.sent) sent.host = d.arena[d.message][0];
  return p;
}

Processed appDoesNotForce(const Delivery& d) {
  Processed p = right(Rule::PApp, d);
  if (p.term == 0) return p;
  const Handle force = d.arena[p.term][2];
  const Handle send = d.arena[force][0];
  return respondingWith(d, p, d.arena[send][0]);
}

Processed appAlwaysAsks(const Delivery& d) {
  Processed p = right(Rule::PApp, d);
  if (p.term == 0 || !p.sent.empty()) return p;
  const Node ref = d.arena[d.arena[d.message][1]];
  const Handle parent = d.arena[ref[0]][1];
  const Handle request = d.arena.make(Tag::Req, d.host, d.arena.make(Tag::Ref, parent, ref[1]), d.arena.idOf(parent));
  p.sent.push_back({d.host, request});
  return p;
}

// ---- programs that several share

constexpr std::string_view kRemote = "host a, b at a { await(send(populate(b, 1))) }";
constexpr std::string_view kRemoteSum = "host a, b at a { await(send(populate(b, 1))) + 1 }";
constexpr std::string_view kTwice =
    "host a, b at a { val r = populate(b, 1);"
    " val s = apply(r, spore { (x: Int) => populate(currentHost, x + 1) });"
    " val t = apply(s, spore { (x: Int) => populate(currentHost, x + 1) });"
    " await(send(t)) } check result a == 3";
constexpr std::string_view kOnce =
    "host a, b at a { await(send(apply(populate(b, 1),"
    " spore { (x: Int) => populate(currentHost, x + 1) }))) } check result a == 2";
constexpr std::string_view kHeader = "host a at a { spore { n: Int = 10; (x: Int) => n - x }(3) } check result a == 7";

}  // namespace

std::vector<Mutant> reductionMutants() {
  return {
      {"intop-turned", Rule::RIntOp, "the operands change places: 5 - 3 is 3 - 5", with<Rule::RIntOp, intOpTurned>,
       "result:a", "", "host a at a { 5 - 3 } check result a == 2"},
      {"appabs-loses-argument", Rule::RAppAbs, "the parameter becomes unit, whatever the argument is",
       with<Rule::RAppAbs, appAbsLosesArgument>, "subject-reduction", "", "host a at a { val x = 1; x + 1 }"},
      {"appspore-captures-caller", Rule::RAppSpore, "the header's names take the caller's argument",
       with<Rule::RAppSpore, appSporeCapturesCaller>, "result:a", "", kHeader},
      {"appspore-loses-header", Rule::RAppSpore, "the header's names become unit",
       with<Rule::RAppSpore, appSporeLosesHeader>, "subject-reduction", "", kHeader},
      {"await-gives-future", Rule::RAwait, "await(ι) becomes ι, not σ(ι)", with<Rule::RAwait, awaitGivesFuture>,
       "subject-reduction", "", kRemoteSum},
      {"await-does-not-wait", Rule::RAwait, "await(ι) becomes unit where σ(ι) is not there yet",
       with<Rule::RAwait, awaitDoesNotWait>, "subject-reduction", "", kRemoteSum},
      {"apply-reuses-index", Rule::RApply, "i is not used up: the next identifier is the same one, at another type",
       with<Rule::RApply, applyReusesIndex>, "subject-reduction", "",
       "host a at a { val r = populate(a, 1);"
       " val s = apply(r, spore { (x: Int) => populate(currentHost, x + 1) });"
       " val t = apply(r, spore { (x: Int) => populate(currentHost, unit) }); await(send(s)) }"},
      {"apply-reuses-parent", Rule::RApply, "the new silo has its parent's identifier, so the parent's value is found",
       with<Rule::RApply, applyReusesParent>, "result:a", "", kOnce},
      {"apply-moves-silo", Rule::RApply, "the new silo is at the host that applies, where its parent is not",
       with<Rule::RApply, applyMovesSilo>, "progress", "", kOnce},
      {"seq-keeps-first", Rule::RSeq, "v ; t becomes v", with<Rule::RSeq, seqKeepsFirst>, "result:a", "",
       "host a at a { 1; 2 } check result a == 2"},
      {"here-is-first-host", Rule::RHere, "currentHost is the first host, whoever asks",
       with<Rule::RHere, hereIsFirstHost>, "result:b", "", "host a, b at b { currentHost } check result b == b"},

      {"local-loses-context", Rule::RLocal, "E is forgotten: the redex's contractum is the whole term",
       with<Rule::RLocal, localLosesContext>, "result:a", "", "host a at a { 1 + 2 + 3 } check result a == 6"},
      {"local-loses-store", Rule::RLocal, "σ is empty after every local step", with<Rule::RLocal, localLosesStore>,
       "progress", "", "host a at a { val f = send(populate(a, 1)); await(f) + await(f) }"},
      {"send-sends-nothing", Rule::RSend, "no request is sent", with<Rule::RSend, silent<Rule::RSend>>, "progress", "",
       kRemote},
      {"send-asks-itself", Rule::RSend, "the request goes to the host that asks",
       with<Rule::RSend, toItself<Rule::RSend>>, "progress", "", kRemote, false},
      {"send-wrong-sender", Rule::RSend, "the request names the host that is asked as the one to answer",
       with<Rule::RSend, sendNamesWrongSender>, "progress", "", kRemote},
      {"populate-reuses-index", Rule::RPopulate, "i is not used up: one (h,i) at two types",
       with<Rule::RPopulate, populateReusesIndex>, "subject-reduction", "",
       "host a at a { populate(a, 1); populate(a, unit); 0 }"},
      {"populate-sends-nothing", Rule::RPopulate, "the value is not sent to the silo's host",
       with<Rule::RPopulate, silent<Rule::RPopulate>>, "progress", "", kRemote},
      {"populate-keeps-value", Rule::RPopulate, "the value goes to the host that populates",
       with<Rule::RPopulate, toItself<Rule::RPopulate>>, "progress", "", kRemote, false},
      {"populate-sends-unit", Rule::RPopulate, "unit is sent in place of the value",
       with<Rule::RPopulate, sendsUnit<Rule::RPopulate>>, "subject-reduction", "", "host a at a { populate(a, 1); 0 }"},
      {"respond-sends-nothing", Rule::RRespond, "no answer is sent", with<Rule::RRespond, silent<Rule::RRespond>>,
       "progress", "", kRemote},
      {"respond-to-itself", Rule::RRespond, "the answer goes to the host that answers",
       with<Rule::RRespond, toItself<Rule::RRespond>>, "progress", "", kRemote},
      {"respond-sends-unit", Rule::RRespond, "the answer is unit", with<Rule::RRespond, sendsUnit<Rule::RRespond>>,
       "subject-reduction", "", kRemote},
      {"process-drops-message", Rule::RProcess, "a host that waits takes a message and does nothing with it",
       with<Rule::RProcess, drops<Rule::RProcess>>, "progress", "", kRemote},
      {"process-forgets-await", Rule::RProcess, "E[await(ι)] becomes E[t], not E[t; await(ι)]",
       with<Rule::RProcess, processForgetsAwait>, "subject-reduction", "", kRemoteSum},
      {"process-val-drops-message", Rule::RProcessVal, "a host with a value takes a message and does nothing with it",
       with<Rule::RProcessVal, drops<Rule::RProcessVal>>, "progress", "", kRemote},
      {"process-val-keeps-message", Rule::RProcessVal, "the message stays and is taken again and again",
       with<Rule::RProcessVal, processValKeepsMessage>, "finite-materialization", "",
       "host a at a { populate(a, 1); 0 }"},

      {"res-overwrites", Rule::PRes, "a later answer replaces the value that is there", with<Rule::PRes, resOverwrites>,
       "confluence", "",
       "host a, b at a { val f = send(populate(b, 1)); val x = await(f); respond(a, f, 2);"
       " await(send(populate(b, 0))); x + await(f) } check confluent"},
      {"res-forgets", Rule::PRes, "the answer is not stored", with<Rule::PRes, resForgets>, "progress", "", kRemote},
      {"hit-gives-reference", Rule::PHit, "the answer is the reference, not the value in the silo",
       with<Rule::PHit, hitGivesReference>, "subject-reduction", "", kRemote},
      {"hit-answers-itself", Rule::PHit, "the host with the silo answers itself", with<Rule::PHit, hitAnswersItself>,
       "progress", "", kRemote},
      {"mat-does-not-wait", Rule::PMat, "unit is the answer where the silo's value is still on its way",
       with<Rule::PMat, matDoesNotWait>, "subject-reduction", "", kRemote},
      {"mat-does-not-answer", Rule::PMat, "a request is dropped where the silo's value is still on its way",
       with<Rule::PMat, matDoesNotAnswer>, "progress", "", kRemote},
      {"app-forgets-parent", Rule::PApp, "the parent is awaited and never asked for",
       with<Rule::PApp, appForgetsParent>, "progress", "", kTwice},
      {"app-asks-the-asker", Rule::PApp, "the parent is asked for at the host that wants the silo",
       with<Rule::PApp, appAsksTheAsker>, "progress", "", kOnce, false},
      {"app-does-not-force", Rule::PApp, "the answer is the spore's SiloRef, not what it stands for",
       with<Rule::PApp, appDoesNotForce>, "subject-reduction", "", kOnce},
      {"app-always-asks", Rule::PApp, "the parent is asked for even where it is in the store",
       with<Rule::PApp, appAlwaysAsks>, "",
       "the host answers itself from its store and drops the answer, for stores are written once: more messages, "
       "the same results",
       kOnce},
  };
}

}  // namespace funpass
