// Configuration literals (section 7): host lines, stores, messages, results, budgets.
#include <algorithm>

#include "typecheck/elaborate_state.hpp"

namespace funpass::elaboration {

namespace {

/// The child of this kind, 0 if the literal does not have it.
Index section(const Tree& tree, Index config, Kind kind) {
  for (const Index child : tree.children(config)) {
    if (tree.kind(child) == kind) return child;
  }
  return 0;
}

}  // namespace

void Elaborator::elaborateConfig(Index node) {
  if (program_.initial.hosts.size() == arena_.hosts().size()) return;  // a second one: reported by the parser
  declareShares(section(tree_, node, Kind::Where));
  collectIdentifiers();
  declareTypes(section(tree_, node, Kind::Types));
  checkFresh(node);
  inferIdentifiers(node);
  program_.initial = configuration(node);
  checkSaved();
}

/// The identifiers of saved lineages stand in these only.
void Elaborator::checkSaved() {
  std::vector<Handle> todo;
  for (const HostState& host : program_.initial.hosts) {
    todo.insert(todo.end(), {host.focus, host.context, host.store, host.asked, host.inbox, host.result});
  }
  std::unordered_set<Handle> seen;
  while (!todo.empty()) {
    const Handle n = todo.back();
    todo.pop_back();
    const Node node = arena_[n];
    if (!node.hasIdent() || node.is(Tag::Saved) || !seen.insert(n).second) continue;
    if (node.is(Tag::Ident) && node[0] == kNobody) {
      const auto number = identifierNumbers_.find(uint64_t{kNobody} << 32U | node[1]);
      const Index first = number == identifierNumbers_.end() ? 0 : identifiers_[number->second].first;
      report("syntax", spanOf(first), "identifiers of `currentHost` are those of a saved lineage, inside `Saved(…)`");
      return;
    }
    for (int k = 0; k < 3; ++k) {
      if (isHandleField(node, k)) todo.push_back(node[k]);
    }
  }
}

/// Fresh: the host's next index exceeds every index that is in use.
void Elaborator::checkFresh(Index config) {
  std::vector<Index> lines(arena_.hosts().size(), 0);
  for (const Index line : tree_.children(config)) {
    if (tree_.kind(line) != Kind::HostLine) continue;
    const uint32_t host = hostNumber(tree_.text(line));
    if (host != kNobody && lines[host] == 0) lines[host] = line;
    if (tree_[line].value < 0 || tree_[line].value > int64_t{kNobody}) {
      report("limit", nameOf(line), "`next` is too large: indices go up to 4294967294");
    }
  }
  for (const Identifier& identifier : identifiers_) {
    const Index line = identifier.host == kNobody ? 0 : lines[identifier.host];
    if (line == 0 || int64_t{identifier.index} < tree_[line].value) continue;
    report("fresh", spanOf(identifier.first),
           "the host `" + tree_.text(line) + "` is still to use the index " + std::to_string(identifier.index) +
               ": its `next` is " + std::to_string(tree_[line].value),
           "`next` is larger than every index of the host in use", {{"the host's line", spanOf(line)}});
    lines[identifier.host] = 0;
  }
}

Configuration Elaborator::configuration(Index config) {
  Configuration made;
  made.hosts.resize(arena_.hosts().size());
  program_.recovery = false;
  std::vector<bool> seen(made.hosts.size(), false);
  for (const Index line : tree_.children(config)) {
    if (tree_.kind(line) != Kind::HostLine) continue;
    const uint32_t host = hostNumber(tree_.text(line));
    if (host == kNobody || seen[host]) continue;
    seen[host] = true;
    hostLine(line, host, made.hosts[host]);
  }
  messagesOf(section(tree_, config, Kind::Messages), made);
  resultsOf(section(tree_, config, Kind::Results), made);
  budgetsOf(section(tree_, config, Kind::Budgets), made);
  readUnusedShares(section(tree_, config, Kind::Where));
  return made;
}

// ---- host lines

void Elaborator::hostLine(Index line, uint32_t host, HostState& made) {
  made.next = static_cast<uint32_t>(tree_[line].value);
  if (tree_[line].op == 1) return;
  const Typed typed = term(tree_.child(line, 0));
  program_.resultTypes[host] = typed.type;
  const Decomposed decomposed = decompose(arena_, typed.term);
  made.focus = decomposed.focus;
  made.context = decomposed.context;
  made.store = storeOf(tree_.child(line, 1));
  const Index asked = tree_.child(line, 2);
  if (tree_.kind(asked) != Kind::Asked) return;
  program_.recovery = true;
  made.asked = askedOf(asked);
}

/// A term that has to be a value.
Typed Elaborator::valueOf(Index node, Handle ident, std::string_view rule, std::string_view where) {
  Want want;
  if (ident != 0 && !isUnknown(arena_[ident][2])) want.expected = want.hint = arena_[ident][2];
  const Typed typed = term(node, want);
  if (!isValue(arena_, typed.term) && !isUnknown(typed.type)) {
    report(rule, spanOf(node), std::string(where) + " is a value, and this is still to be evaluated");
  }
  if (ident != 0) learn(ident, typed.type);
  return typed;
}

Handle Elaborator::storeOf(Index store) {
  Handle made = 0;
  for (const Index binding : tree_.children(store)) {
    if (tree_.kind(binding) != Kind::Binding) continue;
    const Index key = tree_.child(binding, 0);
    const Handle ident = identifier(key);
    const Typed value = valueOf(tree_.child(binding, 1), ident, "WF-Store2", "what a store holds");
    if (lookup(arena_, made, ident) != 0) {
      report("distinct names", spanOf(key), "the store has this identifier twice");
    }
    made = insert(arena_, made, ident, value.term);
  }
  return made;
}

Handle Elaborator::askedOf(Index asked) {
  Handle made = 0;
  for (const Index entry : tree_.children(asked)) {
    if (tree_.kind(entry) != Kind::AskedEntry) continue;
    const Index key = tree_.child(entry, 0);
    const Handle ident = identifier(key);
    const Handle reference = referenceOf(tree_.child(entry, 1), ident);
    const Index name = tree_.child(entry, 2);
    uint32_t host = kNobody;
    if (tree_.kind(name) == Kind::Name) checkedHost(name, host);
    if (lookup(arena_, made, ident) != 0) {
      report("distinct names", spanOf(key), "`asked` has this identifier twice");
    }
    if (reference != 0) made = insert(arena_, made, ident, arena_.make(Tag::Asked, reference, host));
  }
  return made;
}

/// The reference that was asked with for `ident`, whose type is that of the silo; 0 if it is none.
Handle Elaborator::referenceOf(Index node, Handle ident) {
  Want want;
  if (!isUnknown(arena_[ident][2])) want.hint = arena_.make(Tag::TSiloRef, arena_[ident][2]);
  const Typed typed = term(node, want);
  if (arena_.is(typed.term, Tag::Ref)) {
    learn(ident, arena_[arena_.idOf(arena_[typed.term][0])][2]);
    return typed.term;
  }
  if (!isUnknown(typed.type)) report("syntax", spanOf(node), "a reference `Ref(l, h)` belongs here");
  return 0;
}

// ---- messages

void Elaborator::messagesOf(Index messages, Configuration& made) {
  std::vector<std::vector<Handle>> inboxes(made.hosts.size());
  for (const Index message : tree_.children(messages)) {
    if (tree_.kind(message) != Kind::Message) continue;
    uint32_t host = kNobody;
    literalHost(tree_.text(message), {spanOf(message).begin, spanOf(message).begin}, host);
    const Index content = tree_.child(message, 0);
    Handle body = 0;
    if (tree_.kind(content) == Kind::Req) body = requestOf(content);
    if (tree_.kind(content) == Kind::Res) body = answerOf(content);
    if (host != kNobody && body != 0) inboxes[host].push_back(body);
  }
  for (size_t host = 0; host < inboxes.size(); ++host) {
    std::vector<Handle>& inbox = inboxes[host];
    // The largest first, so that each goes to the front of the list.
    std::sort(inbox.begin(), inbox.end(), [this](Handle a, Handle b) { return arena_.compare(a, b) > 0; });
    for (const Handle message : inbox) made.hosts[host].inbox = post(arena_, made.hosts[host].inbox, message);
  }
}

Handle Elaborator::requestOf(Index request) {
  uint32_t host = kNobody;
  literalHost(tree_.text(request), nameAfter(spanOf(request).begin + 3, tree_.text(request)), host);
  const Handle ident = identifier(tree_.child(request, 1));
  const Handle reference = referenceOf(tree_.child(request, 0), ident);
  return host == kNobody || reference == 0 ? 0 : arena_.make(Tag::Req, host, reference, ident);
}

Handle Elaborator::answerOf(Index answer) {
  const Handle ident = identifier(tree_.child(answer, 0));
  return arena_.make(Tag::Res, ident, valueOf(tree_.child(answer, 1), ident, "WF-Res", "what an answer carries").term);
}

bool Elaborator::literalHost(std::string_view name, Span span, uint32_t& host) {
  host = hostNumber(name);
  if (host != kNobody) return true;
  span.end = span.begin + static_cast<uint32_t>(name.size());
  report("undeclared host", span, "there is no host `" + std::string(name) + "`", meant(name, arena_.hosts()));
  return false;
}

// ---- results and budgets

void Elaborator::resultsOf(Index results, Configuration& made) {
  std::vector<bool> seen(made.hosts.size(), false);
  for (const Index entry : tree_.children(results)) {
    if (tree_.kind(entry) != Kind::ResultEntry) continue;
    const std::string& name = tree_.text(entry);
    uint32_t number = kNobody;
    const bool known = literalHost(name, spanOf(entry), number);
    Typed value;
    if (tree_[entry].op == 2) value = valueOf(tree_.child(entry, 0), 0, "results", "a result");
    if (!known) continue;
    if (seen[number]) {
      report("distinct names", nameAfter(spanOf(entry).begin, name), "`results` has the host `" + name + "` twice");
      continue;
    }
    seen[number] = true;
    HostState& host = made.hosts[number];
    const bool never = tree_[entry].op == 1 || (tree_[entry].op == 0 && host.crashed());
    if (tree_[entry].op == 2) {
      host.result = value.term;
      program_.resultTypes[number] = value.type;
    } else if (never) {
      host.result = arena_.make(Tag::NeverResult);
      program_.resultTypes[number] = 0;
    } else {
      // A result is there as soon as the term is a value.
      host.result = isValue(arena_, host) ? host.focus : arena_.make(Tag::NoResult);
    }
  }
  for (size_t host = 0; host < seen.size(); ++host) {
    if (!seen[host]) program_.resultTypes[host] = 0;
  }
}

void Elaborator::budgetsOf(Index budgets, Configuration& made) {
  std::vector<uint32_t> among;
  for (const Index part : tree_.children(budgets)) {
    if (tree_.kind(part) == Kind::Name) {
      uint32_t host = kNobody;
      if (!checkedHost(part, host)) continue;
      if (std::find(among.begin(), among.end(), host) != among.end()) {
        report("distinct names", spanOf(part), "the host `" + tree_.text(part) + "` is named twice");
        continue;
      }
      among.push_back(host);
    }
    if (tree_.kind(part) != Kind::Budget) continue;
    const std::string& word = tree_.text(part);
    const auto most = static_cast<uint32_t>(std::min<int64_t>(tree_[part].value, kNobody));
    uint32_t& budget = word == "crashes"    ? made.budget.crashes
                       : word == "restarts" ? made.budget.restarts
                       : word == "drops"    ? made.budget.drops
                                            : made.budget.duplicates;
    budget = most;
  }
  if (among.empty()) return;
  std::sort(among.begin(), among.end());
  program_.among = std::move(among);
}

}  // namespace funpass::elaboration
