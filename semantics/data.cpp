// Section 8: the data extension's local reduction   t | σ →ʰ t' | σ'
#include <algorithm>
#include <functional>

#include "semantics/rule_set.hpp"

namespace funpass {

namespace {

LocalOutcome becomes(Handle contractum) { return {contractum, false, {}}; }
LocalOutcome refused(Rule rule, uint8_t premise, Binding first = {}, Binding second = {}) {
  return {0, false, refuse(rule, premise, first, second)};
}

bool isBool(const Arena& arena, Handle v) { return arena.is(v, Tag::True) || arena.is(v, Tag::False); }
bool isList(const Arena& arena, Handle v) { return arena.is(v, Tag::Cons) || arena.is(v, Tag::Nil); }

/// The elements of a list of values; `nil` becomes its end.
std::vector<Handle> elements(const Arena& arena, Handle list, Handle& nil) {
  std::vector<Handle> found;
  for (; arena.is(list, Tag::Cons); list = arena[list][1]) found.push_back(arena[list][0]);
  nil = list;
  return found;
}

Handle listEndingIn(Arena& arena, const std::vector<Handle>& elements, Handle end) {
  for (auto it = elements.rbegin(); it != elements.rend(); ++it) end = arena.make(Tag::Cons, *it, end);
  return end;
}

// R-If-True    E[if (true) t else t'] | σ →ʰ E[t] | σ
LocalOutcome rIfTrue(const LocalRedex& c) {
  return c.arena.is(c.redex[0], Tag::True) ? becomes(c.redex[1]) : refused(Rule::RIfTrue, 0);
}

// R-If-False   E[if (false) t else t'] | σ →ʰ E[t'] | σ
LocalOutcome rIfFalse(const LocalRedex& c) {
  return c.arena.is(c.redex[0], Tag::False) ? becomes(c.redex[2]) : refused(Rule::RIfFalse, 0);
}

// R-And-True   E[true && t] | σ →ʰ E[t] | σ
LocalOutcome rAndTrue(const LocalRedex& c) {
  return c.arena.is(c.redex[0], Tag::True) ? becomes(c.redex[1]) : refused(Rule::RAndTrue, 0);
}

// R-And-False  E[false && t] | σ →ʰ E[false] | σ
LocalOutcome rAndFalse(const LocalRedex& c) {
  return c.arena.is(c.redex[0], Tag::False) ? becomes(c.redex[0]) : refused(Rule::RAndFalse, 0);
}

// R-Or-True    E[true || t] | σ →ʰ E[true] | σ
LocalOutcome rOrTrue(const LocalRedex& c) {
  return c.arena.is(c.redex[0], Tag::True) ? becomes(c.redex[0]) : refused(Rule::ROrTrue, 0);
}

// R-Or-False   E[false || t] | σ →ʰ E[t] | σ
LocalOutcome rOrFalse(const LocalRedex& c) {
  return c.arena.is(c.redex[0], Tag::False) ? becomes(c.redex[1]) : refused(Rule::ROrFalse, 0);
}

// R-Not        E[!b] | σ →ʰ E[b'] | σ      b' is the other Boolean
LocalOutcome rNot(const LocalRedex& c) {
  if (!isBool(c.arena, c.redex[0])) return refused(Rule::RNot, 0);
  return becomes(c.arena.boolean(c.arena.is(c.redex[0], Tag::False)));
}

// Is the value made of integers, units, hosts, Booleans, strings, lists and records alone?
bool isComparableValue(const Arena& arena, Handle v) {
  std::vector<Handle> todo{v};
  while (!todo.empty()) {
    const Node node = arena[todo.back()];
    todo.pop_back();
    if (node.is(Tag::Cons) || node.is(Tag::Arg)) {
      todo.push_back(node[1]);
      todo.push_back(node[0]);
    } else if (node.is(Tag::Record)) {
      todo.push_back(node[1]);
    } else if (node.is(Tag::Lambda) || node.is(Tag::Spore) || node.is(Tag::Ident) || node.is(Tag::Ref)) {
      return false;
    }
  }
  return true;
}

// R-Eq         E[v == v'] | σ →ʰ E[b] | σ      b is whether v and v' are the same
LocalOutcome rEq(const LocalRedex& c) {
  if (!isComparableValue(c.arena, c.redex[0]) || !isComparableValue(c.arena, c.redex[1])) {
    return refused(Rule::REq, 1, {"v", c.redex[0]}, {"v'", c.redex[1]});
  }
  return becomes(c.arena.boolean(c.redex[0] == c.redex[1]));
}

// v compared with v': integers by size, strings by code point (which is the order of their UTF-8).
template <typename Order>
LocalOutcome compared(const LocalRedex& c, Rule rule, Order order) {
  const Handle v = c.redex[0];
  const Handle w = c.redex[1];
  if (c.arena.is(v, Tag::Int) && c.arena.is(w, Tag::Int)) {
    return becomes(c.arena.boolean(order(c.arena.integerOf(v), c.arena.integerOf(w))));
  }
  if (c.arena.is(v, Tag::String) && c.arena.is(w, Tag::String)) {
    return becomes(c.arena.boolean(order(c.arena.text(c.arena[v][0]).compare(c.arena.text(c.arena[w][0])), 0)));
  }
  return refused(rule, 1, {"v", v}, {"v'", w});
}

// R-Lt         E[v < v'] | σ →ʰ E[b] | σ       b is whether v < v'
LocalOutcome rLt(const LocalRedex& c) { return compared(c, Rule::RLt, std::less<>()); }

// R-Le         E[v <= v'] | σ →ʰ E[b] | σ      b is whether v ≤ v'
LocalOutcome rLe(const LocalRedex& c) { return compared(c, Rule::RLe, std::less_equal<>()); }

// R-Gt         E[v > v'] | σ →ʰ E[b] | σ       b is whether v > v'
LocalOutcome rGt(const LocalRedex& c) { return compared(c, Rule::RGt, std::greater<>()); }

// R-Ge         E[v >= v'] | σ →ʰ E[b] | σ      b is whether v ≥ v'
LocalOutcome rGe(const LocalRedex& c) { return compared(c, Rule::RGe, std::greater_equal<>()); }

// R-Concat     E[v ++ v'] | σ →ʰ E[v''] | σ    v'' is v followed by v': two lists, or two strings
LocalOutcome rConcat(const LocalRedex& c) {
  const Handle v = c.redex[0];
  const Handle w = c.redex[1];
  if (c.arena.is(v, Tag::String) && c.arena.is(w, Tag::String)) {
    return becomes(c.arena.string(c.arena.text(c.arena[v][0]) + c.arena.text(c.arena[w][0])));
  }
  if (!isList(c.arena, v) || !isList(c.arena, w)) return refused(Rule::RConcat, 1, {"v", v}, {"v'", w});
  Handle nil = 0;
  const std::vector<Handle> first = elements(c.arena, v, nil);
  return becomes(listEndingIn(c.arena, first, w));
}

// R-Size       E[size([v₁, …, vₙ])] | σ →ʰ E[n] | σ
LocalOutcome rSize(const LocalRedex& c) {
  if (!isList(c.arena, c.redex[0])) return refused(Rule::RSize, 0);
  int64_t n = 0;
  for (Handle list = c.redex[0]; c.arena.is(list, Tag::Cons); list = c.arena[list][1]) ++n;
  return becomes(c.arena.integer(n));
}

// R-Range      E[range(n, n')] | σ →ʰ E[[n, n+1, …, n'-1]] | σ      [] if n ≥ n'
LocalOutcome rRange(const LocalRedex& c) {
  if (!c.arena.is(c.redex[0], Tag::Int) || !c.arena.is(c.redex[1], Tag::Int)) return refused(Rule::RRange, 0);
  const int64_t from = c.arena.integerOf(c.redex[0]);
  const int64_t to = c.arena.integerOf(c.redex[1]);
  // Two nodes an element; what cannot fit is not begun, since one step cannot be interrupted.
  const uint64_t elements = to > from ? static_cast<uint64_t>(to) - static_cast<uint64_t>(from) : 0;
  const uint64_t most = c.arena.maxNodes();
  if (elements > most / 2 || 2 * elements + c.arena.size() > most) {
    throw LimitReached{"memory: range(" + std::to_string(from) + ", " + std::to_string(to) + ") makes a list of " +
                       std::to_string(elements) + " elements"};
  }
  Handle list = c.arena.make(Tag::Nil, c.arena.make(Tag::TInt));
  for (int64_t n = to; n > from; --n) {
    list = c.arena.make(Tag::Cons, c.arena.integer(n - 1), list);
  }
  return becomes(list);
}

// How many bytes the code point takes that starts with `first` in UTF-8.
size_t codePointLength(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

// R-Split      E[split(s, s')] | σ →ʰ E[[s₁, …, sₙ]] | σ      the non-empty pieces of s between the s', from the left;
//                                                             code points if s' is ""
LocalOutcome rSplit(const LocalRedex& c) {
  if (!c.arena.is(c.redex[0], Tag::String) || !c.arena.is(c.redex[1], Tag::String)) return refused(Rule::RSplit, 0);
  const std::string text = c.arena.text(c.arena[c.redex[0]][0]);
  const std::string separator = c.arena.text(c.arena[c.redex[1]][0]);
  std::vector<Handle> pieces;
  for (size_t at = 0; at < text.size();) {
    const size_t end = separator.empty() ? std::min(at + codePointLength(text[at]), text.size())
                                         : std::min(text.find(separator, at), text.size());
    if (end > at) pieces.push_back(c.arena.string(text.substr(at, end - at)));
    at = end + separator.size();
  }
  return becomes(c.arena.list(pieces, c.arena.make(Tag::TString)));
}

// R-Map-Nil      E[map([], f)] | σ →ʰ E[[]] | σ
LocalOutcome rMapNil(const LocalRedex& c) {
  return c.arena.is(c.redex[0], Tag::Nil) ? becomes(c.arena.make(Tag::Nil, c.redex[2])) : refused(Rule::RMapNil, 0);
}

// R-Map-Cons     E[map([v, v̄], f)] | σ →ʰ E[[f(v)] ++ map([v̄], f)] | σ
LocalOutcome rMapCons(const LocalRedex& c) {
  const Node list = c.arena[c.redex[0]];
  if (!list.is(Tag::Cons)) return refused(Rule::RMapCons, 0);
  const Handle first =
      c.arena.make(Tag::Cons, c.arena.make(Tag::App, c.redex[1], list[0]), c.arena.make(Tag::Nil, c.redex[2]));
  return becomes(c.arena.make(Tag::Concat, first, c.arena.make(Tag::Map, list[1], c.redex[1], c.redex[2])));
}

// R-Filter-Nil   E[filter([], f)] | σ →ʰ E[[]] | σ
LocalOutcome rFilterNil(const LocalRedex& c) {
  return c.arena.is(c.redex[0], Tag::Nil) ? becomes(c.redex[0]) : refused(Rule::RFilterNil, 0);
}

// R-Filter-Cons  E[filter([v, v̄], f)] | σ →ʰ E[(if (f(v)) [v] else []) ++ filter([v̄], f)] | σ
LocalOutcome rFilterCons(const LocalRedex& c) {
  const Node list = c.arena[c.redex[0]];
  if (!list.is(Tag::Cons)) return refused(Rule::RFilterCons, 0);
  const Handle nil = c.arena.make(Tag::Nil, c.redex[2]);
  const Handle chosen =
      c.arena.make(Tag::If, c.arena.make(Tag::App, c.redex[1], list[0]), c.arena.make(Tag::Cons, list[0], nil), nil);
  return becomes(c.arena.make(Tag::Concat, chosen, c.arena.make(Tag::Filter, list[1], c.redex[1], c.redex[2])));
}

// R-FlatMap-Nil  E[flatMap([], f)] | σ →ʰ E[[]] | σ
LocalOutcome rFlatMapNil(const LocalRedex& c) {
  return c.arena.is(c.redex[0], Tag::Nil) ? becomes(c.arena.make(Tag::Nil, c.redex[2])) : refused(Rule::RFlatMapNil, 0);
}

// R-FlatMap-Cons E[flatMap([v, v̄], f)] | σ →ʰ E[f(v) ++ flatMap([v̄], f)] | σ
LocalOutcome rFlatMapCons(const LocalRedex& c) {
  const Node list = c.arena[c.redex[0]];
  if (!list.is(Tag::Cons)) return refused(Rule::RFlatMapCons, 0);
  return becomes(c.arena.make(Tag::Concat, c.arena.make(Tag::App, c.redex[1], list[0]),
                              c.arena.make(Tag::FlatMap, list[1], c.redex[1], c.redex[2])));
}

// R-Exists-Nil   E[exists([], f)] | σ →ʰ E[false] | σ
LocalOutcome rExistsNil(const LocalRedex& c) {
  return c.arena.is(c.redex[0], Tag::Nil) ? becomes(c.arena.boolean(false)) : refused(Rule::RExistsNil, 0);
}

// R-Exists-Cons  E[exists([v, v̄], f)] | σ →ʰ E[if (f(v)) true else exists([v̄], f)] | σ
LocalOutcome rExistsCons(const LocalRedex& c) {
  const Node list = c.arena[c.redex[0]];
  if (!list.is(Tag::Cons)) return refused(Rule::RExistsCons, 0);
  return becomes(c.arena.make(Tag::If, c.arena.make(Tag::App, c.redex[1], list[0]), c.arena.boolean(true),
                              c.arena.make(Tag::Exists, list[1], c.redex[1])));
}

// R-Fold-Nil     E[fold([], v, f)] | σ →ʰ E[v] | σ
LocalOutcome rFoldNil(const LocalRedex& c) {
  return c.arena.is(c.redex[0], Tag::Nil) ? becomes(c.redex[1]) : refused(Rule::RFoldNil, 0);
}

// R-Fold-Cons    E[fold([v, v̄], v', f)] | σ →ʰ E[fold([v̄], f(v')(v), f)] | σ
LocalOutcome rFoldCons(const LocalRedex& c) {
  const Node list = c.arena[c.redex[0]];
  if (!list.is(Tag::Cons)) return refused(Rule::RFoldCons, 0);
  const Handle next = c.arena.make(Tag::App, c.arena.make(Tag::App, c.redex[2], c.redex[1]), list[0]);
  return becomes(c.arena.make(Tag::Fold, list[1], next, c.redex[2]));
}

// R-SortBy       E[sortBy([v̄], f)] | σ →ʰ E[sortByKeys([v̄], map([v̄], f))] | σ
LocalOutcome rSortBy(const LocalRedex& c) {
  if (!isList(c.arena, c.redex[0])) return refused(Rule::RSortBy, 0);
  return becomes(c.arena.make(Tag::SortByKeys, c.redex[0], c.arena.make(Tag::Map, c.redex[0], c.redex[1], c.redex[2])));
}

// R-SortByKeys   E[sortByKeys([v̄], [v̄'])] | σ →ʰ E[[v̄'']] | σ      v̄'' is v̄ in ascending order of the keys v̄', equal
//                                                                   keys in the order of v̄
LocalOutcome rSortByKeys(const LocalRedex& c) {
  if (!isList(c.arena, c.redex[0]) || !isList(c.arena, c.redex[1])) return refused(Rule::RSortByKeys, 0);
  Handle nil = 0;
  Handle keysNil = 0;
  const std::vector<Handle> values = elements(c.arena, c.redex[0], nil);
  const std::vector<Handle> keys = elements(c.arena, c.redex[1], keysNil);
  if (values.size() != keys.size()) return refused(Rule::RSortByKeys, 1, {"v̄", c.redex[0]}, {"v̄'", c.redex[1]});
  const auto all = [&](Tag tag) {
    return std::all_of(keys.begin(), keys.end(), [&](Handle key) { return c.arena.is(key, tag); });
  };
  if (!all(Tag::Int) && !all(Tag::String)) return refused(Rule::RSortByKeys, 2, {"v̄'", c.redex[1]});
  std::vector<size_t> order(values.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t i, size_t j) { return c.arena.compare(keys[i], keys[j]) < 0; });
  std::vector<Handle> sorted;
  sorted.reserve(order.size());
  for (const size_t i : order) sorted.push_back(values[i]);
  return becomes(listEndingIn(c.arena, sorted, nil));
}

// R-Field        E[R(v̄).a] | σ →ʰ E[v] | σ      v is the field a of R(v̄)
LocalOutcome rField(const LocalRedex& c) {
  const Node record = c.arena[c.redex[0]];
  if (!record.is(Tag::Record)) return refused(Rule::RField, 0);
  Handle argument = record[1];
  for (Handle field = c.arena[record[0]][1]; field != 0 && argument != 0; field = c.arena[field][2]) {
    if (c.arena[field][0] == c.redex[1]) return becomes(c.arena[argument][0]);
    argument = c.arena[argument][1];
  }
  return refused(Rule::RField, 1);
}

}  // namespace

std::vector<LocalRow> dataRules() {
  return {
      {Rule::RIfTrue, Tag::If, true, rIfTrue},
      {Rule::RIfFalse, Tag::If, true, rIfFalse},
      {Rule::RAndTrue, Tag::And, true, rAndTrue},
      {Rule::RAndFalse, Tag::And, true, rAndFalse},
      {Rule::ROrTrue, Tag::Or, true, rOrTrue},
      {Rule::ROrFalse, Tag::Or, true, rOrFalse},
      {Rule::RNot, Tag::Not, true, rNot},
      {Rule::REq, Tag::Eq, true, rEq},
      {Rule::RLt, Tag::Lt, true, rLt},
      {Rule::RLe, Tag::Le, true, rLe},
      {Rule::RGt, Tag::Gt, true, rGt},
      {Rule::RGe, Tag::Ge, true, rGe},
      {Rule::RConcat, Tag::Concat, true, rConcat},
      {Rule::RSize, Tag::Size, true, rSize},
      {Rule::RRange, Tag::Range, true, rRange},
      {Rule::RSplit, Tag::Split, true, rSplit},
      {Rule::RMapNil, Tag::Map, true, rMapNil},
      {Rule::RMapCons, Tag::Map, true, rMapCons},
      {Rule::RFilterNil, Tag::Filter, true, rFilterNil},
      {Rule::RFilterCons, Tag::Filter, true, rFilterCons},
      {Rule::RFlatMapNil, Tag::FlatMap, true, rFlatMapNil},
      {Rule::RFlatMapCons, Tag::FlatMap, true, rFlatMapCons},
      {Rule::RExistsNil, Tag::Exists, true, rExistsNil},
      {Rule::RExistsCons, Tag::Exists, true, rExistsCons},
      {Rule::RFoldNil, Tag::Fold, true, rFoldNil},
      {Rule::RFoldCons, Tag::Fold, true, rFoldCons},
      {Rule::RSortBy, Tag::SortBy, true, rSortBy},
      {Rule::RSortByKeys, Tag::SortByKeys, true, rSortByKeys},
      {Rule::RField, Tag::Field, true, rField},
  };
}

}  // namespace funpass
