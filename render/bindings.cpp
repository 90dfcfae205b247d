#include "render/bindings.hpp"

#include <algorithm>
#include <array>

#include "lang/context.hpp"
#include "lang/raise.hpp"
#include "render/formula.hpp"
#include "render/layout.hpp"
#include "render/short_text.hpp"

namespace funpass::render {

namespace {

constexpr size_t kLongest = 40;  // elements of a sequence that are written out

// What kind of thing is found at a place.
enum class As : uint8_t {
  Node,
  Host,       // a number
  Index,      // of an identifier
  Name,       // a symbol, or a record's
  Operator,   // of an operation on integers
  Parameter,  // of a function or spore: its name,
  Body,       // and its body
  Names,      // of a spore's header: its names, types and values
  Types,
  Values,
  Elements,   // of a list
  Arguments,  // of a record
  Receiver,   // of the first message that is sent; ⊥ if none is
  Sent,       // all that is sent
};

// Where it is: `f` the redex, `c` what takes its place, `m` the message, `q` if it is a Req, `s` if it is a Res, `o`
// the first that is sent; then fields, from the node inwards.
struct Metavariable {
  const char* variable;
  As as;
  const char* place;
};
struct Row {
  Rule rule;
  std::vector<Metavariable> bound;
};

const std::vector<Row>& rows() {
  static const std::vector<Metavariable> two{{"v", As::Node, "f0"}, {"v'", As::Node, "f1"}, {"b", As::Node, "c"}};
  static const std::vector<Metavariable> list{
      {"v", As::Node, "f00"}, {"v̄", As::Elements, "f01"}, {"f", As::Node, "f1"}};
  static const std::vector<Metavariable> nil{{"f", As::Node, "f1"}};
  static const std::vector<Metavariable> both{{"t", As::Node, "f1"}};
  static const std::vector<Row> all{
      {Rule::RIntOp, {{"n", As::Node, "f0"}, {"⊕", As::Operator, "f"}, {"n'", As::Node, "f1"}, {"n''", As::Node, "c"}}},
      {Rule::RAppAbs,
       {{"x", As::Parameter, "f0"}, {"T", As::Node, "f00"}, {"t", As::Body, "f0"}, {"v", As::Node, "f1"}}},
      {Rule::RAppSpore,
       {{"x̄", As::Names, "f00"},
        {"T̄", As::Types, "f00"},
        {"v̄", As::Values, "f00"},
        {"x", As::Parameter, "f0"},
        {"T", As::Node, "f01"},
        {"t", As::Body, "f0"},
        {"v", As::Node, "f1"}}},
      {Rule::RAwait, {{"ι", As::Node, "f0"}, {"v", As::Node, "c"}}},
      {Rule::RApply,
       {{"l", As::Node, "f00"},
        {"h̄", As::Node, "f01"},
        {"p", As::Node, "f1"},
        {"l'", As::Node, "c0"},
        {"i", As::Index, "c001"}}},
      {Rule::RSeq, {{"v", As::Node, "f0"}, {"t", As::Node, "f1"}}},
      {Rule::RSend,
       {{"r", As::Node, "f0"},
        {"l", As::Node, "f00"},
        {"h̄", As::Node, "f01"},
        {"id(l)", As::Node, "c"},
        {"a", As::Receiver, "f"}}},
      {Rule::RPopulate,
       {{"h̄", As::Node, "f0"}, {"v", As::Node, "f1"}, {"ι", As::Node, "c00"}, {"i", As::Index, "c001"}}},
      {Rule::RRespond, {{"h'", As::Host, "f0"}, {"ι", As::Node, "f1"}, {"v", As::Node, "f2"}}},
      {Rule::RProcess, {{"ι", As::Node, "f0"}, {"m", As::Node, "m"}, {"t", As::Node, "c"}, {"M''", As::Sent, "m"}}},
      {Rule::RProcessVal, {{"v", As::Node, "f"}, {"m", As::Node, "m"}, {"t", As::Node, "c"}, {"M''", As::Sent, "m"}}},
      {Rule::PRes, {{"ι", As::Node, "m0"}, {"v", As::Node, "m1"}}},
      {Rule::PHit,
       {{"h'", As::Host, "m0"},
        {"l", As::Node, "m10"},
        {"h̄", As::Node, "m11"},
        {"ι", As::Node, "m2"},
        {"id(l)", As::Node, "m100"},
        {"σ(id(l))", As::Node, "c2"}}},
      {Rule::PMat,
       {{"h'", As::Host, "m0"},
        {"r", As::Node, "m1"},
        {"ι", As::Node, "m2"},
        {"ι₀", As::Node, "m100"},
        {"h̄", As::Node, "m11"}}},
      {Rule::PApp,
       {{"h'", As::Host, "m0"},
        {"ι₀", As::Node, "m100"},
        {"l", As::Node, "m101"},
        {"p", As::Node, "m102"},
        {"h̄", As::Node, "m11"},
        {"ι", As::Node, "m2"},
        {"id(l)", As::Node, "m1010"},
        {"M''", As::Sent, "m"}}},
      {Rule::FDrop,
       {{"m", As::Node, "m"},
        {"h'", As::Host, "q0"},
        {"r'", As::Node, "q1"},
        {"ι", As::Node, "q2"},
        {"ι", As::Node, "s0"},
        {"v", As::Node, "s1"}}},
      {Rule::FDup, {{"m", As::Node, "o"}}},
      {Rule::RFailover, {{"ι", As::Node, "f0"}, {"r", As::Node, "o1"}, {"a", As::Receiver, "f"}}},
      {Rule::RFromLineage,
       {{"h̄", As::Node, "f0"}, {"l", As::Node, "f10"}, {"σ₀", As::Node, "f11"}, {"θl", As::Node, "c0"}}},
      {Rule::RIfTrue, {{"t", As::Node, "f1"}, {"t'", As::Node, "f2"}}},
      {Rule::RIfFalse, {{"t", As::Node, "f1"}, {"t'", As::Node, "f2"}}},
      {Rule::RAndTrue, both},
      {Rule::RAndFalse, both},
      {Rule::ROrTrue, both},
      {Rule::ROrFalse, both},
      {Rule::RNot, {{"b", As::Node, "f0"}, {"b'", As::Node, "c"}}},
      {Rule::REq, two},
      {Rule::RLt, two},
      {Rule::RLe, two},
      {Rule::RGt, two},
      {Rule::RGe, two},
      {Rule::RConcat, {{"v", As::Node, "f0"}, {"v'", As::Node, "f1"}, {"v''", As::Node, "c"}}},
      {Rule::RSize, {{"v₁, …, vₙ", As::Elements, "f0"}, {"n", As::Node, "c"}}},
      {Rule::RRange, {{"n", As::Node, "f0"}, {"n'", As::Node, "f1"}}},
      {Rule::RSplit, {{"s", As::Node, "f0"}, {"s'", As::Node, "f1"}, {"s₁, …, sₙ", As::Elements, "c"}}},
      {Rule::RMapNil, nil},
      {Rule::RMapCons, list},
      {Rule::RFilterNil, nil},
      {Rule::RFilterCons, list},
      {Rule::RFlatMapNil, nil},
      {Rule::RFlatMapCons, list},
      {Rule::RExistsNil, nil},
      {Rule::RExistsCons, list},
      {Rule::RFoldNil, {{"v", As::Node, "f1"}, {"f", As::Node, "f2"}}},
      {Rule::RFoldCons,
       {{"v", As::Node, "f00"}, {"v̄", As::Elements, "f01"}, {"v'", As::Node, "f1"}, {"f", As::Node, "f2"}}},
      {Rule::RSortBy, {{"v̄", As::Elements, "f0"}, {"f", As::Node, "f1"}}},
      {Rule::RSortByKeys, {{"v̄", As::Elements, "f0"}, {"v̄'", As::Elements, "f1"}, {"v̄''", As::Elements, "c"}}},
      {Rule::RField,
       {{"R", As::Name, "f00"}, {"v̄", As::Arguments, "f01"}, {"a", As::Name, "f1"}, {"v", As::Node, "c"}}},
  };
  return all;
}

Bound::Piece word(std::string words) { return {std::move(words), 0, {}, false}; }
Bound::Piece piece(Handle node) { return {{}, node, {}, false}; }

std::string nameOf(const Arena& arena, Handle binder) {
  const Symbol name = arena.nameOf(binder);
  return name == 0 ? "x" : arena.text(name);
}

// The names that a function's or spore's body sees, innermost first.
std::vector<std::string> namesInside(const Arena& arena, Handle binder) {
  std::vector<std::string> names{nameOf(arena, binder)};
  const Node node = arena[binder];
  if (node.is(Tag::Spore))
    for (Handle entry = node[0]; entry != 0; entry = arena[entry][2]) names.push_back(nameOf(arena, entry));
  return names;
}

using Pieces = std::vector<Bound::Piece>;

// A list, header, record's arguments or store, taken apart by `next(node)`, which moves on.
template <typename Next>
Pieces sequence(Handle first, Next next) {
  Pieces pieces;
  for (size_t n = 0; first != 0; ++n) {
    Bound::Piece element = next(first);
    if (element.node == 0 && element.words.empty()) break;
    if (n > 0) pieces.push_back(word(", "));
    if (n == kLongest) {
      pieces.push_back(word("…"));
      break;
    }
    pieces.push_back(std::move(element));
  }
  if (pieces.empty()) pieces.push_back(word("∅"));
  return pieces;
}

Pieces messagesSent(const Arena& arena, const Step& step) {
  if (step.sent.empty()) return {word("∅")};
  Pieces pieces{word("{")};
  for (const Sent& sent : step.sent) {
    pieces.push_back(word((pieces.size() > 1 ? ", " : "") + arena.hosts()[sent.host] + " ← "));
    pieces.push_back(piece(sent.message));
  }
  pieces.push_back(word("}"));
  return pieces;
}

std::string_view operatorOf(Tag tag) { return tag == Tag::Add ? "+" : tag == Tag::Sub ? "-" : "*"; }

// What `v` is at this step; nothing if its place is not there.
Pieces found(const Arena& arena, const Step& step, const Metavariable& v) {
  const Handle taken = step.taken;
  const char root = v.place[0];
  const bool inTerm = step.rule == Rule::RProcess && root == 'c';  // of t; await(ι)
  uint32_t at = taken;
  if (root == 'f') at = step.redex;
  if (root == 'c') at = inTerm ? arena[step.contractum][0] : step.contractum;
  if (root == 'o') at = step.sent.empty() ? 0 : step.sent[0].message;
  if (root == 'q' && !arena.is(taken, Tag::Req)) return {};
  if (root == 'o' && step.sent.empty()) return {};
  if (root == 's' && !arena.is(taken, Tag::Res)) return {};
  for (const char* field = v.place + 1; *field != '\0'; ++field) at = arena[at][*field - '0'];
  switch (v.as) {
    case As::Node: return {piece(at)};
    case As::Host: return {word(arena.hosts()[at])};
    case As::Index: return {word(std::to_string(at))};
    case As::Name: return {word(arena.text(root == 'f' && v.place[2] != '\0' ? arena[at][0] : at))};
    case As::Operator: return {word(std::string(operatorOf(arena.kind(at))))};
    case As::Parameter: return {{nameOf(arena, at), 0, namesInside(arena, at), true}};
    case As::Body: {
      const Node binder = arena[at];
      return {{{}, binder[binder.is(Tag::Spore) ? 2 : 1], namesInside(arena, at), true}};
    }
    case As::Names:
      return sequence(at, [&arena](Handle& entry) {
        Bound::Piece name = word(nameOf(arena, entry));
        entry = arena[entry][2];
        return name;
      });
    case As::Types:
    case As::Values:
      return sequence(at, [&arena, &v](Handle& entry) {
        const Handle part = arena[entry][v.as == As::Types ? 0 : 1];
        entry = arena[entry][2];
        return piece(part);
      });
    case As::Elements:
    case As::Arguments:
      return sequence(at, [&arena](Handle& cell) {
        const Node node = arena[cell];
        if (!node.is(Tag::Cons) && !node.is(Tag::Arg)) return word({});
        cell = node[1];
        return piece(node[0]);
      });
    case As::Receiver: return {word(step.sent.empty() ? "⊥" : arena.hosts()[step.sent[0].host])};
    case As::Sent: return messagesSent(arena, step);
  }
  return {};
}

Pieces storeText(const Arena& arena, Handle store) {
  (void)arena;
  return {store == 0 ? word("∅") : piece(store)};
}

// E, with [] for the hole.
Bound::Piece contextText(Arena& arena, Handle context) {
  if (context == 0) return word("[]");
  return {{}, plug(arena, arena.make(Tag::Var, 0), context), {"[]"}, false};
}

// What every rule of the judgement has: E, t, σ, ρ and h.
Pieces common(Arena& arena, const Configuration& before, const Step& step, Rule rule, std::string_view variable) {
  const HostState& old = before.hosts[step.host];
  if (variable == "h") return {word(arena.hosts()[step.host])};
  if (old.crashed()) return {};
  if (variable == "E") return {contextText(arena, old.context)};
  if (variable == "σ") return storeText(arena, old.store);
  if (variable == "ρ") return storeText(arena, old.asked);
  if (variable == "σ'") return storeText(arena, step.after.store);
  if (variable == "ρ'" && step.after.asked != old.asked) return storeText(arena, step.after.asked);
  if (variable == "t" && (rule == Rule::RLocal || rule == Rule::FCrash)) return {piece(termOf(arena, old))};
  if (variable == "t'" && rule == Rule::RLocal) return {piece(termOf(arena, step.after))};
  return {};
}

constexpr std::array kCommon{"E", "t", "σ", "ρ", "h", "t'", "σ'", "ρ'"};
constexpr std::array kAside{"E", "σ", "ρ", "σ'", "ρ'", "σ₀", "x̄", "T̄", "v̄", "v̄'", "v̄''"};

// A name x of the first kind of term, as the JSON writes it: header first, then parameter.
std::vector<std::string> canonicalNames(size_t count) {
  std::vector<std::string> names;
  names.push_back("x" + std::to_string(count - 1));
  for (size_t k = 0; k + 1 < count; ++k) names.push_back("x" + std::to_string(k));
  return names;
}

// Is there a space outside of all brackets?
bool isCompound(std::string_view text) {
  int depth = 0;
  for (const char c : text) {
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (c == ')' || c == ']' || c == '}') --depth;
    if (c == ' ' && depth == 0) return true;
  }
  return false;
}

}  // namespace

std::string boundText(const Arena& arena, const Bound& bound, Form form, uint32_t width) {
  std::string out;
  for (const Bound::Piece& piece : bound.pieces) {
    const bool canonical = form == Form::Canonical && piece.numbered;
    const std::vector<std::string> names = canonical ? canonicalNames(piece.names.size()) : piece.names;
    if (piece.node == 0) {
      out += form == Form::Latex ? latexName(piece.words) : canonical ? names[0] : piece.words;
    } else if (form == Form::Latex) {
      out += latexShort(arena, piece.node, width, names);
    } else {
      out += form == Form::Canonical ? canonicalBounded(arena, piece.node, 2 * width, names)
                                     : boundedText(arena, piece.node, 2 * width, names);
    }
  }
  return form == Form::Latex ? out : shortened(out, width);
}

std::vector<Bound> bindings(Arena& arena, const Configuration& before, const Step& step, Rule rule) {
  const std::string_view statement = info(rule).statement;
  std::vector<std::pair<size_t, Bound>> placed;
  const auto add = [&](const char* variable, Pieces pieces) {
    const size_t at = placeOf(statement, variable);
    if (at == std::string_view::npos || pieces.empty()) return;
    for (const auto& [other, bound] : placed)
      if (bound.variable == variable) return;
    const bool aside = std::find(kAside.begin(), kAside.end(), std::string_view(variable)) != kAside.end();
    placed.emplace_back(at, Bound{variable, std::move(pieces), !aside});
  };
  for (const Row& row : rows()) {
    if (row.rule != rule) continue;
    for (const Metavariable& v : row.bound) add(v.variable, found(arena, step, v));
  }
  for (const char* variable : kCommon) add(variable, common(arena, before, step, rule, variable));
  std::stable_sort(placed.begin(), placed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Bound> out;
  out.reserve(placed.size());
  for (auto& [at, bound] : placed) out.push_back(std::move(bound));
  return out;
}

boost::json::array bindingsJson(const Arena& arena, const std::vector<Bound>& bound, uint32_t width) {
  boost::json::array out;
  for (const Bound& one : bound) {
    out.emplace_back(
        boost::json::object{{"variable", one.variable}, {"value", boundText(arena, one, Form::Canonical, width)}});
  }
  return out;
}

std::string instance(const Arena& arena, std::string_view formula, const std::vector<Bound>& bound, Form form,
                     uint32_t widest) {
  std::vector<Value> values;
  for (const Bound& one : bound) {
    if (!one.inPlace) continue;
    const std::string written = boundText(arena, one, Form::Source, widest + 1);
    if (columnsOf(written) > widest) continue;
    values.push_back(
        {one.variable, form == Form::Source ? written : boundText(arena, one, form, 4 * widest), isCompound(written)});
  }
  return substituted(formula, values, form == Form::Latex);
}

bool occurs(std::string_view formula, std::string_view variable) {
  return placeOf(formula, variable) != std::string_view::npos;
}

}  // namespace funpass::render
