// The reductions of the graph of configurations, as a table: what each is called, what it does, and when it may.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lang/program.hpp"

namespace funpass {

enum class Reduction : uint8_t { Local, Sends, Quiet, Values, Names, Answers, Determinate, Calm, CrashCalm, IdleCrash };

struct ReductionInfo {
  Reduction reduction;
  std::string_view name;       ///< as `--reduction` and JSON have it
  std::string_view says;       ///< in one line
  std::string_view condition;  ///< when it is on; elsewhere it switches itself off
};

/// All of them, in the order in which they build on one another.
const std::vector<ReductionInfo>& allReductions();

class ReductionSet {
 public:
  ReductionSet() = default;
  ReductionSet(std::initializer_list<Reduction> of) {
    for (const Reduction r : of) add(r);
  }
  void add(Reduction r) { bits_ |= 1U << static_cast<unsigned>(r); }
  bool has(Reduction r) const { return (bits_ >> static_cast<unsigned>(r) & 1U) != 0; }
  bool empty() const { return bits_ == 0; }
  bool operator==(const ReductionSet&) const = default;
  /// Their names, in the order of the table; "none" if there is none.
  std::vector<std::string_view> names() const;

 private:
  uint32_t bits_ = 0;
};

/// Reads a list of names with commas between them; nothing if one is unknown, which then is `unknown`.
std::optional<ReductionSet> parseReductions(std::string_view text, std::string& unknown);

/// What `default` stands for where these failures may happen.
ReductionSet defaultReductions(const Budget& failures);

/// What the conditions ask of a program as a whole.
struct ProgramFacts {
  bool respond = true;  ///< may a `respond` run that no P- rule made?
  bool literal = true;  ///< is it a configuration literal?
  bool mobile = false;  ///< is it typed with mobility, and no literal?
  bool renamed = true;  ///< may its identifiers be renamed: does no check name one?
};
/// Those of `set` whose condition can hold in a run that begins with these failures.
ReductionSet effective(const ReductionSet& set, const ProgramFacts& program, const Budget& failures, bool recovery);

/// Does `fromLineage` occur? Then the raw graph is explored: none of the reductions was argued for R-FromLineage, which
/// makes names by the dozen.
bool loadsLineages(const Arena& arena, const Program& program);

ProgramFacts factsOf(const Arena& arena, const Program& program, bool mobility);

}  // namespace funpass
