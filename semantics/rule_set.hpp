// The reduction rules as rows of a table: `--core`, extensions and seeded bugs replace rows, not code.
#pragma once

#include <array>
#include <vector>

#include "semantics/step.hpp"

namespace funpass {

// ---- t | σ →ʰ t' | σ'   (section 2)

/// What a local rule sees: the redex of the host h, its store, and the index that is fresh there.
struct LocalRedex {
  Arena& arena;
  Handle focus;
  Node redex;  ///< the node `focus`
  uint32_t host;
  Handle store;
  uint32_t next;
};

/// The redex becomes `contractum`, or the first failing premise. Local rules leave σ as it is.
struct LocalOutcome {
  Handle contractum = 0;  ///< 0: refused
  bool fresh = false;     ///< the fresh index was used
  Refusal refusal{};
};
using LocalRule = LocalOutcome (*)(const LocalRedex&);

struct LocalRow {
  Rule rule = Rule::Count;
  Tag redex = Tag::None;  ///< the shape in the first premise
  bool pure = true;       ///< depends on the redex alone, so its step is remembered
  LocalRule apply = nullptr;
};

// ---- process(h, m, σ) = (t, M'', σ')   (section 3)

struct Delivery {
  Arena& arena;
  uint32_t host;
  Handle message;
  Handle store;
  Handle asked;   ///< ρ
  Handle inbox;   ///< the messages to h, m among them
  bool recovery;  ///< is there a ρ?
};
struct Processed {
  Handle term = 0;  ///< t; 0: refused
  SentMessages sent;
  Handle store = 0;
  Handle asked = 0;  ///< ρ'
  Refusal refusal{};
};
using ProcessRule = Processed (*)(const Delivery&);

struct ProcessRow {
  Rule rule = Rule::Count;
  ProcessRule apply = nullptr;
};

// ---- H | M ↠ H' | M'   (section 3)

class Semantics;

/// What a distributed rule sees: the configuration, the host that is to move, and for a delivery the message.
struct Scene {
  Semantics& semantics;
  Arena& arena;
  const Configuration& configuration;
  uint32_t host;
  Handle message;  ///< 0 unless the rule delivers
  const HostState& state() const { return configuration.hosts[host]; }
};
using DistributedRule = Outcome (*)(const Scene&);

struct DistributedRow {
  Rule rule = Rule::Count;
  Tag focus = Tag::None;  ///< the shape of focus that it applies to; None: any
  bool delivers = false;  ///< tried once for each distinct message
  DistributedRule apply = nullptr;
};

// ---- failures   (section 7)

struct FailureRow {
  Rule rule = Rule::Count;
  bool perMessage = false;  ///< tried once for each distinct message to the host
  DistributedRule apply = nullptr;
};

/// A whole semantics as a value. Rows are in the order of the specification.
struct RuleSet {
  std::vector<LocalRow> local;
  std::vector<DistributedRow> distributed;
  std::vector<ProcessRow> process;
  std::vector<FailureRow> failures;
  bool recovery = true;  ///< do hosts remember what they asked for (ρ), and ask again when it is lost?
  bool right = true;     ///< no row was replaced by a wrong one: what is argued from the rules holds
};

/// Sections 2, 3 and 7; with `data` also the reduction rules of the data extension and R-FromLineage, with `recovery`
/// R-Failover.
RuleSet rules(bool data, bool recovery = true);

/// The parts of `rules`, each from the file that states them.
std::vector<LocalRow> localRules();
std::vector<LocalRow> dataRules();
std::vector<ProcessRow> processRules();
std::vector<DistributedRow> distributedRules();
std::vector<DistributedRow> recoveryRules();
std::vector<DistributedRow> lineageRules();
std::vector<FailureRow> failureRules();

/// The premise `premise` of `rule` fails, with what it speaks of.
inline Refusal refuse(Rule rule, uint8_t premise, Binding first = {}, Binding second = {}) {
  return {rule, premise, {first, second}};
}

}  // namespace funpass
