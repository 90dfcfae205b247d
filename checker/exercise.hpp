// The exercises of the course: what each asks for, as a table, and grading an answer with the one semantics and check.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checker/check.hpp"
#include "lang/source.hpp"
#include "lang/surface.hpp"

namespace funpass {

/// The rules and failures under which a demand is looked at, and what is changed in the answer before.
struct ExerciseSetting {
  std::string_view mutant = {};  ///< a wrong rule's name; empty: the right rules
  bool mobility = true;
  bool recovery = true;
  Budget failures = {};
  std::string_view among = {};           ///< hosts with commas between them; empty: every host
  int64_t literal = 0, replaced = 0;     ///< if they differ, each integer `literal` in the text is this one instead
  std::optional<int64_t> argument = {};  ///< what each host's block comes to is applied to it
  bool changes() const { return literal != replaced || argument; }
  bool operator==(const ExerciseSetting&) const = default;
};

/// One thing that an answer has to be or do.
struct Demand {
  enum class Kind : uint8_t {
    Hosts,     ///< it declares the hosts `values`, and no others
    Uses,      ///< the construct `what` occurs in it
    Avoids,    ///< it does not
    NoHosts,   ///< no spore in it names a host
    Type,      ///< the block of host `what` has the type values[0]
    Result,    ///< the result of host `what` is values[0] in every run
    Results,   ///< the results of host `what` are `values`, each in some run
    Reaches,   ///< the result of host `what` is values[0] in some run
    Holds,     ///< property `what` holds; "safe" are the four of `check safe`
    Violated,  ///< property `what` is violated
    Fires,     ///< rule `what` is applied in some run
    Never,     ///< rule `what` is applied in no run
    Counts,    ///< rule `what` is applied least to most times in the run in which hosts take turns, at `host` if given
    Sent,      ///< in that run the data that is sent to host `what` is `values`, in any order, and no other
    Refused,   ///< the type checker refuses it, by rule `what` and no other
  };
  Kind kind;
  std::string_view what;
  std::vector<std::string_view> values = {};
  ExerciseSetting setting = {};
  uint32_t least = 0, most = 0;
  std::string_view host = {};
};

struct Exercise {
  std::string_view number;  ///< lesson.exercise
  std::string_view title;
  std::string_view task;
  std::vector<Demand> demands;
};

/// All of them, in the order of the lessons.
const std::vector<Exercise>& exercises();

/// The exercise of this number; null if there is none.
const Exercise* exerciseNumbered(std::string_view number);

/// What became of one demand.
struct DemandReport {
  enum class State : uint8_t { Met, Unmet, Unknown };
  const Demand* demand = nullptr;
  State state = State::Unknown;
  std::string message;               ///< why, in words; may be empty if it is met
  std::optional<Schedule> schedule;  ///< a run that shows it, in the demand's setting
  bool fresh = true;                 ///< is it a run that no demand before this one has shown?
};

struct Grade {
  enum class Outcome : uint8_t {
    Right,       ///< every demand is met
    Wrong,       ///< some demand is not
    Limit,       ///< nothing is wrong so far, and a limit was reached
    Unreadable,  ///< the answer is ill typed, where it may not be, or no program: `problems`
  };
  Outcome outcome = Outcome::Unreadable;
  std::vector<DemandReport> demands;
  Diagnostics problems;
};

struct GradeOptions {
  SearchLimits limits = {.maxStates = 2'000'000};  ///< of each exploration
  uint64_t maxSteps = 1'000'000;                   ///< of the run in which hosts take turns
  uint32_t maxNodes = 0;                           ///< of an arena
  std::string folder;                              ///< the answer's, for fromTextFile and fromLineage
  bool allowFiles = false;
};

/// Grades a program, given with what it was parsed to without an error. Its own `check` declarations play no part.
/// Never throws LimitReached.
Grade grade(const Source& answer, const surface::Tree& tree, const Exercise& exercise, const GradeOptions& options);

}  // namespace funpass
