// Section 3: distributed reduction   H | M ↠ H' | M'; with replicated references and recovery, section 7.
#include <unordered_map>

#include "lang/saved.hpp"
#include "semantics/recovery.hpp"
#include "semantics/semantics.hpp"

namespace funpass {

namespace {

// The step of a host whose redex becomes `contractum` in the same context.
Step reduce(const Scene& c, Rule rule, Handle contractum) {
  Step step(rule);
  step.host = c.host;
  step.redex = c.state().focus;
  step.contractum = contractum;
  step.after = withTerm(c.arena, c.state(), contractum, c.state().context);
  return step;
}

// R-Local        {(t,σ)^h} ∪ H | M ↠ {(t',σ')^h} ∪ H | M      if t | σ →ʰ t' | σ'
Outcome rLocal(const Scene& c) {
  const Semantics::Local local = c.semantics.local(c.state(), c.host);
  if (local.outcome.contractum == 0) return refuse(Rule::RLocal, 0);
  Step step(Rule::RLocal);
  step.inner = local.rule;
  step.host = c.host;
  step.redex = c.state().focus;
  step.contractum = local.outcome.contractum;
  step.after = c.state();
  c.semantics.moveLocally(step.after, local.outcome);
  return step;
}

// R-Send         {(E[send(r)],σ)^h} ∪ H | M ↠ {(E[id(l)],σ)^h} ∪ H | M ⊎ {a ← Req(h, r, id(l))}
//                  where r = Ref(l,h̄), a = src(r); nothing is sent if a = ⊥
//                  ρ' = ρ[id(l) ↦ (r, a)] if id(l) ∉ dom(σ), else ρ
Outcome rSend(const Scene& c) {
  const Node redex = c.arena[c.state().focus];
  if (!redex.is(Tag::Send) || !c.arena.is(redex[0], Tag::Ref)) return refuse(Rule::RSend, 0);
  const Node ref = c.arena[redex[0]];
  const Handle ident = c.arena.idOf(ref[0]);
  Step step = reduce(c, Rule::RSend, ident);
  const bool recovery = c.semantics.ruleSet().recovery;
  const uint32_t from = source(c.arena, c.configuration, redex[0], recovery);
  if (from != kNobody) step.sent.push_back({from, c.arena.make(Tag::Req, c.host, redex[0], ident)});
  if (recovery && lookup(c.arena, c.state().store, ident) == 0) {
    step.after.asked = ask(c.arena, step.after.asked, ident, redex[0], from);
  }
  return step;
}

// R-Populate     {(E[populate(h̄,v)],σ)^h} ∪ H | M ↠ {(E[Ref(Mat(ι),h̄)],σ)^h} ∪ H | M ⊎ {h' ← Res(ι,v) : h' ∈ h̄}
//                  where ι = (h,i), i fresh
Outcome rPopulate(const Scene& c) {
  const Node redex = c.arena[c.state().focus];
  if (!redex.is(Tag::Populate) || !c.arena.is(redex[0], Tag::Host)) return refuse(Rule::RPopulate, 0);
  const Fresh fresh = c.semantics.fresh(c.state());
  const Handle ident = c.arena.ident(c.host, fresh.index, redex[2]);
  const Handle lineage = c.arena.make(Tag::Mat, ident);
  Step step = reduce(c, Rule::RPopulate, c.arena.make(Tag::Ref, lineage, redex[0]));
  step.after.next = fresh.next;
  const Handle message = c.arena.make(Tag::Res, ident, redex[1]);
  for (Handle hosts = redex[0]; hosts != 0; hosts = c.arena[hosts][1]) {
    step.sent.push_back({c.arena[hosts][0], message});
  }
  return step;
}

// R-Respond      {(E[respond(h',ι,v)],σ)^h} ∪ H | M ↠ {(E[unit],σ)^h} ∪ H | M ⊎ {h' ← Res(ι,v)}
Outcome rRespond(const Scene& c) {
  const Node redex = c.arena[c.state().focus];
  if (!redex.is(Tag::Respond) || !c.arena.is(redex[1], Tag::Ident)) return refuse(Rule::RRespond, 0);
  Step step = reduce(c, Rule::RRespond, c.arena.make(Tag::Unit));
  step.sent.push_back({redex[0], c.arena.make(Tag::Res, redex[1], redex[2])});
  return step;
}

// The host takes its message: t by a P- rule, which runs in `context`.
Step deliver(const Scene& c, Rule rule, const Semantics::Process& process, Handle context) {
  Step step(rule);
  step.inner = process.rule;
  step.host = c.host;
  step.taken = c.message;
  step.redex = c.state().focus;
  step.contractum = process.outcome.term;
  HostState host = c.state();
  host.store = process.outcome.store;
  host.asked = process.outcome.asked;
  host.inbox = take(c.arena, host.inbox, c.message);
  step.after = withTerm(c.arena, host, process.outcome.term, context);
  step.sent = process.outcome.sent;
  return step;
}

// R-Process      {(E[await(ι)],σ)^h} ∪ H | M' ⊎ {h ← m} ↠ {(E[t; await(ι)],σ')^h} ∪ H | M' ⊎ M''
//                  where ι ∉ dom(σ), process(h, m, σ) = (t, M'', σ')
Outcome rProcess(const Scene& c) {
  const Node redex = c.arena[c.state().focus];
  if (!redex.is(Tag::Await) || !c.arena.is(redex[0], Tag::Ident)) return refuse(Rule::RProcess, 0);
  if (lookup(c.arena, c.state().store, redex[0]) != 0) return refuse(Rule::RProcess, 1, {"ι", redex[0]});
  if (c.message == 0) return refuse(Rule::RProcess, 2);
  const Semantics::Process process = c.semantics.process(c.host, c.message, c.state());
  if (process.outcome.term == 0) return refuse(Rule::RProcess, 3, {"m", c.message});
  const Handle frame = c.arena.make(frameTag(Tag::Seq, 0), c.state().focus, 0, c.state().context);
  Step step = deliver(c, Rule::RProcess, process, frame);
  step.contractum = fill(c.arena, frame, process.outcome.term);
  return step;
}

// R-Process-Val  {(v,σ)^h} ∪ H | M' ⊎ {h ← m} ↠ {(t,σ')^h} ∪ H | M' ⊎ M''
//                  where process(h, m, σ) = (t, M'', σ')
Outcome rProcessVal(const Scene& c) {
  if (!isValue(c.arena, c.state())) return refuse(Rule::RProcessVal, 0);
  if (c.message == 0) return refuse(Rule::RProcessVal, 1);
  const Semantics::Process process = c.semantics.process(c.host, c.message, c.state());
  if (process.outcome.term == 0) return refuse(Rule::RProcessVal, 2, {"m", c.message});
  return deliver(c, Rule::RProcessVal, process, 0);
}

// R-Failover     {(E[await(ι)],σ,ρ)^h} ∪ H | M ↠ {(E[await(ι)],σ,ρ[ι ↦ (r, a)])^h} ∪ H | M ⊎ {a ← Req(h, r, ι)}
//                  where ι ∉ dom(σ), ρ(ι) = (r, ⊥), a = src(r) ≠ ⊥
Outcome rFailover(const Scene& c) {
  const Node redex = c.arena[c.state().focus];
  if (!redex.is(Tag::Await) || !c.arena.is(redex[0], Tag::Ident)) return refuse(Rule::RFailover, 0);
  const Handle ident = redex[0];
  if (lookup(c.arena, c.state().store, ident) != 0) return refuse(Rule::RFailover, 1, {"ι", ident});
  const Question asked = question(c.arena, c.state().asked, ident);
  if (asked.ref == 0 || asked.host != kNobody) return refuse(Rule::RFailover, 2, {"ι", ident}, {"r", asked.ref});
  const uint32_t from = source(c.arena, c.configuration, asked.ref, true);
  if (from == kNobody) return refuse(Rule::RFailover, 3, {"r", asked.ref});
  Step step(Rule::RFailover);
  step.host = c.host;
  step.redex = step.contractum = c.state().focus;
  step.after = c.state();
  step.after.asked = ask(c.arena, c.state().asked, ident, asked.ref, from);
  step.sent.push_back({from, c.arena.make(Tag::Req, c.host, asked.ref, ident)});
  return step;
}

// R-FromLineage  {(E[fromLineage(h̄, Saved(l,σ₀))],σ)^h} ∪ H | M ↠
//                  {(E[Ref(θl,h̄)],σ)^h} ∪ H | M ⊎ {h' ← Res(θι,θv) : σ₀(ι) = v, h' ∈ h̄}
//                  where θ maps the identifiers of l and σ₀ to (h,i), (h,i+1), …, all fresh, leaves first, and gives
//                  every reference in them the hosts h̄
Outcome rFromLineage(const Scene& c) {
  const Node redex = c.arena[c.state().focus];
  if (!redex.is(Tag::FromLineage) || !c.arena.is(redex[0], Tag::Host)) return refuse(Rule::RFromLineage, 0);
  const Node saved = c.arena[redex[1]];
  std::unordered_map<Handle, Handle> fresh;
  HostState counting = c.state();
  for (const Handle ident : identifiersOf(c.arena, redex[1])) {  // numbered leaves first
    const Fresh i = c.semantics.fresh(counting);
    fresh.emplace(ident, c.arena.ident(c.host, i.index, c.arena[ident][2]));
    counting.next = i.next;
  }
  Relocate theta(c.arena, fresh, redex[0]);
  Step step = reduce(c, Rule::RFromLineage, c.arena.make(Tag::Ref, theta(saved[0]), redex[0]));
  step.after.next = counting.next;
  for (const Handle leaf : entries(c.arena, saved[1])) {
    const Handle message = c.arena.make(Tag::Res, theta(c.arena[leaf][0]), theta(c.arena[leaf][1]));
    for (Handle hosts = redex[0]; hosts != 0; hosts = c.arena[hosts][1]) {
      step.sent.push_back({c.arena[hosts][0], message});
    }
  }
  return step;
}

}  // namespace

std::vector<DistributedRow> lineageRules() { return {{Rule::RFromLineage, Tag::FromLineage, false, rFromLineage}}; }

std::vector<DistributedRow> recoveryRules() { return {{Rule::RFailover, Tag::Await, false, rFailover}}; }

std::vector<DistributedRow> distributedRules() {
  return {
      {Rule::RLocal, Tag::None, false, rLocal},           {Rule::RSend, Tag::Send, false, rSend},
      {Rule::RPopulate, Tag::Populate, false, rPopulate}, {Rule::RRespond, Tag::Respond, false, rRespond},
      {Rule::RProcess, Tag::Await, true, rProcess},       {Rule::RProcessVal, Tag::None, true, rProcessVal},
  };
}

}  // namespace funpass
