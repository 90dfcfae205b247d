#include "lang/print_doc.hpp"

#include <algorithm>

#include "lang/characters.hpp"

namespace funpass::surface {

namespace {

/// The width of what cannot stand on one line.
constexpr uint64_t never = uint64_t{1} << 40;

}  // namespace

void Doc::inlineComment(std::string_view comment, uint32_t width) {
  add(Type::Text, comment, width, false);
  if (comment.find('\n') != std::string_view::npos) add(Type::LineComment);  // an empty one: the group must break
}

/// For each token: the columns before it if nothing breaks, the columns of text from it to the next possible break, and
/// for an opening or a break the token where its group or its part of the line ends.
struct Doc::Measures {
  std::vector<uint64_t> before;
  std::vector<uint64_t> tail;
  std::vector<size_t> end;
};

Doc::Measures Doc::measure() const {
  const size_t count = tokens_.size();
  Measures m{std::vector<uint64_t>(count + 1), std::vector<uint64_t>(count + 1), std::vector<size_t>(count + 1, count)};
  std::vector<size_t> opened;            // groups around the current token
  std::vector<size_t> lastBreak{count};  // the last break of each, and of the outermost level; `count`: none
  for (size_t i = 0; i < count; ++i) {
    uint64_t width = 0;
    switch (tokens_[i].type) {
      case Type::Text: width = tokens_[i].width; break;
      case Type::Line:
        width = tokens_[i].width;
        if (lastBreak.back() != count) m.end[lastBreak.back()] = i;
        lastBreak.back() = i;
        break;
      case Type::Open:
      case Type::OpenFilled:
        opened.push_back(i);
        lastBreak.push_back(count);
        break;
      case Type::Close:
        if (lastBreak.back() != count) m.end[lastBreak.back()] = i;
        lastBreak.pop_back();
        m.end[opened.back()] = i;
        opened.pop_back();
        break;
      case Type::Fresh:
      case Type::LineComment:
      case Type::OwnComment: width = never; break;
      case Type::Indent:
      case Type::Dedent: break;
    }
    m.before[i + 1] = m.before[i] + width;
  }
  uint64_t glued = 0;  // columns of the glued texts that follow at once
  for (size_t i = count; i-- > 0;) {
    const Token& token = tokens_[i];
    switch (token.type) {
      case Type::Text:
        m.tail[i] = m.tail[i + 1] + token.width;
        glued = token.flag ? glued + token.width : 0;
        break;
      case Type::LineComment: m.tail[i] = glued; break;
      case Type::Line:
      case Type::Fresh:
      case Type::OwnComment: glued = 0; break;
      case Type::Open:
      case Type::OpenFilled:
      case Type::Close:
      case Type::Indent:
      case Type::Dedent: m.tail[i] = m.tail[i + 1]; break;
    }
  }
  return m;
}

/// The output, with the line under construction.
class Doc::Writer {
 public:
  explicit Writer(const Style& style) : style_(style) {
    const size_t deepest = style.width > 48 ? style.width - 24 : style.width / 2;
    deepest_ = style.width == 0 ? 40 : deepest;
  }

  std::string take() {
    endLine();
    while (!out_.empty() && (out_.back() == ' ' || out_.back() == '\n')) out_.pop_back();
    return std::move(out_);
  }

  void text(std::string_view written, uint32_t width, bool glued) {
    if (over_ || (!due_.empty() && !glued)) newline();
    if (lineEmpty_ && !written.empty() && written[0] == ' ') {
      written.remove_prefix(1);
      --width;
      if (written.empty()) return;
    }
    begin();
    if (lineEmpty_ && !style_.guard.empty() && !written.empty() && (written[0] == '[' || written[0] == '*'))
      out_ += style_.guard;
    out_ += written;
    const size_t lastLine = written.rfind('\n');
    column_ = lastLine == std::string_view::npos ? column_ + width : columnsOf(written.substr(lastLine + 1));
    lineEmpty_ = false;
  }

  void newline() {
    endLine();
    out_ += style_.newline;
    start();
  }

  void fresh(bool blank) {
    if (!lineEmpty_) newline();
    if (blank && !out_.empty()) out_ += '\n';
  }

  void lineComment(std::string_view comment) {
    if (comment.empty()) return;
    if (lineIsOver()) newline();
    if (lineEmpty_) {
      ownComment(comment, 0);
    } else {
      due_ = comment;
    }
  }

  void ownComment(std::string_view comment, uint32_t oldColumn) {
    if (!lineEmpty_) newline();
    begin();
    const size_t newColumn = column_;
    for (size_t at = 0;;) {
      const size_t end = comment.find('\n', at);
      std::string_view line = comment.substr(at, end == std::string_view::npos ? end : end - at);
      if (at > 0) {
        size_t spaces = std::min(line.find_first_not_of(' '), line.size());
        if (oldColumn > newColumn) {
          line.remove_prefix(std::min<size_t>(spaces, oldColumn - newColumn));
        } else if (spaces < line.size()) {
          out_.append(newColumn - oldColumn, ' ');
        }
      }
      out_ += line;
      if (end == std::string_view::npos) break;
      out_ += '\n';
      at = end + 1;
    }
    lineEmpty_ = false;
    over_ = true;
  }

  bool lineIsOver() const { return over_ || !due_.empty(); }
  void indent(int by) { level_ += by; }
  uint64_t column() const { return lineEmpty_ ? indentation() : column_; }

 private:
  size_t indentation() const { return std::min<size_t>(static_cast<size_t>(level_) * 2, deepest_); }
  void begin() {
    if (!lineEmpty_) return;
    for (size_t k = indentation() / 2; k > 0; --k) out_ += style_.indentation;
    column_ = indentation() / 2 * 2;
  }
  void endLine() {
    while (!out_.empty() && out_.back() == ' ') out_.pop_back();
    if (!due_.empty()) out_.append(" ").append(due_);
    due_ = {};
  }
  void start() {
    column_ = 0;
    lineEmpty_ = true;
    over_ = false;
  }

  const Style& style_;
  size_t deepest_ = 0;
  std::string out_;
  std::string_view due_;  // a `//` comment to write when the line ends
  int64_t level_ = 0;
  uint64_t column_ = 0;
  bool lineEmpty_ = true;
  bool over_ = false;  // nothing may follow on this line
};

std::string Doc::render(const Style& style) const {
  const Measures m = measure();
  Writer writer(style);
  enum class Mode : uint8_t { Flat, Broken, Filled };
  std::vector<Mode> modes{style.width == 0 ? Mode::Flat : Mode::Broken};
  const auto fits = [&](size_t begin, size_t end) {
    return writer.column() + (m.before[end] - m.before[begin]) + m.tail[end] <= style.width;
  };
  for (size_t i = 0; i < tokens_.size(); ++i) {
    const Token& token = tokens_[i];
    switch (token.type) {
      case Type::Text: writer.text(written(token), token.width, token.flag); break;
      case Type::Line: {
        const size_t end = m.end[i];
        const bool flat = modes.back() == Mode::Flat || (modes.back() == Mode::Filled && fits(i, end));
        if (flat && !writer.lineIsOver()) {
          if (token.size > 0) writer.text(written(token), token.width, true);
        } else {
          writer.newline();
        }
        break;
      }
      case Type::Fresh: writer.fresh(token.flag); break;
      case Type::Open:
      case Type::OpenFilled:
        if (modes.back() == Mode::Flat || fits(i, m.end[i])) {
          modes.push_back(Mode::Flat);
        } else {
          modes.push_back(token.type == Type::Open ? Mode::Broken : Mode::Filled);
        }
        break;
      case Type::Close: modes.pop_back(); break;
      case Type::Indent: writer.indent(+1); break;
      case Type::Dedent: writer.indent(-1); break;
      case Type::LineComment: writer.lineComment(written(token)); break;
      case Type::OwnComment: writer.ownComment(written(token), token.width); break;
    }
  }
  return writer.take();
}

}  // namespace funpass::surface
