#include "semantics/semantics.hpp"

#include <algorithm>

#include "semantics/recovery.hpp"

namespace funpass {

RuleSet rules(bool data, bool recovery) {
  RuleSet set{localRules(), distributedRules(), processRules(), failureRules(), recovery};
  if (recovery) {
    const std::vector<DistributedRow> more = recoveryRules();
    set.distributed.insert(set.distributed.end(), more.begin(), more.end());
  }
  if (data) {
    const std::vector<LocalRow> more = dataRules();
    set.local.insert(set.local.end(), more.begin(), more.end());
    const std::vector<DistributedRow> travelling = lineageRules();
    set.distributed.insert(set.distributed.end(), travelling.begin(), travelling.end());
  }
  return set;
}

void goOn(Arena& arena, HostState& host, Handle t, Handle context) {
  const Decomposed d = refocus(arena, t, context);
  host.focus = d.focus;
  host.context = d.context;
  if (arena.is(host.result, Tag::NoResult) && isValue(arena, host)) host.result = d.focus;
}

HostState withTerm(Arena& arena, HostState host, Handle t, Handle context) {
  goOn(arena, host, t, context);
  return host;
}

void apply(Arena& arena, const Step& step, Configuration& configuration) {
  configuration.hosts[step.host] = step.after;
  if (isFailure(step)) {
    configuration.budget = step.budget;
    for (const LostRequest& lost : step.lost) {
      HostState& host = configuration.hosts[lost.host];
      host.asked = ask(arena, host.asked, lost.ident, question(arena, host.asked, lost.ident).ref, kNobody);
    }
  }
  for (const Sent& sent : step.sent) {
    HostState& receiver = configuration.hosts[sent.host];
    if (!receiver.crashed()) receiver.inbox = post(arena, receiver.inbox, sent.message);
  }
}

Semantics::Semantics(Arena& arena, RuleSet rules, std::vector<uint32_t> among)
    : arena_(&arena), rules_(std::move(rules)), among_(std::move(among)), byRedex_(kTags) {
  for (const LocalRow& row : rules_.local) byRedex_[static_cast<size_t>(row.redex)].push_back(row);
  moving_.resize(kTags);
  delivering_.resize(kTags);
  for (size_t tag = 0; tag < kTags; ++tag) {
    for (const DistributedRow& row : rules_.distributed) {
      if (row.focus != Tag::None && row.focus != static_cast<Tag>(tag)) continue;
      if (row.rule == Rule::RLocal && byRedex_[tag].empty()) continue;
      (row.delivers ? delivering_ : moving_)[tag].push_back(row);
    }
  }
}

void Semantics::moveTo(Arena& arena) {
  arena_ = &arena;
  contractum_ = {};
  localRule_ = {};
}

Semantics::Local Semantics::local(const HostState& state, uint32_t host) {
  const Handle focus = state.focus;
  if (remembers_ && focus < contractum_.size() && contractum_[focus] != 0) {
    return {localRule_[focus], {contractum_[focus], false, {}}};
  }
  const Node redex = (*arena_)[focus];
  Local result;
  for (const LocalRow& row : byRedex_[redex.tag]) {
    const uint32_t next = row.pure ? 0 : fresh(state).index;
    result = {row.rule, row.apply({*arena_, focus, redex, host, state.store, next})};
    if (result.outcome.contractum == 0) continue;
    if (row.pure && remembers_) {
      if (focus >= contractum_.size()) {
        const size_t size = std::max<size_t>(arena_->size(), contractum_.size() * 2);
        contractum_.resize(size, 0);
        localRule_.resize(size, Rule::Count);
      }
      contractum_[focus] = result.outcome.contractum;
      localRule_[focus] = row.rule;
    }
    break;
  }
  return result;
}

void Semantics::moveLocally(HostState& host, const LocalOutcome& outcome) {
  if (outcome.fresh) host.next = fresh(host).next;
  goOn(*arena_, host, outcome.contractum, host.context);
}

Semantics::Process Semantics::process(uint32_t host, Handle message, const HostState& state) {
  Process result;
  for (const ProcessRow& row : rules_.process) {
    result = {row.rule, row.apply(delivery(host, message, state))};
    if (result.outcome.term != 0) break;
  }
  return result;
}

/// Calls take(step) for each of the host's steps in order until it returns false.
template <typename Take>
void Semantics::eachStep(const Configuration& configuration, uint32_t host, Take take) {
  if (configuration.hosts[host].crashed()) return;
  bool moved = false;
  bool wanted = true;
  const size_t focus = (*arena_)[configuration.hosts[host].focus].tag;
  for (const DistributedRow& row : moving_[focus]) {
    Outcome outcome = row.apply({*this, *arena_, configuration, host, 0});
    if (!outcome) continue;
    moved = moved || row.rule != Rule::RFailover;  // a host that asks again may as well take a message first
    wanted = wanted && take(std::move(outcome.step()));
  }
  if (moved) return;
  for (Handle inbox = configuration.hosts[host].inbox; inbox != 0 && wanted; inbox = (*arena_)[inbox][2]) {
    for (const DistributedRow& row : delivering_[focus]) {
      if (!wanted) break;
      Outcome outcome = row.apply({*this, *arena_, configuration, host, (*arena_)[inbox][0]});
      if (outcome) wanted = take(std::move(outcome.step()));
    }
  }
}

std::vector<Step> Semantics::steps(const Configuration& configuration) {
  std::vector<Step> found;
  for (uint32_t host = 0; host < configuration.hosts.size(); ++host) {
    eachStep(configuration, host, [&](Step&& step) {
      found.push_back(std::move(step));
      return true;
    });
  }
  if (configuration.budget != Budget{}) addFailures(configuration, found);
  return found;
}

std::vector<Step> Semantics::stepsOf(const Configuration& configuration, uint32_t host) {
  std::vector<Step> found;
  eachStep(configuration, host, [&](Step&& step) {
    found.push_back(std::move(step));
    return true;
  });
  return found;
}

std::vector<Step> Semantics::failures(const Configuration& configuration) {
  std::vector<Step> found;
  addFailures(configuration, found);
  return found;
}

bool Semantics::mayFail(uint32_t host) const { return std::find(among_.begin(), among_.end(), host) != among_.end(); }

void Semantics::addFailures(const Configuration& configuration, std::vector<Step>& found) {
  const auto attempt = [&](const FailureRow& row, uint32_t host, Handle message) {
    Outcome outcome = row.apply({*this, *arena_, configuration, host, message});
    if (outcome) found.push_back(std::move(outcome.step()));
  };
  for (const FailureRow& row : rules_.failures) {
    for (uint32_t host = 0; host < configuration.hosts.size(); ++host) {
      if (!row.perMessage) {
        attempt(row, host, 0);
        continue;
      }
      for (Handle inbox = configuration.hosts[host].inbox; inbox != 0; inbox = (*arena_)[inbox][2]) {
        attempt(row, host, (*arena_)[inbox][0]);
      }
    }
  }
}

std::optional<Step> Semantics::firstStep(const Configuration& configuration, uint32_t host) {
  std::optional<Step> first;
  eachStep(configuration, host, [&](Step&& step) {
    first = std::move(step);
    return false;
  });
  return first;
}

uint32_t Semantics::countSteps(const Configuration& configuration, uint32_t host) {
  uint32_t count = 0;
  eachStep(configuration, host, [&](Step&&) {
    ++count;
    return true;
  });
  return count;
}

std::vector<Refusal> Semantics::refusals(const Configuration& configuration, uint32_t host) {
  std::vector<Refusal> found;
  const HostState& state = configuration.hosts[host];
  if (state.crashed()) return found;
  const Node redex = (*arena_)[state.focus];
  for (size_t i = 0; i < rules_.local.size(); ++i) {
    const LocalRow& row = rules_.local[i];
    if (i > 0 && rules_.local[i - 1].rule == row.rule) continue;
    Refusal refusal = refuse(row.rule, 0);
    bool fires = false;
    for (size_t j = i; j < rules_.local.size() && rules_.local[j].rule == row.rule; ++j) {
      if (!redex.is(rules_.local[j].redex)) continue;
      const LocalOutcome outcome = rules_.local[j].apply({*arena_, state.focus, redex, host, state.store, state.next});
      fires = outcome.contractum != 0;
      refusal = outcome.refusal;
    }
    if (!fires) found.push_back(refusal);
  }
  const Handle message = state.inbox == 0 ? 0 : (*arena_)[state.inbox][0];
  for (const DistributedRow& row : rules_.distributed) {
    const Outcome outcome = row.apply({*this, *arena_, configuration, host, row.delivers ? message : 0});
    if (!outcome) found.push_back(outcome.refusal());
  }
  return found;
}

Standstill Semantics::standstill(const Configuration& configuration, const Budget& given) {
  if (isFinal(*arena_, configuration)) return Standstill::Final;
  for (uint32_t host = 0; host < configuration.hosts.size(); ++host) {
    if (configuration.hosts[host].crashed()) continue;
    const Refusal refusal = local(configuration.hosts[host], host).outcome.refusal;
    if (refusal.rule == Rule::RIntOp && refusal.premise == 1) return Standstill::Overflow;
  }
  const bool lost = rules_.recovery ? isLostData(*arena_, configuration) : configuration.budget != given;
  return lost ? Standstill::Lost : Standstill::Stuck;
}

}  // namespace funpass
