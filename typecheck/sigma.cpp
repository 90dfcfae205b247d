#include "typecheck/sigma.hpp"

#include <algorithm>
#include <bit>

namespace funpass {

namespace {

constexpr Handle kClash = kNobody;
constexpr size_t kRecent = size_t{1} << 14U;  // merges remembered; a power of two

uint64_t keyOf(const Arena& arena, Handle ident) {
  const Node node = arena[ident];
  return uint64_t{node[0]} << 32U | node[1];
}

int sideOf(uint64_t key, uint32_t bit) { return (key >> (63U - bit) & 1U) != 0 ? 2 : 1; }

}  // namespace

void Sigmas::moveTo(Arena& arena) {
  arena_ = &arena;
  of_.clear();
  recent_.clear();
  looked_ = 1;
  idents_.clear();
  oneTypeEach_ = true;
}

bool Sigmas::oneTypeEach() {
  for (; oneTypeEach_ && looked_ < arena_->size(); ++looked_) {
    if (arena_->is(looked_, Tag::Ident)) oneTypeEach_ = idents_.insert(keyOf(*arena_, looked_)).second;
  }
  return oneTypeEach_;
}

// A Leaf below `sigma`; its key starts as all the keys there do.
Handle Sigmas::lowest(Handle sigma) const {
  while (arena_->is(sigma, Tag::Branch)) sigma = (*arena_)[sigma][1];
  return sigma;
}

Handle Sigmas::withLeaf(Handle sigma, Handle leaf) {
  const Node entry = (*arena_)[leaf];
  const Handle there = lookup(*arena_, sigma, entry[0]);
  if (there == leaf) return sigma;
  if (there != 0) {
    clash_ = {entry[0], (*arena_)[there][0]};
    return kClash;
  }
  return insert(*arena_, sigma, entry[0], entry[1]);
}

// Recursion is as deep as keys have bits.
Handle Sigmas::merged(Handle a, Handle b) {
  if (a == b || b == 0) return a;
  if (a == 0) return b;
  if (arena_->is(b, Tag::Leaf)) return withLeaf(a, b);
  if (arena_->is(a, Tag::Leaf)) return withLeaf(b, a);
  if (recent_.empty()) recent_.resize(kRecent);
  const size_t slot = ((uint64_t{a} << 32U | b) * 0x9e3779b97f4a7c15ULL) >> 50U;
  const Merged& known = recent_[slot];
  if (known.a == a && known.b == b) return known.sigma;
  const Handle sigma = mergeBranches(a, b);
  if (sigma != kClash) recent_[slot] = {a, b, sigma};
  return sigma;
}

Handle Sigmas::mergeBranches(Handle a, Handle b) {
  const Node x = (*arena_)[a];
  const Node y = (*arena_)[b];
  const uint64_t keyA = keyOf(*arena_, (*arena_)[lowest(a)][0]);
  const uint64_t keyB = keyOf(*arena_, (*arena_)[lowest(b)][0]);
  const auto apart = static_cast<uint32_t>(std::countl_zero(keyA ^ keyB));
  if (apart < std::min(x[0], y[0])) {
    return sideOf(keyA, apart) == 1 ? arena_->make(Tag::Branch, apart, a, b) : arena_->make(Tag::Branch, apart, b, a);
  }
  std::array<Handle, 3> side{0, x[1], x[2]};
  uint32_t bit = x[0];
  if (x[0] == y[0]) {
    side[1] = merged(x[1], y[1]);
    if (side[1] != kClash) side[2] = merged(x[2], y[2]);
  } else if (x[0] < y[0]) {
    const auto k = static_cast<size_t>(sideOf(keyB, bit));
    side[k] = merged(side[k], b);
  } else {
    bit = y[0];
    side = {0, y[1], y[2]};
    const auto k = static_cast<size_t>(sideOf(keyA, bit));
    side[k] = merged(a, side[k]);
  }
  if (side[1] == kClash || side[2] == kClash) return kClash;
  return arena_->make(Tag::Branch, bit, side[1], side[2]);
}

bool Sigmas::merge(Handle a, Handle b, Handle& sigma) {
  const Handle result = merged(a, b);
  if (result == kClash) return false;
  sigma = result;
  return true;
}

bool Sigmas::of(Handle root, Handle& sigma) {
  sigma = 0;
  if (root == 0 || !(*arena_)[root].hasIdent()) return true;
  if (root < of_.size() && of_[root] != 0) {
    sigma = of_[root];
    return true;
  }
  std::vector<Handle> stack{root};
  while (!stack.empty()) {
    const Handle n = stack.back();
    const Node node = (*arena_)[n];
    if (n >= of_.size()) of_.resize(arena_->size(), 0);
    if (of_[n] != 0) {
      stack.pop_back();
      continue;
    }
    Handle found = 0;
    if (node.is(Tag::Ident)) {
      found = arena_->make(Tag::Leaf, n, node[2]);
    } else {
      const size_t before = stack.size();
      for (int k = 2; k >= 0; --k) {
        const Handle part = node[k];
        if (!isHandleField(node, k) || part == 0 || !(*arena_)[part].hasIdent()) continue;
        if (part < of_.size() && of_[part] != 0) {
          if (stack.size() == before) found = merged(found, of_[part]);
          if (found == kClash) return false;
        } else {
          stack.push_back(part);
        }
      }
      if (stack.size() > before) continue;  // parts first
    }
    of_[n] = found;
    stack.pop_back();
  }
  sigma = of_[root];
  return true;
}

}  // namespace funpass
