#include "lang/context.hpp"

namespace funpass {

namespace {

// Which fields of a node are an E, as a mask.
constexpr std::array<uint8_t, kTags> evaluatedFields() {
  std::array<uint8_t, kTags> masks{};
  for (size_t tag = 0; tag < masks.size(); ++tag) {
    for (size_t k = 0; k < 3; ++k) masks[tag] |= static_cast<uint8_t>((kFields[tag][k] == 'E' ? 1U : 0U) << k);
  }
  return masks;
}
constexpr std::array<uint8_t, kTags> kEvaluated = evaluatedFields();

// Only these have a name and something to evaluate.
bool isNamed(Tag tag) { return tag == Tag::Spore || tag == Tag::Entry; }

/// The first field of `node` that evaluation reaches; 3 if all are values.
int nextToEvaluate(const Arena& arena, const Node& node) {
  const unsigned evaluated = kEvaluated[node.tag];
  for (int k = 0; k < 3; ++k) {
    if ((evaluated >> static_cast<unsigned>(k) & 1U) != 0 && !arena[node[k]].isValue()) return k;
  }
  return 3;
}

}  // namespace

Handle fill(Arena& arena, Handle frame, Handle t) {
  const Node f = arena[frame];
  const int k = f.hole();
  const uint32_t first = k == 0 ? t : f[0];
  const uint32_t second = k == 1 ? t : f[k == 0 ? 0 : 1];
  const uint32_t third = k == 2 ? t : f[1];
  const Handle node = arena.make(f.frameOf(), first, second, third);
  if (isNamed(f.frameOf())) arena.setName(node, arena.nameOf(frame));
  return node;
}

Decomposed refocus(Arena& arena, Handle t, Handle context) {
  while (true) {
    const Node node = arena[t];
    if (node.isValue()) {
      if (context == 0) return {t, 0};
      const Handle next = outer(arena, context);
      t = fill(arena, context, t);
      context = next;
      continue;
    }
    const int k = nextToEvaluate(arena, node);
    if (k == 3) return {t, context};
    const Handle frame = arena.make(frameTag(node.kind(), k), node[k == 0 ? 1 : 0], node[k == 2 ? 1 : 2], context);
    if (isNamed(node.kind())) arena.setName(frame, arena.nameOf(t));
    t = node[k];
    context = frame;
  }
}

Handle plug(Arena& arena, Handle t, Handle context) {
  for (; context != 0; context = outer(arena, context)) t = fill(arena, context, t);
  return t;
}

}  // namespace funpass
