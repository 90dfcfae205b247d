#include "render/graph.hpp"

#include <algorithm>
#include <ostream>

#include "render/graph_text.hpp"
#include "render/json.hpp"
#include "render/layout.hpp"
#include "render/short_text.hpp"
#include "render/step.hpp"

namespace funpass::render {

namespace {

constexpr uint32_t kTermWidth = 40;
constexpr size_t kMostHosts = 8;

std::string hostLine(const Arena& arena, const HostState& host, bool canonical) {
  if (host.crashed()) return "crashed";
  std::string term = canonical ? shortened(canonicalBounded(arena, host.focus, 2 * kTermWidth), kTermWidth)
                               : shortText(arena, host.focus, kTermWidth);
  if (host.context != 0) term = "E[" + term + "]";
  uint64_t waiting = 0;
  for (const Pending& pending : messages(arena, host.inbox)) waiting += pending.count;
  return waiting == 0 ? term : term + ", " + counted(waiting, "message");
}

boost::json::object nodeJson(const GraphView& view, const StateGraph::Node& node) {
  boost::json::array marks;
  for (const std::string_view kind : kinds(node)) marks.emplace_back(render::view(kind));
  std::string label;
  for (const std::string& line : hostLines(view, node, true)) label += (label.empty() ? "" : "\n") + line;
  return {{"number", node.number},     {"depth", node.depth}, {"states", node.states},
          {"kinds", std::move(marks)}, {"label", label},      {"counterexample", node.counterexample}};
}

boost::json::object edgeJson(const GraphView& view, size_t e) {
  const StateGraph::Edge& edge = view.graph.edges[e];
  boost::json::array steps;
  for (const StateGraph::Step& step : view.graph.stepsOf(e)) {
    boost::json::object entry;
    if (!view.graph.quotient) entry["index"] = step.index;
    entry["host"] = view.arena.hosts()[step.host];
    entry["rule"] = render::view(info(step.rule).name);
    if (step.inner != Rule::Count) entry["inner"] = render::view(info(step.inner).name);
    steps.emplace_back(std::move(entry));
  }
  return {{"from", view.graph.nodes[edge.from].number},
          {"to", view.graph.nodes[edge.to].number},
          {"steps", std::move(steps)},
          {"failure", failsOnly(view, e)},
          {"counterexample", edge.counterexample}};
}

}  // namespace

std::vector<std::string_view> kinds(const StateGraph::Node& node) {
  std::vector<std::string_view> out;
  const auto add = [&](bool is, std::string_view name) {
    if (is) out.push_back(name);
  };
  add(node.initial, "initial");
  add(node.final, "final");
  add(node.stuck, "stuck");
  add(node.lost, "lost");
  add(node.illFormed, "ill-formed");
  add(node.immobile, "immobile");
  add(node.endless, "endless");
  add(node.unexpanded, "unexpanded");
  return out;
}

std::vector<std::string> hostLines(const GraphView& view, const StateGraph::Node& node, bool canonical) {
  const Configuration configuration = view.explored.configuration(node.shown);
  const size_t hosts = configuration.hosts.size();
  const size_t most = hosts > kMostHosts ? kMostHosts - 1 : hosts;
  std::vector<std::string> out;
  for (size_t h = 0; h < most; ++h) {
    out.push_back(view.arena.hosts()[h] + ": " + hostLine(view.arena, configuration.hosts[h], canonical));
  }
  if (most < hosts) out.push_back("and " + counted(hosts - most, "host") + " more");
  return out;
}

std::string stepLabel(const GraphView& view, const StateGraph::Step& step) {
  const std::string index = view.graph.quotient ? "" : std::to_string(step.index) + ": ";
  return index + ruleName(step.rule, step.inner) + " at " + view.arena.hosts()[step.host];
}

bool failsOnly(const GraphView& view, size_t edge) {
  const auto steps = view.graph.stepsOf(edge);
  return std::all_of(steps.begin(), steps.end(), [](const auto& s) { return info(s.rule).layer == Layer::Failure; });
}

std::string graphTitle(const GraphView& view) {
  const StateGraph& graph = view.graph;
  std::string out = view.file.empty() ? "" : view.file + ": ";
  out += counted(graph.states, "state") + ", " + counted(graph.transitions, "transition");
  if (graph.quotient) out += ", local steps collapsed to " + counted(graph.nodes.size(), "node");
  if (!graph.complete) out += "; incomplete (" + graph.limit + ")";
  if (view.violation != nullptr) out += "; bold: the counterexample to " + view.violation->name;
  return out;
}

void writeGraphJson(std::ostream& out, const GraphView& view) {
  const StateGraph& graph = view.graph;
  boost::json::object head = document();
  head["file"] = view.file;
  head["complete"] = graph.complete;
  if (!graph.complete) head["limit"] = graph.limit;
  head["quotient"] = graph.quotient;
  head["states"] = graph.states;
  head["transitions"] = graph.transitions;
  if (view.violation != nullptr) {
    const PropertyReport& violation = *view.violation;
    head["violation"] = {{"property", violation.name},
                         {"schedule", violation.schedule->text()},
                         {"message", violation.canonical.empty() ? violation.message : violation.canonical}};
  }
  std::string text = boost::json::serialize(head);
  text.pop_back();  // the object goes on: its long arrays are written one by one
  out << text << ",\"nodes\":[";
  for (size_t n = 0; n < graph.nodes.size(); ++n) {
    out << (n == 0 ? "" : ",") << boost::json::serialize(nodeJson(view, graph.nodes[n]));
  }
  out << "],\"edges\":[";
  for (size_t e = 0; e < graph.edges.size(); ++e) {
    out << (e == 0 ? "" : ",") << boost::json::serialize(edgeJson(view, e));
  }
  out << "]}\n";
}

}  // namespace funpass::render
