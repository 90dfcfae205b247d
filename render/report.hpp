// A check as one HTML file that needs nothing else: verdicts, coverage, and its runs to step through.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "checker/budgets.hpp"
#include "lang/program.hpp"
#include "lang/source.hpp"
#include "render/json.hpp"
#include "semantics/rule_set.hpp"

namespace funpass::render {

/// What was checked, and how.
struct ReportSubject {
  Arena& arena;
  const Program& program;
  const Source& source;
  const RuleSet& rules;
  bool data = true;     ///< the data extension is on
  std::string command;  ///< that made the report
  /// The command that takes a schedule's steps within a budget; without a schedule, that of the hosts in turn.
  std::function<std::string(const FailureBudget&, const Schedule*)> replay;
  const BudgetReport* budgets = nullptr;  ///< of `--budgets`
};

/// The report as data, as docs/schema/report.json says: every violated property with its run, then what `reaches`
/// found, else a run in which the hosts take turns.
boost::json::object reportJson(const ReportSubject& subject, const CheckReport& report);

/// The page that shows it. It loads nothing, not even from its own folder.
std::string reportHtml(const boost::json::object& report);

}  // namespace funpass::render
