// Every reduction against the raw graph, on the conformance programs and on random ones.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <boost/json.hpp>

#include "tests/support/comparison.hpp"
#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::test;

namespace {

struct Row {
  const char* reductions;
  bool sameCounts;  // of final and stuck configurations, without failures
  bool who;         // keeps who waits
};

// Each reduction added in turn, and some by themselves.
const std::vector<Row> kRows = {
    {"local", true, true},
    {"local,sends", true, true},
    {"local,sends,quiet", true, true},
    {"values", false, true},
    {"names", false, true},
    {"answers", false, true},
    {"local,sends,names", false, true},
    {"local,sends,quiet,answers", false, true},
    {"local,sends,quiet,names,answers", false, true},
    {"calm", false, true},
    {"local,sends,quiet,names,answers,calm", false, true},
    {"names,idle-crash", false, true},
    {"crash-calm", false, false},
    {"local,sends,quiet,names,answers,calm,crash-calm,idle-crash", false, false},
};

ReductionSet named(const std::string& names) {
  std::string unknown;
  const auto set = parseReductions(names, unknown);
  REQUIRE_MESSAGE(set.has_value(), unknown);
  return *set;
}

struct Tally {
  int compared = 0;
  uint64_t raw = 0, reduced = 0;
};

void compare(const std::string& text, const Setting& setting, Tally& tally) {
  Arena arena;
  const Program program = load(arena, text, setting.mobility);
  const GraphSummary raw = summary(arena, program, setting, {});
  if (!raw.complete) return;
  ++tally.compared;
  tally.raw += raw.states;
  const bool failures = setting.failures.budget != Budget{};
  for (const Row& row : kRows) {
    const GraphSummary reduced = summary(arena, program, setting, named(row.reductions));
    tally.reduced += reduced.states;
    // Whether a configuration without data is lost or a bug depends on a failure that `idle-crash` may leave out.
    std::string differs = difference(arena, raw, reduced, row.who);
    if (row.sameCounts && !failures && (raw.finals != reduced.finals || raw.stuck != reduced.stuck)) differs = "counts";
    if (differs.empty()) continue;
    const Budget& b = setting.failures.budget;
    FAIL_CHECK(std::string(row.reductions) << ": " << differs << ", recovery " << setting.recovery << ", budget " << b.crashes << " "
                              << b.restarts << " " << b.drops << " " << b.duplicates << " raw " << raw.states
                              << " reduced " << reduced.states << "\n"
                              << text);
  }
}

std::string contents(const std::string& path) {
  std::ifstream file(std::string(FUNPASS_SOURCE_DIR) + "/" + path);
  REQUIRE_MESSAGE(file.good(), path);
  return {std::istreambuf_iterator<char>(file), {}};
}

uint64_t numberOf(const boost::json::object& expected, const char* name) {
  const auto found = expected.find(name);
  return found == expected.end() ? 0 : found->value().to_number<uint64_t>();
}

bool flagOf(const boost::json::object& expected, const char* name) {
  const auto found = expected.find(name);
  return found == expected.end() || found->value().as_bool();
}

Setting settingOf(const Program& program, const boost::json::object& expected, const Arena& arena) {
  Setting setting;
  setting.mobility = flagOf(expected, "mobility");
  setting.recovery = flagOf(expected, "recovery");
  Budget& budget = setting.failures.budget;
  budget.crashes = static_cast<uint32_t>(numberOf(expected, "crashes"));
  budget.restarts = static_cast<uint32_t>(numberOf(expected, "restarts"));
  budget.drops = static_cast<uint32_t>(numberOf(expected, "drops"));
  budget.duplicates = static_cast<uint32_t>(numberOf(expected, "duplicates"));
  setting.failures.among = program.among;
  const auto among = expected.find("among");
  if (among == expected.end()) return setting;
  setting.failures.among.clear();
  for (uint32_t h = 0; h < arena.hosts().size(); ++h) {
    for (const auto& name : among->value().as_array()) {
      if (name.as_string() == arena.hosts()[h]) setting.failures.among.push_back(h);
    }
  }
  return setting;
}

// FUNPASS_PROGRAMS=N in the environment: how many random programs of each kind.
uint64_t programs() {
  const char* given = std::getenv("FUNPASS_PROGRAMS");
  return given == nullptr ? 60 : std::strtoull(given, nullptr, 10);
}

FailureBudget budget(uint32_t crashes, uint32_t restarts, uint32_t drops, uint32_t duplicates,
                     std::vector<uint32_t> among = {0, 1, 2}) {
  return {{crashes, restarts, drops, duplicates}, std::move(among)};
}

void compareRandom(const Kind& kind, Setting setting, uint64_t seed) {
  setting.maxStates = 2'000;
  setting.mobility = !kind.captured;
  Tally tally;
  for (uint64_t n = 0; n < programs(); ++n) {
    Random random(seed + n);
    compare(randomConcurrent(random, kind), setting, tally);
  }
  MESSAGE(tally.compared << " programs, " << tally.raw << " raw states, " << tally.reduced << " of " << kRows.size()
                         << " reductions");
  CHECK(tally.compared > 0);
}

}  // namespace

TEST_CASE("reductions keep what the raw graph says of the conformance programs") {
  Tally tally;
  for (const std::string folder : {"tests/conformance/", "tests/conformance/failures/"}) {
    std::ifstream cases(std::string(FUNPASS_SOURCE_DIR) + "/" + folder + "cases.jsonl");
    for (std::string line; std::getline(cases, line);) {
      const boost::json::object expected = boost::json::parse(line).as_object();
      if (!expected.contains("states") || numberOf(expected, "states") > 4'000) continue;
      const std::string text = contents(folder + std::string(expected.at("file").as_string()));
      CAPTURE(line);
      Arena arena;
      const Program program = load(arena, text, flagOf(expected, "mobility"));
      compare(text, settingOf(program, expected, arena), tally);
    }
  }
  CHECK(tally.compared > 60);
}

TEST_CASE("reductions keep what the raw graph says of random programs") {
  SUBCASE("mobile, without respond") { compareRandom({}, {}, 1'000'000); }
  SUBCASE("the same without recovery") { compareRandom({}, {{}, false}, 2'000'000); }
  SUBCASE("with respond") { compareRandom({true, false}, {}, 3'000'000); }
  SUBCASE("captured futures") { compareRandom({false, true}, {}, 4'000'000); }
  SUBCASE("captured futures and respond") { compareRandom({true, true}, {}, 5'000'000); }
}

TEST_CASE("reductions keep what the raw graph says of random programs that fail") {
  for (const bool recovery : {true, false}) {
    CAPTURE(recovery);
    SUBCASE("a crash") { compareRandom({}, {budget(1, 0, 0, 0), recovery}, 11'000'000); }
    SUBCASE("a crash of b") { compareRandom({}, {budget(1, 0, 0, 0, {1}), recovery}, 12'000'000); }
    SUBCASE("a crash and a restart") { compareRandom({}, {budget(1, 1, 0, 0, {1, 2}), recovery}, 13'000'000); }
    SUBCASE("a loss") { compareRandom({}, {budget(0, 0, 1, 0), recovery}, 14'000'000); }
    SUBCASE("a duplicate") { compareRandom({}, {budget(0, 0, 0, 1), recovery}, 15'000'000); }
    SUBCASE("a crash, with respond") { compareRandom({true, false}, {budget(1, 0, 0, 0), recovery}, 16'000'000); }
    SUBCASE("a crash, captured futures") { compareRandom({false, true}, {budget(1, 0, 0, 0), recovery}, 17'000'000); }
    SUBCASE("everything") { compareRandom({}, {budget(1, 1, 1, 1, {1}), recovery}, 18'000'000); }
  }
}
