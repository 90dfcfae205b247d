// Reductions `values` and `names`: one configuration for all that differ in dead data and in the numbering of
// identifiers.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "checker/atoms.hpp"
#include "lang/configuration.hpp"

namespace funpass {

/// The living identifiers and what they are called now.
using Renaming = std::unordered_map<IdentKey, IdentKey>;

/// Makes configurations of one arena canonical.
class Canonical {
 public:
  explicit Canonical(Arena& arena) : arena_(arena), walk_(arena), probe_(arena) {}

  /// The term of a host at a value becomes unit, unless it is yet to be noted as the host's result.
  void dropValues(Configuration& configuration);

  /// Numbers the identifiers that something can read in the order of a walk that starts from results, terms, ρ and
  /// requests, drops store entries of all others, and, with `dropMessages`, Res messages for them. Terms of hosts at a
  /// value are walked, too: drop them before.
  Renaming rename(Configuration& configuration, bool dropMessages);

  /// `root` with the names of `renaming`; an identifier that it does not have gets a name that no other has.
  Handle renamed(Handle root, const Renaming& renaming);

 private:
  struct Entry {
    uint32_t host = 0;
    Handle node = 0;  // a Leaf, or a Res message
  };

  void visit(Handle root);
  bool hasUnnamed(Handle root);
  void visitSorted(std::vector<Entry>& roots);
  void visitReachable(const Configuration& configuration);
  Handle renamed(Handle root);
  Handle rebuilt(Handle node);
  Handle nameOf(const Node& ident);
  void dropDead(Configuration& configuration, bool dropMessages);
  void rebuild(Configuration& configuration, bool dropMessages);

  Arena& arena_;
  IdentWalk walk_;
  IdentWalk probe_;
  Renaming names_;
  std::vector<IdentKey> visited_;  // in order
  std::vector<uint32_t> next_;     // per host: how many of its identifiers were visited
  // Nodes renamed in this round.
  std::vector<Handle> renamed_;
  std::vector<uint32_t> round_;
  uint32_t thisRound_ = 0;
};

}  // namespace funpass
