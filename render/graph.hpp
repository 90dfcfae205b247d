// The state graph as DOT, GraphML and JSON.
#pragma once

#include <iosfwd>
#include <string>

#include "checker/report.hpp"
#include "checker/state_graph.hpp"

namespace funpass::render {

/// A graph, with what its labels are made from.
struct GraphView {
  const Arena& arena;
  const Explored& explored;
  const StateGraph& graph;
  std::string file;
  const PropertyReport* violation = nullptr;  ///< whose counterexample is marked; null: none
};

/// For Graphviz. Every mark is a word in the label and a shape or a line besides a colour.
void writeDot(std::ostream& out, const GraphView& view);

/// With the attributes of the JSON form, those of edges in text.
void writeGraphml(std::ostream& out, const GraphView& view);

/// As docs/schema/graph.json says, on one line.
void writeGraphJson(std::ostream& out, const GraphView& view);

}  // namespace funpass::render
