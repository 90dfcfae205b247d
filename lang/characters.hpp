// The characters of a UTF-8 text as a screen shows them: how many columns they take, and which cannot be seen.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace funpass {

/// How many bytes the well-formed UTF-8 sequence at the start of `text` (not empty) has, or 0.
std::size_t utf8Length(std::string_view text);

/// A code point and how many bytes it has.
struct CodePoint {
  uint32_t value;
  std::size_t size;
};

/// The first code point of `text`, which is not empty; U+FFFD for bytes that are not UTF-8.
CodePoint firstCodePoint(std::string_view text);

/// True of what joins the character before it: a combining mark.
bool joins(uint32_t codePoint);

/// True of what must not reach a screen as it is: control characters, what turns the direction of writing, what has no
/// look of its own or none that is known.
bool isHidden(uint32_t codePoint);

/// `\u{…}`, as in a string literal.
std::string escape(uint32_t codePoint);

/// `text` with escapes for what is hidden, except for the ends of its lines.
std::string visible(std::string_view text);

/// The columns that `text` takes on a terminal: two for a wide character, none for one that joins another.
uint32_t columnsOf(std::string_view text);

/// How many bytes the first character of `text` has, with all that joins it; 0 if there is none.
std::size_t characterSize(std::string_view text);

}  // namespace funpass
