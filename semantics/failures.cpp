// Section 7: failures, each within a budget and at the hosts of a set S.
#include "semantics/recovery.hpp"
#include "semantics/semantics.hpp"

namespace funpass {

namespace {

// h ∈ S
bool isIn(const Scene& c) { return c.semantics.mayFail(c.host); }

Step failed(const Scene& c, Rule rule) {
  Step step(rule);
  step.host = c.host;
  step.after = c.state();
  step.budget = c.configuration.budget;
  return step;
}

// Host g's ρ(ι) = (r, a) is to become (r, ⊥).
void forget(const Scene& c, Step& step, uint32_t g, Handle ident) {
  const HostState& host = c.configuration.hosts[g];
  const Question asked = question(c.arena, host.asked, ident);
  if (asked.ref != 0) step.lost.push_back({g, ident});
}

// F-Crash     {(t,σ,ρ)^h} ∪ H | M ↠ {†^h} ∪ H' | M∖h      h ∈ S; †^h keeps h's index counter and result
//               H' is H with every ρ(ι) = (r, h) made (r, ⊥)
Outcome fCrash(const Scene& c) {
  if (!isIn(c)) return refuse(Rule::FCrash, 0);
  if (c.configuration.budget.crashes == 0) return refuse(Rule::FCrash, 1);
  if (c.state().crashed()) return refuse(Rule::FCrash, 2);
  Step step = failed(c, Rule::FCrash);
  --step.budget.crashes;
  step.after = HostState{};
  step.after.next = c.state().next;
  step.after.result = c.state().result;
  if (c.arena.is(step.after.result, Tag::NoResult)) step.after.result = c.arena.make(Tag::NeverResult);
  for (uint32_t g = 0; g < c.configuration.hosts.size(); ++g) {
    if (g == c.host) continue;
    for (const Handle leaf : entries(c.arena, c.configuration.hosts[g].asked)) {
      if (c.arena[c.arena[leaf][1]][1] == c.host) forget(c, step, g, c.arena[leaf][0]);
    }
  }
  return step;
}

// F-Restart   {†^h} ∪ H | M ↠ {(unit, ∅, ∅)^h} ∪ H | M      h ∈ S
Outcome fRestart(const Scene& c) {
  if (!isIn(c)) return refuse(Rule::FRestart, 0);
  if (c.configuration.budget.restarts == 0) return refuse(Rule::FRestart, 1);
  if (!c.state().crashed()) return refuse(Rule::FRestart, 2);
  Step step = failed(c, Rule::FRestart);
  --step.budget.restarts;
  step.after.focus = c.arena.make(Tag::Unit);
  return step;
}

// F-Drop      H | M ⊎ {h ← m} ↠ H' | M      h ∈ S; H' is H with ρ(ι) = (r, a), if it is defined, made (r, ⊥)
//               at host h' for m = Req(h', r', ι), at host h for m = Res(ι, v)
Outcome fDrop(const Scene& c) {
  if (!isIn(c)) return refuse(Rule::FDrop, 0);
  if (c.configuration.budget.drops == 0) return refuse(Rule::FDrop, 1);
  if (c.message == 0) return refuse(Rule::FDrop, 2);
  Step step = failed(c, Rule::FDrop);
  --step.budget.drops;
  step.taken = c.message;
  step.after.inbox = take(c.arena, step.after.inbox, c.message);
  const Node message = c.arena[c.message];
  if (message.is(Tag::Req)) {
    forget(c, step, message[0], message[2]);
  } else {
    forget(c, step, c.host, message[0]);
  }
  return step;
}

// F-Dup       H | M ⊎ {h ← m} ↠ H | M ⊎ {h ← m, h ← m}      h ∈ S
Outcome fDup(const Scene& c) {
  if (!isIn(c)) return refuse(Rule::FDup, 0);
  if (c.configuration.budget.duplicates == 0) return refuse(Rule::FDup, 1);
  if (c.message == 0) return refuse(Rule::FDup, 2);
  Step step = failed(c, Rule::FDup);
  --step.budget.duplicates;
  step.sent.push_back({c.host, c.message});
  return step;
}

}  // namespace

std::vector<FailureRow> failureRules() {
  return {{Rule::FCrash, false, fCrash},
          {Rule::FRestart, false, fRestart},
          {Rule::FDrop, true, fDrop},
          {Rule::FDup, true, fDup}};
}

}  // namespace funpass
