#include "semantics/origin.hpp"

#include <algorithm>

namespace funpass {

namespace {

// Indices from here on are made in frames; below, they are the `at` block's own.
constexpr uint32_t kInFrames = 1U << 31U;

}  // namespace

OriginNumbering::OriginNumbering() : frames_(1) { frameNumbers_[Frame{}] = 0; }

uint32_t OriginNumbering::named(const Counters& counters) {
  const auto [entry, isNew] = counterNumbers_.try_emplace(counters, static_cast<uint32_t>(counters_.size()));
  if (isNew) counters_.push_back(counters);
  return entry->second;
}

uint32_t OriginNumbering::start(uint32_t count) {
  if (count >= kInFrames) throw LimitReached{"identifiers"};
  return named(count == 0 ? Counters{} : Counters{{0, count}});
}

Fresh OriginNumbering::fresh(const Arena& arena, const HostState& host) {
  Frame frame;
  for (Handle outwards = host.context; outwards != 0; outwards = outer(arena, outwards)) {
    const Node f = arena[outwards];
    if (f.frameOf() != Tag::Respond || f.hole() != 2 || !arena.is(f[1], Tag::Ident)) continue;
    frame = {f[0], arena[f[1]][0], arena[f[1]][1]};
    break;
  }
  const auto [known, isNewFrame] = frameNumbers_.try_emplace(frame, static_cast<uint32_t>(frames_.size()));
  if (isNewFrame) frames_.push_back(frame);
  const uint32_t number = known->second;
  Counters counters = counters_[host.next];
  auto counter = std::lower_bound(counters.begin(), counters.end(), std::pair(number, 0U));
  if (counter == counters.end() || counter->first != number) counter = counters.insert(counter, {number, 0});
  const uint32_t count = counter->second++;
  if (number == 0) {
    if (count >= kInFrames) throw LimitReached{"identifiers"};
    return {count, named(counters)};
  }
  const auto [index, isNew] = indices_.try_emplace({number, count}, static_cast<uint32_t>(made_.size()));
  if (isNew) made_.emplace_back(number, count);
  return {kInFrames + index->second, named(counters)};
}

OriginNumbering::Origin OriginNumbering::origin(uint32_t index) const {
  if (index < kInFrames) return {kNobody, 0, 0, index};
  const auto& [number, count] = made_[index - kInFrames];
  const Frame& frame = frames_[number];
  return {frame.asker, frame.host, frame.index, count};
}

std::string OriginNumbering::text(const Arena& arena, uint32_t host, uint32_t index) const {
  const Origin from = origin(index);
  const std::string& name = arena.hosts()[host];
  if (from.asker == kNobody) return "(" + name + "," + std::to_string(from.count) + ")";
  return "(" + name + ", " + arena.hosts()[from.asker] + text(arena, from.host, from.index) + "." +
         std::to_string(from.count) + ")";
}

}  // namespace funpass
