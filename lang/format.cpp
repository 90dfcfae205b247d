// The standard layout of a file: the printer's, with one statement a line, the author's comments and empty lines.
#include <algorithm>

#include "lang/characters.hpp"
#include "lang/print.hpp"
#include "lang/print_doc.hpp"
#include "lang/print_emit.hpp"

namespace funpass::surface {

namespace {

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

size_t Comments::firstFrom(uint32_t begin) const {
  const auto& comments = tree_.comments;
  const auto found = std::partition_point(comments.begin(), comments.end(),
                                          [&](const Comment& comment) { return comment.span.begin < begin; });
  return static_cast<size_t>(found - comments.begin());
}

bool Comments::any(uint32_t begin, uint32_t end) const {
  const size_t first = firstFrom(begin);
  return first < tree_.comments.size() && tree_.comments[first].span.begin < end;
}

uint32_t Comments::endOfThoseBehind(uint32_t end, uint32_t outerEnd) const {
  for (size_t k = firstFrom(end); k < tree_.comments.size(); ++k) {
    const Span comment = tree_.comments[k].span;
    if (comment.begin >= outerEnd || !onlySpaceBetween(end, comment.begin)) break;
    end = comment.end;
  }
  return end;
}

bool Comments::onlySpaceBetween(uint32_t begin, uint32_t end) const {
  const std::string_view between = source_.slice({begin, end});
  return std::all_of(between.begin(), between.end(), isSpace);
}

/// The comment without white space at its end, with LF as line ends.
std::string Comments::text(const Comment& comment) const {
  std::string_view slice = source_.slice(comment.span);
  while (!slice.empty() && isSpace(slice.back())) slice.remove_suffix(1);
  std::string out;
  for (size_t i = 0; i < slice.size(); ++i) {
    if (slice[i] == '\r' && i + 1 < slice.size() && slice[i + 1] == '\n') continue;
    out += slice[i];
  }
  return out;
}

/// Nothing but white space behind it on its line.
bool Comments::endsLine(const Comment& comment) const {
  const std::string& text = source_.text();
  size_t i = comment.span.end;
  while (i < text.size() && (text[i] == ' ' || text[i] == '\t')) ++i;
  return i == text.size() || isSpace(text[i]);
}

bool Comments::emptyLineBetween(uint32_t begin, uint32_t end) const {
  const std::string& text = source_.text();
  bool lineIsEmpty = false;
  for (uint32_t i = begin; i < end; ++i) {
    const bool lineEnds = text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n');
    if (lineEnds && lineIsEmpty) return true;
    if (lineEnds) lineIsEmpty = true;
    else if (!isSpace(text[i])) lineIsEmpty = false;
  }
  return false;
}

void Comments::put(std::string_view left, const Comment& comment, std::string_view right) {
  const std::string written = text(comment);
  if (toLineEnd(comment)) {
    doc_.lineComment(written);
  } else {
    const std::string spaced = std::string(left) + written + std::string(right);
    doc_.inlineComment(spaced, columnsOf(spaced));
  }
}

void Comments::putOwn(const Comment& comment) {
  const std::string& text = source_.text();
  size_t line = comment.span.begin;
  while (line > 0 && (text[line - 1] == ' ' || text[line - 1] == '\t')) --line;
  doc_.ownComment(this->text(comment), static_cast<uint32_t>(comment.span.begin - line));
}

void Comments::before(uint32_t begin, bool closing) {
  for (; due(begin); ++next_) {
    const Comment& comment = next();
    if (comment.ownLine && (toLineEnd(comment) || endsLine(comment))) putOwn(comment);
    else put(closing ? " " : "", comment, closing ? "" : " ");
  }
}

void Comments::atBreak(uint32_t begin) {
  for (; due(begin) && !next().ownLine && toLineEnd(next()); ++next_) put("", next(), "");
}

void Comments::after(uint32_t end, uint32_t outerEnd, bool head) {
  for (; due(outerEnd) && next().span.begin >= end && !next().ownLine; ++next_) {
    if (!onlySpaceBetween(end, next().span.begin) || (head && toLineEnd(next()))) return;
    put(" ", next(), "");
    end = next().span.end;
  }
}

void Comments::betweenItems(uint32_t begin, bool first, bool last) {
  for (bool open = true; open && due(begin) && !next().ownLine; ++next_) {
    put(" ", next(), "");
    itemEnd_ = next().span.end;
    open = !toLineEnd(next());
  }
  bool blank = !first;
  for (; due(begin); ++next_) {
    doc_.fresh(blank && emptyLineBetween(itemEnd_, next().span.begin));
    putOwn(next());
    itemEnd_ = next().span.end;
    blank = true;
  }
  if (!last) doc_.fresh(blank && emptyLineBetween(itemEnd_, begin));
}

std::string format(const Source& source, const Tree& tree, uint32_t width) {
  Doc doc;
  Comments comments(source, tree, doc);
  Emitter emitter(tree, Notation::Source, doc, &comments);
  bool first = true;
  for (const Index declaration : tree.declarations) {
    comments.betweenItems(tree[declaration].span.begin, first, false);
    emitter.emit(declaration);
    comments.itemEnds(tree[declaration].span.end);
    first = false;
  }
  comments.betweenItems(static_cast<uint32_t>(source.text().size() + 1), first, true);
  Doc::Style style;
  style.width = width;
  return doc.render(style) + "\n";
}

}  // namespace funpass::surface
