// One run that breaks: what was lost and to which failures, who waits, and who was asked again.
#pragma once

#include <string>

#include "checker/faults.hpp"
#include "render/json.hpp"
#include "render/layout.hpp"
#include "semantics/semantics.hpp"

namespace funpass::render {

/// The run by `schedule` from `initial`, both raw: what there is to say of its end, its chart, and the configuration.
std::string faultRunText(Arena& arena, Semantics& semantics, const Configuration& initial, const Schedule& schedule,
                         const Style& style);

/// "schedule", "length", "run" (as a trace), "configuration", "waiting", "again" and, if data is lost, "items".
boost::json::object faultRunJson(Arena& arena, Semantics& semantics, const Configuration& initial,
                                 const Schedule& schedule);

}  // namespace funpass::render
