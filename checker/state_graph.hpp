// The state graph of an exploration as a value: what graph formats are made from.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "checker/check.hpp"
#include "checker/explored.hpp"

namespace funpass {

struct StateGraph {
  /// A configuration, or in a quotient a class of them. The marks are those of any member.
  struct Node {
    uint32_t number = 0;  ///< in the order of the search; of a class that of its first member
    uint32_t shown = 0;   ///< the state that stands for it: in a quotient one where no local step is left
    uint32_t depth = 0;   ///< the fewest steps that lead to it
    uint32_t states = 1;  ///< how many it stands for
    bool initial = false;
    bool final = false;
    bool stuck = false;
    bool lost = false;       ///< stuck, and that is lost data
    bool illFormed = false;  ///< subject reduction fails there
    bool immobile = false;   ///< lineage mobility fails there
    bool endless = false;    ///< on a cycle
    bool unexpanded = false;
    bool counterexample = false;
  };

  /// One instance of a rule behind an edge.
  struct Step {
    uint32_t index = 0;  ///< in steps(C); in a quotient of no meaning
    uint32_t host = 0;
    Rule rule = Rule::Count;
    Rule inner = Rule::Count;
    bool operator==(const Step&) const = default;
  };

  /// By position in `nodes`; each pair of nodes has at most one edge.
  struct Edge {
    uint32_t from = 0;
    uint32_t to = 0;
    uint64_t firstStep = 0;  ///< its steps reach to those of the next edge
    bool counterexample = false;
  };

  std::vector<Node> nodes;
  std::vector<Edge> edges;  ///< by `from`
  std::vector<Step> steps;
  bool quotient = false;
  bool complete = false;
  std::string limit;         ///< if not complete: what ended the exploration
  uint64_t states = 0;       ///< of the whole graph
  uint64_t transitions = 0;  ///< of the whole graph

  std::span<const Step> stepsOf(size_t edge) const;
};

/// The graph that was explored, its steps asked of the semantics again. `options` are those of the exploration.
StateGraph stateGraph(Arena& arena, Explored& explored, const CheckOptions& options);

/// Marks the nodes and edges along the schedule, in a graph that is no quotient.
void markCounterexample(StateGraph& graph, const Schedule& schedule);

/// The graph with its local steps collapsed: states that R-Local transitions connect, in whatever direction, are one
/// node; an edge leads from class to class where any other transition leads from a member to a member. A host's local
/// step is the only one it has and touches nothing of the others, so a class is what ends in the same state once its
/// local steps are done, and without failures every path in the quotient is one of a run.
StateGraph quotient(const StateGraph& whole);

}  // namespace funpass
