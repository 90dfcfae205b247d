// The verbs and options as tables: what each is called, what it does, and how an option's value is read.
#pragma once

#include <string>
#include <vector>

#include "cli/options.hpp"

namespace funpass::cli {

constexpr unsigned bit(Verb verb) { return 1U << static_cast<unsigned>(verb); }

// Verbs that have options in common.
constexpr unsigned kRuns = bit(Verb::Run) | bit(Verb::Lineage);
constexpr unsigned kExplores = bit(Verb::Check) | bit(Verb::Graph) | bit(Verb::Faults);
constexpr unsigned kLimited = kExplores | bit(Verb::Exercise) | bit(Verb::Predict);
constexpr unsigned kSteps = kRuns | kExplores | bit(Verb::Why) | bit(Verb::Step) | bit(Verb::Predict);
constexpr unsigned kPrograms = kSteps | bit(Verb::Type);
constexpr unsigned kAll = kPrograms | bit(Verb::Rules) | bit(Verb::Fmt) | bit(Verb::Exercise);

struct VerbRow {
  Verb verb;
  const char* name;
  const char* operands;
  unsigned fewest, most;  // operands
  const char* does;
  const char* example;
  const char* exampleDoes;
};

// Reads an option's value; gives what is wrong with it, or nothing.
using Set = std::string (*)(Arguments&, const std::string&);

struct OptionRow {
  const char* name;
  const char* value;  // what its value is called; null: it has none
  unsigned verbs;
  const char* does;
  Set set;
};

extern const std::vector<VerbRow> kVerbs;
extern const std::vector<OptionRow> kOptions;

}  // namespace funpass::cli
