// What `check --save` and `--resume` need of a command line.
#pragma once

#include <string>

#include "checker/saved.hpp"
#include "cli/load.hpp"

namespace funpass::cli {

/// What must be the same when a saved check goes on: version, program, and all flags but limits and those that say how
/// to print. Of a program that was loaded and not touched since.
SaveKey saveKey(const Arguments& arguments, const Loaded& loaded);

/// The command that goes on from what was saved.
std::string goOn(const Arguments& arguments);

}  // namespace funpass::cli
