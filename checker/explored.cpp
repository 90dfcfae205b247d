#include "checker/explored.hpp"

#include <algorithm>
#include <new>
#include <span>
#include <stdexcept>

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>

#include "lang/raise.hpp"

namespace funpass {

namespace {

constexpr const char* kOverflow = "an integer does not fit 64 bits";

// How a term is put into a message.
using Write = std::string (*)(const Arena& arena, Handle node);

std::string named(const Arena& arena, Handle node) { return text(arena, node); }

std::string why(const Arena& arena, const WfRefusal& refusal, Write write) {
  std::string out = std::string(info(refusal.premise.rule).name) + ": " + refusal.premise.message;
  if (refusal.host != kNobody) out += ", at host " + arena.hosts()[refusal.host];
  if (refusal.subject != 0) out += ", in " + write(arena, refusal.subject);
  return out;
}

/// Was there enough memory for it? With a wrong rule, what reductions rely on may not hold: then there is no run
/// either.
template <typename Action>
bool attempt(bool right, Action action) {
  try {
    action();
    return true;
  } catch (const LimitReached&) {
    return false;
  } catch (const std::bad_alloc&) {
    return false;
  } catch (const std::logic_error&) {
    if (right) throw;
    return false;
  }
}

}  // namespace

Explored::Explored(Arena& arena, const Program& program, const CheckOptions& options, FailureBudget failures,
                   ReductionSet reductions)
    : arena_(arena),
      failures_(std::move(failures)),
      semantics_(arena, options.rules, failures_.among),
      checker_(arena, *options.types, options.mobility, *options.wellFormed),
      mobility_(checker_),
      initial_(startedWith(program, failures_.budget)),
      model_(semantics_, initial_),
      reductions_(reductions),
      graph_(model_.width()),
      keepsEdges_(options.keepEdges || !reductions.empty()),
      threads_(options.threads),
      plain_(options.plain),
      judges_(isJudged(options, "subject-reduction") || isJudged(options, "lineage-mobility")),
      leaves_(initial_.hosts.size()),
      leavesJudged_(initial_.hosts.size()),
      types_(arena) {
  graph_.keepsEdges = keepsEdges_;
  if (options.selfCheck) selfCheck_.emplace(semantics_, failures_.budget);
  if (reductions.empty()) return;
  const ReducedOptions how{reductions, factsOf(arena, program, options.mobility), std::nullopt};
  effective_ = funpass::effective(reductions, how.program, failures_.budget, options.rules.recovery);
  reduced_ = std::make_unique<ReducedModel>(semantics_, initial_, how);
}

// Is every leaf that was met well-formed and mobile by itself?
bool Explored::leavesAreFine() {
  for (uint32_t h = 0; h < leaves_.size(); ++h) {
    for (; leavesJudged_[h] < model_.leaves(h) && leavesFine_; ++leavesJudged_[h])
      leavesFine_ = leaf(h, leavesJudged_[h]).fine;
  }
  types_.settle();
  return leavesFine_;
}

// `from` being well-formed, and every leaf by itself: so is what is made of it by the changes, and Σ' ⊇ Σ, if the new
// leaves give no identifier another type than those of `from` and each other. A leaf in the class of the one before it
// gives none.
bool Explored::typesAgree(StateView from, std::span<const CalculusModel::Change> changes) const {
  const auto classOf = [&](uint32_t host, uint32_t leaf) { return types_.classOf(leaves_[host][leaf].types); };
  for (const CalculusModel::Change& change : changes) {
    const uint32_t types = classOf(change.host, change.leaf);
    if (types == classOf(change.host, from[change.host])) continue;
    for (uint32_t h = 0; h < leaves_.size(); ++h) {
      if (!types_.agree(types, classOf(h, from[h]))) return false;
    }
    for (const CalculusModel::Change& other : changes) {
      if (!types_.agree(types, classOf(other.host, other.leaf))) return false;
    }
  }
  return true;
}

void Explored::exploreRaw(const SearchLimits& limits) {
  const auto explorePlainly = [&] {
    funpass::explore(
        model_, limits,
        [this](uint32_t from, uint32_t index, uint32_t to, bool isNew) {
          visit(from, index, to, isNew);
          return limit_.empty();
        },
        graph_);
  };
  if (keepsEdges_ || selfCheck_ || plain_) return explorePlainly();
  BatchHooks hooks;
  hooks.ready = [this] { return !judges_ || leavesAreFine(); };
  hooks.fine = [this](StateView from, std::span<const CalculusModel::Change> changes) {
    return !judges_ || types_.classes() == 1 || typesAgree(from, changes);
  };
  hooks.ended = [this](uint32_t state) {
    standStill(state, configuration(state));
    return limit_.empty();
  };
  hooks.finished = [this](uint32_t finished, const RuleCounts& rules) {
    for (size_t r = 0; r < rules.size(); ++r) rules_[r] += rules[r];
    finished_ = finished;
    transitions_ = graph_.transitions;
  };
  if (!exploreBatched(model_, limits, threads_, hooks, graph_)) explorePlainly();
}

void Explored::explore(const SearchLimits& limits) {
  if (!limit_.empty()) return;  // restored from a search that ended for good
  if (judges_) judge(0, initial_);
  try {
    if (reduced_) {
      exploreReduced(limits);
    } else {
      exploreRaw(limits);
    }
  } catch (const LimitReached& reached) {
    limit_ = reached.what;
  } catch (const std::bad_alloc&) {
    limit_ = "memory";
  }
  if (limit_.empty()) limit_ = graph_.limit;
  for (uint32_t i = 0; i < shown_; ++i)
    countRules(model_.lastMoves()[i].rule, model_.lastMoves()[i].inner, unfinished_);
}

bool Explored::goesOn() const { return !complete() && limit_ != kOverflow; }

void Explored::visit(uint32_t from, uint32_t index, uint32_t to, bool isNew) {
  if (index == kNoState) {
    endState(from);
    finished_ = from + 1;
    transitions_ = graph_.transitions;
    shown_ = 0;
    return;
  }
  const CalculusModel::Move& move = model_.lastMoves()[index];
  countRules(move.rule, move.inner, rules_);
  shown_ = index + 1;
  if (selfCheck_) {
    const Configuration before = model_.lastConfiguration();
    selfCheck_->look(before, semantics_.steps(before)[index], false);
  }
  if (!judges_ || (illFormed_ && immobile_)) return;
  if (!isFine(from, move)) judge(move, to, isNew);
}

const Explored::Leaf& Explored::leaf(uint32_t host, uint32_t number) {
  std::vector<Leaf>& known = leaves_[host];
  if (number >= known.size()) known.resize(model_.leaves(host));
  Leaf& at = known[number];
  if (at.judged) return at;
  at.judged = true;
  Configuration alone;
  alone.hosts.resize(initial_.hosts.size());
  alone.hosts[host] = model_.leaf(host, number);
  const WellFormed wellFormed = checkConfiguration(checker_, alone);
  Handle type = 0;
  at.sigma = wellFormed.sigma;
  at.types = types_.add(at.sigma);
  at.fine = wellFormed.ok() && mobility_.offender(alone, type) == 0 && asksForKnown(alone.hosts[host]) == 0;
  return at;
}

// Every new leaf is well-formed and mobile by itself, and has an identifier at no other type than it has in `from`.
// Then so has the new state, and Σ' ⊇ Σ.
bool Explored::isFine(uint32_t from, const CalculusModel::Move& move) {
  if (checker_.sigmas().oneTypeEach()) {
    bool fine = true;
    for (const CalculusModel::Change& change : model_.changesOf(move))
      fine = leaf(change.host, change.leaf).fine && fine;
    return fine;
  }
  if (sigmaState_ != from) {
    sigmaState_ = from;
    sigma_ = 0;
    const StateView state = model_.lastState();
    for (uint32_t h = 0; h + 1 < state.size(); ++h) {
      if (!checker_.sigmas().merge(sigma_, leaf(h, state[h]).sigma, sigma_)) return false;
    }
  }
  Handle sigma = sigma_;
  for (const CalculusModel::Change& change : model_.changesOf(move)) {
    const Leaf& at = leaf(change.host, change.leaf);
    if (!at.fine || !checker_.sigmas().merge(sigma, at.sigma, sigma)) return false;
  }
  return true;
}

// The same by the rules of section 4, which say what is wrong.
void Explored::judge(const CalculusModel::Move& move, uint32_t to, bool isNew) {
  const Configuration after = configuration(to);
  if (isNew) judge(to, after);
  if (illFormed_) return;
  const Configuration before = model_.lastConfiguration();
  for (const CalculusModel::Change& change : model_.changesOf(move)) {
    judgeAsked(to, change.host, before.hosts[change.host], after.hosts[change.host]);
  }
  if (!illFormed_ && !isFailureRule(move.rule)) judgeTypes(to, sigmaOf(before), sigmaOf(after));
}

// dom(ρ) ∩ dom(σ) = ∅ (section 7): does a step break it at this host?
void Explored::judgeAsked(uint32_t state, uint32_t host, const HostState& before, const HostState& after) {
  const Handle known = illFormed_ || after.asked == 0 ? 0 : asksForKnown(after);
  if (known == 0 || asksForKnown(before) != 0) return;
  illFormed_ = {state,
                "host " + arena_.hosts()[host] + " has " + text(arena_, known) +
                    " and still asks for it: dom(ρ) ∩ dom(σ) = ∅ fails",
                {}};
}

// What has a type in Σ has that type in Σ', which is that of a configuration after it.
void Explored::judgeTypes(uint32_t state, Handle sigma, Handle after) {
  Handle both = 0;
  if (checker_.sigmas().merge(sigma, after, both)) return;
  const std::string ident = text(arena_, checker_.sigmas().clash().ident);
  illFormed_ = {state, "an identifier changed its type: " + ident, {}};
}

// An identifier of dom(ρ) ∩ dom(σ), which is to be empty (section 7); 0 if there is none.
Handle Explored::asksForKnown(const HostState& host) const {
  for (const Handle entry : entries(arena_, host.asked)) {
    if (lookup(arena_, host.store, arena_[entry][0]) != 0) return arena_[entry][0];
  }
  return 0;
}

Handle Explored::sigmaOf(const Configuration& configuration) {
  return checkConfiguration(checker_, configuration).sigma;
}

// Gives Σ, if it is to be found and nothing was ill-formed so far.
Handle Explored::judge(uint32_t state, const Configuration& configuration, bool findsSigma) {
  Handle sigma = 0;
  if (!illFormed_) {
    const WellFormed wellFormed =
        findsSigma ? checkConfiguration(checker_, configuration) : checkUnderSigma(checker_, configuration);
    sigma = wellFormed.sigma;
    if (!wellFormed.ok()) {
      illFormed_ = {state, why(arena_, *wellFormed.refusal, named), why(arena_, *wellFormed.refusal, canonicalText)};
    }
  }
  if (!immobile_) {
    Handle type = 0;
    if (const Handle offender = mobility_.offender(configuration, type); offender != 0) {
      const std::string is = text(arena_, type) + " is not mobile, and it is in ";
      immobile_ = {state, is + text(arena_, offender), is + canonicalText(arena_, offender)};
    }
  }
  return sigma;
}

void Explored::endState(uint32_t state) {
  if (!model_.lastMoves().empty() && !isFailureRule(model_.lastMoves().front().rule)) return;
  standStill(state, model_.lastConfiguration());
}

// A state without a step other than failures.
void Explored::standStill(uint32_t state, const Configuration& configuration) {
  const Standstill standstill = semantics_.standstill(configuration, failures_.budget);
  if (standstill == Standstill::Final) finals_.push_back(state);
  if (standstill == Standstill::Stuck || standstill == Standstill::Lost) stuck_.push_back(state);
  if (standstill == Standstill::Overflow) limit_ = kOverflow;
}

bool Explored::isLost(uint32_t state) {
  return semantics_.standstill(configuration(state), failures_.budget) == Standstill::Lost;
}

// With reductions the edges are kept; else they are found if they are needed.
bool Explored::needsEdges() {
  if (reduced_) return true;
  std::vector<uint32_t> buffer;
  for (uint32_t state = 0; state < restored_; ++state) {  // the model knows the moves of what it expanded itself
    buffer.clear();
    model_.steps(graph_.states[state], buffer);
  }
  restored_ = 0;
  if (!model_.mayCycle()) return false;
  findEdges(model_, graph_);
  return true;
}

std::vector<bool> Explored::onCycles() {
  if (!needsEdges()) return std::vector<bool>(graph_.expanded, false);
  using Graph = boost::compressed_sparse_row_graph<boost::directedS>;
  const uint32_t states = graph_.expanded;
  std::vector<bool> found(states, false);
  std::vector<std::pair<uint32_t, uint32_t>> edges;
  edges.reserve(graph_.targets.size());
  for (uint32_t from = 0; from < states; ++from) {
    for (uint64_t e = graph_.firstEdge[from]; e < graph_.firstEdge[from + 1]; ++e) {
      const uint32_t to = graph_.targets[e];
      if (to == from) found[from] = true;
      if (to < states) edges.emplace_back(from, to);
    }
  }
  const Graph graph(boost::edges_are_sorted, edges.begin(), edges.end(), states);
  std::vector<uint32_t> component(states);
  const uint32_t components = boost::strong_components(
      graph, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, graph)));
  std::vector<uint32_t> size(components, 0);
  for (const uint32_t c : component) ++size[c];
  for (uint32_t state = 0; state < states; ++state) {
    if (size[component[state]] > 1) found[state] = true;
  }
  return found;
}

uint32_t Explored::onCycle() {
  const std::vector<bool> found = onCycles();
  const auto first = std::find(found.begin(), found.end(), true);
  return first == found.end() ? kNoState : static_cast<uint32_t>(first - found.begin());
}

const ReducedModel::RawRun& Explored::runTo(uint32_t state) {
  const auto [entry, isNew] = runs_.try_emplace(state);
  ReducedModel::RawRun& run = entry->second;
  if (isNew && reduced_) {
    const bool still = std::binary_search(finals_.begin(), finals_.end(), state) ||
                       std::binary_search(stuck_.begin(), stuck_.end(), state);
    run.last = configuration(state);
    unwritten_ =
        unwritten_ || !attempt(semantics_.ruleSet().right, [&] { run = reduced_->rawRun(macroPathTo(state), still); });
  } else if (isNew) {
    for (const uint32_t index : pathTo(model_, graph_, state)) run.schedule.add(index);
    run.last = configuration(state);
  }
  return run;
}

std::optional<Schedule> Explored::scheduleTo(uint32_t state) {
  const Schedule& schedule = runTo(state).schedule;
  if (unwritten_) return std::nullopt;
  return schedule;
}

std::optional<Schedule> Explored::scheduleTo(const Offence& offence) {
  if (!reduced_) return scheduleTo(offence.state);
  std::optional<Schedule> schedule;
  std::vector<uint32_t> path = macroPathTo(offence.state);
  if (offence.macro != kNoState) path.push_back(offence.macro);
  attempt(semantics_.ruleSet().right, [&] { schedule = reduced_->rawRun(path, false, offence.micros).schedule; });
  return schedule;
}

void Explored::save(Writer& out) const {
  const uint32_t states = graph_.firstMetFrom(finished_);  // what a half expanded state has met stands at the end
  if (reduced_) {
    reduced_->save(out);
    out.put(std::span(via_).first(states));
  } else {
    model_.save(out);
  }
  out.put(graph_.parent, states);
  for (uint32_t state = 0; state < states; ++state) {
    const std::vector<uint32_t> words = graph_.states[state];
    out.bytes(words.data(), words.size() * sizeof(uint32_t));
  }
  out.put(finished_);
  out.put(transitions_);
  out.put(static_cast<uint8_t>(keepsEdges_ ? 1 : 0));
  if (keepsEdges_) {
    out.put(graph_.firstEdge, finished_ + (graph_.firstEdge.empty() ? 0 : 1));
    out.put(graph_.targets, transitions_);
  }
  RuleCounts counts = reduced_ ? finishedRules_ : rules_;
  for (size_t r = 0; r < counts.size(); ++r) counts[r] -= unfinished_[r];
  out.put(counts);
  for (const std::vector<uint32_t>* list : {&finals_, &stuck_}) {  // sorted; what is not expanded will come again
    out.put(std::span(*list).first(
        static_cast<size_t>(std::lower_bound(list->begin(), list->end(), finished_) - list->begin())));
  }
  for (const Offence& offence : {illFormed_, immobile_}) {
    // With reductions it may lie behind a state that is half expanded.
    const bool known = offence.state < (offence.macro == kNoState ? states : finished_);
    out.put(known ? offence.state : kNoState);
    out.put(offence.macro);
    out.put(offence.micros);
    out.put(known ? offence.message : std::string());
    out.put(known ? offence.canonical : std::string());
  }
  out.put(static_cast<uint8_t>(limit_ == kOverflow ? 1 : 0));
}

void Explored::restore(Reader& in) {
  if (reduced_) {
    reduced_->restore(in);
    in.get(via_);
  } else {
    model_.restore(in);
  }
  in.get(graph_.parent);
  const size_t states = graph_.parent.size();
  in.require(!reduced_ || via_.size() == states);
  std::vector<uint32_t> words(model_.width());
  for (size_t state = 0; state < states; ++state) {
    in.bytes(words.data(), words.size() * sizeof(uint32_t));
    for (size_t h = 0; h + 1 < words.size(); ++h) {
      const auto host = static_cast<uint32_t>(h);
      in.require(words[h] < (reduced_ ? reduced_->leaves(host) : model_.leaves(host)));
    }
    in.require(graph_.states.insert(words).isNew);
  }
  in.get(finished_);
  in.get(transitions_);
  graph_.expanded = restored_ = finished_;
  graph_.transitions = transitions_;
  in.require((in.take<uint8_t>() != 0) == keepsEdges_);
  if (keepsEdges_) {
    in.get(graph_.firstEdge);
    in.get(graph_.targets);
  }
  in.get(rules_);
  finishedRules_ = rules_;
  in.get(finals_);
  in.get(stuck_);
  const auto below = [&](const auto& list, size_t bound) {
    for (size_t i = 0; i < list.size(); ++i) in.require(list[i] < bound);
  };
  const auto sorted = [&](const auto& list, size_t from) {
    for (size_t i = from + 1; i < list.size(); ++i) in.require(list[i - 1] <= list[i]);
  };
  if (states == 0) {
    in.require(finished_ == 0 && graph_.targets.empty());
  } else {
    std::vector<uint32_t> initial;
    if (!reduced_) model_.initial(initial);
    in.require((reduced_ || initial == graph_.states[0]) && graph_.parent[0] == kNoState && finished_ <= states);
    sorted(graph_.parent, 1);
    in.require(states == 1 || graph_.parent.back() < finished_);
    for (uint32_t state = 1; state < states; ++state) in.require(graph_.parent[state] < state);
    if (keepsEdges_) {
      in.require(graph_.firstEdge.size() == size_t{finished_} + 1 && graph_.firstEdge[0] == 0);
      in.require(graph_.firstEdge.back() == graph_.targets.size() && graph_.targets.size() == transitions_);
      sorted(graph_.firstEdge, 0);
    }
    graph_.depth = levelOf(graph_, graph_.states.size()).depth;
  }
  below(graph_.targets, states);
  below(finals_, states);
  below(stuck_, states);
  for (Offence* offence : {&illFormed_, &immobile_}) {
    in.get(offence->state);
    in.get(offence->macro);
    in.get(offence->micros);
    in.get(offence->message);
    in.get(offence->canonical);
    in.require(!*offence || offence->state < states);
  }
  if (in.take<uint8_t>() != 0) limit_ = kOverflow;
}

}  // namespace funpass
