// funpass run FILE --chart HOW | --latex: the run as a figure.
#pragma once

#include "cli/options.hpp"
#include "render/layout.hpp"
#include "semantics/run.hpp"

namespace funpass::cli {

/// Runs as `arguments` say and prints the figure on standard output; on standard error how the
/// run ended, if it is not final. At most 10,000 steps are drawn, local steps that are one row counted as one: there
/// the run ends.
ExitCode figure(World& world, const Source& source, const Arguments& arguments, const render::Style& style);

/// That `--from` is after the last of the run's steps.
Diagnostic noSuchStep(const Arguments& arguments, uint64_t steps);

}  // namespace funpass::cli
