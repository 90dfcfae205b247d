// Random choices that mean the same on every platform.
#pragma once

#include <cstdint>

namespace funpass {

/// Splitmix64 (Steele, Lea and Flood, OOPSLA 2014): a seed gives one sequence everywhere.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t next() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
  }

  /// A number below `bound` (> 0), all equally likely (Lemire's method, on the upper 32 bits of `next`).
  uint32_t below(uint32_t bound) {
    while (true) {
      const uint64_t product = (next() >> 32U) * bound;
      const auto low = static_cast<uint32_t>(product);
      if (low >= bound || low >= (0U - bound) % bound) return static_cast<uint32_t>(product >> 32U);
    }
  }

 private:
  uint64_t state_;
};

}  // namespace funpass
