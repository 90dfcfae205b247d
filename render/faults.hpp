// Which failures break a program, as text and as JSON.
#pragma once

#include <string>
#include <vector>

#include "checker/faults.hpp"
#include "render/json.hpp"
#include "render/layout.hpp"
#include "semantics/semantics.hpp"

namespace funpass::render {

/// What was found in one line, a table with a row for each scenario, and why others were not tried.
std::string faultsText(const FaultReport& report, const std::vector<std::string>& hosts, const Style& style);

/// {crash r1, drop r2 <- Res((a,0))}
std::string faultSetText(const FaultReport& report, const FaultSet& set);

/// All keys but "schema", "file", "seconds" and "peak_bytes".
boost::json::object faultsJson(Arena& arena, Semantics& semantics, const Configuration& initial,
                               const FaultReport& report);

}  // namespace funpass::render
