#include "render/layout.hpp"

#include <algorithm>

namespace funpass::render {

namespace {

bool startsCodePoint(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

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

uint32_t codePoints(std::string_view text) {
  return static_cast<uint32_t>(std::count_if(text.begin(), text.end(), startsCodePoint));
}

std::string_view slice(std::string_view text, uint32_t begin, uint32_t count) {
  const auto after = [&](size_t from, uint32_t number) {
    size_t at = from;
    for (uint32_t i = 0; i < number && at < text.size(); ++i) {
      ++at;
      while (at < text.size() && !startsCodePoint(text[at])) ++at;
    }
    return at;
  };
  const size_t from = after(0, begin);
  return text.substr(from, after(from, count) - from);
}

std::string shortened(std::string_view text, uint32_t width) {
  const uint32_t length = codePoints(text);
  if (length <= width || width == 0) return std::string(text);
  const uint32_t tail = (width - 1) / 3;
  const uint32_t head = width - 1 - tail;
  return std::string(slice(text, 0, head)) + "…" + std::string(slice(text, length - tail, tail));
}

std::string clipped(std::string_view lines, uint32_t width) {
  std::string out;
  for (size_t begin = 0; begin < lines.size();) {
    const size_t end = std::min(lines.find('\n', begin), lines.size());
    std::string kept, codes;  // what is shown, and the colours after the place where it is cut
    uint32_t column = 0;
    size_t last = 0;  // where the last column that may have to give way to … begins
    for (size_t at = begin; at < end;) {
      if (lines[at] == '\x1b') {
        const size_t after = std::min(lines.find('m', at), end - 1) + 1;
        (column > width ? codes : kept) += lines.substr(at, after - at);
        at = after;
        continue;
      }
      const std::string_view one = slice(lines.substr(at, end - at), 0, 1);
      if (++column == width) last = kept.size();
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
  const uint32_t length = codePoints(text);
  return std::string(text) + std::string(length < width ? width - length : 0, ' ');
}

std::string wrapped(std::string_view text, uint32_t width, uint32_t indent, uint32_t used) {
  std::string out;
  uint32_t column = used;
  while (true) {
    const size_t word = std::min(text.find_first_not_of(' '), text.size());
    const size_t end = std::min(text.find(' ', word), text.size());
    if (word == end) return out;
    const uint32_t length = codePoints(text.substr(word, end - word));
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
  for (const std::string& cell : cells) widest = std::max(widest, codePoints(cell));
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
