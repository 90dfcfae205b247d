#include <doctest/doctest.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <vector>

#include "lang/parse.hpp"
#include "lang/print.hpp"

using namespace funpass;
using namespace funpass::surface;

namespace {

/// A tree under construction, with a function for each kind the tests need.
struct Maker {
  Tree tree;

  Index make(Kind kind, std::vector<Index> children = {}, std::string_view text = "", int64_t value = 0,
             uint8_t op = 0) {
    return tree.add(kind, {}, children, text, value, op);
  }
  Index name(std::string_view text) { return make(Kind::Name, {}, text); }
  Index number(int64_t value) { return make(Kind::Int, {}, "", value); }
  Index string(std::string_view text) { return make(Kind::String, {}, text); }
  Index type(std::string_view text) { return make(Kind::TypeName, {}, text); }
  Index generic(std::string_view text, Index argument) { return make(Kind::Generic, {argument}, text); }
  Index arrow(Index parameter, Index result) { return make(Kind::Arrow, {parameter, result}); }
  Index sporeArrow(Index parameter, Index result, std::vector<Index> captured = {}) {
    captured.insert(captured.begin(), {parameter, result});
    return make(Kind::SporeArrow, captured);
  }
  Index binary(BinaryOp op, Index left, Index right) {
    return make(Kind::Binary, {left, right}, "", 0, static_cast<uint8_t>(op));
  }
  Index call(Index head, std::vector<Index> arguments) {
    arguments.insert(arguments.begin(), head);
    return make(Kind::Call, arguments);
  }
  Index call(std::string_view head, std::vector<Index> arguments) { return call(name(head), std::move(arguments)); }
  Index binder(std::string_view text, Index type = 0) { return make(Kind::Binder, {type}, text); }
  Index lambda(Index body) { return make(Kind::Lambda, {binder("x", type("Int")), body}); }
  Index conditional(Index no) { return make(Kind::If, {name("c"), number(1), no}); }
  Index val(std::string_view text, Index type, Index term) { return make(Kind::Val, {type, term}, text); }
  Index identifier(std::string_view host, int64_t index) { return make(Kind::Identifier, {}, host, index); }

  std::string source(Index root, uint32_t width = 0) { return print(tree, root, {Notation::Source, width}); }
  std::string paper(Index root, uint32_t width = 0) { return print(tree, root, {Notation::Paper, width}); }
  std::string latex(Index root, uint32_t width = 0) { return print(tree, root, {Notation::Latex, width}); }
};

/// A small configuration with everything in it that one can hold.
Index exampleConfig(Maker& m) {
  const auto a1 = [&] { return m.identifier("a", 1); };
  const auto replicas = [&] { return m.make(Kind::Ref, {m.make(Kind::Share, {}, "", 1), m.name("b"), m.name("c")}); };
  const Index main = m.binary(BinaryOp::Add, m.call("await", {a1()}), m.number(1));
  const Index asked = m.make(Kind::Asked, {m.make(Kind::AskedEntry, {a1(), replicas(), 0})});
  const Index a = m.make(Kind::HostLine, {main, m.make(Kind::Store), asked}, "a", 2);
  const Index b = m.make(Kind::HostLine, {}, "b", 0, 1);
  const Index binding = m.make(Kind::Binding, {m.identifier("a", 0), m.number(5)});
  const Index c =
      m.make(Kind::HostLine, {m.make(Kind::Unit), m.make(Kind::Store, {binding}), m.make(Kind::Asked)}, "c", 0);
  const Index message = m.make(Kind::Message, {m.make(Kind::Req, {replicas(), a1()}, "a")}, "c");
  const Index budgets = m.make(Kind::Budgets, {m.make(Kind::Budget, {}, "crashes", 0),
                                               m.make(Kind::Budget, {}, "restarts", 1), m.name("b"), m.name("c")});
  const Index types = m.make(Kind::Types, {m.make(Kind::TypeEntry, {m.identifier("a", 0), m.type("Int")}),
                                           m.make(Kind::TypeEntry, {a1(), m.type("Int")})});
  const Index doubled =
      m.call("populate", {m.make(Kind::CurrentHost), m.binary(BinaryOp::Mul, m.name("x"), m.number(2))});
  const Index spore = m.make(Kind::Spore, {m.binder("x", m.type("Int")), doubled});
  const Index lineage = m.make(Kind::Applied, {a1(), m.make(Kind::Mat, {m.identifier("a", 0)}), spore});
  const Index where = m.make(Kind::Where, {m.make(Kind::WhereEntry, {lineage}, "", 1)});
  const Index results = m.make(Kind::Results, {m.make(Kind::ResultEntry, {0}, "a", 0, 0)});
  return m.make(Kind::Config, {a, b, c, m.make(Kind::Messages, {message}), results, budgets, types, where});
}

/// Terms and types at random, by a small generator of numbers.
struct RandomTerms : Maker {
  uint64_t state;
  explicit RandomTerms(uint64_t seed) : state(seed) {}

  uint32_t below(uint32_t bound) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<uint32_t>(state >> 33) % bound;
  }
  Index randomType(int depth) {
    const uint32_t kind = depth == 0 ? 0 : below(5);
    if (kind < 2) return type(kind == 0 ? "Int" : "Host");
    if (kind == 2) return generic("List", randomType(depth - 1));
    if (kind == 3) return arrow(randomType(depth - 1), randomType(depth - 1));
    return sporeArrow(randomType(depth - 1), randomType(depth - 1),
                      below(2) == 0 ? std::vector<Index>{} : std::vector<Index>{randomType(depth - 1), type("Unit")});
  }
  Index randomBinder(int depth) { return binder("x", below(2) == 0 ? 0 : randomType(depth)); }
  Index statement(int depth) {
    return below(2) == 0 ? term(depth) : val("y", below(2) == 0 ? 0 : randomType(depth), term(depth));
  }
  Index term(int depth) {
    if (depth == 0) return below(2) == 0 ? name("a") : number(static_cast<int64_t>(below(20)) - 10);
    const int less = depth - 1;
    switch (below(14)) {
      case 0: return make(Kind::Lambda, {randomBinder(less), term(less)});
      case 1: return make(Kind::Spore, {randomBinder(less), term(less)});
      case 2: {
        const Index entry = make(Kind::Entry, {below(2) == 0 ? 0 : randomType(less), term(less)}, "k");
        return make(Kind::Spore, {entry, make(Kind::Entry, {0, term(less)}, "l"), randomBinder(less), term(less)});
      }
      case 3: return call(term(less), {term(less)});
      case 4: return make(Kind::Method, {term(less), term(less)}, "apply");
      case 5: return make(Kind::Field, {term(less)}, "age");
      case 6: return make(Kind::Not, {term(less)});
      case 7: return make(Kind::If, {term(less), term(less), term(less)});
      case 8: return make(Kind::List, {term(less), term(less)});
      case 9: return make(Kind::EmptyList, {generic("List", randomType(less))});
      case 10: return make(Kind::Block, {statement(less), statement(less), term(less)});
      case 11: return make(Kind::Method, {term(less)}, "send");
      default: return binary(static_cast<BinaryOp>(below(11)), term(less), term(less));
    }
  }
};

/// The shape of a tree, without its spans and the author's parentheses.
std::string shape(const Tree& tree, Index node) {
  while (tree.kind(node) == Kind::Paren) node = tree.child(node, 0);
  std::string out = "(" + std::to_string(static_cast<int>(tree.kind(node))) + " " + std::to_string(tree[node].op) +
                    " " + tree.text(node) + " " + std::to_string(tree[node].value);
  for (const Index child : tree.children(node)) out += shape(tree, child);
  return out + ")";
}

size_t longestLine(const std::string& text) {
  size_t longest = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    longest = std::max(longest, end - at);
    at = end + 1;
  }
  return longest;
}

}  // namespace

TEST_CASE("print: infix operators get the parentheses they need and no more") {
  Maker m;
  const Index a = m.name("a"), b = m.name("b"), c = m.name("c");
  CHECK(m.source(m.binary(BinaryOp::Sub, m.binary(BinaryOp::Sub, a, b), c)) == "a - b - c");
  CHECK(m.source(m.binary(BinaryOp::Sub, a, m.binary(BinaryOp::Sub, b, c))) == "a - (b - c)");
  CHECK(m.source(m.binary(BinaryOp::Add, a, m.binary(BinaryOp::Mul, b, c))) == "a + b * c");
  CHECK(m.source(m.binary(BinaryOp::Mul, m.binary(BinaryOp::Add, a, b), c)) == "(a + b) * c");
  CHECK(m.source(m.binary(BinaryOp::Or, m.binary(BinaryOp::And, a, b), m.binary(BinaryOp::Eq, b, c))) ==
        "a && b || b == c");
  CHECK(m.source(m.make(Kind::Not, {m.binary(BinaryOp::Eq, a, b)})) == "!(a == b)");
  CHECK(m.source(m.binary(BinaryOp::Eq, m.make(Kind::Not, {a}), b)) == "!a == b");
  CHECK(m.source(m.call(m.make(Kind::Not, {a}), {b})) == "(!a)(b)");
}

TEST_CASE("print: parentheses of the author are printed once") {
  Maker m;
  const Index sum = m.make(Kind::Paren, {m.binary(BinaryOp::Add, m.name("a"), m.name("b"))});
  CHECK(m.source(m.binary(BinaryOp::Mul, sum, m.name("c"))) == "(a + b) * c");
  CHECK(m.source(m.binary(BinaryOp::Add, sum, m.name("c"))) == "(a + b) + c");
  CHECK(m.source(m.make(Kind::Paren, {sum})) == "((a + b))");
  CHECK(m.paper(m.binary(BinaryOp::Add, sum, m.name("c"))) == "a + b + c");
  CHECK(m.paper(m.binary(BinaryOp::Mul, sum, m.name("c"))) == "(a + b) * c");
}

TEST_CASE("print: an if or a lambda reaches as far right as it can") {
  Maker m;
  const Index f = m.lambda(m.name("x")), a = m.name("a");
  CHECK(m.source(m.call(f, {a})) == "((x: Int) => x)(a)");
  CHECK(m.source(m.binary(BinaryOp::Add, a, f)) == "a + ((x: Int) => x)");
  CHECK(m.source(m.binary(BinaryOp::Add, a, m.conditional(a))) == "a + if (c) 1 else a");
  CHECK(m.source(m.binary(BinaryOp::Add, m.conditional(a), a)) == "(if (c) 1 else a) + a");
  CHECK(m.source(m.binary(BinaryOp::Add, m.binary(BinaryOp::Add, a, m.conditional(a)), a)) ==
        "a + (if (c) 1 else a) + a");
  CHECK(m.source(m.binary(BinaryOp::Add, m.binary(BinaryOp::Mul, a, m.conditional(a)), a)) ==
        "a * (if (c) 1 else a) + a");
  CHECK(m.source(m.make(Kind::Method, {m.conditional(a)}, "send")) == "(if (c) 1 else a).send()");
  CHECK(m.source(m.make(Kind::Not, {m.conditional(a)})) == "!(if (c) 1 else a)");
  CHECK(m.source(m.conditional(m.conditional(a))) == "if (c) 1 else if (c) 1 else a");
}

TEST_CASE("print: a negative literal") {
  Maker m;
  CHECK(m.source(m.binary(BinaryOp::Sub, m.number(2), m.number(-5))) == "2 - -5");
  CHECK(m.source(m.binary(BinaryOp::Sub, m.number(-5), m.number(2))) == "-5 - 2");
  CHECK(m.source(m.make(Kind::Method, {m.number(-5)}, "f")) == "(-5).f()");
  CHECK(m.source(m.call(m.number(-5), {m.number(-1)})) == "(-5)(-1)");
  CHECK(m.source(m.number(INT64_MIN)) == "-9223372036854775808");
}

TEST_CASE("print: types") {
  Maker m;
  const Index a = m.type("A"), b = m.type("B"), c = m.type("C");
  CHECK(m.source(m.arrow(a, m.arrow(b, c))) == "A => B => C");
  CHECK(m.source(m.arrow(m.arrow(a, b), c)) == "(A => B) => C");
  CHECK(m.source(m.arrow(m.sporeArrow(a, b), c)) == "(A => B { type C = () }) => C");
  CHECK(m.source(m.sporeArrow(a, m.arrow(b, c))) == "A => (B => C) { type C = () }");
  CHECK(m.source(m.sporeArrow(a, b, {a, m.arrow(b, c)})) == "A => B { type C = (A, B => C) }");
  const Index silo = m.generic("SiloRef", m.generic("Future", m.type("Int")));
  CHECK(m.source(m.arrow(silo, m.sporeArrow(m.type("Int"), m.type("Int"), {silo}))) ==
        "SiloRef[Future[Int]] => (Int => Int { type C = (SiloRef[Future[Int]]) })");
  CHECK(m.paper(m.sporeArrow(a, b, {a})) == "A ⇒ B {type C = (A)}");
}

TEST_CASE("print: spores, blocks and functions") {
  Maker m;
  const Index x = m.name("x"), integer = m.type("Int");
  const Index entry = m.make(Kind::Entry, {integer, m.number(3)}, "k");
  const Index untyped = m.make(Kind::Entry, {0, m.number(4)}, "l");
  const Index sum = m.binary(BinaryOp::Add, x, m.name("k"));
  CHECK(m.source(m.make(Kind::Spore, {m.binder("x", integer), x})) == "spore { (x: Int) => x }");
  CHECK(m.source(m.make(Kind::Spore, {m.binder("ps"), m.name("ps")})) == "spore { ps => ps }");
  const Index spore = m.make(Kind::Spore, {entry, untyped, m.binder("x", integer), sum});
  CHECK(m.source(spore) == "spore { k: Int = 3, l = 4; (x: Int) => x + k }");
  CHECK(m.source(m.call(spore, {x})) == "spore { k: Int = 3, l = 4; (x: Int) => x + k }(x)");
  const Index block = m.make(Kind::Block, {m.val("y", integer, x), m.call("f", {x}), m.name("y")});
  CHECK(m.source(block) == "{ val y: Int = x; f(x); y }");
  CHECK(m.source(m.make(Kind::Spore, {m.binder("x", integer), block})) ==
        "spore { (x: Int) => val y: Int = x; f(x); y }");
  CHECK(m.source(m.lambda(block)) == "(x: Int) => { val y: Int = x; f(x); y }");
  CHECK(m.source(m.binary(BinaryOp::Add, block, x)) == "{ val y: Int = x; f(x); y } + x");
  const Index braces = m.make(Kind::Block, {x});
  CHECK(m.source(m.make(Kind::Spore, {m.binder("x", integer), braces})) == "spore { (x: Int) => { x } }");
}

TEST_CASE("print: breaking lines") {
  Maker m;
  const Index entry = m.make(Kind::Entry, {m.type("Int"), m.number(3)}, "k");
  const Index block =
      m.make(Kind::Block, {m.val("y", 0, m.name("x")), m.binary(BinaryOp::Add, m.name("y"), m.name("k"))});
  const Index spore = m.make(Kind::Spore, {entry, m.binder("x", m.type("Int")), block});
  CHECK(m.source(m.call("apply", {m.name("r"), spore}), 40) ==
        "apply(r, spore {\n"
        "  k: Int = 3;\n"
        "  (x: Int) =>\n"
        "    val y = x;\n"
        "    y + k\n"
        "})");
  Index sum = m.name("number0");
  for (int i = 1; i < 8; ++i) sum = m.binary(BinaryOp::Add, sum, m.name("number" + std::to_string(i)));
  CHECK(m.source(m.val("total", 0, sum), 40) ==
        "val total =\n"
        "  number0 + number1 + number2 +\n"
        "  number3 + number4 + number5 +\n"
        "  number6 + number7");
  Index chain = m.name("people");
  for (const char* f : {"filter", "map"}) chain = m.make(Kind::Method, {chain, m.lambda(m.name("x"))}, f);
  CHECK(m.source(chain, 40) ==
        "people\n"
        "  .filter((x: Int) => x)\n"
        "  .map((x: Int) => x)");
  CHECK(m.source(chain, 80) == "people.filter((x: Int) => x).map((x: Int) => x)");
}

TEST_CASE("print: calls, lists, methods and fields") {
  Maker m;
  const Index a = m.name("a"), b = m.name("b");
  CHECK(m.source(m.call("populate", {m.make(Kind::List, {a, b}), m.number(1)})) == "populate([a, b], 1)");
  CHECK(m.source(m.call(m.tree.add(Kind::Name, {}, {}, "populate", 0, 1), {a, b})) == "SiloRef.populate(a, b)");
  CHECK(m.source(m.make(Kind::Method, {a, b}, "apply")) == "a.apply(b)");
  CHECK(m.source(m.make(Kind::Field, {a}, "age")) == "a.age");
  const Index empty = m.make(Kind::EmptyList, {m.generic("List", m.type("Int"))});
  CHECK(m.source(empty) == "[]: List[Int]");
  CHECK(m.source(m.call("f", {empty})) == "f([]: List[Int])");
  CHECK(m.source(m.make(Kind::Method, {empty}, "size")) == "([]: List[Int]).size()");
  CHECK(m.source(m.binary(BinaryOp::Concat, a, empty)) == "a ++ ([]: List[Int])");
  CHECK(m.source(m.make(Kind::List)) == "[]");
}

TEST_CASE("print: strings keep all but control characters as they are") {
  Maker m;
  CHECK(m.source(m.string("a\"b\\c\n\t\r")) == R"("a\"b\\c\n\t\r")");
  CHECK(m.source(m.string(std::string_view("\0\x1f\x7f", 3))) == R"("\u{0}\u{1f}\u{7f}")");
  CHECK(m.source(m.string("\u202Ea\u200B\uE000")) == R"("\u{202e}a\u{200b}\u{e000}")");
  CHECK(m.source(m.string("\u0301e\u0301\n\u0301")) == "\"\\u{301}e\u0301\\n\\u{301}\"");
  CHECK(m.source(m.string("\xC2\x85 å ⇒ 𝒳 \xC2\xA0")) == "\"\\u{85} å ⇒ 𝒳 \xC2\xA0\"");
}

TEST_CASE("print: declarations") {
  Maker m;
  const Index a = m.name("a"), b = m.name("b");
  CHECK(m.source(m.make(Kind::HostDecl, {a, b})) == "host a, b");
  CHECK(m.source(m.make(Kind::RecordDecl, {m.binder("name", m.type("String")), m.binder("age", m.type("Int"))},
                        "Person")) == "record Person(name: String, age: Int)");
  CHECK(m.source(m.make(Kind::Def, {m.type("Int"), m.number(1)}, "f")) == "def f: Int = 1");
  CHECK(m.source(m.make(Kind::At, {m.make(Kind::Block, {m.val("x", 0, m.number(1)), m.name("x")})}, "a")) ==
        "at a {\n  val x = 1;\n  x\n}");
  CHECK(m.source(m.make(Kind::At, {m.number(1)}, "a")) == "at a {\n  1\n}");
  CHECK(m.source(m.make(Kind::Check, {}, "safe")) == "check safe");
  CHECK(m.source(m.make(Kind::Check, {a, m.number(1)}, "result")) == "check result a == 1");
  CHECK(m.source(m.make(Kind::Check, {a, m.number(1), m.number(2)}, "result", 0, 1)) == "check result a in 1, 2");
  CHECK(m.source(m.make(Kind::Check, {a, b}, "resilient", 1)) == "check resilient 1 of a, b");
}

TEST_CASE("print: configuration literals") {
  Maker m;
  const Index config = exampleConfig(m);
  CHECK(m.source(config) ==
        "config {\n"
        "  host a: await((a,1)) + 1 | { } next 2 asked { (a,1) -> Ref($1, [b, c]) at nobody }\n"
        "  host b: crashed next 0\n"
        "  host c: unit | { (a,0) -> 5 } next 0 asked { }\n"
        "  messages: c <- Req(a, Ref($1, [b, c]), (a,1))\n"
        "  results: a none\n"
        "  budgets: crashes 0, restarts 1 among b, c\n"
        "  types: (a,0): Int, (a,1): Int\n"
        "  where: $1 = Applied((a,1), Mat((a,0)), spore { (x: Int) => populate(currentHost, x * 2) })\n"
        "}");
  CHECK(m.paper(config) ==
        "config {\n"
        "  (await((a, 1)) + 1, ∅, {(a, 1) ↦ Ref($1, [b, c]) at nobody})^a\n"
        "  †^b\n"
        "  (unit, {(a, 0) ↦ 5}, ∅)^c\n"
        "  messages: c ← Req(a, Ref($1, [b, c]), (a, 1))\n"
        "  results: a none\n"
        "  budgets: crashes 0, restarts 1 among b, c\n"
        "  types: (a, 0): Int, (a, 1): Int\n"
        "  where: $1 = Applied((a, 1), Mat((a, 0)), spore { (x: Int) ⇒ populate(currentHost, x * 2) })\n"
        "}");
  CHECK(longestLine(m.source(config, 50)) <= 50);
}

TEST_CASE("print: paper") {
  Maker m;
  const Index f = m.name("f"), v = m.name("v");
  CHECK(m.paper(m.call(f, {v})) == "f v");
  CHECK(m.paper(m.call(m.call(f, {v}), {m.call(f, {v})})) == "f v (f v)");
  CHECK(m.paper(m.call(m.lambda(m.name("x")), {m.number(1)})) == "((x: Int) ⇒ x) 1");
  CHECK(m.paper(m.binary(BinaryOp::Add, m.call(f, {v}), m.number(1))) == "f v + 1");
  CHECK(m.paper(m.call(f, {m.number(-1)})) == "f (-1)");
  CHECK(m.paper(m.call("await", {m.identifier("a", 0)})) == "await((a, 0))");
  CHECK(m.paper(m.make(Kind::Ref, {m.make(Kind::Mat, {m.identifier("a", 0)}), m.name("b")})) == "Ref(Mat((a, 0)), b)");
}

TEST_CASE("print: LaTeX") {
  Maker m;
  CHECK(m.latex(m.call("f", {m.name("v_1")})) == "f\\;\\mathit{v\\_1}");
  CHECK(m.latex(m.lambda(m.binary(BinaryOp::Le, m.name("x"), m.number(1)))) ==
        "(x: \\mathsf{Int}) \\Rightarrow x \\le 1");
  CHECK(m.latex(m.call("populate", {m.name("b"), m.string("a_b {~}")})) ==
        "\\mathsf{populate}(b, \\texttt{\"a{\\char95}b\\ {\\char123}{\\char126}{\\char125}\"})");
  CHECK(m.latex(m.make(Kind::Spore, {m.binder("x", m.type("Int")), m.name("x")})) ==
        "\\mathsf{spore}\\;\\{\\;(x: \\mathsf{Int}) \\Rightarrow x\\;\\}");
  const std::string lines = m.latex(exampleConfig(m), 80);
  CHECK(lines.find("\\begin{array}{l}\n\\mathsf{config}\\;\\{ \\\\\n\\quad (") == 0);
  CHECK(std::count(lines.begin(), lines.end(), '{') == std::count(lines.begin(), lines.end(), '}'));
  CHECK(lines.find("\n\n") == std::string::npos);
}

TEST_CASE("print: what is printed reads back as the same tree") {
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    RandomTerms random(seed);
    const Index root = random.make(Kind::Def, {random.randomType(2), random.term(1 + static_cast<int>(seed % 5))}, "d");
    for (const uint32_t width : {0U, 25U, 80U}) {
      const std::string text = "host a\n" + random.source(root, width);
      CAPTURE(text);
      Diagnostics problems;
      const Tree read = parse(Source("test.fp", text), {}, problems);
      REQUIRE(problems.empty());
      REQUIRE(read.declarations.size() == 2);
      REQUIRE(shape(read, read.declarations[1]) == shape(random.tree, root));
    }
  }
}

TEST_CASE("print: depth costs neither stack nor quadratic output") {
  constexpr int depth = 100'000;
  for (const uint32_t width : {0u, 80u}) {
    Maker m;
    Index left = m.number(0), right = m.number(0), calls = m.number(0), methods = m.name("a"), functions = m.number(0),
          branches = m.number(0), lineage = m.make(Kind::Mat, {m.identifier("a", 0)}), blocks = m.number(0),
          type = m.type("Int"), negations = m.name("a"), heads = m.name("f"), spores = m.number(0);
    for (int i = 0; i < depth; ++i) {
      left = m.binary(BinaryOp::Add, left, m.number(i));
      right = m.binary(BinaryOp::Sub, m.number(i), right);
      calls = m.call("f", {m.number(1), calls});
      methods = m.make(Kind::Method, {methods, m.number(i)}, "g");
      functions = m.lambda(functions);
      branches = m.conditional(branches);
      lineage = m.make(Kind::Applied, {m.identifier("a", i), lineage, m.name("p")});
      blocks = m.make(Kind::Block, {m.val("x", 0, m.number(i)), blocks});
      type = m.sporeArrow(m.type("Int"), type);
      negations = m.make(Kind::Not, {negations});
      heads = m.call(heads, {m.number(i)});
      spores = m.make(Kind::Spore, {m.binder("x", m.type("Int")), spores});
    }
    for (const Index root :
         {left, right, calls, methods, functions, branches, lineage, blocks, type, negations, heads, spores}) {
      CHECK(print(m.tree, root, {Notation::Source, width}).size() < size_t{300} * depth);
    }
  }
}
