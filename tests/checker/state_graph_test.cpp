// The state graph as a value: the exploration's edges with their steps, marks, and the quotient by local steps.
#include "checker/state_graph.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::test;

namespace {

const std::string kRemote = "host a, b at a { val r = populate(b, 1); await(send(r)) } ";
const std::string kCapturedFuture =
    "host a, b at a { val r = populate(b, 1); val f = send(populate(a, 2)); await(send(apply(r, spore { g: Future[Int] "
    "= f; (x: Int) => populate(currentHost, await(g)) }))) } ";

struct Graphed {
  Arena arena;
  Program program;
  CheckOptions options;
  std::unique_ptr<Explored> explored;
  CheckReport report;
  StateGraph graph;

  explicit Graphed(const std::string& text, const CheckOptions& given = {}, const RuleSet& with = rules(true))
      : program(load(arena, text, given.mobility)), options(given) {
    options.rules = with;
    options.keepEdges = true;
    options.failures.among = program.among;
    report = check(arena, program, options, explored);
    graph = stateGraph(arena, *explored, options);
  }
};

CheckOptions crashes(uint32_t n) {
  CheckOptions options;
  options.failures.budget.crashes = n;
  return options;
}

CheckOptions immobile() {
  CheckOptions options;
  options.mobility = false;
  return options;
}

uint64_t count(const StateGraph& graph, bool StateGraph::Node::*mark) {
  return static_cast<uint64_t>(
      std::count_if(graph.nodes.begin(), graph.nodes.end(), [&](const StateGraph::Node& node) { return node.*mark; }));
}

std::string conformance(const std::string& name) {
  std::ifstream file(std::string(FUNPASS_SOURCE_DIR) + "/tests/conformance/" + name);
  REQUIRE_MESSAGE(file.good(), name);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Where a state's local steps end, following the first of each.
uint32_t normalForm(const StateGraph& graph, uint32_t state) {
  for (size_t e = 0; e < graph.edges.size(); ++e) {
    if (graph.edges[e].from != state) continue;
    for (const StateGraph::Step& step : graph.stepsOf(e)) {
      if (step.rule == Rule::RLocal) return normalForm(graph, graph.edges[e].to);
    }
  }
  return state;
}

}  // namespace

TEST_CASE("the graph has the exploration's edges, and each step of each state once") {
  for (const CheckOptions& options : {CheckOptions{}, crashes(1), immobile()}) {
    Graphed g(options.mobility ? kRemote : kCapturedFuture, options);
    CHECK(g.graph.complete);
    CHECK(g.graph.nodes.size() == g.report.states);
    CHECK(g.graph.edges.size() == g.report.transitions);
    CHECK(g.graph.states == g.report.states);
    CHECK(g.graph.transitions == g.report.transitions);
    CHECK(count(g.graph, &StateGraph::Node::final) == g.report.finals);
    CHECK(count(g.graph, &StateGraph::Node::stuck) == g.report.stuck);
    CHECK(count(g.graph, &StateGraph::Node::lost) == g.report.lost);
    CHECK(count(g.graph, &StateGraph::Node::initial) == 1);
    CHECK(count(g.graph, &StateGraph::Node::unexpanded) == 0);
    uint32_t depth = 0;
    for (const StateGraph::Node& node : g.graph.nodes) depth = std::max(depth, node.depth);
    CHECK(depth == g.report.depth);
    std::vector<std::vector<bool>> seen(g.graph.nodes.size());
    for (uint32_t s = 0; s < seen.size(); ++s) {
      seen[s].resize(g.explored->semantics().steps(g.explored->configuration(s)).size(), false);
    }
    for (size_t e = 0; e < g.graph.edges.size(); ++e) {
      const StateGraph::Edge& edge = g.graph.edges[e];
      CHECK_FALSE(g.graph.stepsOf(e).empty());
      for (const StateGraph::Step& step : g.graph.stepsOf(e)) {
        CHECK_FALSE(seen[edge.from][step.index]);
        seen[edge.from][step.index] = true;
        Configuration after = g.explored->configuration(edge.from);
        const Step taken = g.explored->semantics().steps(after)[step.index];
        CHECK(taken.rule == step.rule);
        CHECK(taken.host == step.host);
        apply(g.arena, taken, after);
        CHECK(after == g.explored->configuration(edge.to));
      }
    }
    for (const std::vector<bool>& all : seen) CHECK(std::find(all.begin(), all.end(), false) == all.end());
  }
}

TEST_CASE("the counterexample's path leads from the initial to the violating state") {
  Graphed g(kCapturedFuture, immobile());
  REQUIRE(g.report.stuck > 0);
  const Schedule schedule = g.explored->scheduleTo(g.explored->stuck().front()).value();
  markCounterexample(g.graph, schedule);
  CHECK(g.graph.nodes[0].counterexample);
  CHECK(g.graph.nodes[g.explored->stuck().front()].counterexample);
  CHECK(count(g.graph, &StateGraph::Node::counterexample) == schedule.size() + 1);
  uint64_t marked = 0;
  for (const StateGraph::Edge& edge : g.graph.edges) {
    if (!edge.counterexample) continue;
    ++marked;
    CHECK(g.graph.nodes[edge.from].counterexample);
    CHECK(g.graph.nodes[edge.to].counterexample);
  }
  CHECK(marked == schedule.size());
  // What is found on the way is marked wherever it is, not only where it was found first.
  CHECK(count(g.graph, &StateGraph::Node::immobile) > 1);
  CHECK(g.graph.nodes[g.explored->immobile().state].immobile);
}

TEST_CASE("with several instances of rules between the same two states there is one edge, which lists them") {
  // A wrong R-Process-Val that keeps the message: with two such messages, two steps that change nothing.
  RuleSet wrong = rules(true);
  for (ProcessRow& row : wrong.process) {
    if (row.rule != Rule::PRes) continue;
    row.apply = [](const Delivery& d) {
      Processed p;
      p.term = d.arena.make(Tag::Unit);
      p.store = d.store;
      p.sent.push_back({d.host, d.message});
      return p;
    };
  }
  Graphed g("host a, b, c at a { populate(b, 1); populate(c, 2); 0 }", {}, wrong);
  CHECK(g.graph.edges.size() == g.report.transitions);
  uint64_t several = 0;
  for (size_t e = 0; e < g.graph.edges.size(); ++e) {
    if (g.graph.stepsOf(e).size() < 2) continue;
    ++several;
    CHECK(g.graph.edges[e].from == g.graph.edges[e].to);
    CHECK(g.graph.stepsOf(e)[0].host != g.graph.stepsOf(e)[1].host);
    CHECK(g.graph.nodes[g.graph.edges[e].from].endless);
  }
  CHECK(several > 0);
  CHECK_FALSE(g.graph.nodes[0].endless);
}

TEST_CASE("quotient: a class is what ends in the same state once its local steps are done") {
  for (const char* name : {"p02_remote.fp", "p05_join.fp", "p12_self_apply.fp", "p18_ref_result.fp"}) {
    CAPTURE(name);
    Graphed g(conformance(name));
    const StateGraph q = quotient(g.graph);
    CHECK(q.quotient);
    CHECK(q.states == g.graph.states);
    CHECK(q.transitions == g.graph.transitions);
    CHECK(q.nodes.size() < g.graph.nodes.size());
    std::vector<uint64_t> members(g.graph.nodes.size(), 0);
    for (uint32_t s = 0; s < g.graph.nodes.size(); ++s) ++members[normalForm(g.graph, s)];
    uint64_t all = 0;
    for (const StateGraph::Node& node : q.nodes) {
      CHECK(normalForm(g.graph, node.number) == node.shown);
      CHECK(members[node.shown] == node.states);
      all += node.states;
    }
    CHECK(all == g.graph.nodes.size());
    CHECK(count(q, &StateGraph::Node::final) == g.report.finals);
    // Without failures every edge of a class is an edge of the state that stands for it.
    std::vector<std::pair<uint32_t, uint32_t>> edges;
    for (size_t e = 0; e < g.graph.edges.size(); ++e) {
      for (const StateGraph::Step& step : g.graph.stepsOf(e)) {
        const uint32_t from = g.graph.edges[e].from;
        if (step.rule == Rule::RLocal || normalForm(g.graph, from) != from) continue;
        edges.emplace_back(from, normalForm(g.graph, g.graph.edges[e].to));
      }
    }
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    std::vector<std::pair<uint32_t, uint32_t>> got;
    for (const StateGraph::Edge& edge : q.edges) got.emplace_back(q.nodes[edge.from].shown, q.nodes[edge.to].shown);
    std::sort(got.begin(), got.end());
    CHECK(got == edges);
    for (const StateGraph::Step& step : q.steps) CHECK(step.rule != Rule::RLocal);
  }
}

TEST_CASE("quotient: marks are those of any member, the counterexample's too") {
  Graphed g(kCapturedFuture, immobile());
  markCounterexample(g.graph, g.explored->scheduleTo(g.explored->stuck().front()).value());
  const StateGraph q = quotient(g.graph);
  CHECK(q.nodes.front().initial);
  CHECK(q.nodes.front().counterexample);
  CHECK(count(q, &StateGraph::Node::stuck) == g.report.stuck);
  CHECK(count(q, &StateGraph::Node::immobile) > 0);
  CHECK(std::any_of(q.edges.begin(), q.edges.end(), [](const StateGraph::Edge& edge) { return edge.counterexample; }));
  for (const StateGraph::Edge& edge : q.edges) {
    if (edge.counterexample) CHECK((q.nodes[edge.from].counterexample && q.nodes[edge.to].counterexample));
  }
}

TEST_CASE("a limit leaves the graph found so far, its frontier marked") {
  const Graphed whole(kRemote);
  for (uint64_t most = 1; most < whole.graph.nodes.size(); ++most) {
    CheckOptions options;
    options.limits.maxStates = most;
    Graphed g(kRemote, options);
    CHECK_FALSE(g.graph.complete);
    CHECK(g.graph.limit == "states");
    CHECK(g.graph.nodes.size() == most);
    CHECK(g.graph.edges.size() == g.report.transitions);
    CHECK(count(g.graph, &StateGraph::Node::unexpanded) == most - g.explored->graph().expanded);
    for (size_t e = 0; e < g.graph.edges.size(); ++e) {
      CHECK(g.graph.edges[e].from == whole.graph.edges[e].from);
      CHECK(g.graph.edges[e].to == whole.graph.edges[e].to);
    }
  }
}
