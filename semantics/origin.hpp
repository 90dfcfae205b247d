// Identifiers numbered by origin: a renaming (section 6) under which one means the same in every interleaving.
#pragma once

#include <compare>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "lang/configuration.hpp"

namespace funpass {

/// The fresh index of a host, and what its `next` becomes once that is used.
struct Fresh {
  uint32_t index;
  uint32_t next;
};

/// In place of one counter, a host has one for its `at` block and one for every (g, ι) that it serves: what it makes in
/// frames respond(g, ι, ·), the innermost around the redex, is counted together. A host's `next` then names all of its
/// counters, and the index of ι = (h, i) names where in the program it was made and as which.
class OriginNumbering {
 public:
  OriginNumbering();

  /// The `next` of a host whose plain counter stands at `count`: it goes on from there in its `at` block.
  uint32_t start(uint32_t count);
  /// What is fresh at the redex of this host.
  Fresh fresh(const Arena& arena, const HostState& host);

  /// Where an index comes from: the k-th of the `at` block, or of the frames respond(asker, (host, index), ·).
  struct Origin {
    uint32_t asker = kNobody;  ///< kNobody: the `at` block
    uint32_t host = 0;
    uint32_t index = 0;
    uint32_t count = 0;
  };
  Origin origin(uint32_t index) const;

  /// (a,0) for what a made in its `at` block, (b, a(a,1).0) for the first that b made for a's request (a,1).
  std::string text(const Arena& arena, uint32_t host, uint32_t index) const;

 private:
  struct Frame {
    uint32_t asker = kNobody, host = 0, index = 0;
    auto operator<=>(const Frame&) const = default;
  };
  using Counters = std::vector<std::pair<uint32_t, uint32_t>>;  // frame, count; sorted

  uint32_t named(const Counters& counters);

  std::map<Frame, uint32_t> frameNumbers_;
  std::vector<Frame> frames_;  // 0: the `at` block
  std::map<Counters, uint32_t> counterNumbers_;
  std::vector<Counters> counters_;
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> indices_;  // frame, count
  std::vector<std::pair<uint32_t, uint32_t>> made_;
};

}  // namespace funpass
