// Exploring a program as the flags say: what check and graph have in common.
#pragma once

#include <optional>
#include <string>

#include "checker/check.hpp"
#include "cli/load.hpp"
#include "cli/terminal.hpp"

namespace funpass::cli {

/// The options of a check, with the limits, Ctrl-C and a line that says how far it is.
class Exploring {
 public:
  /// `loaded` must have a program; both must outlive this.
  Exploring(const Arguments& arguments, const Loaded& loaded);
  Exploring(const Exploring&) = delete;
  Exploring& operator=(const Exploring&) = delete;

  CheckOptions& options() { return options_; }
  Progress& progress() { return progress_; }

  /// All is explored: the line goes, and Ctrl-C ends the program again.
  void end();

  /// A search that was stopped does not know why: puts it into its `limit`.
  void name(std::string& limit) const;

 private:
  bool tick(const SearchProgress& progress);

  const Arguments& arguments_;
  const Loaded& loaded_;
  Rules rules_;
  CheckOptions options_;
  Progress progress_;
  std::optional<Interrupts> interrupts_;
  double begin_;
  std::string ended_;
};

/// 1: something is violated, 3: something is unknown, else 0.
ExitCode exitCode(const CheckReport& report);

}  // namespace funpass::cli
