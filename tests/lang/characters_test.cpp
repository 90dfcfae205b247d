#include "lang/characters.hpp"

#include <doctest/doctest.h>

using namespace funpass;

TEST_CASE("columns of characters") {
  CHECK(columnsOf("") == 0);
  CHECK(columnsOf("abc") == 3);
  CHECK(columnsOf("x̄→éσ│𝛔") == 6);
  CHECK(columnsOf("漢字かなカナ한글，") == 18);
  CHECK(columnsOf("\uFF76") == 1);      // a narrow kana
  CHECK(columnsOf("\U0002A7FF") == 2);  // ideographs, assigned or not
  CHECK(columnsOf("😀🦀") == 4);
  CHECK(columnsOf("❤") == 1);
  CHECK(columnsOf("🇺🇳") == 2);
  CHECK(columnsOf("e\u0301\u0323") == 1);
  CHECK(columnsOf("\u1112\u1161\u11AB") == 2);  // a syllable of Hangul in its parts
}

TEST_CASE("what joins a character belongs to it") {
  CHECK(characterSize("") == 0);
  CHECK(characterSize("ab") == 1);
  CHECK(characterSize("漢b") == 3);
  CHECK(characterSize("e\u0301\u0323b") == 5);
  CHECK(characterSize("\u0301b") == 2);
}

TEST_CASE("code points of UTF-8, and bytes that are none") {
  for (const auto& [text, value] : std::initializer_list<std::pair<std::string_view, uint32_t>>{
           {"a", 0x61}, {"é", 0xE9}, {"→", 0x2192}, {"\U0010FFFF", 0x10FFFF}}) {
    CHECK(firstCodePoint(text).value == value);
    CHECK(firstCodePoint(text).size == text.size());
  }
  CHECK(firstCodePoint("\xFFz").value == 0xFFFD);
  CHECK(firstCodePoint("\xFFz").size == 1);
  CHECK(firstCodePoint("\xC0\x80z").size == 2);
}

TEST_CASE("what is hidden is made visible") {
  CHECK(visible("aé漢\n😀") == "aé漢\n😀");
  CHECK(visible(std::string_view("\0\t\x1B\x7F", 4)) == "\\u{0}\\u{9}\\u{1b}\\u{7f}");
  CHECK(visible("\u0085\u00AD\u200B\u2028\uFEFF") == "\\u{85}\\u{ad}\\u{200b}\\u{2028}\\u{feff}");
  CHECK(visible("\u202E\u2066\u200F\u061C") == "\\u{202e}\\u{2066}\\u{200f}\\u{61c}");
  CHECK(visible("❤\uFE0F\u200D\u3164") == "❤\uFE0F\\u{200d}\\u{3164}");
  CHECK(visible("\uE000\U000E0041\U0010FFFD") == "\\u{e000}\\u{e0041}\\u{10fffd}");
  CHECK(visible("a\xFF") == "a\uFFFD");
}
