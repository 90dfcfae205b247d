// A map from pairs of numbers to numbers: open addressing, nothing is ever removed.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace funpass {

class PairTable {
 public:
  static constexpr uint32_t kMissing = 0xffffffff;

  /// What (a, b) was mapped to; kMissing if to nothing. (a, b) must not be (2³²-1, 2³²-1).
  uint32_t find(uint32_t a, uint32_t b) const {
    if (entries_.empty()) return kMissing;
    const uint64_t key = uint64_t{a} << 32U | b;
    for (size_t slot = home(key);; slot = (slot + 1) & (entries_.size() - 1)) {
      if (entries_[slot].key == key) return entries_[slot].value;
      if (entries_[slot].key == kFree) return kMissing;
    }
  }

  /// Maps (a, b), which is mapped to nothing, to `value`.
  void insert(uint32_t a, uint32_t b, uint32_t value) {
    if ((used_ + 1) * 2 > entries_.size()) grow();
    put({uint64_t{a} << 32U | b, value});
    ++used_;
  }

  size_t bytes() const { return entries_.capacity() * sizeof(Entry); }

 private:
  static constexpr uint64_t kFree = ~uint64_t{0};
  struct Entry {
    uint64_t key = kFree;
    uint32_t value = kMissing;
  };

  size_t home(uint64_t key) const { return (key * 0x9e3779b97f4a7c15ULL >> 32U) & (entries_.size() - 1); }
  void put(Entry entry) {
    size_t slot = home(entry.key);
    while (entries_[slot].key != kFree) slot = (slot + 1) & (entries_.size() - 1);
    entries_[slot] = entry;
  }
  void grow() {
    std::vector<Entry> old(entries_.empty() ? 16 : entries_.size() * 2);
    std::swap(old, entries_);
    for (const Entry& entry : old) {
      if (entry.key != kFree) put(entry);
    }
  }

  std::vector<Entry> entries_;
  size_t used_ = 0;
};

}  // namespace funpass
