#include "render/graph.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include <boost/json/parse.hpp>

#include "tests/support/support.hpp"

using namespace funpass;

namespace {

struct Written {
  std::string dot, graphml;
  boost::json::object json;
};

Written written(const std::string& text, uint32_t crashes = 0) {
  Arena arena;
  const Program program = test::load(arena, text);
  CheckOptions options;
  options.rules = rules(true);
  options.failures.budget.crashes = crashes;
  options.failures.among = program.among;
  std::unique_ptr<Explored> explored;
  const CheckReport report = check(arena, program, options, explored);
  const StateGraph graph = stateGraph(arena, *explored, options);
  const render::GraphView view{arena, *explored, graph, "a \"file\" & more.fp"};
  Written out;
  std::ostringstream dot, graphml, json;
  render::writeDot(dot, view);
  render::writeGraphml(graphml, view);
  render::writeGraphJson(json, view);
  out.dot = dot.str();
  out.graphml = graphml.str();
  out.json = boost::json::parse(json.str()).as_object();
  return out;
}

bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("graph: quotes and backslashes in labels are escaped") {
  const Written w = written("host a at a { \"say \\\"\\\\<hi>\" }");
  CHECK(has(w.dot, R"(label="a \"file\" & more.fp: 1 state, 0 transitions")"));
  CHECK(has(w.dot, R"(a: \"say \\\"\\\\<hi>\"\l)"));
  CHECK(has(w.graphml, "a &quot;file&quot; &amp; more.fp"));
  CHECK(has(w.graphml, R"(&quot;say \&quot;\\&lt;hi&gt;&quot;)"));
  CHECK(w.json.at("nodes").at(0).at("label").as_string() == R"(a: "say \"\\<hi>")");
}

TEST_CASE("graph: labels stay small, however large the term and however many the hosts") {
  std::string hosts = "h0";
  for (int i = 1; i < 20; ++i) hosts += ", h" + std::to_string(i);
  std::string list = "1";
  for (int i = 0; i < 500; ++i) list += ", 1";
  const Written w = written("host " + hosts + " at h0 { size([" + list + "]) }");
  const boost::json::string& label = w.json.at("nodes").at(0).at("label").as_string();
  CHECK(label.size() < 300);
  CHECK(std::string_view(label).ends_with("and 13 hosts more"));
}

TEST_CASE("graph: a failure is dashed, lost data has its word and shape") {
  const Written w = written("host a, b at a { val r = populate(b, 1); await(send(r)) }", 1);
  CHECK(has(w.dot, "F-Crash at b\\l\", style=\"dashed\"]"));
  CHECK(has(w.dot, " stuck, lost\\n"));
  CHECK(has(w.dot, "b: crashed"));
  CHECK(has(w.dot, "shape=hexagon"));
  CHECK(has(w.dot, "final\\n"));
}
