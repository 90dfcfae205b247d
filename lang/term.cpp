#include "lang/term.hpp"

#include <algorithm>
#include <bit>

#include <boost/container/small_vector.hpp>

namespace funpass {

namespace {

constexpr size_t kFirstSlots = 1024;
constexpr size_t kMostYoungSlots = size_t{4} * kYoung;  // that are kept from one collection to the next
constexpr uint8_t kValueFlag = 1;
constexpr uint8_t kIdentFlag = 2;

uint64_t hashOf(uint8_t tag, uint32_t a, uint32_t b, uint32_t c) {
  // Two rounds of multiply and fold, over 128 bits of input.
  // Sixteen integers in a row lie side by side in the index, so that counting stays within a cache line.
  const uint32_t beside = tag == static_cast<uint8_t>(Tag::Int) ? 15 : 0;
  uint64_t x = (uint64_t{a & ~beside} << 32U | b) ^ 0x9e3779b97f4a7c15ULL;
  uint64_t y = (uint64_t{c} << 8U | tag) + 0xd1b54a32d192ed03ULL;
  x = (x ^ (x >> 29U)) * 0xbf58476d1ce4e5b9ULL;
  y = (y ^ (y >> 31U)) * 0x94d049bb133111ebULL;
  uint64_t h = (x ^ (x >> 32U)) + y;
  h = (h ^ (h >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  return ((h ^ (h >> 28U)) & ~uint64_t{beside}) | (a & beside);
}

// The frames of a tag leave one field out: which field of the node stands in field j of the frame.
constexpr int fieldOfFrame(int hole, int j) { return j < hole ? j : j + 1; }

constexpr char fieldKind(const Node& node, int k) {
  if (!node.isFrame()) return kFields[node.tag][static_cast<size_t>(k)];
  if (k == 2) return 'h';
  return kFields[static_cast<size_t>(node.frameOf())][static_cast<size_t>(fieldOfFrame(node.hole(), k))];
}

// What `complete` has to know of a node's kind.
struct Shape {
  enum Value : uint8_t { Never, Always, WithParts };
  uint8_t handles = 0;  // which fields are a handle (y, h and terms), as a mask
  uint8_t bound = 0;    // which are a b
  Value value = Never;
  // Per field, all bits or none, so that `complete` needs no branch for each.
  std::array<uint32_t, 3> handle{};      // y, h and terms
  std::array<uint8_t, 3> unevaluated{};  // not an E
  std::array<uint16_t, 3> open{};        // E, t, b: free indices count
};

constexpr std::array<Shape, 256> shapes() {
  constexpr std::array<Shape::Value, kTags> kValues = {
      Shape::Always,
#define FP_TAG(name, fields, value) Shape::value,
#include "lang/tags.def"
#undef FP_TAG
  };
  std::array<Shape, 256> all{};
  for (size_t number = 0; number < all.size(); ++number) {
    Node node;
    node.tag = static_cast<uint8_t>(number);
    if (node.isFrame() && static_cast<int>(node.frameOf()) >= kTags) break;
    Shape& shape = all[number];
    if (!node.isFrame()) shape.value = kValues[number];
    for (int k = 0; k < 3; ++k) {
      const char kind = fieldKind(node, k);
      const auto bit = static_cast<uint8_t>(1U << static_cast<unsigned>(k));
      const auto i = static_cast<size_t>(k);
      const bool handle = kind != 'n' && kind != 'x' && kind != '.';
      if (handle) shape.handles |= bit;
      if (kind == 'b') shape.bound |= bit;
      shape.handle[i] = handle ? 0xffffffff : 0;
      shape.unevaluated[i] = kind == 'E' ? 0 : 0xff;
      shape.open[i] = kind == 'E' || kind == 't' || kind == 'b' ? 0xffff : 0;
    }
  }
  return all;
}

constexpr std::array<Shape, 256> kShapes = shapes();

bool isLeaf(uint8_t tag) { return kShapes[tag].handles == 0; }

// Where a node is looked for in an index.
struct Place {
  uint64_t hash;
  size_t latest;  // the part that was made last; 0 if there is none

  Place(uint8_t tag, uint32_t a, uint32_t b, uint32_t c) : hash(hashOf(tag, a, b, c)) {
    const std::array<uint32_t, 3>& handle = kShapes[tag].handle;
    latest = std::max({a & handle[0], b & handle[1], c & handle[2]});
  }
};

// The slot of the node of which `same` says so, or the empty one for it. Nodes made one after the other are looked for
// one after the other: each is first looked for in four slots that lie beside those of the nodes whose latest part was
// made at the same time, and from its hash on if these are taken. Nothing is ever taken out of an index.
template <typename Same>
size_t slotFor(const std::vector<Handle>& index, const Place& place, Same same) {
  const size_t mask = index.size() - 1;
  const uint64_t hash = place.hash;
  if (place.latest != 0) {
    const size_t beside = place.latest * 2 & mask & ~size_t{3};
    for (uint64_t k = 0; k < 4; ++k) {
      const size_t slot = beside + ((hash + k) & 3U);
      if (index[slot] == 0 || same(index[slot])) return slot;
    }
  }
  // An odd stride meets every slot, and leaves the long runs of slots that are taken beside a list's nodes.
  const size_t stride = hash >> 40U | 1U;
  size_t slot = hash & mask;
  while (index[slot] != 0 && !same(index[slot])) slot = (slot + stride) & mask;
  return slot;
}

// Lists a node that is not in the index yet. There is room.
void enlist(std::vector<Handle>& index, Handle n, const Node& node) {
  index[slotFor(index, {node.tag, node[0], node[1], node[2]}, [](Handle) { return false; })] = n;
}

uint16_t underBinder(uint16_t free) {
  if (free == kManyFree || free == 0) return free;
  return static_cast<uint16_t>(free - 1);
}

}  // namespace

bool isHandleField(const Node& node, int k) {
  return (kShapes[node.tag].handles >> static_cast<unsigned>(k) & 1U) != 0;
}

Arena::Arena(std::vector<std::string> hosts, uint32_t maxNodes) : hosts_(std::move(hosts)), maxNodes_(maxNodes) {
  Node nothing;
  nothing.flags = kValueFlag;
  nodes_.push_back(nothing);
  names_.push_back(0);
  index_.assign(kFirstSlots, 0);
  leafIndex_.assign(kFirstSlots, 0);
  symbol("");
}

Node Arena::complete(uint8_t tag, uint32_t a, uint32_t b, uint32_t c) const {
  Node node;
  node.tag = tag;
  node.field = {a, b, c};
  const Shape& shape = kShapes[tag];
  unsigned flags = 0;
  unsigned parts = kValueFlag;  // every E is a value
  const auto add = [&](unsigned k) {
    const Node& child = nodes_[node.field[k] & shape.handle[k]];  // nodes_[0] says nothing
    const auto free = static_cast<uint16_t>(child.free & shape.open[k]);
    flags |= child.flags;
    parts &= static_cast<unsigned>(child.flags) | shape.unevaluated[k];
    node.free = std::max(node.free, (shape.bound >> k & 1U) != 0 ? underBinder(free) : free);
  };
  if (shape.handles != 0) {
    add(0);
    add(1);
    add(2);
  }
  node.flags = static_cast<uint8_t>(flags & kIdentFlag);
  if (node.isFrame()) return node;
  if (shape.value == Shape::Always || (shape.value == Shape::WithParts && parts != 0)) node.flags |= kValueFlag;
  if (node.is(Tag::Var)) node.free = static_cast<uint16_t>(std::min<uint32_t>(a, kManyFree - 1) + 1);
  if (node.is(Tag::Ident)) node.flags |= kIdentFlag;
  return node;
}

Handle Arena::make(uint8_t tag, uint32_t a, uint32_t b, uint32_t c) {
  const auto same = [&](Handle n) {
    const Node& node = nodes_[n];
    return node.tag == tag && node.field[0] == a && node.field[1] == b && node.field[2] == c;
  };
  const Place place(tag, a, b, c);
  const auto find = [&](std::vector<Handle>& index) { return &index[slotFor(index, place, same)]; };
  const auto young = static_cast<unsigned>(a >= oldEnd_) | static_cast<unsigned>(b >= oldEnd_) << 1U |
                     static_cast<unsigned>(c >= oldEnd_) << 2U;
  Handle* slot = nullptr;
  if ((young & kShapes[tag].handles) == 0) {
    slot = find(indexOf(tag));
    if (*slot != 0) return *slot;
  }
  const bool makesYoung = oldEnd_ != std::numeric_limits<Handle>::max();
  if (makesYoung) {
    slot = find(youngIndex_);
    if (*slot != 0) return *slot;
  }
  if (nodes_.size() > maxNodes_) throw LimitReached{"memory (at most " + std::to_string(maxNodes_) + " terms)"};
  const auto handle = static_cast<Handle>(nodes_.size());
  if (names_.size() == handle) names_.push_back(0);  // it is longer if memory ran out between these two lines
  nodes_.push_back(complete(tag, a, b, c));
  *slot = handle;
  leaves_ += isLeaf(tag) ? 1 : 0;
  if ((nodes_.size() - leaves_) * 2 > index_.size()) rehash(index_, index_.size() * 2);
  if (leaves_ * size_t{2} > leafIndex_.size()) rehash(leafIndex_, leafIndex_.size() * 2);
  if (makesYoung && (nodes_.size() - oldEnd_) * 2 > youngIndex_.size()) growYoung();
  return handle;
}

// The index of those old nodes that have this tag.
std::vector<Handle>& Arena::indexOf(uint8_t tag) { return isLeaf(tag) ? leafIndex_ : index_; }

void Arena::growYoung() {
  std::vector<Handle> larger(youngIndex_.size() * 2, 0);
  for (Handle n = oldEnd_; n < nodes_.size(); ++n) enlist(larger, n, nodes_[n]);
  youngIndex_ = std::move(larger);
}

void Arena::beginYoung() {
  youngIndex_.assign(kFirstSlots, 0);
  oldEnd_ = static_cast<Handle>(nodes_.size());
}

void Arena::endYoung() {
  const Handle from = std::min(oldEnd_, size());
  for (Handle n = from; n < nodes_.size(); ++n) enlist(indexOf(nodes_[n].tag), n, nodes_[n]);
  oldEnd_ = std::numeric_limits<Handle>::max();
  youngIndex_ = {};
  moved_ = {};
}

void Arena::collectYoung(std::span<Handle* const> roots) {
  const Handle begin = oldEnd_;
  const Handle end = size();
  moved_.assign(end - begin, 0);  // first: is it live?
  for (const Handle* root : roots) {
    if (*root >= begin) moved_[*root - begin] = 1;
  }
  for (Handle n = end; n-- > begin;) {  // parts have smaller handles
    if (moved_[n - begin] == 0) continue;
    for (int k = 0; k < 3; ++k) {
      if (nodes_[n][k] >= begin && isHandleField(nodes_[n], k)) moved_[nodes_[n][k] - begin] = 1;
    }
  }
  Handle free = begin;
  for (Handle n = begin; n < end; ++n) {
    Node node = nodes_[n];
    if (moved_[n - begin] == 0) {
      leaves_ -= isLeaf(node.tag) ? 1 : 0;
      continue;
    }
    for (int k = 0; k < 3; ++k) {
      uint32_t& part = node.field[static_cast<size_t>(k)];
      if (part >= begin && isHandleField(node, k)) part = moved_[part - begin];
    }
    nodes_[free] = node;
    names_[free] = names_[n];
    moved_[n - begin] = free;
    enlist(indexOf(node.tag), free, node);
    ++free;
  }
  for (Handle* root : roots) {
    if (*root >= begin) *root = moved_[*root - begin];
  }
  nodes_.resize(free);
  names_.resize(free);
  oldEnd_ = free;
  if (youngIndex_.size() > kMostYoungSlots) youngIndex_ = std::vector<Handle>(kMostYoungSlots, 0);
  std::fill(youngIndex_.begin(), youngIndex_.end(), 0);
}

// Makes an index of old nodes anew, with that many slots.
void Arena::rehash(std::vector<Handle>& index, size_t slots) {
  std::vector<Handle> larger(slots, 0);
  for (Handle n = 1; n < old(); ++n) {
    if (&indexOf(nodes_[n].tag) == &index) enlist(larger, n, nodes_[n]);
  }
  index = std::move(larger);
}

void Arena::reserve(uint32_t nodes) {
  nodes_.reserve(nodes);
  names_.reserve(nodes);
  const size_t slots = std::bit_ceil(size_t{nodes} * 2);
  if (slots > index_.size()) rehash(index_, slots);
}

Handle Arena::remake(Handle old, uint32_t a, uint32_t b, uint32_t c) {
  const Handle made = make(nodes_[old].tag, a, b, c);
  if (names_[old] != 0) setName(made, names_[old]);
  return made;
}

size_t Arena::bytes() const {
  return nodes_.capacity() * sizeof(Node) +
         (names_.capacity() + index_.capacity() + leafIndex_.capacity()) * sizeof(uint32_t) + texts_.size() * 64;
}

Handle Arena::integer(int64_t n) {
  const auto bits = static_cast<uint64_t>(n);
  return make(Tag::Int, static_cast<uint32_t>(bits), static_cast<uint32_t>(bits >> 32U));
}

int64_t Arena::integerOf(Handle n) const {
  const Node& node = nodes_[n];
  return static_cast<int64_t>(uint64_t{node[1]} << 32U | node[0]);
}

Handle Arena::list(const std::vector<Handle>& elements, Handle type) {
  Handle list = make(Tag::Nil, type);
  for (auto it = elements.rbegin(); it != elements.rend(); ++it) list = make(Tag::Cons, *it, list);
  return list;
}

Symbol Arena::symbol(std::string_view text) {
  const auto [entry, isNew] = symbols_.try_emplace(std::string(text), static_cast<Symbol>(texts_.size()));
  if (isNew) texts_.push_back(&entry->first);
  return entry->second;
}

int Arena::compare(Handle first, Handle second) const {
  std::vector<std::pair<Handle, Handle>> todo{{first, second}};
  const auto order = [](auto x, auto y) { return x < y ? -1 : static_cast<int>(y < x); };
  while (!todo.empty()) {
    const auto [a, b] = todo.back();
    todo.pop_back();
    if (a == b) continue;
    const Node& x = nodes_[a];
    const Node& y = nodes_[b];
    if (x.tag != y.tag) return order(x.tag, y.tag);
    if (x.is(Tag::Int)) return order(integerOf(a), integerOf(b));
    if (x.is(Tag::Req)) {  // ι, then the sender, then the reference
      todo.emplace_back(x[1], y[1]);
      if (x[2] == y[2]) {
        if (x[0] != y[0]) return order(x[0], y[0]);
      } else {
        return compare(x[2], y[2]);  // identifiers: their types are all that could nest
      }
      continue;
    }
    for (int k = 2; k >= 0; --k) {
      if (isHandleField(x, k)) todo.emplace_back(x[k], y[k]);
    }
    // Numbers and texts come before nodes wherever a tag has both.
    for (int k = 0; k < 3; ++k) {
      if (x[k] == y[k] || isHandleField(x, k)) continue;
      if (fieldKind(x, k) == 'x') return text(x[k]) < text(y[k]) ? -1 : 1;
      return order(x[k], y[k]);
    }
  }
  return 0;
}

Handle Copy::operator()(Handle root) {
  stack_.assign(1, root);
  while (!stack_.empty()) {
    const Handle n = stack_.back();
    if (n == 0 || copied_[n] != 0) {
      stack_.pop_back();
      continue;
    }
    const Node node = from_[n];
    const size_t before = stack_.size();
    std::array<uint32_t, 3> field = node.field;
    for (int k = 2; k >= 0; --k) {
      const auto i = static_cast<size_t>(k);
      if (isHandleField(node, k)) {
        if (node[k] != 0 && copied_[node[k]] == 0) stack_.push_back(node[k]);
        field[i] = copied_[node[k]];
      } else if (fieldKind(node, k) == 'x') {
        field[i] = to_.symbol(from_.text(node[k]));
      }
    }
    if (stack_.size() > before) continue;  // children first
    copied_[n] = to_.make(node.tag, field[0], field[1], field[2]);
    if (from_.nameOf(n) != 0) to_.setName(copied_[n], to_.symbol(from_.text(from_.nameOf(n))));
    stack_.pop_back();
  }
  return root == 0 ? 0 : copied_[root];
}

namespace {

// A node on its way through `substitute`: its fields so far, the one to visit next, how many binders lie above it.
struct Visit {
  Handle node;
  uint32_t depth;
  int next;
  std::array<uint32_t, 3> field;
};

}  // namespace

Handle substitute(Arena& arena, Handle body, std::span<const Handle> values) {
  boost::container::small_vector<Visit, 24> stack;
  Handle done = 0;
  // Gives the answer for `n` at once, or pushes a visit and returns false.
  const auto enter = [&](Handle n, uint32_t depth) {
    const Node node = arena[n];
    if (node.free <= depth && node.free != kManyFree) {
      done = n;
      return true;
    }
    if (node.is(Tag::Var)) {
      done = node[0] < depth ? n : values[node[0] - depth];
      return true;
    }
    stack.push_back({n, depth, 0, node.field});
    return false;
  };
  if (enter(body, 0)) return done;
  while (true) {
    Visit& visit = stack.back();
    const Node node = arena[visit.node];
    const std::string_view kinds = kFields[node.tag];
    bool descended = false;
    while (visit.next < 3) {
      const int k = visit.next;
      const char kind = kinds[static_cast<size_t>(k)];
      if (kind == 'E' || kind == 't' || kind == 'b') {
        if (!enter(node[k], visit.depth + (kind == 'b' ? 1 : 0))) {  // may move `visit`
          descended = true;
          break;
        }
        visit.field[static_cast<size_t>(k)] = done;
      }
      ++visit.next;
    }
    if (descended) continue;
    done = visit.field == node.field ? visit.node
                                     : arena.remake(visit.node, visit.field[0], visit.field[1], visit.field[2]);
    stack.pop_back();
    if (stack.empty()) return done;
    stack.back().field[static_cast<size_t>(stack.back().next++)] = done;
  }
}

}  // namespace funpass
