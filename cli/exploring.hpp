// Exploring a program as the flags say: what check and graph have in common.
#pragma once

#include <memory>

#include "checker/check.hpp"
#include "checker/explored.hpp"
#include "cli/load.hpp"

namespace funpass::cli {

class Exploring {
 public:
  /// `loaded` must have a program.
  Exploring(const Arguments& arguments, const Loaded& loaded);
  Exploring(const Exploring&) = delete;
  Exploring& operator=(const Exploring&) = delete;

  const RuleSet& rules() const { return rules_.reduction; }
  CheckOptions& options() { return options_; }

  /// Checks the program, with a line that says how far it is; ends at the limits and at Ctrl-C. `first`, if given,
  /// becomes the exploration that gives the counts.
  CheckReport check(std::unique_ptr<Explored>* first = nullptr);

 private:
  const Arguments& arguments_;
  const Loaded& loaded_;
  Rules rules_;
  CheckOptions options_;
};

/// 1: something is violated, 3: something is unknown, else 0.
ExitCode exitCode(const CheckReport& report);

/// The violated property whose counterexample is shown, null if there is none.
const PropertyReport* shownViolation(const CheckReport& report);

}  // namespace funpass::cli
