// What a session shows: terms with their redex marked, hosts side by side, what changed; within the width and the
// lines.
#include "render/session.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "lang/random.hpp"
#include "render/session_file.hpp"
#include "tests/support/comparison.hpp"
#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::render;

namespace {

struct Bench {
  explicit Bench(const std::string& text, Budget budget = {}) : program(test::load(arena, text)) {
    program.initial.budget = budget;
    semantics.emplace(arena, rules(true), program.among);
    session = startSession(arena, program.initial);
  }

  Answer update(const std::string& line) {
    const ReadCommand read = readCommand(line, arena, session);
    REQUIRE_MESSAGE(read.command, read.problem);
    return funpass::update(*semantics, session, *read.command);
  }
  std::string operator()(const std::string& line, uint32_t width = 80, uint32_t rows = 0) {
    const Answer answer = update(line);
    return answer.problem.empty() ? answerText(*semantics, session, answer, {{width, false}, rows, "open{} p"})
                                  : answer.problem + "\n";
  }
  std::string marked(uint32_t width = 80) { return markedTerm(arena, session.here().configuration.hosts[0], width); }

  Arena arena;
  Program program;
  std::optional<Semantics> semantics;
  Session session;
};

uint32_t widest(const std::string& text) {
  uint32_t most = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    most = std::max(most, funpass::columnsOf(std::string_view(text).substr(at, end - at)));
    at = end + 1;
  }
  return most;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the redex is marked where it stands in its evaluation context") {
  CHECK(Bench("host a\nat a { 1 + 2 }\n").marked() == "«1 + 2»");
  CHECK(Bench("host a\nat a { (1 + 2) * 3 }\n").marked() == "«1 + 2» * 3");
  CHECK(Bench("host a\nat a { val x = 1 + 2; x * x }\n").marked() == "{ val x: Int = «1 + 2»; x * x }");
  CHECK(Bench("host a\nat a { [1, 2 + 3, 4 + 5] }\n").marked() == "[1, «2 + 3», 4 + 5]");
  CHECK(Bench("host a\nat a { 3 }\n").marked() == "3");
  CHECK(Bench("host a\nrecord P(x: Int, y: Int)\nat a { P(1, 2 * 3).y }\n").marked() == "P(1, «2 * 3»).y");
  CHECK(Bench("host a\nat a { spore { n = 1 + 1; (x: Int) => x + n } }\n").marked() ==
        "spore { n: Int = «1 + 1»; (x: Int) => x + n }");
}

TEST_CASE("what is far from the redex is left out first") {
  Bench bench("host a\nat a { val x = \"aaaaaaaaaaaaaaaaaaaa\" ++ \"bbbbbbbbbbbbbbbbbbbb\"; x ++ x ++ x ++ x ++ x }\n");
  CHECK(bench.marked(40) == "…ng = «\"aaaaaaaaaaaaaaa…bbbbbbb\"»; x ++…");
  for (uint32_t width = 10; width < 120; ++width) {
    CHECK(funpass::columnsOf(bench.marked(width)) <= width);
    CHECK(has(bench.marked(width), "«"));
    CHECK(has(bench.marked(width), "»"));
  }
}

TEST_CASE("deep contexts and wide ones cost no more than what is shown") {
  std::string deep = "1", wide;
  for (int i = 0; i < 400; ++i) deep = "(" + deep + ") + 1";
  for (int i = 0; i < 20000; ++i) wide += "7, ";
  Bench ofDeep("host a\nat a { " + deep + " }\n"), ofWide("host a\nat a { [" + wide + "1 + 2] }\n");
  CHECK(has(ofDeep.marked(40), "«1 + 1» + 1 + 1"));
  CHECK(funpass::columnsOf(ofDeep.marked(40)) <= 40);
  CHECK(has(ofWide.marked(40), "«1 + 2»"));
  CHECK(funpass::columnsOf(ofWide.marked(40)) <= 40);
}

TEST_CASE("terms in full") {
  Bench bench("host a, b\nat a { val r = populate(b, [1, 2, 3]); await(send(r)) }\n");
  CHECK(bench("term a") == "host a\n{ val r: SiloRef[List[Int]] = «populate(b, [1, 2, 3])»; await(send(r)) }\n");
  const std::string narrow = bench("term a", 30);
  CHECK(has(narrow, "« »"));
  CHECK(has(narrow, "where « » is\npopulate(b, [1, 2, 3])\n"));
  CHECK(bench("term b") == "host b\nunit\n");
}

TEST_CASE("hosts stand side by side where they fit, else one below the other") {
  Bench bench("host a, b\nat a { val r = populate(b, 42); await(send(r)) }\n");
  bench.update("step");
  const std::string beside = bench("show", 80), below = bench("show", 40);
  CHECK(has(beside, "│ b: done; can take 1"));
  CHECK(!has(below, "│"));
  CHECK(has(below, "\nb: done; can take 1\n t unit\n M m1 Res((a,0), 42)\n"));
}

TEST_CASE("what changed, and nothing else") {
  Bench bench("host a, b\nat a { val r = populate(b, 42); await(send(r)) }\n");
  bench.update("step");
  CHECK(bench("changed") ==
        "step 1, R-Populate at a\nredex   populate(b, 42)\nbecame  Ref(Mat((a,0)), b)\nb  M + Res((a,0), 42)\n");
  bench.update("1");
  CHECK(bench("changed") ==
        "step 2, R-Process-Val/P-Res at b\nredex   unit\nbecame  unit\ntook    Res((a,0), 42)\n"
        "b  σ + (a,0) -> 42\nb  M - Res((a,0), 42)\n");
  CHECK(bench("changed 2") == "nothing differs\n");
  CHECK(bench("changed 1") == "b  σ + (a,0) -> 42\nb  M - Res((a,0), 42)\n");
  // Of a term the part that differs.
  Bench part("host a\nat a { [1, 2 + 3, 4] }\n");
  part.update("step");
  CHECK(part("changed start") == "a  t - [1, 2 + 3, 4]\na  t + [1, 5, 4]\na  result + [1, 5, 4]\n");
  Bench sum("host a\nat a { ((1 + 2) + 3) + 4 }\n");
  sum.update("step");
  CHECK(sum("changed start") == "a  t - 1 + 2\na  t + 3\n");
}

TEST_CASE("the tree shows branches, bookmarks and where one is") {
  Bench bench("host a, b\nat a { val r = populate(b, 42); await(send(r)) }\n");
  bench.update("0");
  bench.update("0");
  bench.update("mark x");
  bench.update("back");
  bench.update("1");
  CHECK(bench("tree") ==
        "  0-1  1 step\n    2  0: R-Local/R-AppAbs [x]\n  > 3  1: R-Process-Val/P-Res\n"
        "4 configurations; `>` is where you are\n");
  CHECK(bench("schedule") == "0.1\nopen --schedule 0.1 p\n");
}

TEST_CASE("a session is saved and restored; of another program it is not") {
  Bench bench("host a, b\nat a { val r = populate(b, 42); await(send(r)) }\n");
  for (const char* line : {"0", "0", "mark x", "back", "1"}) bench.update(line);
  const std::string file = sessionFileText(*bench.semantics, bench.session, "open p", "0");
  RestoredSession restored = restoreSession(*bench.semantics, bench.program.initial, "open p", file);
  REQUIRE(restored.session);
  CHECK(restored.session->schedule() == bench.session.schedule());
  CHECK(restored.session->marks == bench.session.marks);
  CHECK(restored.session->tree.size() == bench.session.tree.size());
  Bench other("host a, b\nat a { val r = populate(b, 43); await(send(r)) }\n");
  restored = restoreSession(*other.semantics, other.program.initial, "open q", file);
  CHECK(!restored.session);
  CHECK(restored.help == "it was saved by `open p`, this is `open q`");
}

TEST_CASE("any state of any program is drawn within the width, and within the lines where there are enough") {
  CHECK(rc::check("screens hold", [](uint64_t seed) {
    Random random(seed);
    Bench bench(test::randomConcurrent(random, {}), {1, 1, 1, 1});
    for (int i = 0; i < 12; ++i) {
      const std::string line = random.below(2) == 0 ? "run 3" : "step " + std::to_string(random.below(3));
      const ReadCommand read = readCommand(line, bench.arena, bench.session);
      const Answer answer = funpass::update(*bench.semantics, bench.session, *read.command);
      if (!answer.problem.empty()) continue;
      const uint32_t width = 20 + random.below(120);
      RC_ASSERT(widest(answerText(*bench.semantics, bench.session, answer, {{width, false}, 0, ""})) <= width);
      if (stateName(*bench.semantics, bench.session) != "steps") continue;
      const std::string screen = answerText(*bench.semantics, bench.session, answer, {{80, false}, 24, ""});
      RC_ASSERT(std::count(screen.begin(), screen.end(), '\n') < 24);
      for (const HostState& host : bench.session.here().configuration.hosts) {
        if (host.crashed()) continue;
        const std::string term = markedTerm(bench.arena, host, width);
        RC_ASSERT(funpass::columnsOf(term) <= width);
        RC_ASSERT(has(term, "«") != isValue(bench.arena, host));
        RC_ASSERT(has(wholeTerm(bench.arena, host, width), "«") != isValue(bench.arena, host));
      }
      RC_ASSERT(!answerJson(*bench.semantics, bench.session, answer, {}).empty());
    }
  }));
}
