// Stepping sessions: every command, and that no sequence of commands leaves a session that does not hold together.
#include "checker/session.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <set>

#include "lang/random.hpp"

#include "tests/support/comparison.hpp"
#include "tests/support/support.hpp"

using namespace funpass;

namespace {

constexpr const char* kSend = "host a, b\nat a { val r = populate(b, 42); await(send(r)) }\n";

// A program with a session at its start.
struct Bench {
  explicit Bench(const std::string& text, Budget budget = {}) : program(test::load(arena, text)) {
    program.initial.budget = budget;
    semantics.emplace(arena, rules(true), program.among);
    session = startSession(arena, program.initial);
  }

  Answer operator()(const std::string& line, const SessionLimits& limits = {}) {
    const ReadCommand read = readCommand(line, arena, session);
    if (read.command) return update(*semantics, session, *read.command, limits);
    Answer answer;
    answer.problem = read.problem.empty() ? "nothing" : read.problem;
    answer.help = read.help;
    return answer;
  }
  std::string schedule() const { return session.schedule().text(); }

  Arena arena;
  Program program;
  std::optional<Semantics> semantics;
  Session session;
};

// What holds of every session; says what does not.
std::string inconsistency(Bench& bench) {
  const Session& session = bench.session;
  if (session.cursor >= session.tree.size()) return "the cursor is nowhere";
  for (const auto& mark : session.marks)
    if (mark.second >= session.tree.size()) return "a bookmark is nowhere";
  for (uint32_t node = 0; node < session.tree.size(); ++node) {
    const Visit& visit = session.tree[node];
    if (visit.ahead != 0 && std::count(visit.children.begin(), visit.children.end(), visit.ahead) != 1)
      return "what lies ahead is no child";
    std::set<uint32_t> indices;
    for (const uint32_t child : visit.children) {
      if (session.tree[child].parent != node || child <= node) return "a child of another";
      if (!indices.insert(session.tree[child].index).second) return "a step is there twice";
    }
    // The numbered messages are those of the configuration.
    for (uint32_t host = 0; host < visit.configuration.hosts.size(); ++host) {
      for (const Pending& pending : messages(bench.arena, visit.configuration.hosts[host].inbox)) {
        const auto same = std::count_if(visit.messages.begin(), visit.messages.end(), [&](const InFlight& flying) {
          return flying.host == host && flying.message == pending.message;
        });
        if (same != pending.count) return "another number of messages";
      }
    }
    size_t pending = 0;
    for (const HostState& host : visit.configuration.hosts)
      for (const Pending& one : messages(bench.arena, host.inbox)) pending += one.count;
    if (pending != visit.messages.size()) return "messages that are not there";
    if (node == 0) continue;
    const Visit& parent = session.tree[visit.parent];
    if (visit.depth != parent.depth + 1) return "depth";
    const std::vector<Step> steps = bench.semantics->steps(parent.configuration);
    if (visit.index >= steps.size()) return "a step that is not there";
    Configuration after = parent.configuration;
    apply(bench.arena, steps[visit.index], after);
    if (!(after == visit.configuration)) return "the step leads elsewhere";
  }
  Session again = startSession(bench.arena, bench.program.initial);
  if (!follow(*bench.semantics, again, session.schedule()).problem.empty()) return "the schedule cannot be followed";
  if (!(again.here().configuration == session.here().configuration)) return "the schedule leads elsewhere";
  if (again.here().numbered != session.here().numbered) return "messages are numbered otherwise";
  return {};
}

}  // namespace

TEST_CASE("commands are read by name, short form and beginning, with what they need") {
  Bench bench(kSend, {1, 0, 0, 0});
  const auto act = [&](const std::string& line) {
    const ReadCommand read = readCommand(line, bench.arena, bench.session);
    return read.command ? std::string(row(read.command->act).name) : read.problem + "; " + read.help;
  };
  CHECK(act("step 0") == "step");
  CHECK(act("s") == "step");
  CHECK(act("  17 # of them") == "step");
  CHECK(act("ch") == "changed");
  CHECK(act("cho") == "choices");
  CHECK(act("run rule R-Send") == "run");
  CHECK(act("run ru R-Send") == "run");
  CHECK(act("re") == "`restart` needs more than that; usage: restart H");
  CHECK(act("d") == "`deliver` needs more than that; usage: deliver M");
  CHECK(act("de") == "`de` could be deliver and derive; ");
  CHECK(act("stpe") == "there is no command `stpe`; did you mean `step`?");
  CHECK(act("step 1 2") == "one word too many: `2`; usage: step [N]");
  CHECK(act("step -1") == "`-1` is not a number from 0 on; ");
  CHECK(act("step 99999999999999999999") == "`99999999999999999999` is not a number from 0 on; ");
  CHECK(act("deliver m") == "`m` is not a message's number, such as m1; ");
  CHECK(act("show c") == "there is no host `c`; the hosts are a and b");
  CHECK(act("run host") == "`run` needs more than that; usage: run [N | choice | rule R | host H | message | end]");
  CHECK(act("why R-Sned") == "there is no rule `R-Sned`; did you mean `R-Send`?");
  CHECK(act("why T-Send") == "T-Send is no rule of reduction; ");
  CHECK(act("mark start") == "a bookmark cannot be called `start`; that names a configuration already");
  CHECK(act("jump 1") == "no configuration has the number 1; `tree` shows those that were visited");
  CHECK(act("run -3") == "`-3` is not a number up to 18446744073709551615; ");
  CHECK(act("run 99999999999999999999") == "`99999999999999999999` is not a number up to 18446744073709551615; ");
  CHECK(act("run -x").substr(0, 26) == "nobody runs until `-x`; it");
  CHECK(act("save 'a b'") == "save");
  CHECK(act("save 'a b' # of it") == "save");
  CHECK(act("save \"a # b") == "there is no second \"; ");
  CHECK(act("save a b") == "one word too many: `b`; usage: save FILE");
  const ReadCommand quoted = readCommand("save \"it's # 1\" # here", bench.arena, bench.session);
  REQUIRE(quoted.command);
  CHECK(quoted.command->word == "it's # 1");
  CHECK(quoted.command->text == "save \"it's # 1\"");
  CHECK(act("'' a") == "a word is empty; ");
  CHECK(act("run \"\"") == "a word is empty; ");
  CHECK(act(" # nothing") == "; ");
  CHECK(act("") == "; ");
}

TEST_CASE("every command has another name and short form, and completions lead to commands") {
  Bench bench(kSend);
  std::set<std::string_view> names;
  for (const CommandRow& entry : commandTable()) {
    CHECK(&row(entry.act) == &entry);
    CHECK(names.insert(entry.name).second);
    if (!entry.brief.empty() && entry.brief != entry.name) CHECK(names.insert(entry.brief).second);
    CHECK(completions(std::string(entry.name), bench.arena, bench.session).front() == entry.name);
  }
  CHECK(completions("ru", bench.arena, bench.session) == std::vector<std::string>{"run"});
  CHECK(completions("run ", bench.arena, bench.session).size() == 5);
  CHECK(completions("run host ", bench.arena, bench.session) == std::vector<std::string>{"a", "b"});
  CHECK(completions("why R-Aw", bench.arena, bench.session) == std::vector<std::string>{"R-Await"});
  CHECK(completions("why R-Await ", bench.arena, bench.session) == std::vector<std::string>{"a", "b"});
  CHECK(completions("view ", bench.arena, bench.session) == std::vector<std::string>{"a", "all", "b", "none"});
  CHECK(completions("jump ", bench.arena, bench.session) == std::vector<std::string>{"start"});
  CHECK(completions("deliver ", bench.arena, bench.session).empty());
  bench("step");
  bench("mark here");
  CHECK(completions("jump h", bench.arena, bench.session) == std::vector<std::string>{"here"});
  CHECK(completions("deliver ", bench.arena, bench.session) == std::vector<std::string>{"m1"});
  CHECK(completions("step 1 ", bench.arena, bench.session).empty());
  CHECK(completions("nonsense ", bench.arena, bench.session).empty());
}

TEST_CASE("step takes a choice, and the only one if none is named") {
  Bench bench(kSend);
  CHECK(bench("step").taken == 1);
  CHECK(bench.session.cursor == 1);
  CHECK(bench("step").problem == "there are 2 steps: say which");
  CHECK(bench("7").problem == "there is no step 7: the configuration has 2 steps");
  CHECK(bench.session.cursor == 1);
  CHECK(bench("1").problem.empty());
  CHECK(bench.schedule() == "0.1");
  CHECK(bench("run").halt == Halt::End);
  CHECK(bench("step").problem == "there is no step to take");
}

TEST_CASE("back, forward and jump move in the tree; a step that was taken before makes no new branch") {
  Bench bench(kSend);
  bench("0");
  bench("1");
  CHECK(bench("back").problem.empty());
  CHECK(bench.session.cursor == 1);
  bench("0");
  CHECK(bench.session.cursor == 3);
  CHECK(bench.session.tree.size() == 4);
  bench("back");
  bench("1");
  CHECK(bench.session.cursor == 2);
  CHECK(bench.session.tree.size() == 4);
  CHECK(bench("back 3").problem == "the start is 2 steps back");
  CHECK(bench("back 2").problem.empty());
  CHECK(bench("forward 2").problem.empty());
  CHECK(bench.session.cursor == 2);
  CHECK(bench("forward").problem == "you have not been further than here");
  CHECK(bench("mark x").problem.empty());
  CHECK(bench("jump 3").problem.empty());
  bench("back 2");
  bench("forward 2");
  CHECK(bench.session.cursor == 3);  // the branch that was jumped to is what lies ahead
  CHECK(bench("jump x").problem.empty());
  CHECK(bench.session.cursor == 2);
  CHECK(bench("jump start").problem.empty());
  CHECK(bench.session.cursor == 0);
}

TEST_CASE("run stops where it was told to") {
  Bench bench(kSend);
  CHECK(bench("run choice").halt == Halt::Choice);
  CHECK(bench.schedule() == "0");
  CHECK(bench("run choice").taken == 0);
  CHECK(bench("run host b").halt == Halt::Host);
  CHECK(bench.session.here().step->host == 1);
  Answer answer = bench("run rule R-Send");
  CHECK(answer.halt == Halt::Rule);
  CHECK(bench.session.here().step->rule == Rule::RSend);
  CHECK(bench("run message").halt == Halt::Message);
  CHECK(bench.session.here().step->taken != 0);
  CHECK(bench("run rule P-Mat").halt == Halt::End);
  CHECK(isFinal(bench.arena, bench.session.here().configuration));
  bench("jump start");
  answer = bench("run 3");
  CHECK(answer.taken == 3);
  CHECK(answer.halt == Halt::Done);
  CHECK(bench("run 0").taken == 0);
}

TEST_CASE("run takes the steps that a run takes") {
  const auto world = test::world(kSend);
  Bench bench(kSend);
  bench("run end");
  CHECK(bench.session.schedule() == world->run({}).schedule);
  const RunResult run = runTo(bench.arena, bench.session);
  CHECK(run.rules == world->run({}).rules);
  CHECK(run.last == bench.session.here().configuration);
  RunOptions options;
  options.references = true;
  CHECK(run.references.size() == world->run(options).references.size());
  CHECK(run.references.front().val == "r");
}

TEST_CASE("limits and interrupts end a command, and the session stays whole") {
  Bench bench("host a\nat a { range(0, 1000).fold(0, (n: Int) => k => n + k) }\n");
  SessionLimits limits;
  limits.maxSteps = 10;
  Answer answer = bench("run", limits);
  CHECK(answer.halt == Halt::Limit);
  CHECK(answer.taken == 10);
  int asked = 0;
  limits.maxSteps = 100'000;
  limits.goOn = [&] { return ++asked < 5; };
  answer = bench("run end", limits);
  CHECK(answer.halt == Halt::Interrupted);
  CHECK(answer.taken == 5);
  limits.goOn = nullptr;
  limits.maxNodes = 20;
  CHECK(bench("run end", limits).halt == Halt::Limit);
  CHECK(bench.session.tree.size() == 20);
  CHECK(inconsistency(bench) == "");
}

TEST_CASE("messages are delivered, dropped and duplicated by their numbers") {
  Bench bench(kSend, {0, 0, 1, 1});
  CHECK(bench("deliver m1").problem == "no message m1 is on its way");
  bench("0");
  CHECK(bench("duplicate m1").problem.empty());
  REQUIRE(bench.session.here().messages.size() == 2);
  CHECK(bench.session.here().messages[1].number == 2);
  CHECK(bench("duplicate m2").problem == "F-Dup cannot happen at b: `a duplicate is left` fails");
  CHECK(bench("drop m2").problem.empty());
  REQUIRE(bench.session.here().messages.size() == 1);
  CHECK(bench.session.here().messages[0].number == 2);  // the same message twice: the older one is gone
  CHECK(bench("drop 2").problem == "F-Drop cannot happen at b: `a drop is left` fails");
  CHECK(bench("deliver m2").problem.empty());
  CHECK(bench.session.here().step->inner == Rule::PRes);
  bench("run message");
  CHECK(bench.session.here().messages.front().number == 3);
}

TEST_CASE("a message that its host does not take now") {
  Bench bench("host a, b\nat a { val r = populate(b, 1); unit }\nat b { 1 + 2 }\n");
  bench("0");
  CHECK(bench("deliver m1").problem == "b cannot take m1 now");
  bench("run host b");
  CHECK(bench("deliver m1").problem.empty());
}

TEST_CASE("hosts crash and start again within the budget") {
  Bench bench(kSend, {1, 1, 0, 0});
  bench("0");
  CHECK(bench("restart b").problem == "F-Restart cannot happen at b: `h has crashed` fails");
  CHECK(bench("crash b").problem.empty());
  CHECK(bench.session.here().messages.empty());
  CHECK(bench("crash b").problem == "F-Crash cannot happen at b: `a crash is left` fails");
  CHECK(bench("restart b").problem.empty());
  CHECK(!bench.session.here().configuration.hosts[1].crashed());
  CHECK(bench("crash a").problem == "F-Crash cannot happen at a: `a crash is left` fails");
  CHECK(inconsistency(bench) == "");
}

TEST_CASE("what only shows something changes nothing") {
  Bench bench(kSend);
  bench("run 2");
  for (const char* line : {"tree", "show", "show a", "term", "choices", "changed", "changed 0", "why R-Await", "derive",
                           "derive 0", "lineage", "chart", "literal", "schedule", "save f", "load f", "help", "quit"}) {
    const Answer answer = bench(line);
    CHECK_MESSAGE(answer.problem.empty(), line);
    CHECK(bench.session.cursor == 2);
    CHECK(bench.session.tree.size() == 3);
  }
  CHECK(bench("derive 9").problem == "there is no step 9: the configuration has 1 step");
  bench("jump start");
  CHECK(bench("derive").problem == "no step leads here");
  bench("view b");
  CHECK(bench.session.view.of == View::Of::One);
  CHECK(bench.session.view.host == 1);
  bench("view none");
  CHECK(bench.session.view.of == View::Of::None);
  bench("view all");
  CHECK(bench.session.view.of == View::Of::All);
}

TEST_CASE("a schedule is followed whole or not at all") {
  Bench bench(kSend);
  CHECK(follow(*bench.semantics, bench.session, *Schedule::parse("0.1")).taken == 2);
  CHECK(bench.session.cursor == 2);
  const Answer answer = follow(*bench.semantics, bench.session, *Schedule::parse("0.0.9"));
  CHECK(answer.problem == "step 3 of the schedule is 9, but there the configuration has 1 step");
  CHECK(bench.session.cursor == 2);
  CHECK(bench.session.tree.size() == 3);
}

TEST_CASE("any commands leave a session that holds together, also in a fresh arena") {
  CHECK(rc::check("sessions hold together", [](uint64_t seed, bool moves) {
    Random random(seed);
    Bench bench(test::randomConcurrent(random, {}), {1, 1, 1, 1});
    std::set<uint32_t> cursors;
    for (int i = 0; i < 40; ++i) {
      const std::string n = std::to_string(random.below(4));
      const std::string host(1, static_cast<char>('a' + random.below(3)));
      const std::vector<std::string> lines = {
          "step " + n,        "step " + n,       "step",       "run " + n,        "run choice",    "run message",
          "run host " + host, "run rule R-Send", "back " + n,  "forward " + n,    "jump " + n,     "mark x" + n,
          "jump x" + n,       "deliver m" + n,   "drop m" + n, "duplicate m" + n, "crash " + host, "restart " + host,
          "view " + host,     "jump start"};
      const std::string& line = lines[random.below(static_cast<uint32_t>(lines.size()))];
      const uint32_t before = bench.session.cursor;
      const size_t size = bench.session.tree.size();
      const Answer answer = bench(line);
      if (!answer.problem.empty()) RC_ASSERT(bench.session.cursor == before && bench.session.tree.size() == size);
      cursors.insert(bench.session.cursor);
    }
    RC_CLASSIFY(cursors.size() > 10, "many configurations");
    RC_ASSERT(inconsistency(bench) == "");
    if (!moves) return;
    const std::string schedule = bench.schedule();
    Arena fresh(bench.arena.hosts());
    Copy over(bench.arena, fresh);
    bench.session = copy(over, bench.session);
    bench.program = copy(over, bench.program);
    bench.semantics->moveTo(fresh);
    bench.arena = std::move(fresh);
    bench.semantics->moveTo(bench.arena);
    RC_ASSERT(inconsistency(bench) == "");
    RC_ASSERT(bench.schedule() == schedule);
  }));
}
