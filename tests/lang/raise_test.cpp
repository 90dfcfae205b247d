#include "lang/raise.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "lang/parse.hpp"
#include "lang/random.hpp"

using namespace funpass;
using surface::Kind;

namespace {

/// An arena with hosts a, b, c, and short names for what the tests build.
struct Maker {
  Arena arena{{"a", "b", "c"}};
  Handle intType = arena.make(Tag::TInt);

  Handle n(int64_t value) { return arena.integer(value); }
  Handle var(uint32_t index) { return arena.make(Tag::Var, index); }
  Handle unit() { return arena.make(Tag::Unit); }
  Handle host(uint32_t h, Handle more = 0) { return arena.make(Tag::Host, h, more); }
  Handle named(Handle node, std::string_view name) {
    if (!name.empty()) arena.setName(node, arena.symbol(name));
    return node;
  }
  Handle lambda(std::string_view name, Handle body, Handle type = 0) {
    return named(arena.make(Tag::Lambda, type == 0 ? intType : type, body), name);
  }
  Handle app(Handle f, Handle t) { return arena.make(Tag::App, f, t); }
  Handle val(std::string_view name, Handle t, Handle rest) { return app(lambda(name, rest), t); }
  Handle seq(Handle t, Handle rest) { return arena.make(Tag::Seq, t, rest); }
  Handle add(Handle t, Handle u) { return arena.make(Tag::Add, t, u); }
  Handle entry(std::string_view name, Handle t, Handle rest = 0, Handle type = 0) {
    return named(arena.make(Tag::Entry, type == 0 ? intType : type, t, rest), name);
  }
  Handle spore(Handle header, std::string_view name, Handle body) {
    return named(arena.make(Tag::Spore, header, intType, body), name);
  }
  Handle populate(Handle hosts, Handle t) { return arena.make(Tag::Populate, hosts, t, intType); }
  Handle await(Handle t) { return arena.make(Tag::Await, t); }
  Handle ident(uint32_t h, uint32_t i) { return arena.ident(h, i, intType); }
  Handle mat(uint32_t h, uint32_t i) { return arena.make(Tag::Mat, ident(h, i)); }
  Handle applied(uint32_t i, Handle lineage, Handle p) { return arena.make(Tag::Applied, ident(0, i), lineage, p); }
  Handle ref(Handle lineage, Handle hosts) { return arena.make(Tag::Ref, lineage, hosts); }
  Handle listType(Handle t) { return arena.make(Tag::TList, t); }
  Handle recordType(std::string_view name, std::string_view field, Handle type) {
    return arena.make(Tag::TRecord, arena.symbol(name), arena.make(Tag::TField, arena.symbol(field), type));
  }
  Handle record(Handle type, Handle value) { return arena.make(Tag::Record, type, arena.make(Tag::Arg, value)); }

  std::string text(Handle node) const { return funpass::text(arena, node); }
  std::string canonical(Handle node) const { return canonicalText(arena, node); }
};

constexpr std::array<std::string_view, 8> kNames{"x", "x1", "x2", "a", "b", "size", "Box", ""};

/// A term with binders of few names, which are often in each other's way.
Handle randomTerm(Maker& m, Random& random, uint32_t free, int size) {
  if (size <= 1) {
    const uint32_t choice = random.below(5);
    if (choice == 0) return m.host(random.below(3));
    if (choice == 1 || free == 0) return m.n(random.below(3));
    return m.var(random.below(free));
  }
  const int left = 1 + static_cast<int>(random.below(static_cast<uint32_t>(size - 1)));
  const auto sub = [&](uint32_t under, int part) { return randomTerm(m, random, under, part); };
  const auto name = [&] { return kNames[random.below(kNames.size())]; };
  switch (random.below(7)) {
    case 0: return m.lambda(name(), sub(free + 1, size - 1));
    case 1: return m.val(name(), sub(free, left), sub(free + 1, size - left));
    case 2: {
      Handle header = 0;
      const uint32_t count = random.below(3);
      for (uint32_t k = 0; k < count; ++k) header = m.entry(name(), sub(free, left / 2), header);
      return m.spore(header, name(), sub(count + 1, size - left));
    }
    case 3: return m.arena.make(Tag::Size, sub(free, size - 1));
    case 4: return m.record(m.recordType("Box", "of", m.intType), sub(free, size - 1));
    case 5: return m.seq(sub(free, left), sub(free, size - left));
    default: return m.app(sub(free, left), sub(free, size - left));
  }
}

/// Reads what `randomTerm` makes: the scoping rules of section 8 and nothing else.
struct Reader {
  Maker& m;
  const surface::Tree& tree;
  std::vector<std::string> scope;  // innermost last

  Handle name(const std::string& text) {
    for (size_t k = 0; k < scope.size(); ++k) {
      if (scope[scope.size() - 1 - k] == text) return m.var(static_cast<uint32_t>(k));
    }
    for (uint32_t h = 0; h < 3; ++h) {
      if (m.arena.hosts()[h] == text) return m.host(h);
    }
    return 0;
  }

  Handle under(surface::Index binder, surface::Index body) {
    scope.push_back(tree.text(binder));
    const Handle t = read(body);
    scope.pop_back();
    return t;
  }

  Handle block(surface::Index n, uint32_t from) {
    const surface::Index first = tree.child(n, from);
    if (from + 1 == tree[n].count) return read(first);
    if (tree.kind(first) != Kind::Val) {
      const Handle t = read(first);
      return m.seq(t, block(n, from + 1));
    }
    const Handle t = read(tree.child(first, 1));
    scope.push_back(tree.text(first));
    const Handle rest = block(n, from + 1);
    scope.pop_back();
    return m.val("", t, rest);
  }

  Handle spore(surface::Index n) {
    const uint32_t count = tree[n].count - 2;
    std::vector<std::string> inside;
    Handle header = 0;
    for (uint32_t k = count; k-- > 0;) {
      const surface::Index entry = tree.child(n, k);
      CHECK(std::find(inside.begin(), inside.end(), tree.text(entry)) == inside.end());
      inside.push_back(tree.text(entry));
      header = m.entry("", read(tree.child(entry, 1)), header);
    }
    CHECK(std::find(inside.begin(), inside.end(), tree.text(tree.child(n, count))) == inside.end());
    std::swap(scope, inside);
    const Handle body = under(tree.child(n, count), tree.child(n, count + 1));
    std::swap(scope, inside);
    return m.spore(header, "", body);
  }

  Handle call(surface::Index n) {
    const surface::Index head = tree.child(n, 0);
    const Handle argument = read(tree.child(n, 1));
    const Handle bound = tree.kind(head) == Kind::Name ? name(tree.text(head)) : read(head);
    if (bound != 0) return m.app(bound, argument);
    if (tree.text(head) == "size") return m.arena.make(Tag::Size, argument);
    return m.record(m.recordType("Box", "of", m.intType), argument);
  }

  Handle read(surface::Index n) {
    const Kind kind = tree.kind(n);
    if (kind == Kind::Paren) return read(tree.child(n, 0));
    if (kind == Kind::Int) return m.n(tree[n].value);
    if (kind == Kind::Name) return name(tree.text(n));
    if (kind == Kind::Lambda) return m.lambda("", under(tree.child(n, 0), tree.child(n, 1)));
    if (kind == Kind::Block) return block(n, 0);
    if (kind == Kind::Spore) return spore(n);
    return call(n);
  }
};

HostState running(Maker& m, Handle term) {
  const Decomposed d = decompose(m.arena, term);
  HostState state;
  state.focus = d.focus;
  state.context = d.context;
  return state;
}

/// The literal of hosts with these states; it must parse to what prints the same.
std::string literal(Maker& m, std::vector<HostState> hosts, const LiteralOptions& options = {}, Budget budget = {}) {
  Configuration configuration{std::move(hosts), budget};
  const std::string text = literalText(m.arena, configuration, options);
  Diagnostics errors;
  const Source source("literal", text);
  const surface::Tree tree = surface::parse(source, {}, errors);
  CHECK_MESSAGE(errors.empty(), text);
  std::string again;
  for (const surface::Index declaration : tree.declarations) {
    if (!again.empty()) again += '\n';
    again += surface::print(tree, declaration, {});
  }
  CHECK(again == text);
  return text;
}

}  // namespace

TEST_CASE("each kind of term in source notation") {
  Maker m;
  const Handle f = m.var(0);
  struct {
    Handle term;
    std::string text;
  } const cases[] = {
      {m.add(m.n(1), m.arena.make(Tag::Mul, m.n(-2), m.arena.make(Tag::Sub, m.n(3), m.n(4)))), "1 + -2 * (3 - 4)"},
      {m.unit(), "unit"},
      {m.host(1), "b"},
      {m.arena.make(Tag::Here), "currentHost"},
      {m.lambda("x", m.add(m.var(0), m.n(1))), "(x: Int) => x + 1"},
      {m.lambda("f", m.app(f, m.n(1))), "(f: Int) => f(1)"},
      {m.populate(m.host(1), m.n(1)), "populate(b, 1)"},
      {m.populate(m.host(1, m.host(2)), m.n(1)), "populate([b, c], 1)"},
      {m.arena.make(Tag::Apply, m.ref(m.mat(0, 3), m.host(1)), m.spore(0, "x", m.var(0)), m.intType),
       "apply(Ref(Mat((a,3)), b), spore { (x: Int) => x })"},
      {m.await(m.arena.make(Tag::Send, m.ref(m.mat(0, 0), m.host(1, m.host(2))))),
       "await(send(Ref(Mat((a,0)), [b, c])))"},
      {m.arena.make(Tag::Respond, 2, m.ident(0, 1), m.n(5)), "respond(c, (a,1), 5)"},
      {m.spore(m.entry("y", m.n(1), m.entry("z", m.n(2))), "x", m.add(m.var(0), m.add(m.var(1), m.var(2)))),
       "spore { y: Int = 1, z: Int = 2; (x: Int) => x + (y + z) }"},
      {m.arena.make(Tag::If, m.arena.make(Tag::Not, m.arena.boolean(true)), m.n(1), m.n(2)), "if (!true) 1 else 2"},
      {m.arena.make(Tag::Concat, m.arena.string("a\"b"), m.arena.string("λ\n")), R"("a\"b" ++ "λ\n")"},
      {m.arena.list({m.n(1), m.n(2)}, m.intType), "[1, 2]"},
      {m.arena.make(Tag::Fold, m.arena.list({m.n(1)}, m.intType), m.n(0), m.lambda("x", m.var(0))),
       "fold([1], 0, (x: Int) => x)"},
      {m.arena.make(Tag::SortByKeys, m.arena.list({m.n(1)}, m.intType), m.arena.list({m.n(9)}, m.intType)),
       "sortByKeys([1], [9])"},
      {m.arena.make(Tag::Size, m.arena.make(Tag::Nil, m.intType)), "size([]: List[Int])"},
      {m.arena.make(Tag::Cons, m.n(1), m.await(m.ident(0, 0))), "[1] ++ await((a,0))"},
      {m.arena.make(Tag::Field, m.record(m.recordType("Box", "of", m.intType), m.n(1)), m.arena.symbol("of")),
       "Box(1).of"},
  };
  for (const auto& c : cases) CHECK(m.text(c.term) == c.text);
}

TEST_CASE("types, lineages and messages") {
  Maker m;
  const Handle host = m.arena.make(Tag::THost);
  const Handle captures = m.arena.make(Tag::TCons, m.intType, m.arena.make(Tag::TCons, host));
  CHECK(m.text(m.arena.make(Tag::TFun, m.arena.make(Tag::TFun, m.intType, host), m.listType(m.intType))) ==
        "(Int => Host) => List[Int]");
  CHECK(m.text(m.arena.make(Tag::TSpore, m.intType, host, captures)) == "Int => Host { type C = (Int, Host) }");
  CHECK(m.text(m.arena.make(Tag::TSpore, m.intType, host, 0)) == "Int => Host { type C = () }");
  CHECK(m.text(m.arena.make(Tag::TSiloRef, m.arena.make(Tag::TFuture, m.intType))) == "SiloRef[Future[Int]]");
  CHECK(m.text(m.recordType("Box", "of", m.intType)) == "Box");
  CHECK(m.text(m.applied(1, m.mat(0, 0), m.spore(0, "x", m.var(0)))) ==
        "Applied((a,1), Mat((a,0)), spore { (x: Int) => x })");
  CHECK(m.text(m.arena.make(Tag::Req, 0, m.ref(m.mat(0, 0), m.host(1)), m.ident(0, 0))) ==
        "Req(a, Ref(Mat((a,0)), b), (a,0))");
  CHECK(m.text(m.arena.make(Tag::Res, m.ident(0, 0), m.n(7))) == "Res((a,0), 7)");
  CHECK(m.text(insert(m.arena, insert(m.arena, 0, m.ident(1, 0), m.n(2)), m.ident(0, 5), m.n(1))) ==
        "{ (a,5) -> 1, (b,0) -> 2 }");
  CHECK(m.text(0) == "{ }");
}

TEST_CASE("vals and sequences become one block") {
  Maker m;
  CHECK(m.text(m.val("x", m.n(1), m.seq(m.var(0), m.val("y", m.n(2), m.add(m.var(0), m.var(1)))))) ==
        "{ val x: Int = 1; x; val y: Int = 2; y + x }");
  CHECK(m.text(m.seq(m.seq(m.n(1), m.n(2)), m.n(3))) == "{ { 1; 2 }; 3 }");
  CHECK(m.text(m.add(m.val("x", m.n(1), m.var(0)), m.n(2))) == "((x: Int) => x)(1) + 2");
  CHECK(m.text(m.app(m.val("x", m.n(1), m.lambda("y", m.n(3))), m.n(2))) == "((x: Int) => (y: Int) => 3)(1)(2)");
  CHECK(m.text(m.spore(0, "x", m.val("y", m.var(0), m.n(4)))) == "spore { (x: Int) => val y: Int = x; 4 }");
}

TEST_CASE("a name that would be captured gets a number") {
  Maker m;
  // Shadowing that changes nothing stays.
  CHECK(m.text(m.lambda("x", m.lambda("x", m.var(0)))) == "(x: Int) => (x: Int) => x");
  CHECK(m.text(m.lambda("z", m.lambda("z", m.add(m.var(1), m.n(5))))) == "(z1: Int) => (z: Int) => z1 + 5");
  CHECK(m.text(m.val("v", m.n(0), m.val("v", m.var(0), m.val("v", m.n(2), m.add(m.var(1), m.var(2)))))) ==
        "{ val v1: Int = 0; val v2: Int = v1; val v: Int = 2; v2 + v1 }");
  CHECK(m.text(m.lambda("w", m.lambda("w", m.lambda("w1", m.add(m.var(1), m.add(m.var(2), m.n(6))))))) ==
        "(w2: Int) => (w: Int) => (w1: Int) => w + (w2 + 6)");
  // The names w1 and w2 have one root, so both cannot become w1.
  CHECK(m.text(m.lambda("u1", m.lambda("u2", m.lambda("u1", m.lambda("u2", m.add(m.var(3), m.var(2))))))) ==
        "(u3: Int) => (u4: Int) => (u1: Int) => (u2: Int) => u3 + u4");
}

TEST_CASE("binders without a name") {
  Maker m;
  CHECK(m.text(m.lambda("", m.lambda("", m.add(m.var(1), m.var(0))))) == "(x1: Int) => (x: Int) => x1 + x");
  CHECK(m.text(m.spore(m.entry("", m.n(1), m.entry("", m.n(2))), "", m.add(m.var(0), m.add(m.var(1), m.var(2))))) ==
        "spore { x1: Int = 1, x2: Int = 2; (x3: Int) => x3 + (x1 + x2) }");
}

TEST_CASE("hosts, operations, records and reserved words keep their meaning") {
  Maker m;
  CHECK(m.text(m.lambda("b", m.populate(m.host(1), m.var(0)))) == "(b1: Int) => populate(b, b1)");
  CHECK(m.text(m.lambda("b", m.populate(m.host(2), m.var(0)))) == "(b: Int) => populate(c, b)");
  CHECK(m.text(m.lambda("c", m.lambda("c", m.host(2)))) == "(c1: Int) => (c2: Int) => c");
  CHECK(m.text(m.lambda("a", m.arena.make(Tag::Respond, 0, m.ident(0, 0), m.var(0)))) ==
        "(a: Int) => respond(a, (a,0), a)");
  CHECK(m.text(m.lambda("size", m.add(m.var(0), m.arena.make(Tag::Size, m.var(0))))) ==
        "(size1: Int) => size1 + size(size1)");
  CHECK(m.text(m.lambda("size", m.app(m.var(0), m.n(1)))) == "(size: Int) => size(1)");
  CHECK(m.text(m.lambda("if", m.add(m.var(0), m.n(77)))) == "(if1: Int) => if1 + 77");
  const Handle box = m.recordType("Box", "of", m.intType);
  CHECK(m.text(m.lambda("Box", m.seq(m.var(0), m.record(box, m.n(1))))) == "(Box1: Int) => { Box1; Box(1) }");
}

TEST_CASE("a spore's body sees hosts again, its header does not") {
  Maker m;
  const Handle body = m.spore(m.entry("h", m.n(1)), "x", m.host(0));
  CHECK(m.text(m.lambda("a", m.seq(m.var(0), body))) == "(a: Int) => { a; spore { h: Int = 1; (x: Int) => a } }");
  const Handle header = m.spore(m.entry("h", m.host(0)), "x", m.var(1));
  CHECK(m.text(m.lambda("a", m.seq(m.add(m.var(0), m.n(1)), header))) ==
        "(a1: Int) => { a1 + 1; spore { h: Int = a; (x: Int) => h } }");
  // Header names are distinct, and so is the parameter's; the header's terms see the outside.
  CHECK(m.text(m.lambda("k", m.spore(m.entry("k", m.var(0), m.entry("k", m.n(8))), "k", m.var(1)))) ==
        "(k: Int) => spore { k1: Int = k, k2: Int = 8; (k3: Int) => k1 }");
}

TEST_CASE("free variables keep their names") {
  Maker m;
  RaiseOptions options;
  options.freeNames = {"y", "z"};
  surface::Tree tree;
  const auto root = raise(m.arena, m.lambda("y", m.add(m.add(m.var(0), m.var(1)), m.var(2))), tree, options);
  CHECK(surface::print(tree, root, {}) == "(y1: Int) => y1 + y + z");
}

TEST_CASE("canonical names count binders from the outside, header first") {
  Maker m;
  const Handle captured = m.ref(m.mat(0, 0), m.host(1));
  const Handle siloRef = m.arena.make(Tag::TSiloRef, m.intType);
  const Handle p = m.spore(m.entry("o", captured, 0, siloRef), "x", m.var(1));
  CHECK(m.canonical(m.ref(m.applied(1, m.mat(0, 0), p), m.host(1))) ==
        "Ref(Applied((a,1), Mat((a,0)), spore { x0: SiloRef[Int] = Ref(Mat((a,0)), b); (x1: Int) => x0 }), b)");
  const Handle inner = m.spore(m.entry("q", m.var(0)), "r", m.lambda("s", m.add(m.var(0), m.add(m.var(1), m.var(2)))));
  CHECK(m.canonical(m.lambda("p", inner)) ==
        "(x0: Int) => spore { x1: Int = x0; (x2: Int) => (x3: Int) => x3 + (x2 + x1) }");
  CHECK(m.canonical(m.lambda("p", m.val("q", m.n(1), m.add(m.var(0), m.var(1))))) ==
        "(x0: Int) => { val x1: Int = 1; x1 + x0 }");
}

TEST_CASE("a canonical name is no host's and no record's that occurs") {
  Maker m;
  m.arena.setHosts({"x0", "x1", "c"});
  CHECK(m.canonical(m.lambda("p", m.populate(m.host(0), m.var(0)))) == "(x1: Int) => populate(x0, x1)");
  CHECK(m.canonical(m.lambda("p", m.populate(m.host(2), m.var(0)))) == "(x0: Int) => populate(c, x0)");
  CHECK(m.canonical(m.lambda("p", m.host(0))) != m.canonical(m.lambda("p", m.var(0))));
  CHECK(m.canonical(m.lambda("p", m.lambda("q", m.add(m.var(0), m.add(m.var(1), m.host(1)))))) ==
        "(x0: Int) => (x2: Int) => x2 + (x0 + x1)");
  CHECK(m.canonical(m.lambda("p", m.spore(m.entry("q", m.var(0)), "r", m.host(0)))) ==
        "(x1: Int) => spore { x2: Int = x1; (x3: Int) => x0 }");
  const Handle record = m.recordType("x0", "of", m.intType);
  CHECK(m.canonical(m.lambda("p", m.record(record, m.var(0)))) == "(x1: Int) => x0(x1)");
}

TEST_CASE("empty lists of results have no type") {
  Maker m;
  const Handle none = m.arena.make(Tag::Nil, m.intType);
  CHECK(m.text(none) == "[]");
  CHECK(m.text(m.arena.list({none, none}, m.listType(m.intType))) == "[[], []]");
  CHECK(m.text(m.record(m.recordType("Box", "of", m.listType(m.intType)), none)) == "Box([])");
  CHECK(m.text(m.lambda("x", none)) == "(x: Int) => []");
  CHECK(m.canonical(m.lambda("x", none)) == "(x0: Int) => []");
  CHECK(m.text(m.arena.make(Tag::Size, none)) == "size([]: List[Int])");
  CHECK(m.canonical(m.arena.make(Tag::Size, none)) == "size([]: List[Int])");
  surface::Tree tree;
  CHECK(surface::print(tree, raise(m.arena, none, tree), {}) == "[]: List[Int]");
}

TEST_CASE("the configuration literal of CALCULUS section 7") {
  Maker m;
  const Handle replicas = m.host(1, m.host(2));
  const Handle p = m.spore(0, "x", m.populate(m.arena.make(Tag::Here), m.arena.make(Tag::Mul, m.var(0), m.n(2))));
  const Handle reference = m.ref(m.applied(1, m.mat(0, 0), p), replicas);
  HostState a = running(m, m.add(m.await(m.ident(0, 1)), m.n(1)));
  a.next = 2;
  a.asked = insert(m.arena, 0, m.ident(0, 1), m.arena.make(Tag::Asked, reference, kNobody));
  a.result = m.arena.make(Tag::NoResult);
  HostState c = running(m, m.unit());
  c.store = insert(m.arena, 0, m.ident(0, 0), m.n(5));
  c.inbox = post(m.arena, 0, m.arena.make(Tag::Req, 0, reference, m.ident(0, 1)));
  LiteralOptions options;
  options.budgets = options.recovery = true;
  options.among = {1, 2};
  CHECK(literal(m, {a, HostState{}, c}, options, {0, 1, 0, 0}) == R"(config {
  host a: await((a,1)) + 1 | { } next 2 asked { (a,1) -> Ref($1, [b, c]) at nobody }
  host b: crashed next 0
  host c: unit | { (a,0) -> 5 } next 0 asked { }
  messages: c <- Req(a, Ref($1, [b, c]), (a,1))
  results: a none
  budgets: crashes 0, restarts 1, drops 0, duplicates 0 among b, c
  types: (a,0): Int, (a,1): Int
  where: $1 = Applied((a,1), Mat((a,0)), spore { (x: Int) => populate(currentHost, x * 2) })
})");
}

TEST_CASE("a configuration literal with canonical names") {
  Maker m;
  LiteralOptions options;
  options.canonicalNames = true;
  HostState a = running(m, m.lambda("p", m.lambda("q", m.add(m.var(0), m.var(1)))));
  CHECK(literal(m, {a, HostState{}, HostState{}}, options).find("host a: (x0: Int) => (x1: Int) => x1 + x0 |") !=
        std::string::npos);
}

TEST_CASE("what is read back is the same term, whatever the names") {
  Random random(5);
  for (int i = 0; i < 5000; ++i) {
    Maker fresh;
    const Handle t = randomTerm(fresh, random, 0, 1 + static_cast<int>(random.below(25)));
    const std::string text = fresh.text(t);
    Diagnostics errors;
    const Source source("term", text);
    const surface::Tree tree = surface::parseTerm(source, {}, errors);
    REQUIRE_MESSAGE(errors.empty(), text);
    Reader reader{fresh, tree, {}};
    const surface::Index at = tree.declarations.back();
    REQUIRE(tree.kind(at) == Kind::At);
    CHECK_MESSAGE(reader.read(tree.child(at, 0)) == t, text);
  }
}

TEST_CASE("a literal without anything optional, and one with every kind of result") {
  Maker m;
  const HostState idle = running(m, m.unit());
  CHECK(literal(m, {idle, idle, idle}) ==
        "config {\n  host a: unit | { } next 0\n  host b: unit | { } next 0\n  host c: unit | { } next 0\n  "
        "messages:\n}");
  HostState a = idle, b = idle, c = idle;
  a.result = m.arena.make(Tag::NoResult);
  b.result = m.arena.make(Tag::NeverResult);
  c.result = m.arena.make(Tag::Nil, m.intType);
  const Handle twice = m.arena.make(Tag::Res, m.ident(1, 0), m.n(-3));
  a.inbox = post(m.arena, post(m.arena, 0, twice), twice);
  CHECK(literal(m, {a, b, c}) == R"(config {
  host a: unit | { } next 0
  host b: unit | { } next 0
  host c: unit | { } next 0
  messages: a <- Res((b,0), -3), a <- Res((b,0), -3)
  results: a none, b never, c []: List[Int]
  types: (b,0): Int
})");
}

TEST_CASE("a literal declares its records, earlier ones first") {
  Maker m;
  const Handle inner = m.recordType("Inner", "n", m.intType);
  const Handle outer = m.recordType("Outer", "boxes", m.listType(inner));
  const HostState idle = running(m, m.unit());
  HostState b = idle;
  b.store = insert(m.arena, 0, m.arena.ident(0, 0, outer), m.record(outer, m.arena.make(Tag::Nil, inner)));
  CHECK(literal(m, {idle, b, idle}) == R"(record Inner(n: Int)
record Outer(boxes: List[Inner])
config {
  host a: unit | { } next 0
  host b: unit | { (a,0) -> Outer([]: List[Inner]) } next 0
  host c: unit | { } next 0
  messages:
  types: (a,0): Outer
})");
}

TEST_CASE("shares: lineages, spores and long types, smaller ones first") {
  Maker m;
  const Handle spores = m.arena.make(Tag::TSpore, m.intType, m.intType, m.arena.make(Tag::TCons, m.intType));
  const Handle lists = m.listType(m.listType(m.listType(m.intType)));
  const Handle p = m.spore(m.entry("k", m.n(1)), "x", m.var(1));
  const Handle first = m.applied(1, m.mat(0, 0), p);
  const HostState idle = running(m, m.unit());
  HostState b = idle;
  b.store = insert(m.arena, 0, m.arena.ident(1, 0, spores), p);
  b.store = insert(m.arena, b.store, m.arena.ident(1, 1, spores), m.ref(first, m.host(1)));
  b.store = insert(m.arena, b.store, m.arena.ident(1, 2, lists), m.ref(m.applied(2, first, p), m.host(1)));
  b.store = insert(m.arena, b.store, m.arena.ident(1, 3, m.listType(m.intType)), m.lambda("f", m.var(0), lists));
  CHECK(literal(m, {idle, b, idle}) == R"(config {
  host a: unit | { } next 0
  host b: unit | { (b,0) -> $1, (b,1) -> Ref($2, b), (b,2) -> Ref(Applied((a,2), $2, $1), b), (b,3) -> (f: $3) => f } next 0
  host c: unit | { } next 0
  messages:
  types: (a,0): Int, (a,1): Int, (a,2): Int, (b,0): $4, (b,1): $4, (b,2): $3, (b,3): List[Int]
  where: $1 = spore { k: Int = 1; (x: Int) => k }, $2 = Applied((a,1), Mat((a,0)), $1), $3 = List[List[List[Int]]], $4 = Int => Int { type C = (Int) }
})");
}

TEST_CASE("a literal is linear in the nodes of its lineages") {
  Maker m;
  Handle lineage = m.mat(0, 0);
  for (uint32_t i = 1; i <= 200; ++i) {
    const Handle captured = m.ref(lineage, m.host(1));
    const Handle type = m.arena.make(Tag::TSiloRef, m.intType);
    lineage = m.applied(i, lineage, m.spore(m.entry("r", captured, 0, type), "x", m.var(1)));
  }
  const HostState idle = running(m, m.unit());
  const std::string text = literal(m, {running(m, m.ref(lineage, m.host(1))), idle, idle});
  CHECK(text.size() < 200 * 120);
}

TEST_CASE("depth and length") {
  Maker m;
  constexpr int kDepth = 100000;

  Handle vals = m.var(0);
  for (int i = 0; i < kDepth; ++i) vals = i % 2 == 0 ? m.val("x", m.n(i), vals) : m.seq(m.n(i), vals);
  surface::Tree tree;
  const surface::Index block = raise(m.arena, vals, tree);
  CHECK(tree.kind(block) == Kind::Block);
  CHECK(tree[block].count == kDepth + 1);

  Handle nested = m.n(0);
  for (int i = 0; i < kDepth; ++i) nested = m.await(nested);
  CHECK(m.text(nested).size() == 7 * kDepth + 1);

  Handle functions = m.var(kDepth / 2);
  for (int i = 0; i < kDepth; ++i) functions = m.lambda("y", functions);
  CHECK(m.text(functions).substr(0, 24) == "(y: Int) => (y: Int) => ");

  Handle captured = m.var(0);  // each binder is referred to from under the next one
  for (int i = 0; i < kDepth; ++i) captured = m.lambda("z", m.add(m.var(1), captured));
  CHECK(m.text(m.lambda("z", captured)).substr(0, 26) == "(z1: Int) => (z2: Int) => ");

  Handle hosts = m.var(0);
  for (int i = 0; i < kDepth; ++i) hosts = m.lambda("a", m.seq(m.host(0), hosts));
  CHECK(m.text(hosts).substr(0, 18) == "(a1: Int) => { a; ");

  Handle lineage = m.mat(0, 0);
  for (uint32_t i = 1; i <= kDepth; ++i) lineage = m.applied(i, lineage, m.spore(0, "x", m.n(i)));
  const HostState idle = running(m, m.unit());
  const Configuration configuration{{running(m, m.ref(lineage, m.host(1))), idle, idle}, {}};
  CHECK(literalText(m.arena, configuration).size() > 30 * kDepth);

  std::vector<Handle> elements(1000000, m.n(7));
  CHECK(m.text(m.arena.list(elements, m.intType)).size() == 3 * elements.size());
}
