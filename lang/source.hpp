// A text a user gave us, and what is wrong with it: source files, spans, diagnostics.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace funpass {

/// A half-open range of byte offsets into a Source.
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;
  bool operator==(const Span&) const = default;
};

/// A place as people count it: lines and columns from 1, columns in Unicode code points. LF, CR LF and CR end a line.
struct Position {
  uint32_t line = 1;
  uint32_t column = 1;
  bool operator==(const Position&) const = default;
};

/// What is wrong with the user's input. `rule` is a rule's name (T-Apply) or the name of a check that is no rule
/// ("syntax", "undeclared host", "two at-blocks", "distinct names", "def", "file", "limit").
struct Diagnostic {
  struct Note {
    std::string text;
    std::optional<Span> span = std::nullopt;
  };
  std::string rule;
  std::optional<Span> span;  ///< none: the file as a whole
  std::string message;
  std::vector<Note> notes;
  std::string help;
};

using Diagnostics = std::vector<Diagnostic>;

/// A source text with its line table. The text is valid UTF-8 without NUL bytes once `readable` has accepted it.
class Source {
 public:
  Source() = default;
  Source(std::string name, std::string text);

  const std::string& name() const { return name_; }
  const std::string& text() const { return text_; }
  std::string_view slice(Span span) const { return std::string_view(text_).substr(span.begin, span.end - span.begin); }
  /// Line and column of a byte offset; an offset past the end is the end. A byte order mark at the start has no column.
  Position position(uint32_t offset) const;
  /// The text of a line (from 1) without its line end.
  std::string_view line(uint32_t number) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<uint32_t> lineStarts_;
};

/// Reads `path`, or standard input for "-". On failure (no such file, a folder, no permission, too large) adds a
/// diagnostic with rule "file" and gives nothing.
std::optional<Source> readSource(const std::string& path, Diagnostics& out);

/// True if the text can be a program: not empty, UTF-8, no NUL byte. Else adds a diagnostic (rule "file") at the place.
bool readable(const Source& source, Diagnostics& out);

/// The name among `candidates` that `wrong` was probably meant to be: least edit distance (restricted
/// Damerau-Levenshtein), at most `most`, else a third of its length, and never the whole word. "Did you mean".
std::optional<std::string> closestName(std::string_view wrong, const std::vector<std::string>& candidates,
                                       std::optional<std::size_t> most = {});

}  // namespace funpass
