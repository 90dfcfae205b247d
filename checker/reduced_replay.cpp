// Macro-steps written out as a run of the calculus itself, with the identifiers that it makes.
#include <stdexcept>
#include <utility>

#include "checker/reduced_model.hpp"

namespace funpass {

namespace {

/// What a step is about besides its host: the message that it takes, loses or doubles.
Handle messageOf(const Step& step) {
  if (step.taken != 0 || step.rule != Rule::FDup) return step.taken;
  return step.sent.front().message;
}

}  // namespace

/// Follows the steps of reduced configurations with those of the calculus.
class RawReplay {
 public:
  RawReplay(Semantics& semantics, Canonical& canonical, const Configuration& initial, bool incremental)
      : semantics_(semantics), canonical_(canonical), incremental_(incremental) {
    run_.last = initial;
    IdentWalk walk(semantics_.arena());
    walk.begin();
    for (const HostState& host : initial.hosts) {
      for (const Handle part : {host.focus, host.context, host.store, host.asked, host.inbox, host.result}) {
        walk(part, [&](Handle, const Node& node) {
          if (node.is(Tag::Ident)) names_.emplace(keyOf(node), keyOf(node));
        });
      }
    }
    for (uint32_t h = 0; h < initial.hosts.size(); ++h) count_.push_back(semantics_.countSteps(initial, h));
  }

  /// Takes the step that corresponds to `wanted`, a step of the reduced configuration.
  void follow(const Step& wanted) {
    std::vector<Step> own =
        isFailure(wanted) ? semantics_.steps(run_.last) : semantics_.stepsOf(run_.last, wanted.host);
    uint32_t index = 0;
    while (index < own.size() && !corresponds(own[index], wanted)) ++index;
    if (index == own.size()) throw std::logic_error("a reduced step is no step of the calculus");
    uint32_t before = 0;
    if (!isFailure(wanted)) {
      for (uint32_t h = 0; h < wanted.host; ++h) before += count_[h];
    }
    const uint32_t fresh = run_.last.hosts[wanted.host].next;
    take(own[index], before + index);
    if (!isFailure(wanted) && run_.last.hosts[wanted.host].next != fresh) {
      const IdentKey host = uint64_t{wanted.host} << 32U;
      names_[host | fresh] = host | (wanted.after.next - 1);
    }
  }

  /// The reduced configuration got other names, and lost dead ones.
  void rename(const Renaming& renaming) {
    Renaming names;
    for (const auto& [raw, was] : names_) {
      if (const auto is = renaming.find(was); is != renaming.end()) names.emplace(raw, is->second);
    }
    names_ = std::move(names);
  }

  /// Takes steps other than failures while there are any.
  void settle() {
    Configuration before = run_.last;  // Brent: where the run was after 1, 2, 4, … steps
    uint64_t steps = 0;
    uint64_t limit = 1;
    for (uint32_t h = 0; h < count_.size();) {
      if (count_[h] == 0) {
        ++h;
        continue;
      }
      take(*semantics_.firstStep(run_.last, h), 0);
      if (run_.last == before) throw std::logic_error("what is left of a run does not end");  // by a wrong rule
      if (++steps == limit) {
        before = run_.last;
        steps = 0;
        limit *= 2;
      }
      h = 0;
    }
  }

  ReducedModel::RawRun& run() { return run_; }

 private:
  bool corresponds(const Step& raw, const Step& wanted) {
    if (raw.rule != wanted.rule || raw.host != wanted.host) return false;
    const Handle message = messageOf(raw);
    if (message == 0) return true;
    return canonical_.renamed(message, names_) == messageOf(wanted);
  }

  void take(const Step& step, uint32_t index) {
    run_.schedule.add(index);
    apply(semantics_.arena(), step, run_.last);
    if (!incremental_ || isFailure(step)) {
      for (uint32_t h = 0; h < count_.size(); ++h) count_[h] = semantics_.countSteps(run_.last, h);
      return;
    }
    count_[step.host] = semantics_.countSteps(run_.last, step.host);
    for (const Sent& sent : step.sent) count_[sent.host] = semantics_.countSteps(run_.last, sent.host);
  }

  Semantics& semantics_;
  Canonical& canonical_;
  bool incremental_;  // no step of one host enables one of another but by a message
  ReducedModel::RawRun run_;
  Renaming names_;               // raw identifiers, as the reduced configuration calls them
  std::vector<uint32_t> count_;  // per host: how many steps it has
};

ReducedModel::RawRun ReducedModel::rawRun(const std::vector<uint32_t>& path, bool settled,
                                          std::optional<uint32_t> micros) {
  const Observer observer = std::exchange(observer_, {});
  RawReplay replay(semantics_, canonical_, initial_, initial_.budget == Budget{} && !options_.program.literal);
  std::vector<Event> events;
  const auto follow = [&](bool last) {
    uint32_t taken = 0;
    for (const Event& event : events) {
      if (!event.step) {
        replay.rename(event.renaming);
      } else if (!last || !micros || taken++ < *micros) {
        replay.follow(*event.step);
      }
    }
  };
  Configuration c = initial_;
  begin(0, &events);
  settle(c);
  follow(path.empty());
  for (size_t i = 0; i < path.size(); ++i) {
    const std::vector<Step> all = chosen(c);
    events.clear();
    begin(path[i], &events);
    take(c, all[path[i]]);
    settle(c);
    follow(i + 1 == path.size());
  }
  begin(0, nullptr);
  if (settled) replay.settle();
  observer_ = observer;
  return std::move(replay.run());
}

}  // namespace funpass
