// `check`: explores every configuration that a program can reach and judges the properties of section 5.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checker/reductions.hpp"
#include "checker/report.hpp"
#include "checker/saved.hpp"
#include "checker/search.hpp"
#include "lang/program.hpp"
#include "semantics/rule_set.hpp"
#include "typecheck/typing.hpp"
#include "typecheck/wellformed.hpp"

namespace funpass {

class Explored;

struct CheckOptions {
  RuleSet rules;
  const TypeRules* types = &typeRules();
  const WfRules* wellFormed = &wfRules();
  bool mobility = true;
  std::optional<ReductionSet> reductions = ReductionSet();  ///< nothing: for each exploration the default
  bool selfCheck = false;  ///< tries out, now and then, what reductions rely on; throws if it fails
  FailureBudget failures;  ///< of the first exploration; `check … N of …` has budgets of its own
  unsigned threads = 1;    ///< at least 1; what is found does not depend on it
  bool plain = false;      ///< one state at a time, as search.hpp says it: slower, the same
  /// The kinds of properties that are judged, of propertyKinds(); nothing: all. `states` and its like are counted
  /// anyway.
  std::optional<std::vector<std::string>> properties;
  bool keepEdges = false;    ///< for those who look at the whole graph
  SearchLimits limits;       ///< for all explorations together
  Reader* resume = nullptr;  ///< goes on from there, with what ended with a limit too
  Saving save;               ///< if set: saves from time to time, and when an exploration has ended
};

/// What a property's name begins with, up to a colon: subject-reduction, …, transparent.
const std::vector<std::string>& propertyKinds();

/// Is this kind of property to be judged?
bool isJudged(const CheckOptions& options, const std::string& kind);

/// Runs `check safe` and every check of the program. Checks with one budget share one exploration; the one of the
/// flags' budget is the first and gives the counts. Never throws LimitReached: a limit ends in a report that is not
/// complete. Throws SaveProblem if what it reads to go on is damaged; what it cannot save does not end it.
CheckReport check(Arena& arena, const Program& program, const CheckOptions& options);

/// The same; `first` becomes the exploration that gives the counts.
CheckReport check(Arena& arena, const Program& program, const CheckOptions& options, std::unique_ptr<Explored>& first);

}  // namespace funpass
