// Section 4: well-formed configurations   Σ ⊢ H | M
#include "typecheck/wellformed.hpp"

#include <utility>
#include <vector>

#include "typecheck/typing_parts.hpp"

namespace funpass {

namespace {

// ---- the rules

// Σ(ι)
Handle typeIn(const WfPremises& p, Handle ident) { return p.arena[ident][2]; }

// ∅;Σ ⊢ v : Σ(ι), the second premise of WF-Store2 and of WF-Res.
Typing valueHasType(const WfPremises& p, Rule rule, const char* message) {
  const Node subject = p.arena[p.subject];
  const Handle wanted = typeIn(p, subject[0]);
  const Typing value = p.checker.typeOf(subject[1]);
  if (!value.ok()) {
    TypeRefusal refusal = value.refusal();
    refusal.path.insert(refusal.path.begin(), 1);
    return Typing::fails(std::move(refusal));
  }
  if (agree(p.arena, value.type(), wanted) == 0) return fails(rule, 1, 1, value.type(), wanted, message);
  return holds(rule, wanted);
}

// WF-Store1      ∅ ⊢ ∅
Typing wfStore1(const WfPremises&) { return holds(Rule::WFStore1, 0); }

// WF-Store2      Σ ⊢ σ, ∅;Σ ⊢ v : T ⟹ [ι↦T]Σ ⊢ [ι↦v]σ
Typing wfStore2(const WfPremises& p) {
  return valueHasType(p, Rule::WFStore2, "the store has a value of another type under this identifier");
}

// WF-StoreSup    Σ ⊢ σ, Σ' ⊇ Σ ⟹ Σ' ⊢ σ
Typing wfStoreSup(const WfPremises& p) {
  Handle own = 0;
  Handle both = 0;
  Sigmas& sigmas = p.checker.sigmas();
  if (!sigmas.of(p.subject, own) || !sigmas.merge(p.sigma, own, both) || both != p.sigma) {
    return fails(Rule::WFStoreSup, 1, -1, 0, 0, "the store has an identifier at another type than elsewhere");
  }
  return holds(Rule::WFStoreSup, 0);
}

// WF-Lin1        ι ∈ dom(Σ) ⟹ Σ ⊢ Mat(ι)
Typing wfLin1(const WfPremises& p) {
  const Handle type = typeIn(p, p.arena[p.subject][0]);
  if (type == 0) return fails(Rule::WFLin1, 0, 0, 0, 0, "the type of this identifier is not known");
  return holds(Rule::WFLin1, type);
}

// WF-Lin2        Σ ⊢ l, ∅;Σ ⊢ p : Σ(id(l)) ⇒ SiloRef[Σ(ι)] {type C = T̄} ⟹ Σ ⊢ Applied(ι,l,p)
Typing wfLin2(const WfPremises& p) {
  const Node applied = p.arena[p.subject];
  const Handle type = typeIn(p, applied[0]);
  const Handle parent = typeIn(p, p.arena.idOf(applied[1]));
  const Handle spore = p.checker.typeOf(applied[2]).type();
  const Handle captured = p.arena.is(spore, Tag::TSpore) ? p.arena[spore][2] : 0;
  const Handle wanted = p.arena.make(Tag::TSpore, parent, p.arena.make(Tag::TSiloRef, type), captured);
  if (agree(p.arena, spore, wanted) == 0) {
    return fails(Rule::WFLin2, 1, 2, spore, wanted,
                 "the spore does not lead from the parent's data to the data of this silo");
  }
  return holds(Rule::WFLin2, type);
}

// WF-Ref         Σ ⊢ l, h̄ ⊆ ℋ ⟹ Σ ⊢ Ref(l,h̄)
Typing wfRef(const WfPremises& p) {
  const Node ref = p.arena[p.subject];
  for (Handle host = ref[1]; host != 0; host = p.arena[host][1]) {
    if (p.arena[host][0] < p.arena.hosts().size()) continue;
    return fails(Rule::WFRef, 1, 1, 0, 0, "no such host is declared");
  }
  return holds(Rule::WFRef, typeIn(p, p.arena.idOf(ref[0])));
}

// WF-Res         Σ(ι) = T, ∅;Σ ⊢ v : T ⟹ Σ ⊢ Res(ι,v)
Typing wfRes(const WfPremises& p) {
  if (typeIn(p, p.arena[p.subject][0]) == 0) {
    return fails(Rule::WFRes, 0, 0, 0, 0, "the type of this identifier is not known");
  }
  return valueHasType(p, Rule::WFRes, "the answer is a value of another type than is awaited");
}

// WF-Req         r = Ref(l,h̄), Σ(id(l)) = Σ(ι), Σ ⊢ r ⟹ Σ ⊢ Req(h,r,ι)
Typing wfReq(const WfPremises& p) {
  const Node request = p.arena[p.subject];
  const Node ref = p.arena[request[1]];
  if (!ref.is(Tag::Ref)) return fails(Rule::WFReq, 0, 1, 0, 0, "what is asked for is not a reference");
  const Handle found = typeIn(p, p.arena.idOf(ref[0]));
  const Handle wanted = typeIn(p, request[2]);
  if (found != wanted) {
    return fails(Rule::WFReq, 1, 1, found, wanted, "the silo holds data of another type than is awaited");
  }
  if (const Typing reference = p.checker.reference(request[1]); !reference.ok()) {
    TypeRefusal refusal = reference.refusal();
    refusal.path.insert(refusal.path.begin(), 1);
    return Typing::fails(std::move(refusal));
  }
  return holds(Rule::WFReq, wanted);
}

// WF-HostConfig  Σ ⊢ σ, ∃Γ. Γ;Σ ⊢ t : T ⟹ Σ ⊢ (t,σ)^h          (Γ = ∅; a result that is kept has a type, too; with
//                recovery WF-Asked of every entry of ρ)
Typing wfHostConfig(const WfPremises& p) {
  Typing term = p.checker.typeOfTerm(*p.host);
  if (!term.ok()) return term;
  const Handle result = p.host->result;
  if (result != 0 && p.arena[result].isValue()) {
    if (Typing kept = p.checker.typeOf(result); !kept.ok()) return kept;
  }
  return holds(Rule::WFHostConfig, term.type());
}

// WF-Host1       Σ ⊢ ∅
Typing wfHost1(const WfPremises&) { return holds(Rule::WFHost1, 0); }

// WF-Host2       Σ ⊢ (t,σ)^h, Σ ⊢ H ⟹ Σ ⊢ {(t,σ)^h} ∪ H
Typing wfHost2(const WfPremises& p) { return p.checker.wf().at(Rule::WFHostConfig)(p); }

// WF-Messages-Emp  Σ ⊢ ∅
Typing wfMessagesEmp(const WfPremises&) { return holds(Rule::WFMessagesEmp, 0); }

// WF-Messages    Σ ⊢ M, Σ ⊢ m ⟹ Σ ⊢ M ⊎ {h ← m}
Typing wfMessages(const WfPremises& p) {
  return p.checker.wf().at(p.arena.is(p.subject, Tag::Req) ? Rule::WFReq : Rule::WFRes)(p);
}

// WF-Config      Σ ⊢ H, Σ ⊢ M ⟹ Σ ⊢ H | M
Typing wfConfig(const WfPremises&) { return holds(Rule::WFConfig, 0); }

// WF-Asked       Σ ⊢ l, id(l) = ι ∈ dom(Σ), h̄ ⊆ ℋ, a ∈ h̄ ∪ {⊥} ⟹ Σ ⊢ ρ with ρ(ι) = (Ref(l,h̄), a)
Typing wfAsked(const WfPremises& p) {
  const Node entry = p.arena[p.subject];
  const Node asked = p.arena[entry[1]];
  const Node ref = p.arena[asked[0]];
  if (const Typing lineage = p.checker.typeOf(ref[0]); !lineage.ok()) {
    TypeRefusal refusal = lineage.refusal();
    refusal.path.insert(refusal.path.begin(), {1, 0, 0});
    return Typing::fails(std::move(refusal));
  }
  const Node wanted = p.arena[entry[0]];
  const Node found = p.arena[p.arena.idOf(ref[0])];
  if (found[0] != wanted[0] || found[1] != wanted[1]) {
    return fails(Rule::WFAsked, 1, 1, 0, 0, "what was asked for is another silo than the one that is awaited");
  }
  bool isAmong = asked[1] == kNobody;
  for (Handle host = ref[1]; host != 0; host = p.arena[host][1]) {
    if (p.arena[host][0] >= p.arena.hosts().size()) return fails(Rule::WFAsked, 2, 1, 0, 0, "no such host is declared");
    isAmong = isAmong || p.arena[host][0] == asked[1];
  }
  if (!isAmong) {
    return fails(Rule::WFAsked, 3, 1, 0, 0, "the host that was asked is none of those that the reference names");
  }
  return holds(Rule::WFAsked, wanted[2]);
}

WfRules makeRules() {
  WfRules rules;
  rules.at(Rule::WFStore1) = wfStore1;
  rules.at(Rule::WFStore2) = wfStore2;
  rules.at(Rule::WFStoreSup) = wfStoreSup;
  rules.at(Rule::WFLin1) = wfLin1;
  rules.at(Rule::WFLin2) = wfLin2;
  rules.at(Rule::WFRef) = wfRef;
  rules.at(Rule::WFRes) = wfRes;
  rules.at(Rule::WFReq) = wfReq;
  rules.at(Rule::WFHostConfig) = wfHostConfig;
  rules.at(Rule::WFHost1) = wfHost1;
  rules.at(Rule::WFHost2) = wfHost2;
  rules.at(Rule::WFMessagesEmp) = wfMessagesEmp;
  rules.at(Rule::WFMessages) = wfMessages;
  rules.at(Rule::WFConfig) = wfConfig;
  rules.at(Rule::WFAsked) = wfAsked;
  return rules;
}

// ---- the judgement

// Judges one configuration. Each step returns false after it has set the refusal.
class Judge {
 public:
  Judge(Checker& checker, const Configuration& configuration, bool findsSigma)
      : checker_(checker), arena_(checker.arena()), configuration_(configuration), findsSigma_(findsSigma) {}

  WellFormed operator()() {
    if ((!findsSigma_ || findSigma()) && judgeHosts() && judgeMessages())
      ask(Rule::WFConfig, {checker_, arena_}, kNobody, 0);
    return std::move(outcome_);
  }

 private:
  // Σ ∪ what occurs in `part`, which `rule` judges. Each (h,i) is to have one type in all.
  bool extend(Handle& sigma, Handle part, Rule rule, uint32_t host) {
    Handle own = 0;
    Sigmas& sigmas = checker_.sigmas();
    if (!sigmas.of(part, own)) return refuseClash(rule, host, part);
    if (sigmas.merge(sigma, own, sigma)) return true;
    return refuseClash(rule == Rule::WFStore2 ? Rule::WFStoreSup : rule, host, part);
  }

  bool refuseClash(Rule rule, uint32_t host, Handle subject) {
    const Clash& clash = checker_.sigmas().clash();
    WfRefusal refusal;
    refusal.premise =
        fails(rule, 1, -1, arena_[clash.ident][2], arena_[clash.other][2], "one identifier occurs at two types")
            .refusal();
    refusal.asked = rule;
    refusal.host = host;
    refusal.subject = subject;
    refusal.ident = clash.ident;
    refusal.other = clash.other;
    outcome_.refusal = std::move(refusal);
    return false;
  }

  // Host by host, since in a successor most hosts are as they were.
  bool findSigma() {
    Handle sigma = 0;
    for (uint32_t h = 0; h < configuration_.hosts.size(); ++h) {
      const HostState& host = configuration_.hosts[h];
      Handle own = 0;
      if (!extend(own, host.store, Rule::WFStore2, h) || !extend(own, host.context, Rule::WFHostConfig, h) ||
          !extend(own, host.focus, Rule::WFHostConfig, h) || !extend(own, host.result, Rule::WFHostConfig, h) ||
          !extend(own, host.asked, Rule::WFHostConfig, h)) {
        return false;
      }
      if (!checker_.sigmas().merge(sigma, own, sigma)) return refuseClash(Rule::WFHost2, h, 0);
    }
    for (uint32_t h = 0; h < configuration_.hosts.size(); ++h) {
      if (!extend(sigma, configuration_.hosts[h].inbox, Rule::WFMessages, h)) return false;
    }
    outcome_.sigma = sigma;
    return true;
  }

  // Asks one rule.
  bool ask(Rule rule, const WfPremises& premises, uint32_t host, Handle ident) {
    const Typing typing = checker_.wf().at(rule)(premises);
    if (typing.ok()) return true;
    WfRefusal refusal;
    refusal.premise = typing.refusal();
    refusal.asked = rule;
    refusal.host = host;
    refusal.subject = premises.subject;
    refusal.ident = ident;
    outcome_.refusal = std::move(refusal);
    return false;
  }

  bool judgeHosts() {
    if (!ask(Rule::WFHost1, {checker_, arena_}, kNobody, 0)) return false;
    for (uint32_t h = 0; h < configuration_.hosts.size(); ++h) {
      const HostState& host = configuration_.hosts[h];
      if (host.crashed()) continue;
      if (!judgeEntries(host.store, h, Rule::WFStore2) || !judgeEntries(host.asked, h, Rule::WFAsked)) return false;
      if (ask(Rule::WFHost2, {checker_, arena_, 0, &host}, h, 0)) continue;
      outcome_.refusal->asked = Rule::WFHostConfig;
      outcome_.refusal->subject = checker_.typeOfTerm(host).ok() ? host.result : termOf(arena_, host);
      return false;
    }
    return true;
  }

  // Each entry of σ by WF-Store2, or of ρ by WF-Asked.
  bool judgeEntries(Handle store, uint32_t h, Rule rule) {
    if (store == 0) return rule == Rule::WFAsked || ask(Rule::WFStore1, {checker_, arena_}, h, 0);
    if (rule == Rule::WFStore2 && findsSigma_ &&
        !ask(Rule::WFStoreSup, {checker_, arena_, store, nullptr, outcome_.sigma}, h, 0)) {
      return false;
    }
    std::vector<std::pair<Handle, bool>> todo{{store, false}};
    while (!todo.empty()) {
      const auto [n, partsDone] = todo.back();
      todo.pop_back();
      if (checker_.isJudged(n)) continue;
      const Node node = arena_[n];
      if (node.is(Tag::Branch) && !partsDone) {
        todo.insert(todo.end(), {{n, true}, {node[2], false}, {node[1], false}});
        continue;
      }
      if (node.is(Tag::Leaf) && !ask(rule, {checker_, arena_, n}, h, node[0])) return false;
      checker_.setJudged(n, rule);
    }
    return true;
  }

  bool judgeMessages() {
    if (!ask(Rule::WFMessagesEmp, {checker_, arena_}, kNobody, 0)) return false;
    std::vector<Handle> judged;
    for (uint32_t h = 0; h < configuration_.hosts.size(); ++h) {
      for (Handle inbox = configuration_.hosts[h].inbox; inbox != 0; inbox = arena_[inbox][2]) {
        if (checker_.isJudged(inbox)) break;
        const Handle message = arena_[inbox][0];
        const bool request = arena_.is(message, Tag::Req);
        if (!checker_.isJudged(message)) {
          if (!ask(Rule::WFMessages, {checker_, arena_, message}, h, arena_[message][request ? 2 : 0])) {
            outcome_.refusal->asked = request ? Rule::WFReq : Rule::WFRes;
            return false;
          }
          checker_.setJudged(message, request ? Rule::WFReq : Rule::WFRes);
        }
        judged.push_back(inbox);
      }
    }
    for (const Handle inbox : judged) checker_.setJudged(inbox, Rule::WFMessages);
    return true;
  }

  Checker& checker_;
  Arena& arena_;
  const Configuration& configuration_;
  bool findsSigma_;
  WellFormed outcome_;
};

// ---- its derivation

uint32_t deriveStore(Checker& checker, Handle store, Handle sigma, uint32_t host, Derivation& into) {
  uint32_t conclusion = into.add({Rule::WFStore1, 0, 0, 0, host, {}});
  // Σ ⊢ ∅ at once, for a value may have any identifier in it; then [ι↦Σ(ι)]Σ = Σ for each entry.
  if (sigma != 0) conclusion = into.add({Rule::WFStoreSup, 0, 0, 0, host, {conclusion}});
  for (const Handle leaf : entries(checker.arena(), store)) {
    const uint32_t value = checker.derive(checker.arena()[leaf][1], into);
    conclusion = into.add({Rule::WFStore2, leaf, 0, 0, host, {conclusion, value}});
  }
  return conclusion;
}

uint32_t deriveMessage(Checker& checker, Handle message, uint32_t host, Derivation& into) {
  const Node m = checker.arena()[message];
  if (m.is(Tag::Res)) return into.add({Rule::WFRes, message, 0, 0, host, {checker.derive(m[1], into)}});
  const uint32_t lineage = checker.derive(checker.arena()[m[1]][0], into);
  const uint32_t reference = into.add({Rule::WFRef, m[1], 0, 0, kNobody, {lineage}});
  return into.add({Rule::WFReq, message, 0, 0, host, {reference}});
}

uint32_t deriveHosts(Checker& checker, const Configuration& configuration, Handle sigma, Derivation& into) {
  uint32_t hosts = into.add({Rule::WFHost1, 0, 0, 0, kNobody, {}});
  for (size_t i = configuration.hosts.size(); i-- > 0;) {
    const HostState& state = configuration.hosts[i];
    if (state.crashed()) continue;
    const auto h = static_cast<uint32_t>(i);
    const Handle t = termOf(checker.arena(), state);
    const uint32_t store = deriveStore(checker, state.store, sigma, h, into);
    std::vector<uint32_t> premises{store, checker.derive(t, into)};
    for (const Handle leaf : entries(checker.arena(), state.asked)) {
      const uint32_t lineage = checker.derive(checker.arena()[checker.arena()[checker.arena()[leaf][1]][0]][0], into);
      premises.push_back(into.add({Rule::WFAsked, leaf, 0, 0, h, {lineage}}));
    }
    const uint32_t host = into.add({Rule::WFHostConfig, t, 0, 0, h, std::move(premises)});
    hosts = into.add({Rule::WFHost2, 0, 0, 0, h, {host, hosts}});
  }
  return hosts;
}

uint32_t deriveMessages(Checker& checker, const Configuration& configuration, Derivation& into) {
  uint32_t all = into.add({Rule::WFMessagesEmp, 0, 0, 0, kNobody, {}});
  for (size_t i = configuration.hosts.size(); i-- > 0;) {
    const auto h = static_cast<uint32_t>(i);
    for (const Pending& pending : messages(checker.arena(), configuration.hosts[i].inbox)) {
      const uint32_t one = deriveMessage(checker, pending.message, h, into);
      for (uint32_t n = 0; n < pending.count; ++n) {
        all = into.add({Rule::WFMessages, pending.message, 0, 0, h, {all, one}});
      }
    }
  }
  return all;
}

}  // namespace

const WfRules& wfRules() {
  static const WfRules rules = makeRules();
  return rules;
}

WellFormed checkConfiguration(Checker& checker, const Configuration& configuration) {
  return Judge(checker, configuration, true)();
}

WellFormed checkUnderSigma(Checker& checker, const Configuration& configuration) {
  return Judge(checker, configuration, false)();
}

Derivation deriveConfiguration(Checker& checker, const Configuration& configuration) {
  Derivation derivation;
  const Handle sigma = checkConfiguration(checker, configuration).sigma;
  const uint32_t hosts = deriveHosts(checker, configuration, sigma, derivation);
  const uint32_t messages = deriveMessages(checker, configuration, derivation);
  derivation.add({Rule::WFConfig, 0, 0, 0, kNobody, {hosts, messages}});
  return derivation;
}

}  // namespace funpass
