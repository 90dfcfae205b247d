// What only a literal writes: identifiers with their types, references, lineages, shares.
//
// An identifier carries its type, so all types are found before the terms are made: those of `types`, and for the rest
// what the terms say, in rounds over the literal until nothing new is learned.
#include <algorithm>

#include "typecheck/elaborate_state.hpp"

namespace funpass::elaboration {

namespace {

uint64_t keyOf(uint32_t host, uint32_t index) { return uint64_t{host} << 32U | index; }

constexpr std::string_view kCurrent = "currentHost";  // the host of a saved lineage's identifiers

bool isType(Kind kind) {
  return kind == Kind::TypeName || kind == Kind::Generic || kind == Kind::Arrow || kind == Kind::SporeArrow;
}

}  // namespace

// ---- Σ

/// Every identifier of the file, with the place where it stands first.
void Elaborator::collectIdentifiers() {
  for (Index node = 1; node < tree_.nodes.size(); ++node) {
    if (tree_.kind(node) != Kind::Identifier) continue;
    const int64_t index = tree_[node].value;
    const uint32_t host = hostNumber(tree_.text(node));
    if (host == kNobody && tree_.text(node) != kCurrent) {
      report("undeclared host", spanOf(node), "there is no host `" + tree_.text(node) + "`",
             meant(tree_.text(node), arena_.hosts()));
      continue;
    }
    if (index < 0 || index >= int64_t{kNobody}) {
      report("limit", spanOf(node), "this index is too large: indices go up to 4294967294");
      continue;
    }
    if (host == kNobody) savedIdentifiers_ = std::max(savedIdentifiers_, static_cast<uint32_t>(index) + 1);
    const auto [number, isNew] = identifierNumbers_.emplace(keyOf(host, static_cast<uint32_t>(index)),
                                                            static_cast<uint32_t>(identifiers_.size()));
    if (isNew) identifiers_.push_back({host, static_cast<uint32_t>(index), 0, node});
    Index& first = identifiers_[number->second].first;
    if (spanOf(node).begin < spanOf(first).begin) first = node;
  }
  std::sort(identifiers_.begin(), identifiers_.end(),
            [this](const Identifier& a, const Identifier& b) { return spanOf(a.first).begin < spanOf(b.first).begin; });
  for (uint32_t i = 0; i < identifiers_.size(); ++i) {
    identifierNumbers_[keyOf(identifiers_[i].host, identifiers_[i].index)] = i;
  }
}

void Elaborator::declareTypes(Index types) {
  std::unordered_map<uint32_t, Index> declared;
  for (const Index entry : tree_.children(types)) {
    if (tree_.kind(entry) != Kind::TypeEntry) continue;
    const Handle written = type(tree_.child(entry, 1));
    const Index node = tree_.child(entry, 0);
    const auto number =
        identifierNumbers_.find(keyOf(hostNumber(tree_.text(node)), static_cast<uint32_t>(tree_[node].value)));
    if (number == identifierNumbers_.end()) continue;
    Handle& known = identifiers_[number->second].type;
    const auto [first, isNew] = declared.emplace(number->second, entry);
    if (!isNew && known != written) {
      report("types", spanOf(entry),
             "an identifier has one type, and this one is " + quoted(known) + " and " + quoted(written), {},
             {{"its first type", spanOf(first->second)}});
      continue;
    }
    known = written;
  }
}

void Elaborator::learn(Handle ident, Handle type) {
  if (ident == 0 || !isUnknown(arena_[ident][2])) return;
  const auto number = identifierNumbers_.find(keyOf(arena_[ident][0], arena_[ident][1]));
  if (number == identifierNumbers_.end() || identifiers_[number->second].type != 0 || !isKnown(type)) return;
  identifiers_[number->second].type = type;
  learned_ = true;
}

/// `term` is found to have the type `type` by what stands beside it.
void Elaborator::learnFrom(Handle term, Handle type) {
  if (!quiet_) return;
  const Node node = arena_[term];
  if (node.is(Tag::Ident) && arena_.is(type, Tag::TFuture)) learn(term, arena_[type][0]);
  if (!node.is(Tag::Await)) return;
  const Node awaited = arena_[node[0]];
  if (awaited.is(Tag::Ident)) learn(node[0], type);
  if (awaited.is(Tag::Send) && arena_.is(awaited[0], Tag::Ref)) {
    learn(arena_.idOf(arena_[awaited[0]][0]), type);
  }
}

void Elaborator::inferIdentifiers(Index config) {
  const auto isMissing = [](const Identifier& identifier) { return identifier.type == 0; };
  quiet_ = true;
  learned_ = true;
  while (learned_ && std::any_of(identifiers_.begin(), identifiers_.end(), isMissing)) {
    learned_ = false;
    configuration(config);
    for (auto& [k, share] : shares_) share.busy = share.done = false;
    typeShares_.clear();
  }
  quiet_ = false;
  for (const Identifier& identifier : identifiers_) {
    if (!isMissing(identifier)) continue;
    const std::string host(identifier.host == kNobody ? kCurrent : arena_.hosts()[identifier.host]);
    const std::string name = "(" + host + "," + std::to_string(identifier.index) + ")";
    report("types", spanOf(identifier.first), "nothing here says of which type `" + name + "` is",
           "add it to `types`: `" + name + ": T`");
  }
}

/// The node of a written identifier.
Handle Elaborator::identifier(Index node) {
  const auto number =
      identifierNumbers_.find(keyOf(hostNumber(tree_.text(node)), static_cast<uint32_t>(tree_[node].value)));
  if (tree_.kind(node) != Kind::Identifier || number == identifierNumbers_.end()) return arena_.ident(0, 0, unknown());
  const Identifier& known = identifiers_[number->second];
  return arena_.ident(known.host, known.index, known.type == 0 ? unknown() : known.type);
}

// ---- terms

void Elaborator::visitIdentifier(const Task& task) {
  const Handle ident = identifier(task.node);
  if (task.want.hint != 0 && arena_.is(task.want.hint, Tag::TFuture)) learn(ident, arena_[task.want.hint][0]);
  push(ident, judge(ident, {}, task.at), task.at);
}

void Elaborator::visitRef(const Task& task) {
  closeScope();
  then(Task::What::Ref, task);
  Want want;
  want.lineage = true;
  visitLater(tree_.child(task.node, 0), want);
}

// ---- Saved(l, ι -> v, …)

void Elaborator::visitSaved(const Task& task) {
  then(Task::What::Saved, task, 1);
  Want want;
  want.lineage = true;
  closeScope();
  visitLater(tree_.child(task.node, 0), want);
}

/// The lineage and the values of `k` - 1 leaves are there.
void Elaborator::endSaved(const Task& task) {
  if (task.k < tree_[task.node].count) {
    then(Task::What::Saved, task, task.k + 1);
    const Index binding = tree_.child(task.node, task.k);
    Want want;
    if (tree_.kind(binding) == Kind::Binding) {
      const Handle type = arena_[identifier(tree_.child(binding, 0))][2];
      if (!isUnknown(type)) want.expected = want.hint = type;
      visitLater(tree_.child(binding, 1), want);
    } else {
      visitLater(binding);
    }
    return;
  }
  openScope();
  Handle leaves = 0;
  for (uint32_t k = task.k; k-- > 1;) {
    const Typed value = pop();
    const Index binding = tree_.child(task.node, k);
    if (tree_.kind(binding) != Kind::Binding) continue;
    const Handle ident = identifier(tree_.child(binding, 0));
    learn(ident, value.type);
    if (!isValue(arena_, value.term) && !isUnknown(value.type)) {
      report("WF-Store2", spanOf(value.at), "what a leaf holds is a value, and this is still to be evaluated");
    }
    if (lookup(arena_, leaves, ident) != 0) {
      report("distinct names", spanOf(tree_.child(binding, 0)), "the saved lineage has this leaf twice");
    }
    leaves = insert(arena_, leaves, ident, value.term);
  }
  const Typed lineage = pop();
  if (!isLineage(lineage.term)) {
    if (lineage.type != 0 && !isUnknown(lineage.type)) {
      report("syntax", spanOf(lineage.at), "what is saved is a lineage, `Mat(ι)` or `Applied(ι, l, p)`");
    }
    pushUnknown(task.at);
    return;
  }
  const Handle data = arena_[arena_.idOf(lineage.term)][2];
  push(arena_.make(Tag::Saved, lineage.term, leaves), arena_.make(Tag::TSiloRef, data), task.at);
}

bool Elaborator::isLineage(Handle node) const { return arena_.is(node, Tag::Mat) || arena_.is(node, Tag::Applied); }

void Elaborator::endRef(const Task& task) {
  openScope();
  const Typed lineage = pop();
  std::vector<uint32_t> hosts;
  for (uint32_t k = 1; k < tree_[task.node].count; ++k) {
    const Index name = tree_.child(task.node, k);
    if (tree_.kind(name) != Kind::Name) continue;
    const uint32_t host = hostNumber(tree_.text(name));
    if (host == kNobody) {
      report("WF-Ref", spanOf(name), "there is no host `" + tree_.text(name) + "`",
             meant(tree_.text(name), arena_.hosts()));
    } else if (std::find(hosts.begin(), hosts.end(), host) != hosts.end()) {
      report("distinct names", spanOf(name), "the host `" + tree_.text(name) + "` is named twice");
    } else {
      hosts.push_back(host);
    }
  }
  if (!isLineage(lineage.term) && !isUnknown(lineage.type)) {
    report("syntax", spanOf(lineage.at), "a reference has a lineage, `Mat(ι)` or `Applied(ι, l, p)`");
  }
  // The references of a saved lineage have no hosts yet, and no others do without.
  const bool saved = isLineage(lineage.term) && arena_[arena_.idOf(lineage.term)][0] == kNobody;
  if (isLineage(lineage.term) && saved != (tree_[task.node].count == 1)) {
    report("WF-Ref", spanOf(task.node),
           saved ? "a reference of a saved lineage has no hosts yet: they are those that `fromLineage` names"
                 : "a reference names a host at least",
           saved ? "write `Ref(l, [])`" : "");
    pushUnknown(task.at);
    return;
  }
  if (!isLineage(lineage.term) || saved != hosts.empty()) {
    pushUnknown(task.at);
    return;
  }
  Handle chain = 0;
  for (auto it = hosts.rbegin(); it != hosts.rend(); ++it) chain = arena_.make(Tag::Host, *it, chain);
  if (task.want.hint != 0 && arena_.is(task.want.hint, Tag::TSiloRef)) {
    learn(arena_.idOf(lineage.term), arena_[task.want.hint][0]);
  }
  const Handle node = arena_.make(Tag::Ref, lineage.term, chain);
  push(node, judge(node, {{}, {lineage.at}}, task.at), task.at);
}

void Elaborator::visitMat(const Task& task) {
  if (!task.want.lineage) {
    report("syntax", spanOf(task.node), "a lineage is no term: it stands in `Ref(…)` and `Applied(…)`");
    pushUnknown(task.at);
    return;
  }
  push(arena_.make(Tag::Mat, identifier(tree_.child(task.node, 0))), 0, task.at);
}

void Elaborator::visitApplied(const Task& task) {
  if (!task.want.lineage) {
    report("syntax", spanOf(task.node), "a lineage is no term: it stands in `Ref(…)` and `Applied(…)`");
    pushUnknown(task.at);
    return;
  }
  then(Task::What::AppliedSpore, task);
  Want want;
  want.lineage = true;
  visitLater(tree_.child(task.node, 1), want);
}

void Elaborator::appliedSpore(const Task& task) {
  then(Task::What::Applied, task);
  visitLater(tree_.child(task.node, 2));
}

void Elaborator::endApplied(const Task& task) {
  const Typed spore = pop();
  const Typed parent = pop();
  const Handle ident = identifier(tree_.child(task.node, 0));
  if (!isLineage(parent.term) && parent.type != 0 && !isUnknown(parent.type)) {
    report("syntax", spanOf(parent.at), "the parent is a lineage, `Mat(ι)` or `Applied(ι, l, p)`");
  }
  if (!isUnknown(spore.type) && (!arena_.is(spore.term, Tag::Spore) || !isValue(arena_, spore.term))) {
    report("WF-Lin2", spanOf(spore.at), "a lineage holds a spore whose header is evaluated");
  }
  const Node sporeType = arena_[spore.type];
  if (sporeType.is(Tag::TSpore) && isLineage(parent.term)) {
    learn(ident, elementOf(Tag::TSiloRef, sporeType[1]));
    learn(arena_.idOf(parent.term), sporeType[0]);
  }
  if (!isLineage(parent.term) || !arena_.is(spore.term, Tag::Spore)) {
    pushUnknown(task.at);
    return;
  }
  push(arena_.make(Tag::Applied, ident, parent.term, spore.term), 0, task.at);
}

// ---- $k

void Elaborator::declareShares(Index where) {
  for (const Index entry : tree_.children(where)) {
    if (tree_.kind(entry) != Kind::WhereEntry) continue;
    Shared shared;
    shared.content = tree_.child(entry, 0);
    shared.entry = entry;
    const auto [first, isNew] = shares_.emplace(tree_[entry].value, shared);
    if (isNew) continue;
    report("distinct names", spanOf(entry), "`$" + std::to_string(tree_[entry].value) + "` is there twice", {},
           {{"the first one", spanOf(first->second.entry)}});
  }
}

void Elaborator::visitShare(const Task& task) {
  const int64_t k = tree_[task.node].value;
  const auto found = shares_.find(k);
  if (found == shares_.end() || found->second.busy) {
    report("where", spanOf(task.node),
           "`$" + std::to_string(k) + "` is " + (found == shares_.end() ? "not in `where`" : "made of itself"));
    pushUnknown(task.at);
    return;
  }
  if (found->second.done) {
    pushShare(task, found->second.typed);
    return;
  }
  found->second.busy = true;
  closeScope();
  then(Task::What::Share, task);
  Want want;
  want.lineage = true;
  visitLater(found->second.content, want);
}

void Elaborator::endShare(const Task& task) {
  openScope();
  Shared& shared = shares_[tree_[task.node].value];
  shared.typed = pop();
  shared.busy = false;
  shared.done = true;
  pushShare(task, shared.typed);
}

void Elaborator::pushShare(const Task& task, const Typed& typed) {
  if (isLineage(typed.term) && !task.want.lineage) {
    report("syntax", spanOf(task.node), "this stands for a lineage, and a term belongs here");
    pushUnknown(task.at);
    return;
  }
  push(typed.term, typed.type, task.at);
}

/// What no term refers to is read all the same.
void Elaborator::readUnusedShares(Index where) {
  for (const Index entry : tree_.children(where)) {
    if (tree_.kind(entry) != Kind::WhereEntry) continue;
    const int64_t k = tree_[entry].value;
    const Shared& shared = shares_[k];
    if (shared.entry != entry || shared.done || typeShares_.count(k) != 0) continue;
    if (isType(tree_.kind(withoutParens(shared.content)))) {
      type(shared.content);
    } else {
      Want want;
      want.lineage = true;
      term(shared.content, want);
    }
  }
}

void Elaborator::closeScope() {
  bases_.push_back(base_);
  base_ = static_cast<uint32_t>(scope_.size());
}

void Elaborator::openScope() {
  base_ = bases_.back();
  bases_.pop_back();
}

}  // namespace funpass::elaboration
