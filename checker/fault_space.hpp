// What the searches for breaking sets share: elements, scenarios, what a configuration rests on, and replay.
#pragma once

#include <map>
#include <unordered_map>

#include "checker/calculus_model.hpp"
#include "checker/faults.hpp"
#include "checker/search.hpp"

namespace funpass {

/// A program whose identifiers are numbered by origin, with the elements that were met. States are those of `model`.
class FaultSpace {
 public:
  FaultSpace(Arena& arena, const Program& program, const FaultOptions& options);

  Arena& arena;
  const FaultOptions& options;
  OriginNumbering numbering;
  Semantics semantics;
  Configuration initial;
  CalculusModel model;

  /// The element of an F-Crash or F-Drop; kNobody for other steps.
  uint32_t elementOf(const Step& step);
  uint32_t number(const FaultElement& element);
  const std::vector<FaultElement>& elements() const { return elements_; }

  using Rest = FaultScenario::Rest;
  /// rest(C): the elements that can fail at C and whose failure cannot wait until after the next step. `steps`:
  /// steps(C).
  std::vector<Rest> rest(const Configuration& configuration, const std::vector<Step>& steps);

  /// Does the set keep the budgets?
  bool isWithin(const FaultSet& set) const;

  /// How a configuration without steps but failures ends; nothing if it is fine. `usual`: the final configurations of
  /// runs without failures, if results count.
  std::optional<FaultOutcome> breaks(const Configuration& configuration, const std::vector<Configuration>* usual);

  /// Does a run within `set` break here? With results, the final configurations of runs without failures are noted in
  /// `usual`, and others compared with them: the empty set must come first.
  std::optional<FaultOutcome> judge(const Configuration& configuration, const std::vector<Step>& steps,
                                    const FaultSet& set, std::vector<Configuration>& usual);

  /// Notes a final configuration of a run without failures, unless its results are known.
  void noteResults(const Configuration& configuration, std::vector<Configuration>& usual) const;

  /// "crash r1", "drop r1 <- Req(a, (a,1))"
  std::string name(const FaultElement& element) const;
  /// What the ι of a message is: "(b, a(a,1).0): the first silo that b makes for a's request (a,1)"
  std::string origin(const FaultElement& element) const;

  /// The steps of a run, given its configurations.
  std::vector<Step> stepsOf(const std::vector<Configuration>& run);
  /// The run by `steps` from the initial configuration in raw steps; `set` is what failed.
  FaultRun rawRun(const std::vector<Step>& steps, const FaultSet& set);

 private:
  const std::vector<uint64_t>& identsOf(Handle node);
  bool speaksOf(const HostState& host, Handle ident);
  bool derivesFrom(Handle ref, Handle ident) const;

  Configuration raw_;
  Semantics rawSemantics_;
  std::vector<FaultElement> elements_;
  std::map<FaultElement, uint32_t> numbers_;
  std::unordered_map<Handle, std::vector<uint64_t>> idents_;
};

/// Is every element of `small` in `large`?
bool isSubset(const FaultSet& small, const FaultSet& large);
/// Does the set contain one of these?
bool containsOneOf(const FaultSet& set, const std::vector<FaultSet>& sets);
/// set ∪ {element}
FaultSet with(FaultSet set, uint32_t element);

/// Thrown by a search when a limit is reached.
struct FaultLimit {
  std::string what;
};

/// Called for every state that is expanded: throws FaultLimit if it is one too many.
class FaultMeter {
 public:
  FaultMeter(const FaultOptions& options, FaultReport& report) : options_(options), report_(report) {}
  void expand(size_t size, size_t bytes);

 private:
  const FaultOptions& options_;
  FaultReport& report_;
  uint64_t expanded_ = 0;
};

/// The quick runs: what fails where the lineages of a run's requests say that it would hurt. Gives sets that break.
void quickFaults(FaultSpace& space, FaultReport& report);

/// Every minimal breaking set, layer by layer: the configurations where exactly v failed, v from small to large.
void layeredFaults(FaultSpace& space, FaultReport& report);

/// The same by clauses: every breaking set hits what the runs of each scenario that holds rest on.
void clausedFaults(FaultSpace& space, FaultReport& report);

/// A smallest set within the budgets, of at least this size, that hits every clause and contains none of `broken`;
/// nothing if there is none.
std::optional<FaultSet> smallestCandidate(const FaultSpace& space, const std::vector<FaultSet>& clauses,
                                          const std::vector<FaultSet>& broken, size_t atLeast);

}  // namespace funpass
