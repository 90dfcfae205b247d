// What `check --save` and `--resume` need of a command line.
#pragma once

#include <functional>
#include <string>

#include "checker/saved.hpp"
#include "cli/load.hpp"

namespace funpass::cli {

/// What must be the same when a saved check goes on: version, program, and all flags but limits and those that say how
/// to print. Of a program that was loaded and not touched since.
SaveKey saveKey(const Arguments& arguments, const Loaded& loaded);

/// A place to save to, again and again. What is there is replaced as a whole or not at all.
class SaveFile {
 public:
  /// Throws SaveProblem if nothing can be written there, or if there is a file that is no save file.
  SaveFile(const std::string& path, SaveKey key, uint64_t everyStates);

  /// Is it time, with this many states met? Every `everyStates` if that is not 0; else so seldom that saving takes at
  /// most a twentieth of the time, and at most every ten seconds.
  bool due(uint64_t states) const;

  /// Saves what `content` puts. `problem` says whether that worked.
  void write(uint64_t states, const std::function<void(Writer&)>& content);

  /// What went wrong the last time; empty: nothing.
  const std::string& problem() const { return problem_; }

 private:
  std::string path_;
  SaveKey key_;
  uint64_t everyStates_;
  uint64_t states_ = 0;
  double last_;
  double took_ = 0;
  std::string problem_;
};

/// What `--reduction` was given.
std::string reductionOf(const Arguments& arguments);

/// What `--properties` was given.
std::string propertiesOf(const Arguments& arguments);

/// The command that goes on from what was saved.
std::string goOn(const Arguments& arguments);

}  // namespace funpass::cli
