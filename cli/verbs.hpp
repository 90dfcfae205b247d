// The verbs: each does what it says with arguments that were understood.
#pragma once

#include "cli/options.hpp"

namespace funpass::cli {

ExitCode run(const Arguments& arguments);
ExitCode type(const Arguments& arguments);
ExitCode check(const Arguments& arguments);
ExitCode graph(const Arguments& arguments);
ExitCode faults(const Arguments& arguments);
ExitCode why(const Arguments& arguments);
ExitCode rules(const Arguments& arguments);
ExitCode fmt(const Arguments& arguments);
ExitCode lineage(const Arguments& arguments);
ExitCode exercise(const Arguments& arguments);
ExitCode predict(const Arguments& arguments);
ExitCode step(const Arguments& arguments);

}  // namespace funpass::cli
