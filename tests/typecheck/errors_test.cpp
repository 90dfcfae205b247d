// Where and how ill-typed programs are refused.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "lang/parse.hpp"
#include "typecheck/elaborate.hpp"

using namespace funpass;

namespace {

Diagnostics errorsOf(const std::string& text, bool mobility = true, bool core = false) {
  const Source source("test.fp", text);
  Diagnostics out;
  surface::ParseOptions parseOptions;
  parseOptions.core = core;
  const surface::Tree tree = surface::parse(source, parseOptions, out);
  if (!out.empty()) return out;
  LoadOptions options;
  options.mobility = mobility;
  options.core = core;
  Arena arena;
  const bool loaded = elaborate(arena, source, tree, options, out).has_value();
  CHECK(loaded == out.empty());
  return out;
}

/// The rules of all errors of a program that does not parse.
std::string misread(const std::string& text) {
  const Source source("test.fp", text);
  Diagnostics out;
  Arena arena;
  const surface::Tree tree = surface::parse(source, {}, out);
  CHECK_FALSE(elaborate(arena, source, tree, {}, out).has_value());
  std::string all;
  for (const Diagnostic& error : out) all += (all.empty() ? "" : ", ") + error.rule;
  return all;
}

/// The rules of all errors, each with the text at fault: "T-IntOp unit, T-Var x".
std::string refused(const std::string& text, bool mobility = true, bool core = false) {
  std::string all;
  for (const Diagnostic& error : errorsOf(text, mobility, core)) {
    if (!all.empty()) all += ", ";
    all += error.rule;
    if (error.span) all += " " + text.substr(error.span->begin, error.span->end - error.span->begin);
  }
  return all;
}

std::string block(const std::string& text, bool mobility = true, bool core = false) {
  const std::string record = core ? "" : "record P(name: String, age: Int) ";
  return refused("host a, b " + record + "at a { " + text + " }", mobility, core);
}

Diagnostic only(const std::string& text) {
  const Diagnostics errors = errorsOf("host a, b record P(name: String, age: Int) at a { " + text + " }");
  REQUIRE(errors.size() == 1);
  return errors[0];
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the part at fault is named") {
  CHECK(block("1 + unit * 2") == "T-IntOp unit");
  CHECK(block("val n: Int = unit; n") == "T-App unit");
  CHECK(block("((x: Int) => x)(b)") == "T-App b");
  CHECK(block("3(4)") == "T-App 3");
  CHECK(block("spore { (x: Int) => x }(unit)") == "T-AppSpore unit");
  CHECK(block("spore { n: Host = 1; (x: Int) => x }") == "T-Spore 1");
  CHECK(block("populate(1, 2)") == "T-Pop 1");
  CHECK(block("apply(populate(b, 1), (x: Int) => populate(b, x))") == "T-Apply (x: Int) => populate(b, x)");
  CHECK(block("await(populate(b, 1))") == "T-Await populate(b, 1)");
  CHECK(block("respond(a, send(populate(b, 1)), unit)") == "T-Respond unit");
  CHECK(block("if (true) 1 else \"\"") == "T-If \"\"");
  CHECK(block("[1, unit, 3, b]") == "T-Cons unit, T-Cons b");
  CHECK(block("P(\"Ann\", \"31\")") == "T-Record \"31\"");
  CHECK(block("P(\"Ann\")") == "T-Record P(\"Ann\")");
  CHECK(block("P(\"Ann\", 1, 2)") == "T-Record 2");
  CHECK(block("P(\"Ann\", 1).nmae") == "T-Field nmae");
  CHECK(block("1.age") == "T-Field 1");
  CHECK(block("((x: Int) => x) == ((x: Int) => x)") == "T-Eq ((x: Int) => x)");
}

TEST_CASE("mobility failures bear the name of the rule that asks") {
  const std::string future = "val f = send(populate(b, 1)); ";
  CHECK(block(future + "spore { g = f; (x: Int) => x }") == "T-Spore g = f");
  CHECK(block(future + "spore { n = 1, g = [f]; (x: Int) => x }") == "T-Spore g = [f]");
  CHECK(block(future + "populate(b, f)") == "T-Pop f");
  CHECK(block("(p: Int => SiloRef[Int => Int] { type C = () }) => apply(populate(b, 1), p)") == "T-Apply p");
  CHECK(block(future + "spore { g = f; (x: Int) => x }", false) == "");
}

TEST_CASE("premises first, from left to right, and independent errors are all found") {
  CHECK(block("unit + true") == "T-IntOp unit, T-IntOp true");
  CHECK(block("unit + x") == "T-Var x, T-IntOp unit");
  CHECK(block("val n: Int = unit; y; n + b") == "T-App unit, T-Var y, T-IntOp b");
  CHECK(block("val r = populate(bb, 1); val n = 1 + unit; 2 * tru; send(n)") ==
        "T-Var bb, T-IntOp unit, T-Var tru, T-Send n");
  CHECK(refused("host a, b at b { send(2) } at a { await(1) } check result a == unit") == "T-Send 2, T-Await 1");
}

TEST_CASE("one mistake is reported once") {
  CHECK(block("val x = y; x + 1; x(2); [x, 3]; await(send(x)); x.foo(3).age") == "T-Var y");
  CHECK(block("zz.map(x => x + 1).filter(y => y == 3)") == "T-Var zz");
  CHECK(block("\"Hi, \" + \"you\"") == "T-IntOp \"Hi, \"");
  CHECK(block("a < 1") == "T-Lt 1");
  CHECK(block("1 + 2 ++ [3]") == "T-Concat [3]");
  CHECK(block("((x: Int) => x) == 3") == "T-Eq 3");
  CHECK(block("ps.sortWith(p => p.age)") == "T-Var ps");
  CHECK(block("[P(\"\", 1)].sortWith(p => p.age)") == "T-Var sortWith");
}

TEST_CASE("a left-out parameter type") {
  CHECK(block("val f = x => x; 1") == "T-Abs x");
  CHECK(block("[1].map((x => x + 1))") == "T-Abs x");
  CHECK(has(only("[1].map((x => x + 1))").help, "`(x: Int) => …`"));
  CHECK(block("apply(populate(b, 1), ((spore { x => populate(b, x) })))") == "T-Spore x");
  CHECK(block("[1].fold(0, acc => (x => acc + x))") == "T-Abs x");
  CHECK(block("[1].map({ x => x + 1 })") == "T-Abs x");
  CHECK(block("zz.map((x => x + 1))") == "T-Var zz");
  CHECK(block("[1].map(x => (x + 1))") == "");
  CHECK(block("[1].map(((x: Int) => x + 1))") == "");
}

TEST_CASE("behind a dot stands an operation, a bound function, a def or a field") {
  CHECK(refused("host a record Q(n: Int) at a { 1.Q() }") == "syntax Q");
  CHECK(refused("host a record Q(n: Int) at a { 1.Q(2) }") == "syntax Q");
  CHECK(block("3.a()") == "syntax a");
  CHECK(block("3.a(4)") == "syntax a");
  CHECK(block("zz.P()") == "T-Var zz");
  CHECK(refused("host a def f: Int => Int = (x: Int) => x at a { 3.f() }") == "");
  CHECK(block("((f: Int => Int) => 3.f())") == "");
}

TEST_CASE("names of operations") {
  CHECK(refused("host map at map { [1].map(x => x + 1); map([1], x => x); populate(map, 1) }") == "");
  CHECK(refused("host a def size: Int = 3 at a { size([1]) + size }") == "");
  CHECK(refused("host a def size: Int => Int = (x: Int) => x at a { size(3) }") == "T-Size 3");
  CHECK(refused("host a def size: Int => Int = (x: Int) => x at a { val f = size; f(3) }") == "");
  CHECK(has(errorsOf("host a def map: Int => Int = (x: Int) => x at a { map(3) }").at(0).help, "a def called so"));
  CHECK(refused("host a record size(n: Int) at a { (s: size) => size([1]) + s.n }") == "distinct names size");
  CHECK(refused("host a record sortByKeys(n: Int) at a { 1 }") == "distinct names sortByKeys");
  CHECK(refused("host a def size: Int => Int = (x: Int) => x at a { size(3) }", true, true) == "");
}

TEST_CASE("unbound names") {
  CHECK(only("1 + somethingElse").help.empty());
  CHECK(only("val person = 1; persn").help == "did you mean `person`?");
  CHECK(only("if (tru) 1 else 2").help == "did you mean `true`?");
  CHECK(only("[1].fliter(x => x > 0)").help == "did you mean `filter`?");
  CHECK(only("(x: Itn) => x").help == "did you mean `Int`?");
  CHECK(has(only("[P(\"\", 1)].sortWith(p => p.age)").help, "`sortBy`"));
  CHECK(has(only("P(\"\", 1).name + \"!\"").help, "`++`"));
  const Diagnostic outside = only("val limit = 18; spore { (x: Int) => x + limit }");
  CHECK(outside.rule == "T-Var");
  CHECK(has(outside.message, "header"));
  CHECK(has(outside.help, "`limit: Int = limit`"));
  CHECK(outside.notes.at(0).span.has_value());
  const Diagnostic future = only("val f = send(populate(b, 1)); spore { (x: Int) => await(f) }");
  CHECK(has(future.notes.at(1).text, "cannot be captured"));
  CHECK(block("spore { k = 1, m = k; (x: Int) => x }") == "T-Var k");
  CHECK(block("val f = map; 1") == "T-Var map");
  CHECK(block("val x = x; 1") == "T-Var x");
}

TEST_CASE("hosts") {
  CHECK(block("populate(zz, 1)") == "T-Var zz");
  CHECK(block("populate([a, zz], 1)") == "T-Pop zz");
  CHECK(block("populate([a, a], 1)") == "distinct names a");
  CHECK(block("val h = a; populate([h], 1)") == "T-Pop h");
  CHECK(block("val b = a; populate([b], 1)") == "T-Pop b");
  CHECK(has(only("val b = a; [a, b].populate(1)").message, "`b` is a variable"));
  CHECK(block("[b].populate(1)", true, true) == "");
  CHECK(block("populate(([b, a]), 1)", true, true) == "");
  CHECK(block("respond(zz, send(populate(b, 1)), 1)") == "T-Respond zz");
  CHECK(block("val h = a; respond(h, send(populate(b, 1)), 1)") == "T-Respond h");
  CHECK(refused("host alice at alcie { 1 }") == "undeclared host alcie");
  CHECK(errorsOf("host alice at alcie { 1 }")[0].help == "did you mean `alice`?");
}

TEST_CASE("declarations") {
  CHECK(refused("host a, a") == "distinct names a");
  CHECK(refused("host a at a { 1 } at a { 2 }") == "two at-blocks a");
  CHECK(refused("host a def a: Int = 1") == "distinct names a");
  CHECK(refused("host a def f: Int = 1 def f: Int = 2") == "distinct names f");
  CHECK(refused("host a record a(n: Int)") == "distinct names a");
  CHECK(refused("host a record R(n: Int, n: Int)") == "distinct names n");
  CHECK(refused("host a record R(n: S) record S(n: Int)") == "undeclared type S");
  CHECK(refused("host a at a { spore { n = 1, n = 2; (x: Int) => n } }") == "distinct names n");
  CHECK(refused("host a at a { spore { x = 1; (x: Int) => x } }") == "distinct names x");
  CHECK(refused("check safe") == "syntax");
}

TEST_CASE("a name whose declaration has an error is known, and its type is not") {
  CHECK(misread("host a def f = 3 at a { f(1) + f; 1.f() }") == "syntax");
  CHECK(misread("host a def f = 3 at a { f + unit }") == "syntax, T-IntOp");
  CHECK(misread("host a def f = 3 at a { g }") == "syntax, T-Var");
  CHECK(misread("host a record R n at a { (r: R) => R(1).n + r.n }") == "syntax");
  CHECK(misread("host a, 1, b at a { populate([a, b], populate(b, 1)) } at b { 3 } check result b == 3") == "syntax");
}

TEST_CASE("defs") {
  CHECK(refused("host a def f: Int => Unit = (x: Int) => x") == "def (x: Int) => x");
  CHECK(refused("host a def f: Int => Int = (x: Int) => x + k at a { val k = 1; f(k) }") == "T-Var k");
  CHECK(refused("host a def f: Int => Int = (x: Int) => f(x)") == "T-Var f");
  CHECK(refused("host a def f: Int = g def g: Int = 1") == "T-Var g");
  CHECK(refused("host a def f: SiloRef[Int] = { val x = 1; populate(a, x) }") == "def populate(a, x)");
  CHECK(refused("host a def f: Int = await(send(populate(a, 1)))") == "def populate(a, 1)");
  CHECK(refused("host a def f: Int => SiloRef[Int] = (x: Int) => populate(a, x)") == "");
}

TEST_CASE("checks") {
  CHECK(refused("host a, b at a { 1 } check result a == unit") == "check unit");
  CHECK(refused("host a, b at a { 1 } check reaches b == 1") == "check b");
  CHECK(refused("host a, b at a { 1 } check result c == 1") == "undeclared host c");
  CHECK(refused("host a, b at a { 1 } check resilient 1 of a, c") == "undeclared host c");
}

TEST_CASE("what is no term") {
  CHECK(block("val f = (x: Int) => x; f()") == "syntax f()");
  CHECK(block("val f = (x: Int) => x; f(1, 2)") == "syntax f(1, 2)");
  CHECK(block("send()") == "syntax send()");
  CHECK(block("val f = (x: Int) => x; 1.f(2)") == "syntax 1.f(2)");
  CHECK(block("P(\"\", 1).age()") == "syntax P(\"\", 1).age()");
}

TEST_CASE("the core has no data") {
  CHECK(block("size(1)", true, true) == "T-Var size");
  CHECK(block("val size = (x: Int) => x; size(1)", true, true) == "");
  CHECK(block("val path = 1; fromTextFile(a, path)", true, true) == "T-Var fromTextFile");
}

TEST_CASE("text files") {
  CHECK(block("fromTextFile(a, \"no such file\")") == "file \"no such file\"");
  CHECK(block("fromTextFile(a, \"../x\")") == "file \"../x\"");
  CHECK(block("fromTextFile(a, \"/etc/hostname\")") == "file \"/etc/hostname\"");
  CHECK(block("fromTextFile(a, \"\")") == "file \"\"");
  CHECK(block("val p = \"x\"; fromTextFile(a, p)") == "file p");
}

TEST_CASE("literals") {
  const auto literal = [](const std::string& host, const std::string& rest = "") {
    return refused("config { host a: " + host + " messages: " + rest + " }");
  };
  CHECK(literal("1 + unit | { } next 0") == "T-IntOp unit");
  CHECK(literal("{ (a,0); 1 } | { } next 1") == "types (a,0)");
  CHECK(literal("1 | { (a,3) -> 1 } next 3") == "fresh (a,3)");
  CHECK(literal("1 | { (z,3) -> 1 } next 3") == "undeclared host (z,3)");
  CHECK(literal("1 | { (a,0) -> 1, (a,0) -> 1 } next 3") == "distinct names (a,0)");
  CHECK(literal("1 | { (a,0) -> 1 + 1 } next 3") == "WF-Store2 1 + 1");
  CHECK(literal("Ref(Mat((a,0)), z) | { (a,0) -> 1 } next 3") == "WF-Ref z");
  CHECK(literal("Mat((a,0)) | { (a,0) -> 1 } next 3") == "syntax Mat((a,0))");
  CHECK(literal("1 | { } next 1", "z <- Res((a,0), 1)") == "undeclared host z");
  CHECK(literal("1 | { } next 1", "a <- Req(z, Ref(Mat((a,0)), a), (a,0)) types: (a,0): Int") == "undeclared host z");
  CHECK(literal("1 | { } next 1", "types: (a,0): Int, (a,0): Host") == "types (a,0): Host");
  CHECK(literal("send(Ref($1, a)) | { } next 1", "where: $1 = $2, $2 = $1") == "where $1");
  CHECK(literal("send(Ref($3, a)) | { } next 1", "where: $1 = Mat((a,0)) types: (a,0): Int").substr(0, 6) == "syntax");
  CHECK(refused("config { host a: 1 | { } next 0 host a: 1 | { } next 0 messages: }") == "distinct names a");
  CHECK(refused("config { host a: 1 | { } next 0 messages: results: a 1 } check result a == unit") == "check unit");
  CHECK(refused("config { host a: 1 | { } next 0 messages: } check result a == 1") == "check a");
}
