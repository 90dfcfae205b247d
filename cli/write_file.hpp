// Files that are written whole or not at all.
#pragma once

#include <string>
#include <string_view>

#include "cli/options.hpp"

namespace funpass::cli {

/// Makes `text` the contents of the file, which keeps its mode if it is there. On failure the file is as it was, and
/// what went wrong is given; else nothing.
std::string writeFile(const std::string& path, const std::string& text);

/// Why `writeFile` could not write there now; nothing if it could. The file stays as it is.
std::string cannotWrite(const std::string& path);

/// A kind of file that funpass writes, and may replace: a file is one if it starts with `begin` and, early on, has
/// `mark`.
struct FileKind {
  std::string_view name, begin, mark;
};
inline constexpr FileKind kSession{"saved session", R"({"schema":1,"version":")", ""};
inline constexpr FileKind kLineage{"saved lineage", R"({"schema": 1, "type": ")", ""};
inline constexpr FileKind kReport{"report of funpass", "<!doctype html>", "Funpass report</title>"};

/// Why the file at `path` must not be replaced by one of this kind: the command line gives it as the program or the
/// commands, or it is there and something else. Nothing if it may, is empty or is not there.
std::string cannotReplace(const std::string& path, const FileKind& kind, const Arguments& arguments);

/// Are both names of one file that is there?
bool sameFile(const std::string& one, const std::string& other);

}  // namespace funpass::cli
