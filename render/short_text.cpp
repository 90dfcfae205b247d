#include "render/short_text.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "lang/raise.hpp"
#include "render/layout.hpp"

namespace funpass::render {

namespace {

// What stands for a part that is left out: a host, type or list that prints as … or ends there.
constexpr const char* kEllipsis = "…";

// Copies the nodes nearest to the root, level by level, and puts … for what lies deeper.
class Prune {
 public:
  Prune(const Arena& from, uint32_t limit) : from_(from), limit_(limit) {}

  // The pruned copy of `root`, or nothing if all of it is within the limit.
  std::optional<Handle> operator()(Handle root) {
    std::vector<Visit> visits{{root, {}}};
    bool cut = false;
    for (size_t i = 0; i < visits.size(); ++i) {
      const Node node = from_[visits[i].node];
      for (int k = 0; k < 3; ++k) {
        if (!isHandleField(node, k) || node[k] == 0) continue;
        // A header stays whole: the body counts its entries.
        if (visits.size() >= limit_ && !isAtom(node[k]) && !from_[node[k]].is(Tag::Entry)) {
          cut = true;
          continue;
        }
        visits[i].child[static_cast<size_t>(k)] = visits.size();
        visits.push_back({node[k], {}});
      }
    }
    if (!cut) return std::nullopt;
    std::vector<std::string> hosts = from_.hosts();
    hosts.emplace_back(kEllipsis);
    to_.emplace(std::move(hosts));
    std::vector<Handle> copied(visits.size());
    for (size_t i = visits.size(); i-- > 0;) copied[i] = copy(visits[i], copied);
    return copied[0];
  }

  // Where the pruned copy is.
  const Arena& arena() const { return *to_; }

 private:
  struct Visit {
    Handle node;
    std::array<size_t, 3> child;  // index of the visit, 0: none or left out
  };

  bool isAtom(Handle n) const {
    const Node node = from_[n];
    for (int k = 0; k < 3; ++k)
      if (isHandleField(node, k) && node[k] != 0) return false;
    return true;
  }

  Handle ellipsis() { return to_->make(Tag::Host, hostOfEllipsis()); }
  Handle typeEllipsis() { return to_->make(Tag::TRecord, to_->symbol(kEllipsis)); }

  // What to put for a field that was left out, given the node it was left out of.
  Handle leftOut(const Node& parent, int k) {
    const Handle old = parent[k];
    const Node node = from_[old];
    if (node.isFrame()) return 0;
    const Tag tag = node.kind();
    if (tag >= Tag::TInt && tag <= Tag::TUnknown) {
      // The rest of a list of types or fields is dropped.
      const bool list = tag == Tag::TCons || tag == Tag::TField;
      return list ? 0 : typeEllipsis();
    }
    if (tag == Tag::Arg) return to_->make(Tag::Arg, ellipsis(), 0);
    if (tag == Tag::Nil) return to_->make(Tag::Nil, typeEllipsis());
    if (tag == Tag::Ident) return to_->ident(node[0], node[1], typeEllipsis());
    if (tag == Tag::Mat || tag == Tag::Applied)
      return to_->make(Tag::Mat, to_->ident(hostOfEllipsis(), 0, typeEllipsis()));
    if (tag == Tag::Cons && parent.is(Tag::Cons) && k == 1) {
      return to_->make(Tag::Cons, ellipsis(), to_->make(Tag::Nil, typeEllipsis()));
    }
    if (tag == Tag::Leaf || tag == Tag::Branch || tag == Tag::Inbox) return 0;
    return ellipsis();
  }

  uint32_t hostOfEllipsis() const { return static_cast<uint32_t>(to_->hosts().size() - 1); }

  Handle copy(const Visit& visit, const std::vector<Handle>& copied) {
    const Node node = from_[visit.node];
    std::array<uint32_t, 3> field{};
    for (int k = 0; k < 3; ++k) {
      const auto at = static_cast<size_t>(k);
      const bool symbol = !node.isFrame() && kFields[node.tag][at] == 'x';
      field[at] = symbol                                    ? to_->symbol(from_.text(node[k]))
                  : !isHandleField(node, k) || node[k] == 0 ? node[k]
                  : visit.child[at] != 0                    ? copied[visit.child[at]]
                                                            : leftOut(node, k);
    }
    const Handle made = to_->make(node.tag, field[0], field[1], field[2]);
    if (const Symbol name = from_.nameOf(visit.node)) to_->setName(made, to_->symbol(from_.text(name)));
    return made;
  }

  const Arena& from_;
  uint32_t limit_;
  std::optional<Arena> to_;
};

using surface::Notation;

std::string oneLine(const Arena& arena, Handle node, const RaiseOptions& options, Notation notation) {
  surface::Tree tree;
  const surface::Index root = raise(arena, node, tree, options);
  return surface::print(tree, root, {notation, 0});
}

std::string bounded(const Arena& arena, Handle node, uint32_t nodes, const RaiseOptions& options,
                    Notation notation = Notation::Source) {
  Prune prune(arena, nodes);
  const std::optional<Handle> pruned = prune(node);
  return pruned ? oneLine(prune.arena(), *pruned, options, notation) : oneLine(arena, node, options, notation);
}

// What pdflatex has in every font: … as \\ldots, any other code point beyond ASCII (of a string) by its number.
std::string ascii(std::string_view latex) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  while (!latex.empty()) {
    const CodePoint c = firstCodePoint(latex);
    if (c.size == 1) {
      out += latex[0];
    } else if (latex.substr(0, c.size) == kEllipsis) {
      out += "\\ldots{}";
    } else {
      std::string number;
      for (uint32_t code = c.value; code != 0; code /= 16) number.insert(number.begin(), digits[code % 16]);
      out += "{\\tiny U+" + number + "}";
    }
    latex.remove_prefix(c.size);
  }
  return out;
}

}  // namespace

std::string boundedText(const Arena& arena, Handle node, uint32_t nodes, const std::vector<std::string>& freeNames) {
  return bounded(arena, node, nodes, {false, freeNames, false});
}

std::string canonicalBounded(const Arena& arena, Handle node, uint32_t nodes,
                             const std::vector<std::string>& freeNames) {
  return bounded(arena, node, nodes, {true, freeNames, false});
}

std::string latexShort(const Arena& arena, Handle node, uint32_t width, const std::vector<std::string>& freeNames) {
  uint32_t nodes = std::max<uint32_t>(width, 1);
  while (nodes > 1 && columnsOf(boundedText(arena, node, nodes, freeNames)) > width) nodes -= (nodes + 3) / 4;
  return ascii(bounded(arena, node, nodes, {false, freeNames, false}, Notation::Latex));
}

std::string latexTerm(const Arena& arena, Handle node, uint32_t width, uint32_t nodes) {
  Prune prune(arena, nodes);
  const std::optional<Handle> pruned = prune(node);
  surface::Tree tree;
  const surface::Index root = raise(pruned ? prune.arena() : arena, pruned.value_or(node), tree);
  std::string out = surface::print(tree, root, {surface::Notation::Latex, width});
  constexpr std::string_view centred = "\\begin{array}{l}";
  if (out.compare(0, centred.size(), centred) == 0) out.replace(0, centred.size(), "\\begin{array}[t]{@{}l@{}}");
  return out;
}

std::string resultText(const Arena& arena, Handle result, uint32_t nodes) {
  return bounded(arena, result, nodes, {false, {}, true});
}

std::string shortText(const Arena& arena, Handle node, uint32_t width, const std::vector<std::string>& freeNames) {
  return shortened(boundedText(arena, node, 2 * width, freeNames), width);
}

std::string canonicalShort(const Arena& arena, Handle node, uint32_t width) {
  return shortened(canonicalBounded(arena, node, 2 * width), width);
}

}  // namespace funpass::render
