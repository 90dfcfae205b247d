// What the formats of a state graph write on nodes and edges.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "render/graph.hpp"

namespace funpass::render {

/// What a node is besides a state: "initial", "final", "stuck", "lost", "ill-formed", "immobile", "endless",
/// "unexpanded".
std::vector<std::string_view> kinds(const StateGraph::Node& node);

/// A line for each host: what its term is at (the redex or value, E[…] around it if there is a context), and how many
/// messages it has. Of many hosts only the first. `canonical`: with canonical names.
std::vector<std::string> hostLines(const GraphView& view, const StateGraph::Node& node, bool canonical);

/// "2: R-Local/R-Await at a", without the index in a quotient.
std::string stepLabel(const GraphView& view, const StateGraph::Step& step);

/// Is every step behind the edge one of section 7's failures?
bool failsOnly(const GraphView& view, size_t edge);

/// What is shown, in one line: the file, sizes, what was left out, whose counterexample is marked.
std::string graphTitle(const GraphView& view);

}  // namespace funpass::render
