// Terms, values, lineages, types and everything else that is made of them: immutable nodes in an arena, built once.
//
// Metavariables, here and everywhere:
//   t u   terms            v w   values           p   spores that are values     E   evaluation contexts
//   T     types            x     bound names      h   hosts                      ι   identifiers (h, i)
//   l     lineages         r     references       m   messages (M: a multiset)   σ   stores     ρ   what was asked for
//   Γ     types of bound names                    Σ   types of identifiers
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace funpass {

/// Names a node of an arena. Equal nodes of one arena have equal handles. 0 is nothing: the end of every list.
using Handle = uint32_t;
/// Names a text of an arena.
using Symbol = uint32_t;

enum class Tag : uint8_t {
  None,
#define FP_TAG(name, fields, value) name,
#include "lang/tags.def"
#undef FP_TAG
  Count,
};

inline constexpr int kTags = static_cast<int>(Tag::Count);

/// What a node's three fields hold, one character each: see tags.def.
inline constexpr std::array<std::string_view, kTags> kFields = {
    "...",
#define FP_TAG(name, fields, value) fields,
#include "lang/tags.def"
#undef FP_TAG
};

/// The number of a frame: the node `tag` with its k-th field (an E) taken out. Frames are nodes too; their fields are
/// the other two fields of the node, in order, then the rest of the context, outwards.
constexpr uint8_t frameTag(Tag tag, int k) { return static_cast<uint8_t>(kTags + (static_cast<int>(tag) - 1) * 3 + k); }

/// One node. `tag` is a Tag or, from kTags on, a frame's number.
struct Node {
  uint8_t tag = 0;
  uint8_t flags = 0;
  uint16_t free = 0;  ///< one more than the largest free index, 0 if closed; kManyFree: at least that many
  std::array<uint32_t, 3> field{};

  constexpr bool is(Tag t) const { return tag == static_cast<uint8_t>(t); }
  constexpr bool isFrame() const { return tag >= kTags; }
  constexpr Tag kind() const { return static_cast<Tag>(tag); }  ///< of a node that is not a frame
  constexpr Tag frameOf() const {
    return static_cast<Tag>((tag - kTags) / 3 + 1);
  }                                                         ///< of a frame: the node with the hole
  constexpr int hole() const { return (tag - kTags) % 3; }  ///< of a frame: which field
  constexpr bool isValue() const { return (flags & 1U) != 0; }
  constexpr bool hasIdent() const { return (flags & 2U) != 0; }  ///< an identifier occurs in it
  uint32_t operator[](int k) const { return field[static_cast<size_t>(k)]; }
};

inline constexpr uint16_t kManyFree = std::numeric_limits<uint16_t>::max();
/// So many young nodes there should be when they are collected: with their index they fit a processor's cache.
inline constexpr uint32_t kYoung = 1U << 13U;
inline constexpr uint32_t kNobody = std::numeric_limits<uint32_t>::max();

/// A limit of the tool or of the machine was reached (handles, memory); not an error of the program.
struct LimitReached {
  std::string what;
};

/// Holds nodes, each once. A node is made after its parts, so its handle is larger than theirs. Old nodes are never
/// removed; Copy moves what is live to a fresh arena.
class Arena {
 public:
  /// `maxNodes`: how many nodes there may be before `make` throws LimitReached.
  explicit Arena(std::vector<std::string> hosts = {}, uint32_t maxNodes = std::numeric_limits<uint32_t>::max() - 1);
  /// Makes room for that many nodes at once.
  void reserve(uint32_t nodes);

  /// From now on what is made is young: `collectYoung` may remove it again. No handle of an older node changes.
  void beginYoung();
  /// Removes the young nodes that no root reaches. The others move down, and the roots with them; all are old then.
  void collectYoung(std::span<Handle* const> roots);
  /// All are old, and from now on what is made is so at once.
  void endYoung();
  /// How many are not young.
  uint32_t old() const { return std::min(oldEnd_, size()); }

  /// The node with this tag (a Tag or a frame's number) and these fields.
  Handle make(uint8_t tag, uint32_t a = 0, uint32_t b = 0, uint32_t c = 0);
  Handle make(Tag tag, uint32_t a = 0, uint32_t b = 0, uint32_t c = 0) {
    return make(static_cast<uint8_t>(tag), a, b, c);
  }
  /// `old` with other fields; a binder keeps its name.
  Handle remake(Handle old, uint32_t a, uint32_t b, uint32_t c);

  Node operator[](Handle n) const { return nodes_[n]; }
  Tag kind(Handle n) const { return static_cast<Tag>(nodes_[n].tag); }
  bool is(Handle n, Tag tag) const { return nodes_[n].is(tag); }
  uint32_t size() const { return static_cast<uint32_t>(nodes_.size()); }
  size_t bytes() const;  ///< memory held, in bytes
  uint32_t maxNodes() const { return maxNodes_; }

  Handle integer(int64_t n);
  int64_t integerOf(Handle n) const;  ///< of an Int
  Handle boolean(bool b) { return make(b ? Tag::True : Tag::False); }
  Handle string(std::string_view text) { return make(Tag::String, symbol(text)); }
  Handle ident(uint32_t host, uint32_t index, Handle type) { return make(Tag::Ident, host, index, type); }
  /// id(l): the identifier of a lineage.
  Handle idOf(Handle lineage) const { return nodes_[lineage][0]; }
  /// The list of `elements` ending in Nil(type).
  Handle list(const std::vector<Handle>& elements, Handle type);

  Symbol symbol(std::string_view text);
  const std::string& text(Symbol s) const { return *texts_[s]; }
  /// How many texts there are; symbols are the numbers below.
  uint32_t symbols() const { return static_cast<uint32_t>(texts_.size()); }

  /// The name that the binder `node` (Lambda, Spore: its parameter, Entry) was first written with; 0 if none. Only for
  /// printing: no rule, order or equality reads it.
  Symbol nameOf(Handle node) const { return names_[node]; }
  void setName(Handle node, Symbol name) {
    if (names_[node] == 0) names_[node] = name;
  }

  /// The declared hosts' names, in order: ℋ.
  const std::vector<std::string>& hosts() const { return hosts_; }
  void setHosts(std::vector<std::string> hosts) { hosts_ = std::move(hosts); }

  /// Structural order: by tag, then fields from the left (numbers, texts, nodes); Req before Res, both by ι first, then
  /// sender, then value. Negative, 0 or positive; 0 exactly for equal handles.
  int compare(Handle a, Handle b) const;

 private:
  void rehash(std::vector<Handle>& index, size_t slots);
  std::vector<Handle>& indexOf(uint8_t tag);
  void growYoung();
  Node complete(uint8_t tag, uint32_t a, uint32_t b, uint32_t c) const;

  std::vector<std::string> hosts_;
  uint32_t maxNodes_;
  std::vector<Node> nodes_;
  std::vector<Symbol> names_;
  // Of old nodes: open addressing; a power of two of slots, at most half full.
  std::vector<Handle> index_;
  std::vector<Handle> leafIndex_;  // those without a part, such as integers, which are looked for by their hash alone
  uint32_t leaves_ = 0;            // how many of all nodes have no part
  // Young nodes are those from oldEnd_ on. A node can only be equal to an old one if its parts are old, so most are
  // looked for among the young alone, and these are few enough to stay in a cache.
  std::vector<Handle> youngIndex_;  // at most half full
  Handle oldEnd_ = std::numeric_limits<Handle>::max();
  std::vector<Handle> moved_;  // while young nodes are collected: where to; kept for its room
  std::unordered_map<std::string, Symbol> symbols_;
  std::vector<const std::string*> texts_;
};

/// The fields of a node that is not a frame are described by kFields; this describes a frame's too: true if field k of
/// `node` is a handle.
bool isHandleField(const Node& node, int k);

/// Copies nodes to a fresh arena, sharing kept. One Copy for all roots of one move.
class Copy {
 public:
  Copy(const Arena& from, Arena& to) : from_(from), to_(to), copied_(from.size(), 0) {}
  Handle operator()(Handle root);

 private:
  const Arena& from_;
  Arena& to_;
  std::vector<Handle> copied_;
  std::vector<Handle> stack_;
};

/// [v₀/0, v₁/1, …]t: the body of a binder with closed values in place of its bound indices: for a function the one
/// argument, for a spore the argument and then the header's values. Values are closed, so indices never shift.
Handle substitute(Arena& arena, Handle body, std::span<const Handle> values);

/// Does the node `t` count as a value (section 1)?
inline bool isValue(const Arena& arena, Handle t) { return arena[t].isValue(); }

}  // namespace funpass
