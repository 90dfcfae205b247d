#include "checker/state_graph.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <boost/pending/disjoint_sets.hpp>

namespace funpass {

namespace {

void addNodes(StateGraph& graph, Explored& explored) {
  const Exploration& found = explored.graph();
  graph.nodes.resize(found.states.size());
  for (uint32_t s = 0; s < graph.nodes.size(); ++s) {
    StateGraph::Node& node = graph.nodes[s];
    node.number = node.shown = s;
    node.initial = s == 0;
    if (found.parent[s] != kNoState) node.depth = graph.nodes[found.parent[s]].depth + 1;
    node.unexpanded = s >= found.expanded();
  }
  for (const uint32_t s : explored.finals()) graph.nodes[s].final = true;
  for (const uint32_t s : explored.stuck()) {
    graph.nodes[s].stuck = true;
    graph.nodes[s].lost = explored.isLost(s);
  }
}

// The search says which violation is the first of its kind; here every state is judged.
void markViolations(StateGraph& graph, Arena& arena, const Explored& explored, const CheckOptions& options) {
  if (explored.illFormed()) graph.nodes[explored.illFormed().state].illFormed = true;
  if (explored.illFormed() || explored.immobile()) {
    Checker checker(arena, *options.types, options.mobility, *options.wellFormed);
    MobilityCheck mobility(checker);
    for (StateGraph::Node& node : graph.nodes) {
      const Configuration configuration = explored.configuration(node.number);
      if (!checkConfiguration(checker, configuration).ok()) node.illFormed = true;
      Handle type = 0;
      node.immobile = mobility.offender(configuration, type) != 0;
    }
  }
  const std::vector<bool> endless = explored.onCycles();
  for (size_t s = 0; s < endless.size(); ++s) graph.nodes[s].endless = endless[s];
}

// The edges of one state. Its successors are in the exploration in the order in which steps first lead to them.
void addEdges(StateGraph& graph, Arena& arena, Explored& explored, uint32_t from, uint64_t begin, uint64_t end) {
  const Configuration configuration = explored.configuration(from);
  const std::vector<Step> steps = explored.semantics().steps(configuration);
  std::vector<Configuration> successors;
  std::vector<std::vector<StateGraph::Step>> behind(end - begin);
  for (uint32_t index = 0; index < steps.size(); ++index) {
    Configuration after = configuration;
    apply(arena, steps[index], after);
    const auto known = std::find(successors.begin(), successors.end(), after);
    const auto which = static_cast<size_t>(known - successors.begin());
    if (which == behind.size()) break;  // the search ended among this state's steps
    if (known == successors.end()) successors.push_back(std::move(after));
    behind[which].push_back({index, steps[index].host, steps[index].rule, steps[index].inner});
  }
  for (size_t i = 0; i < behind.size(); ++i) {
    graph.edges.push_back({from, explored.graph().targets[begin + i], graph.steps.size(), false});
    graph.steps.insert(graph.steps.end(), behind[i].begin(), behind[i].end());
  }
}

bool isLocal(const StateGraph::Step& step) { return step.rule == Rule::RLocal; }

bool hasLocal(std::span<const StateGraph::Step> steps) { return std::any_of(steps.begin(), steps.end(), isLocal); }

// Adds a member to its class. Members come in the order of the search, so the first has the least depth.
void join(StateGraph::Node& all, const StateGraph::Node& member) {
  ++all.states;
  all.initial |= member.initial;
  all.final |= member.final;
  all.stuck |= member.stuck;
  all.lost |= member.lost;
  all.illFormed |= member.illFormed;
  all.immobile |= member.immobile;
  all.endless |= member.endless;
  all.unexpanded |= member.unexpanded;
  all.counterexample |= member.counterexample;
}

// For every state the position of its class, classes in the order of their first members.
std::vector<uint32_t> classes(const StateGraph& whole) {
  boost::disjoint_sets_with_storage<> sets(whole.nodes.size());
  for (size_t e = 0; e < whole.edges.size(); ++e) {
    if (hasLocal(whole.stepsOf(e))) sets.union_set(whole.edges[e].from, whole.edges[e].to);
  }
  std::vector<uint32_t> position(whole.nodes.size(), kNoState);
  std::vector<uint32_t> out;
  uint32_t count = 0;
  for (size_t s = 0; s < whole.nodes.size(); ++s) {
    uint32_t& known = position[sets.find_set(s)];
    if (known == kNoState) known = count++;
    out.push_back(known);
  }
  return out;
}

void joinNodes(StateGraph& out, const StateGraph& whole, const std::vector<uint32_t>& classOf) {
  for (size_t s = 0; s < whole.nodes.size(); ++s) {
    if (classOf[s] == out.nodes.size()) {
      out.nodes.push_back(whole.nodes[s]);
    } else {
      join(out.nodes[classOf[s]], whole.nodes[s]);
    }
  }
  std::vector<bool> moves(whole.nodes.size(), false);
  for (size_t e = 0; e < whole.edges.size(); ++e) {
    if (hasLocal(whole.stepsOf(e))) moves[whole.edges[e].from] = true;
  }
  for (size_t s = whole.nodes.size(); s-- > 0;) {
    if (!moves[s]) out.nodes[classOf[s]].shown = whole.nodes[s].number;
  }
}

void joinEdges(StateGraph& out, const StateGraph& whole, const std::vector<uint32_t>& classOf) {
  struct Joined {
    std::vector<StateGraph::Step> steps;
    bool counterexample = false;
  };
  std::map<std::pair<uint32_t, uint32_t>, Joined> joined;
  for (size_t e = 0; e < whole.edges.size(); ++e) {
    for (StateGraph::Step step : whole.stepsOf(e)) {
      if (isLocal(step)) continue;
      step.index = 0;
      Joined& edge = joined[{classOf[whole.edges[e].from], classOf[whole.edges[e].to]}];
      edge.counterexample |= whole.edges[e].counterexample;
      if (std::find(edge.steps.begin(), edge.steps.end(), step) == edge.steps.end()) edge.steps.push_back(step);
    }
  }
  for (const auto& [ends, edge] : joined) {
    out.edges.push_back({ends.first, ends.second, out.steps.size(), edge.counterexample});
    out.steps.insert(out.steps.end(), edge.steps.begin(), edge.steps.end());
  }
}

}  // namespace

std::span<const StateGraph::Step> StateGraph::stepsOf(size_t edge) const {
  const uint64_t end = edge + 1 < edges.size() ? edges[edge + 1].firstStep : steps.size();
  return std::span(steps).subspan(edges[edge].firstStep, end - edges[edge].firstStep);
}

StateGraph stateGraph(Arena& arena, Explored& explored, const CheckOptions& options) {
  const Exploration& found = explored.graph();
  StateGraph graph;
  graph.complete = explored.complete();
  graph.limit = explored.limit();
  graph.states = found.states.size();
  graph.transitions = found.targets.size();
  addNodes(graph, explored);
  markViolations(graph, arena, explored, options);
  for (uint32_t s = 0; s < found.firstEdge.size(); ++s) {
    const uint64_t end = s < found.expanded() ? found.firstEdge[s + 1] : found.targets.size();
    StateGraph::Node* const node = s < graph.nodes.size() ? &graph.nodes[s] : nullptr;
    if (found.firstEdge[s] < end) {
      addEdges(graph, arena, explored, s, found.firstEdge[s], end);
    } else if (node != nullptr && !node->final && !node->stuck) {
      node->unexpanded = true;  // an integer that does not fit: it has a step, but not here
    }
  }
  return graph;
}

void markCounterexample(StateGraph& graph, const Schedule& schedule) {
  uint32_t at = 0;
  graph.nodes[at].counterexample = true;
  for (const Schedule::Repeat& repeat : schedule.repeats()) {
    for (uint64_t n = 0; n < repeat.times; ++n) {
      auto edge = std::lower_bound(graph.edges.begin(), graph.edges.end(), at,
                                   [](const StateGraph::Edge& e, uint32_t from) { return e.from < from; });
      for (; edge != graph.edges.end() && edge->from == at; ++edge) {
        const auto steps = graph.stepsOf(static_cast<size_t>(edge - graph.edges.begin()));
        if (std::any_of(steps.begin(), steps.end(), [&](const auto& step) { return step.index == repeat.index; }))
          break;
      }
      if (edge == graph.edges.end() || edge->from != at) return;
      edge->counterexample = true;
      at = edge->to;
      graph.nodes[at].counterexample = true;
    }
  }
}

StateGraph quotient(const StateGraph& whole) {
  StateGraph out;
  out.quotient = true;
  out.complete = whole.complete;
  out.limit = whole.limit;
  out.states = whole.states;
  out.transitions = whole.transitions;
  const std::vector<uint32_t> classOf = classes(whole);
  joinNodes(out, whole, classOf);
  joinEdges(out, whole, classOf);
  return out;
}

}  // namespace funpass
