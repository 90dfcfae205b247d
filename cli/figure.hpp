// funpass run FILE --chart HOW | --latex: the run as a figure.
#pragma once

#include "cli/options.hpp"
#include "render/layout.hpp"
#include "semantics/run.hpp"

namespace funpass::cli {

/// Runs as `arguments` say, at most 10,000 steps, and prints the figure on standard output; on standard error how the
/// run ended, if it is not final.
ExitCode figure(World& world, const Source& source, const Arguments& arguments, const render::Style& style);

}  // namespace funpass::cli
