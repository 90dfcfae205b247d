// Every reduction against the raw graph, on the conformance programs and on random ones.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <boost/json.hpp>

#include "checker/check.hpp"
#include "lang/raise.hpp"
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
    {"determinate", false, true},
    {"local,sends,quiet,names,answers,determinate", false, true},
    {"calm", false, true},
    {"local,sends,quiet,names,answers,calm", false, true},
    {"names,idle-crash", false, true},
    {"crash-calm", false, false},
    {"local,sends,quiet,names,answers,calm,crash-calm,idle-crash", false, false},
    {"local,sends,quiet,names,answers,determinate,calm,crash-calm,idle-crash", false, false},
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
    FAIL_CHECK(std::string(row.reductions) << ": " << differs << ", recovery " << setting.recovery << ", budget "
                                           << b.crashes << " " << b.restarts << " " << b.drops << " " << b.duplicates
                                           << " raw " << raw.states << " reduced " << reduced.states << "\n"
                                           << text);
  }
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
  return given == nullptr ? 40 : std::strtoull(given, nullptr, 10);
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
      const std::string text = projectFile(folder + std::string(expected.at("file").as_string()));
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
  SUBCASE("without apply") { compareRandom({false, false, true}, {}, 6'000'000); }
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
    SUBCASE("a crash, without apply") {
      compareRandom({false, false, true}, {budget(1, 0, 0, 0), recovery}, 19'000'000);
    }
    SUBCASE("everything") { compareRandom({}, {budget(1, 1, 1, 1, {1}), recovery}, 18'000'000); }
  }
}

// ---- tempting and wrong: programs that need a condition

namespace {

const std::string kDefault = "local,sends,quiet,names,answers,determinate,calm,crash-calm,idle-crash";

// Without mobility. Some runs get stuck: those in which h serves the request of `fs` before it has q's data.
const std::string kDeadlock = R"(host h, b
    at h {
      val r = populate(b, 5);
      val q = populate(h, 3);
      val y = await(send(apply(r, spore { c: SiloRef[Int] = r; (x: Int) => populate(currentHost, send(c)) })));
      val fs = send(apply(populate(h, 1),
        spore { y: Future[Int] = y; (x: Int) => populate(currentHost, x + await(y)) }));
      val k = await(send(q));
      send(r); await(fs) })";

// Does the reduction agree with the raw graph, and does it not without the condition?
void needs(Condition condition, const std::string& reductions, const std::string& text, const Setting& given = {}) {
  Setting setting = given;
  setting.maxStates = 100'000;
  Arena arena;
  const Program program = load(arena, text, setting.mobility);
  const GraphSummary raw = summary(arena, program, setting, {});
  REQUIRE(raw.complete);
  CHECK(difference(arena, raw, summary(arena, program, setting, named(reductions)), true) == "");
  CHECK(difference(arena, raw, summary(arena, program, setting, named(kDefault)), false) == "");
  CHECK(difference(arena, raw, summary(arena, program, setting, named(reductions), condition), true) != "");
}

}  // namespace

TEST_CASE("calm needs a program without respond") {
  needs(Condition::CalmClass, "local,sends,calm",
        "host a, b at a { val f = send(populate(b, 1)); respond(a, f, 42); await(f) }");
}

TEST_CASE("determinate needs a program without respond") {
  needs(Condition::CalmClass, "local,sends,determinate",
        "host a, b at a { val f = send(populate(b, 1)); respond(a, f, 42); await(f) }");
}

TEST_CASE("determinate needs that nothing is computed on demand: one request answers what the other has to compute") {
  Setting setting;
  setting.mobility = false;
  needs(Condition::OnDemand, "local,sends,determinate", kDeadlock, setting);
}

TEST_CASE("calm needs mobility: the deadlock of a request that is served in the wait for another") {
  Setting setting;
  setting.mobility = false;
  needs(Condition::CalmClass, "local,sends,calm", kDeadlock, setting);
}

TEST_CASE("quiet needs to know who may still send") {
  needs(Condition::QuietTarget, "local,sends,quiet", R"(host a, b, c
    at a { val r = populate(b, 1); val g = send(r); await(send(populate(c, 0))); respond(b, g, 99);
           await(send(apply(r, spore { (x: Int) => populate(currentHost, x) }))) })");
}

TEST_CASE("local leaves the step that notes a result while the host may crash") {
  needs(Condition::ResultKept, "local", "host a at a { 1 + 1 }", {budget(1, 0, 0, 0, {0})});
}

TEST_CASE("sends leaves those of a host that may crash") {
  needs(Condition::SendKept, "local,sends", "host a, b at a { populate(b, 1) }", {budget(1, 0, 0, 0, {0})});
}

TEST_CASE("sends leaves those to a host that may restart") {
  needs(Condition::SendKept, "local,sends", "host a, b at a { await(send(populate(b, 1))) }",
        {budget(1, 1, 0, 0, {1}), false});
}

TEST_CASE("crash-calm leaves what is for a host that may crash before its result") {
  needs(Condition::CrashPending, "local,sends,names,crash-calm",
        "host a, b at a { await(send(populate(b, 0))) } at b { await(send(populate(b, unit))) }",
        {budget(1, 0, 0, 0, {1})});
}

TEST_CASE("crash-calm may lose who waits, and nothing else") {
  Setting setting{budget(1, 0, 0, 0, {2})};
  setting.maxStates = 100'000;
  Arena arena;
  const Program program = load(arena, R"(host c, h, b
    at c { val r = populate(h, 1); val q = populate(b, 2);
           val s = apply(populate(h, 3), spore { q: SiloRef[Int] = q; (x: Int) =>
             populate(currentHost, x + await(send(q))) });
           val f = send(r); send(s); await(f) })");
  const GraphSummary raw = summary(arena, program, setting, {});
  REQUIRE(raw.complete);
  CHECK(raw.waiting == std::set<std::vector<uint32_t>>{{1}, {0, 1}});
  const GraphSummary safe = summary(arena, program, setting, named("local,sends,quiet,names,answers"));
  CHECK(difference(arena, raw, safe, true) == "");
  const GraphSummary reduced = summary(arena, program, setting, named(kDefault));
  CHECK(difference(arena, raw, reduced, false) == "");
  CHECK(reduced.waiting != raw.waiting);
}

TEST_CASE("local comes to an end where a host's own steps do not") {
  Setting setting;
  setting.mobility = false;
  Arena arena;
  const Program program = load(arena,
                               "host a, b at a { val f = send(populate(b, (x: Int) => x)); respond(a, f, (x: Int) => "
                               "await(f)(x)); await(f)(1) }",
                               false);
  // A crash can end what would go on for ever.
  for (const uint32_t crashes : {0U, 1U}) {
    CAPTURE(crashes);
    setting.failures = budget(crashes, 0, 0, 0, {0, 1});
    const GraphSummary raw = summary(arena, program, setting, {});
    REQUIRE(raw.complete);
    CHECK(raw.endless);
    for (const Row& row : kRows) {
      CAPTURE(row.reductions);
      CHECK(difference(arena, raw, summary(arena, program, setting, named(row.reductions)), row.who) == "");
    }
  }
}

TEST_CASE("docs/reductions.md has every reduction") {
  const std::string page = projectFile("docs/reductions.md");
  for (const ReductionInfo& info : allReductions()) {
    CAPTURE(info.name);
    CHECK(page.find("\n| `" + std::string(info.name) + "` | ") != std::string::npos);
  }
}

// ---- growth

namespace {

std::string fanout(int n, bool map) {
  std::string hosts = "host a";
  std::string block;
  std::string sum;
  for (int i = 1; i <= n; ++i) {
    const std::string k = std::to_string(i);
    hosts += ", b" + k;
    block += "val r" + k + " = populate(b" + k + ", " + k + "); ";
    if (map) block += "val s" + k + " = apply(r" + k + ", spore { (x: Int) => populate(currentHost, x * 10) }); ";
  }
  for (int i = 1; i <= n; ++i) {
    const std::string k = std::to_string(i);
    block += "val f" + k + " = send(" + (map ? "s" : "r") + k + "); ";
    sum += (i == 1 ? "await(f" : " + await(f") + k + ")";
  }
  return hosts + " at a { " + block + sum + " }";
}

std::string ring(int n) {
  std::string hosts;
  std::string blocks;
  for (int i = 0; i < n; ++i) {
    hosts += (i == 0 ? "host d" : ", d") + std::to_string(i);
    blocks += " at d" + std::to_string(i) + " { await(send(populate(d" + std::to_string((i + 1) % n) + ", " +
              std::to_string(i) + "))) }";
  }
  return hosts + blocks;
}

uint64_t statesOf(const std::string& text, const std::string& reductions) {
  Arena arena;
  const Program program = load(arena, text);
  const ReductionSet set = reductions == "default" ? defaultReductions({}) : named(reductions);
  const GraphSummary found = summary(arena, program, {}, set);
  CHECK(found.complete);
  return found.states;
}

}  // namespace

TEST_CASE("growth: how many states are stored") {
  const std::string ordered = "local,sends,quiet,names,answers";
  const std::string calm = ordered + ",calm";
  for (const int n : {1, 2, 3, 6, 20}) {
    CAPTURE(n);
    const auto k = static_cast<uint64_t>(n);
    CHECK(statesOf(fanout(n, false), "default") == 1);
    CHECK(statesOf(fanout(n, false), ordered) == 3 * k + 1);
    CHECK(statesOf(fanout(n, false), calm) == k + 1);
    CHECK(statesOf(fanout(n, true), ordered) == 6 * k + 1);
    CHECK(statesOf(fanout(n, true), "default") == 6 * k + 1);
    CHECK(statesOf(fanout(n, true), calm) == k + 1);
    if (n > 1) CHECK(statesOf(ring(n), calm) == k + 1);
    if (n > 1) CHECK(statesOf(ring(n), "default") == 1);
  }
  CHECK(statesOf(fanout(4, false), "local") == 1717);
  CHECK(statesOf(fanout(4, false), "local,sends") == 625);
  CHECK(statesOf(fanout(4, false), "local,sends,quiet") == 28);
  CHECK(statesOf(fanout(2, true), "local") == 3457);
  CHECK(statesOf(fanout(2, true), "local,sends") == 784);
  CHECK(statesOf(fanout(2, true), "local,sends,quiet") == 55);
  CHECK(statesOf(ring(3), "local") == 404);
  CHECK(statesOf(ring(3), "local,sends") == 197);
  CHECK(statesOf(ring(3), "local,sends,names") == 140);
  CHECK(statesOf(ring(3), "local,sends,quiet") == 192);
  CHECK(statesOf(ring(3), "local,sends,quiet,answers") == 154);
  CHECK(statesOf(ring(3), ordered) == 112);
  CHECK(statesOf(ring(4), ordered) == 446);
}

// ---- check: verdicts, schedules

namespace {

CheckReport checked(Arena& arena, const Program& program, const Setting& setting,
                    std::optional<ReductionSet> reductions) {
  CheckOptions options;
  options.rules = rules(true, setting.recovery);
  options.mobility = setting.mobility;
  options.failures = setting.failures;
  options.limits.maxStates = setting.maxStates;
  options.reductions = reductions;
  return check(arena, program, options);
}

// The end of a schedule of the calculus itself.
Configuration after(Arena& arena, const Program& program, const Setting& setting, const Schedule& schedule) {
  Semantics semantics(arena, rules(true, setting.recovery), setting.failures.among);
  Configuration c = program.initial;
  c.budget = setting.failures.budget;
  for (const Schedule::Repeat& repeat : schedule.repeats()) {
    for (uint64_t n = 0; n < repeat.times; ++n) {
      const std::vector<Step> steps = semantics.steps(c);
      REQUIRE(repeat.index < steps.size());
      apply(arena, steps[repeat.index], c);
    }
  }
  return c;
}

void compareVerdicts(const std::string& text, const Setting& setting) {
  Arena arena;
  Program program = load(arena, text, setting.mobility);
  if (!setting.recovery) {
    for (HostState& host : program.initial.hosts) host.asked = 0;
  }
  Check confluent;
  confluent.kind = Check::Kind::Confluent;
  program.checks.push_back(confluent);
  const CheckReport raw = checked(arena, program, setting, ReductionSet());
  if (!raw.complete) return;
  CAPTURE(text);
  const CheckReport reduced = checked(arena, program, setting, std::nullopt);
  CHECK(reduced.noResult == raw.noResult);
  REQUIRE(reduced.properties.size() == raw.properties.size());
  for (size_t i = 0; i < raw.properties.size(); ++i) {
    const PropertyReport& property = reduced.properties[i];
    CAPTURE(property.name);
    if (raw.properties[i].verdict == Verdict::Unknown) continue;  // its budget's raw graph is too large here
    CHECK(property.verdict == raw.properties[i].verdict);
    if (!property.schedule) continue;
    Setting its = setting;
    its.failures = property.failures;
    const Configuration last = after(arena, program, its, *property.schedule);
    if (property.name != "progress") continue;
    Semantics semantics(arena, rules(true, setting.recovery), setting.failures.among);
    const Standstill still = semantics.standstill(last, setting.failures.budget);
    CHECK((still == Standstill::Stuck || still == Standstill::Lost));
    for (const Step& step : semantics.steps(last)) CHECK(isFailure(step));
  }
  for (size_t h = 0; h < raw.results.size(); ++h) {
    CHECK(reduced.results[h].size() <= raw.results[h].size());
    CHECK(reduced.results[h].empty() == raw.results[h].empty());
    for (const ResultReport& result : reduced.results[h]) {
      const Configuration last = after(arena, program, setting, result.schedule);
      CHECK(isFinal(arena, last));
      CHECK(canonicalText(arena, last.hosts[h].result) == result.text);
      CHECK(std::any_of(raw.results[h].begin(), raw.results[h].end(),
                        [&](const ResultReport& other) { return other.text == result.text; }));
    }
  }
}

}  // namespace

TEST_CASE("check gives the same verdicts on the examples") {
  Setting setting;
  setting.maxStates = 50'000;
  // Larger: tour, wordcount/wordcount, deck/persons (tests/big). deck/2-from-text-file and lineage/load read a file
  // beside them.
  for (const std::string name :
       {"deck/1-populate", "deck/3-apply", "deck/4-send", "deck/5-owners", "deck/6-staged", "deck/7-labels",
        "deck/8-replicas", "lineage/save", "replicas/1-populate", "replicas/2-apply", "replicas/3-chain",
        "replicas/4-nested", "replicas/5-join", "replicas/6-two-drivers", "replicas/7-requester", "replicas/8-both",
        "replicas/9-amnesia", "replicas/10-current-host", "replicas/11-dropped-answer"}) {
    CAPTURE(name);
    compareVerdicts(projectFile("examples/" + name + ".fp"), setting);
  }
}

TEST_CASE("check gives the same verdicts, and its schedules are those of the calculus") {
  for (const std::string folder : {"tests/conformance/", "tests/conformance/failures/"}) {
    std::ifstream cases(std::string(FUNPASS_SOURCE_DIR) + "/" + folder + "cases.jsonl");
    for (std::string line; std::getline(cases, line);) {
      const boost::json::object expected = boost::json::parse(line).as_object();
      if (!expected.contains("states") || numberOf(expected, "states") > 4'000) continue;
      const std::string text = projectFile(folder + std::string(expected.at("file").as_string()));
      CAPTURE(line);
      Arena arena;
      const Program program = load(arena, text, flagOf(expected, "mobility"));
      compareVerdicts(text, settingOf(program, expected, arena));
    }
  }
  for (uint64_t n = 0; n < programs(); ++n) {
    Random random(21'000'000 + n);
    const Kind kind{n % 3 == 0, n % 4 == 0, n % 5 == 0};
    Setting setting{budget(static_cast<uint32_t>(n % 2), static_cast<uint32_t>(n % 8 == 5), 0,
                           static_cast<uint32_t>(n % 8 == 7), {0, 1, 2}),
                    n % 5 != 0, !kind.captured, 1'000};
    compareVerdicts(randomConcurrent(random, kind), setting);
  }
}
