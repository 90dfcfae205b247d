#include "tests/lang/parsed.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <vector>

using namespace funpass;
using namespace funpass::surface;
using namespace funpass::surface::test;

TEST_CASE("atoms") {
  CHECK(term("x") == "x");
  CHECK(term("42") == "42");
  CHECK(term("007") == "7");
  CHECK(term("unit") == "(Unit)");
  CHECK(term("currentHost") == "(CurrentHost)");
  CHECK(term("true") == "(True)");
  CHECK(term("false") == "(False)");
  CHECK(term("(x)") == "(Paren x)");
  CHECK(term("{ x }") == "(Block x)");
  CHECK(term("_x1") == "_x1");
  CHECK(term("map(xs, f)") == "(Call map xs f)");
}

TEST_CASE("a minus is a sign where a term may start, else an operator") {
  CHECK(term("-5") == "-5");
  CHECK(term("a -5") == "(- a 5)");
  CHECK(term("a-5") == "(- a 5)");
  CHECK(term("f(-5)") == "(Call f -5)");
  CHECK(term("2 - -5") == "(- 2 -5)");
  CHECK(term("2--5") == "(- 2 -5)");
  CHECK(term("3 * -2") == "(* 3 -2)");
  CHECK(term("(1) -5") == "(- (Paren 1) 5)");
  CHECK(term("x => -5") == "(Lambda (Binder x _) -5)");
  CHECK(term("a <-5") == "(< a -5)");
  CHECK(term("a; -5") == "(Block a -5)");
  CHECK(error("- 5") == "1:1: expected a term, found `-`");
  CHECK(error("-x") == "1:1: expected a term, found `-`");
}

TEST_CASE("integers have 64 bits") {
  CHECK(term("9223372036854775807") == "9223372036854775807");
  CHECK(term("-9223372036854775808") == "-9223372036854775808");
  CHECK(error("9223372036854775808").find("1:1: limit: this integer is too large for this tool") == 0);
  CHECK(error("-9223372036854775809").find("1:2: limit: ") == 0);
  CHECK(error("1 - 9223372036854775808").find("1:5: limit: ") == 0);
  CHECK(error("99999999999999999999999999999").find("1:1: limit: ") == 0);
}

TEST_CASE("operators bind by strength, to the left") {
  CHECK(term("a || b && c == d < e + f * g") == "(|| a (&& b (== c (< d (+ e (* f g))))))");
  CHECK(term("a * b + c < d == e && f || g") == "(|| (&& (== (< (+ (* a b) c) d) e) f) g)");
  CHECK(term("1 - 2 + 3 ++ 4") == "(++ (+ (- 1 2) 3) 4)");
  CHECK(term("a == b == c") == "(== (== a b) c)");
  CHECK(term("a <= b > c >= d") == "(>= (> (<= a b) c) d)");
  CHECK(term("!a && !!b.c()") == "(&& (Not a) (Not (Not (Method c b))))");
  CHECK(term("!a == b") == "(== (Not a) b)");
  CHECK(term("!f(x)") == "(Not (Call f x))");
}

TEST_CASE("calls, methods, fields") {
  CHECK(term("f(x)(y)") == "(Call (Call f x) y)");
  CHECK(term("f()") == "(Call f)");
  CHECK(term("f(x, y)") == "(Call f x y)");
  CHECK(term("x.f(y)") == "(Method f x y)");
  CHECK(term("x.f()") == "(Method f x)");
  CHECK(term("p.age") == "(Field age p)");
  CHECK(term("p.age.f(2)") == "(Method f (Field age p) 2)");
  CHECK(term("r.apply(p).send().await()") == "(Method await (Method send (Method apply r p)))");
  CHECK(term("await(send(r))(x)") == "(Call (Call await (Call send r)) x)");
  CHECK(term("populate([a, b], 1)") == "(Call populate (List a b) 1)");
  CHECK(term("SiloRef.populate(a, 1)") == "(Call (Name/1 populate) a 1)");
  CHECK(term("SiloRef.fromTextFile(a, \"f\").send()") == "(Method send (Call (Name/1 fromTextFile) a (String f)))");
  CHECK(term("respond(a, f, 42)") == "(Call respond a f 42)");
  CHECK(term("{ f }(3)") == "(Call (Block f) 3)");
  CHECK(term("Person(\"Ann\", 3)") == "(Call Person (String Ann) 3)");
  CHECK(error("send") == "1:5: expected `(`, found the end of the text");
  CHECK(error("x.send; 1") == "1:3: expected `(` after `.send`");
  CHECK(error("SiloRef.map(x)") == "1:9: expected `populate` or `fromTextFile`, found `map`");
  CHECK(error("f(x,)") == "1:5: expected a term, found `)`");
  CHECK(error("f x") == "1:3: expected `;` or the end of the text, found `x`");
  CHECK(help("f x") == "the parts of a block are separated by `;`; application is written `f(x)`");
}

TEST_CASE("functions") {
  CHECK(term("x => y => x") == "(Lambda (Binder x _) (Lambda (Binder y _) x))");
  CHECK(error("(x) => x") == "1:1: a parameter in parentheses has a type");
  CHECK(help("spore { (x) => x }") == "write `(x: T) => …`, or `x => …` where the type may be left out");
  CHECK(term("(x: Int) => x + 1") == "(Lambda (Binder x Int) (+ x 1))");
  CHECK(term("(x: Int) ⇒ x") == "(Lambda (Binder x Int) x)");
  CHECK(term("f(x => x, 1)") == "(Call f (Lambda (Binder x _) x) 1)");
  CHECK(term("val f = x => x; f") == "(Block (Val f _ (Lambda (Binder x _) x)) f)");
  CHECK(term("x => { 1; 2 }") == "(Lambda (Binder x _) (Block 1 2))");
  CHECK(error("1 + x => x") == "1:7: expected `;` or the end of the text, found `=>`");
  CHECK(help("1 + x => x") == "a function that is an operand stands in parentheses");
  CHECK(help("(x, y) => x") == "a function has one parameter: `(x: T) => (y: U) => t`");
  CHECK(error("(x: Int) => ") == "1:12: expected a term, found the end of the text");
  CHECK(help("(x: Int) x") == "a function is written `(x: T) => t`");
}

TEST_CASE("if reaches as far right as it can") {
  CHECK(term("if (c) 1 else 2") == "(If c 1 2)");
  CHECK(term("1 + if (c) 2 else 3 + 4") == "(+ 1 (If c 2 (+ 3 4)))");
  CHECK(term("if (c) 1 + 2 else 3 * 4") == "(If c (+ 1 2) (* 3 4))");
  CHECK(term("if (a) if (b) 1 else 2 else 3") == "(If a (If b 1 2) 3)");
  CHECK(term("if (a) 1 else if (b) 2 else 3") == "(If a 1 (If b 2 3))");
  CHECK(term("if (a) x => x else y => y") == "(If a (Lambda (Binder x _) x) (Lambda (Binder y _) y))");
  CHECK(term("!if (a) b else c && d") == "(Not (If a b (&& c d)))");
  CHECK(term("if (a) (b) else (c)(d)") == "(If a (Paren b) (Call (Paren c) d))");
  CHECK(error("if (a) 1") == "1:9: expected `else`, found the end of the text");
  CHECK(help("if (a) 1") == "an `if` has two branches: `if (c) t else u`");
  CHECK(error("if (a) 1; else 2") == "1:9: expected `else`, found `;`");
  CHECK(help("if (a) 1; else 2") == "leave out the `;` before `else`");
  CHECK(error("1 else 2") == "1:3: expected `;` or the end of the text, found `else`");
  CHECK(error("if a 1 else 2") == "1:4: expected `(`, found `a`");
  CHECK(error("if (a = b) 1 else 2") == "1:7: expected `)`, found `=`");
  CHECK(help("if (a = b) 1 else 2") == "equality is written `==`");
}

TEST_CASE("lists") {
  CHECK(term("[a, b]") == "(List a b)");
  CHECK(term("[]") == "(List)");
  CHECK(term("[]: List[Int]") == "(EmptyList (Generic List Int))");
  CHECK(term("[]: List[Int] ++ xs") == "(++ (EmptyList (Generic List Int)) xs)");
  CHECK(term("[1] ++ []") == "(++ (List 1) (List))");
  CHECK(error("[]: Int") == "1:5: expected `List[…]`, found `Int`");
  CHECK(error("[1,]") == "1:4: expected a term, found `]`");
}

TEST_CASE("blocks end with a term") {
  CHECK(term("val x: Int = 1; val y = x; y; x") == "(Block (Val x Int 1) (Val y _ x) y x)");
  CHECK(term("{ val x = 1; x }") == "(Block (Val x _ 1) x)");
  CHECK(error("x;") == "1:3: expected a term, found the end of the text");
  CHECK(help("x;") == "a block ends with a term: leave out the last `;`, or end with `unit`");
  CHECK(error("{ 1; }") == "1:6: expected a term, found `}`");
  CHECK(help("{ 1; }") == "a block ends with a term: leave out the last `;`, or end with `unit`");
  CHECK(help("val x = 1 val y = 2; y") == "the parts of a block are separated by `;`");
  CHECK(help("{ 1 \"a\" }") == "the parts of a block are separated by `;`");
  CHECK(error("1; val x = 3") == "1:4: a block ends with a term, not with a `val`");
  CHECK(error("{ val x = 3 }") == "1:3: a block ends with a term, not with a `val`");
  CHECK(error("{ }") == "1:3: expected a term, found `}`");
  CHECK(error("()") == "1:2: expected a term, found `)`");
  CHECK(error("x = 3; x") == "1:3: expected `;` or the end of the text, found `=`");
  CHECK(help("x = 3; x") == "a value is named by `val x = t`; equality is written `==`");
  CHECK(help("f(val x = 3)") == "`val` stands in a block: `{ val x = t; u }`");
}

TEST_CASE("spores") {
  CHECK(term("spore { (x: Int) => x }") == "(Spore (Binder x Int) x)");
  CHECK(term("spore { ps => ps }") == "(Spore (Binder ps _) ps)");
  CHECK(term("spore { k: Int = 3, z = f(2); (x: Int) => val y = x; y + k }") ==
        "(Spore (Entry k Int 3) (Entry z _ (Call f 2)) (Binder x Int) (Block (Val y _ x) (+ y k)))");
  CHECK(term("spore { (x: Int) => { x } }(2)") == "(Call (Spore (Binder x Int) (Block x)) 2)");
  CHECK(error("spore { (x: Int) x }") == "1:18: expected `=>`, found `x`");
  CHECK(help("spore { (x: Int) x }") == "a spore is written `spore { x: T = t, …; (y: U) => body }`");
  CHECK(help("spore { a: Int = 1; b: Int = 2; (x: Int) => x }") ==
        "header entries are separated by `,`; the header ends with `;`");
  CHECK(error("spore { }") == "1:9: expected a parameter such as `(x: T)`, found `}`");
  CHECK(error("spore { x => }") == "1:14: expected a term, found `}`");
}

TEST_CASE("types") {
  CHECK(type("Int => Int => Unit") == "(Arrow Int (Arrow Int Unit))");
  CHECK(type("(Int => Int) => Int") == "(Arrow (Paren (Arrow Int Int)) Int)");
  CHECK(type("SiloRef[Future[List[Person]]]") == "(Generic SiloRef (Generic Future (Generic List Person)))");
  CHECK(type("Int => Int { type C = () }") == "(SporeArrow Int Int)");
  CHECK(type("Int => Int { type C = (Int, Host) }") == "(SporeArrow Int Int Int Host)");
  CHECK(type("A => B => C { type C = (D) }") == "(Arrow A (SporeArrow B C D))");
  CHECK(type("A => B { type C = () } => D") == "(Arrow (SporeArrow A B) D)");
  CHECK(type("A => B => C { type C = () } { type C = (X) }") == "(SporeArrow A (SporeArrow B C) X)");
  CHECK(type("A => SiloRef[B] { type C = (Int => Int { type C = () }) }") ==
        "(SporeArrow A (Generic SiloRef B) (SporeArrow Int Int))");
  CHECK(parsed(parse, "def f: Int => Int { C = () } = x").errors == "1:19: expected `=`, found `{`");
  CHECK(parsed(parseType, "Int { type C = () }").errors.find("1:5: `{ type C = … }` belongs to a spore's type") == 0);
  CHECK(parsed(parseType, "Int Int").errors == "1:5: expected the end of the text, found `Int`");
  CHECK(parsed(parseType, "Future[Int, Int]").errors == "1:11: expected `]`, found `,`");
  CHECK(parsed(parseType, "List").errors == "1:5: expected `[`, found the end of the text");
  CHECK(parsed(parseType, "Int => Int { type D = () }").errors ==
        "1:19: expected `C`, as in `type C = (T, …)`, found `D`");
}

TEST_CASE("strings") {
  CHECK(term(R"("a\"b\\c\n\t\r\u{3bb}\u{1F600}")") == "(String a\"b\\c\n\t\rλ\xF0\x9F\x98\x80)");
  CHECK(term("\"// ( no comment\"") == "(String // ( no comment)");
  CHECK(error("\"abc\nx").find("1:1: this string is not closed on its line") == 0);
  CHECK(error(R"("\q")") == "1:2: unknown escape in a string");
  CHECK(error(R"("\u{110000}")") == "1:2: there is no such code point");
  CHECK(error(R"("\u{d800}")") == "1:2: there is no such code point");
  CHECK(error(R"("\u{}")") == "1:2: expected a code point in hexadecimal, as in `\\u{3bb}`");
  CHECK(error(R"("\u12")") == "1:2: expected a code point in hexadecimal, as in `\\u{3bb}`");
}

TEST_CASE("declarations") {
  CHECK(program("host a, b record P(n: String, age: Int) def f: Int => Int = x => x at a { f; 1 } at b { 2 }") ==
        "(HostDecl a b) (RecordDecl P (Binder n String) (Binder age Int)) "
        "(Def f (Arrow Int Int) (Lambda (Binder x _) x)) (At a (Block f 1)) (At b 2)");
  CHECK(program("at a { { 1; 2 } }") == "(At a (Block 1 2))");
  CHECK(program("check safe check confluent") == "(Check safe) (Check confluent)");
  CHECK(program("check result a == 1 == 2") == "(Check result a (== 1 2))");
  CHECK(program("check result a in 1, 2 + 3") == "(Check/1 result a 1 (+ 2 3))");
  CHECK(program("check reaches a == P(\"x\")") == "(Check reaches a (Call P (String x)))");
  CHECK(program("check resilient 1 of a, b check transparent 2 of b") ==
        "(Check resilient 1 a b) (Check transparent 2 b)");
  CHECK(program("\xEF\xBB\xBFhost a\r\nat a {\r1 }") == "(HostDecl a) (At a 1)");
  CHECK(programError("hots a") == "1:1: expected a declaration, found `hots`");
  CHECK(programHelp("hots a") == "did you mean `host`?");
  CHECK(programHelp("check saef") == "did you mean `safe`?");
  CHECK(programError("check result a = 3") == "1:16: expected `==` or `in`, found `=`");
  CHECK(programError("check resilient of a") == "1:17: expected a number, found `of`");
  CHECK(programError("at a { 1 }; at b { 2 }") == "1:11: expected a declaration, found `;`");
  CHECK(programError("host a, at a { 1 }") == "1:9: expected a name, found `at`");
  CHECK(programHelp("host a, at a { 1 }") == "`at` is a reserved word");
  CHECK(programError("// nothing\n").find("expected a declaration, found the end of the text") != std::string::npos);
  CHECK(programError("def f = 3") == "1:7: expected `:`, found `=`");
  CHECK(programError("record P()") == "1:10: expected a name, found `)`");
  CHECK(programHelp("1 + 2").find("terms stand in `at a { … }`") != std::string::npos);
}

TEST_CASE("reserved words are no names, other operations are") {
  for (const char* word : {"host",    "at",     "def",   "val",     "record",      "check", "spore", "type", "populate",
                           "apply",   "send",   "await", "respond", "currentHost", "unit",  "Int",   "Unit", "Host",
                           "SiloRef", "Future", "Bool",  "String",  "List",        "if",    "else",  "true", "false"}) {
    CAPTURE(word);
    const std::string text = std::string("val ") + word + " = 1; 2";
    CHECK(error(text) == "1:5: expected a name, found `" + std::string(word) + "`");
  }
  for (const char* word :
       {"map", "fold", "size", "config", "safe", "result", "in", "of", "next", "fromTextFile", "Ref"}) {
    CAPTURE(word);
    const std::string text = std::string("val ") + word + " = 1; " + word;
    CHECK(term(text) == std::string("(Block (Val ") + word + " _ 1) " + word + ")");
  }
}

TEST_CASE("the core has no data syntax, and its words are names") {
  CHECK(coreTerm("val if = 3; if(true)") == "(Block (Val if _ 3) (Call if true))");
  CHECK(coreTerm("populate([a, b], x.send())") == "(Call populate (List a b) (Method send x))");
  CHECK(coreTerm("SiloRef.populate([a], 1 + 2 * 3 - 4)") == "(Call (Name/1 populate) (List a) (- (+ 1 (* 2 3)) 4))");
  CHECK(coreTerm("[a].populate(1)") == "(Method populate (List a) 1)");
  CHECK(coreTerm("1 + [a, b].populate(1).send()") == "(+ 1 (Method send (Method populate (List a b) 1)))");
  CHECK(coreTerm("populate((([a, b])), 1)") == "(Call populate (Paren (Paren (List a b))) 1)");
  CHECK(coreTerm("([a, b]).populate(1)") == "(Method populate (Paren (List a b)) 1)");
  const std::string off = " belongs to the data extension, which is off under `--core`";
  CHECK(coreTerm("\"a\"") == "1:1: a string" + off);
  CHECK(coreTerm("[a]") == "1:1: a list" + off);
  CHECK(coreTerm("populate(a, [b])") == "1:13: a list" + off);
  CHECK(coreTerm("populate(a, ([b]))") == "1:14: a list" + off);
  CHECK(coreTerm("populate([a](1), 1)") == "1:10: a list" + off);
  CHECK(coreTerm("[a].apply(1)") == "1:1: a list" + off);
  CHECK(coreTerm("[]: List[Int]").find("1:1: a list" + off) == 0);
  CHECK(coreTerm("p.age") == "1:3: a field" + off);
  CHECK(coreTerm("a == b") == "1:3: `==`" + off);
  CHECK(coreTerm("a < b") == "1:3: `<`" + off);
  CHECK(coreTerm("!a") == "1:1: `!`" + off);
  CHECK(coreTerm("a ++ b") == "1:3: `++`" + off);
  CHECK(parsed(parseTerm, "if (c) 2 else 3", true).help == "`if`" + off);
  CHECK(parsed(parse, "record P(a: Int)", true).errors == "1:1: `record`" + off);
  CHECK(parsed(parseType, "Bool", true).errors == "1:1: the type `Bool`" + off);
  CHECK(parsed(parseType, "List[Int]", true).errors == "1:1: the type `List`" + off);
  CHECK(parsed(parse, "check result a == 3", true).errors.empty());
}

TEST_CASE("a carriage return ends a line") {
  CHECK(program("// a\rhost a // b\rat a { 1 }") == "(HostDecl a) (At a 1)");
  CHECK(programError("host a\rat a { (1\rat b { 2 }").find("2:6: this `{` is never closed") == 0);
}

TEST_CASE("comments are recorded") {
  const Source source("t", "// one\nhost a // two\r\n/* three\n*/ /* four */ at a { 1 /* five */ }");
  Diagnostics found;
  const Tree tree = parse(source, {}, found);
  CHECK(found.empty());
  REQUIRE(tree.comments.size() == 5);
  CHECK(source.slice(tree.comments[0].span) == "// one");
  CHECK(source.slice(tree.comments[1].span) == "// two");
  CHECK(source.slice(tree.comments[2].span) == "/* three\n*/");
  CHECK(source.slice(tree.comments[4].span) == "/* five */");
  CHECK(tree.comments[0].ownLine);
  CHECK_FALSE(tree.comments[1].ownLine);
  CHECK(tree.comments[2].ownLine);
  CHECK_FALSE(tree.comments[3].ownLine);
  CHECK_FALSE(tree.comments[4].ownLine);
  CHECK(error("1 /* a") == "1:3: this `/*` comment is never closed");
  CHECK(help("1 /* /* */ */ + 2") == "`*/` closes no comment here; block comments do not nest");
}

TEST_CASE("spans") {
  const Source source("t", "at a { val x: Int = f(1) + (y => 2)(3); r.send() }");
  Diagnostics found;
  const Tree tree = parse(source, {}, found);
  CHECK(found.empty());
  const auto text = [&](Index i) { return std::string(source.slice(tree[i].span)); };
  const Index at = tree.declarations.at(0);
  CHECK(text(at) == source.text());
  const Index block = tree.child(at, 0);
  CHECK(text(block) == "val x: Int = f(1) + (y => 2)(3); r.send()");
  const Index val = tree.child(block, 0);
  CHECK(text(val) == "val x: Int = f(1) + (y => 2)(3)");
  CHECK(text(tree.child(val, 0)) == "Int");
  const Index sum = tree.child(val, 1);
  CHECK(text(sum) == "f(1) + (y => 2)(3)");
  CHECK(text(tree.child(sum, 0)) == "f(1)");
  CHECK(text(tree.child(sum, 1)) == "(y => 2)(3)");
  const Index paren = tree.child(tree.child(sum, 1), 0);
  CHECK(text(paren) == "(y => 2)");
  CHECK(text(tree.child(paren, 0)) == "y => 2");
  CHECK(text(tree.child(block, 1)) == "r.send()");
}

TEST_CASE("brackets that do not match") {
  CHECK(error("f(1") == "1:2: this `(` is never closed");
  CHECK(error("{ (1 }") == "1:3: this `(` is never closed");
  CHECK(error("1)") == "1:2: unexpected `)`: it closes nothing");
  CHECK(error("{ f(1)) }") == "1:7: unexpected `)`: it closes nothing");
  CHECK(error("(1]") == "1:3: `(` is closed by `]`");
  CHECK(programError("at a { 1 + (2\nat b { 1 }\nat c { 1; }") ==
        "1:6: this `{` is never closed\n1:12: this `(` is never closed\n3:11: expected a term, found `}`");
}

TEST_CASE("independent errors are all reported, in order") {
  CHECK(programError("host a b\nat a { 1 +; f(2,); g(}\ndef 3\nat b { x y; \"\\q\" }") ==
        "1:8: expected a declaration, found `b`\n"
        "2:11: expected a term, found `;`\n"
        "2:17: expected a term, found `)`\n"
        "2:21: this `(` is never closed\n"
        "3:5: expected a name, found `3`\n"
        "4:10: expected `;` or `}`, found `y`\n"
        "4:14: unknown escape in a string");
}

TEST_CASE("characters that mean nothing") {
  CHECK(error("a @@ b") == "1:3: unexpected character `@`");
  CHECK(error("λ") == "1:1: unexpected character `λ`");
  CHECK(help("a & b") == "\"and\" is written `&&`");
  CHECK(error("3abc") == "1:1: neither a number nor a name");
  CHECK(error("a \x01 b") == "1:3: unexpected control character");
}

TEST_CASE("configuration literals") {
  const std::string text = R"(config {
      host a: await((a,1)) + 1 | { }             next 2   asked { (a,1) -> Ref($1, [b, c]) at nobody }
      host b: crashed                            next 0
      host c: val x = 1; x     | { (a,0) -> 5 }  next 0   asked { }
      messages: c <- Req(a, Ref($1, b), (a,1)), b <- Res((a,0), f => [1])
      results: a none, b never, c 5
      budgets: crashes 0, restarts 1, drops 0, duplicates 2 among b, c
      types: (a,0): Int, (a,1): $2
      where: $1 = Applied((a,1), Mat((a,0)), spore { (x: Int) => populate(currentHost, x * 2) }), $2 = Int => Int
    })";
  CHECK(program(text) ==
        "(Config "
        "(HostLine a 2 (+ (Call await (Identifier a 1)) 1) (Store) "
        "(Asked (AskedEntry (Identifier a 1) (Ref (Share 1) b c) _))) "
        "(HostLine/1 b 0 _ _ _) "
        "(HostLine c 0 (Block (Val x _ 1) x) (Store (Binding (Identifier a 0) 5)) (Asked)) "
        "(Messages (Message c (Req a (Ref (Share 1) b) (Identifier a 1))) "
        "(Message b (Res (Identifier a 0) (Lambda (Binder f _) (List 1))))) "
        "(Results (ResultEntry a _) (ResultEntry/1 b _) (ResultEntry/2 c 5)) "
        "(Budgets (Budget crashes 0) (Budget restarts 1) (Budget drops 0) (Budget duplicates 2) b c) "
        "(Types (TypeEntry (Identifier a 0) Int) (TypeEntry (Identifier a 1) (Share 2))) "
        "(Where (WhereEntry 1 (Applied (Identifier a 1) (Mat (Identifier a 0)) "
        "(Spore (Binder x Int) (Call populate (CurrentHost) (* x 2))))) (WhereEntry 2 (Arrow Int Int))))");
  CHECK(parsed(parse, text, true).errors == "5:70: a list belongs to the data extension, which is off under `--core`");
}

TEST_CASE("config is a word only where a declaration begins") {
  CHECK(program("host config at config { 1 }") == "(HostDecl config) (At config 1)");
  CHECK(program("host a, config at config { 1 } check safe") == "(HostDecl a config) (At config 1) (Check safe)");
  CHECK(program("record config(n: Int) def f: Int => config { type C = () } = g").find("(RecordDecl config") == 0);
  CHECK(programError("host a at config { (1") == "1:18: this `{` is never closed\n1:20: this `(` is never closed");
  CHECK(programError("host a at config { 1\nat a { 2 }") == "1:18: this `{` is never closed");
  CHECK(programError("host a config { host a: 1 | { } next 0 messages: }") ==
        "1:1: `host` may not stand beside a `config`");
}

TEST_CASE("a literal's optional parts") {
  CHECK(program("config { host a: unit | { } next 0 messages: }") ==
        "(Config (HostLine a 0 (Unit) (Store) _) (Messages) _ _ _ _)");
  CHECK(program(
            "record P(n: Int) config { host a: $1 | { } next 0 messages: results: a b where: $1 = P(1) } check safe") ==
        "(RecordDecl P (Binder n Int)) (Config (HostLine a 0 (Share 1) (Store) _) (Messages) "
        "(Results (ResultEntry/2 a b)) _ _ (Where (WhereEntry 1 (Call P 1)))) (Check safe)");
  CHECK(program("config { host results: 1 | { } next 0 messages: results <- Res((a, 0), 1) results: results none }") ==
        "(Config (HostLine results 0 1 (Store) _) (Messages (Message results (Res (Identifier a 0) 1))) "
        "(Results (ResultEntry results _)) _ _ _)");
}

TEST_CASE("what $k names is a lineage, a term or a type") {
  const auto named = [](const std::string& text) {
    const std::string all =
        program("record P(n: Int) config { host a: 1 | { } next 0 messages: where: $1 = " + text + " }");
    const std::string before = "(WhereEntry 1 ";
    const std::size_t begin = all.find(before);
    if (begin == std::string::npos) return all;
    return all.substr(begin + before.size(), all.size() - begin - before.size() - 3);
  };
  CHECK(named("P") == "P");
  CHECK(named("SiloRef[P]") == "(Generic SiloRef P)");
  CHECK(named("SiloRef.populate(a, 1)") == "(Call (Name/1 populate) a 1)");
  CHECK(named("(Int => Int) => Int { type C = () }") == "(SporeArrow (Paren (Arrow Int Int)) Int)");
  CHECK(named("(x: Int) => x") == "(Lambda (Binder x Int) x)");
  CHECK(named("x => x") == "(Lambda (Binder x _) x)");
  CHECK(named("$2 => $3") == "(Arrow (Share 2) (Share 3))");
  CHECK(named("($2 => $3) => Int") == "(Arrow (Paren (Arrow (Share 2) (Share 3))) Int)");
  CHECK(named("$2 + 1") == "(+ (Share 2) 1)");
  CHECK(named("Mat((a,0))") == "(Mat (Identifier a 0))");
  CHECK(named("Ref(Mat((a,0)), b)") == "(Ref (Mat (Identifier a 0)) b)");
  CHECK(named("((a,0))") == "(Paren (Identifier a 0))");
}

TEST_CASE("errors in literals") {
  CHECK(error("(a, 0)") == "1:3: expected `)`, found `,`");
  CHECK(help("(a, 0)") == "identifiers such as `(a, 0)` can be written only in a configuration literal");
  CHECK(error("$1") == "1:1: expected a term, found `$1`");
  CHECK(term("Ref(x, a)") == "(Call Ref x a)");
  CHECK(programError("config { }") == "1:10: expected a host line, found `}`");
  CHECK(programError("config { host a: 1 | { } next 0 }") == "1:33: expected `messages:`, found `}`");
  CHECK(programHelp("config { host a: 1 | { } next 0 mesages: }") == "did you mean `messages`?");
  CHECK(programError("host a config { host a: 1 | { } next 0 messages: }") ==
        "1:1: `host` may not stand beside a `config`");
  CHECK(programError("config { host a: 1 2 | { } next 0 host b 3 | { } next 1 messages: a <- Req(b, 3, (b, 1)), a <- b "
                     "results: a 3 4, b never }") ==
        "1:20: expected `;` or `|`, found `2`\n"
        "1:42: expected `:`, found `3`\n"
        "1:79: expected a reference `Ref(…)`, found `3`\n"
        "1:96: expected `Req(…)` or `Res(…)`, found `b`\n"
        "1:111: expected `,`, a section or `}`, found `4`");
}

TEST_CASE("programs nest to a limit, and say where they pass it") {
  const auto deep = [](const std::string& open, const std::string& close, std::size_t times) {
    return repeat(open, times) + "1" + repeat(close, times);
  };
  CHECK(parseLong(deep("(", ")", 500)).first.empty());
  CHECK(parseLong(deep("(", ")", 501)).first == "1:501: limit: nesting too deep: programs may nest to 500");
  CHECK(parseLong("host a at a { " + deep("(", ")", 500) + " }", parse).first.empty());
  CHECK(parseLong("def f: Int = " + deep("(", ")", 500), parse).first.empty());
  CHECK(parseLong(repeat("if (c) ", 501) + "1" + repeat(" else 2", 501)).first.find("limit") != std::string::npos);
  CHECK(parseLong(repeat("if (c) ", 500) + "1" + repeat(" else 2", 500)).first.empty());
  for (const auto& brackets : std::vector<std::pair<std::string, std::string>>{{"(", ")"},
                                                                               {"{", "}"},
                                                                               {"[", "]"},
                                                                               {"f(", ")"},
                                                                               {"!", ""},
                                                                               {"if (c) ", " else 2"},
                                                                               {"spore { (x: Int) => ", " }"},
                                                                               {"({[", "]})"},
                                                                               {"(x: Future[Int]) => (", ")"},
                                                                               {"if (", ") 1 else 2"}}) {
    CAPTURE(brackets.first);
    CHECK(parseLong(deep(brackets.first, brackets.second, 100000))
              .first.find("limit: nesting too deep: programs may nest to 500") != std::string::npos);
    CHECK_FALSE(parseLong(repeat(brackets.first, 100000)).first.empty());
  }
  CHECK(parseLong(deep("Future[", "]", 100000), parseType).first.find("limit") != std::string::npos);
  CHECK_FALSE(parseLong(repeat(")", 100000)).first.empty());
}

TEST_CASE("the limit is an option") {
  const Source source("t", "((1))");
  ParseOptions options;
  Diagnostics found;
  options.maxDepth = 2;
  parseTerm(source, options, found);
  CHECK(found.empty());
  options.maxDepth = 1;
  parseTerm(source, options, found);
  CHECK(places(source, found) == "1:2: limit: nesting too deep: programs may nest to 1");
}

TEST_CASE("configuration literals nest without limit") {
  constexpr std::size_t n = 100000;
  const std::string text = "config { host a: " + repeat("(", n) + "1" + repeat(")", n) + " | { (a,0) -> " +
                           repeat("if (c) ", n) + "1" + repeat(" else 2", n) + " } next 0 messages: a <- Req(a, Ref(" +
                           repeat("Applied((a,1), ", n) + "Mat((a,0))" + repeat(", 3)", n) +
                           ", a), (a,1)) types: (a,0): " + repeat("SiloRef[", n) + "Int" + repeat("]", n) + " }";
  const auto [errors, nodes] = parseLong(text, parse);
  CHECK(errors.empty());
  CHECK(nodes > 6 * n);
}

TEST_CASE("chains are no nesting, and parse in linear time") {
  constexpr std::size_t n = 100000;
  for (const std::string& text :
       {"1" + repeat(" + 1", n), "1" + repeat("; 1", n), repeat("val x = 1; ", n) + "1", "x" + repeat(".f(1)", n),
        "x" + repeat(".f", n), "f" + repeat("(1)", n), repeat("x => ", n) + "1", repeat("if (c) 1 else ", n) + "1",
        "1" + repeat(" && 1 + 2 * 3 == 4", n), "f(1" + repeat(", 1", n) + ")",
        "val x: Int" + repeat(" => Int", n) + " = 1; 2", "spore { a = 1" + repeat(", a = 1", n) + "; x => x }"}) {
    const auto begin = std::chrono::steady_clock::now();
    const auto [errors, nodes] = parseLong(text);
    CHECK(errors.empty());
    CHECK(nodes > n);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));  // also with sanitizers
  }
}

TEST_CASE("the number of errors reported has a limit") {
  const Source source("t", repeat(";", 100000));
  Diagnostics found;
  parseTerm(source, {}, found);
  CHECK(found.size() == 1001);
  CHECK(found.back().message == "there are more errors than these");
}

TEST_CASE("a term for -e is a program of one host") {
  const Source source("t", "1; 2");
  Diagnostics found;
  const Tree tree = parseTerm(source, {}, found);
  REQUIRE(tree.declarations.size() == 2);
  CHECK(show(tree, tree.declarations[0]) == "(HostDecl a)");
  CHECK(show(tree, tree.declarations[1]) == "(At a (Block 1 2))");
}

TEST_CASE("an error in a declaration leaves only an Erroneous node") {
  CHECK(parsed(parse, "check result a = 3 host a check result a in 1, ,").trees ==
        "(Erroneous) (HostDecl a) (Erroneous)");
  CHECK(parsed(parse, "config { host a: 1; 2 | 3 host b: 1 | { } next 0 messages: }").trees ==
        "(Config (Erroneous) (HostLine b 0 1 (Store) _) (Messages) _ _ _ _)");
}

TEST_CASE("the names of a declaration with an error are known") {
  CHECK(parsed(parse, "host a def f = 3 at a { f }").trees == "(HostDecl a) (Erroneous f) (At a f)");
  CHECK(parsed(parse, "host a, 1, b def f: Int = 1").trees == "(Erroneous a b) (Def f Int 1)");
  CHECK(parsed(parse, "record R n host a").trees == "(Erroneous R) (HostDecl a)");
  CHECK(parsed(parse, "def f: Int = 3 4 host a").trees == "(Def f Int 3) (Erroneous) (HostDecl a)");
  CHECK(parsed(parse, "def 1 x y host a").trees == "(Erroneous) (HostDecl a)");
}
