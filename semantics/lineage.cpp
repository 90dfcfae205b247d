#include "semantics/lineage.hpp"

#include <algorithm>

#include "semantics/recovery.hpp"

namespace funpass {

namespace {

bool contains(const std::vector<uint32_t>& list, uint32_t element) {
  return std::find(list.begin(), list.end(), element) != list.end();
}

void addHosts(const Arena& arena, Handle hosts, std::vector<uint32_t>& to) {
  for (; hosts != 0; hosts = arena[hosts][1]) {
    if (!contains(to, arena[hosts][0])) to.push_back(arena[hosts][0]);
  }
}

// Can h serve a request that starts from this leaf?
bool hasCopy(const LineageNode& node, uint32_t host) {
  return contains(node.hosts, host) && (contains(node.stores, host) || contains(node.coming, host));
}

}  // namespace

ValueOfLeaf siloValues(const Arena& arena, const Configuration& configuration) {
  return [&arena, &configuration](Handle mat, Handle hosts) -> Handle {
    for (; hosts != 0; hosts = arena[hosts][1]) {
      const HostState& host = configuration.hosts[arena[hosts][0]];
      const Handle value = host.crashed() ? 0 : valueAt(arena, host.store, arena.idOf(mat));
      if (value != 0) return value;
    }
    return 0;
  };
}

LineageGraph lineageGraph(const Arena& arena, const Configuration& configuration,
                          const std::vector<Handle>& references) {
  const ValueOfLeaf atSilo = siloValues(arena, configuration);
  const auto anywhere = [&](Handle lineage, Handle hosts) -> Handle {
    if (const Handle value = atSilo(lineage, hosts); value != 0) return value;
    for (const HostState& host : configuration.hosts) {
      const Handle value = host.crashed() ? 0 : valueAt(arena, host.store, arena.idOf(lineage));
      if (value != 0) return value;
    }
    return 0;
  };
  std::vector<Lineages::Entry> roots;
  roots.reserve(references.size());
  for (const Handle r : references) roots.push_back({arena[r][0], arena[r][1]});
  LineageGraph graph;
  for (const Lineages::Entry& entry : lineagesOf(arena, roots, anywhere).entries) {
    LineageNode node;
    node.lineage = entry.lineage;
    addHosts(arena, entry.hosts, node.hosts);
    const Handle ident = arena.idOf(entry.lineage);
    for (uint32_t h = 0; h < configuration.hosts.size(); ++h) {
      const HostState& host = configuration.hosts[h];
      if (host.crashed()) continue;
      if (lookup(arena, host.store, ident) != 0) node.stores.push_back(h);
      if (isOnItsWay(arena, host.inbox, ident)) node.coming.push_back(h);
    }
    node.value = anywhere(entry.lineage, entry.hosts);
    const Node lineage = arena[entry.lineage];
    const bool applied = lineage.is(Tag::Applied);
    const auto need = [&](Handle other) {
      const auto number = graph.numbers.find(other);  // not there: a knot
      if (number != graph.numbers.end() && !contains(node.needs, number->second)) node.needs.push_back(number->second);
    };
    if (applied) need(lineage[1]);
    for (const Handle r : referencesIn(arena, applied ? lineage[2] : node.value)) need(arena[r][0]);
    graph.numbers.emplace(entry.lineage, static_cast<uint32_t>(graph.nodes.size()));
    graph.nodes.push_back(std::move(node));
  }
  for (const Handle r : references) addHosts(arena, arena[r][1], graph.nodes[graph.numbers.at(arena[r][0])].hosts);
  return graph;
}

std::vector<CrashLoss> crashLosses(const Arena& arena, const Configuration& configuration, const LineageGraph& graph) {
  std::vector<CrashLoss> losses;
  for (uint32_t h = 0; h < configuration.hosts.size(); ++h) {
    if (configuration.hosts[h].crashed()) continue;
    CrashLoss loss;
    loss.host = h;
    std::vector<bool> gone(graph.nodes.size(), false);
    for (uint32_t n = 0; n < graph.nodes.size(); ++n) {
      const LineageNode& node = graph.nodes[n];
      const bool needsLost = std::any_of(node.needs.begin(), node.needs.end(), [&](uint32_t m) { return gone[m]; });
      if (arena.is(node.lineage, Tag::Mat)) {
        const bool copied = std::any_of(node.hosts.begin(), node.hosts.end(),
                                        [&](uint32_t other) { return other != h && hasCopy(node, other); });
        const bool lost = hasCopy(node, h) && !copied;
        if (lost) loss.lost.push_back(n);
        if (!lost && needsLost) loss.derived.push_back(n);
        gone[n] = lost || needsLost;
      } else {
        gone[n] = needsLost;
        if (needsLost) loss.derived.push_back(n);
        if (!needsLost && node.stores == std::vector<uint32_t>{h}) loss.again.push_back(n);
      }
    }
    losses.push_back(std::move(loss));
  }
  return losses;
}

}  // namespace funpass
