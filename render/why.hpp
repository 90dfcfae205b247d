// Is a rule enabled at a host, and if not, which of its premises fails?
#pragma once

#include <string>
#include <vector>

#include "render/bindings.hpp"
#include "render/json.hpp"
#include "render/layout.hpp"
#include "semantics/semantics.hpp"

namespace funpass::render {

/// What a rule of reduction says of one host: its steps with their index in steps(C), and else its refusals: one, or of
/// a P- rule one for each message, and where a P- rule applies to a message those of the rules that would take it.
struct Why {
  struct Enabled {
    uint32_t index;
    Step step;
    std::vector<Bound> bound;  ///< the metavariables of the rule that was asked
  };
  struct Refused {
    Refusal refusal;
    Handle message;  ///< which it was asked of; 0: of none, or of the first
  };
  uint32_t host = 0;
  std::vector<Enabled> steps;
  std::vector<Refused> refusals;
  std::string remark;  ///< why there is nothing to ask: the host crashed, the rule is switched off, …
};

/// Asks `rule`, of judgement Local, Distributed or Process, at these hosts.
std::vector<Why> why(Semantics& semantics, const Configuration& configuration, Rule rule,
                     const std::vector<uint32_t>& hosts);

std::string whyText(Semantics& semantics, const Configuration& configuration, Rule rule,
                    const std::vector<Why>& answers, const Style& style);

/// {"schema": 1, "rule", "hosts": [{"host", "enabled", "steps" | "refusals", "remark"}]}; of a failure also "among" and
/// "left".
boost::json::object whyJson(Semantics& semantics, const Configuration& configuration, Rule rule,
                            const std::vector<Why>& answers);

}  // namespace funpass::render
