#include "lang/term.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "lang/random.hpp"

using namespace funpass;

namespace {

constexpr int kDepth = 100000;

int sign(int n) { return (n > 0) - (n < 0); }

/// A random term with free variables below `free`, about `size` nodes large.
Handle randomTerm(Arena& arena, Random& random, uint32_t free, int size) {
  if (size <= 1) {
    switch (random.below(4)) {
      case 0: return arena.integer(static_cast<int64_t>(random.below(7)) - 3);
      case 1: return arena.string(std::string(random.below(3), 'x'));
      case 2: return arena.make(Tag::Unit);
      default: return free > 0 ? arena.make(Tag::Var, random.below(free)) : arena.make(Tag::Here);
    }
  }
  const Handle type = arena.make(random.below(2) == 0 ? Tag::TInt : Tag::TUnit);
  const int left = 1 + static_cast<int>(random.below(static_cast<uint32_t>(size)));
  const auto sub = [&](int part) { return randomTerm(arena, random, free, part); };
  switch (random.below(6)) {
    case 0: return arena.make(Tag::Lambda, type, randomTerm(arena, random, free + 1, size - 1));
    case 1: {
      const Handle header = arena.make(Tag::Entry, type, sub(left), 0);
      return arena.make(Tag::Spore, header, type, randomTerm(arena, random, 2, size - left));
    }
    case 2: return arena.make(Tag::If, sub(size / 3), sub(size / 3), sub(size / 3));
    case 3: return arena.make(Tag::Cons, sub(left), arena.make(Tag::Nil, type));
    case 4: return arena.make(Tag::Seq, sub(left), sub(size - left));
    default: return arena.make(Tag::App, sub(left), sub(size - left));
  }
}

/// [values]t as the definition says it, by recursion and without sharing.
Handle naive(Arena& arena, Handle t, const std::vector<Handle>& values, uint32_t depth) {
  const Node node = arena[t];
  if (node.is(Tag::Var)) return node[0] < depth ? t : values[node[0] - depth];
  std::array<uint32_t, 3> field = node.field;
  for (int k = 0; k < 3; ++k) {
    const char kind = kFields[node.tag][static_cast<size_t>(k)];
    if (kind != 'E' && kind != 't' && kind != 'b') continue;
    if (node[k] != 0) field[static_cast<size_t>(k)] = naive(arena, node[k], values, depth + (kind == 'b' ? 1 : 0));
  }
  return arena.make(node.tag, field[0], field[1], field[2]);
}

}  // namespace

TEST_CASE("equal nodes have equal handles") {
  Arena arena;
  Random random(1);
  for (int i = 0; i < 2000; ++i) {
    const uint64_t seed = random.next();
    Random first(seed), second(seed);
    const Handle t = randomTerm(arena, first, 3, 20);
    const uint32_t size = arena.size();
    CHECK(randomTerm(arena, second, 3, 20) == t);
    CHECK(arena.size() == size);
  }
  CHECK(arena.integer(1) != arena.integer(2));
  CHECK(arena.string("a") == arena.string("a"));
  CHECK(arena.string("a") != arena.string("b"));
  CHECK(arena.ident(0, 1, arena.make(Tag::TInt)) != arena.ident(0, 1, arena.make(Tag::TUnit)));
}

TEST_CASE("integers of 64 bits") {
  Arena arena;
  for (const int64_t n : {int64_t{0}, int64_t{-1}, int64_t{1} << 32U, std::numeric_limits<int64_t>::min(),
                          std::numeric_limits<int64_t>::max()}) {
    CHECK(arena.integerOf(arena.integer(n)) == n);
  }
}

TEST_CASE("values, free variables and identifiers") {
  Arena arena;
  const Handle type = arena.make(Tag::TInt);
  const Handle x = arena.make(Tag::Var, 0), one = arena.integer(1), here = arena.make(Tag::Here);
  const Handle ident = arena.ident(0, 0, type);
  CHECK_FALSE(arena[x].isValue());
  CHECK(arena[x].free == 1);
  CHECK(arena[arena.make(Tag::Lambda, type, x)].free == 0);
  CHECK(arena[arena.make(Tag::Lambda, type, arena.make(Tag::Var, 4))].free == 4);
  CHECK(arena[arena.make(Tag::Lambda, type, here)].isValue());
  CHECK_FALSE(arena[arena.make(Tag::Add, one, one)].isValue());

  const auto spore = [&](Handle captured, Handle body) {
    return arena.make(Tag::Spore, arena.make(Tag::Entry, type, captured), type, body);
  };
  CHECK(arena[spore(one, x)].isValue());
  CHECK(arena[spore(one, x)].free == 0);
  CHECK_FALSE(arena[spore(x, one)].isValue());
  CHECK(arena[spore(x, one)].free == 1);
  CHECK(arena[spore(one, arena.make(Tag::Var, 9))].free == 0);

  const Handle nil = arena.make(Tag::Nil, type);
  CHECK(arena[arena.list({one, one}, type)].isValue());
  CHECK_FALSE(arena[arena.make(Tag::Cons, here, nil)].isValue());
  CHECK(arena[ident].hasIdent());
  CHECK(arena[spore(one, arena.make(Tag::Await, ident))].hasIdent());
  CHECK_FALSE(arena[spore(one, x)].hasIdent());
}

TEST_CASE("variables beyond what a node can count are free") {
  Arena arena;
  const Handle type = arena.make(Tag::TInt);
  Handle t = arena.make(Tag::Var, 70000);
  for (int i = 0; i < 70000; ++i) t = arena.make(Tag::Lambda, type, t);
  CHECK(arena[t].free == kManyFree);
  Handle closed = substitute(arena, t, std::vector<Handle>{arena.integer(5)});
  while (arena.is(closed, Tag::Lambda)) closed = arena[closed][1];
  CHECK(closed == arena.integer(5));
}

TEST_CASE("substitution is what its definition says") {
  Arena arena;
  const std::vector<Handle> values{
      arena.integer(100), arena.make(Tag::Lambda, arena.make(Tag::TInt), arena.make(Tag::Var, 0)), arena.string("v")};
  Random random(2);
  for (int i = 0; i < 2000; ++i) {
    const Handle t = randomTerm(arena, random, 3, 30);
    CHECK(substitute(arena, t, values) == naive(arena, t, values, 0));
  }
}

TEST_CASE("substitution keeps names, leaves closed terms alone and does not recurse") {
  Arena arena;
  const Handle type = arena.make(Tag::TInt), one = arena.integer(1);
  const std::vector<Handle> onlyOne{one};
  const Handle open =
      arena.make(Tag::Lambda, type, arena.make(Tag::Add, arena.make(Tag::Var, 0), arena.make(Tag::Var, 1)));
  arena.setName(open, arena.symbol("y"));
  CHECK(arena.text(arena.nameOf(substitute(arena, open, onlyOne))) == "y");

  Handle closed = one;
  for (int i = 0; i < 64; ++i) closed = arena.make(Tag::Add, closed, closed);  // 2⁶⁴ leaves
  CHECK(substitute(arena, arena.make(Tag::Add, closed, arena.make(Tag::Var, 0)), onlyOne) ==
        arena.make(Tag::Add, closed, one));

  Handle deep = arena.make(Tag::Var, 0), expected = one;
  for (int i = 0; i < kDepth; ++i) {
    deep = arena.make(Tag::Add, deep, one);
    expected = arena.make(Tag::Add, expected, one);
  }
  CHECK(substitute(arena, deep, onlyOne) == expected);
}

TEST_CASE("the structural order is an order") {
  Arena arena;
  Random random(3);
  std::vector<Handle> terms;
  for (int i = 0; i < 60; ++i) terms.push_back(randomTerm(arena, random, 2, 1 + static_cast<int>(random.below(15))));
  for (const Handle a : terms) {
    for (const Handle b : terms) {
      CHECK((arena.compare(a, b) == 0) == (a == b));
      CHECK(sign(arena.compare(a, b)) == -sign(arena.compare(b, a)));
      for (const Handle c : terms) {
        if (arena.compare(a, b) <= 0 && arena.compare(b, c) <= 0) REQUIRE(arena.compare(a, c) <= 0);
      }
    }
  }
}

TEST_CASE("the structural order does not depend on when a node was made") {
  Arena arena({"a", "b"});
  const Handle type = arena.make(Tag::TInt), host = arena.make(Tag::Host, 1);
  const Handle late = arena.ident(1, 0, type), early = arena.ident(0, 1, type);
  const auto ref = [&](Handle ident) { return arena.make(Tag::Ref, arena.make(Tag::Mat, ident), host); };
  const auto req = [&](uint32_t sender, Handle of, Handle ident) {
    return arena.make(Tag::Req, sender, ref(of), ident);
  };
  const auto res = [&](Handle ident, int64_t n) { return arena.make(Tag::Res, ident, arena.integer(n)); };
  const std::vector<Handle> ascending{req(0, late, early), req(1, early, early), req(1, late, early),
                                      req(0, early, late), res(early, 1),        res(late, -5),
                                      res(late, 3)};
  for (size_t i = 0; i < ascending.size(); ++i) {
    for (size_t j = 0; j < ascending.size(); ++j) {
      CHECK(sign(arena.compare(ascending[i], ascending[j])) == (i < j ? -1 : static_cast<int>(i > j)));
    }
  }
  CHECK(arena.compare(arena.integer(-1), arena.integer(0)) < 0);
  CHECK(arena.compare(arena.string("b"), arena.string("a")) > 0);
  CHECK(arena.compare(arena.string("z"), arena.string("λ")) < 0);  // by code point
}

TEST_CASE("comparing is quick on shared nodes, and does not recurse") {
  Arena arena;
  Handle a = arena.integer(1), b = arena.integer(2);
  for (int i = 0; i < kDepth; ++i) {
    a = arena.make(Tag::Add, a, a);
    b = arena.make(Tag::Add, b, b);
  }
  CHECK(arena.compare(a, b) < 0);
}

TEST_CASE("copying to a fresh arena keeps terms, names and sharing") {
  Arena from({"a", "b"});
  Random random(4);
  from.symbol("only here");
  std::vector<Handle> terms;
  for (int i = 0; i < 200; ++i) terms.push_back(randomTerm(from, random, 2, 25));
  const Handle named = from.make(Tag::Lambda, from.make(Tag::THost), from.string("s"));
  from.setName(named, from.symbol("f"));

  Arena to(from.hosts());
  Copy copy(from, to);
  std::vector<Handle> copied;
  for (const Handle t : terms) copied.push_back(copy(t));
  CHECK(to.size() <= from.size());
  for (size_t i = 0; i < terms.size(); ++i) {
    CHECK(copy(terms[i]) == copied[i]);
    for (size_t j = 0; j < terms.size(); j += 7) {
      CHECK(sign(from.compare(terms[i], terms[j])) == sign(to.compare(copied[i], copied[j])));
    }
  }
  const Handle moved = copy(named);
  CHECK(to.text(to.nameOf(moved)) == "f");
  CHECK(to.text(to[to[moved][1]][0]) == "s");
  CHECK(copy(0) == 0);

  Handle deep = from.integer(0);
  for (int i = 0; i < kDepth; ++i) deep = from.make(Tag::Add, deep, deep);
  const uint32_t before = to.size();
  Copy more(from, to);
  more(deep);
  CHECK(to.size() - before <= kDepth + 1);
}

TEST_CASE("collecting young nodes keeps what the roots reach, and equal nodes stay one") {
  Random random(5);
  Arena arena;
  Arena copied;
  std::vector<Handle> olds;
  for (int i = 0; i < 50; ++i) olds.push_back(randomTerm(arena, random, 0, 20));
  const uint32_t before = arena.size();
  arena.beginYoung();
  CHECK(arena.old() == before);
  std::vector<Handle> kept;
  std::vector<Handle> there;  // the same in another arena
  for (int round = 0; round < 20; ++round) {
    for (int i = 0; i < 30; ++i) {
      const Handle t = arena.make(Tag::App, olds[random.below(50)], randomTerm(arena, random, 0, 20));
      if (random.below(3) != 0) continue;
      kept.push_back(t);
      there.push_back(Copy(arena, copied)(t));
    }
    const uint32_t made = arena.size();
    std::vector<Handle*> roots;
    for (Handle& t : kept) roots.push_back(&t);
    arena.collectYoung(roots);
    CHECK(arena.size() < made);
    CHECK(arena.old() == arena.size());
    for (size_t i = 0; i < kept.size(); ++i) CHECK(Copy(arena, copied)(kept[i]) == there[i]);
  }
  const Handle young = arena.make(Tag::Seq, kept[0], kept[1]);
  arena.endYoung();
  CHECK(arena.make(Tag::Seq, kept[0], kept[1]) == young);
  CHECK(arena.old() == arena.size());
  const uint32_t size = arena.size();
  for (size_t i = 0; i < kept.size(); ++i) CHECK(Copy(copied, arena)(there[i]) == kept[i]);
  CHECK(arena.size() == size);  // nothing is there twice
}

TEST_CASE("one step may make more young nodes than there is room for at first") {
  Arena arena;
  arena.beginYoung();
  Handle list = arena.make(Tag::Nil, arena.make(Tag::TInt));
  Handle half = 0;
  for (int i = 0; i < kDepth; ++i) {
    list = arena.make(Tag::Cons, arena.integer(i), list);
    if (i == kDepth / 2) half = list;
  }
  CHECK(arena.make(Tag::Cons, arena.integer(kDepth - 1), arena[list][1]) == list);
  const std::array<Handle*, 1> roots{&half};
  arena.collectYoung(roots);
  CHECK(arena.size() <= kDepth + 10U);
  int length = 0;
  for (; arena.is(half, Tag::Cons); half = arena[half][1]) ++length;
  CHECK(length == kDepth / 2 + 1);
}

TEST_CASE("running out of handles") {
  Arena arena({}, 10);
  const auto fill = [&] {
    for (int64_t i = 0;; ++i) arena.integer(i);
  };
  CHECK_THROWS_AS(fill(), LimitReached);
  CHECK(arena.size() == 11);  // with the node that stands for nothing
  CHECK_THROWS_AS(arena.make(Tag::Unit), LimitReached);
  CHECK(arena.integerOf(arena.integer(9)) == 9);  // what is there can still be named
}

TEST_CASE("the first name of a binder stays") {
  Arena arena;
  const Handle f = arena.make(Tag::Lambda, arena.make(Tag::TInt), arena.make(Tag::Var, 0));
  CHECK(arena.nameOf(f) == 0);
  arena.setName(f, arena.symbol("x"));
  arena.setName(f, arena.symbol("y"));
  CHECK(arena.text(arena.nameOf(f)) == "x");
}
