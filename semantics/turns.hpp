// Round robin: hosts in declaration order, each takes its first enabled step.
#pragma once

#include <optional>
#include <vector>

#include "semantics/semantics.hpp"

namespace funpass {

/// The step to take next: which, and its index in steps(C).
struct Choice {
  const Step* step = nullptr;
  const Semantics::Local* local = nullptr;  ///< in place of `step`: the host takes R-Local, and this is why
  uint32_t host = 0;
  uint32_t index = 0;
  explicit operator bool() const { return step != nullptr || local != nullptr; }
};

/// Round robin without memory: the first step of the first host from `turn` on, cyclically, that has one, and its index
/// in steps(C); `turn` moves behind that host.
std::optional<Step> takeTurn(Semantics& semantics, const Configuration& configuration, uint32_t& turn, uint32_t& index);

/// Whose turn it is, and what is known of each host until it changes: its first step, and how many it has. A host that
/// has none is not looked at again before another one sends something.
class Turns {
 public:
  Turns(Semantics& semantics, size_t hosts, uint32_t turn) : semantics_(semantics), known_(hosts), turn_(turn) {}

  /// The next step of the first host from the one whose turn it is on, cyclically, that has one. What it points
  /// to is valid until this is told what was done.
  Choice next(const Configuration& configuration);
  /// The host moved: by R-Local, which changes nothing that another host reads, or by another rule.
  void moved(uint32_t host, bool locally);
  /// Handles have changed.
  void forget() {
    for (Known& host : known_) host.forget();
  }

 private:
  struct Known {
    bool known = false;
    Semantics::Local local;     // how R-Local applies, if that is the first step
    std::optional<Step> first;  // the first step, if it is another
    std::optional<uint32_t> count;
    void forget() {
      known = false;
      local.outcome.contractum = 0;
      first.reset();
      count.reset();
    }
    bool moves() const { return local.outcome.contractum != 0 || first.has_value(); }
  };
  Known& know(const Configuration& configuration, uint32_t host);

  Semantics& semantics_;
  std::vector<Known> known_;
  uint32_t turn_;
};

}  // namespace funpass
