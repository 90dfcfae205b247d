// `--self-check`: what reductions rely on, tried out on configurations as they come: steps that are said to commute are
// taken in both orders.
#pragma once

#include "semantics/semantics.hpp"

namespace funpass {

class SelfCheck {
 public:
  /// `given`: the failures that the runs began with.
  SelfCheck(Semantics& semantics, const Budget& given) : semantics_(semantics), given_(given) {}

  /// `step` is one of steps(c). Tries it with every other that should commute with it, if this is one of those sampled:
  /// with the steps of other hosts, and if it was taken at once (`eager`) also with failures and, for an answer, with
  /// the other answers to that host. Throws std::logic_error that shows the configuration if the two orders differ.
  void look(const Configuration& c, const Step& step, bool eager);

  /// How many pairs were tried.
  uint64_t pairs() const { return pairs_; }

 private:
  bool isSampled();
  bool shouldCommute(const Configuration& c, const Step& step, const Step& other, bool eager) const;
  void compare(const Configuration& c, const Step& first, const Step& second);
  Configuration inOrder(const Configuration& c, const Step& first, const Step& second);
  void takeAgain(Configuration& c, const Step& step);
  void runOn(Configuration& c, uint32_t host);

  Semantics& semantics_;
  Budget given_;
  uint64_t steps_ = 0;
  uint64_t pairs_ = 0;
};

}  // namespace funpass
