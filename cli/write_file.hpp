// Files that are written whole or not at all.
#pragma once

#include <string>

namespace funpass::cli {

/// Makes `text` the contents of the file, which keeps its mode if it is there. On failure the file is as it was, and
/// what went wrong is given; else nothing.
std::string writeFile(const std::string& path, const std::string& text);

}  // namespace funpass::cli
