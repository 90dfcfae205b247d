#include "lang/characters.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace funpass {

namespace {

constexpr uint32_t kIllFormed = 0xFFFD;

struct Range {
  uint32_t first, last;
};

constexpr auto kHidden = std::to_array<Range>({
#define FP_HIDDEN(first, last) {first, last},
#include "lang/characters.def"
});
constexpr auto kJoining = std::to_array<Range>({
#define FP_JOINING(first, last) {first, last},
#include "lang/characters.def"
});
constexpr auto kWide = std::to_array<Range>({
#define FP_WIDE(first, last) {first, last},
#include "lang/characters.def"
});

template <std::size_t count>
bool isIn(const std::array<Range, count>& ranges, uint32_t c) {
  const auto after =
      std::upper_bound(ranges.begin(), ranges.end(), c, [](uint32_t of, Range in) { return of < in.first; });
  return after != ranges.begin() && c <= std::prev(after)->last;
}

uint32_t widthOf(uint32_t c) { return c < 0x300 ? 1 : joins(c) ? 0 : isIn(kWide, c) ? 2 : 1; }

}  // namespace

std::size_t utf8Length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return follows(1) ? 2 : 0;
  if (lead < 0xF0) {
    const bool overlong = lead == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = lead == 0xED && byte(1) >= 0xA0;
    return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (lead > 0xF4) return 0;
  const bool overlong = lead == 0xF0 && byte(1) < 0x90;
  const bool tooLarge = lead == 0xF4 && byte(1) >= 0x90;
  return follows(1) && follows(2) && follows(3) && !overlong && !tooLarge ? 4 : 0;
}

CodePoint firstCodePoint(std::string_view text) {
  uint32_t value = static_cast<unsigned char>(text[0]);
  std::size_t size = utf8Length(text);
  if (size == 0) {
    while (++size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) continue;
    return {kIllFormed, size};
  }
  if (size > 1) value &= 0x7FU >> size;
  for (std::size_t i = 1; i < size; ++i) value = (value << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  return {value, size};
}

bool joins(uint32_t codePoint) { return isIn(kJoining, codePoint); }

bool isHidden(uint32_t codePoint) { return isIn(kHidden, codePoint); }

std::string escape(uint32_t codePoint) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string number;
  for (; codePoint != 0 || number.empty(); codePoint /= 16) number.insert(number.begin(), digits[codePoint % 16]);
  return "\\u{" + number + "}";
}

std::string visible(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const CodePoint first = firstCodePoint(text);
    if (first.value == kIllFormed) {
      out += "\uFFFD";
    } else if (first.value != '\n' && isHidden(first.value)) {
      out += escape(first.value);
    } else {
      out += text.substr(0, first.size);
    }
    text.remove_prefix(first.size);
  }
  return out;
}

uint32_t columnsOf(std::string_view text) {
  uint32_t columns = 0;
  while (!text.empty()) {
    const CodePoint first = firstCodePoint(text);
    columns += widthOf(first.value);
    text.remove_prefix(first.size);
  }
  return columns;
}

std::size_t characterSize(std::string_view text) {
  if (text.empty()) return 0;
  std::size_t size = firstCodePoint(text).size;
  while (size < text.size()) {
    const CodePoint next = firstCodePoint(text.substr(size));
    if (!joins(next.value)) break;
    size += next.size;
  }
  return size;
}

}  // namespace funpass
