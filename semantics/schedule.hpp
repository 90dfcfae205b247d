// Schedules: which of steps(C) is taken, from the initial configuration on. Counterexamples, `--schedule` and test
// expectations are the same string.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace funpass {

/// Indices into steps(C), runs of equal ones kept as one entry.
class Schedule {
 public:
  struct Repeat {
    uint32_t index;
    uint64_t times;
    bool operator==(const Repeat&) const = default;
  };

  void add(uint32_t index, uint64_t times = 1);
  uint64_t size() const { return size_; }
  const std::vector<Repeat>& repeats() const { return repeats_; }
  bool operator==(const Schedule&) const = default;

  /// "0.1.0"; with more than 100,000 indices, n equal ones in a row are written `i*n`.
  std::string text() const;
  /// Reads both forms; nothing if it is neither. The empty text is the empty schedule.
  static std::optional<Schedule> parse(std::string_view text);

 private:
  std::vector<Repeat> repeats_;
  uint64_t size_ = 0;
};

}  // namespace funpass
