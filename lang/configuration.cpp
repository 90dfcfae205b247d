#include "lang/configuration.hpp"

#include <algorithm>
#include <bit>

namespace funpass {

namespace {

// Stores are crit-bit trees over the 64-bit keys (h, i), so a set of entries has one shape and lists in order.
uint64_t keyOf(const Arena& arena, Handle ident) {
  const Node node = arena[ident];
  return uint64_t{node[0]} << 32U | node[1];
}

bool bitOf(uint64_t key, uint32_t bit) { return (key >> (63U - bit) & 1U) != 0; }

// The leaf that `key` leads to; it is the leaf of `key` if there is one.
Handle nearest(const Arena& arena, Handle store, uint64_t key) {
  while (arena.is(store, Tag::Branch)) {
    const Node branch = arena[store];
    store = bitOf(key, branch[0]) ? branch[2] : branch[1];
  }
  return store;
}

// Rebuilds the branches on `path`, from below, with `below` at the end of it.
Handle rebuild(Arena& arena, const std::vector<Handle>& path, uint64_t key, Handle below) {
  for (auto it = path.rbegin(); it != path.rend(); ++it) {
    const Node branch = arena[*it];
    below = bitOf(key, branch[0]) ? arena.make(Tag::Branch, branch[0], branch[1], below)
                                  : arena.make(Tag::Branch, branch[0], below, branch[2]);
  }
  return below;
}

// The branches that lead to `key`, down to bit `end`; `store` ends as what lies there.
std::vector<Handle> descend(const Arena& arena, Handle& store, uint64_t key, uint32_t end) {
  std::vector<Handle> path;
  while (arena.is(store, Tag::Branch) && arena[store][0] < end) {
    path.push_back(store);
    store = arena[store][bitOf(key, arena[store][0]) ? 2 : 1];
  }
  return path;
}

}  // namespace

Handle lookup(const Arena& arena, Handle store, Handle ident) {
  if (store == 0) return 0;
  const uint64_t key = keyOf(arena, ident);
  const Handle leaf = nearest(arena, store, key);
  return keyOf(arena, arena[leaf][0]) == key ? leaf : 0;
}

Handle insert(Arena& arena, Handle store, Handle ident, Handle value) {
  const Handle leaf = arena.make(Tag::Leaf, ident, value);
  if (store == 0) return leaf;
  const uint64_t key = keyOf(arena, ident);
  const uint64_t difference = key ^ keyOf(arena, arena[nearest(arena, store, key)][0]);
  const auto bit = static_cast<uint32_t>(std::countl_zero(difference));  // 64: the key is there
  const std::vector<Handle> path = descend(arena, store, key, bit);
  if (bit == 64) return rebuild(arena, path, key, leaf);
  const Handle branch =
      bitOf(key, bit) ? arena.make(Tag::Branch, bit, store, leaf) : arena.make(Tag::Branch, bit, leaf, store);
  return rebuild(arena, path, key, branch);
}

Handle erase(Arena& arena, Handle store, Handle ident) {
  if (lookup(arena, store, ident) == 0) return store;
  const uint64_t key = keyOf(arena, ident);
  std::vector<Handle> path = descend(arena, store, key, 64);
  if (path.empty()) return 0;
  const Node last = arena[path.back()];
  path.pop_back();
  return rebuild(arena, path, key, bitOf(key, last[0]) ? last[1] : last[2]);
}

std::vector<Handle> entries(const Arena& arena, Handle store) {
  std::vector<Handle> found;
  std::vector<Handle> todo;
  if (store != 0) todo.push_back(store);
  while (!todo.empty()) {
    const Handle n = todo.back();
    todo.pop_back();
    if (arena.is(n, Tag::Branch)) {
      todo.push_back(arena[n][2]);
      todo.push_back(arena[n][1]);
    } else {
      found.push_back(n);
    }
  }
  return found;
}

namespace {

// Adds `change` (1 or -1) to how often `message` is in the list.
Handle changeCount(Arena& arena, Handle inbox, Handle message, int change) {
  std::vector<Handle> before;
  while (inbox != 0 && arena.compare(arena[inbox][0], message) < 0) {
    before.push_back(inbox);
    inbox = arena[inbox][2];
  }
  uint32_t count = 0;
  if (inbox != 0 && arena[inbox][0] == message) {
    count = arena[inbox][1];
    inbox = arena[inbox][2];
  }
  count += static_cast<uint32_t>(change);
  if (count != 0) inbox = arena.make(Tag::Inbox, message, count, inbox);
  for (auto it = before.rbegin(); it != before.rend(); ++it) {
    inbox = arena.make(Tag::Inbox, arena[*it][0], arena[*it][1], inbox);
  }
  return inbox;
}

}  // namespace

Handle post(Arena& arena, Handle inbox, Handle message) { return changeCount(arena, inbox, message, 1); }

Handle take(Arena& arena, Handle inbox, Handle message) { return changeCount(arena, inbox, message, -1); }

std::vector<Pending> messages(const Arena& arena, Handle inbox) {
  std::vector<Pending> found;
  for (; inbox != 0; inbox = arena[inbox][2]) found.push_back({arena[inbox][0], arena[inbox][1]});
  return found;
}

Configuration initialConfiguration(Arena& arena, const std::vector<Handle>& terms) {
  Configuration configuration;
  for (const Handle term : terms) {
    HostState host;
    const Decomposed d = decompose(arena, term == 0 ? arena.make(Tag::Unit) : term);
    host.focus = d.focus;
    host.context = d.context;
    if (term != 0) host.result = isValue(arena, host) ? host.focus : arena.make(Tag::NoResult);
    configuration.hosts.push_back(host);
  }
  return configuration;
}

bool isFinal(const Arena& arena, const Configuration& configuration) {
  return std::all_of(configuration.hosts.begin(), configuration.hosts.end(), [&](const HostState& host) {
    return host.crashed() || (isValue(arena, host) && host.inbox == 0);
  });
}

std::optional<Handle> awaits(const Arena& arena, const HostState& host) {
  if (host.crashed() || !arena.is(host.focus, Tag::Await)) return std::nullopt;
  const Handle ident = arena[host.focus][0];
  if (!arena.is(ident, Tag::Ident) || lookup(arena, host.store, ident) != 0) return std::nullopt;
  return ident;
}

Configuration copy(Copy& copy, const Configuration& configuration) {
  Configuration copied = configuration;
  for (HostState& host : copied.hosts) {
    for (Handle HostState::*field : kHandles) {
      host.*field = copy(host.*field);
    }
  }
  return copied;
}

}  // namespace funpass
