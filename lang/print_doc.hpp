// A document under layout: texts, places where a line may break, groups and indentation, in one flat list. A group is
// printed on one line if it fits; otherwise its breaks become new lines (all of them, or in a filled group those that
// must). The work is linear in the document, and nesting costs no stack: indentation stops growing at some depth.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace funpass::surface {

class Doc {
 public:
  /// `glued` texts (closing brackets, commas, operators) stay on their line before a `//` comment that is due.
  void text(std::string_view written, uint32_t width, bool glued = false) { add(Type::Text, written, width, glued); }
  void open(bool filled) { add(filled ? Type::OpenFilled : Type::Open); }
  void close() { add(Type::Close); }
  void indent() { add(Type::Indent); }
  void dedent() { add(Type::Dedent); }
  /// A place to break, printed as `flat` where the line does not break.
  void line(std::string_view flat, uint32_t width) { add(Type::Line, flat, width); }
  /// A line ends here; with `blank`, an empty line follows.
  void fresh(bool blank = false) { add(Type::Fresh, {}, 0, blank); }

  /// A `//` comment that ends the current line.
  void lineComment(std::string_view comment) { add(Type::LineComment, comment); }
  /// A comment on lines of its own. Its further lines move with its first, which stood `column` columns from the left.
  void ownComment(std::string_view comment, uint32_t column) { add(Type::OwnComment, comment, column); }
  /// A comment within a line.
  void inlineComment(std::string_view comment, uint32_t width);

  struct Style {
    uint32_t width = 0;                   ///< columns; 0: no break but `fresh`
    std::string_view newline = "\n";      ///< how a line ends
    std::string_view indentation = "  ";  ///< one step
    std::string_view guard = "";          ///< what goes before a line's first text if that begins with [ or *
  };
  std::string render(const Style& style) const;

 private:
  enum class Type : uint8_t { Text, Line, Fresh, Open, OpenFilled, Close, Indent, Dedent, LineComment, OwnComment };
  struct Token {
    Type type;
    bool flag;
    uint32_t width;
    size_t begin;
    size_t size;
  };
  struct Measures;
  class Writer;

  void add(Type type, std::string_view written = {}, uint32_t width = 0, bool flag = false) {
    tokens_.push_back({type, flag, width, texts_.size(), written.size()});
    texts_ += written;
  }
  std::string_view written(const Token& token) const {
    return std::string_view(texts_).substr(token.begin, token.size);
  }
  Measures measure() const;

  std::string texts_;
  std::vector<Token> tokens_;
};

}  // namespace funpass::surface
