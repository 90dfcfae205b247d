// Lineage files (section 7): JSON, one node of the DAG a line; terms and types in it are texts in literal notation.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lang/term.hpp"

namespace funpass {

/// The version of lineage files that is written, and the only one that is read.
inline constexpr int kLineageSchema = 1;

/// A lineage file, its texts unread. In them `$k` is the node or the part with the id k, and `Ref($k, [])` a reference
/// that gets its hosts from whoever reads the file.
struct LineageFile {
  struct Node {
    int64_t id = 0;
    bool leaf = false;
    int64_t parent = 0;   ///< of Applied
    std::string type;     ///< Σ(ι)
    std::string content;  ///< of Mat the value, of Applied the spore
  };
  struct Part {
    int64_t id = 0;
    std::string text;
  };
  int64_t root = 0;
  std::string type;                  ///< of the root's data
  std::vector<std::string> records;  ///< the declarations of those that occur in it
  std::vector<Node> nodes;
  std::vector<Part> where;  ///< spores and types that occur more than once
};

/// Takes the JSON apart. Nothing if it is no lineage file of this version: then `problem` says why.
std::optional<LineageFile> readLineageFile(std::string_view json, std::string& problem);

/// The file that holds the Saved `saved`.
std::string lineageFileText(const Arena& arena, Handle saved);

/// A configuration literal whose first host runs `fromLineage` with the lineage of the file, its identifiers numbered
/// from `first` on, leaves first. `lines` says for each of its lines which node or part stands there.
struct LineageLiteral {
  std::string text;
  std::vector<int64_t> lines;      ///< the id; -1: none
  std::vector<int64_t> numbering;  ///< the id of each identifier, from `first` on
};
LineageLiteral lineageLiteral(const LineageFile& file, const std::vector<std::string>& hosts,
                              const std::vector<std::string>& records, uint32_t first);

}  // namespace funpass
