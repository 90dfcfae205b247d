// The calculus with reductions, as a Model of its own: its steps are macro-steps.
#pragma once

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "checker/calculus_model.hpp"
#include "checker/canonical.hpp"
#include "checker/dependence.hpp"
#include "checker/reductions.hpp"
#include "semantics/schedule.hpp"

namespace funpass {

/// A condition of a reduction. Tests leave one out to show that it is needed.
enum class Condition : uint8_t {
  CalmClass,     ///< `calm`: mobility, no `respond`
  QuietTarget,   ///< `quiet`: nobody can send to the host
  ResultKept,    ///< `local`: a result is not noted before a crash could prevent it
  SendKept,      ///< `sends`: the sender cannot crash, no restart is left
  OnDemand,      ///< `determinate`: nothing is left to be computed on demand
  CrashPending,  ///< `crash-calm`: the host cannot crash before its result
};

struct ReducedOptions {
  ReductionSet on;
  ProgramFacts program;
  std::optional<Condition> without;  ///< for tests only
};

/// Stores configurations between macro-steps: a step that has to be tried, then the steps that may be taken at once.
class ReducedModel {
 public:
  ReducedModel(Semantics& semantics, const Configuration& initial, const ReducedOptions& options);

  size_t width() const { return codec_.width(); }
  void initial(std::vector<uint32_t>& out);
  void steps(StateView state, std::vector<uint32_t>& out);
  bool final(StateView state) { return isFinal(arena_, codec_.decode(state)); }
  Configuration decode(StateView state) const { return codec_.decode(state); }
  size_t leaves(uint32_t host) const { return codec_.leaves(host); }
  size_t bytes() const { return codec_.bytes(); }
  void save(Writer& out) const { codec_.save(out); }
  void restore(Reader& in) { codec_.restore(in); }

  /// Called for every step inside the macro-steps that `initial` and `steps` make: before, step, after, the number of
  /// the macro-step (kNobody: of `initial`) and of the step in it.
  struct Micro {
    uint32_t macro;
    uint32_t number;
    const Configuration& before;
    const Step& step;
    const Configuration& after;
  };
  using Observer = std::function<void(const Micro&)>;
  void observe(Observer observer) { observer_ = std::move(observer); }

  /// Was the last state that `steps` was asked about without a step other than failures?
  bool stoodStill() const { return stoodStill_; }

  /// A run of the calculus itself that does what a path of macro-steps does.
  struct RawRun {
    Schedule schedule;
    Configuration last;
  };
  /// Along the macro-steps `path`, from the one that makes the initial state on. The last one ends after `micros`
  /// steps, if said; with `settled`, what was dropped on the way is delivered at the end, so that nothing more can
  /// happen.
  RawRun rawRun(const std::vector<uint32_t>& path, bool settled, std::optional<uint32_t> micros = std::nullopt);
  /// The steps of a configuration that is a state: those to be tried.
  std::vector<Step> chosen(const Configuration& configuration);
  /// The step that is taken at once, if there is one.
  std::optional<Step> eager(const Configuration& configuration);

 private:
  /// What a macro-step consists of: steps, and in between other names for identifiers.
  struct Event {
    std::optional<Step> step;
    Renaming renaming;
  };

  bool on(Reduction r) const { return options_.on.has(r); }
  bool without(Condition c) const { return options_.without == c; }
  bool noMoreFailures(const Configuration& c) const;
  bool determinate(const Configuration& c);
  bool mayBeEager(const Configuration& before, const Step& step) const;
  bool maySend(const Configuration& before, const Step& step) const;
  std::optional<Step> eagerMove(const Configuration& c, uint32_t host);
  std::optional<Step> eagerDelivery(const Configuration& c);
  bool isEagerMessage(const Configuration& c, uint32_t host, Handle message);
  std::optional<Step> delivery(const Configuration& c, uint32_t host, Handle message);
  bool runHost(Configuration& c, uint32_t host);
  std::optional<Step> anyDelivery(const Configuration& c, uint32_t host);
  bool runAll(Configuration& c);
  void settle(Configuration& c);
  void normalize(Configuration& c);
  void take(Configuration& c, const Step& step);
  void begin(uint32_t macro, std::vector<Event>* record);

  Semantics& semantics_;
  Arena& arena_;
  Configuration initial_;
  ReducedOptions options_;
  CalculusModel codec_;
  Canonical canonical_;
  Dependence dependence_;
  Observer observer_;
  bool stoodStill_ = false;
  // The macro-step being made.
  uint32_t macro_ = 0;
  uint32_t micros_ = 0;
  std::vector<uint32_t> reached_;  // whom messages were sent to, the last one last
  std::vector<Event>* record_ = nullptr;
};

}  // namespace funpass
