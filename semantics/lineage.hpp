// What is known of lineages in one configuration: where their data is, and what a crash would take away.
#pragma once

#include <unordered_map>
#include <vector>

#include "lang/configuration.hpp"
#include "lang/saved.hpp"

namespace funpass {

/// One lineage, Mat or Applied, of a graph.
struct LineageNode {
  Handle lineage = 0;
  std::vector<uint32_t> hosts;   ///< h̄ of the references that have it, in order
  std::vector<uint32_t> stores;  ///< the live hosts h with ι ∈ dom(σ_h)
  std::vector<uint32_t> coming;  ///< those to which a Res(ι, v) is on its way
  Handle value = 0;              ///< σ_h(ι): of h̄ if one of them has it, else of any host; 0: it is nowhere
  std::vector<uint32_t> needs;   ///< the parent, if it is Applied; then the references in its spore or its value
};

/// What a crash of one host would do, as numbers of nodes.
struct CrashLoss {
  uint32_t host = 0;
  std::vector<uint32_t> lost;     ///< leaves of which no other host of h̄ has a copy
  std::vector<uint32_t> derived;  ///< what needs those, and so cannot be computed any more
  std::vector<uint32_t> again;    ///< what is in this store only, and would be computed again when it is asked for
};

/// The lineages that some references stand on, each once, after those that it needs.
struct LineageGraph {
  std::vector<LineageNode> nodes;
  std::unordered_map<Handle, uint32_t> numbers;  ///< of the lineages
};
LineageGraph lineageGraph(const Arena& arena, const Configuration& configuration,
                          const std::vector<Handle>& references);

/// Of every live host, in order.
std::vector<CrashLoss> crashLosses(const Arena& arena, const Configuration& configuration, const LineageGraph& graph);

/// The value of a leaf at its silo: in the store of the first of h̄ that has it.
ValueOfLeaf siloValues(const Arena& arena, const Configuration& configuration);

}  // namespace funpass
