// Lineage mobility (section 5): what is in a message, or came in one, is made of mobile types only.
#pragma once

#include <vector>

#include "lang/configuration.hpp"
#include "typecheck/checker.hpp"

namespace funpass {

/// Judges messages and store entries of one arena, each once.
class MobilityCheck {
 public:
  explicit MobilityCheck(Checker& checker) : checker_(checker) {}

  /// The first message or store entry (a Leaf) of the configuration that holds something immobile, 0 if there is none.
  /// `type` is what is immobile in it.
  Handle offender(const Configuration& configuration, Handle& type);

 private:
  Handle immobileIn(Handle node);

  Checker& checker_;
  std::vector<uint8_t> known_;  // per node: 1 mobile
};

}  // namespace funpass
