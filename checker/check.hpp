// `check`: explores every configuration that a program can reach and judges the properties of section 5.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "checker/reductions.hpp"
#include "checker/report.hpp"
#include "checker/search.hpp"
#include "lang/program.hpp"
#include "semantics/rule_set.hpp"
#include "typecheck/typing.hpp"
#include "typecheck/wellformed.hpp"

namespace funpass {

struct CheckOptions {
  RuleSet rules;
  const TypeRules* types = &typeRules();
  const WfRules* wellFormed = &wfRules();
  bool mobility = true;
  std::optional<ReductionSet> reductions = ReductionSet();  ///< nothing: for each exploration the default
  bool selfCheck = false;  ///< tries out, now and then, what reductions rely on; throws if it fails
  FailureBudget failures;  ///< of the first exploration; `check … N of …` has budgets of its own
  SearchLimits limits;     ///< for all explorations together
};

/// Runs `check safe` and every check of the program. Checks with one budget share one exploration; the one of the
/// flags' budget is the first and gives the counts. Never throws LimitReached: a limit ends in a report that is not
/// complete.
CheckReport check(Arena& arena, const Program& program, const CheckOptions& options);

}  // namespace funpass
