// The search in batches and with threads against the plain one: the same graph to the state, number by number.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <fstream>

#include "checker/batched.hpp"
#include "checker/check.hpp"
#include "checker/mutants.hpp"
#include "semantics/recovery.hpp"
#include "tests/support/comparison.hpp"
#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::test;

namespace {

struct Found {
  Exploration graph;
  RuleCounts rules{};
  std::vector<uint32_t> ended;
};

Configuration initialOf(const Program& program, const Setting& setting) {
  Configuration initial = startedWith(program, setting.failures.budget);
  if (!setting.recovery) {
    for (HostState& host : initial.hosts) host.asked = 0;
  }
  return initial;
}

SearchLimits limitsOf(const Setting& setting) {
  SearchLimits limits;
  limits.maxStates = setting.maxStates;
  return limits;
}

Found plain(Arena& arena, const Program& program, const Setting& setting) {
  Semantics semantics(arena, rules(true, setting.recovery), setting.failures.among);
  CalculusModel model(semantics, initialOf(program, setting));
  Found found{Exploration(model.width()), {}, {}};
  found.graph.keepsEdges = false;
  explore(
      model, limitsOf(setting),
      [&](uint32_t from, uint32_t index, uint32_t, bool) {
        const std::vector<CalculusModel::Move>& moves = model.lastMoves();
        if (index != kNoState) {
          countRules(moves[index].rule, moves[index].inner, found.rules);
        } else if (moves.empty() || isFailureRule(moves.front().rule)) {
          found.ended.push_back(from);
        }
        return true;
      },
      found.graph);
  return found;
}

// Gives nothing if the plain search has to go on.
std::optional<Found> batched(Arena& arena, const Program& program, const Setting& setting, unsigned threads) {
  Semantics semantics(arena, rules(true, setting.recovery), setting.failures.among);
  CalculusModel model(semantics, initialOf(program, setting));
  Found found{Exploration(model.width()), {}, {}};
  found.graph.keepsEdges = false;
  BatchHooks hooks;
  hooks.ready = [] { return true; };
  hooks.fine = [](StateView, std::span<const CalculusModel::Change>) { return true; };
  hooks.ended = [&](uint32_t state) {
    found.ended.push_back(state);
    return true;
  };
  hooks.finished = [&](uint32_t, const RuleCounts& rules) {
    for (size_t r = 0; r < rules.size(); ++r) found.rules[r] += rules[r];
  };
  if (!exploreBatched(model, limitsOf(setting), threads, hooks, found.graph, {64, 4, 8})) return std::nullopt;
  return found;
}

std::string difference(const Found& a, const Found& b) {
  if (a.graph.complete != b.graph.complete) return "complete";
  if (a.graph.states.size() != b.graph.states.size()) return "states";
  if (a.graph.transitions != b.graph.transitions) return "transitions";
  if (a.graph.depth != b.graph.depth) return "depth";
  if (a.graph.expanded != b.graph.expanded) return "expanded";
  if (a.rules != b.rules) return "rules";
  if (a.ended != b.ended) return "states that end";
  for (uint32_t s = 0; s < a.graph.states.size(); ++s) {
    if (a.graph.states[s] != b.graph.states[s]) return "state " + std::to_string(s);
    if (a.graph.parent[s] != b.graph.parent[s]) return "the parent of state " + std::to_string(s);
  }
  return "";
}

uint64_t compare(const std::string& text, const Setting& setting) {
  Arena one;
  const Program program = load(one, text, setting.mobility);
  const Found wanted = plain(one, program, setting);
  if (!wanted.graph.complete) return 0;
  for (const unsigned threads : {1U, 2U, 3U}) {
    Arena arena;
    const Program again = load(arena, text, setting.mobility);
    const std::optional<Found> found = batched(arena, again, setting, threads);
    REQUIRE_MESSAGE(found, text);
    const std::string differs = difference(wanted, *found);
    CHECK_MESSAGE(differs.empty(), threads << " threads: " << differs << "\n" << text);
  }
  return wanted.graph.states.size();
}

CheckReport report(const std::string& text, CheckOptions options, bool plain, unsigned threads,
                   const Mutant* mutant = nullptr) {
  Arena arena;
  TypeRules types = typeRules();
  WfRules wellFormed = wfRules();
  options.rules = rules(true, mutant == nullptr || mutant->recovery);
  if (mutant != nullptr) mutant->putInto(options.rules, types, wellFormed);
  const Program program = load(arena, text, options.mobility, types);
  options.wellFormed = &wellFormed;
  options.plain = plain;
  options.threads = threads;
  options.failures.among = program.among;
  return check(arena, program, options);
}

void compareReports(const std::string& text, const CheckOptions& options, const Mutant* mutant = nullptr) {
  const CheckReport wanted = report(text, options, true, 1, mutant);
  for (const unsigned threads : {1U, 2U}) {
    const CheckReport found = report(text, options, false, threads, mutant);
    CAPTURE(text);
    CHECK(found.complete == wanted.complete);
    CHECK(found.limit == wanted.limit);
    CHECK(found.states == wanted.states);
    CHECK(found.transitions == wanted.transitions);
    CHECK(found.finals == wanted.finals);
    CHECK(found.stuck == wanted.stuck);
    CHECK(found.lost == wanted.lost);
    CHECK(found.depth == wanted.depth);
    CHECK(found.rules == wanted.rules);
    REQUIRE(found.properties.size() == wanted.properties.size());
    for (size_t i = 0; i < wanted.properties.size(); ++i) {
      CHECK(found.properties[i].verdict == wanted.properties[i].verdict);
      CHECK(found.properties[i].message == wanted.properties[i].message);
      REQUIRE(found.properties[i].schedule.has_value() == wanted.properties[i].schedule.has_value());
      if (wanted.properties[i].schedule)
        CHECK(found.properties[i].schedule->text() == wanted.properties[i].schedule->text());
    }
  }
}

const char* const kTwoTypes = R"(host a, b, c
at a { val f = send(populate(b, 1)); await(f) }
at c { val f = send(populate(b, "x")); await(f) }
at b { val g = send(apply(populate(b, 1), spore { (x: Int) => populate(currentHost, "y") })); await(g) }
)";

}  // namespace

TEST_CASE("one thread, two and three find the graph of the plain search on the conformance programs") {
  uint64_t states = 0;
  std::ifstream cases(std::string(FUNPASS_SOURCE_DIR) + "/tests/conformance/cases.jsonl");
  for (std::string line; std::getline(cases, line);) {
    const boost::json::object expected = boost::json::parse(line).as_object();
    if (!expected.contains("states") || expected.contains("mobility")) continue;
    Setting setting;
    setting.recovery = false;
    states += compare(projectFile("tests/conformance/" + std::string(expected.at("file").as_string())), setting);
  }
  CHECK(states > 10'000);
}

TEST_CASE("and on random programs, with failures and without") {
  uint64_t states = 0;
  for (uint64_t n = 0; n < 60; ++n) {
    Random random(7000 + n);
    Kind kind;
    kind.respond = n % 5 == 0;
    Setting setting;
    setting.maxStates = 4'000;
    if (n % 3 == 0) setting.failures = {{1, n % 2 == 0 ? 1U : 0U, n % 4 == 0 ? 1U : 0U, 0}, {0, 1, 2}};
    states += compare(randomConcurrent(random, kind), setting);
  }
  CHECK(states > 10'000);
}

TEST_CASE("the report does not depend on the number of threads: limits, wrong rules, an identifier at two types") {
  const std::string program = projectFile("tests/conformance/p05_join.fp");
  for (const uint64_t most : {1U, 2U, 17U, 100U, 1000U, 5000U}) {
    CheckOptions options;
    options.limits.maxStates = most;
    compareReports(program, options);
  }
  for (const Mutant& mutant : mutants()) {
    CheckOptions options;
    options.failures.budget = mutant.failures;
    options.limits.maxStates = 3'000;
    compareReports(std::string(mutant.program), options, &mutant);
  }
  compareReports(kTwoTypes, {});
  // Two hosts that are well typed each by itself, and not together.
  const Mutant* reuses = mutantNamed("populate-reuses-index");
  REQUIRE(reuses != nullptr);
  const std::string clash = "host a, b, c\nat a { populate(b, 1); populate(c, \"x\") }\n";
  compareReports(clash, {}, reuses);
  CHECK(report(clash, {}, false, 2, reuses).properties.front().verdict == Verdict::Violated);
  compareReports("host a\nat a { val x = 9223372036854775807; val y = send(populate(a, 1)); await(y) + x }\n", {});
}

TEST_CASE("only the kinds of properties that are asked for are judged, and the counts stay") {
  CheckOptions options;
  const std::string program = projectFile("tests/conformance/p05_join.fp");
  const CheckReport all = report(program, options, false, 1);
  options.properties = {"progress"};
  const CheckReport one = report(program, options, false, 1);
  REQUIRE(one.properties.size() == 1);
  CHECK(one.properties.front().name == "progress");
  options.properties->clear();
  const CheckReport none = report(program, options, false, 1);
  CHECK(none.properties.empty());
  CHECK(none.states == all.states);
  CHECK(none.transitions == all.transitions);
  CHECK(none.finals == all.finals);
}
