// A program or a configuration literal after elaboration: what every verb starts from.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lang/configuration.hpp"
#include "lang/source.hpp"

namespace funpass {

/// A `check` declaration (section 8), with hosts as numbers and terms as closed core terms.
struct Check {
  enum class Kind : uint8_t { Safe, Confluent, Result, ResultIn, Reaches, Resilient, Transparent };
  Kind kind = Kind::Safe;
  uint32_t host = 0;            ///< Result, ResultIn, Reaches
  std::vector<Handle> terms;    ///< Result, Reaches: one; ResultIn: any number
  uint32_t crashes = 0;         ///< Resilient, Transparent
  std::vector<uint32_t> among;  ///< Resilient, Transparent
  Span span;
};

/// The hosts' names are the arena's.
struct Program {
  bool literal = false;       ///< it was a configuration literal
  std::vector<Handle> terms;  ///< per host: its `at` block's core term; 0 without one (in a literal always 0)
  std::vector<Handle> types;  ///< per host: that term's type; 0 without one
  std::vector<Span> spans;    ///< per host: where its block (or host line) stands
  std::vector<Handle>
      resultTypes;  ///< per host: the type its result has or will have; 0 if it has none or that is not known
  std::vector<Handle> records;  ///< TRecord nodes, as declared
  std::vector<uint32_t> among;  ///< S of the failures: all hosts unless a literal's `budgets` says otherwise
  bool recovery = true;         ///< do hosts have a ρ? Of a literal: does it have `asked`?
  std::vector<Check> checks;
  std::vector<Diagnostic> notes;  ///< what the user should know though nothing is wrong (a user-written respond)
  Configuration initial;
};

/// Moves a program to a fresh arena.
Program copy(Copy& copy, const Program& program);

}  // namespace funpass
