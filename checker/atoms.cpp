#include "checker/atoms.hpp"

#include <algorithm>
#include <iterator>

namespace funpass {

namespace {

// The host (or mark) that the node itself is or names, kNobody if none.
uint32_t ownHost(const Node& node) {
  if (node.isFrame()) return node.frameOf() == Tag::Respond ? node[0] : kNobody;
  if (node.is(Tag::Host) || node.is(Tag::Respond) || node.is(Tag::Req)) return node[0];
  if (node.is(Tag::Asked)) return node[1];
  if (node.is(Tag::Mat) || node.is(Tag::Applied)) return kLineage;
  return node.is(Tag::Here) ? kHere : kNobody;
}

bool isOnDemand(const Node& node) {
  const Tag tag = node.isFrame() ? node.frameOf() : node.kind();
  return tag == Tag::Apply || tag == Tag::Applied || tag == Tag::Respond;
}

}  // namespace

bool HostsIn::has(Handle node, uint32_t host) {
  const std::vector<uint32_t>& set = (*this)(node);
  return std::binary_search(set.begin(), set.end(), host);
}

uint32_t HostsIn::number(std::vector<uint32_t> set) {
  const auto [entry, isNew] = numbers_.try_emplace(std::move(set), static_cast<uint32_t>(sets_.size()));
  if (isNew) sets_.push_back(entry->first);
  return entry->second;
}

uint32_t HostsIn::join(uint32_t a, uint32_t b) {
  if (a == b || b == 0) return a;
  if (a == 0) return b;
  const auto [entry, isNew] = joins_.try_emplace(std::minmax(a, b), 0);
  if (isNew) {
    std::vector<uint32_t> both;
    std::set_union(sets_[a].begin(), sets_[a].end(), sets_[b].begin(), sets_[b].end(), std::back_inserter(both));
    entry->second = number(std::move(both));
  }
  return entry->second;
}

uint32_t HostsIn::setOf(Handle root) {
  if (root < known_.size() && known_[root] != 0) return known_[root] - 1;
  if (known_.size() < arena_.size()) known_.resize(size_t{arena_.size()} + arena_.size() / 2, 0);
  std::vector<Handle> stack{root};
  while (!stack.empty()) {
    const Handle n = stack.back();
    const Node node = arena_[n];
    const size_t before = stack.size();
    for (int k = 0; k < 3; ++k) {
      if (isHandleField(node, k) && known_[node[k]] == 0) stack.push_back(node[k]);
    }
    if (stack.size() != before) continue;
    stack.pop_back();
    const uint32_t own = ownHost(node);
    uint32_t set = own == kNobody ? 0 : number({own});
    if (isOnDemand(node)) set = join(set, number({kOnDemand}));
    for (int k = 0; k < 3; ++k) {
      if (isHandleField(node, k)) set = join(set, known_[node[k]] - 1);
    }
    known_[n] = set + 1;
  }
  return known_[root] - 1;
}

}  // namespace funpass
