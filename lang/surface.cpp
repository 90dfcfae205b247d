#include "lang/surface.hpp"

#include <array>
#include <functional>

namespace funpass::surface {

const BinaryOpInfo& info(BinaryOp op) {
  static constexpr std::array<BinaryOpInfo, 11> binaryOps{{
      {"||", "\\lor", 1, false},
      {"&&", "\\land", 2, false},
      {"==", "==", 3, false},
      {"<", "<", 4, false},
      {"<=", "\\le", 4, false},
      {">", ">", 4, false},
      {">=", "\\ge", 4, false},
      {"+", "+", 5, true},
      {"-", "-", 5, true},
      {"++", "\\mathbin{+\\!\\!+}", 5, false},
      {"*", "*", 6, true},
  }};
  return binaryOps[static_cast<std::size_t>(op)];
}

Tree::Tree() : nodes(1), strings(1) {}

Index Tree::add(Kind kind, Span span, std::span<const Index> children, std::string_view text, int64_t value,
                uint8_t op) {
  Node node{kind, op, span, 0, static_cast<uint32_t>(kids.size()), static_cast<uint32_t>(children.size()), value};
  if (!text.empty()) {
    node.text = static_cast<uint32_t>(strings.size());
    strings.emplace_back(text);
  }
  const std::less<> before;
  const bool own =
      !children.empty() && !before(children.data(), kids.data()) && before(children.data(), kids.data() + kids.size());
  if (own) {
    const std::vector<Index> copy(children.begin(), children.end());
    kids.insert(kids.end(), copy.begin(), copy.end());
  } else {
    kids.insert(kids.end(), children.begin(), children.end());
  }
  nodes.push_back(node);
  return static_cast<Index>(nodes.size() - 1);
}

}  // namespace funpass::surface
