// Fuzzing the parser: any bytes give a tree and diagnostics, never a crash. Trees without diagnostics have the
// promised shape.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "lang/parse.hpp"

namespace {

using namespace funpass;
using namespace funpass::surface;

void require(bool holds) {
  if (!holds) std::abort();
}

bool inside(Span inner, const Source& source) { return inner.begin <= inner.end && inner.end <= source.text().size(); }

/// Children exist, come before no one else's, and spans lie within the text.
void checkShape(const Source& source, const Tree& tree, const Diagnostics& found) {
  for (const Diagnostic& diagnostic : found) {
    require(!diagnostic.message.empty());
    if (diagnostic.span) require(inside(*diagnostic.span, source));
  }
  for (Index i = 0; i < tree.nodes.size(); ++i) {
    const Node& node = tree[i];
    require(node.first + std::size_t{node.count} <= tree.kids.size());
    require(node.text < tree.strings.size());
    require(inside(node.span, source));
  }
  if (!found.empty()) return;
  std::vector<Index> pending = tree.declarations;
  std::vector<bool> seen(tree.nodes.size(), false);
  while (!pending.empty()) {
    const Index node = pending.back();
    pending.pop_back();
    if (node == 0) continue;
    require(node < tree.nodes.size() && !seen[node] && tree.kind(node) != Kind::Erroneous);
    seen[node] = true;
    for (const Index child : tree.children(node)) {
      require(child < tree.nodes.size());
      if (child != 0) require(tree[node].span.begin <= tree[child].span.begin);
      pending.push_back(child);
    }
  }
}

void parseAll(const Source& source, bool core) {
  ParseOptions options;
  options.core = core;
  for (const auto parser : {parse, parseTerm, parseType}) {
    Diagnostics found;
    const Tree tree = parser(source, options, found);
    checkShape(source, tree, found);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  const Source source("fuzz", std::string(reinterpret_cast<const char*>(data), size));
  Diagnostics found;
  if (!readable(source, found)) {
    require(found.size() == 1);
    return 0;
  }
  parseAll(source, false);
  parseAll(source, true);
  return 0;
}
