#include "lang/print_text.hpp"

#include <array>

#include "lang/characters.hpp"

namespace funpass::surface {

namespace {

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

struct Symbol {
  std::string_view source, paper, latex;
};
/// In all texts a space or a line's end follows them.
constexpr std::array<Symbol, 3> arrows{{
    {"=>", "⇒", "\\Rightarrow"},
    {"->", "↦", "\\mapsto"},
    {"<-", "←", "\\leftarrow"},
}};

const Symbol* arrowAt(std::string_view text) {
  for (const Symbol& arrow : arrows) {
    if (text.substr(0, 2) == arrow.source) return &arrow;
  }
  return nullptr;
}

std::string onPaper(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const Symbol* arrow = arrowAt(text);
    out += arrow != nullptr ? arrow->paper : text.substr(0, 1);
    text.remove_prefix(arrow != nullptr ? 2 : 1);
  }
  return out;
}

/// Operators and punctuation have their own spacing in math mode; other spaces must be asked for.
std::string inMath(std::string_view text, bool& tight) {
  constexpr std::string_view spacing = "=<>+-*|:,;&";
  std::string out;
  while (!text.empty()) {
    const char c = text[0];
    size_t used = 1;
    bool nowTight = false;
    if (const Symbol* arrow = arrowAt(text); arrow != nullptr) {
      out += arrow->latex;
      used = 2;
      nowTight = true;
    } else if (isLetter(c)) {
      while (used < text.size() && isLetter(text[used])) ++used;
      out.append("\\mathsf{").append(text.substr(0, used)).append("}");
    } else if (c == ' ') {
      const bool next = text.size() > 1 && spacing.find(text[1]) != std::string_view::npos;
      out += tight || next ? " " : "\\;";
      nowTight = tight;
    } else if (c == '|') {
      out += "\\mid";
      nowTight = true;
    } else if (c == '!') {
      out += "\\lnot ";
    } else if (c == '{' || c == '}' || c == '$') {
      out.append("\\").append(1, c);
    } else {
      out += c;
      nowTight = spacing.find(c) != std::string_view::npos;
    }
    tight = nowTight;
    text.remove_prefix(used);
  }
  return out;
}

}  // namespace

std::string quoted(std::string_view contents) {
  std::string out = "\"";
  bool bare = true;  // after the quote or an escape, which nothing may join
  while (!contents.empty()) {
    const CodePoint c = firstCodePoint(contents);
    const std::string_view written = contents.substr(0, c.size);
    contents.remove_prefix(c.size);
    if (c.value == '"' || c.value == '\\') {
      out.append("\\").append(written);
    } else if (c.value == '\n') {
      out += "\\n";
    } else if (c.value == '\t') {
      out += "\\t";
    } else if (c.value == '\r') {
      out += "\\r";
    } else if (isHidden(c.value) || (bare && joins(c.value))) {
      out += escape(c.value);
    } else {
      out += written;
      bare = false;
      continue;
    }
    bare = true;
  }
  return out += '"';
}

std::string escapedForLatex(std::string_view text) {
  constexpr std::string_view special = "\\{}$&#^_%~<>|`'-";  // the last three would join with their neighbours
  std::string out;
  for (const char c : text) {
    if (c == ' ') {
      out += "\\ ";
    } else if (special.find(c) != std::string_view::npos) {
      out.append("{\\char").append(std::to_string(static_cast<int>(c))).append("}");
    } else {
      out += c;
    }
  }
  return out;
}

std::string spelled(std::string_view text, Notation notation, bool& tight) {
  switch (notation) {
    case Notation::Source: break;
    case Notation::Paper: return onPaper(text);
    case Notation::Latex: return inMath(text, tight);
  }
  return std::string(text);
}

std::string spelledName(std::string_view name, Notation notation) {
  if (notation != Notation::Latex) return std::string(name);
  if (name.size() == 1 && (isLetter(name[0]) || isDigit(name[0]))) return std::string(name);
  if (name == "…") return "\\ldots";
  std::string out = "\\mathit{";
  for (const char c : name) {
    if (c == '_') out += '\\';
    out += c;
  }
  return out += '}';
}

std::string spelledString(std::string_view contents, Notation notation) {
  std::string source = quoted(contents);
  return notation == Notation::Latex ? "\\texttt{" + escapedForLatex(source) + "}" : source;
}

}  // namespace funpass::surface
