// What a check found, as text and as JSON.
#pragma once

#include <string>
#include <vector>

#include "checker/report.hpp"
#include "lang/rules.hpp"
#include "render/json.hpp"
#include "render/layout.hpp"

namespace funpass::render {

/// "holds", "violated", "unknown" or "not-checked".
std::string_view verdictName(Verdict verdict);

/// "without failures", "with at most 1 crash among b, c".
std::string budgetText(const FailureBudget& failures, const std::vector<std::string>& hosts);

/// {"crashes", "restarts", "drops", "duplicates", "among"}
boost::json::object failuresJson(const FailureBudget& failures, const std::vector<std::string>& hosts);

/// Is it a rule by which programs run, and not one that judges them?
bool isReduction(const RuleInfo& rule);

/// The rules of reduction that were never applied. `data`: the data extension is on.
struct NeverApplied {
  std::string_view why;  ///< of `never`: "never applied, and cannot be", …
  std::vector<std::string_view> never;
  std::vector<std::string_view> off;  ///< the flags or the budget switch them off
};
NeverApplied neverApplied(const CheckReport& report, bool data);

/// Violated properties that one schedule shows; never empty.
struct ViolatedBySchedule {
  std::vector<const PropertyReport*> properties;
  const PropertyReport& first() const { return *properties.front(); }
};
/// That of the first one to be shown, then the others in the order of the report, which must outlive them.
std::vector<ViolatedBySchedule> violations(const CheckReport& report);
/// "progress and confluence are violated after 5 steps"
std::string violationText(const ViolatedBySchedule& violated);

/// The verdicts, each with its budget; counts; results; how often each rule was applied, and which never.
std::string checkText(const CheckReport& report, const std::vector<std::string>& hosts, bool data, const Style& style);

/// All keys but "schema", "file", "seconds" and "peak_bytes".
boost::json::object checkJson(const CheckReport& report, const std::vector<std::string>& hosts);

}  // namespace funpass::render
