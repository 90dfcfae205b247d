#include "lang/source.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "lang/characters.hpp"

namespace funpass {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t largestFile = std::size_t{256} << 20;

bool startsCodePoint(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

void addFileError(Diagnostics& out, std::string message, std::optional<Span> span = std::nullopt) {
  out.push_back({"file", span, std::move(message), {}, {}});
}

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

/// Restricted Damerau-Levenshtein distance, or `limit + 1` if it is larger than `limit`.
std::size_t editDistance(std::string_view a, std::string_view b, std::size_t limit) {
  const std::size_t tooFar = limit + 1;
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > limit) return tooFar;
  std::vector<std::size_t> beforeLast(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], beforeLast[j - 2] + 1);
      }
    }
    std::swap(beforeLast, last);
    std::swap(last, row);
  }
  return std::min(last[b.size()], tooFar);
}

}  // namespace

Source::Source(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {
  lineStarts_.push_back(0);
  for (std::size_t at = text_.find_first_of("\r\n"); at != std::string::npos;
       at = text_.find_first_of("\r\n", at + 1)) {
    if (text_[at] == '\r' && at + 1 < text_.size() && text_[at + 1] == '\n') continue;
    lineStarts_.push_back(static_cast<uint32_t>(at + 1));
  }
}

Position Source::position(uint32_t offset) const {
  if (lineStarts_.empty()) return {};
  offset = std::min(offset, static_cast<uint32_t>(text_.size()));
  const auto next = std::upper_bound(lineStarts_.begin(), lineStarts_.end(), offset);
  const auto line = static_cast<uint32_t>(next - lineStarts_.begin());
  std::size_t begin = lineStarts_[line - 1];
  if (begin == 0 && text_.compare(0, byteOrderMark.size(), byteOrderMark) == 0) begin = byteOrderMark.size();
  uint32_t column = 1;
  for (std::size_t i = begin; i < offset; ++i) {
    if (startsCodePoint(text_[i])) ++column;
  }
  return {line, column};
}

std::string_view Source::line(uint32_t number) const {
  if (number < 1 || number > lineStarts_.size()) return {};
  const std::size_t begin = lineStarts_[number - 1];
  const std::size_t end = number < lineStarts_.size() ? lineStarts_[number] - 1 : text_.size();
  std::string_view text = std::string_view(text_).substr(begin, end - begin);
  if (number == 1 && text.substr(0, byteOrderMark.size()) == byteOrderMark) text.remove_prefix(byteOrderMark.size());
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  return text;
}

std::optional<Source> readSource(const std::string& path, Diagnostics& out) {
  const bool standardInput = path == "-";
  const std::string shown = standardInput ? "standard input" : "`" + path + "`";
  const auto failed = [&](int error) -> std::optional<Source> {
    if (error == ENOENT) {
      addFileError(out, "there is no file " + shown);
    } else if (error == EISDIR) {
      addFileError(out, shown + " is a folder, not a file");
    } else if (error == EACCES) {
      addFileError(out, "no permission to read " + shown);
    } else {
      addFileError(out, shown + " cannot be read: " + std::strerror(error));
    }
    return std::nullopt;
  };
  std::unique_ptr<std::FILE, Close> opened;
  if (!standardInput) {
    opened.reset(std::fopen(path.c_str(), "rb"));
    if (!opened) return failed(errno);
  }
  std::FILE* file = standardInput ? stdin : opened.get();
  std::string text;
  std::vector<char> buffer(std::size_t{1} << 16);
  for (;;) {
    errno = 0;
    const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), file);
    text.append(buffer.data(), got);
    if (text.size() > largestFile) {
      addFileError(out, shown + " is larger than 256 MB");
      return std::nullopt;
    }
    if (got < buffer.size()) {
      if (std::ferror(file)) return failed(errno == 0 ? EIO : errno);
      if (std::feof(file)) break;
    }
  }
  return Source(standardInput ? "<stdin>" : path, std::move(text));
}

bool readable(const Source& source, Diagnostics& out) {
  const std::string_view text = source.text();
  if (text.empty()) {
    addFileError(out, "the file is empty");
    return false;
  }
  if (text.size() > largestFile) {
    addFileError(out, "the text is larger than 256 MB");
    return false;
  }
  for (std::size_t i = 0; i < text.size();) {
    const Span byte{static_cast<uint32_t>(i), static_cast<uint32_t>(i + 1)};
    if (text[i] == '\0') {
      addFileError(out, "a NUL byte: this is not a text file (byte " + std::to_string(i) + ", counted from 0)", byte);
      return false;
    }
    const std::size_t length = utf8Length(text.substr(i));
    if (length == 0) {
      char hex[8];
      std::snprintf(hex, sizeof hex, "%02X", static_cast<unsigned>(static_cast<unsigned char>(text[i])));
      addFileError(
          out, "not UTF-8: unexpected byte 0x" + std::string(hex) + " (byte " + std::to_string(i) + ", counted from 0)",
          byte);
      return false;
    }
    i += length;
  }
  return true;
}

std::optional<std::string> closestName(std::string_view wrong, const std::vector<std::string>& candidates,
                                       std::optional<std::size_t> most) {
  // Nobody misspells a name that long, and the distance takes quadratic time.
  constexpr std::size_t longest = 200;
  if (wrong.size() > longest) return std::nullopt;
  std::size_t limit = most.value_or(wrong.size() / 3);
  std::optional<std::string> closest;
  for (const std::string& candidate : candidates) {
    if (candidate.empty() || candidate == wrong) continue;
    const std::size_t distance = editDistance(wrong, candidate, limit);
    if (distance > limit || distance == 0) continue;
    if (closest && distance == limit) continue;
    closest = candidate;
    limit = distance;
  }
  return closest;
}

}  // namespace funpass
