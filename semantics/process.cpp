// Section 3: process(h, m, σ) = (t, M'', σ'): what a host makes of a message; and what becomes of ρ (section 7).
#include "semantics/recovery.hpp"
#include "semantics/rule_set.hpp"

namespace funpass {

namespace {

Processed refused(Rule rule, uint8_t premise, Binding first = {}) {
  Processed p;
  p.refusal = refuse(rule, premise, first);
  return p;
}

// What a rule starts from: σ' = σ, ρ' = ρ.
Processed becomes(const Delivery& d, Handle term) {
  Processed p;
  p.term = term;
  p.store = d.store;
  p.asked = d.asked;
  return p;
}

// A request, taken apart: Req(h', Ref(l, h̄), ι).
struct Request {
  uint32_t sender = 0;
  Handle lineage = 0;
  Handle hosts = 0;
  Handle ident = 0;
};
bool isRequest(const Delivery& d, Request& request) {
  const Node message = d.arena[d.message];
  if (!message.is(Tag::Req)) return false;
  const Node ref = d.arena[message[1]];
  request = {message[0], ref[0], ref[1], message[2]};
  return true;
}

// P-Res   process(h, Res(ι, v), σ) = (unit, ∅, σ')      σ' = [ι↦v]σ if ι ∉ dom(σ), else σ;  ρ' = ρ without ι
Processed pRes(const Delivery& d) {
  const Node message = d.arena[d.message];
  if (!message.is(Tag::Res)) return refused(Rule::PRes, 0);
  const Handle ident = message[0];
  Processed p = becomes(d, d.arena.make(Tag::Unit));
  if (lookup(d.arena, d.store, ident) == 0) p.store = insert(d.arena, d.store, ident, message[1]);
  if (d.recovery && lookup(d.arena, d.asked, ident) != 0) p.asked = erase(d.arena, d.asked, ident);
  return p;
}

// P-Hit   process(h, Req(h', Ref(l,h̄), ι), σ) = (respond(h', ι, σ(id(l))), ∅, σ)      if id(l) ∈ dom(σ)
Processed pHit(const Delivery& d) {
  Request request;
  if (!isRequest(d, request)) return refused(Rule::PHit, 0);
  const Handle ident = d.arena.idOf(request.lineage);
  const Handle value = valueAt(d.arena, d.store, ident);
  if (value == 0) return refused(Rule::PHit, 1, {"id(l)", ident});
  return becomes(d, d.arena.make(Tag::Respond, request.sender, request.ident, value));
}

// P-Mat   process(h, Req(h', r, ι), σ) = (respond(h', ι, await(ι₀)), ∅, σ)      r = Ref(Mat(ι₀),h̄), ι₀ ∉ dom(σ)
//           ρ' = ρ[ι₀ ↦ (r, h)] if h ← Res(ι₀, v) ∈ M' for some v, else ρ[ι₀ ↦ (r, ⊥)]
Processed pMat(const Delivery& d) {
  Request request;
  if (!isRequest(d, request) || !d.arena.is(request.lineage, Tag::Mat)) return refused(Rule::PMat, 0);
  const Handle ident = d.arena.idOf(request.lineage);
  if (lookup(d.arena, d.store, ident) != 0) return refused(Rule::PMat, 1, {"ι₀", ident});
  Processed p = becomes(d, d.arena.make(Tag::Respond, request.sender, request.ident, d.arena.make(Tag::Await, ident)));
  if (d.recovery) {
    const uint32_t expects = isOnItsWay(d.arena, d.inbox, ident) ? d.host : kNobody;
    p.asked = ask(d.arena, d.asked, ident, d.arena[d.message][1], expects);
  }
  return p;
}

// P-App   process(h, Req(h', Ref(Applied(ι₀,l,p),h̄), ι), σ)
//           = (respond(h', ι, await(send(p await(id(l))))), M'', σ)      if ι₀ ∉ dom(σ)
//           M'' = ∅ if id(l) ∈ dom(σ), else {h ← Req(h, Ref(l,h̄), id(l))};  if so, ρ' = ρ[id(l) ↦ (Ref(l,h̄), h)]
Processed pApp(const Delivery& d) {
  Request request;
  if (!isRequest(d, request) || !d.arena.is(request.lineage, Tag::Applied)) return refused(Rule::PApp, 0);
  const Node applied = d.arena[request.lineage];
  if (lookup(d.arena, d.store, applied[0]) != 0) return refused(Rule::PApp, 1, {"ι₀", applied[0]});
  const Handle parent = d.arena.idOf(applied[1]);
  const Handle run = d.arena.make(Tag::App, applied[2], d.arena.make(Tag::Await, parent));
  const Handle force = d.arena.make(Tag::Await, d.arena.make(Tag::Send, run));
  Processed p = becomes(d, d.arena.make(Tag::Respond, request.sender, request.ident, force));
  if (lookup(d.arena, d.store, parent) == 0) {
    const Handle ref = d.arena.make(Tag::Ref, applied[1], request.hosts);
    p.sent.push_back({d.host, d.arena.make(Tag::Req, d.host, ref, parent)});
    if (d.recovery) p.asked = ask(d.arena, d.asked, parent, ref, d.host);
  }
  return p;
}

}  // namespace

std::vector<ProcessRow> processRules() {
  return {{Rule::PRes, pRes}, {Rule::PHit, pHit}, {Rule::PMat, pMat}, {Rule::PApp, pApp}};
}

}  // namespace funpass
