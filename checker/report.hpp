// What a check found: a value that text, JSON and other forms are made from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/reductions.hpp"
#include "lang/configuration.hpp"
#include "semantics/run.hpp"
#include "semantics/schedule.hpp"

namespace funpass {

enum class Verdict : uint8_t {
  Holds,
  Violated,    ///< with a schedule
  Unknown,     ///< a limit was reached before anything was found
  NotChecked,  ///< its feature is switched off
};

/// Which failures may happen: how many, and at which hosts.
struct FailureBudget {
  Budget budget;
  std::vector<uint32_t> among;
  bool operator==(const FailureBudget&) const = default;
};

/// What is known of one property (section 5).
struct PropertyReport {
  std::string name;  ///< subject-reduction, result:a, …
  Verdict verdict = Verdict::NotChecked;
  std::string message;               ///< why, in words
  std::string canonical;             ///< the same with canonical names; empty: there are none in it
  std::optional<Schedule> schedule;  ///< to the violation, or to a witness (`reaches`)
  std::optional<Schedule> other;     ///< confluence: to another final configuration with other results
  FailureBudget failures;
  uint64_t states = 0;
  bool complete = false;
};

/// One result of a host, and the schedule of the first final configuration that has it.
struct ResultReport {
  std::string text;  ///< canonical
  Schedule schedule;
  std::string named;  ///< with the source's names
};

struct CheckReport {
  bool complete = false;
  std::string limit;    ///< if not complete
  bool goesOn = false;  ///< with larger limits, some exploration would find more
  uint64_t states = 0, transitions = 0, finals = 0, stuck = 0, lost = 0;
  uint32_t depth = 0;
  std::vector<std::vector<ResultReport>> results;  ///< per host, sorted by length, then text
  std::vector<uint32_t> noResult;  ///< hosts with an `at` block that have no result in some final configuration
  FailureBudget failures;
  bool recovery = true;
  ReductionSet reductions;  ///< of the first exploration
  std::vector<PropertyReport> properties;
  RuleCounts rules{};
  uint64_t peakBytes = 0;
};

}  // namespace funpass
