// Is a rule enabled at a host, and if not, which of its premises fails?
#pragma once

#include <string>
#include <vector>

#include "render/json.hpp"
#include "render/layout.hpp"
#include "semantics/semantics.hpp"

namespace funpass::render {

/// What a rule of reduction says of one host: its steps with their index in steps(C), and else its refusals: one, or of
/// a P- rule one for each message.
struct Why {
  struct Enabled {
    uint32_t index;
    Step step;
  };
  uint32_t host = 0;
  std::vector<Enabled> steps;
  std::vector<Refusal> refusals;
  std::string remark;  ///< why there is nothing to ask: the host crashed, has no message, …
};

/// Asks `rule`, a rule of reduction or of process, at every host, or at one.
std::vector<Why> why(Semantics& semantics, const Configuration& configuration, Rule rule,
                     const std::vector<uint32_t>& hosts);

std::string whyText(Arena& arena, const Configuration& configuration, Rule rule, const std::vector<Why>& answers,
                    const Style& style);

/// {"schema": 1, "rule", "hosts": [{"host", "enabled", "steps" | "refusals", "remark"}]}
boost::json::object whyJson(Arena& arena, const Configuration& configuration, Rule rule,
                            const std::vector<Why>& answers);

}  // namespace funpass::render
