#include "checker/calculus_model.hpp"

#include <algorithm>

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
    : semantics_(semantics), initial_(initial) {}

Configuration CalculusModel::decode(StateView state) const {
  Configuration configuration;
  configuration.hosts.reserve(state.size() - 1);
  for (const uint32_t leaf : state.first(state.size() - 1)) configuration.hosts.push_back(leaves_[leaf]);
  configuration.budget = decodeBudget(state.back());
  return configuration;
}

void CalculusModel::encode(const Configuration& configuration, std::vector<uint32_t>& out) {
  for (const HostState& host : configuration.hosts) {
    const auto [entry, isNew] = numbers_.try_emplace(host, static_cast<uint32_t>(leaves_.size()));
    if (isNew) leaves_.push_back(host);
    out.push_back(entry->second);
  }
  out.push_back(encodeBudget(configuration.budget));
}

void CalculusModel::restore(Reader& in) {
  in.get(leaves_);
  const Arena& arena = semantics_.arena();
  std::vector<bool> known(arena.size());  // stores, which may be large
  for (const HostState& host : leaves_) {
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
    in.require(numbers_.try_emplace(host, static_cast<uint32_t>(numbers_.size())).second);
  }
}

void CalculusModel::steps(StateView state, std::vector<uint32_t>& out) {
  configuration_ = decode(state);
  last_ = semantics_.steps(configuration_);
  after_.clear();
  for (const Step& step : last_) {
    after_.push_back(configuration_);
    apply(semantics_.arena(), step, after_.back());
    encode(after_.back(), out);
  }
}

}  // namespace funpass
