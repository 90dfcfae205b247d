// What a check found, as text and as JSON.
#pragma once

#include <string>
#include <vector>

#include "checker/report.hpp"
#include "render/json.hpp"
#include "render/layout.hpp"

namespace funpass::render {

/// "holds", "violated", "unknown" or "not-checked".
std::string_view verdictName(Verdict verdict);

/// "without failures", "with at most 1 crash among b, c".
std::string budgetText(const FailureBudget& failures, const std::vector<std::string>& hosts);

/// {"crashes", "restarts", "drops", "duplicates", "among"}
boost::json::object failuresJson(const FailureBudget& failures, const std::vector<std::string>& hosts);

/// The verdicts, each with its budget; counts; results; how often each rule was applied, and which never.
std::string checkText(const CheckReport& report, const std::vector<std::string>& hosts, bool data, const Style& style);

/// All keys but "schema", "file", "seconds" and "peak_bytes".
boost::json::object checkJson(const CheckReport& report, const std::vector<std::string>& hosts);

}  // namespace funpass::render
