#include "semantics/schedule.hpp"

#include <charconv>

namespace funpass {

void Schedule::add(uint32_t index, uint64_t times) {
  if (!repeats_.empty() && repeats_.back().index == index) {
    repeats_.back().times += times;
  } else {
    repeats_.push_back({index, times});
  }
  size_ += times;
}

std::string Schedule::text() const {
  std::string out;
  const bool shorten = size_ > 100'000;
  for (const Repeat& repeat : repeats_) {
    const std::string index = std::to_string(repeat.index);
    for (uint64_t i = 0; i < (shorten ? 1 : repeat.times); ++i) {
      if (!out.empty()) out += '.';
      out += index;
    }
    if (shorten && repeat.times > 1) out += '*' + std::to_string(repeat.times);
  }
  return out;
}

std::optional<Schedule> Schedule::parse(std::string_view text) {
  Schedule schedule;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    uint32_t index = 0;
    uint64_t times = 1;
    auto read = std::from_chars(at, end, index);
    if (read.ec != std::errc()) return std::nullopt;
    at = read.ptr;
    if (at != end && *at == '*') {
      read = std::from_chars(at + 1, end, times);
      if (read.ec != std::errc() || times == 0) return std::nullopt;
      at = read.ptr;
    }
    schedule.add(index, times);
    if (at == end) break;
    if (*at != '.' || ++at == end) return std::nullopt;
  }
  return schedule;
}

}  // namespace funpass
