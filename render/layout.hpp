// Fitting text into the columns of a screen.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lang/characters.hpp"

namespace funpass::render {

/// What the reader's screen can show.
struct Style {
  uint32_t width = 100;
  bool color = false;  ///< ANSI colours; never the only bearer of a meaning
};

/// Meanings that a colour underlines.
enum class Ink : uint8_t { Error, Note, Frame, Rule };

/// `text` in that colour, or as it is where the style has none.
std::string inked(std::string_view text, Ink ink, const Style& style);

/// The characters at the start of `text` that fit into `width` columns, and those at its end.
std::string_view head(std::string_view text, uint32_t width);
std::string_view tail(std::string_view text, uint32_t width);

/// `text`, or if it is longer than `width` its start with … behind it, or its end with … before it.
std::string firstPart(std::string_view text, uint32_t width);
std::string lastPart(std::string_view text, uint32_t width);

/// `text`, or if it is longer than `width` its start and its end with … between them.
std::string shortened(std::string_view text, uint32_t width);

/// Lines of which each is cut (…) at `width` columns, colours not counted.
std::string clipped(std::string_view lines, uint32_t width);

/// `text` and spaces up to `width`.
std::string padded(std::string_view text, uint32_t width);

/// Broken at spaces into lines of at most `width`, those after the first indented by `indent` spaces. `used`: columns
/// taken on the first line already.
std::string wrapped(std::string_view text, uint32_t width, uint32_t indent, uint32_t used = 0);

/// Cells below one another in as many equally wide columns as fit, read line by line, each line indented by two.
std::string grid(const std::vector<std::string>& cells, uint32_t width);

/// "1 step", "2 steps", "2 crashes".
std::string counted(uint64_t number, std::string_view noun);

}  // namespace funpass::render
