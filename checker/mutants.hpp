// Seeded bugs: wrong rules as rows of the tables, each with the smallest program that shows it and what catches it.
#pragma once

#include <string_view>
#include <vector>

#include "lang/rules.hpp"
#include "semantics/rule_set.hpp"
#include "typecheck/typing.hpp"
#include "typecheck/wellformed.hpp"

namespace funpass {

/// One wrong rule. A wrong T-* row is what a program is loaded with; its run is judged by the right T-* rows.
struct Mutant {
  std::string_view name;  ///< as `--mutant` takes it
  Rule rule;
  std::string_view says;                            ///< the error in words
  void (*replace)(RuleSet&, TypeRules&, WfRules&);  ///< of `putInto`
  std::string_view caughtBy;                        ///< the property that it violates; empty: none
  std::string_view notCaught;                       ///< why, if there is none
  std::string_view program;                         ///< a smallest program that shows it
  bool recovery = true;  ///< false: it shows with `--recovery off` only, for asking again makes good for it
  Budget failures;       ///< within which it shows, at any host

  /// Puts the wrong rule in the place of the right one.
  void putInto(RuleSet& rules, TypeRules& types, WfRules& wellFormed) const {
    replace(rules, types, wellFormed);
    rules.right = false;
  }
};

/// All of them, in the order of the calculus.
const std::vector<Mutant>& mutants();

/// The mutant of this name; null if there is none.
const Mutant* mutantNamed(std::string_view name);

/// The parts of `mutants`.
std::vector<Mutant> reductionMutants();
std::vector<Mutant> recoveryMutants();
std::vector<Mutant> typingMutants();

}  // namespace funpass
