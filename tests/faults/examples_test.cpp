// Programs whose minimal breaking sets are known, most of them where a shortcut would miss one.
#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include "checker/fault_space.hpp"
#include "tests/faults/support.hpp"

using namespace funpass;
using namespace funpass::test;

namespace {

constexpr const char* kReplicas4 = R"(host a, r1, r2, r3, r4
at a { val r = populate([r1, r2, r3, r4], 42); await(send(r)) }
)";

FaultReport found(const FaultCase& one, uint64_t maxStates = 1'000'000) {
  FaultProgram made = prepare(one);
  made.options.maxStates = maxStates;
  return faults(*made.arena, made.program, made.options);
}

FaultCase given(const char* text, Budget budget, std::vector<std::string> among = {}) {
  FaultCase one;
  one.name = "example";
  one.text = text;
  one.budget = budget;
  one.among = std::move(among);
  return one;
}

BreakingSets sets(const FaultCase& one) {
  const FaultReport report = found(one);
  CHECK(report.complete);
  BreakingSets out = breakingSets(report);
  const FaultTruth truth = faultTruth(one, 500'000);
  CHECK(truth.complete);
  CHECK(out == truth.broken);
  return out;
}

std::vector<uint64_t> statesOf(const FaultReport& report) {
  std::vector<uint64_t> out;
  for (const FaultScenario& scenario : report.scenarios) out.push_back(scenario.states);
  return out;
}

std::string restsOf(const FaultReport& report, size_t scenario) {
  std::string out;
  for (const FaultScenario::Rest& rest : report.scenarios[scenario].rests)
    out += (out.empty() ? "" : ", ") + report.names[rest.element];
  return out;
}

}  // namespace

TEST_CASE("four replicas: five of sixteen scenarios") {
  const FaultCase one = given(kReplicas4, {4, 0, 0, 0}, {"r1", "r2", "r3", "r4"});
  const FaultReport report = found(one);
  CHECK(breakingSets(report) == BreakingSets{{"crash r1", "crash r2", "crash r3", "crash r4"}});
  CHECK(report.possible == 16);
  CHECK(report.excluded == 11);
  REQUIRE(report.scenarios.size() == 5);
  std::vector<uint64_t> states = statesOf(report);
  states.pop_back();  // the first state that breaks depends on the order of the search
  CHECK(states == std::vector<uint64_t>{113, 192, 178, 130});
  for (size_t i = 0; i < 4; ++i) CHECK(restsOf(report, i) == "crash r" + std::to_string(i + 1));
  CHECK(report.quickRuns == 2);
  CHECK(report.quickStates == 21);
  REQUIRE(report.witnesses.size() == 1);
  CHECK(report.witnesses.front().set == report.scenarios.back().set);
  CHECK(report.scenarios.back().run->schedule.size() == 7);
  CHECK(faultTruth(one, 100'000).states == 1271);
}

TEST_CASE("three of four replicas may crash: none, four of fifteen scenarios") {
  const FaultReport report = found(given(kReplicas4, {3, 0, 0, 0}, {"r1", "r2", "r3", "r4"}));
  CHECK(report.broken.empty());
  CHECK(report.complete);
  CHECK(report.scenarios.size() == 4);
  CHECK(report.possible == 15);
  CHECK(report.excluded == 11);
  CHECK(report.states == 613);
  REQUIRE(report.notTried.size() == 11);
  for (const FaultExcluded& excluded : report.notTried) CHECK(excluded.clause.has_value());
}

TEST_CASE("six replicas, and a derived silo on four") {
  const auto holding = [](const FaultReport& report) {
    uint64_t sum = 0;
    for (const FaultScenario& scenario : report.scenarios)
      sum += scenario.outcome == FaultOutcome::Holds ? scenario.states : 0;
    return sum;
  };
  FaultCase one = given(R"(host a, r1, r2, r3, r4, r5, r6
at a { val r = populate([r1, r2, r3, r4, r5, r6], 42); await(send(r)) }
)",
                        {6, 0, 0, 0}, {"r1", "r2", "r3", "r4", "r5", "r6"});
  FaultReport report = found(one);
  CHECK(report.scenarios.size() == 7);
  CHECK(report.possible == 64);
  CHECK(holding(report) == 3003);
  CHECK(faultTruth(one, 100'000).states == 11'926);
  one = given(R"(host a, r1, r2, r3, r4
at a {
  val r = populate([r1, r2, r3, r4], 42);
  val s = apply(r, spore { (x: Int) => populate(currentHost, x + 1) });
  await(send(s))
}
)",
              {4, 0, 0, 0}, {"r1", "r2", "r3", "r4"});
  report = found(one);
  CHECK(report.scenarios.size() == 5);
  CHECK(holding(report) == 12'963);
  CHECK(faultTruth(one, 100'000).states == 20'762);
}

TEST_CASE("two items that share a host: five of seven scenarios") {
  const FaultCase one = given(R"(host a, b, c, d
at a { val p = populate([b, c], 1); val q = populate([c, d], 2); await(send(p)) + await(send(q)) }
)",
                              {2, 0, 0, 0}, {"b", "c", "d"});
  CHECK(sets(one) == BreakingSets{{"crash b", "crash c"}, {"crash c", "crash d"}});
  const FaultReport report = found(one);
  CHECK(report.scenarios.size() == 5);
  CHECK(report.possible == 7);
  CHECK(restsOf(report, 0) == "crash b, crash c");
}

TEST_CASE("a scenario that holds says nothing of others: not what one run with an early crash rests on") {
  const FaultCase one = given("host a, b\nat a { await(send(populate(b, 1))) }\n", {1, 0, 0, 0});
  CHECK(sets(one) == BreakingSets{{"crash b"}});
}

TEST_CASE("both crash and nobody waits: what may fail need not") {
  const FaultCase one = given("host a, b\nat a { await(send(populate(b, 1))) }\n", {2, 0, 0, 0});
  CHECK(sets(one) == BreakingSets{{"crash b"}});
}

TEST_CASE("an item that exists only after a failure: supersets of cuts are candidates as well") {
  const FaultCase one = given(R"(host a, b
at a { val r = populate([a, b], 1); await(send(apply(r, spore { (x: Int) => populate(a, x + 1) }))) }
)",
                              {1, 0, 1, 0});
  const BreakingSets all = sets(one);
  CHECK(all.count({"crash a", "drop a <- Res((a,0))"}) == 1);
  CHECK(all.count({"crash b", "drop a <- Res((a,0))"}) == 1);
  CHECK(all.count({"drop a <- Res((a, a(a,1).0))"}) == 1);
  CHECK(all.size() == 3);
}

TEST_CASE("without recovery the other replica does not help") {
  FaultCase one = given("host a, r1, r2\nat a { await(send(populate([r1, r2], 1))) }\n", {2, 0, 0, 0}, {"r1", "r2"});
  CHECK(sets(one) == BreakingSets{{"crash r1", "crash r2"}});
  one.recovery = false;
  CHECK(sets(one) == BreakingSets{{"crash r1"}});
}

TEST_CASE("a failure that matters at one time only, neither from the start nor at the first chance") {
  const FaultCase one = given(R"(host a, r1, r2
at a {
  val r = populate([r1, r2], 1);
  val q = await(send(apply(r, spore { (x: Int) => populate(currentHost, populate(currentHost, x)) })));
  await(send(q))
}
)",
                              {1, 0, 0, 0}, {"r1", "r2"});
  CHECK(sets(one) == BreakingSets{{"crash r1"}});
}

TEST_CASE("identifiers mean the same whoever asks first") {
  const FaultCase one = given(R"(host a, b, s
at a { await(send(apply(populate(s, 1), spore { (x: Int) => populate(currentHost, x + 1) }))) }
at b { await(send(apply(populate(s, 2), spore { (x: Int) => populate(currentHost, x + 2) }))) }
)",
                              {0, 0, 1, 0}, {"s"});
  CHECK(sets(one) == BreakingSets{{"drop s <- Res((a,0))"},
                                  {"drop s <- Res((b,0))"},
                                  {"drop s <- Res((s, a(a,1).0))"},
                                  {"drop s <- Res((s, b(b,1).0))"}});
}

TEST_CASE("a copy that is asked for only after a crash") {
  const FaultCase one = given("host a, r1, r2\nat a { send(populate([r1, r2], 4)); 7 }\n", {1, 0, 1, 0}, {"r1", "r2"});
  CHECK(sets(one).count({"crash r1", "drop r2 <- Res((a,0))"}) == 1);
}

TEST_CASE("the failure suite's programs") {
  const auto all = suiteCases();
  const auto suite = [&](const std::string& file) {
    const auto it = std::find_if(all.begin(), all.end(), [&](const FaultCase& one) { return one.name == file; });
    REQUIRE(it != all.end());
    FaultCase one = *it;
    one.among.clear();
    one.results = false;
    one.recovery = true;
    return one;
  };
  FaultCase one = suite("f12_silo_of_ref.fp");
  one.budget = {1, 0, 0, 0};
  CHECK(breakingSets(found(one)) == BreakingSets{{"crash r1"}});
  one = suite("f07_drop.fp");
  one.budget = {0, 0, 1, 0};
  CHECK(sets(one) == BreakingSets{{"drop r1 <- Res((a,0))"}});
  one.recovery = false;
  CHECK(sets(one).size() == 3);
  one = suite("f08_drop_replicas.fp");
  one.budget = {0, 0, 2, 0};
  CHECK(sets(one) == BreakingSets{{"drop r1 <- Res((a,0))", "drop r2 <- Res((a,0))"}});
  one = suite("f13_current_host.fp");
  one.budget = {1, 0, 0, 0};
  one.results = true;
  CHECK(sets(one) == BreakingSets{{"crash r1"}});
  one.results = false;
  CHECK(sets(one).empty());
  one = suite("f15_captured_future.fp");
  one.budget = {1, 0, 0, 0};
  one.mobility = false;
  const FaultReport report = found(one);
  CHECK(breakingSets(report) == BreakingSets{{}});
  CHECK(report.scenarios.size() == 1);
}

TEST_CASE("a limit is said, with the sizes that are done") {
  const FaultReport report = found(given(kReplicas4, {4, 0, 0, 0}, {"r1", "r2", "r3", "r4"}), 300);
  CHECK_FALSE(report.complete);
  CHECK(report.limit == "states");
  CHECK(report.sizes == 1);  // the runs without failures are
  CHECK(report.broken.empty());
  CHECK(report.witnesses.size() == 1);
  CHECK(report.scenarios.back().outcome == FaultOutcome::Unfinished);
}

TEST_CASE("a search that is told to stop stops") {
  FaultProgram made = prepare(given(kReplicas4, {4, 0, 0, 0}));
  made.options.tick = [](const FaultProgress&) { return false; };
  const FaultReport report = faults(*made.arena, made.program, made.options);
  CHECK(report.limit == "interrupted");
  CHECK_FALSE(report.complete);
}

TEST_CASE("what hits every clause, smallest first") {
  FaultProgram made = prepare(given(kReplicas4, {2, 0, 0, 0}, {"r1", "r2", "r3", "r4"}));
  const FaultSpace space(*made.arena, made.program, made.options);
  using Clauses = std::vector<FaultSet>;
  CHECK(smallestCandidate(space, Clauses{{0, 1}, {1, 2}}, {}, 0) == FaultSet{1});
  CHECK(smallestCandidate(space, Clauses{{0, 1}, {1, 2}}, {{1}}, 0) == FaultSet{0, 2});
  CHECK(smallestCandidate(space, Clauses{{0}, {1}, {2}}, {}, 0) == std::nullopt);  // three crashes
  CHECK(smallestCandidate(space, Clauses{{}}, {}, 0) == std::nullopt);             // nothing hits it
  CHECK(smallestCandidate(space, {}, {{}}, 0) == std::nullopt);
}

TEST_CASE("identifiers by origin: a renaming of the raw graph's") {
  FaultProgram made = prepare(given(kReplicas4, {0, 0, 0, 0}));
  OriginNumbering numbering;
  HostState host;
  host.next = numbering.start(3);
  const Fresh first = numbering.fresh(*made.arena, host);
  CHECK(first.index == 3);
  CHECK(numbering.text(*made.arena, 0, first.index) == "(a,3)");
  const Handle ident = made.arena->ident(0, first.index, made.arena->make(Tag::TInt));
  host.next = first.next;
  host.context = made.arena->make(frameTag(Tag::Respond, 2), 0, ident);
  const Fresh second = numbering.fresh(*made.arena, host);
  CHECK(numbering.text(*made.arena, 1, second.index) == "(r1, a(a,3).0)");
  host.next = second.next;
  CHECK(numbering.text(*made.arena, 1, numbering.fresh(*made.arena, host).index) == "(r1, a(a,3).1)");
  host.context = 0;
  CHECK(numbering.fresh(*made.arena, host).index == 4);
}
