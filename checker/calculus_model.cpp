#include "checker/calculus_model.hpp"

#include <algorithm>
#include <set>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>

#include "semantics/recovery.hpp"

namespace funpass {

namespace {

// Budgets are small; one word holds all four.
uint32_t encodeBudget(const Budget& budget) {
  return budget.crashes | budget.restarts << 8U | budget.drops << 16U | budget.duplicates << 24U;
}

Budget decodeBudget(uint32_t word) { return {word & 255U, word >> 8U & 255U, word >> 16U & 255U, word >> 24U}; }

bool isTerm(const Node& node) { return !node.isFrame() && node.kind() <= Tag::Nil; }

// A map from ι: σ to terms, ρ to what was asked for.
bool isMap(const Arena& arena, Handle map, bool ofTerms) {
  if (map == 0) return true;
  if (!arena.is(map, Tag::Leaf) && !arena.is(map, Tag::Branch)) return false;
  const std::vector<Handle> leaves = entries(arena, map);
  return std::all_of(leaves.begin(), leaves.end(), [&](Handle leaf) {
    const Node value = arena[arena[leaf][1]];
    return ofTerms ? isTerm(value) : value.is(Tag::Asked);
  });
}

}  // namespace

size_t CalculusModel::Hash::operator()(const HostState& host) const {
  uint64_t h = 0;
  for (const uint32_t word : {host.focus, host.context, host.store, host.asked, host.inbox, host.next, host.result}) {
    h = (h ^ word) * 0x9e3779b97f4a7c15ULL;
    h ^= h >> 29U;
  }
  return h;
}

CalculusModel::CalculusModel(Semantics& semantics, const Configuration& initial)
    : semantics_(semantics), initial_(initial), hosts_(initial.hosts.size()) {}

Configuration CalculusModel::decode(StateView state) const {
  Configuration configuration;
  configuration.hosts.reserve(hosts_.size());
  for (uint32_t h = 0; h < hosts_.size(); ++h) configuration.hosts.push_back(leaf(h, state[h]));
  configuration.budget = decodeBudget(state.back());
  return configuration;
}

void CalculusModel::encode(const Configuration& configuration, std::vector<uint32_t>& out) {
  for (uint32_t h = 0; h < hosts_.size(); ++h) out.push_back(number(h, configuration.hosts[h]));
  out.push_back(encodeBudget(configuration.budget));
}

uint32_t CalculusModel::number(uint32_t host, const HostState& state) {
  Host& at = hosts_[host];
  const auto [entry, isNew] = at.numbers.try_emplace(state, static_cast<uint32_t>(at.states.size()));
  if (isNew) {
    at.states.push_back(state);
    at.asks.push_back(asksFor(state));
    at.moves.emplace_back();
  }
  return entry->second;
}

// The r of which R-Send or R-Failover will ask src(r).
Handle CalculusModel::asksFor(const HostState& state) const {
  const Arena& arena = semantics_.arena();
  if (state.crashed()) return 0;
  const Node redex = arena[state.focus];
  if (redex.is(Tag::Send) && arena.is(redex[0], Tag::Ref)) return redex[0];
  if (!redex.is(Tag::Await) || !arena.is(redex[0], Tag::Ident)) return 0;
  const Question asked = question(arena, state.asked, redex[0]);
  return asked.host == kNobody ? asked.ref : 0;
}

uint32_t CalculusModel::sourceOf(Handle ref, StateView state) const {
  const auto stateOf = [&](uint32_t h) -> const HostState& { return leaf(h, state[h]); };
  return source(semantics_.arena(), stateOf, ref, semantics_.ruleSet().recovery);
}

uint32_t CalculusModel::receive(uint32_t host, uint32_t number, Handle message) {
  const uint32_t known = hosts_[host].received.find(number, message);
  if (known != PairTable::kMissing) return known;
  HostState state = leaf(host, number);
  if (!state.crashed()) state.inbox = post(semantics_.arena(), state.inbox, message);
  const uint32_t after = this->number(host, state);
  hosts_[host].received.insert(number, message, after);
  return after;
}

CalculusModel::Range CalculusModel::movesOf(uint32_t host, StateView state) {
  Host& at = hosts_[host];
  const uint32_t leaf = state[host];
  if (at.asks[leaf] == 0) {
    if (at.moves[leaf].known) return at.moves[leaf];
    const Range range = remember(host, state);
    return hosts_[host].moves[leaf] = range;
  }
  const uint32_t from = sourceOf(at.asks[leaf], state) + 1;
  const uint32_t known = at.answered.find(leaf, from);
  if (known != PairTable::kMissing) return answers_[known];
  const Range range = remember(host, state);  // it may meet a limit, and then nothing is known
  at.answered.insert(leaf, from, static_cast<uint32_t>(answers_.size()));
  answers_.push_back(range);
  return range;
}

CalculusModel::Range CalculusModel::remember(uint32_t host, StateView state) {
  const std::vector<Step> steps = semantics_.stepsOf(decode(state), host);
  Range range{static_cast<uint32_t>(remembered_.size()), 0, true};
  for (const Step& step : steps) {
    Range sent{static_cast<uint32_t>(sent_.size()), 0, true};
    sent_.insert(sent_.end(), step.sent.begin(), step.sent.end());
    sent.end = static_cast<uint32_t>(sent_.size());
    remembered_.push_back({step.rule, step.inner, host, state[host], number(host, step.after), sent});
  }
  range.end = static_cast<uint32_t>(remembered_.size());
  return range;
}

void CalculusModel::steps(StateView state, std::vector<uint32_t>& out) {
  last_.assign(state.begin(), state.end());
  moves_.clear();
  changes_.clear();
  for (uint32_t h = 0; h < hosts_.size(); ++h) {
    const Range range = movesOf(h, last_);
    for (uint32_t i = range.begin; i < range.end; ++i) {
      const Remembered move = remembered_[i];
      const size_t at = out.size();
      out.insert(out.end(), last_.begin(), last_.end());
      moves_.push_back(
          {move.rule, move.inner, static_cast<uint32_t>(changes_.size()), 1 + move.sent.end - move.sent.begin});
      out[at + h] = move.after;
      changes_.push_back({h, move.after});
      for (uint32_t k = move.sent.begin; k < move.sent.end; ++k) {
        const Sent sent = sent_[k];
        const uint32_t leaf = receive(sent.host, out[at + sent.host], sent.message);
        out[at + sent.host] = leaf;
        changes_.push_back({sent.host, leaf});
      }
    }
  }
  if (last_.back() != 0) addFailures(last_, out);
}

void CalculusModel::addFailures(StateView state, std::vector<uint32_t>& out) {
  const Configuration configuration = decode(state);
  for (const Step& step : semantics_.failures(configuration)) {
    Configuration after = configuration;
    apply(semantics_.arena(), step, after);
    Move move{step.rule, step.inner, static_cast<uint32_t>(changes_.size()), 0};
    for (uint32_t h = 0; h < hosts_.size(); ++h) {
      const bool same = after.hosts[h] == configuration.hosts[h];
      out.push_back(same ? state[h] : number(h, after.hosts[h]));
      if (!same) changes_.push_back({h, out.back()});
    }
    out.push_back(encodeBudget(after.budget));
    move.changes = static_cast<uint32_t>(changes_.size()) - move.firstChange;
    moves_.push_back(move);
  }
}

bool CalculusModel::mayCycle() const {
  using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
  std::vector<uint32_t> first{0};  // vertex of each host's leaf 0
  for (const Host& host : hosts_) first.push_back(first.back() + static_cast<uint32_t>(host.states.size()));
  struct Received {
    uint32_t from, to, host, message;
  };
  std::vector<Received> received;
  for (uint32_t h = 0; h < hosts_.size(); ++h) {
    hosts_[h].received.each([&](uint32_t leaf, uint32_t message, uint32_t after) {
      received.push_back({first[h] + leaf, first[h] + after, h, message});
    });
  }
  std::vector<uint32_t> component(first.back());
  while (true) {
    Graph graph(first.back());
    for (const Remembered& move : remembered_)
      add_edge(first[move.host] + move.before, first[move.host] + move.after, graph);
    for (const Received& edge : received) add_edge(edge.from, edge.to, graph);
    boost::strong_components(graph,
                             boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, graph)));
    bool walks = false;
    std::set<std::pair<uint32_t, Handle>> sent;
    for (const Remembered& move : remembered_) {
      if (component[first[move.host] + move.before] != component[first[move.host] + move.after]) continue;
      walks = true;
      for (uint32_t i = move.sent.begin; i < move.sent.end; ++i) sent.insert({sent_[i].host, sent_[i].message});
    }
    if (!walks) return false;
    const auto unsent = [&](const Received& edge) { return sent.count({edge.host, edge.message}) == 0; };
    const auto end = std::remove_if(received.begin(), received.end(), unsent);
    if (end == received.end()) return true;
    received.erase(end, received.end());
  }
}

size_t CalculusModel::bytes() const {
  constexpr size_t perNumber = sizeof(HostState) + 4 * sizeof(void*);
  size_t sum = remembered_.capacity() * sizeof(Remembered) + sent_.capacity() * sizeof(Sent) +
               answers_.capacity() * sizeof(Range);
  for (const Host& host : hosts_) {
    sum += host.states.capacity() * (sizeof(HostState) + sizeof(Handle) + sizeof(Range)) +
           host.numbers.size() * perNumber + host.answered.bytes() + host.received.bytes();
  }
  return sum;
}

void CalculusModel::save(Writer& out) const {
  for (const Host& host : hosts_) out.put(host.states);
}

void CalculusModel::restore(Reader& in) {
  const Arena& arena = semantics_.arena();
  std::vector<bool> known(arena.size());  // stores, which may be large
  for (uint32_t h = 0; h < hosts_.size(); ++h) {
    std::vector<HostState> states;
    in.get(states);
    for (const HostState& host : states) {
      for (const Handle part : {host.focus, host.context, host.store, host.asked, host.inbox, host.result}) {
        in.require(part < arena.size());
      }
      in.require((host.focus == 0 || isTerm(arena[host.focus])) && arena[host.focus].free == 0);
      in.require(host.context == 0 || arena[host.context].isFrame());
      if (!known[host.store]) in.require(isMap(arena, host.store, true));
      known[host.store] = true;
      in.require(isMap(arena, host.asked, false));
      in.require(host.inbox == 0 || arena.is(host.inbox, Tag::Inbox));
      in.require(host.result == 0 || arena.is(host.result, Tag::NoResult) || arena.is(host.result, Tag::NeverResult) ||
                 isTerm(arena[host.result]));
      in.require(number(h, host) + 1 == hosts_[h].states.size());
    }
  }
}

}  // namespace funpass
