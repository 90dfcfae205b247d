// Questions about types: agreement, mobility, comparability. Types may be deep, and share parts.
#include "typecheck/typing_parts.hpp"

#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "lang/raise.hpp"

namespace funpass {

namespace {

// The nodes of a type that matter to a question, each once. `next` adds the parts of a type that have to be asked in
// turn, and is false where the answer is no.
template <typename Next>
bool everyPart(const Arena& arena, Handle type, Next next) {
  std::vector<Handle> todo{type};
  std::unordered_set<Handle> seen;
  while (!todo.empty()) {
    const Handle n = todo.back();
    todo.pop_back();
    if (!seen.insert(n).second) continue;
    if (!next(arena[n], todo)) return false;
  }
  return true;
}

// Adds the types of a TCons or TField list.
void addListed(const Arena& arena, Handle list, int field, int rest, std::vector<Handle>& todo) {
  for (; list != 0; list = arena[list][rest]) todo.push_back(arena[list][field]);
}

// One node's part in Mobile(T): false, or the parts to ask.
bool mobilePart(const Arena& arena, const Node& type, std::vector<Handle>& todo) {
  if (type.is(Tag::TFun) || type.is(Tag::TFuture)) return false;
  if (type.is(Tag::TSiloRef) || type.is(Tag::TList)) todo.push_back(type[0]);
  if (type.is(Tag::TSpore)) addListed(arena, type[2], 0, 1, todo);
  if (type.is(Tag::TRecord)) addListed(arena, type[1], 1, 2, todo);
  return true;
}

uint64_t pairKey(Handle a, Handle b) { return uint64_t{a} << 32U | b; }

// May the answer for (a, b) be given without a look at the parts?
bool atOnce(Arena& arena, Handle a, Handle b, Handle& answer) {
  if (a == b) {
    answer = a;
  } else if (a == 0 || b == 0) {
    answer = 0;
  } else if (arena.is(a, Tag::TUnknown)) {
    answer = b;
  } else if (arena.is(b, Tag::TUnknown)) {
    answer = a;
  } else {
    const Node x = arena[a];
    const Node y = arena[b];
    answer = 0;
    if (x.tag != y.tag) return true;
    for (int k = 0; k < 3; ++k) {
      if (x[k] == y[k]) continue;
      if (!isHandleField(x, k) || x[k] == 0 || y[k] == 0) return true;
    }
    return false;
  }
  return true;
}

}  // namespace

Handle agree(Arena& arena, Handle a, Handle b) {
  Handle answer = 0;
  if (atOnce(arena, a, b, answer)) return answer;
  std::unordered_map<uint64_t, Handle> agreed;
  std::vector<std::pair<Handle, Handle>> stack{{a, b}};
  while (!stack.empty()) {
    const auto [left, right] = stack.back();
    const Node x = arena[left];
    const Node y = arena[right];
    std::array<uint32_t, 3> field = x.field;
    const size_t before = stack.size();
    for (int k = 0; k < 3; ++k) {
      if (!isHandleField(x, k) || x[k] == y[k]) continue;
      if (!atOnce(arena, x[k], y[k], answer)) {
        const auto known = agreed.find(pairKey(x[k], y[k]));
        if (known == agreed.end()) {
          stack.emplace_back(x[k], y[k]);
          continue;
        }
        answer = known->second;
      }
      if (answer == 0) return 0;
      field[static_cast<size_t>(k)] = answer;
    }
    if (stack.size() > before) continue;
    agreed[pairKey(left, right)] = arena.make(x.tag, field[0], field[1], field[2]);
    stack.pop_back();
  }
  return agreed[pairKey(a, b)];
}

Handle elementOf(Arena& arena, Tag tag, Handle type) {
  if (arena.is(type, tag)) return arena[type][0];
  return arena.is(type, Tag::TUnknown) ? type : 0;
}

Arrow arrowOf(Arena& arena, Handle type) {
  const Node node = arena[type];
  if (node.is(Tag::TFun) || node.is(Tag::TSpore)) return {node[0], node[1]};
  if (node.is(Tag::TUnknown)) return {type, type};
  return {};
}

bool isOrdered(const Arena& arena, Handle type) {
  return arena.is(type, Tag::TInt) || arena.is(type, Tag::TString) || arena.is(type, Tag::TUnknown);
}

bool isMobile(const Arena& arena, Handle type, MobileTypes* known) {
  std::vector<Handle> todo{type};
  MobileTypes here;
  MobileTypes& seen = known == nullptr ? here : *known;
  std::vector<Handle> added;
  while (!todo.empty()) {
    const Handle n = todo.back();
    todo.pop_back();
    if (!seen.insert(n).second) continue;
    added.push_back(n);
    if (mobilePart(arena, arena[n], todo)) continue;
    for (const Handle part : added) seen.erase(part);
    return false;
  }
  return true;
}

std::string whyImmobile(const Arena& arena, Handle type) {
  Handle inner = 0;
  std::vector<Handle> todo{type};
  std::unordered_set<Handle> seen;
  while (!todo.empty() && inner == 0) {
    const Handle n = todo.back();
    todo.pop_back();
    if (seen.insert(n).second && !mobilePart(arena, arena[n], todo)) inner = n;
  }
  if (inner == 0) return {};
  std::string why = arena.is(inner, Tag::TFuture)
                        ? "`" + text(arena, inner) + "` is completed only at the host that asked for it"
                        : "`" + text(arena, inner) + "` does not say what the function captured";
  if (inner != type) why += ", and `" + text(arena, type) + "` has one inside";
  return why;
}

bool isComparable(const Arena& arena, Handle type) {
  return everyPart(arena, type, [&arena](const Node& part, std::vector<Handle>& todo) {
    if (part.is(Tag::TFun) || part.is(Tag::TSpore) || part.is(Tag::TSiloRef) || part.is(Tag::TFuture)) return false;
    if (part.is(Tag::TList)) todo.push_back(part[0]);
    if (part.is(Tag::TRecord)) addListed(arena, part[1], 1, 2, todo);
    return true;
  });
}

Typing conclude(const TypeRules& rules, const TypePremises& premises) {
  const TypeRule rule = rules.row[premises.node.tag];
  if (rule == nullptr) return fails(Rule::TVar, 0, -1, 0, 0, "this is not a term");
  return rule(premises);
}

}  // namespace funpass
