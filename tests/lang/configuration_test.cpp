#include "lang/configuration.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "lang/random.hpp"

using namespace funpass;

namespace {

using Key = std::pair<uint32_t, uint32_t>;

Key keyOf(const Arena& arena, Handle ident) { return {arena[ident][0], arena[ident][1]}; }

std::map<Key, Handle> contents(const Arena& arena, Handle store) {
  std::map<Key, Handle> found;
  for (const Handle leaf : entries(arena, store)) found[keyOf(arena, arena[leaf][0])] = arena[leaf][1];
  return found;
}

}  // namespace

TEST_CASE("a store is a finite map, in the order of its keys") {
  Arena arena;
  const Handle type = arena.make(Tag::TInt);
  Random random(1);
  for (int round = 0; round < 50; ++round) {
    // Few keys, close together or in all 64 bits.
    const uint32_t range = round % 2 == 0 ? 4 : UINT32_MAX;
    std::vector<Handle> idents;
    for (int i = 0; i < 20; ++i) idents.push_back(arena.ident(random.below(range), random.below(range), type));
    std::map<Key, Handle> model;
    Handle store = 0;
    for (int step = 0; step < 100; ++step) {
      const Handle ident = idents[random.below(20)];
      if (random.below(3) == 0) {
        model.erase(keyOf(arena, ident));
        store = erase(arena, store, ident);
      } else {
        const Handle value = arena.integer(random.below(5));
        model[keyOf(arena, ident)] = value;
        store = insert(arena, store, ident, value);
      }
      const Handle probe = idents[random.below(20)];
      const auto found = model.find(keyOf(arena, probe));
      CHECK(valueAt(arena, store, probe) == (found == model.end() ? 0 : found->second));
    }
    CHECK(contents(arena, store) == model);
    std::vector<Key> order;
    for (const Handle leaf : entries(arena, store)) order.push_back(keyOf(arena, arena[leaf][0]));
    CHECK(std::is_sorted(order.begin(), order.end()));
    CHECK((store == 0) == model.empty());

    Handle again = 0;  // one set of entries, one node
    for (auto it = model.rbegin(); it != model.rend(); ++it) {
      again = insert(arena, again, arena.ident(it->first.first, it->first.second, type), it->second);
    }
    CHECK(again == store);
  }
}

TEST_CASE("an entry is found by (h, i) whatever its type") {
  Arena arena;
  const Handle asInt = arena.ident(1, 2, arena.make(Tag::TInt)), asUnit = arena.ident(1, 2, arena.make(Tag::TUnit));
  const Handle store = insert(arena, 0, asInt, arena.integer(1));
  CHECK(valueAt(arena, store, asUnit) == arena.integer(1));
  CHECK(entries(arena, insert(arena, store, asUnit, arena.make(Tag::Unit))).size() == 1);
  CHECK(erase(arena, store, asUnit) == 0);
  CHECK(lookup(arena, 0, asInt) == 0);
  CHECK(erase(arena, 0, asInt) == 0);
}

TEST_CASE("a store of many entries in ascending order") {
  Arena arena;
  const Handle type = arena.make(Tag::TInt), v = arena.make(Tag::Unit);
  Handle store = 0;
  for (uint32_t i = 0; i < 20000; ++i) store = insert(arena, store, arena.ident(0, i, type), v);
  CHECK(entries(arena, store).size() == 20000);
  for (uint32_t i = 0; i < 20000; ++i) store = erase(arena, store, arena.ident(0, i, type));
  CHECK(store == 0);
}

TEST_CASE("an inbox is a multiset in structural order") {
  Arena arena({"a", "b"});
  const Handle type = arena.make(Tag::TInt);
  const auto before = [&](Handle a, Handle b) { return arena.compare(a, b) < 0; };
  std::vector<Handle> kinds;
  for (uint32_t i = 0; i < 6; ++i) {
    const Handle ident = arena.ident(i % 2, i / 2, type);
    const Handle reference = arena.make(Tag::Ref, arena.make(Tag::Mat, ident), arena.make(Tag::Host, 1));
    kinds.push_back(arena.make(Tag::Res, ident, arena.integer(i)));
    kinds.push_back(arena.make(Tag::Req, i % 2, reference, ident));
  }
  Random random(2);
  for (int round = 0; round < 50; ++round) {
    std::multiset<Handle, decltype(before)> model(before);
    Handle inbox = 0;
    for (int step = 0; step < 60; ++step) {
      const Handle message = kinds[random.below(static_cast<uint32_t>(kinds.size()))];
      const auto there = model.find(message);
      if (there != model.end() && random.below(2) == 0) {
        model.erase(there);
        inbox = take(arena, inbox, message);
      } else {
        model.insert(message);
        inbox = post(arena, inbox, message);
      }
    }
    std::vector<Handle> listed;
    for (const Pending& pending : messages(arena, inbox)) {
      CHECK(pending.count > 0);
      listed.insert(listed.end(), pending.count, pending.message);
    }
    CHECK(listed == std::vector<Handle>(model.begin(), model.end()));

    Handle again = 0;
    for (auto it = model.rbegin(); it != model.rend(); ++it) again = post(arena, again, *it);
    CHECK(again == inbox);
  }
}

TEST_CASE("the initial configuration") {
  Arena arena({"a", "b", "c"});
  const Handle one = arena.integer(1), sum = arena.make(Tag::Add, one, one);
  const Configuration initial = initialConfiguration(arena, {arena.make(Tag::Await, sum), 0, one});
  REQUIRE(initial.hosts.size() == 3);
  CHECK(initial.hosts[0].focus == sum);
  CHECK(termOf(arena, initial.hosts[0]) == arena.make(Tag::Await, sum));
  CHECK(initial.hosts[0].result == arena.make(Tag::NoResult));
  CHECK(initial.hosts[1].focus == arena.make(Tag::Unit));
  CHECK(initial.hosts[1].result == 0);
  CHECK(initial.hosts[2].result == one);
  for (const HostState& host : initial.hosts) {
    CHECK(host.store == 0);
    CHECK(host.asked == 0);
    CHECK(host.inbox == 0);
    CHECK(host.next == 0);
  }
}

TEST_CASE("final and waiting") {
  Arena arena({"a", "b"});
  const Handle type = arena.make(Tag::TInt), ident = arena.ident(0, 0, type), one = arena.integer(1);
  Configuration c = initialConfiguration(arena, {one, 0});
  CHECK(isFinal(arena, c));
  c.hosts[1].inbox = post(arena, 0, arena.make(Tag::Res, ident, one));
  CHECK_FALSE(isFinal(arena, c));
  c.hosts[1] = HostState{};
  CHECK(c.hosts[1].crashed());
  CHECK(isFinal(arena, c));
  CHECK_FALSE(isValue(arena, c.hosts[1]));
  CHECK_FALSE(awaits(arena, c.hosts[1]).has_value());

  c = initialConfiguration(arena, {arena.make(Tag::Add, one, arena.make(Tag::Await, ident)), 0});
  CHECK_FALSE(isFinal(arena, c));
  CHECK(awaits(arena, c.hosts[0]) == ident);
  c.hosts[0].store = insert(arena, 0, ident, one);
  CHECK_FALSE(awaits(arena, c.hosts[0]).has_value());
  c = initialConfiguration(arena,
                           {arena.make(Tag::Await, one), 0});  // no identifier: ill-typed, and it waits for nothing
  CHECK_FALSE(awaits(arena, c.hosts[0]).has_value());
}

TEST_CASE("moving a configuration to a fresh arena and back") {
  Arena arena({"a", "b"});
  const Handle type = arena.make(Tag::TInt), ident = arena.ident(0, 0, type);
  const Handle reference = arena.make(Tag::Ref, arena.make(Tag::Mat, ident), arena.make(Tag::Host, 1));
  Configuration c = initialConfiguration(arena, {arena.make(Tag::Await, ident), 0});
  c.budget = {1, 2, 3, 4};
  c.hosts[0].next = 7;
  c.hosts[0].asked = insert(arena, 0, ident, arena.make(Tag::Asked, reference, kNobody));
  c.hosts[1].inbox = post(arena, 0, arena.make(Tag::Req, 0, reference, ident));
  c.hosts[1].store = insert(arena, 0, ident, arena.string("text"));
  Arena other(arena.hosts());
  other.integer(123);  // handles differ
  Copy there(arena, other);
  const Configuration moved = copy(there, c);
  CHECK(moved.budget == c.budget);
  CHECK_FALSE(moved == c);
  Copy back(other, arena);
  CHECK(copy(back, moved) == c);
}
