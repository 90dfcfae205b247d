// Section 7: lineages that travel, where their data is, what a crash takes away, what was computed how often.
#include "semantics/lineage.hpp"

#include <doctest/doctest.h>

#include "lang/lineage_file.hpp"
#include "lang/raise.hpp"
#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::test;

namespace {

// The configuration at the end of a round robin run, and the references that it made.
struct Ran {
  explicit Ran(const std::string& program) : w(world(program)) {
    RunOptions options;
    options.references = true;
    result = w->run(options);
    for (const MadeReference& made : result.references) references.push_back(made.ref);
  }
  std::string ident(const LineageGraph& graph, uint32_t n) {
    return text(w->arena(), w->arena().idOf(graph.nodes[n].lineage));
  }
  std::string idents(const LineageGraph& graph, const std::vector<uint32_t>& nodes) {
    std::string out;
    for (const uint32_t n : nodes) out += ident(graph, n);
    return out;
  }
  std::unique_ptr<World> w;
  RunResult result;
  std::vector<Handle> references;
};

const std::string kChain =
    "host a, b, c at a { val r = populate([b, c], 5); val s = populate(b, 1); "
    "val t = r.apply(spore { s = s; (x: Int) => val y = await(s.send()); populate(currentHost, x + y) }); "
    "await(t.send()) + await(t.send()) }";

}  // namespace

TEST_CASE("R-FromLineage: fresh identifiers, leaves first; references inside get the hosts, too") {
  CHECK(stepOf(
            "config { host a: send(fromLineage([b, a], Saved(Applied((currentHost,2), Mat((currentHost,0)), spore { r: "
            "SiloRef[Int] = Ref(Mat((currentHost,1)), []); (x: Int) => r }), (currentHost,0) -> 5, (currentHost,1) -> "
            "6))); 0 | {} next 3 host b: unit | {} next 0 messages: results: a none }") ==
        "R-FromLineage at a: config { host a: send(Ref(Applied((a,5), Mat((a,3)), spore { r: SiloRef[Int] = "
        "Ref(Mat((a,4)), [b, a]); (x: Int) => r }), [b, a])); 0 | { } next 6 host b: unit | { } next 0 messages: a <- "
        "Res((a,3), 5), a <- Res((a,4), 6), b <- Res((a,3), 5), b <- Res((a,4), 6) results: a none }");
}

TEST_CASE("R-FromLineage: the hosts are evaluated first") {
  CHECK(
      stepOf("config { host a: send(fromLineage(currentHost, Saved(Mat((currentHost,0)), (currentHost,0) -> 5))); 0 | "
             "{} next 0 messages: results: a none }") ==
      "R-Local/R-Here at a: config { host a: send(fromLineage(a, Saved(Mat((currentHost,0)), (currentHost,0) -> 5))); "
      "0 | { } next 0 messages: results: a none }");
}

TEST_CASE("a run notes the references that it makes, and the vals they are made for") {
  Ran ran(kChain);
  REQUIRE(ran.result.references.size() >= 3);
  CHECK(ran.result.references[0].val == "r");
  CHECK(ran.result.references[1].val == "s");
  CHECK(ran.result.references[2].val == "t");
  CHECK(ran.result.references[2].host == 0);
}

TEST_CASE("a graph of lineages has each once, after what it needs, with the hosts that hold it") {
  Ran ran(kChain);
  const LineageGraph graph = lineageGraph(ran.w->arena(), ran.result.last, {ran.references[2], ran.references[0]});
  REQUIRE(graph.nodes.size() == 3);
  CHECK(ran.ident(graph, 0) == "(a,0)");
  CHECK(ran.ident(graph, 1) == "(a,1)");
  CHECK(ran.ident(graph, 2) == "(a,2)");
  CHECK(graph.nodes[2].needs == std::vector<uint32_t>{0, 1});
  CHECK(graph.nodes[0].hosts == std::vector<uint32_t>{1, 2});
  CHECK(graph.nodes[0].stores == std::vector<uint32_t>{1, 2});
  CHECK(graph.nodes[2].stores == std::vector<uint32_t>{0});
  CHECK(text(ran.w->arena(), graph.nodes[0].value) == "5");
}

TEST_CASE("a crash loses a leaf of which there is no other copy, and what needs it") {
  Ran ran(kChain);
  const LineageGraph graph = lineageGraph(ran.w->arena(), ran.result.last, {ran.references[2]});
  const std::vector<CrashLoss> losses = crashLosses(ran.w->arena(), ran.result.last, graph);
  REQUIRE(losses.size() == 3);
  CHECK(losses[0].lost.empty());
  CHECK(ran.idents(graph, losses[0].again) == "(a,2)");
  CHECK(ran.idents(graph, losses[1].lost) == "(a,1)");
  CHECK(ran.idents(graph, losses[1].derived) == "(a,2)");
  CHECK(losses[2].lost.empty());
  CHECK(losses[2].derived.empty());
}

TEST_CASE("what a silo was asked for is computed anew each time, and counted") {
  Ran ran(kChain);
  const Materialized& applied = ran.result.materialized.at(2);  // (a,2)
  CHECK(applied.served == 2);
  CHECK(applied.computed == 2);
  CHECK(applied.again == 0);
  CHECK(ran.result.materialized.at(1).computed == 0);
}

TEST_CASE("a lineage is sealed with the values of its leaves; not where one is missing or a future is in it") {
  Ran ran(kChain);
  Arena& arena = ran.w->arena();
  std::string problem;
  const Handle saved = seal(arena, ran.references[2], siloValues(arena, ran.result.last), problem);
  REQUIRE(saved != 0);
  CHECK(
      text(arena, saved) ==
      "Saved(Applied((currentHost,2), Mat((currentHost,0)), spore { s: SiloRef[Int] = Ref(Mat((currentHost,1)), []); "
      "(x: Int) => val y: Int = await(send(s)); populate(currentHost, x + y) }), (currentHost,0) -> 5, (currentHost,1) "
      "-> 1)");
  Configuration crashed = ran.result.last;
  crashed.hosts[1] = HostState{};
  CHECK(seal(arena, ran.references[2], siloValues(arena, crashed), problem) == 0);
  CHECK(problem == "there is no value of (a,1)");
}

TEST_CASE("a file that is written is read again") {
  Ran ran(kChain);
  Arena& arena = ran.w->arena();
  std::string problem;
  const Handle saved = seal(arena, ran.references[2], siloValues(arena, ran.result.last), problem);
  const std::optional<LineageFile> file = readLineageFile(lineageFileText(arena, saved), problem);
  REQUIRE(file.has_value());
  CHECK(file->type == "Int");
  CHECK(file->root == 2);
  REQUIRE(file->nodes.size() == 3);
  CHECK(file->nodes[0].content == "5");
  CHECK(file->nodes[2].parent == 0);
  CHECK(
      file->nodes[2].content ==
      "spore { s: SiloRef[Int] = Ref($1, []); (x: Int) => val y: Int = await(send(s)); populate(currentHost, x + y) }");
}

TEST_CASE("a state before R-FromLineage is printed and read back as it was") {
  Arena arena;
  const Program before =
      load(arena,
           "config { host a: fromLineage(a, Saved(Applied((currentHost,3), Mat((currentHost,1)), spore "
           "{ (x: Int) => populate(currentHost, x) }), (currentHost,1) -> 4)); 1 | {} next 0 messages: "
           "results: a none }");
  Configuration copy = before.initial;
  const Program after = load(arena, literalText(arena, copy));
  CHECK(after.initial == before.initial);
}
