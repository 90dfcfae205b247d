#include "render/layout.hpp"

#include <doctest/doctest.h>

using namespace funpass::render;

TEST_CASE("texts are cut and padded by columns, never within a character") {
  CHECK(head("a→b→c", 3) == "a→b");
  CHECK(tail("a→b→c", 3) == "b→c");
  CHECK(head("漢字", 3) == "漢");
  CHECK(tail("漢字", 3) == "字");
  CHECK(head("e\u0301x", 1) == "e\u0301");
  CHECK(tail("xe\u0301", 1) == "e\u0301");
  CHECK(head("漢", 1).empty());
  CHECK(tail("ab", 5) == "ab");
  CHECK(firstPart("漢字漢", 4) == "漢…");
  CHECK(lastPart("漢字漢", 4) == "…漢");
  CHECK(firstPart("漢字", 4) == "漢字");
  CHECK(lastPart("ab", 0).empty());
  CHECK(padded("→", 3) == "→  ");
  CHECK(padded("漢", 3) == "漢 ");
  CHECK(padded("e\u0301", 3) == "e\u0301  ");
}

TEST_CASE("what is too long loses its middle") {
  CHECK(shortened("abcdef", 6) == "abcdef");
  CHECK(shortened("abcdefghij", 7) == "abcd…ij");
  CHECK(funpass::columnsOf(shortened("σσσσσσσσσσσσ", 5)) == 5);
  CHECK(shortened("漢字漢字漢字", 8) == "漢字…字");
  CHECK(shortened("abc", 1) == "…");
}

TEST_CASE("lines break at spaces and keep wide gaps inside") {
  CHECK(wrapped("one two three", 8, 2) == "one two\n  three");
  CHECK(wrapped("a   b", 20, 0) == "a   b");
  CHECK(wrapped("aaaa   bbbb", 8, 1) == "aaaa\n bbbb");
  CHECK(wrapped("verylongword x", 4, 2) == "verylongword\n  x");
  CHECK(wrapped("ab cd", 8, 3, 5) == "ab\n   cd");
  CHECK(wrapped("漢字 漢字", 8, 0) == "漢字\n漢字");
}

TEST_CASE("cells stand in columns") {
  CHECK(grid({"a", "bb", "c"}, 8) == "  a   bb\n  c\n");
  CHECK(grid({"漢", "b", "c", "d"}, 8) == "  漢  b\n  c   d\n");
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
  CHECK(clipped("漢字", 4) == "漢字");
  CHECK(clipped("漢字a", 4) == "漢…");
  CHECK(clipped("漢字a", 3) == "漢…");
  CHECK(clipped("abce\u0301", 4) == "abce\u0301");
  CHECK(clipped("abce\u0301f", 4) == "abc…");
  CHECK(clipped("\x1b[36mabcdef\x1b[0m\n", 4) == "\x1b[36mabc…\x1b[0m\n");
  CHECK(clipped("\x1b[36mabcd\x1b[0mef\n", 4) == "\x1b[36mabc…\x1b[0m\n");
}
