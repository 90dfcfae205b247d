// The set of states met, each kept in full and numbered in the order of discovery.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "checker/model.hpp"

namespace funpass {

/// Exact: states are compared word by word; hashes only find the bucket.
class StateTable {
 public:
  explicit StateTable(size_t width) : width_(width), slots_(1024, 0) {}

  uint32_t size() const { return size_; }
  StateView operator[](uint32_t number) const { return {words_.data() + size_t{number} * width_, width_}; }
  /// Memory held, in bytes.
  size_t bytes() const { return words_.capacity() * sizeof(uint32_t) + slots_.capacity() * sizeof(uint32_t); }

  struct Inserted {
    uint32_t number;
    bool isNew;
  };
  /// The number of the state, which must have `width` words and not lie in this table.
  Inserted insert(StateView state) {
    const size_t mask = slots_.size() - 1;
    size_t slot = hash(state) & mask;
    for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
      const uint32_t number = slots_[slot] - 1;
      if (std::equal(state.begin(), state.end(), words_.begin() + static_cast<std::ptrdiff_t>(number * width_))) {
        return {number, false};
      }
    }
    words_.insert(words_.end(), state.begin(), state.end());
    slots_[slot] = ++size_;
    if (size_t{size_} * 4 > slots_.size() * 3) grow();
    return {size_ - 1, true};
  }

 private:
  static size_t hash(StateView state) {
    uint64_t h = 0x9e3779b97f4a7c15ULL;
    for (const uint32_t word : state) {
      h = (h ^ word) * 0xbf58476d1ce4e5b9ULL;
      h ^= h >> 29U;
    }
    return h ^ (h >> 32U);
  }

  void grow() {
    std::vector<uint32_t> larger(slots_.size() * 2, 0);
    const size_t mask = larger.size() - 1;
    for (uint32_t number = 0; number < size_; ++number) {
      size_t slot = hash((*this)[number]) & mask;
      while (larger[slot] != 0) slot = (slot + 1) & mask;
      larger[slot] = number + 1;
    }
    slots_ = std::move(larger);
  }

  size_t width_;
  uint32_t size_ = 0;
  std::vector<uint32_t> words_;
  std::vector<uint32_t> slots_;  // number + 1; 0: free
};

}  // namespace funpass
