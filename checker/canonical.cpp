#include "checker/canonical.hpp"

#include <algorithm>
#include <utility>

namespace funpass {

namespace {

/// The index of an identifier that has no name yet, where messages are put in order.
constexpr uint32_t kBlank = kNobody;

}  // namespace

void Canonical::dropValues(Configuration& configuration) {
  for (HostState& host : configuration.hosts) {
    if (isValue(arena_, host) && !arena_.is(host.result, Tag::NoResult)) host.focus = arena_.make(Tag::Unit);
  }
}

void Canonical::visit(Handle root) {
  walk_(root, [&](Handle, const Node& node) {
    if (!node.is(Tag::Ident)) return;
    const auto [entry, isNew] = names_.try_emplace(keyOf(node), 0);
    if (!isNew) return;
    entry->second = uint64_t{node[0]} << 32U | next_[node[0]]++;
    visited_.push_back(keyOf(node));
  });
}

Handle Canonical::nameOf(const Node& ident) {
  const auto known = names_.find(keyOf(ident));
  const uint32_t index = known == names_.end() ? kBlank : static_cast<uint32_t>(known->second);
  return arena_.ident(ident[0], index, ident[2]);
}

/// `root` with the names that its identifiers have in this round.
Handle Canonical::renamed(Handle root) {
  if (!arena_[root].hasIdent()) return root;
  std::vector<Handle> stack{root};
  const auto isDone = [&](Handle n) { return !arena_[n].hasIdent() || (n < round_.size() && round_[n] == thisRound_); };
  while (!stack.empty()) {
    const Handle n = stack.back();
    const Node node = arena_[n];
    const size_t before = stack.size();
    if (!node.is(Tag::Ident)) {
      for (int k = 0; k < 3; ++k) {
        if (isHandleField(node, k) && !isDone(node[k])) stack.push_back(node[k]);
      }
    }
    if (stack.size() != before) continue;
    stack.pop_back();
    const Handle result = rebuilt(n);
    if (n >= round_.size()) {
      round_.resize(size_t{arena_.size()} + 1024, 0);
      renamed_.resize(round_.size(), 0);
    }
    round_[n] = thisRound_;
    renamed_[n] = result;
  }
  return renamed_[root];
}

Handle Canonical::renamed(Handle root, const Renaming& renaming) {
  ++thisRound_;
  names_ = renaming;
  return renamed(root);
}

/// A node whose parts are renamed.
Handle Canonical::rebuilt(Handle n) {
  const Node node = arena_[n];
  if (node.is(Tag::Ident)) return nameOf(node);
  std::array<uint32_t, 3> fields = node.field;
  for (int k = 0; k < 3; ++k) {
    uint32_t& field = fields[static_cast<size_t>(k)];
    if (isHandleField(node, k) && arena_[field].hasIdent()) field = renamed_[field];
  }
  return arena_.remake(n, fields[0], fields[1], fields[2]);
}

bool Canonical::hasUnnamed(Handle root) {
  bool found = false;
  probe_.begin();
  probe_(root,
         [&](Handle, const Node& node) { found = found || (node.is(Tag::Ident) && names_.count(keyOf(node)) == 0); });
  return found;
}

/// Visits what has an order of its own only up to names: by host, then by text with the names not yet given left blank.
void Canonical::visitSorted(std::vector<Entry>& roots) {
  // Where all have names there is nothing to visit.
  roots.erase(std::remove_if(roots.begin(), roots.end(), [&](const Entry& root) { return !hasUnnamed(root.node); }),
              roots.end());
  if (roots.empty()) return;
  ++thisRound_;
  std::vector<std::pair<Entry, Handle>> keyed;
  keyed.reserve(roots.size());
  for (const Entry& root : roots) keyed.emplace_back(root, renamed(root.node));
  std::stable_sort(keyed.begin(), keyed.end(), [&](const auto& a, const auto& b) {
    return a.first.host != b.first.host ? a.first.host < b.first.host : arena_.compare(a.second, b.second) < 0;
  });
  for (const auto& [root, key] : keyed) visit(root.node);
}

/// For each visited identifier in turn: what is on its way for it, and what stores have for it.
void Canonical::visitReachable(const Configuration& configuration) {
  std::vector<std::pair<IdentKey, Entry>> of;
  for (uint32_t h = 0; h < configuration.hosts.size(); ++h) {
    const HostState& host = configuration.hosts[h];
    for (Handle inbox = host.inbox; inbox != 0; inbox = arena_[inbox][2]) {
      const Handle message = arena_[inbox][0];
      if (arena_.is(message, Tag::Res)) of.emplace_back(keyOf(arena_, arena_[message][0]), Entry{h, message});
    }
    for (const Handle leaf : entries(arena_, host.store)) {
      of.emplace_back(keyOf(arena_, arena_[leaf][0]), Entry{h, leaf});
    }
  }
  const auto before = [](const auto& a, const auto& b) { return a.first < b.first; };
  std::stable_sort(of.begin(), of.end(), before);
  for (size_t i = 0; i < visited_.size(); ++i) {
    const auto [first, last] = std::equal_range(of.begin(), of.end(), std::pair(visited_[i], Entry{}), before);
    for (auto entry = first; entry != last; ++entry) visit(entry->second.node);
  }
}

Renaming Canonical::rename(Configuration& configuration, bool dropMessages) {
  names_.clear();
  visited_.clear();
  next_.assign(configuration.hosts.size(), 0);
  walk_.begin();
  for (const HostState& host : configuration.hosts) {
    visit(host.result);
    // From the outermost frame inwards: what is outside stays longest, and so keeps its names.
    std::vector<Handle> frames;
    for (Handle frame = host.context; frame != 0 && arena_[frame].hasIdent(); frame = arena_[frame][2]) {
      frames.push_back(frame);
    }
    for (auto frame = frames.rbegin(); frame != frames.rend(); ++frame) visit(*frame);
    visit(host.focus);
  }
  std::vector<Entry> asked;
  std::vector<Entry> requests;
  std::vector<Entry> kept;
  for (uint32_t h = 0; h < configuration.hosts.size(); ++h) {
    for (const Handle leaf : entries(arena_, configuration.hosts[h].asked)) asked.push_back({h, leaf});
    for (Handle inbox = configuration.hosts[h].inbox; inbox != 0; inbox = arena_[inbox][2]) {
      const Handle message = arena_[inbox][0];
      if (arena_.is(message, Tag::Req)) {
        requests.push_back({h, message});
      } else if (!dropMessages) {
        kept.push_back({h, message});
      }
    }
  }
  visitSorted(asked);
  visitSorted(requests);
  visitSorted(kept);
  visitReachable(configuration);
  rebuild(configuration, dropMessages);
  return std::exchange(names_, {});
}

/// Where every identifier keeps its name.
void Canonical::dropDead(Configuration& configuration, bool dropMessages) {
  const auto isDead = [&](Handle ident) { return names_.count(keyOf(arena_, ident)) == 0; };
  for (uint32_t h = 0; h < configuration.hosts.size(); ++h) {
    HostState& host = configuration.hosts[h];
    host.next = next_[h];
    for (const Handle leaf : entries(arena_, host.store)) {
      if (isDead(arena_[leaf][0])) host.store = erase(arena_, host.store, arena_[leaf][0]);
    }
    if (!dropMessages) continue;
    for (const Pending& pending : messages(arena_, host.inbox)) {
      if (!arena_.is(pending.message, Tag::Res) || !isDead(arena_[pending.message][0])) continue;
      for (uint32_t n = 0; n < pending.count; ++n) host.inbox = take(arena_, host.inbox, pending.message);
    }
  }
}

void Canonical::rebuild(Configuration& configuration, bool dropMessages) {
  ++thisRound_;
  const bool same =
      std::all_of(names_.begin(), names_.end(), [](const auto& name) { return name.first == name.second; });
  if (same) return dropDead(configuration, dropMessages);
  const auto isAlive = [&](Handle ident) { return names_.count(keyOf(arena_, ident)) != 0; };
  for (uint32_t h = 0; h < configuration.hosts.size(); ++h) {
    HostState& host = configuration.hosts[h];
    host.focus = renamed(host.focus);
    host.context = renamed(host.context);
    host.result = renamed(host.result);
    host.next = next_[h];
    Handle store = 0;
    for (const Handle leaf : entries(arena_, host.store)) {
      if (isAlive(arena_[leaf][0])) {
        store = insert(arena_, store, renamed(arena_[leaf][0]), renamed(arena_[leaf][1]));
      }
    }
    host.store = store;
    Handle asked = 0;
    for (const Handle leaf : entries(arena_, host.asked)) {
      asked = insert(arena_, asked, renamed(arena_[leaf][0]), renamed(arena_[leaf][1]));
    }
    host.asked = asked;
    Handle inbox = 0;
    for (const Pending& pending : messages(arena_, host.inbox)) {
      const bool dead = arena_.is(pending.message, Tag::Res) && !isAlive(arena_[pending.message][0]);
      if (dead && dropMessages) continue;
      for (uint32_t n = 0; n < pending.count; ++n) inbox = post(arena_, inbox, renamed(pending.message));
    }
    host.inbox = inbox;
  }
}

}  // namespace funpass
