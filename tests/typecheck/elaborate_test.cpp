// What programs and literals become: terms, types, notes, defaults.
#include "typecheck/elaborate.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>

#include "lang/parse.hpp"
#include "lang/raise.hpp"
#include "lang/types.hpp"
#include "tests/support/support.hpp"

using namespace funpass;

namespace {

/// The type of host a's program.
std::string typeOf(const std::string& program, bool mobility = true) {
  Arena arena;
  const Program loaded = test::load(arena, program, mobility);
  return typeText(arena, loaded.types.at(0));
}

/// The same, for a block of host a beside a host b.
std::string blockType(const std::string& block) {
  return typeOf("host a, b\nrecord P(name: String, f: Int => Int, size: Int)\nat a {\n" + block + "\n}\n");
}

bool accepts(const std::string& block) {
  return test::firstError("host a, b\nrecord P(name: String, f: Int => Int, size: Int)\nat a {\n" + block + "\n}\n")
      .empty();
}

/// Two blocks become the same core term.
bool same(const std::string& first, const std::string& second) {
  Arena arena;
  const std::string head = "host a, b\nrecord P(name: String, f: Int => Int, size: Int)\nat a {\n";
  const Program one = test::load(arena, head + first + "\n}\n");
  const Program two = test::load(arena, head + second + "\n}\n");
  return one.terms.at(0) == two.terms.at(0);
}

}  // namespace

TEST_SUITE("types as text") {
  TEST_CASE("arrows are enclosed where they would be misread") {
    for (const std::string type :
         {"Int => Int => Int", "(Int => Int) => Int", "Int => (Int => Int { type C = () })",
          "Int => Int { type C = () }", "(Int => SiloRef[Int] { type C = () }) => SiloRef[Int]",
          "Int => (Int => Int) { type C = (Host, Int => Int) }",
          "SiloRef[Future[Int]] => (Int => Int { type C = (SiloRef[Future[Int]]) })", "List[String] => P"}) {
      CAPTURE(type);
      CHECK(blockType("(x: " + type + ") => 1") ==
            (type.find("=>") == std::string::npos ? type : "(" + type + ")") + " => Int");
    }
  }

  TEST_CASE("a type that is far larger than its nodes are many has an end") {
    Arena arena;
    Handle type = arena.make(Tag::TInt);
    for (int i = 0; i < 100; ++i) type = arena.make(Tag::TFun, type, type);
    CHECK(typeText(arena, type).size() < 5000);
    CHECK(typeText(arena, arena.make(Tag::TUnknown)) == "_");
  }
}

TEST_SUITE("elaboration") {
  TEST_CASE("a val is an application, a sequence nests to the right, blocks and parentheses mean nothing") {
    CHECK(same("val x: Int = 1; x + 2", "((x: Int) => x + 2)(1)"));
    CHECK(same("val x = 1; x + 2", "((y: Int) => y + 2)(1)"));
    CHECK(same("1; 2; 3", "1; { 2; 3 }"));
    CHECK(same("((1 + { 2 }))", "1 + 2"));
  }

  TEST_CASE("x.f(y) is f(x, y) for the operations, x.f() is f(x) for what is bound, too") {
    CHECK(same("populate(b, 1).send().await()", "await(send(populate(b, 1)))"));
    CHECK(same("b.populate(1)", "SiloRef.populate(b, 1)"));
    CHECK(same("[b, a].populate(1)", "populate([b, a], 1)"));
    CHECK(same("val f = (x: Int) => x; 3.f()", "val f = (x: Int) => x; f(3)"));
  }

  TEST_CASE("a val hides an operation, a field does not") {
    CHECK(blockType("val size = (x: Int) => unit; 3.size()") == "Unit");
    CHECK(blockType("val size = (x: Int) => unit; size(3)") == "Unit");
    CHECK(blockType("[P(\"\", (x: Int) => x, 1)].map(p => p.size)") == "List[Int]");
    CHECK(blockType("P(\"\", (x: Int) => x, 1).f(2)") == "Int");
    CHECK(blockType("val f = 1; P(\"\", (x: Int) => x, 1).f(2)") == "Int");
    CHECK(blockType("val map = 1; spore { (x: Int) => [x].map(y => y) }(1)") == "List[Int]");
  }

  TEST_CASE("in a spore's body a host's name is the host again; respond always means the host") {
    CHECK(blockType("val b = 1; spore { (x: Int) => populate(b, x) }(3)") == "SiloRef[Int]");
    CHECK(blockType("val f = send(populate(b, 1)); val b = 2; respond(b, f, 3)") == "Unit");
    CHECK(blockType("val a = 1; spore { (x: Int) => populate([a, b], x) }(3)") == "SiloRef[Int]");
    CHECK_FALSE(accepts("val a = b; populate([a, b], 2)"));
    CHECK_FALSE(accepts("val b = 1; populate(b, 2)"));
  }

  TEST_CASE("an empty list takes its type from where it stands") {
    CHECK(blockType("val xs: List[Int] = []; xs") == "List[Int]");
    CHECK(blockType("val xs: List[List[Int]] = { if (true) [] else [[1], []] }; xs") == "List[List[Int]]");
    CHECK(blockType("((xs: List[Int]) => xs)([])") == "List[Int]");
    CHECK(blockType("[1] ++ []") == "List[Int]");
    CHECK(blockType("[1] == (if (true) [] else [2])") == "Bool");
    CHECK(blockType("if (true) [1] else []") == "List[Int]");
    CHECK(blockType("[[1], []]") == "List[List[Int]]");
    CHECK(blockType("spore { xs: List[Int] = []; (x: Int) => xs }") == "Int => List[Int] { type C = (List[Int]) }");
    CHECK(blockType("[]: List[P]") == "List[P]");
    CHECK(typeOf("host a\nrecord R(xs: List[Int])\nat a { R([]) }") == "R");
    CHECK(typeOf("host a\ndef none: List[Int] = []\nat a { none }\ncheck result a == []") == "List[Int]");
    for (const std::string block : {"val xs = []; 1", "size([])", "[] ++ [1]", "[] == [1]", "[[], [1]]",
                                    "val xs: List[Int] = [] ++ [1]; 1", "val f: Int => List[Int] = (x: Int) => []; 1",
                                    "populate(b, [])", "if (true) [] else [1]", "val x: Int = []; 1"}) {
      CAPTURE(block);
      CHECK_FALSE(accepts(block));
    }
  }

  TEST_CASE("a parameter's type may be left out where an operation says it") {
    CHECK(blockType("[1].map(x => \"\").filter(x => x == \"\").flatMap(x => [x, x]).exists(x => x == x)") == "Bool");
    CHECK(blockType("[\"\"].sortBy(x => x).fold(0, acc => x => acc + 1)") == "Int");
    CHECK(blockType("[\"\"].fold(0, spore { acc => x => acc + 1 })") == "Int");
    CHECK(blockType("[\"\"].fold(0, acc => spore { k = 1; x => k + 1 })") == "Int");
    CHECK(blockType("populate(b, 1).apply(spore { x => populate(currentHost, [x]) })") == "SiloRef[List[Int]]");
    CHECK(blockType("map([1], spore { x => unit })") == "List[Unit]");
    for (const std::string block : {"(x => x)(1)", "val f: Int => Int = x => x; 1", "[1].map({ x => x })",
                                    "spore { x => x }", "[1].map(if (true) x => x else y => y)"}) {
      CAPTURE(block);
      CHECK_FALSE(accepts(block));
    }
  }

  TEST_CASE("the types that R-Populate and R-Apply copy are noted") {
    Arena arena;
    const Program program =
        test::load(arena, "host a\nat a { apply(populate(a, 1), spore { (x: Int) => populate(a, unit) }) }");
    const Node apply = arena[program.terms[0]];
    CHECK(apply[2] == arena.make(Tag::TUnit));
    CHECK(arena[apply[0]][2] == arena.make(Tag::TInt));
  }

  TEST_CASE("defs stand for their terms, and see earlier ones") {
    CHECK(typeOf("host a\ndef one: Int = 1\ndef inc: Int => Int = (x: Int) => x + one\n"
                 "at a { spore { (x: Int) => inc(x) } }") == "Int => Int { type C = () }");
    CHECK(typeOf("at a { make(1) }\ndef make: Int => SiloRef[Int] = (x: Int) => populate(a, x)\nhost a") ==
          "SiloRef[Int]");
  }

  TEST_CASE("long chains cost no call stack") {
    const int n = 100000;
    std::string plus = "1", calls = "[1]", vals, lambdas = "((x: Int) => 1)(1)";
    for (int i = 0; i < n; ++i) {
      plus += " + 1";
      calls += ".map(x => x)";
      vals += "val x = 1; x; ";
    }
    CHECK(blockType(plus) == "Int");
    CHECK(blockType(calls) == "List[Int]");
    CHECK(blockType(vals + "x") == "Int");
  }

  TEST_CASE("the mobility of a chain of spores, each of which captures the one before, is judged in linear time") {
    std::string block = "val p0 = spore { (x: Int) => x };\n";
    const int length = 20000;
    for (int k = 1; k < length; ++k) {
      block += "val p" + std::to_string(k) + " = spore { q = p" + std::to_string(k - 1) + "; (x: Int) => q(x) };\n";
    }
    const auto start = std::chrono::steady_clock::now();
    CHECK(blockType(block + "p" + std::to_string(length - 1) + "(1)") == "Int");
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
  }

  TEST_CASE("a written respond is noted") {
    Arena arena;
    CHECK(test::load(arena, "host a\nat a { val f = send(populate(a, 1)); respond(a, f, 2) }").notes.size() == 1);
    CHECK(test::load(arena, "host a\nat a { 1 }").notes.empty());
  }

  TEST_CASE("checks") {
    Arena arena;
    const Program program = test::load(arena,
                                       "host a, b\nat a { 1 }\ncheck safe\ncheck confluent\ncheck result a == 1\n"
                                       "check result a in 1, 2\ncheck reaches a == 1\ncheck resilient 1 of a, b\n"
                                       "check transparent 2 of b");
    REQUIRE(program.checks.size() == 7);
    CHECK(program.checks[3].kind == Check::Kind::ResultIn);
    CHECK(program.checks[3].terms.size() == 2);
    CHECK(program.checks[4].kind == Check::Kind::Reaches);
    CHECK(program.checks[5].among == std::vector<uint32_t>{0, 1});
    CHECK(program.checks[6].crashes == 2);
    CHECK(program.types[1] == 0);
    CHECK(program.among == std::vector<uint32_t>{0, 1});
  }

  TEST_CASE("a program moves to a fresh arena") {
    Arena from;
    const Program program = test::load(from, "host a\nrecord R(n: Int)\nat a { R(1) }\ncheck result a == R(1)");
    Arena to(from.hosts());
    Copy move(from, to);
    const Program moved = copy(move, program);
    CHECK(typeText(to, moved.types[0]) == "R");
    CHECK(moved.terms[0] == moved.checks[0].terms[0]);
    CHECK(moved.initial.hosts[0].result == moved.terms[0]);
    CHECK(to.text(to[moved.records[0]][0]) == "R");
  }
}

TEST_SUITE("configuration literals") {
  TEST_CASE("all parts are read") {
    Arena arena;
    const Program program = test::load(arena, R"(config {
      host a: await((a,1)) + 1 | { }            next 2 asked { (a,1) -> Ref($1, [b, c]) at nobody }
      host b: crashed                           next 0
      host c: 5 | { (a,0) -> 5 } next 0 asked { }
      messages: c <- Req(a, Ref($1, [b, c]), (a,1)), c <- Req(a, Ref($1, [b, c]), (a,1)), a <- Res((a,1), 7)
      results: a none, c none, b none
      budgets: crashes 0, restarts 1, drops 2, duplicates 3 among c, b
      types: (a,0): Int, (a,1): Int
      where: $1 = Applied((a,1), Mat((a,0)), spore { (x: Int) => populate(currentHost, x * 2) })
    })");
    const Configuration& c = program.initial;
    CHECK(program.literal);
    CHECK(program.recovery);
    CHECK(program.among == std::vector<uint32_t>{1, 2});
    CHECK(c.budget == Budget{0, 1, 2, 3});
    CHECK(arena.is(c.hosts[0].focus, Tag::Await));
    CHECK(c.hosts[0].context != 0);
    CHECK(c.hosts[0].next == 2);
    CHECK(arena.is(arena[entries(arena, c.hosts[0].asked).at(0)][1], Tag::Asked));
    CHECK(c.hosts[1].crashed());
    CHECK(arena.is(c.hosts[1].result, Tag::NeverResult));
    CHECK(c.hosts[2].result == arena.integer(5));  // as soon as the term is a value
    CHECK(messages(arena, c.hosts[2].inbox).at(0).count == 2);
    CHECK(typeText(arena, program.resultTypes[0]) == "Int");
    CHECK(program.resultTypes[1] == 0);
  }

  TEST_CASE("what is printed is read back as it was") {
    for (const std::string literal :
         {"config { host a: unit | { } next 0 messages: }",
          "config { host a: { (a,0); await(send(Ref(Mat((a,0)), [a, b]))) } | { (a,0) -> \"x\" } next 3\n"
          "host b: crashed next 7 messages: a <- Res((a,0), \"y\") results: a none, b never types: (a,0): String }"}) {
      Arena arena;
      const Program program = test::load(arena, literal);
      const std::string printed = literalText(arena, program.initial);
      const Program again = test::load(arena, printed);
      CHECK(again.initial == program.initial);
    }
  }

  TEST_CASE("the types of identifiers follow from what is said of them") {
    const auto infers = [](const std::string& term, const std::string& messages = "") {
      return test::firstError("config { host a: " + term + " | { } next 4 messages: " + messages + " }");
    };
    CHECK(infers("await((a,0)) + 1") == "");
    CHECK(infers("\"x\" ++ await((a,0))") == "");
    CHECK(infers("await((a,0)) == 1") == "");
    CHECK(infers("((x: Host) => x)(await((a,0)))") == "");
    CHECK(infers("respond(a, (a,0), unit)") == "");
    CHECK(infers("await((a,0))", "a <- Res((a,0), [1])") == "");
    CHECK(infers("await((a,0))", "a <- Req(a, Ref(Mat((a,1)), a), (a,0)), a <- Res((a,1), 1)") == "");
    CHECK(infers("1", "a <- Req(a, Ref(Applied((a,1), Mat((a,0)), spore { (x: Int) => populate(a, x) }), a), (a,1))") ==
          "");
    CHECK(infers("await((a,0))") != "");
  }

  TEST_CASE("depth costs no call stack") {
    const int n = 20000;
    std::string before, after;
    for (int i = n; i > 0; --i) before += "Applied((a," + std::to_string(i) + "), ";
    for (int i = n; i > 0; --i) after += ", spore { (x: Int) => populate(a, x) })";
    const std::string tail = " | { } next 20001 messages: types: (a,0): Int ";
    CHECK(test::firstError("config { host a: Ref(" + before + "Mat((a,0))" + after + ", a)" + tail + "}") == "");
    std::string where = "where: $0 = Mat((a,0))";
    for (int i = 1; i <= n; ++i) {
      const std::string k = std::to_string(i);
      where +=
          ", $" + k + " = Applied((a," + k + "), $" + std::to_string(i - 1) + ", spore { (x: Int) => populate(a, x) })";
    }
    CHECK(test::firstError("config { host a: Ref($20000, a)" + tail + where + "}") == "");
    CHECK(test::firstError("config { host a: " + std::string(n, '(') + "1" + std::string(n, ')') +
                           " | { } next 0 messages: }") == "");
  }
}

TEST_SUITE("text files") {
  TEST_CASE("a file's lines") {
    std::ofstream("elaborate_test_lines.txt", std::ios::binary) << "\xEF\xBB\xBFone\r\ntwo\n\nthree\n";
    Arena arena;
    const Program program =
        test::load(arena, "host a, b\nat a { SiloRef.fromTextFile([a, b], \"elaborate_test_lines.txt\") }");
    std::remove("elaborate_test_lines.txt");
    CHECK(typeText(arena, program.types[0]) == "SiloRef[List[String]]");
    CHECK(text(arena, arena[program.terms[0]][1]) == R"(["one", "two", "", "three"])");
  }
}
