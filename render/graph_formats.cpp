// The writers of Boost.Graph, whose headers are large, stand here alone.
#include <ostream>

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/graphml.hpp>
#include <boost/graph/graphviz.hpp>
#include <boost/property_map/function_property_map.hpp>

#include "render/graph.hpp"
#include "render/graph_text.hpp"
#include "render/layout.hpp"

namespace funpass::render {

namespace {

using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                                 boost::no_property, uint32_t, uint64_t>;
using Vertex = boost::graph_traits<Graph>::vertex_descriptor;
using Edge = boost::graph_traits<Graph>::edge_descriptor;

constexpr const char* kBold = "#b00020";

// Vertices and edges have the positions of nodes and edges.
Graph boostGraph(const StateGraph& graph) {
  std::vector<std::pair<uint32_t, uint32_t>> edges;
  edges.reserve(graph.edges.size());
  for (const StateGraph::Edge& edge : graph.edges) edges.emplace_back(edge.from, edge.to);
  return {boost::edges_are_sorted, edges.begin(), edges.end(), static_cast<uint32_t>(graph.nodes.size())};
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string out;
  for (const std::string_view word : words) out += (out.empty() ? "" : ", ") + std::string(word);
  return out;
}

// ---- DOT

// Inside of a quoted string a backslash begins an escape.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

struct Look {
  const char* shape;  // with the attributes that belong to it
  const char* fill;
};

Look lookOf(const StateGraph::Node& node) {
  if (node.illFormed || node.immobile || node.endless) return {"tripleoctagon", "#f0c8f0"};
  if (node.lost) return {"hexagon", "#ffe3b0"};
  if (node.stuck) return {"octagon", "#ffd0c8"};
  if (node.final) return {"box, peripheries=2", "#d5f0d0"};
  if (node.initial) return {"invhouse", "#cfe8ff"};
  return {"box", "#ffffff"};
}

void writeNode(std::ostream& out, const GraphView& view, const StateGraph::Node& node) {
  const std::string marks = joined(kinds(node));
  std::string label = std::to_string(node.number) + (marks.empty() ? "" : " " + escaped(marks));
  if (view.graph.quotient && node.states > 1) label += " (" + counted(node.states, "state") + ")";
  label += "\\n";
  for (const std::string& line : hostLines(view, node, false)) label += escaped(line) + "\\l";
  const Look look = lookOf(node);
  out << "[label=\"" << label << "\", shape=" << look.shape << ", fillcolor=\"" << look.fill << "\"";
  if (node.unexpanded) out << ", style=\"filled,dashed\"";
  if (node.counterexample) out << ", color=\"" << kBold << "\", penwidth=3";
  out << "]";
}

void writeEdge(std::ostream& out, const GraphView& view, size_t e) {
  std::string label;
  for (const StateGraph::Step& step : view.graph.stepsOf(e)) label += escaped(stepLabel(view, step)) + "\\l";
  const bool bold = view.graph.edges[e].counterexample;
  const bool dashed = failsOnly(view, e);
  out << "[label=\"" << label << "\"";
  if (bold || dashed)
    out << ", style=\"" << (dashed ? "dashed" : "") << (bold && dashed ? "," : "") << (bold ? "bold" : "") << "\"";
  if (bold) out << ", color=\"" << kBold << "\", fontcolor=\"" << kBold << "\", penwidth=3";
  out << "]";
}

// ---- GraphML

template <typename Key, typename Function>
void attribute(boost::dynamic_properties& properties, const std::string& name, Function value) {
  properties.property(name, boost::make_function_property_map<Key>(value));
}

}  // namespace

void writeDot(std::ostream& out, const GraphView& view) {
  const Graph graph = boostGraph(view.graph);
  const auto edgeIndex = get(boost::edge_index, graph);
  boost::write_graphviz(
      out, graph, [&](std::ostream& to, Vertex v) { writeNode(to, view, view.graph.nodes[v]); },
      [&](std::ostream& to, const Edge& e) { writeEdge(to, view, get(edgeIndex, e)); },
      [&](std::ostream& to) {
        to << "label=\"" << escaped(graphTitle(view)) << "\";\nlabelloc=t;\nfontname=\"sans-serif\";\n"
           << "node [style=filled, fontname=\"monospace\", fontsize=10];\n"
           << "edge [fontname=\"monospace\", fontsize=9];\n"
           << "quotient=" << (view.graph.quotient ? "true" : "false") << ";\n"
           << "complete=" << (view.graph.complete ? "true" : "false") << ";\n";
      },
      boost::make_function_property_map<Vertex>([&](Vertex v) { return view.graph.nodes[v].number; }));
}

void writeGraphml(std::ostream& out, const GraphView& view) {
  Graph graph = boostGraph(view.graph);
  const auto edgeIndex = get(boost::edge_index, graph);
  const auto node = [&](Vertex v) -> const StateGraph::Node& { return view.graph.nodes[v]; };
  const auto edge = [&](const Edge& e) -> const StateGraph::Edge& { return view.graph.edges[get(edgeIndex, e)]; };
  boost::dynamic_properties properties;
  attribute<Graph*>(properties, "file", [&](Graph*) { return view.file; });
  attribute<Graph*>(properties, "complete", [&](Graph*) { return view.graph.complete; });
  attribute<Graph*>(properties, "limit", [&](Graph*) { return view.graph.limit; });
  attribute<Graph*>(properties, "quotient", [&](Graph*) { return view.graph.quotient; });
  attribute<Graph*>(properties, "states", [&](Graph*) { return view.graph.states; });
  attribute<Graph*>(properties, "transitions", [&](Graph*) { return view.graph.transitions; });
  attribute<Graph*>(properties, "violation", [&](Graph*) { return view.violation ? view.violation->name : ""; });
  attribute<Graph*>(properties, "schedule",
                    [&](Graph*) { return view.violation ? view.violation->schedule->text() : ""; });
  attribute<Vertex>(properties, "number", [&](Vertex v) { return node(v).number; });
  attribute<Vertex>(properties, "depth", [&](Vertex v) { return node(v).depth; });
  attribute<Vertex>(properties, "states", [&](Vertex v) { return node(v).states; });
  attribute<Vertex>(properties, "kinds", [&](Vertex v) { return joined(kinds(node(v))); });
  attribute<Vertex>(properties, "label", [&](Vertex v) {
    std::string label;
    for (const std::string& line : hostLines(view, node(v), true)) label += (label.empty() ? "" : "\n") + line;
    return label;
  });
  attribute<Vertex>(properties, "counterexample", [&](Vertex v) { return node(v).counterexample; });
  attribute<Edge>(properties, "steps", [&](const Edge& e) {
    std::string steps;
    for (const StateGraph::Step& step : view.graph.stepsOf(get(edgeIndex, e)))
      steps += (steps.empty() ? "" : "\n") + stepLabel(view, step);
    return steps;
  });
  attribute<Edge>(properties, "failure", [&](const Edge& e) { return failsOnly(view, get(edgeIndex, e)); });
  attribute<Edge>(properties, "counterexample", [&](const Edge& e) { return edge(e).counterexample; });
  boost::write_graphml(out, graph, boost::make_function_property_map<Vertex>([&](Vertex v) { return node(v).number; }),
                       properties, !view.graph.quotient);
}

}  // namespace funpass::render
