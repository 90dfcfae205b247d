#include "checker/explored.hpp"

#include <algorithm>
#include <new>
#include <span>

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

}  // namespace

Explored::Explored(Arena& arena, const Program& program, const CheckOptions& options, FailureBudget failures)
    : arena_(arena),
      failures_(std::move(failures)),
      semantics_(arena, options.rules, failures_.among),
      checker_(arena, *options.types, options.mobility, *options.wellFormed),
      mobility_(checker_),
      initial_(startedWith(program, failures_.budget)),
      model_(semantics_, initial_),
      graph_(model_.width()),
      leaves_(initial_.hosts.size()) {}

void Explored::explore(const SearchLimits& limits) {
  if (!limit_.empty()) return;  // restored from a search that ended for good
  judge(0, initial_);
  try {
    funpass::explore(
        model_, limits,
        [this](uint32_t from, uint32_t index, uint32_t to, bool isNew) {
          visit(from, index, to, isNew);
          return limit_.empty();
        },
        graph_);
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
    shown_ = 0;
    return;
  }
  const CalculusModel::Move& move = model_.lastMoves()[index];
  countRules(move.rule, move.inner, rules_);
  shown_ = index + 1;
  if (illFormed_ && immobile_) return;
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
  at.fine = wellFormed.ok() && mobility_.offender(alone, type) == 0 && asksForKnown(alone.hosts[host]) == 0;
  return at;
}

// Every new leaf is well-formed and mobile by itself, and has an identifier at no other type than it has in `from`.
// Then so has the new state, and Σ' ⊇ Σ.
bool Explored::isFine(uint32_t from, const CalculusModel::Move& move) {
  if (sigmaState_ != from) {
    sigmaState_ = from;
    sigma_ = 0;
    const StateView state = graph_.states[from];
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
    const Handle known = asksForKnown(after.hosts[change.host]);
    if (known == 0 || asksForKnown(before.hosts[change.host]) != 0) continue;
    illFormed_ = {to,
                  "host " + arena_.hosts()[change.host] + " has " + text(arena_, known) +
                      " and still asks for it: dom(ρ) ∩ dom(σ) = ∅ fails",
                  {}};
    return;
  }
  Handle both = 0;
  if (isFailureRule(move.rule) || checker_.sigmas().merge(sigmaOf(before), sigmaOf(after), both)) return;
  const std::string ident = text(arena_, checker_.sigmas().clash().ident);
  illFormed_ = {to, "an identifier changed its type: " + ident, {}};
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

void Explored::judge(uint32_t state, const Configuration& configuration) {
  if (!illFormed_) {
    const WellFormed wellFormed = checkConfiguration(checker_, configuration);
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
}

void Explored::endState(uint32_t state) {
  if (!model_.lastMoves().empty() && !isFailureRule(model_.lastMoves().front().rule)) return;
  const Standstill standstill = semantics_.standstill(model_.lastConfiguration(), failures_.budget);
  if (standstill == Standstill::Final) finals_.push_back(state);
  if (standstill == Standstill::Stuck || standstill == Standstill::Lost) stuck_.push_back(state);
  if (standstill == Standstill::Overflow) limit_ = kOverflow;
}

bool Explored::isLost(uint32_t state) {
  return semantics_.standstill(configuration(state), failures_.budget) == Standstill::Lost;
}

std::vector<bool> Explored::onCycles() const {
  using Graph = boost::compressed_sparse_row_graph<boost::directedS>;
  const uint32_t states = graph_.expanded();
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

uint32_t Explored::onCycle() const {
  const std::vector<bool> found = onCycles();
  const auto first = std::find(found.begin(), found.end(), true);
  return first == found.end() ? kNoState : static_cast<uint32_t>(first - found.begin());
}

Schedule Explored::scheduleTo(uint32_t state) {
  Schedule schedule;
  for (const uint32_t index : pathTo(model_, graph_, state)) schedule.add(index);
  return schedule;
}

void Explored::save(Writer& out) const {
  const bool begun = !graph_.firstEdge.empty();
  // Parents come in order, so what a half expanded state has met stands at the end.
  const auto met = std::lower_bound(graph_.parent.begin() + (begun ? 1 : 0), graph_.parent.end(), finished_);
  const auto states = static_cast<size_t>(met - graph_.parent.begin());
  const auto first = [](const auto& list, size_t n) { return std::span(list).first(n); };
  model_.save(out);
  out.put(first(graph_.parent, states));
  if (states > 0) out.bytes(graph_.states[0].data(), states * model_.width() * sizeof(uint32_t));
  out.put(first(graph_.firstEdge, begun ? finished_ + 1 : 0));
  out.put(first(graph_.targets, begun ? graph_.firstEdge[finished_] : 0));
  RuleCounts counts = rules_;
  for (size_t r = 0; r < counts.size(); ++r) counts[r] -= unfinished_[r];
  out.put(counts);
  out.put(finals_);
  out.put(stuck_);
  for (const Offence& offence : {illFormed_, immobile_}) {
    const bool known = offence.state < states;
    out.put(known ? offence.state : kNoState);
    out.put(known ? offence.message : std::string());
    out.put(known ? offence.canonical : std::string());
  }
  out.put(static_cast<uint8_t>(limit_ == kOverflow ? 1 : 0));
}

void Explored::restore(Reader& in) {
  model_.restore(in);
  in.get(graph_.parent);
  const size_t states = graph_.parent.size();
  std::vector<uint32_t> words(model_.width());
  for (size_t state = 0; state < states; ++state) {
    in.bytes(words.data(), words.size() * sizeof(uint32_t));
    for (size_t h = 0; h + 1 < words.size(); ++h) in.require(words[h] < model_.leaves(static_cast<uint32_t>(h)));
    in.require(graph_.states.insert(words).isNew);
  }
  in.get(graph_.firstEdge);
  in.get(graph_.targets);
  in.get(rules_);
  in.get(finals_);
  in.get(stuck_);
  const auto below = [&](const std::vector<uint32_t>& list, size_t bound) {
    in.require(std::all_of(list.begin(), list.end(), [&](uint32_t n) { return n < bound; }));
  };
  if (states == 0) {
    in.require(graph_.firstEdge.empty() && graph_.targets.empty());
  } else {
    std::vector<uint32_t> initial;
    model_.initial(initial);
    in.require(std::equal(initial.begin(), initial.end(), graph_.states[0].begin()));
    in.require(graph_.parent[0] == kNoState && std::is_sorted(graph_.parent.begin() + 1, graph_.parent.end()));
    in.require(!graph_.firstEdge.empty() && graph_.expanded() <= states && graph_.firstEdge[0] == 0);
    in.require(std::is_sorted(graph_.firstEdge.begin(), graph_.firstEdge.end()));
    in.require(graph_.firstEdge.back() == graph_.targets.size());
    in.require(states == 1 || graph_.parent.back() < graph_.expanded());
    for (uint32_t state = 1; state < states; ++state) in.require(graph_.parent[state] < state);
    finished_ = graph_.expanded();
    graph_.depth = levelOf(graph_, graph_.states.size()).depth;
  }
  below(graph_.targets, states);
  below(finals_, states);
  below(stuck_, states);
  for (Offence* offence : {&illFormed_, &immobile_}) {
    in.get(offence->state);
    in.get(offence->message);
    in.get(offence->canonical);
    in.require(!*offence || offence->state < states);
  }
  if (in.take<uint8_t>() != 0) limit_ = kOverflow;
}

}  // namespace funpass
