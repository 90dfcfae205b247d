// What the tables of wrong rules are made with.
#pragma once

#include <algorithm>
#include <type_traits>

#include "checker/mutants.hpp"
#include "semantics/semantics.hpp"

namespace funpass {

/// The rules as they are, with recovery.
inline const RuleSet& rightRules() {
  static const RuleSet set = rules(false);
  return set;
}

template <typename Rows>
auto rowOf(const Rows& rows, Rule rule) {
  return std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.rule == rule; })->apply;
}

inline LocalOutcome right(Rule rule, const LocalRedex& c) { return rowOf(rightRules().local, rule)(c); }
inline Processed right(Rule rule, const Delivery& d) { return rowOf(rightRules().process, rule)(d); }
inline Outcome right(Rule rule, const Scene& c) {
  const bool fails = info(rule).layer == Layer::Failure;
  return (fails ? rowOf(rightRules().failures, rule) : rowOf(rightRules().distributed, rule))(c);
}

/// Puts `wrong` in place of the rows of `rule`.
template <Rule rule, auto wrong>
void with(RuleSet& set, TypeRules&, WfRules&) {
  const auto replaceIn = [](auto& rows) {
    for (auto& row : rows) {
      if (row.rule == rule) row.apply = wrong;
    }
  };
  if constexpr (std::is_convertible_v<decltype(wrong), LocalRule>) {
    replaceIn(set.local);
  } else if constexpr (std::is_convertible_v<decltype(wrong), DistributedRule>) {
    replaceIn(set.distributed);
    replaceIn(set.failures);
  } else {
    replaceIn(set.process);
  }
}

}  // namespace funpass
