// Which deliveries commute with everything that other hosts may still do: what `quiet`, `answers`, `determinate`,
// `calm`, `crash-calm` and `idle-crash` ask of a configuration.
#pragma once

#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "checker/atoms.hpp"
#include "lang/configuration.hpp"

namespace funpass {

/// What is read off one configuration at a time. Without failures to come an entry of ρ matters only at ⊥: no other is
/// asked again.
class Dependence {
 public:
  Dependence(Arena& arena, bool recovery, bool respond)
      : arena_(arena), hosts_(arena), walk_(arena), recovery_(recovery), respond_(respond) {}

  /// Looks at a configuration: what is asked next is about it.
  void look(const Configuration& configuration);

  /// Can nobody make a message for h while h does not move? With `answered`, other than an answer that h waits for.
  bool quiet(uint32_t h, bool answered);

  /// Does h only ask, and is it never asked?
  bool pureClient(uint32_t h);

  /// Can no other answer for the identifier of `message`, a Res to h, come? With `onlyPopulated`, for it was populated.
  bool calm(uint32_t h, Handle message, bool onlyPopulated);

  /// Is nothing left to be computed on demand, nor being computed, nothing to be asked for again, and no choice of
  /// answers for one identifier? Needs no `look`.
  bool determinate(const Configuration& configuration);

  /// Does nothing mention h, and is it at a value, with its result if it has one to come, and without messages?
  bool idle(uint32_t h);

  /// Is R-Failover enabled at h?
  bool asksAgain(uint32_t h) const;

 private:
  struct Use {
    Handle ident;
    bool request;
    uint32_t count;
  };
  struct Place {
    uint32_t host = 0;
    Handle value = 0;
  };

  void countLineages(Handle root, Handle rest, uint32_t times);
  void noteFrames(const HostState& host);
  void noteMessages(uint32_t h);
  bool isPopulated(Handle ident) const { return populated_.count(keyOf(arena_, ident)) != 0; }
  uint32_t lineagesOf(Handle ident) const;
  bool answeredOnly(uint32_t h, const std::vector<bool>& among);
  bool onlyAnswers(uint32_t g, uint32_t h);
  bool usesAreAnswers(uint32_t h);
  bool namesOtherwise(const HostState& host, uint32_t h);
  bool mayMoveOn(uint32_t g) const;
  bool oneAnswerEach(Handle inbox) const;
  std::vector<Handle> forgotten(const HostState& host) const;

  // The fixpoint of `quiet`: which hosts may act while h does not, and what they know.
  struct Knowledge {
    uint32_t target = 0;
    std::vector<bool> known, active, opened;
    std::vector<std::pair<Handle, uint32_t>> todo;  // nodes, each with the host that learns it
    std::unordered_set<IdentKey> idents;
  };
  void activate(Knowledge& k, uint32_t g);
  void open(Knowledge& k, uint32_t g);
  void learn(Knowledge& k, Handle node, uint32_t by);

  Arena& arena_;
  HostsIn hosts_;
  IdentWalk walk_;
  bool recovery_;
  bool respond_;
  Configuration seen_;
  const Configuration* c_ = nullptr;                 // &seen_ once there is one
  std::unordered_map<IdentKey, uint32_t> lineages_;  // in how many places an identifier heads a lineage
  std::unordered_set<IdentKey> populated_;
  std::vector<std::vector<Use>> uses_;              // per host: what it asked for and is yet to get
  std::vector<std::pair<IdentKey, Place>> stored_;  // sorted by identifier
};

}  // namespace funpass
