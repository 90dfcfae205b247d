#include "render/diagnostic.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "lang/rules.hpp"

namespace funpass::render {

namespace {

constexpr uint32_t kTab = 4;
constexpr uint32_t kNarrowest = 40;

std::string place(const Source& source, Span span) {
  const Position at = source.position(span.begin);
  return visible(source.name()) + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

// The statement of the diagnostic's rule, if it names one.
std::optional<std::string> statement(const Diagnostic& diagnostic) {
  const std::optional<Rule> rule = ruleNamed(diagnostic.rule);
  if (!rule) return std::nullopt;
  return "rule " + std::string(info(*rule).name) + ": " + std::string(info(*rule).statement);
}

// A line as it is shown: tabs are spaces, and what is hidden is escaped.
struct Shown {
  std::string text;
  std::vector<uint32_t> column;  // per code point of the line, and its end: the column it is shown in, from 0
};

Shown shown(std::string_view line) {
  Shown result;
  uint32_t end = 0;
  uint32_t last = 0;  // where the last character begins
  while (!line.empty()) {
    const CodePoint c = firstCodePoint(line);
    const std::string text = c.value == '\t' ? std::string(kTab, ' ') : visible(line.substr(0, c.size));
    const uint32_t width = columnsOf(text);
    if (width > 0) last = end;
    result.column.push_back(last);
    result.text += text;
    end += width;
    line.remove_prefix(c.size);
  }
  result.column.push_back(end);
  return result;
}

// A span on its first line.
struct Mark {
  uint32_t line;
  uint32_t begin, end;  // columns from 0 on the shown line
  uint32_t lastLine;
  bool primary;
  std::string_view label;
};

Mark markOf(const Source& source, Span span, bool primary, std::string_view label) {
  const Position from = source.position(span.begin);
  const Position to = source.position(std::max(span.begin, span.end));
  const Shown line = shown(source.line(from.line));
  const auto columnAt = [&](uint32_t column) {
    return line.column[std::min<size_t>(column - 1, line.column.size() - 1)];
  };
  Mark mark{from.line, columnAt(from.column), line.column.back(), to.line, primary, label};
  // A span that ends where a line begins ends on the line before.
  if (to.line > from.line && to.column == 1 && to.line == from.line + 1) mark.lastLine = from.line;
  if (to.line == from.line) mark.end = columnAt(to.column);
  mark.end = std::max(mark.end, mark.begin + 1);
  return mark;
}

// Which columns of a long line are shown, so that the mark's start is among them.
struct Window {
  uint32_t begin = 0;
  uint32_t count = 0;
};

Window windowFor(uint32_t length, uint32_t begin, uint32_t room) {
  if (length <= room) return {0, room};
  if (begin + 1 <= room / 2) return {0, room};
  return {begin - room / 3, room};
}

class Excerpt {
 public:
  Excerpt(const Source& source, std::vector<Mark> marks, const Style& style)
      : source_(source), marks_(std::move(marks)), style_(style) {
    uint32_t last = 1;
    for (const Mark& mark : marks_) last = std::max(last, mark.line);
    gutter_ = static_cast<uint32_t>(std::to_string(last).size());
    room_ = std::max(style.width, kNarrowest) - gutter_ - 3;
    std::stable_sort(marks_.begin(), marks_.end(), [](const Mark& a, const Mark& b) { return a.line < b.line; });
  }

  uint32_t gutter() const { return gutter_; }
  std::string bar() const { return std::string(gutter_ + 1, ' ') + inked("|", Ink::Frame, style_); }

  std::string text() const {
    std::string out;
    for (size_t i = 0; i < marks_.size();) {
      const uint32_t number = marks_[i].line;
      if (i > 0 && number > marks_[i - 1].line + 1) out += inked("...", Ink::Frame, style_) + "\n";
      size_t end = i;
      const Mark* leader = &marks_[i];
      for (; end < marks_.size() && marks_[end].line == number; ++end)
        if (marks_[end].primary) leader = &marks_[end];
      const Shown line = shown(source_.line(number));
      const Window window = windowFor(line.column.back(), leader->begin, room_);
      const std::string label = std::to_string(number);
      out += inked(std::string(gutter_ - label.size(), ' ') + label + " |", Ink::Frame, style_);
      const std::string clipped = clip(line, window);
      out += clipped.empty() ? "\n" : " " + clipped + "\n";
      for (; i < end; ++i) out += bar() + " " + carets(marks_[i], window) + "\n";
    }
    return out;
  }

 private:
  std::string clip(const Shown& line, Window window) const {
    const uint32_t length = line.column.back();
    const bool before = window.begin > 0;
    if (!before) return firstPart(line.text, window.count);
    const std::string_view rest = tail(line.text, length - window.begin - 1);
    // A wide character may be cut in two.
    const std::string left = "…" + std::string(length - window.begin - 1 - columnsOf(rest), ' ');
    return left + firstPart(rest, window.count - columnsOf(left));
  }

  std::string carets(const Mark& mark, Window window) const {
    const uint32_t begin = mark.begin - std::min(mark.begin, window.begin);
    uint32_t end = mark.end - std::min(mark.end, window.begin);
    end = std::min(end, window.count);
    // A secondary mark outside of the window is said at its edge.
    const uint32_t from = std::min(begin, window.count - 1);
    const uint32_t count = std::max<uint32_t>(end > from ? end - from : 1, 1);
    std::string line(count, mark.primary ? '^' : '-');
    if (mark.lastLine > mark.line) line += " … to line " + std::to_string(mark.lastLine);
    if (!mark.label.empty()) line += " " + visible(mark.label);
    return std::string(from, ' ') + inked(line, mark.primary ? Ink::Error : Ink::Frame, style_);
  }

  const Source& source_;
  std::vector<Mark> marks_;
  const Style& style_;
  uint32_t gutter_ = 1;
  uint32_t room_ = 1;
};

}  // namespace

std::string diagnosticText(const Source& source, const Diagnostic& diagnostic, Severity severity, const Style& style) {
  const bool error = severity == Severity::Error;
  const std::string heading = std::string(error ? "error" : "note") + "[" + diagnostic.rule + "]";
  std::string out = inked(heading, error ? Ink::Error : Ink::Note, style) + ": " + visible(diagnostic.message) + "\n";

  std::vector<Mark> marks;
  if (diagnostic.span) marks.push_back(markOf(source, *diagnostic.span, true, {}));
  if (!source.name().empty())
    for (const Diagnostic::Note& note : diagnostic.notes)
      if (note.span) marks.push_back(markOf(source, *note.span, false, note.text));
  const Excerpt excerpt(source, std::move(marks), style);
  const std::string indent(excerpt.gutter(), ' ');
  if (diagnostic.span) {
    out += indent + inked("-->", Ink::Frame, style) + " " + place(source, *diagnostic.span) + "\n";
    out += excerpt.bar() + "\n" + excerpt.text();
  } else if (!source.name().empty()) {
    out += indent + inked("-->", Ink::Frame, style) + " " + visible(source.name()) + "\n";
  }

  std::string tail;
  const auto remark = [&](std::string_view kind, const std::string& text) {
    const uint32_t hanging = excerpt.gutter() + 5 + static_cast<uint32_t>(kind.size());
    tail += indent + " " + inked("=", Ink::Frame, style) + " " + inked(kind, Ink::Note, style) + ": " +
            wrapped(visible(text), std::max(style.width, kNarrowest), hanging, hanging) + "\n";
  };
  for (const Diagnostic::Note& note : diagnostic.notes)
    if (!note.span || source.name().empty()) remark("note", note.text);
  if (const std::optional<std::string> rule = statement(diagnostic)) remark("note", *rule);
  if (!diagnostic.help.empty()) remark("help", diagnostic.help);
  if (!tail.empty() && diagnostic.span) out += excerpt.bar() + "\n";
  return out + tail;
}

std::string diagnosticsText(const Source& source, const Diagnostics& diagnostics, const Style& style) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!out.empty()) out += '\n';
    out += diagnosticText(source, diagnostic, Severity::Error, style);
  }
  if (diagnostics.size() > 1) out += "\n" + counted(diagnostics.size(), "error") + "\n";
  return out;
}

boost::json::object diagnosticJson(const Source& source, const Diagnostic& diagnostic) {
  Position from, to;
  if (diagnostic.span) {
    from = source.position(diagnostic.span->begin);
    to = source.position(std::max(diagnostic.span->begin, diagnostic.span->end));
  }
  boost::json::array notes;
  for (const Diagnostic::Note& note : diagnostic.notes) {
    std::string text = note.text;
    if (note.span) {
      const Position at = source.position(note.span->begin);
      text += " (" + std::to_string(at.line) + ":" + std::to_string(at.column) + ")";
    }
    notes.emplace_back(text);
  }
  if (const std::optional<std::string> rule = statement(diagnostic)) notes.emplace_back(*rule);
  return {{"rule", diagnostic.rule},       {"file", source.name()},     {"line", from.line},
          {"column", from.column},         {"end_line", to.line},       {"end_column", to.column},
          {"message", diagnostic.message}, {"notes", std::move(notes)}, {"help", diagnostic.help}};
}

std::string diagnosticsJson(const Source& source, const Diagnostics& diagnostics) {
  boost::json::array entries;
  for (const Diagnostic& diagnostic : diagnostics) entries.emplace_back(diagnosticJson(source, diagnostic));
  boost::json::object result = document();
  result["diagnostics"] = std::move(entries);
  return line(result);
}

}  // namespace funpass::render
