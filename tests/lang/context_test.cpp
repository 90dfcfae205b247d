#include "lang/context.hpp"

#include <doctest/doctest.h>

#include <array>
#include <vector>

#include "lang/random.hpp"

using namespace funpass;

namespace {

constexpr int kDepth = 100000;

/// A closed term of any shape that evaluation may meet.
Handle randomTerm(Arena& arena, Random& random, int size) {
  if (size <= 1) {
    switch (random.below(4)) {
      case 0: return arena.integer(random.below(9));
      case 1: return arena.make(Tag::Here);
      case 2: return arena.make(Tag::Unit);
      default: return arena.ident(0, random.below(3), arena.make(Tag::TInt));
    }
  }
  const Handle type = arena.make(Tag::TInt);
  const int left = 1 + static_cast<int>(random.below(static_cast<uint32_t>(size)));
  const auto sub = [&](int part) { return randomTerm(arena, random, part); };
  switch (random.below(10)) {
    case 0: return arena.make(Tag::Add, sub(left), sub(size - left));
    case 1: return arena.make(Tag::App, sub(left), sub(size - left));
    case 2: return arena.make(Tag::Seq, sub(left), sub(size - left));
    case 3: return arena.make(Tag::Respond, 1, sub(left), sub(size - left));
    case 4: return arena.make(Tag::Await, sub(size - 1));
    case 5: return arena.make(Tag::Populate, sub(left), sub(size - left), type);
    case 6: return arena.make(Tag::Fold, sub(size / 3), sub(size / 3), sub(size / 3));
    case 7: return arena.list({sub(left), sub(size - left)}, type);
    case 8: {
      const Handle last = arena.make(Tag::Entry, type, sub(size - left));
      return arena.make(Tag::Spore, arena.make(Tag::Entry, type, sub(left), last), type, arena.make(Tag::Here));
    }
    default: return arena.make(Tag::If, sub(left), sub(size - left), sub(1));
  }
}

/// Where evaluation goes, by the definition: the first subterm from the left that is no value, all the way down.
Handle redexOf(const Arena& arena, Handle t) {
  const Node node = arena[t];
  for (int k = 0; k < 3; ++k) {
    if (kFields[node.tag][static_cast<size_t>(k)] == 'E' && !arena[node[k]].isValue()) return redexOf(arena, node[k]);
  }
  return t;
}

}  // namespace

TEST_CASE("plug(decompose(t)) = t, and the focus is the redex") {
  Arena arena;
  Random random(1);
  for (int i = 0; i < 3000; ++i) {
    const Handle t = randomTerm(arena, random, 1 + static_cast<int>(random.below(40)));
    const Decomposed d = decompose(arena, t);
    CHECK(plug(arena, d.focus, d.context) == t);
    CHECK(d.focus == redexOf(arena, t));
    if (arena[d.focus].isValue()) CHECK(d.context == 0);
  }
}

TEST_CASE("refocusing after a step is decomposing the whole term again") {
  Arena arena;
  Random random(2);
  for (int i = 0; i < 3000; ++i) {
    const Decomposed d = decompose(arena, randomTerm(arena, random, 30));
    const Handle next = randomTerm(arena, random, 1 + static_cast<int>(random.below(5)));
    CHECK(refocus(arena, next, d.context) == decompose(arena, plug(arena, next, d.context)));
  }
}

TEST_CASE("evaluation goes from left to right, one field after the other") {
  Arena arena;
  const Handle type = arena.make(Tag::TInt), here = arena.make(Tag::Here), v = arena.integer(1);
  for (int tag = 1; tag < kTags; ++tag) {
    std::vector<int> order;
    for (int k = 0; k < 3; ++k) {
      if (kFields[static_cast<size_t>(tag)][static_cast<size_t>(k)] == 'E') order.push_back(k);
    }
    for (size_t first = 0; first < order.size(); ++first) {  // those before are values, those after are not
      std::array<uint32_t, 3> field{type, type, type};
      for (size_t k = 0; k < order.size(); ++k) field[static_cast<size_t>(order[k])] = k < first ? v : here;
      const Handle t = arena.make(static_cast<uint8_t>(tag), field[0], field[1], field[2]);
      const Decomposed d = decompose(arena, t);
      CHECK(d.focus == here);
      REQUIRE(arena[d.context].isFrame());
      CHECK(arena[d.context].frameOf() == static_cast<Tag>(tag));
      CHECK(arena[d.context].hole() == order[first]);
      CHECK(outer(arena, d.context) == 0);
      CHECK(fill(arena, d.context, here) == t);
    }
  }
}

TEST_CASE("a name survives decomposing and plugging into a new term") {
  Arena arena;
  const Handle type = arena.make(Tag::TInt);
  const Handle entry = arena.make(Tag::Entry, type, arena.make(Tag::Here));
  const Handle spore = arena.make(Tag::Spore, entry, type, arena.make(Tag::Var, 1));
  arena.setName(entry, arena.symbol("h"));
  arena.setName(spore, arena.symbol("x"));
  const Decomposed d = decompose(arena, spore);
  const Handle made = plug(arena, arena.integer(3), d.context);
  CHECK(arena.text(arena.nameOf(made)) == "x");
  CHECK(arena.text(arena.nameOf(arena[made][0])) == "h");
}

TEST_CASE("deep terms") {
  Arena arena;
  Handle t = arena.make(Tag::Here);
  for (int i = 0; i < kDepth; ++i) t = arena.make(Tag::Add, t, arena.integer(i));
  const Decomposed d = decompose(arena, t);
  CHECK(arena.is(d.focus, Tag::Here));
  CHECK(plug(arena, d.focus, d.context) == t);

  std::vector<Handle> elements(kDepth, arena.integer(1));
  elements.back() = arena.make(Tag::Here);
  const Handle list = arena.list(elements, arena.make(Tag::TInt));
  const Decomposed inList = decompose(arena, list);
  CHECK(arena.is(inList.focus, Tag::Here));
  CHECK(arena[refocus(arena, arena.integer(2), inList.context).focus].isValue());
}
