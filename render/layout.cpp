#include "render/layout.hpp"

#include <algorithm>

namespace funpass::render {

namespace {

std::string_view code(Ink ink) {
  switch (ink) {
    case Ink::Error: return "\x1b[1;31m";
    case Ink::Note: return "\x1b[1m";
    case Ink::Frame: return "\x1b[34m";
    case Ink::Rule: return "\x1b[36m";
  }
  return {};
}

}  // namespace

std::string inked(std::string_view text, Ink ink, const Style& style) {
  if (!style.color) return std::string(text);
  return std::string(code(ink)) + std::string(text) + "\x1b[0m";
}

std::string_view head(std::string_view text, uint32_t width) {
  size_t size = 0;
  for (uint32_t column = 0; size < text.size();) {
    const size_t next = characterSize(text.substr(size));
    column += columnsOf(text.substr(size, next));
    if (column > width) break;
    size += next;
  }
  return text.substr(0, size);
}

std::string_view tail(std::string_view text, uint32_t width) {
  for (uint32_t column = columnsOf(text); column > width;) {
    const size_t first = characterSize(text);
    column -= columnsOf(text.substr(0, first));
    text.remove_prefix(first);
  }
  return text;
}

std::string firstPart(std::string_view text, uint32_t width) {
  if (columnsOf(text) <= width) return std::string(text);
  return width == 0 ? std::string() : std::string(head(text, width - 1)) + "…";
}

std::string lastPart(std::string_view text, uint32_t width) {
  if (columnsOf(text) <= width) return std::string(text);
  return width == 0 ? std::string() : "…" + std::string(tail(text, width - 1));
}

std::string shortened(std::string_view text, uint32_t width) {
  if (columnsOf(text) <= width || width == 0) return std::string(text);
  const uint32_t last = (width - 1) / 3;
  return std::string(head(text, width - 1 - last)) + "…" + std::string(tail(text, last));
}

std::string clipped(std::string_view lines, uint32_t width) {
  std::string out;
  for (size_t begin = 0; begin < lines.size();) {
    const size_t end = std::min(lines.find('\n', begin), lines.size());
    std::string kept, codes;  // what is shown, and the colours after the place where it is cut
    uint32_t column = 0;
    size_t last = 0;  // where the character begins that may have to give way to …
    for (size_t at = begin; at < end;) {
      if (lines[at] == '\x1b') {
        const size_t after = std::min(lines.find('m', at), end - 1) + 1;
        (column >= width ? codes : kept) += lines.substr(at, after - at);
        at = after;
        continue;
      }
      const std::string_view rest = lines.substr(at, end - at);
      const std::string_view one = rest.substr(0, characterSize(rest));
      const uint32_t before = column;
      column += columnsOf(one);
      if (before < width && column >= width) last = kept.size();
      if (column <= width) kept += one;
      at += one.size();
    }
    if (column > width && width > 0) kept.replace(last, std::string::npos, "…");
    out += kept + codes;
    if (end < lines.size()) out += '\n';
    begin = end + 1;
  }
  return out;
}

std::string padded(std::string_view text, uint32_t width) {
  const uint32_t length = columnsOf(text);
  return std::string(text) + std::string(length < width ? width - length : 0, ' ');
}

std::string wrapped(std::string_view text, uint32_t width, uint32_t indent, uint32_t used) {
  std::string out;
  uint32_t column = used;
  while (true) {
    const size_t word = std::min(text.find_first_not_of(' '), text.size());
    const size_t end = std::min(text.find(' ', word), text.size());
    if (word == end) return out;
    const uint32_t length = columnsOf(text.substr(word, end - word));
    if (!out.empty() && column + word + length > width) {
      out += "\n" + std::string(indent, ' ');
      column = indent;
    } else {
      out.append(word, ' ');
      column += static_cast<uint32_t>(word);
    }
    out += text.substr(word, end - word);
    column += length;
    text.remove_prefix(end);
  }
}

std::string grid(const std::vector<std::string>& cells, uint32_t width) {
  uint32_t widest = 0;
  for (const std::string& cell : cells) widest = std::max(widest, columnsOf(cell));
  const uint32_t columns = std::clamp<uint32_t>(width / (widest + 2), 1, 4);
  std::string out;
  for (size_t i = 0; i < cells.size(); ++i) {
    const bool last = i + 1 == cells.size() || (i + 1) % columns == 0;
    out += "  " + (last ? cells[i] : padded(cells[i], widest));
    if (last) out += '\n';
  }
  return out;
}

std::string counted(uint64_t number, std::string_view noun) {
  const bool hisses = noun.size() > 2 && noun.substr(noun.size() - 2) == "sh";
  return std::to_string(number) + " " + std::string(noun) + (number == 1 ? "" : hisses ? "es" : "s");
}

}  // namespace funpass::render
