#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "lang/parse.hpp"
#include "lang/print.hpp"

using namespace funpass;
using namespace funpass::surface;

namespace {

std::string formatted(const std::string& text, uint32_t width = 100) {
  const Source source("test.fp", text);
  Diagnostics problems;
  const Tree tree = parse(source, {}, problems);
  REQUIRE_MESSAGE(problems.empty(), text);
  return format(source, tree, width);
}

/// Formats, and checks that formatting again changes nothing and that the comments are still there.
std::string stable(const std::string& text, uint32_t width = 100) {
  const std::string once = formatted(text, width);
  CHECK(formatted(once, width) == once);
  return once;
}

}  // namespace

TEST_CASE("format: one statement a line, empty lines as the author grouped them") {
  CHECK(stable("host a,b\n\n\n\nat a{val x:Int=1;f(x);\n\n\n x+1}at b { unit }\ncheck safe") ==
        "host a, b\n"
        "\n"
        "at a {\n"
        "  val x: Int = 1;\n"
        "  f(x);\n"
        "\n"
        "  x + 1\n"
        "}\n"
        "at b {\n"
        "  unit\n"
        "}\n"
        "check safe\n");
}

TEST_CASE("format: comments keep their places") {
  const std::string text =
      "// What it does.\n"
      "host a, b // two\n"
      "\n"
      "/* a block */\n"
      "at a { // begins\n"
      "  // first\n"
      "  val x = 1; // one\n"
      "\n"
      "  // second, after an empty line\n"
      "  val y /* why */ = x +\n"
      "    // because\n"
      "    2; /* two */\n"
      "  f(/* left */ x, y /* right */)\n"
      "  // ends\n"
      "}\n"
      "// the end\n";
  CHECK(stable(text) ==
        "// What it does.\n"
        "host a, b // two\n"
        "\n"
        "/* a block */\n"
        "at a { // begins\n"
        "  // first\n"
        "  val x = 1; // one\n"
        "\n"
        "  // second, after an empty line\n"
        "  val y =\n"
        "    /* why */ x +\n"
        "    // because\n"
        "    2; /* two */\n"
        "  f(/* left */ x, y /* right */)\n"
        "  // ends\n"
        "}\n"
        "// the end\n");
}

TEST_CASE("format: a comment of several lines moves as a whole") {
  CHECK(stable("host a\nat a {\n      /* one\n           two\n         three */\n      1\n}\n") ==
        "host a\n"
        "at a {\n"
        "  /* one\n"
        "       two\n"
        "     three */\n"
        "  1\n"
        "}\n");
}

TEST_CASE("format: line ends and a byte order mark") {
  CHECK(stable("\xEF\xBB\xBFhost a // x  \r\n\r\nat a { 1 } /* y\r\n z */\r\n") ==
        "host a // x\n\nat a {\n  1\n} /* y\n z */\n");
}

TEST_CASE("format: long lines") {
  const std::string text =
      "host a, b\n"
      "at a {\n"
      "  val s = apply(r, spore { k: Int = 3, l: Int = 4; (x: Int) => populate(currentHost, x * k + l) });\n"
      "  val t = r.apply(spore { x => val y = x + 1; populate(currentHost, y) });\n"
      "  val total = await(send(s)) + await(send(t)) + await(send(s)) + await(send(t));\n"
      "  await(send(populate(b, if (total < 3) 1 else if (total == 4) { val z = 5; z } else 6)))\n"
      "}\n";
  CHECK(stable(text, 60) ==
        "host a, b\n"
        "at a {\n"
        "  val s = apply(r, spore {\n"
        "    k: Int = 3,\n"
        "    l: Int = 4;\n"
        "    (x: Int) => populate(currentHost, x * k + l)\n"
        "  });\n"
        "  val t = r.apply(spore { x =>\n"
        "    val y = x + 1;\n"
        "    populate(currentHost, y)\n"
        "  });\n"
        "  val total =\n"
        "    await(send(s)) + await(send(t)) + await(send(s)) +\n"
        "    await(send(t));\n"
        "  await(send(populate(\n"
        "    b,\n"
        "    if (total < 3)\n"
        "      1\n"
        "    else if (total == 4) {\n"
        "      val z = 5;\n"
        "      z\n"
        "    } else 6\n"
        "  )))\n"
        "}\n");
}

TEST_CASE("format: what the author wrote in parentheses stays in them") {
  CHECK(stable("host a at a { ((1)) + (2 * 3) }") == "host a\nat a {\n  ((1)) + (2 * 3)\n}\n");
}

TEST_CASE("format: configuration literals") {
  const std::string text =
      "config { // a state\n"
      "  host a: await((a,1)) + 1 | { }             next 2   asked { (a,1) -> Ref($1, [b, c]) at nobody }\n"
      "  // gone\n"
      "  host b: crashed                            next 0\n"
      "  host c: unit             | { (a,0) -> 5 }  next 0   asked { }\n"
      "  messages: c <- Req(a, Ref($1, [b, c]), (a,1))\n"
      "  results: a none\n"
      "  budgets: crashes 0, restarts 1, drops 0, duplicates 0 among b, c\n"
      "  types: (a,0): Int, (a,1): Int\n"
      "  where: $1 = Applied((a,1), Mat((a,0)), spore { (x: Int) => populate(currentHost, x * 2) })\n"
      "}\n";
  CHECK(stable(text) ==
        "config { // a state\n"
        "  host a: await((a,1)) + 1 | { } next 2 asked { (a,1) -> Ref($1, [b, c]) at nobody }\n"
        "  // gone\n"
        "  host b: crashed next 0\n"
        "  host c: unit | { (a,0) -> 5 } next 0 asked { }\n"
        "  messages: c <- Req(a, Ref($1, [b, c]), (a,1))\n"
        "  results: a none\n"
        "  budgets: crashes 0, restarts 1, drops 0, duplicates 0 among b, c\n"
        "  types: (a,0): Int, (a,1): Int\n"
        "  where: $1 = Applied((a,1), Mat((a,0)), spore { (x: Int) => populate(currentHost, x * 2) })\n"
        "}\n");
}

TEST_CASE("format: comments at all places keep their order") {
  const std::vector<std::string> tokens{
      "host", "a", ",", "b",     "\n",    "at",   "a",        "{", "val", "s",     ":",      "SiloRef", "[",  "Int",
      "]",    "=", "r", ".",     "apply", "(",    "spore",    "{", "k",   ":",     "Int",    "=",       "3",  ";",
      "(",    "x", ":", "Int",   ")",     "=>",   "populate", "(", "b",   ",",     "x",      "*",       "k",  ")",
      "}",    ")", ";", "await", "(",     "send", "(",        "s", ")",   ")",     "+",      "f",       "(",  "1",
      ",",    "{", "1", ";",     "2",     "}",    ")",        "}", "\n",  "check", "result", "a",       "==", "5"};
  const std::vector<std::string> comments{"/* c */", "// c\n", "\n// c\n", "\n/* c */\n", "\n/* c */ "};
  for (const std::string& comment : comments) {
    for (size_t place = 0; place < tokens.size(); ++place) {
      std::string text;
      for (size_t i = 0; i < tokens.size(); ++i) text += tokens[i] + " " + (i == place ? comment + " " : "");
      CAPTURE(text);
      for (const uint32_t width : {30U, 100U}) {
        const std::string result = stable(text, width);
        CHECK(result.find(comment.find("//") != std::string::npos ? "// c\n" : "/* c */") != std::string::npos);
      }
    }
  }
}

TEST_CASE("format: a long chain takes no stack and linear time") {
  std::string text = "host a\nat a {\n";
  for (int i = 0; i < 100'000; ++i) text += "  val x" + std::to_string(i) + " = 1; // one\n";
  text += "  0";
  for (int i = 0; i < 100'000; ++i) text += " + 1";
  text += "\n}\n";
  const std::string once = formatted(text);
  CHECK(once.size() < 2 * text.size());
  CHECK(formatted(once) == once);
}
