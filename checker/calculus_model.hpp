// The calculus as a Model: configurations, each host's state kept once, each of its moves computed once.
#pragma once

#include <span>
#include <unordered_map>
#include <vector>

#include "checker/model.hpp"
#include "checker/pair_table.hpp"
#include "checker/saved.hpp"
#include "lang/program.hpp"
#include "semantics/semantics.hpp"

namespace funpass {

/// The configuration in which a program starts with this budget of failures.
inline Configuration startedWith(const Program& program, const Budget& budget) {
  Configuration initial = program.initial;
  initial.budget = budget;
  return initial;
}

/// H | M ↠ H' | M' as a transition system: one word a host, naming its state, and one for the failures left. The states
/// of single hosts, its *leaves*, are few. What a host does depends on its leaf alone, but for R-Send and R-Failover,
/// which ask src(r): so the steps of a leaf are those that Semantics gave when it was met first, and so is what a
/// message makes of it. Failures are asked of Semantics each time.
class CalculusModel {
 public:
  CalculusModel(Semantics& semantics, const Configuration& initial);

  size_t width() const { return hosts_.size() + 1; }
  void initial(std::vector<uint32_t>& out) { encode(initial_, out); }
  void steps(StateView state, std::vector<uint32_t>& out);
  bool final(StateView state) { return isFinal(semantics_.arena(), decode(state)); }

  Configuration decode(StateView state) const;
  void encode(const Configuration& configuration, std::vector<uint32_t>& out);
  Semantics& semantics() { return semantics_; }
  const HostState& leaf(uint32_t host, uint32_t number) const { return hosts_[host].states[number]; }

  /// A host's new leaf.
  struct Change {
    uint32_t host;
    uint32_t leaf;
  };
  /// A step of the last call of `steps`, in the same order: its rules, and what it changes, which may name a host
  /// twice.
  struct Move {
    Rule rule = Rule::Count;
    Rule inner = Rule::Count;
    uint32_t firstChange = 0;
    uint32_t changes = 0;
  };
  const std::vector<Move>& lastMoves() const { return moves_; }
  std::span<const Change> changesOf(const Move& move) const {
    return std::span(changes_).subspan(move.firstChange, move.changes);
  }
  /// What the last call of `steps` was about.
  StateView lastState() const { return last_; }
  Configuration lastConfiguration() const { return decode(last_); }

  /// The steps of a state, for those who may not compute any: calls take(rules, changes) for each, in order, if every
  /// one of them was computed before and none is a failure; else gives false, perhaps after some. `changes` is used for
  /// the list. Several threads may call it, each with a list of its own, while nobody calls anything else.
  template <typename Take>
  bool known(StateView state, std::vector<Change>& changes, Take take) const;

  /// Could there be a cycle among the states expanded so far? If not there is none; it looks at the states of single
  /// hosts only. A cycle of configurations is, for every host that moves on it, a closed walk through its leaves; and
  /// each message that is received on these walks is sent on one of them. Walks without that are ruled out until none
  /// is left, or nothing more can be.
  bool mayCycle() const;

  /// How many different states the host had.
  size_t leaves(uint32_t host) const { return hosts_[host].states.size(); }

  /// Memory held, in bytes; roughly, for that of the maps from leaves to numbers is guessed.
  size_t bytes() const;

  void save(Writer& out) const;
  void restore(Reader& in);

 private:
  struct Hash {
    size_t operator()(const HostState& host) const;
  };
  struct Range {
    uint32_t begin = 0, end = 0;
    bool known = false;
  };
  struct Remembered {
    Rule rule, inner;
    uint32_t host, before, after;  // leaves
    Range sent;
  };
  struct Host {
    std::vector<HostState> states;
    std::unordered_map<HostState, uint32_t, Hash> numbers;
    std::vector<Handle> asks;  // the r whose src(r) the leaf's steps depend on; 0: none
    std::vector<Range> moves;  // per leaf that asks nothing
    PairTable answered;        // leaf, src(r) + 1 -> entry of answers_
    PairTable received;        // leaf, message -> leaf
  };

  uint32_t number(uint32_t host, const HostState& state);
  uint32_t receive(uint32_t host, uint32_t leaf, Handle message);
  Range movesOf(uint32_t host, StateView state);
  Range remember(uint32_t host, StateView state);
  Handle asksFor(const HostState& state) const;
  uint32_t sourceOf(Handle ref, StateView state) const;
  void addFailures(StateView state, std::vector<uint32_t>& out);

  template <typename Take>
  bool knownOf(uint32_t host, Range moves, StateView state, std::vector<Change>& changes, Take& take) const;

  Semantics& semantics_;
  Configuration initial_;
  std::vector<Host> hosts_;
  std::vector<Range> answers_;
  std::vector<Remembered> remembered_;
  std::vector<Sent> sent_;
  std::vector<uint32_t> last_;
  std::vector<Move> moves_;
  std::vector<Change> changes_;
};

template <typename Take>
bool CalculusModel::known(StateView state, std::vector<Change>& changes, Take take) const {
  if (state.back() != 0) return false;
  for (uint32_t h = 0; h < hosts_.size(); ++h) {
    const Host& at = hosts_[h];
    Range moves = at.moves[state[h]];
    if (at.asks[state[h]] != 0) {
      const uint32_t answer = at.answered.find(state[h], sourceOf(at.asks[state[h]], state) + 1);
      if (answer != PairTable::kMissing) moves = answers_[answer];
    }
    if (!moves.known || !knownOf(h, moves, state, changes, take)) return false;
  }
  return true;
}

template <typename Take>
bool CalculusModel::knownOf(uint32_t host, Range moves, StateView state, std::vector<Change>& changes,
                            Take& take) const {
  for (uint32_t i = moves.begin; i < moves.end; ++i) {
    const Remembered& move = remembered_[i];
    changes.assign(1, {host, move.after});
    for (uint32_t k = move.sent.begin; k < move.sent.end; ++k) {
      const Sent& sent = sent_[k];
      uint32_t leaf = state[sent.host];
      for (const Change& change : changes) leaf = change.host == sent.host ? change.leaf : leaf;
      leaf = hosts_[sent.host].received.find(leaf, sent.message);
      if (leaf == PairTable::kMissing) return false;
      changes.push_back({sent.host, leaf});
    }
    take(move.rule, move.inner, std::span<const Change>(changes));
  }
  return true;
}

}  // namespace funpass
