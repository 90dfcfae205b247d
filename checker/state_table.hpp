// The set of states met, each kept in full and numbered in the order of discovery.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "checker/model.hpp"

namespace funpass {

/// Exact: states are compared in full; hashes only find the place. A state's words are packed into as many bits as the
/// largest word met at each place needs, `lanes` 64-bit words in all; when one needs more, all are packed anew.
class StateTable {
 public:
  explicit StateTable(size_t width) : layout_(std::vector<uint8_t>(width, 1)) { rehash(1024); }

  uint32_t size() const { return size_; }
  /// The words of a state.
  std::vector<uint32_t> operator[](uint32_t number) const {
    std::vector<uint32_t> words(layout_.fields.size());
    layout_.unpack(row(number), words.data());
    return words;
  }
  /// The same, into `words`.
  void copyWords(uint32_t number, uint32_t* words) const { layout_.unpack(row(number), words); }
  /// Memory held, in bytes.
  size_t bytes() const { return pages_.size() * kRows * layout_.lanes * 8 + slots_.capacity() * sizeof(uint32_t); }

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
    const size_t width = layout_.fields.size();
    const size_t lanes = layout_.lanes;
    staged_.resize(states.size() / width * (lanes + 1));
    uint64_t* key = staged_.data();
    for (size_t i = 0; i < states.size(); i += width, key += lanes + 1) {
      if (!layout_.pack(states.subspan(i, width), key)) {
        widen(states);
        return stage(states);
      }
      key[lanes] = hash(key);
      __builtin_prefetch(&slots_[home(key[lanes])]);
    }
    for (key = staged_.data(); key != staged_.data() + staged_.size(); key += lanes + 1) {
      const uint32_t first = slots_[home(key[lanes])];
      if (first != 0 && (first & ~numberMask_) == tagOf(key[lanes])) __builtin_prefetch(row((first & numberMask_) - 1));
    }
  }

  /// Inserts the i-th of the states staged last.
  Inserted insertStaged(size_t i) {
    const uint64_t* key = &staged_[i * (layout_.lanes + 1)];
    const uint64_t h = key[layout_.lanes];
    const uint32_t tag = tagOf(h);
    size_t slot = home(h);
    for (; slots_[slot] != 0; slot = slot + 1 == slots_.size() ? 0 : slot + 1) {
      if ((slots_[slot] & ~numberMask_) != tag) continue;
      const uint32_t number = (slots_[slot] & numberMask_) - 1;
      if (isKey(number, key)) return {number, false};
    }
    addRow(key);
    slots_[slot] = tag | ++size_;
    makeSlots(size_);
    return {size_ - 1, true};
  }

  // ---- many at once: keys are made, their places found, perhaps by several threads, and then they get numbers in
  // order

  /// Words of a key with its hash behind it.
  size_t keyWords() const { return layout_.lanes + 1; }
  /// The key of a state, not yet sealed.
  void copyKey(uint32_t number, uint64_t* key) const { std::copy_n(row(number), layout_.lanes, key); }
  /// Changes a word of a key; there must be room for it.
  void setWord(uint64_t* key, size_t place, uint32_t word) const {
    const typename Layout::Field field = layout_.fields[place];
    uint64_t& lane = key[field.lane];
    lane = (lane & ~(((uint64_t{1} << field.bits) - 1) << field.shift)) | uint64_t{word} << field.shift;
  }
  /// The key of these words; there must be room for them.
  void makeKey(StateView state, uint64_t* key) const { layout_.pack(state, key); }
  void seal(uint64_t* key) const { key[layout_.lanes] = hash(key); }
  /// Makes room for words up to these. True if keys made before are void.
  bool makeRoom(StateView largest) {
    for (size_t k = 0; k < largest.size(); ++k) {
      if (std::bit_width(largest[k]) > layout_.fields[k].bits) return widen(largest), true;
    }
    return false;
  }

  /// A state of a batch that was not met before: its place in the batch and in the table.
  struct Fresh {
    uint32_t key;
    uint32_t slot;
  };
  struct Batch {
    /// What one thread works on; a cache line never belongs to two.
    struct alignas(64) Part {
      std::vector<uint32_t> keys;  ///< those whose home lies in it, then some that say nothing
      std::vector<uint32_t> late;  ///< those whose place lies beyond it
      std::vector<Fresh> fresh;
    };
    std::vector<uint64_t> keys;  ///< sealed, one after the other
    std::vector<Part> parts;
    std::vector<Fresh> fresh;  ///< of all parts, in order; known when the batch is settled
  };

  /// Gets ready for the keys of a batch, in this many parts.
  void begin(Batch& batch, size_t parts) {
    makeSlots(size_ + batch.keys.size() / keyWords());
    batch.parts.resize(parts);
  }

  /// Finds the places of those keys whose home lies in this part of the table. Parts may be looked through at the same
  /// time.
  void find(Batch& batch, size_t number) {
    constexpr size_t soon = 8;    // keys ahead, of which the slot is there and the row is fetched
    constexpr size_t later = 16;  // keys ahead, of which the slot is fetched
    const size_t words = keyWords();
    const uint64_t* keys = batch.keys.data();
    const auto hashOf = [&](uint32_t i) { return keys[(i + 1) * words - 1]; };
    const size_t begin = slots_.size() * number / batch.parts.size();
    const size_t end = slots_.size() * (number + 1) / batch.parts.size();
    typename Batch::Part& part = batch.parts[number];
    const size_t all = batch.keys.size() / words;
    if (part.keys.size() < all) part.keys.resize(all);
    size_t count = 0;
    for (uint32_t i = 0; i < all; ++i) {
      const size_t at = home(hashOf(i));
      part.keys[count] = i;
      count += static_cast<size_t>(at >= begin && at < end);
    }
    const std::span<const uint32_t> mine(part.keys.data(), count);
    part.late.clear();
    part.fresh.clear();
    for (size_t n = 0; n < std::min(later, mine.size()); ++n) __builtin_prefetch(&slots_[home(hashOf(mine[n]))], 1);
    for (size_t n = 0; n < mine.size(); ++n) {
      if (n + later < mine.size()) __builtin_prefetch(&slots_[home(hashOf(mine[n + later]))], 1);
      if (n + soon < mine.size()) {
        const uint64_t h = hashOf(mine[n + soon]);
        const uint32_t first = slots_[home(h)];
        const uint32_t known = (first & numberMask_) - 1;
        if (first != 0 && (first & ~numberMask_) == tagOf(h) && known < size_) __builtin_prefetch(row(known));
      }
      if (!place(batch, part, mine[n], end)) part.late.push_back(mine[n]);
    }
  }

  /// When all parts were looked through: finds what is left, and gives the new states numbers, in the batch's order.
  void settle(Batch& batch) {
    batch.fresh.clear();
    for (typename Batch::Part& part : batch.parts) {
      const std::ptrdiff_t sorted = std::ssize(part.fresh);
      for (const uint32_t i : part.late) place(batch, part, i, 0);
      std::inplace_merge(part.fresh.begin(), part.fresh.begin() + sorted, part.fresh.end(), before);
      const std::ptrdiff_t known = std::ssize(batch.fresh);
      batch.fresh.insert(batch.fresh.end(), part.fresh.begin(), part.fresh.end());
      std::inplace_merge(batch.fresh.begin(), batch.fresh.begin() + known, batch.fresh.end(), before);
    }
    for (const Fresh& fresh : batch.fresh) {
      const uint64_t* key = &batch.keys[fresh.key * keyWords()];
      addRow(key);
      slots_[fresh.slot] = tagOf(key[layout_.lanes]) | ++size_;
    }
  }

  /// There was no memory for all of a batch: only the first `size` states were met.
  void forget(Batch& batch, uint32_t size) {
    batch.keys.clear();
    pages_.resize((size + kRows - 1) / kRows);
    if (size > 0) pages_.back().resize((size - (pages_.size() - 1) * kRows) * layout_.lanes);
    size_ = size;
    rehash(slots_.size());
  }

 private:
  static constexpr uint32_t kRows = 1U << 14U;   // in a page
  static constexpr uint32_t kLarge = 1U << 20U;  // states

  /// Where in a key each word lies: one after the other, none across two lanes.
  struct Layout {
    struct Field {
      uint8_t bits;
      uint8_t shift;
      uint16_t lane;
    };
    std::vector<Field> fields;
    size_t lanes = 1;

    explicit Layout(const std::vector<uint8_t>& bits) {
      size_t used = 0;
      for (const uint8_t n : bits) {
        if (used + n > 64) {
          ++lanes;
          used = 0;
        }
        fields.push_back({n, static_cast<uint8_t>(used), static_cast<uint16_t>(lanes - 1)});
        used += n;
      }
    }

    /// False if a word needs more bits than there are.
    bool pack(StateView words, uint64_t* key) const {
      std::fill_n(key, lanes, 0);
      uint64_t over = 0;
      for (size_t k = 0; k < fields.size(); ++k) {
        const Field field = fields[k];
        const uint64_t word = words[k];
        over |= word >> field.bits;
        key[field.lane] |= word << field.shift;
      }
      return over == 0;
    }

    void unpack(const uint64_t* key, uint32_t* words) const {
      for (size_t k = 0; k < fields.size(); ++k) {
        const Field field = fields[k];
        words[k] = static_cast<uint32_t>(key[field.lane] >> field.shift & ((uint64_t{1} << field.bits) - 1));
      }
    }
  };

  const uint64_t* row(uint32_t number) const { return &pages_[number / kRows][number % kRows * layout_.lanes]; }

  void addRow(const uint64_t* key) {
    if (size_ / kRows == pages_.size()) {
      pages_.emplace_back();
      pages_.back().reserve((pages_.size() == 1 ? 64 : kRows) * layout_.lanes);
    }
    pages_.back().insert(pages_.back().end(), key, key + layout_.lanes);
  }

  // Packs all anew, with room for the words of these states.
  void widen(StateView states) {
    std::vector<uint8_t> bits;
    for (const typename Layout::Field& field : layout_.fields) bits.push_back(field.bits);
    for (size_t i = 0; i < states.size(); ++i) {
      uint8_t& n = bits[i % bits.size()];
      n = std::max(n, static_cast<uint8_t>(std::bit_width(states[i])));
    }
    const Layout wider(bits);
    std::vector<uint32_t> words(bits.size());
    const auto repack = [&](const Layout& from, const uint64_t* row, const Layout& to, uint64_t* target) {
      from.unpack(row, words.data());
      to.pack(words, target);
    };
    size_t done = 0;
    try {
      for (; done < pages_.size(); ++done) {  // one at a time, so that there are never two of all
        std::vector<uint64_t>& page = pages_[done];
        const size_t rows = page.size() / layout_.lanes;
        std::vector<uint64_t> packed;
        packed.reserve((rows < kRows && pages_.size() == 1 ? rows : kRows) * wider.lanes);
        packed.resize(rows * wider.lanes);
        for (size_t i = 0; i < rows; ++i) repack(layout_, &page[i * layout_.lanes], wider, &packed[i * wider.lanes]);
        page = std::move(packed);
      }
    } catch (...) {  // no memory: as it was
      while (done-- > 0) {
        std::vector<uint64_t>& page = pages_[done];
        const size_t rows = page.size() / wider.lanes;
        for (size_t i = 0; i < rows; ++i) repack(wider, &page[i * wider.lanes], layout_, &page[i * layout_.lanes]);
        page.resize(rows * layout_.lanes);
      }
      throw;
    }
    layout_ = wider;
    rehash(slots_.size());
  }

  static bool before(const Fresh& a, const Fresh& b) { return a.key < b.key; }

  // Finds the place of a key of a batch: that of its state or of an equal key, else a free one, which it takes. False
  // if it is not before slot `end`; 0: anywhere.
  bool place(const Batch& batch, typename Batch::Part& part, uint32_t i, size_t end) {
    const uint64_t* key = &batch.keys[i * keyWords()];
    const uint32_t tag = tagOf(key[layout_.lanes]);
    for (size_t slot = home(key[layout_.lanes]);; ++slot) {
      if (slot == (end == 0 ? slots_.size() : end)) {
        if (end != 0) return false;
        slot = 0;
      }
      if (slots_[slot] == 0) {
        part.fresh.push_back({i, static_cast<uint32_t>(slot)});
        slots_[slot] = tag | (size_ + i + 1);
        return true;
      }
      if ((slots_[slot] & ~numberMask_) != tag) continue;
      const uint32_t number = (slots_[slot] & numberMask_) - 1;
      if (isSame(number < size_ ? row(number) : &batch.keys[(number - size_) * keyWords()], key)) return true;
    }
  }

  bool isKey(uint32_t number, const uint64_t* key) const { return isSame(row(number), key); }
  bool isSame(const uint64_t* known, const uint64_t* key) const {
    uint64_t differs = 0;
    for (size_t lane = 0; lane < layout_.lanes; ++lane) differs |= key[lane] ^ known[lane];
    return differs == 0;
  }

  uint64_t hash(const uint64_t* key) const {
    uint64_t h = 0;
    for (size_t lane = 0; lane < layout_.lanes; ++lane) {
      h = (h ^ key[lane]) * 0xbf58476d1ce4e5b9ULL;
      h = (h ^ h >> 32U) * 0x94d049bb133111ebULL;
      h ^= h >> 29U;
    }
    return h;
  }

  // By the upper bits of the hash; the lower ones are the tag.
  size_t home(uint64_t h) const { return static_cast<size_t>((h >> 32U) * slots_.size() >> 32U); }
  uint32_t tagOf(uint64_t h) const { return static_cast<uint32_t>(h) & ~numberMask_; }

  // Room for that many states. Large tables grow slowly, so that they are never much larger than they have to be.
  void makeSlots(size_t states) {
    while (states * 5 > slots_.size() * 4) rehash(slots_.size() + slots_.size() / (size_ < kLarge ? 1 : 4));
  }

  void rehash(size_t slots) {
    const size_t before = slots_.size();
    if (before == slots) {
      std::fill(slots_.begin(), slots_.end(), 0);
    } else {
      slots_ = std::vector<uint32_t>();  // gives its memory back first
      try {
        slots_.resize(slots);
      } catch (...) {
        if (before == 0) throw;
        slots_.resize(before);  // there was memory for that
        rehash(before);
        throw;
      }
    }
    numberMask_ = static_cast<uint32_t>((uint64_t{1} << std::bit_width(slots)) - 1);
    std::array<uint64_t, 32> hashes{};
    for (uint32_t number = 0; number < size_;) {  // in batches, for the same reason as `stage`
      const uint32_t count = std::min<uint32_t>(size_ - number, hashes.size());
      for (uint32_t i = 0; i < count; ++i) {
        hashes[i] = hash(row(number + i));
        __builtin_prefetch(&slots_[home(hashes[i])], 1);
      }
      for (uint32_t i = 0; i < count; ++i) {
        size_t slot = home(hashes[i]);
        while (slots_[slot] != 0) slot = slot + 1 == slots_.size() ? 0 : slot + 1;
        slots_[slot] = tagOf(hashes[i]) | ++number;
      }
    }
  }

  Layout layout_;
  uint32_t size_ = 0;
  uint32_t numberMask_ = 0;
  std::vector<std::vector<uint64_t>> pages_;  // of keys, `lanes` words each
  std::vector<uint32_t> slots_;               // number + 1, above it a few bits of the hash; 0: free
  std::vector<uint64_t> staged_;              // keys, each with its hash behind it
};

}  // namespace funpass
