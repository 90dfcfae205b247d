#include "checker/reduced_model.hpp"

#include <algorithm>

namespace funpass {

namespace {

/// So many steps at most are one macro-step. A run without end thus has states, and if it comes back to one, a cycle.
constexpr uint32_t kFuel = 10'000;

bool takesMessages(const Arena& arena, const HostState& host) {
  return !host.crashed() && (isValue(arena, host) || awaits(arena, host));
}

}  // namespace

ReducedModel::ReducedModel(Semantics& semantics, const Configuration& initial, const ReducedOptions& options)
    : semantics_(semantics),
      arena_(semantics.arena()),
      initial_(initial),
      options_(options),
      codec_(semantics, initial),
      canonical_(arena_),
      dependence_(arena_, semantics.ruleSet().recovery, options.program.respond) {}

void ReducedModel::begin(uint32_t macro, std::vector<Event>* record) {
  macro_ = macro;
  micros_ = 0;
  reached_.clear();
  record_ = record;
}

void ReducedModel::initial(std::vector<uint32_t>& out) {
  Configuration c = initial_;
  begin(kNobody, nullptr);
  settle(c);
  codec_.encode(c, out);
}

void ReducedModel::steps(StateView state, std::vector<uint32_t>& out) {
  const Configuration c = codec_.decode(state);
  const std::vector<Step> all = chosen(c);
  stoodStill_ = std::all_of(all.begin(), all.end(), [](const Step& step) { return isFailure(step); });
  for (uint32_t i = 0; i < all.size(); ++i) {
    Configuration after = c;
    begin(i, nullptr);
    take(after, all[i]);
    settle(after);
    codec_.encode(after, out);
  }
}

// ---- which steps are tried

bool ReducedModel::noMoreFailures(const Configuration& c) const {
  if (c.budget != Budget{}) return false;
  const Budget& given = initial_.budget;
  return !semantics_.ruleSet().recovery || (given.restarts == 0 && given.drops == 0 && given.duplicates == 0);
}

/// Does every run from here come to the same end?
bool ReducedModel::determinate(const Configuration& c) {
  if (!on(Reduction::Determinate) || c.budget != Budget{}) return false;
  const Budget& given = initial_.budget;
  if (given.restarts > 0 || given.drops > 0 || given.duplicates > 0) return false;
  if (options_.program.respond && !without(Condition::CalmClass)) return false;
  return without(Condition::OnDemand) || dependence_.determinate(c);
}

std::vector<Step> ReducedModel::chosen(const Configuration& c) {
  if (std::optional<Step> step = eager(c)) {  // a macro-step was cut off here
    if (c.budget == Budget{}) return {std::move(*step)};
    return semantics_.steps(c);  // only a failure may end a run without end
  }
  if (on(Reduction::Quiet) && on(Reduction::Local) && on(Reduction::Sends) && noMoreFailures(c)) {
    dependence_.look(c);
    const bool answered = on(Reduction::Calm) && options_.program.mobile && !options_.program.respond;
    for (uint32_t h = 0; h < c.hosts.size(); ++h) {
      if (!takesMessages(arena_, c.hosts[h]) || (c.hosts[h].inbox == 0 && !dependence_.asksAgain(h))) continue;
      if (without(Condition::QuietTarget) || dependence_.quiet(h, answered)) return semantics_.stepsOf(c, h);
    }
  }
  std::vector<Step> all = semantics_.steps(c);
  if (on(Reduction::IdleCrash) && on(Reduction::Names) && options_.program.renamed && c.budget.crashes > 0) {
    dependence_.look(c);
    all.erase(
        std::remove_if(all.begin(), all.end(),
                       [&](const Step& step) { return step.rule == Rule::FCrash && dependence_.idle(step.host); }),
        all.end());
  }
  return all;
}

// ---- which steps are taken at once

bool ReducedModel::maySend(const Configuration& before, const Step& step) const {
  if (!on(Reduction::Sends)) return false;
  const Budget& given = initial_.budget;
  if (semantics_.ruleSet().recovery && (given.restarts > 0 || given.drops > 0 || given.duplicates > 0)) return false;
  if (without(Condition::SendKept)) return true;
  if (before.budget.restarts > 0) return false;
  if (before.budget.crashes == 0) return true;
  if (semantics_.mayFail(step.host)) return false;
  if (step.rule != Rule::RSend) return true;
  const Handle ref = arena_[before.hosts[step.host].focus][0];
  for (Handle hosts = arena_[ref][1]; hosts != 0; hosts = arena_[hosts][1]) {
    if (semantics_.mayFail(arena_[hosts][0])) return false;
  }
  return true;
}

bool ReducedModel::mayBeEager(const Configuration& before, const Step& step) const {
  if (step.rule == Rule::RSend || step.rule == Rule::RPopulate || step.rule == Rule::RRespond) {
    return maySend(before, step);
  }
  if (step.rule != Rule::RLocal || !on(Reduction::Local)) return false;
  const bool notes = step.after.result != before.hosts[step.host].result;
  return !notes || before.budget.crashes == 0 || !semantics_.mayFail(step.host) || without(Condition::ResultKept);
}

std::optional<Step> ReducedModel::eagerMove(const Configuration& c, uint32_t host) {
  const HostState& state = c.hosts[host];
  if (state.crashed() || takesMessages(arena_, state)) return std::nullopt;
  std::optional<Step> step = semantics_.firstStep(c, host);
  if (!step || !mayBeEager(c, *step)) return std::nullopt;
  return step;
}

bool ReducedModel::isEagerMessage(const Configuration& c, uint32_t host, Handle message) {
  const Node m = arena_[message];
  const HostState& state = c.hosts[host];
  const bool calmClass = without(Condition::CalmClass) || (options_.program.mobile && !options_.program.respond);
  if (!noMoreFailures(c)) {
    const Budget& given = initial_.budget;
    const bool crashesOnly = given.restarts == 0 && given.drops == 0 && given.duplicates == 0;
    if (!on(Reduction::CrashCalm) || !calmClass || !crashesOnly || !m.is(Tag::Res)) return false;
    const bool pending = semantics_.mayFail(host) && arena_.is(state.result, Tag::NoResult);
    if (pending && !without(Condition::CrashPending)) return false;
    return dependence_.calm(host, message, true);
  }
  if (m.is(Tag::Req)) {
    const Handle ident = arena_.idOf(arena_[m[1]][0]);
    return on(Reduction::Answers) && m[0] == host && keyOf(arena_, m[2]) == keyOf(arena_, ident) &&
           lookup(arena_, state.store, ident) != 0;
  }
  if (on(Reduction::Answers) && (lookup(arena_, state.store, m[0]) != 0 || dependence_.pureClient(host))) return true;
  return on(Reduction::Calm) && calmClass && dependence_.calm(host, message, false);
}

std::optional<Step> ReducedModel::delivery(const Configuration& c, uint32_t host, Handle message) {
  for (Step& step : semantics_.stepsOf(c, host)) {
    if (step.taken == message) return std::move(step);
  }
  return std::nullopt;
}

/// An answer, if there is one: then requests find what they are for.
std::optional<Step> ReducedModel::anyDelivery(const Configuration& c, uint32_t host) {
  if (c.hosts[host].inbox == 0 || !takesMessages(arena_, c.hosts[host])) return std::nullopt;
  Handle inbox = c.hosts[host].inbox;
  while (inbox != 0 && !arena_.is(arena_[inbox][0], Tag::Res)) inbox = arena_[inbox][2];
  return delivery(c, host, arena_[inbox != 0 ? inbox : c.hosts[host].inbox][0]);
}

std::optional<Step> ReducedModel::eagerDelivery(const Configuration& c) {
  if (determinate(c)) {
    for (uint32_t h = 0; h < c.hosts.size(); ++h) {
      if (std::optional<Step> step = anyDelivery(c, h)) return step;
    }
  }
  if (!on(Reduction::Answers) && !on(Reduction::Calm) && !on(Reduction::CrashCalm)) return std::nullopt;
  bool looked = false;
  for (uint32_t h = 0; h < c.hosts.size(); ++h) {
    if (c.hosts[h].inbox == 0 || !takesMessages(arena_, c.hosts[h])) continue;
    if (!looked) dependence_.look(c);
    looked = true;
    for (Handle inbox = c.hosts[h].inbox; inbox != 0; inbox = arena_[inbox][2]) {
      const Handle message = arena_[inbox][0];
      if (isEagerMessage(c, h, message)) return delivery(c, h, message);
    }
  }
  return std::nullopt;
}

std::optional<Step> ReducedModel::eager(const Configuration& c) {
  for (uint32_t h = 0; h < c.hosts.size(); ++h) {
    if (std::optional<Step> step = eagerMove(c, h)) return step;
  }
  return eagerDelivery(c);
}

// ---- macro-steps

void ReducedModel::take(Configuration& c, const Step& step) {
  if (!observer_) {
    apply(arena_, step, c);
  } else {
    const Configuration before = c;
    apply(arena_, step, c);
    observer_({macro_, micros_, before, step, c});
  }
  ++micros_;
  for (const Sent& sent : step.sent) reached_.push_back(sent.host);
  if (record_ != nullptr) record_->push_back({step, {}});
}

/// Takes the host's eager steps. False if that was cut off: the fuel ran out, or the host came back to where it was.
bool ReducedModel::runHost(Configuration& c, uint32_t host) {
  // Brent: where the host was after 1, 2, 4, … steps. Only local steps can lead back.
  HostState before = c.hosts[host];
  uint32_t steps = 0;
  uint32_t limit = 1;
  while (std::optional<Step> step = eagerMove(c, host)) {
    if (micros_ >= kFuel) return false;
    take(c, *step);
    if (c.hosts[host] == before && step->rule == Rule::RLocal) return false;
    if (++steps == limit || step->rule != Rule::RLocal) {
      before = c.hosts[host];
      steps = 0;
      limit = std::min(limit * 2, kFuel);
    }
  }
  return true;
}

/// In a determinate configuration: takes messages until there are none, those that were sent last first, for inboxes
/// are to stay short. False if that was cut off.
bool ReducedModel::runAll(Configuration& c) {
  reached_.clear();
  for (uint32_t h = 0; h < c.hosts.size(); ++h) {
    if (c.hosts[h].inbox != 0) reached_.push_back(h);
  }
  while (!reached_.empty()) {
    const uint32_t h = reached_.back();
    const std::optional<Step> step = anyDelivery(c, h);
    if (!step) {
      reached_.pop_back();
      continue;
    }
    if (micros_ >= kFuel) return false;
    take(c, *step);
    if (!runHost(c, h)) return false;
  }
  return true;
}

void ReducedModel::settle(Configuration& c) {
  while (true) {
    bool settled = true;
    for (uint32_t h = 0; h < c.hosts.size(); ++h) settled = runHost(c, h) && settled;
    if (settled && determinate(c)) settled = runAll(c);
    normalize(c);
    if (!settled || micros_ >= kFuel) return;
    const std::optional<Step> step = eagerDelivery(c);
    if (!step) return;
    take(c, *step);
  }
}

void ReducedModel::normalize(Configuration& c) {
  if (on(Reduction::Values) || on(Reduction::Names)) canonical_.dropValues(c);
  if (!on(Reduction::Names) || !options_.program.renamed) return;
  const bool dropMessages = c.budget.restarts == 0 && c.budget.drops == 0 && c.budget.duplicates == 0;
  Renaming renaming = canonical_.rename(c, dropMessages);
  if (record_ != nullptr) record_->push_back({std::nullopt, std::move(renaming)});
}

}  // namespace funpass
