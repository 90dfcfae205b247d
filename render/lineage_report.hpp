// The lineages of a run's references: as text, as DOT, as JSON.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "render/json.hpp"
#include "render/layout.hpp"
#include "semantics/lineage.hpp"
#include "semantics/run.hpp"

namespace funpass::render {

/// A reference, and where it comes from.
struct ShownReference {
  Handle ref = 0;
  std::optional<MadeReference> made;  ///< none: it was there when the run began
  std::vector<uint32_t> results;      ///< the hosts whose result is or contains it
};

/// The references of a run, each lineage once: those that it made, in order, then others in its last configuration.
/// With `of`, the name of a host or val: those of the host's result, or if there is no such host, made for that val.
std::vector<ShownReference> shownReferences(const Arena& arena, const RunResult& run, const std::string& of);

/// What there is to say of them. Nodes are numbered $0, $1, …, each after those that it needs; terms name lineages so.
struct LineageReport {
  std::vector<ShownReference> references;
  LineageGraph graph;
  std::vector<CrashLoss> losses;
};
LineageReport lineageReport(const Arena& arena, const RunResult& run, std::vector<ShownReference> references);

std::string lineageText(const Arena& arena, const LineageReport& report, const Style& style);
std::string lineageDot(const Arena& arena, const LineageReport& report);
/// The keys "references", "nodes" and "crashes".
boost::json::object lineageJson(const Arena& arena, const LineageReport& report);

}  // namespace funpass::render
