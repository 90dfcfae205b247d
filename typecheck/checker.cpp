#include "typecheck/checker.hpp"

#include <algorithm>

#include <boost/unordered/unordered_flat_map.hpp>

#include "typecheck/typing_parts.hpp"
#include "typecheck/wellformed.hpp"

namespace funpass {

namespace {

uint64_t pairKey(Handle a, Handle b) { return uint64_t{a} << 32U | b; }

// Is field k of the node judged before the node is? A lineage's parts are, though they are no subterms; so are those of
// what fromLineage holds.
bool isPart(const Node& node, int k) {
  if (node.is(Tag::Ref)) return k == 0;
  if (node.is(Tag::Applied)) return k != 0;
  if (node.is(Tag::FromLineage) || node.is(Tag::Saved)) return true;
  if (node.is(Tag::Leaf)) return k == 1;
  if (node.is(Tag::Branch)) return k != 0;
  const char kind = kFields[node.tag][static_cast<size_t>(k)];
  return kind == 'E' || kind == 't' || kind == 'b' || kind == 's';
}

// The Γ of a part, given the node's Γ and the types of the parts before it.
Handle gammaOf(Arena& arena, const Node& node, int k, Handle gamma, const std::array<Handle, 3>& type) {
  if (node.is(Tag::Ref) || node.is(Tag::Applied) || node.is(Tag::Saved)) return 0;
  const char kind = kFields[node.tag][static_cast<size_t>(k)];
  if (kind == 'b') return arena.make(Tag::TCons, node[0], gamma);
  if (kind == 's') return arena.make(Tag::TCons, node[1], type[0]);
  return gamma;
}

Typing withPath(const Typing& refused, std::vector<uint8_t> path) {
  TypeRefusal refusal = refused.refusal();
  refusal.path.insert(refusal.path.begin(), path.begin(), path.end());
  return Typing::fails(std::move(refusal));
}

}  // namespace

// A node under way: the types of its parts so far, the next part.
struct Checker::Visit {
  Handle node;
  Handle gamma;
  int next = 0;
  std::array<Handle, 3> type{};
  std::vector<uint32_t> premises{};  // while a derivation is made
  uint32_t begin = 0, end = 0;       // where Γ's types lie in the walk's, the innermost last
};

struct Checker::Walk {
  std::vector<Visit> stack{};
  std::vector<Handle> gammas{};  // the types in the Γ of each visit under way, that of an inner one behind its outer's
  boost::unordered_flat_map<uint64_t, Handle> open{};  // what was judged under a Γ
  Derivation* into = nullptr;
  Handle type = 0;                    // the last judgement's type
  Rule rule = Rule::Count;            // and rule
  std::vector<uint32_t> concluded{};  // and its entry in the derivation (of a list of entries or arguments: theirs)
};

Checker::Checker(Arena& arena, const TypeRules& rules, bool mobility, const WfRules& wf)
    : arena_(&arena), rules_(&rules), mobility_(mobility), wf_(&wf), sigmas_(arena) {}

void Checker::moveTo(Arena& arena) {
  arena_ = &arena;
  sigmas_.moveTo(arena);
  known_.clear();
  mobile_.clear();
  contextTypes_.clear();
}

void Checker::remember(Handle node, Known known) {
  if (node >= known_.size()) known_.resize(std::max<size_t>(arena_->size(), node + size_t{1}));
  known_[node] = known;
}

// Takes the answer for `t` from memory, or begins a visit and returns false.
bool Checker::enter(Walk& walk, Handle t, Handle gamma) const {
  if (walk.into != nullptr) {
    if (const auto there = walk.into->known.find(pairKey(t, gamma)); there != walk.into->known.end()) {
      const Inference& inference = walk.into->inferences[there->second];
      walk.type = inference.type != 0 ? inference.type : known_[t].type;
      walk.rule = inference.rule;
      walk.concluded = {there->second};
      return true;
    }
  } else if (gamma == 0 || (*arena_)[t].free == 0) {
    if (isJudged(t)) {
      walk.type = known_[t].type;
      walk.rule = known_[t].rule;
      return true;
    }
  } else if (const auto there = walk.open.find(pairKey(t, gamma)); there != walk.open.end()) {
    walk.type = there->second;
    return true;
  }
  walk.stack.push_back({t, gamma});
  return false;
}

// Lays out the types of the Γ of the last visit: that of the visit around it, perhaps with one more, or another.
void Checker::layOut(Walk& walk) const {
  Visit& visit = walk.stack.back();
  Handle rest = visit.gamma;
  std::vector<Handle> inner;
  if (walk.stack.size() > 1) {
    const Visit& outer = walk.stack[walk.stack.size() - 2];
    visit.begin = outer.begin;
    visit.end = outer.end;
    while (rest != outer.gamma && rest != 0) {
      inner.push_back((*arena_)[rest][0]);
      rest = (*arena_)[rest][1];
    }
    if (rest != outer.gamma) visit.begin = visit.end;
  } else {
    for (; rest != 0; rest = (*arena_)[rest][1]) inner.push_back((*arena_)[rest][0]);
  }
  walk.gammas.resize(visit.end);
  walk.gammas.insert(walk.gammas.end(), inner.rbegin(), inner.rend());
  visit.end = static_cast<uint32_t>(walk.gammas.size());
}

// One judgement, all parts of the node judged.
Typing Checker::judge(const Walk& walk, const Visit& visit) {
  const Node node = (*arena_)[visit.node];
  TypePremises premises{*arena_, node, visit.type, mobility_, &mobile_};
  if (node.is(Tag::Mat)) return wf_->at(Rule::WFLin1)({*this, *arena_, visit.node});
  if (node.is(Tag::Applied)) return wf_->at(Rule::WFLin2)({*this, *arena_, visit.node});
  if (node.is(Tag::Leaf)) return wf_->at(Rule::WFStore2)({*this, *arena_, visit.node});
  if (node.is(Tag::Branch) || node.is(Tag::Saved)) return Typing::holds(Rule::WFStore2, visit.node);
  if (node.is(Tag::Ref)) {
    if (Typing wellFormed = wf_->at(Rule::WFRef)({*this, *arena_, visit.node}); !wellFormed.ok()) return wellFormed;
    premises.type = {};
  }
  if (node.is(Tag::Var)) {  // x:T ∈ Γ
    premises.type[0] = node[0] < visit.end - visit.begin ? walk.gammas[visit.end - 1 - node[0]] : 0;
  }
  return conclude(*rules_, premises);
}

// Adds the judgement to the derivation. The judgements of entries and arguments are premises of their spore or record,
// those of a saved lineage of its fromLineage.
void Checker::record(Walk& walk, const Visit& visit, const Typing& typing) const {
  Derivation& into = *walk.into;
  const Node node = (*arena_)[visit.node];
  if (node.is(Tag::Entry) || node.is(Tag::Arg) || node.is(Tag::Branch) || node.is(Tag::Saved)) {
    walk.concluded = visit.premises;
    return;
  }
  const bool lineage = node.is(Tag::Mat) || node.is(Tag::Applied) || node.is(Tag::Leaf);
  std::vector<uint32_t> premises = visit.premises;
  if (node.is(Tag::Ref)) premises = {into.add({Rule::WFRef, visit.node, 0, 0, kNobody, premises})};
  walk.concluded = {
      into.add({typing.rule(), visit.node, lineage ? 0 : typing.type(), visit.gamma, kNobody, std::move(premises)})};
  into.known[pairKey(visit.node, visit.gamma)] = walk.concluded[0];
}

Typing Checker::walk(Handle t, Handle gamma, Derivation* into) {
  Walk walk;
  walk.into = into;
  if (enter(walk, t, gamma)) return Typing::holds(walk.rule, walk.type);
  layOut(walk);
  const auto take = [&walk](Visit& visit) {
    visit.type[static_cast<size_t>(visit.next++)] = walk.type;
    if (walk.into == nullptr) return;
    visit.premises.insert(visit.premises.end(), walk.concluded.begin(), walk.concluded.end());
  };
  while (true) {
    const size_t depth = walk.stack.size();
    while (walk.stack.back().next < 3) {
      Visit& visit = walk.stack.back();
      const Node node = (*arena_)[visit.node];
      const int k = visit.next;
      if (!isPart(node, k) || node[k] == 0) {
        ++visit.next;
        continue;
      }
      if (!enter(walk, node[k], gammaOf(*arena_, node, k, visit.gamma, visit.type))) {  // moved `visit`
        layOut(walk);
        break;
      }
      take(visit);
    }
    if (walk.stack.size() > depth) continue;
    const Visit visit = std::move(walk.stack.back());
    walk.stack.pop_back();
    Typing typing = judge(walk, visit);
    if (!typing.ok()) {
      std::vector<uint8_t> path;
      for (const Visit& above : walk.stack) path.push_back(static_cast<uint8_t>(above.next));
      return withPath(typing, std::move(path));
    }
    walk.type = typing.type();
    if (visit.gamma == 0 || (*arena_)[visit.node].free == 0) {
      remember(visit.node, {typing.type(), typing.rule()});
    } else if (into == nullptr) {
      walk.open[pairKey(visit.node, visit.gamma)] = typing.type();
    }
    if (into != nullptr) record(walk, visit, typing);
    if (walk.stack.empty()) return typing;
    take(walk.stack.back());
  }
}

Typing Checker::reference(Handle r) {
  const Node node = (*arena_)[r];
  if (const Typing lineage = typeOf(node[0]); !lineage.ok()) return withPath(lineage, {0});
  return wf_->at(Rule::WFRef)({*this, *arena_, r});
}

// The type of one frame's node, given the type of what stands in its hole.
Typing Checker::frame(Handle frame, Handle holeType) {
  const Node f = (*arena_)[frame];
  const int hole = f.hole();
  Node node;
  node.tag = static_cast<uint8_t>(f.frameOf());
  std::array<Handle, 3> type{};
  for (int k = 0, j = 0; k < 3; ++k) {
    if (k != hole) node.field[static_cast<size_t>(k)] = f[j++];
  }
  type[static_cast<size_t>(hole)] = holeType;
  for (int k = 0; k < 3; ++k) {
    if (k == hole || !isPart(node, k) || node[k] == 0) continue;
    const Typing part = walk(node[k], gammaOf(*arena_, node, k, 0, type));
    if (!part.ok()) return withPath(part, {static_cast<uint8_t>(k)});
    type[static_cast<size_t>(k)] = part.type();
  }
  return conclude(*rules_, {*arena_, node, type, mobility_, &mobile_});
}

Typing Checker::typeOfContext(Handle context, Handle holeType) {
  std::vector<uint64_t> passed;
  Handle type = holeType;
  while (context != 0) {
    const uint64_t key = pairKey(context, type);
    if (const auto known = contextTypes_.find(key); known != contextTypes_.end()) {
      type = known->second;
      break;
    }
    Typing typing = frame(context, type);
    if (!typing.ok()) return typing;
    passed.push_back(key);
    type = typing.type();
    context = (*arena_)[context][2];
  }
  for (const uint64_t key : passed) contextTypes_[key] = type;
  return Typing::holds(Rule::WFHostConfig, type);
}

Typing Checker::typeOfTerm(const HostState& host) {
  const Typing focus = typeOf(host.focus);
  Typing whole = focus.ok() ? typeOfContext(host.context, focus.type()) : focus;
  if (whole.ok()) return whole;
  const Typing plugged = typeOf(termOf(*arena_, host));
  return plugged.ok() ? whole : plugged;
}

Derivation Checker::derive(Handle t) {
  Derivation derivation;
  if (typeOf(t).ok()) derive(t, derivation);
  return derivation;
}

uint32_t Checker::derive(Handle t, Derivation& into) {
  if (const auto there = into.known.find(pairKey(t, 0)); there != into.known.end()) return there->second;
  walk(t, 0, &into);
  return into.known.at(pairKey(t, 0));
}

}  // namespace funpass
