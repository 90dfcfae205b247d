// The set of states met, each kept in full and numbered in the order of discovery.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "checker/model.hpp"

namespace funpass {

/// Exact: states are compared in full; hashes only find the place. A state's words are packed into as many bits as the
/// largest word met at each place needs, `lanes` 64-bit words in all; when one needs more, all are packed anew.
class StateTable {
 public:
  explicit StateTable(size_t width) : bits_(width, 1), lanes_(lanesOf(bits_)) { rehash(1024); }

  uint32_t size() const { return size_; }
  /// The words of a state.
  std::vector<uint32_t> operator[](uint32_t number) const {
    std::vector<uint32_t> words(bits_.size());
    unpack(row(number), words.data());
    return words;
  }
  /// Memory held, in bytes.
  size_t bytes() const { return pages_.size() * kRows * lanes_ * 8 + slots_.capacity() * sizeof(uint32_t); }

  struct Inserted {
    uint32_t number;
    bool isNew;
  };
  /// The number of the state, which must have `width` words.
  Inserted insert(StateView state) {
    stage(state);
    return insertStaged(0);
  }

  /// Gets ready to insert the states that `states` consists of: their places in memory are fetched, so that inserting
  /// them one by one does not wait for each.
  void stage(StateView states) {
    const size_t width = bits_.size();
    for (size_t i = 0; i < states.size(); i += width) fit(states.subspan(i, width));
    staged_.clear();
    for (size_t i = 0; i < states.size(); i += width) {
      const size_t at = staged_.size();
      staged_.resize(at + lanes_ + 1);
      pack(bits_, states.subspan(i, width), &staged_[at]);
      staged_[at + lanes_] = hash(&staged_[at]);
      __builtin_prefetch(&slots_[home(staged_[at + lanes_])]);
    }
  }

  /// Inserts the i-th of the states staged last.
  Inserted insertStaged(size_t i) {
    const uint64_t* key = &staged_[i * (lanes_ + 1)];
    const uint64_t h = key[lanes_];
    const uint32_t tag = tagOf(h);
    size_t slot = home(h);
    for (; slots_[slot] != 0; slot = slot + 1 == slots_.size() ? 0 : slot + 1) {
      if ((slots_[slot] & ~numberMask_) != tag) continue;
      const uint32_t number = (slots_[slot] & numberMask_) - 1;
      if (isKey(number, key)) return {number, false};
    }
    addRow(key);
    slots_[slot] = tag | ++size_;
    if (size_t{size_} * 5 > slots_.size() * 4) rehash(slots_.size() + slots_.size() * 2 / 5 + 1);
    return {size_ - 1, true};
  }

 private:
  using Bits = std::vector<uint8_t>;
  static constexpr uint32_t kRows = 1U << 14U;  // in a page

  static size_t lanesOf(const Bits& bits) {
    size_t lanes = 1;
    size_t used = 0;
    for (const uint8_t n : bits) {
      if (used + n > 64) {
        ++lanes;
        used = 0;
      }
      used += n;
    }
    return lanes;
  }

  // Words lie one after the other, none across two lanes.
  static void pack(const Bits& bits, StateView words, uint64_t* key) {
    uint64_t lane = 0;
    size_t used = 0;
    for (size_t k = 0; k < bits.size(); ++k) {
      if (used + bits[k] > 64) {
        *key++ = lane;
        lane = 0;
        used = 0;
      }
      lane |= uint64_t{words[k]} << used;
      used += bits[k];
    }
    *key = lane;
  }

  void unpack(const uint64_t* key, uint32_t* words) const {
    size_t used = 0;
    for (size_t k = 0; k < bits_.size(); ++k) {
      if (used + bits_[k] > 64) {
        ++key;
        used = 0;
      }
      words[k] = static_cast<uint32_t>(*key >> used & ((uint64_t{1} << bits_[k]) - 1));
      used += bits_[k];
    }
  }

  const uint64_t* row(uint32_t number) const { return &pages_[number / kRows][number % kRows * lanes_]; }

  void addRow(const uint64_t* key) {
    if (size_ / kRows == pages_.size()) {
      pages_.emplace_back();
      pages_.back().reserve(pages_.size() == 1 ? 64 * lanes_ : kRows * lanes_);
    }
    pages_.back().insert(pages_.back().end(), key, key + lanes_);
  }

  // Makes room for the words of a state.
  void fit(StateView words) {
    bool fits = true;
    for (size_t k = 0; k < bits_.size(); ++k) fits = fits && words[k] >> (bits_[k] - 1U) <= 1;
    if (fits) return;
    Bits wider = bits_;
    for (size_t k = 0; k < wider.size(); ++k) {
      wider[k] = std::max(wider[k], static_cast<uint8_t>(std::bit_width(words[k])));
    }
    const size_t lanes = lanesOf(wider);
    std::vector<uint32_t> state(bits_.size());
    for (std::vector<uint64_t>& page : pages_) {  // one at a time, so that there are never two of all
      const size_t rows = page.size() / lanes_;
      std::vector<uint64_t> packed(rows * lanes);
      packed.reserve((&page == &pages_.front() && rows < kRows ? rows : kRows) * lanes);
      for (size_t i = 0; i < rows; ++i) {
        unpack(&page[i * lanes_], state.data());
        pack(wider, state, &packed[i * lanes]);
      }
      page = std::move(packed);
    }
    bits_ = std::move(wider);
    lanes_ = lanes;
    rehash(slots_.size());
  }

  bool isKey(uint32_t number, const uint64_t* key) const { return std::equal(key, key + lanes_, row(number)); }

  uint64_t hash(const uint64_t* key) const {
    uint64_t h = 0;
    for (size_t lane = 0; lane < lanes_; ++lane) {
      h = (h ^ key[lane]) * 0xbf58476d1ce4e5b9ULL;
      h = (h ^ h >> 32U) * 0x94d049bb133111ebULL;
      h ^= h >> 29U;
    }
    return h;
  }

  // By the upper bits of the hash; the lower ones are the tag.
  size_t home(uint64_t h) const { return static_cast<size_t>((h >> 32U) * slots_.size() >> 32U); }
  uint32_t tagOf(uint64_t h) const { return static_cast<uint32_t>(h) & ~numberMask_; }

  void rehash(size_t slots) {
    slots_ = {};
    slots_.resize(slots);
    numberMask_ = static_cast<uint32_t>((uint64_t{1} << std::bit_width(slots)) - 1);
    for (uint32_t number = 0; number < size_; ++number) {
      const uint64_t h = hash(row(number));
      size_t slot = home(h);
      while (slots_[slot] != 0) slot = slot + 1 == slots_.size() ? 0 : slot + 1;
      slots_[slot] = tagOf(h) | (number + 1);
    }
  }

  Bits bits_;
  size_t lanes_ = 1;
  uint32_t size_ = 0;
  uint32_t numberMask_ = 0;
  std::vector<std::vector<uint64_t>> pages_;  // of keys, `lanes_` words each
  std::vector<uint32_t> slots_;               // number + 1, above it a few bits of the hash; 0: free
  std::vector<uint64_t> staged_;              // keys, each with its hash behind it
};

}  // namespace funpass
