#include "checker/explored.hpp"

#include <algorithm>
#include <new>

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>

#include "lang/raise.hpp"

namespace funpass {

namespace {

Configuration startedWith(const Program& program, const Budget& budget) {
  Configuration initial = program.initial;
  initial.budget = budget;
  return initial;
}

// How a term is put into a message.
using Write = std::string (*)(const Arena& arena, Handle node);

std::string named(const Arena& arena, Handle node) { return text(arena, node); }

std::string why(const Arena& arena, const WfRefusal& refusal, Write write) {
  std::string out = std::string(info(refusal.premise.rule).name) + ": " + refusal.premise.message;
  if (refusal.host != kNobody) out += ", at host " + arena.hosts()[refusal.host];
  if (refusal.subject != 0) out += ", in " + write(arena, refusal.subject);
  return out;
}

/// Was there enough memory for it?
template <typename Action>
bool attempt(Action action) {
  try {
    action();
    return true;
  } catch (const LimitReached&) {
    return false;
  } catch (const std::bad_alloc&) {
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
      graph_(model_.width()) {
  if (options.selfCheck) selfCheck_.emplace(semantics_, failures_.budget);
  if (reductions.empty()) return;
  const ReducedOptions how{reductions, factsOf(arena, program, options.mobility), std::nullopt};
  effective_ = funpass::effective(reductions, how.program, failures_.budget, options.rules.recovery);
  reduced_ = std::make_unique<ReducedModel>(semantics_, initial_, how);
}

void Explored::explore(const SearchLimits& limits) {
  judge(0, initial_);
  try {
    if (reduced_) {
      exploreReduced(limits);
    } else {
      funpass::explore(
          model_, limits,
          [this](uint32_t from, uint32_t index, uint32_t to, bool isNew) {
            visit(from, index, to, isNew);
            return limit_.empty();
          },
          graph_);
    }
  } catch (const LimitReached& reached) {
    limit_ = reached.what;
  } catch (const std::bad_alloc&) {
    limit_ = "memory";
  }
  if (limit_.empty()) limit_ = graph_.limit;
}

void Explored::visit(uint32_t from, uint32_t index, uint32_t to, bool isNew) {
  if (index == kNoState) {
    endState(from);
    return;
  }
  const Step& step = model_.lastSteps()[index];
  countRules(step, rules_);
  if (selfCheck_) selfCheck_->look(model_.lastConfiguration(), step, false);
  const Configuration& after = model_.lastSuccessors()[index];
  if (isNew) judge(to, after);
  if (!illFormed_) judgeAsked(to, step);
  // Σ' ⊇ Σ: what has a type in both configurations has one type.
  if (!illFormed_ && !isFailure(step)) {
    if (sigmaState_ != from) {
      sigma_ = sigmaOf(model_.lastConfiguration());
      sigmaState_ = from;
    }
    judgeTypes(to, sigma_, sigmaOf(after));
  }
}

// What has a type in Σ has that type in Σ', which is that of a configuration after it. Gives both together.
Handle Explored::judgeTypes(uint32_t state, Handle sigma, Handle after) {
  Handle both = 0;
  if (!checker_.sigmas().merge(sigma, after, both)) {
    const std::string ident = text(arena_, checker_.sigmas().clash().ident);
    illFormed_ = {state, "an identifier changed its type: " + ident, {}};
  }
  return both;
}

// dom(ρ) ∩ dom(σ) = ∅ (section 7), which a message to the host can break.
void Explored::judgeAsked(uint32_t state, const Step& step) {
  if (step.taken == 0 || isFailure(step) || step.after.asked == 0) return;
  for (const Handle leaf : entries(arena_, step.after.asked)) {
    if (lookup(arena_, step.after.store, arena_[leaf][0]) == 0) continue;
    illFormed_ = {state, "host " + arena_.hosts()[step.host] + " has " + text(arena_, arena_[leaf][0]) +
                             " and still asks for it: dom(ρ) ∩ dom(σ) = ∅ fails"};
    return;
  }
}

Handle Explored::sigmaOf(const Configuration& configuration) {
  return checkConfiguration(checker_, configuration).sigma;
}

// Gives Σ, if nothing was ill-formed so far.
Handle Explored::judge(uint32_t state, const Configuration& configuration) {
  Handle sigma = 0;
  if (!illFormed_) {
    const WellFormed wellFormed = checkConfiguration(checker_, configuration);
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
  for (const Step& step : model_.lastSteps()) {
    if (!isFailure(step)) return;
  }
  standStill(state, model_.lastConfiguration());
}

// A state without a step other than failures.
void Explored::standStill(uint32_t state, const Configuration& configuration) {
  const Standstill standstill = semantics_.standstill(configuration, failures_.budget);
  if (standstill == Standstill::Final) finals_.push_back(state);
  if (standstill == Standstill::Stuck || standstill == Standstill::Lost) stuck_.push_back(state);
  if (standstill == Standstill::Overflow) limit_ = "an integer does not fit 64 bits";
}

bool Explored::isLost(uint32_t state) {
  return semantics_.standstill(configuration(state), failures_.budget) == Standstill::Lost;
}

uint32_t Explored::onCycle() const {
  using Graph = boost::compressed_sparse_row_graph<boost::directedS>;
  const uint32_t states = graph_.expanded();
  std::vector<std::pair<uint32_t, uint32_t>> edges;
  edges.reserve(graph_.targets.size());
  uint32_t first = kNoState;
  for (uint32_t from = 0; from < states; ++from) {
    for (uint64_t e = graph_.firstEdge[from]; e < graph_.firstEdge[from + 1]; ++e) {
      const uint32_t to = graph_.targets[e];
      if (to == from && first == kNoState) first = from;
      if (to < states) edges.emplace_back(from, to);
    }
  }
  const Graph graph(boost::edges_are_sorted, edges.begin(), edges.end(), states);
  std::vector<uint32_t> component(states);
  const uint32_t components = boost::strong_components(
      graph, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, graph)));
  std::vector<uint32_t> size(components, 0);
  for (const uint32_t c : component) ++size[c];
  for (uint32_t state = 0; state < std::min(states, first); ++state) {
    if (size[component[state]] > 1) return state;
  }
  return first;
}

const ReducedModel::RawRun& Explored::runTo(uint32_t state) {
  const auto [entry, isNew] = runs_.try_emplace(state);
  ReducedModel::RawRun& run = entry->second;
  if (isNew && reduced_) {
    const bool still = std::binary_search(finals_.begin(), finals_.end(), state) ||
                       std::binary_search(stuck_.begin(), stuck_.end(), state);
    run.last = configuration(state);
    unwritten_ = unwritten_ || !attempt([&] { run = reduced_->rawRun(macroPathTo(state), still); });
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
  attempt([&] { schedule = reduced_->rawRun(path, false, offence.micros).schedule; });
  return schedule;
}

}  // namespace funpass
