// Wrong rules of section 7. Each is the right rule with one thing changed.
#include "checker/mutants_parts.hpp"
#include "semantics/recovery.hpp"

namespace funpass {

namespace {

// The right rule, whose request goes to the first host that the reference names.
template <Rule rule>
Outcome asksFirst(const Scene& c) {
  Outcome outcome = right(rule, c);
  for (Sent& sent : outcome.step().sent) {
    const Node request = c.arena[sent.message];
    sent.host = c.arena[c.arena[request[1]][1]][0];
    outcome.step().after.asked = ask(c.arena, outcome.step().after.asked, request[2], request[1], sent.host);
  }
  return outcome;
}

Outcome populateForgetsReplica(const Scene& c) {
  Outcome outcome = right(Rule::RPopulate, c);
  if (outcome && outcome.step().sent.size() > 1) outcome.step().sent.pop_back();
  return outcome;
}

// The right rule, after which nobody has to ask again.
template <Rule rule>
Outcome marksNothing(const Scene& c) {
  Outcome outcome = right(rule, c);
  outcome.step().lost.clear();
  return outcome;
}

// The right rule, which leaves ρ as it is.
template <Rule rule>
Processed keepsAsked(const Delivery& d) {
  Processed p = right(rule, d);
  p.asked = d.asked;
  return p;
}

constexpr std::string_view kReplicas =
    "host a, r1, r2 at a { await(send(populate([r1, r2], 7))) } check resilient 1 of r1, r2";
// b is asked for what is computed from a silo that it has not computed yet.
constexpr std::string_view kDerived =
    "config { host a: await((a,2)) | { (a,0) -> 7 } next 3 asked { (a,2) -> Ref($1, [b, a]) at b }"
    " host b: unit | { (a,0) -> 7 } next 0 asked { } messages: b <- Req(a, Ref($1, [b, a]), (a,2)) results: a none"
    " types: (a,0): Int, (a,1): Int, (a,2): Int"
    " where: $1 = Applied((a,2), Applied((a,1), Mat((a,0)), $2), $2), $2 = spore { (x: Int) => populate([b, a], x) } }";
constexpr Budget kOneDrop{0, 0, 1, 0};

}  // namespace

std::vector<Mutant> recoveryMutants() {
  return {
      {"send-asks-first", Rule::RSend, "the first host of the reference is asked, whether or not it has the data",
       with<Rule::RSend, asksFirst<Rule::RSend>>, "resilient:1:r1,r2", "", kReplicas},
      {"populate-forgets-replica", Rule::RPopulate, "the last of several hosts gets no copy",
       with<Rule::RPopulate, populateForgetsReplica>, "resilient:1:r1,r2", "", kReplicas},
      {"res-keeps-asked", Rule::PRes, "ρ keeps what has come", with<Rule::PRes, keepsAsked<Rule::PRes>>,
       "subject-reduction", "", "host a, b at a { await(send(populate(b, 1))) }"},
      {"mat-asks-nothing", Rule::PMat, "ρ does not say that the host itself waits for its copy",
       with<Rule::PMat, keepsAsked<Rule::PMat>>, "progress", "", kReplicas, true, kOneDrop},
      {"app-asks-nothing", Rule::PApp, "ρ does not say that the host has asked itself for the parent",
       with<Rule::PApp, keepsAsked<Rule::PApp>>, "progress", "", kDerived, true, kOneDrop},
      {"crash-marks-nothing", Rule::FCrash, "nobody learns that the host which it asked has crashed",
       with<Rule::FCrash, marksNothing<Rule::FCrash>>, "resilient:1:r1,r2", "", kReplicas},
      {"drop-marks-nothing", Rule::FDrop, "nobody learns that its request or answer is lost",
       with<Rule::FDrop, marksNothing<Rule::FDrop>>, "progress", "", kReplicas, true, kOneDrop},
      {"failover-asks-first", Rule::RFailover, "the first host of the reference is asked again, crashed or not",
       with<Rule::RFailover, asksFirst<Rule::RFailover>>, "resilient:1:r1,r2", "", kReplicas},
  };
}

}  // namespace funpass
