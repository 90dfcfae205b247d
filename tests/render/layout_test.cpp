#include "render/layout.hpp"

#include <doctest/doctest.h>

using namespace funpass::render;

TEST_CASE("columns are code points") {
  CHECK(codePoints("") == 0);
  CHECK(codePoints("x̄→é") == 4);
  CHECK(slice("a→b→c", 1, 3) == "→b→");
  CHECK(slice("ab", 5, 1).empty());
  CHECK(padded("→", 3) == "→  ");
}

TEST_CASE("what is too long loses its middle") {
  CHECK(shortened("abcdef", 6) == "abcdef");
  CHECK(shortened("abcdefghij", 7) == "abcd…ij");
  CHECK(codePoints(shortened("σσσσσσσσσσσσ", 5)) == 5);
  CHECK(shortened("abc", 1) == "…");
}

TEST_CASE("lines break at spaces and keep wide gaps inside") {
  CHECK(wrapped("one two three", 8, 2) == "one two\n  three");
  CHECK(wrapped("a   b", 20, 0) == "a   b");
  CHECK(wrapped("aaaa   bbbb", 8, 1) == "aaaa\n bbbb");
  CHECK(wrapped("verylongword x", 4, 2) == "verylongword\n  x");
  CHECK(wrapped("ab cd", 8, 3, 5) == "ab\n   cd");
}

TEST_CASE("cells stand in columns") {
  CHECK(grid({"a", "bb", "c"}, 8) == "  a   bb\n  c\n");
  CHECK(grid({}, 80).empty());
}

TEST_CASE("colours are added only where they are wanted") {
  Style style;
  CHECK(inked("x", Ink::Error, style) == "x");
  style.color = true;
  CHECK(inked("x", Ink::Error, style) != "x");
}

TEST_CASE("lines are clipped to the width, colours not counted") {
  CHECK(clipped("abc\nabcdef\n\nαβγδε", 4) == "abc\nabc…\n\nαβγ…");
  CHECK(clipped("abcd", 4) == "abcd");
  CHECK(clipped("\x1b[36mabcdef\x1b[0m\n", 4) == "\x1b[36mabc…\x1b[0m\n");
}
