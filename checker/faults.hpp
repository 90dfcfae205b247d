// `faults`: the smallest sets of failures that break a program, found from what its runs rest on.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "checker/report.hpp"
#include "lang/program.hpp"
#include "semantics/rule_set.hpp"

namespace funpass {

/// What may fail. A set of them is a scenario: a run is within it when every crash and every loss in it is an element.
struct FaultElement {
  enum class Kind : uint8_t { Crash, DropRequest, DropAnswer };
  Kind kind = Kind::Crash;
  uint32_t host = 0;             ///< that crashes, or that the message is addressed to
  uint32_t asker = kNobody;      ///< DropRequest: who asks
  uint32_t identHost = kNobody;  ///< the message's ι, numbered by origin
  uint32_t identIndex = 0;
  auto operator<=>(const FaultElement&) const = default;
};

/// Elements by their number in FaultReport::elements, in order.
using FaultSet = std::vector<uint32_t>;

/// Why the failure of an element matters to a configuration: the line of rest(C) that names it.
enum class FaultReason : uint8_t {
  Chosen,     ///< crash: a host is about to ask this one (R-Send, R-Failover)
  Requested,  ///< crash: a request to it is on its way
  AtWork,     ///< crash: its term is not a value
  Awaited,    ///< crash: a host asked it, and waits
  Restart,    ///< crash: it may be started again, with copies that came later
  Request,    ///< drop: the request itself
  Known,      ///< drop: the host's term or ρ speaks of ι
  Needed,     ///< drop: the host is asked for something that starts from ι, or comes through it
  ChosenFor,  ///< drop: the host is about to be asked for such a thing
};

enum class FaultOutcome : uint8_t {
  Holds,
  Lost,        ///< some run within it ends stuck, for data is lost
  Stuck,       ///< some run within it ends stuck
  Result,      ///< some run within it ends with a result that no run without failures has
  Unfinished,  ///< a limit was reached
};

/// A run that breaks, for whoever wants to take its steps: indices of raw steps, with the raw numbering of identifiers.
struct FaultRun {
  Schedule schedule;
  std::vector<std::string> idents;  ///< per element of the set, its ι as it is called in this run; empty for crashes
};

/// A scenario that was explored.
struct FaultScenario {
  struct Rest {
    uint32_t element;
    FaultReason reason;
    uint32_t host;  ///< which host asks, where one does; else kNobody
  };
  FaultSet set;
  FaultOutcome outcome = FaultOutcome::Unfinished;
  uint64_t states = 0;          ///< those met here first: where exactly these have failed
  std::vector<Rest> rests;      ///< if it holds: what else its runs rest on
  std::optional<FaultRun> run;  ///< if it breaks: a shortest
};

/// A set that breaks by a run that was tried first; not known to be minimal.
struct FaultWitness {
  FaultSet set;
  FaultOutcome outcome = FaultOutcome::Stuck;
  FaultRun run;
};

/// A set within the budgets that was not explored, and the scenario whose runs do not rest on it.
struct FaultExcluded {
  FaultSet set;
  std::optional<uint32_t> clause;  ///< in FaultReport::scenarios
};

struct FaultReport {
  FailureBudget failures;
  bool recovery = true;
  bool results = false;
  bool byClauses = false;
  std::vector<FaultElement> elements;    ///< those met
  std::vector<std::string> names;        ///< of the elements: "crash r1", "drop r1 <- Res((a,0))"
  std::vector<std::string> origins;      ///< what their identifiers are; empty for crashes
  std::vector<FaultScenario> scenarios;  ///< in the order tried
  std::vector<uint32_t> broken;          ///< those that break: the minimal breaking sets
  std::vector<FaultWitness> witnesses;   ///< of the quick runs
  std::vector<uint32_t> unproved;        ///< witnesses that contain none of the broken; none if complete
  bool complete = false;
  std::string limit;    ///< if not complete
  uint32_t sizes = 0;   ///< all sets of fewer failures than this are done
  uint64_t states = 0;  ///< of all scenarios
  uint64_t quickRuns = 0, quickStates = 0;
  uint64_t possible = 0;                ///< sets of these elements within the budgets; 0: very many
  uint64_t excluded = 0;                ///< of them neither explored nor a superset of one that breaks
  std::vector<FaultExcluded> notTried;  ///< the first of the excluded
};

struct FaultProgress {
  uint64_t states = 0;
  uint32_t size = 0;  ///< of the sets being explored
  uint64_t scenarios = 0;
  uint64_t broken = 0;
  size_t bytes = 0;
};

struct FaultOptions {
  RuleSet rules;
  FailureBudget failures;  ///< restarts and duplicates happen in every scenario
  bool results = false;    ///< does a result that no run without failures has count as broken?
  bool byClauses = false;  ///< explore each candidate from the start; candidates are what hits every clause
  uint64_t maxStates = std::numeric_limits<uint32_t>::max() - 2;
  size_t maxBytes = std::numeric_limits<size_t>::max();
  std::function<bool(const FaultProgress&)> tick;  ///< the search stops if it gives false
  /// Lines of rest(C) to leave out, a bit each: to test that their absence is noticed.
  unsigned leaveOut = 0;
};

/// All minimal breaking sets within the budgets. Never throws LimitReached: a limit ends in a report that is not
/// complete.
FaultReport faults(Arena& arena, const Program& program, const FaultOptions& options);

}  // namespace funpass
