// Files that are written whole or not at all.
#pragma once

#include <string>

namespace funpass::cli {

/// Makes `text` the contents of the file, which keeps its mode if it is there. On failure the file is as it was, and
/// what went wrong is given; else nothing.
std::string writeFile(const std::string& path, const std::string& text);

/// Why `writeFile` could not write there now; nothing if it could. The file stays as it is.
std::string cannotWrite(const std::string& path);

/// Are both names of one file that is there?
bool sameFile(const std::string& one, const std::string& other);

}  // namespace funpass::cli
