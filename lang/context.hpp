// Evaluation contexts E (section 1): a term kept as (focus, context), the context a list of frames from the hole
// outwards. Only this file knows the order of evaluation, and it reads it from the E columns of tags.def.
#pragma once

#include "lang/term.hpp"

namespace funpass {

/// E[t]. `context` is a list of frames, 0 for the empty context. In a decomposed term the focus is a redex, or a value
/// and the context is empty.
struct Decomposed {
  Handle focus = 0;
  Handle context = 0;
  bool operator==(const Decomposed&) const = default;
};

/// The unique decomposition of E[t], where `context` is E: the redex found by call by value from left to right, or the
/// value. Costs the number of frames entered and left.
Decomposed refocus(Arena& arena, Handle t, Handle context);

/// The decomposition of a whole term.
inline Decomposed decompose(Arena& arena, Handle t) { return refocus(arena, t, 0); }

/// E[t] as one term.
Handle plug(Arena& arena, Handle t, Handle context);

/// One frame around `t`: the node with the hole filled. A binder keeps its name.
Handle fill(Arena& arena, Handle frame, Handle t);

/// The context outside of a frame.
inline Handle outer(const Arena& arena, Handle frame) { return arena[frame][2]; }

}  // namespace funpass
