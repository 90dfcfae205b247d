#include "lang/context.hpp"

namespace funpass {

namespace {

/// The first field of `node` that evaluation reaches next, from field `from` on; 3 if all there are values.
int nextToEvaluate(const Arena& arena, const Node& node, int from) {
  const std::string_view kinds = kFields[node.tag];
  for (int k = from; k < 3; ++k) {
    if (kinds[static_cast<size_t>(k)] == 'E' && !arena[node[k]].isValue()) return k;
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
  if (const Symbol name = arena.nameOf(frame); name != 0) arena.setName(node, name);
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
    const int k = nextToEvaluate(arena, node, 0);
    if (k == 3) return {t, context};
    const Handle frame = arena.make(frameTag(node.kind(), k), node[k == 0 ? 1 : 0], node[k == 2 ? 1 : 2], context);
    if (const Symbol name = arena.nameOf(t); name != 0) arena.setName(frame, name);
    t = node[k];
    context = frame;
  }
}

Handle plug(Arena& arena, Handle t, Handle context) {
  for (; context != 0; context = outer(arena, context)) t = fill(arena, context, t);
  return t;
}

}  // namespace funpass
