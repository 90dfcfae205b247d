// The binary from outside: what scripts rely on.
#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include <doctest/doctest.h>
#include <boost/json/parse.hpp>

namespace {

struct Called {
  int code = -1;
  std::string out;  // standard output, then standard error
  boost::json::object json() const { return boost::json::parse(out).as_object(); }
  bool has(const char* part) const { return out.find(part) != std::string::npos; }
};

// A shell command in which $F is the tool.
Called shell(const std::string& command) {
  const std::string line =
      std::string("F='") + FUNPASS_BINARY + "'; export NO_COLOR=1 COLUMNS=80; { " + command + " ; } 2>&1";
  Called called;
  std::FILE* pipe = popen(("bash -c '" +
                           [&] {
                             std::string quoted;
                             for (const char c : line) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
                             return quoted;
                           }() +
                           "'")
                              .c_str(),
                          "r");
  REQUIRE(pipe != nullptr);
  char buffer[4096];
  while (const size_t count = std::fread(buffer, 1, sizeof buffer, pipe)) called.out.append(buffer, count);
  const int status = pclose(pipe);
  called.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return called;
}

struct Folder {
  std::string path;
  Folder() {
    char name[] = "/tmp/funpass-cli-XXXXXX";
    path = mkdtemp(name);
  }
  ~Folder() { std::system(("rm -rf '" + path + "'").c_str()); }
  std::string file(const std::string& name, const std::string& text) const {
    std::ofstream(path + "/" + name) << text;
    return path + "/" + name;
  }
  static std::string read(const std::string& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
  }
};

constexpr const char* kStuck =
    "config { host a: await((a,0)) | { } next 1 messages: results: a none types: (a,0): Int }";
constexpr const char* kEndless =
    "host a\ndef f: Int => Int = (n: Int) => fold(range(0, 1000), n, (s: Int) => (x: Int) => s + x - x)\n"
    "at a { fold(range(0, 1000000), 0, (s: Int) => (x: Int) => f(s)) }\n";

}  // namespace

TEST_CASE("a command that is printed shows what is hidden, and can be given to a shell") {
  const char* check =
      "$F check --drops 1 --recovery off -e $'val r = populate(a, \"it\\'s \\u202e\\x1b\"); await(send(r))'";
  const Called checked = shell(check);
  CHECK(checked.code == 1);
  CHECK(!checked.has("\u202E"));
  CHECK(!checked.has("\x1B"));
  const size_t begin = checked.out.find("funpass step ");
  REQUIRE(begin != std::string::npos);
  const std::string command = checked.out.substr(begin + 7, checked.out.find('\n', begin) - begin - 7);
  CHECK(command.find("'$'\\342\\200\\256''") != std::string::npos);
  const Called stepped = shell("$F" + command + " < /dev/null");
  CAPTURE(stepped.out);
  CHECK(stepped.code == 0);
  CHECK(shell("echo schedule | $F" + command).code == 0);
}

TEST_CASE("exit codes") {
  const Folder folder;
  const std::string stuck = folder.file("stuck.fp", kStuck);
  CHECK(shell("$F run -e \"1 + 2\"").code == 0);
  CHECK(shell("$F run " + stuck).code == 1);
  CHECK(shell("$F run --json " + stuck).code == 1);
  CHECK(shell("$F run -e \"1 + unit\"").code == 2);
  CHECK(shell("$F run --nonsense x").code == 2);
  CHECK(shell("$F nonsense").code == 2);
  CHECK(shell("$F").code == 2);
  CHECK(shell("$F run --max-steps 1 -e \"1 + 2 + 3\"").code == 3);
  CHECK(shell("$F run -e \"9223372036854775807 + 1\"").code == 3);
  CHECK(shell("$F run --schedule 0.5 -e \"1 + 2 + 3\"").code == 2);
}

TEST_CASE("what is misspelt is met with what was probably meant") {
  CHECK(shell("$F rnu x").has("did you mean `run`?"));
  CHECK(shell("$F run --sede 1 x").has("did you mean `--seed`?"));
  CHECK(shell("$F rules R-Sned").has("did you mean `R-Send`?"));
  CHECK(shell("$F rules r-sned").has("did you mean `R-Send`?"));
  CHECK(shell("$F why p-hti -e 1").has("did you mean `P-Hit`?"));
  CHECK(shell("$F rules R-Nope").has("funpass rules lists them"));
  CHECK(shell("$F rules r-nope").has("funpass rules lists them"));
  CHECK(shell("$F type --seed 1 x").has("`--seed` is an option of run, why, lineage, predict, not of type"));
  CHECK(shell("$F check x").code == 2);
}

TEST_CASE("a figure is as long as what it draws") {
  const Folder folder;
  std::string sum = "0";
  for (int i = 0; i < 10'500; ++i) sum += " + 1";
  const std::string file = folder.file("sum.fp", "host a at a { " + sum + " }");
  const Called chart = shell("$F run --chart text " + file);
  CHECK(chart.code == 0);
  CHECK(chart.has("1-10500 │ 10500 local steps"));
  const Called wide = shell("$F run --chart text --max-steps 50000 --every-step " + file + " | tail -1");
  CHECK(wide.has("limit (a figure has at most 10000 steps)"));
  CHECK(shell("$F run --latex " + file + " > /dev/null").has("limit (a figure has at most 10000 steps)"));
  CHECK(shell("$F run --latex --from 10400 " + file + " > /dev/null").code == 0);
  const Called few = shell("$F run --chart svg --max-steps 2 " + file);
  CHECK(few.code == 3);
  CHECK(few.has("stopped after 2 steps (--max-steps)"));
}

TEST_CASE("values of options") {
  CHECK(shell("$F run --seed one x").has("`--seed one`: a seed is a number"));
  CHECK(shell("$F run --seed").has("`--seed` needs a value"));
  CHECK(shell("$F run --seed=3 -e 1").code == 0);
  CHECK(shell("$F run --seed 1 --seed 2 -e 1").has("`--seed` is given twice"));
  CHECK(shell("$F run --seed 1 --schedule 0 -e 1").has("cannot both be given"));
  CHECK(shell("$F run --chart svg --runs 2 -e 1").has("`--chart` and `--runs` cannot both be given"));
  CHECK(shell("$F run --latex --trace -e 1").has("`--latex` and `--trace` cannot both be given"));
  CHECK(shell("$F run --chart svg --json -e 1").has("`--chart` and `--json` cannot both be given"));
  CHECK(shell("$F run --chart svg --latex -e 1").has("`--chart` and `--latex` cannot both be given"));
  CHECK(shell("$F run --chart png -e 1").has("it is text, svg or tikz"));
  CHECK(shell("$F run --every-step -e 1").has("`--chart` is not given"));
  CHECK(shell("$F run --from 2 -e 1").has("which is not given"));
  CHECK(shell("$F run --latex --from 0 -e 1").has("steps are numbered from 1"));
  CHECK(shell("$F run --latex --from 5 --to 2 -e 1").has("`--to 2` comes before `--from 5`"));
  for (const char* how : {"", " --derivation"}) {
    const Called none = shell("$F run --latex --from 100" + std::string(how) + " -e \"1 + 2 + 3\"");
    CHECK(none.code == 2);
    CHECK(none.has("`--from 100`: the run has only 2 steps"));
    CHECK(!none.has("documentclass"));
  }
  CHECK(shell("$F run --then round-robin -e 1").code == 2);
  CHECK(shell("$F run --runs 0 -e 1").code == 2);
  CHECK(shell("$F run -e -5").has("a = -5"));
  CHECK(shell("$F run -e 1 file.fp").has("both `-e` and the file"));
}

TEST_CASE("--mutant replaces one rule, in what is loaded and in what runs") {
  const std::string sum = " -e '5 - 3'";
  CHECK(shell("$F run" + sum).has("2"));
  CHECK(shell("$F run --json --mutant intop-turned" + sum).has("-2"));
  CHECK(shell("$F why R-IntOp --mutant intop-turned" + sum).code == 0);
  CHECK(shell("$F type -e '1 + unit'").code == 2);
  CHECK(shell("$F type --derivation --mutant t-intop-ignores-second -e '1 + unit'").has("a : Int"));
  CHECK(shell("$F run --mutant t-intop-ignores-second -e '1 + unit'")
            .has("more: funpass run --mutant t-intop-ignores-se"));
  CHECK(shell("$F check --json --mutant t-intop-ignores-second -e '1 + unit'").code == 1);
  const Called unknown = shell("$F check --mutant intop-turnd" + sum);
  CHECK(unknown.code == 2);
  CHECK(unknown.has("did you mean `intop-turned`?"));
  CHECK(shell("$F rules --mutant intop-turned").code == 2);
  CHECK(shell("$F check --help").has("docs/mutants.md"));
}

TEST_CASE("errors are JSON too, on standard output") {
  for (const char* command :
       {"$F run --json --nonsense x 2>/dev/null", "$F type --json -e \"1 + unit\" 2>/dev/null",
        "$F run --json /no/such/file 2>/dev/null", "$F fmt --json /no/such/file 2>/dev/null",
        "$F rules --json R-Sned 2>/dev/null", "$F run --json --schedule 0.9 --trace -e 1+1 2>/dev/null"}) {
    CAPTURE(command);
    const Called called = shell(command);
    CHECK(called.code == 2);
    CHECK(called.json().at("diagnostics").as_array().size() == 1);
  }
}

TEST_CASE("run: results, schedule, seeds, trace as JSON") {
  const auto json = shell("$F run --trace --json -e \"{ val r = populate(a, 20); await(send(r)) + 1 }\"").json();
  CHECK(json.at("results").as_object().at("a") == "21");
  CHECK(json.at("outcome") == "final");
  const auto& trace = json.at("trace").as_array();
  CHECK(trace.size() == json.at("steps").to_number<size_t>());
  const auto reached = [](const boost::json::value& step) { return step.as_object().contains("result"); };
  CHECK(std::count_if(trace.begin(), trace.end(), reached) == 1);
  const std::string schedule(json.at("schedule").as_string());
  const auto again =
      shell("$F run --json --schedule " + schedule + " -e \"{ val r = populate(a, 20); await(send(r)) + 1 }\"").json();
  CHECK(again.at("results") == json.at("results"));
  const auto part = shell("$F run --json --schedule 0 -e \"1 + 2 + 3\"");
  CHECK(part.code == 3);
  CHECK(part.json().at("noresult").as_array().size() == 1);
  CHECK(shell("$F run --json --schedule 0 --then seed:4 -e \"1 + 2 + 3\"").json().at("outcome") == "final");
}

TEST_CASE("run: the same seed is the same run") {
  const char* command = "$F run --json --seed 11 tests/conformance/p09_user_respond.fp";
  CHECK(shell(command).json().at("schedule") == shell(command).json().at("schedule"));
}

TEST_CASE("run --runs counts results, each with a schedule that gives it") {
  const auto json = shell("$F run --json --runs 40 tests/conformance/p09_user_respond.fp").json();
  uint64_t count = 0;
  for (const auto& entry : json.at("outcomes").as_array()) {
    count += entry.as_object().at("count").to_number<uint64_t>();
    const std::string schedule(entry.as_object().at("schedule").as_string());
    const auto again = shell("$F run --json --schedule " + schedule + " tests/conformance/p09_user_respond.fp").json();
    CHECK(again.at("results") == entry.as_object().at("results"));
  }
  CHECK(count == 40);
}

TEST_CASE("a stuck run can be replayed and its configuration pasted") {
  const char* file = "tests/conformance/p25_captured_future.fp";
  const Called called = shell(std::string("$F run --json --no-mobility ") + file);
  REQUIRE(called.code == 1);
  const auto json = called.json();
  const std::string replay(json.at("replay").as_string());
  const Called again = shell("$F" + replay.substr(std::string("funpass").size()) + " --json");
  CHECK(again.code == 1);
  CHECK(again.json().at("configuration") == json.at("configuration"));
  const Folder folder;
  const std::string literal = folder.file("state.fp", std::string(json.at("configuration").as_string()));
  CHECK(shell("$F type --json --no-mobility " + literal).json().at("wellformed") == true);
  CHECK(shell("$F run --json --no-mobility " + literal).json().at("steps") == 0);
}

TEST_CASE("check --reduction") {
  const std::string program = " tests/conformance/p04_chain2.fp";
  const Called raw = shell("$F check --json --reduction none" + program);
  const Called usual = shell("$F check --json" + program);
  const Called named = shell("$F check --json --self-check --reduction local,sends,quiet,names,answers,calm" + program);
  CHECK(raw.json().at("reduction") == boost::json::array{"none"});
  CHECK(usual.json().at("reduction").as_array().size() == 7);
  CHECK(named.json().at("reduction") == boost::json::array{"local", "sends", "quiet", "names", "answers", "calm"});
  CHECK(usual.json().at("states").as_int64() < raw.json().at("states").as_int64());
  CHECK(named.json().at("states").as_int64() < usual.json().at("states").as_int64());
  CHECK(usual.json().at("properties").as_array().size() == raw.json().at("properties").as_array().size());
  // Not of its class, so off.
  const Called outside = shell("$F check --json --reduction local,calm tests/conformance/p09_user_respond.fp");
  CHECK(outside.json().at("reduction") == boost::json::array{"local"});
  // A wrong rule is looked for in the raw graph.
  const Called mutant = shell("$F check --json --mutant send-sends-nothing" + program);
  CHECK(mutant.json().at("reduction") == boost::json::array{"none"});
}

TEST_CASE("check --budgets") {
  const std::string program = " tests/conformance/p27_crash_data.fp";
  CHECK(shell("$F check --budgets --recovery off --crashes 200 --drops 200" + program).has("40401 budgets"));
  const Called none = shell("$F check --json --budgets --recovery off --among b" + program);
  CHECK(none.code == 1);
  CHECK(none.json().at("failures").at("crashes") == 0);
  CHECK(none.json().at("budgets").as_array().size() == 2);
  // The counts are those of the flags' budget, though a smaller one is broken.
  const Called two = shell("$F check --json --budgets --recovery off --crashes 2 --among b" + program);
  const Called alone = shell("$F check --json --recovery off --crashes 2 --among b" + program);
  CHECK(two.json().at("failures").at("crashes") == 2);
  CHECK(two.json().at("states") == alone.json().at("states"));
  CHECK(two.json().at("budgets").at(2).at("verdict") == "implied");
  // The schedule of a cell is one of its budget.
  const std::string schedule(two.json().at("budgets").at(1).at("schedule").as_string());
  CHECK(shell("$F run --recovery off --crashes 1 --among b --schedule " + schedule + program).code == 1);
  CHECK(shell("$F check --budgets --recovery off --duplicates 1" + program).code == 0);
  CHECK(shell("$F check --budgets --reduction none --recovery off --duplicates 1 --max-states 20" + program).code == 3);
  CHECK(shell("$F check --budgets --recovery off --duplicates 1 --crashes 1 --max-states 30" + program).code == 1);
}

TEST_CASE("a stuck run and a counterexample say what `why` can be asked, and it answers") {
  const std::string captured = std::string(FUNPASS_SOURCE_DIR) + "/tests/conformance/p25_captured_future.fp";
  const auto asks = [](const std::string& words) {
    const Called answer = shell("$F" + words.substr(std::string("funpass").size()));
    CHECK(answer.code == 0);
    CHECK(answer.has("R-Await: E[await(ι)]"));
    CHECK(answer.has("not enabled\n  ι ∈ dom(σ) fails: "));
  };
  asks(std::string(shell("$F run --json --no-mobility " + captured).json().at("why").as_string()));
  const Called checked = shell("$F check --no-mobility " + captured);
  const size_t at = checked.out.find("to ask further: ") + 16;
  asks(checked.out.substr(at, checked.out.find('\n', at) - at));
  asks("funpass why R-Await --no-mobility --host a --seed 3 " + captured);
}

TEST_CASE("the derivations of a run are of a single one, in one form") {
  CHECK(shell("$F run --derivation --runs 2 -e \"1 + 2\"").code == 2);
  CHECK(shell("$F run --derivation --latex --json -e \"1 + 2\"").code == 2);
  CHECK(shell("$F run --derivation --chart svg -e \"1 + 2\"").code == 2);
  CHECK_FALSE(shell("$F run --derivation --latex --from 2 -e \"1 + 2\"").has("R-IntOp"));
  const Called latex = shell("$F run --derivation --latex -e \"1 + 2\"");
  CHECK(latex.code == 0);
  CHECK(latex.out.rfind("\\documentclass", 0) == 0);
  CHECK(latex.has("\\textsc{R-IntOp}"));
  CHECK(latex.has("\\end{document}\n"));
}

TEST_CASE("check --budgets: a program that is broken without failures is replayed without them") {
  const Called called = shell(
      "$F check --budgets --recovery off --crashes 1 --among b --no-mobility tests/conformance/p25_captured_future.fp");
  CHECK(called.code == 1);
  CHECK(called.has("the first broken one: runs without failures"));
  CHECK_FALSE(called.has("--among b --schedule"));
  const size_t at = called.out.find("once more: funpass ") + 19;
  const std::string words = called.out.substr(at, called.out.find('\n', at) - at);
  CHECK(shell("$F " + words).code == 1);
}

TEST_CASE("check: in JSON messages have canonical names, in text those of the source") {
  const Folder folder;
  const std::string file =
      folder.file("p.fp", "host a\nat a { (first: Int) => first }\ncheck result a == (second: Int) => second + 1");
  const Called json = shell("$F check --json " + file);
  CHECK(json.code == 1);
  CHECK(json.has("the result is (x0: Int) => x0, not (x0: Int) => x0 + 1"));
  const Called text = shell("$F check " + file);
  CHECK(text.has("the result is (first: Int) => first"));
  CHECK(text.has("a = (first: Int) => first\n"));
}

TEST_CASE("check --budgets, interrupted, shows the matrix so far") {
  const Called stopped = shell(
      "timeout --foreground -s INT 1 $F check --budgets --reduction none --recovery off --duplicates 3 "
      "examples/deck/persons.fp; echo code $?");
  CHECK(stopped.has("duplicates 3  limit"));
  CHECK(stopped.has("interrupted"));
  CHECK(stopped.has("no broken budget was found"));
}

TEST_CASE("standard input") {
  CHECK(shell("printf \"host a\\nat a { 7 }\" | $F run -").has("a = 7"));
  CHECK(shell("printf \"host  a\\nat a { 7 }\" | $F fmt -").out == "host a\nat a {\n  7\n}\n");
  CHECK(shell("printf \"host a\" | $F fmt --write -").code == 2);
}

TEST_CASE("fmt --check says so, --write rewrites and keeps permissions and links") {
  const Folder folder;
  const std::string file = folder.file("p.fp", "host   a\nat a {7}");
  chmod(file.c_str(), 0640);
  CHECK(shell("$F fmt --check " + file).code == 1);
  CHECK(shell("ln -s p.fp " + folder.path + "/link.fp; $F fmt --write " + folder.path + "/link.fp").code == 0);
  CHECK(Folder::read(file) == "host a\nat a {\n  7\n}\n");
  CHECK(shell("$F fmt --check " + file).code == 0);
  struct stat status {};
  REQUIRE(lstat(file.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777U) == 0640U);
  REQUIRE(lstat((folder.path + "/link.fp").c_str(), &status) == 0);
  CHECK(S_ISLNK(status.st_mode));
  const std::string broken = folder.file("broken.fp", "host a\nat a { 7 + }");
  CHECK(shell("$F fmt --write " + broken).code == 2);
  CHECK(Folder::read(broken) == "host a\nat a { 7 + }");
  CHECK(shell("ls " + folder.path).out == "broken.fp\nlink.fp\np.fp\n");
}

TEST_CASE("an interrupted run reports what it did") {
  const Folder folder;
  const std::string file = folder.file("p.fp", kEndless);
  const Called called = shell("timeout --foreground --preserve-status -s INT 1 $F run --max-steps 10000000000 " + file);
  CHECK(called.code == 3);
  CHECK(called.has("interrupted"));
  CHECK(called.has("R-Fold-Cons"));
}

TEST_CASE("faults: the command that is printed takes the run to where it breaks") {
  const Folder folder;
  const std::string file = folder.file("p.fp", R"(host a, r1, r2
at a {
  val r = populate([r1, r2], 5);
  await(send(apply(r, spore { (x: Int) => populate(currentHost, x + 1) })))
}
)");
  const auto replays = [&](const std::string& options, size_t sets) {
    const Called called = shell("$F faults --json " + options + file);
    CHECK(called.code == 1);
    const boost::json::object report = called.json();
    const boost::json::array& broken = report.at("broken").as_array();
    CHECK(broken.size() == sets);
    for (const auto& entry : broken) {
      std::string command(entry.as_object().at("replay").as_string());
      command.replace(0, std::string("funpass").size(), "$F");
      CAPTURE(command);
      const Called again = shell(command);
      CHECK(again.code == 1);
      CHECK((again.has("data is lost") || again.has("stuck")));
    }
  };
  replays("--crashes 1 --drops 1 --among r1,r2 ", 4);
  replays("--drops 1 --recovery off ", 4);
  replays("--crashes 1 --restarts 1 --drops 1 --among r1 ", 1);
  replays("--duplicates 1 --drops 1 --among r1 ", 2);
  replays("", 1);  // every host may crash
}

TEST_CASE("faults: a result that no run without failures has") {
  const Folder folder;
  const std::string file = folder.file("p.fp", R"(host a, r1, r2
at a {
  val r = populate([r1, r2], 1);
  await(send(apply(r, spore { (x: Int) => populate(currentHost, currentHost) })))
}
)");
  CHECK(shell("$F faults --crashes 1 " + file).code == 0);
  const Called called = shell("$F faults --json --results --crashes 1 " + file);
  CHECK(called.code == 1);
  const boost::json::object broken = called.json().at("broken").as_array().at(0).as_object();
  CHECK(broken.at("kind").as_string() == "result");
  std::string command(broken.at("replay").as_string());
  const Called again = shell(command.replace(0, std::string("funpass").size(), "$F"));
  CHECK(again.code == 0);
  CHECK(again.has("a = r2"));
}

TEST_CASE("faults: flags") {
  const Folder folder;
  const std::string file = folder.file("p.fp", "host a, b\nat a { await(send(populate(b, 1))) }\n");
  CHECK(shell("$F faults --among b " + file).code == 1);  // without a budget every host among these may crash
  CHECK(shell("$F faults --crashes 0 " + file).code == 0);
  CHECK(shell("$F faults --max-states 3 --crashes 2 --among a " + file).code == 3);
  CHECK(shell("$F faults --max-time 0.000001 --crashes 1 --among a " + file).has("time (--max-time)"));
  CHECK(shell("$F faults --crashes 0 --among b " + file).code == 2);
  CHECK(shell("$F faults --crashes 1 --among e " + file).has("no host of the program"));
  CHECK(shell("$F faults --seed 1 " + file).code == 2);
  CHECK(shell("$F check --results " + file).has("is an option of faults"));
  CHECK(shell("$F faults").code == 2);
  CHECK(shell("$F faults --json --crashes 1 no-such-file.fp").json().at("diagnostics").as_array().size() == 1);
}

TEST_CASE("faults: interrupted, with what was found so far") {
  const Folder folder;
  const std::string file = folder.file("p.fp", kEndless);
  const Called called = shell("timeout --foreground --preserve-status -s INT 1 $F faults " + file);
  CHECK(called.code == 3);
  CHECK(called.has("limit reached (interrupted)"));
}

TEST_CASE("a reader that goes away ends the run without a word") {
  const Folder folder;
  const std::string file = folder.file("p.fp", kEndless);
  const Called called = shell("$F run --trace --max-steps 20000 " + file + " | head -n 1");
  CHECK(called.code == 0);
  CHECK(std::count(called.out.begin(), called.out.end(), '\n') == 1);
}

TEST_CASE("graph: exit codes, and what is said besides the graph") {
  CHECK(shell("$F graph -e \"1 + 1\"").code == 0);
  CHECK(shell("$F graph --no-mobility tests/conformance/p25_captured_future.fp").code == 1);
  CHECK(shell("$F graph --max-states 5 tests/conformance/p02_remote.fp").code == 3);
  // More states than are shown as they are, and fewer with local steps collapsed; then more even so.
  const Called quotient = shell("$F graph tests/conformance/p15_diamond.fp > /dev/null");
  CHECK(quotient.code == 0);
  CHECK(quotient.has("2080 states"));
  CHECK(quotient.has("local steps are collapsed"));
  CHECK(quotient.has("--force"));
  const Called large = shell("$F graph tests/conformance/p24_fanmap2.fp");
  CHECK(large.code == 2);
  CHECK(large.has("20896 states"));
  CHECK_FALSE(large.has("digraph"));
  CHECK(shell("$F graph --force tests/conformance/p24_fanmap2.fp 2>&1 > /dev/null").out.empty());
  // The same in JSON, whichever way it is asked for.
  CHECK(shell("$F graph --format json tests/conformance/p02_remote.fp").out ==
        shell("$F graph --json tests/conformance/p02_remote.fp").out);
}

TEST_CASE("graph: a reader that goes away ends it without a word, an interrupt with the graph found so far") {
  const Called closed = shell("$F graph --force tests/conformance/p24_fanmap2.fp | head -n 1");
  CHECK(closed.code == 0);
  CHECK(closed.out == "digraph G {\n");
  const Called interrupted = shell(
      "timeout --foreground --preserve-status -s INT 1 $F graph --force examples/deck/persons.fp | tail -n 1; "
      "echo ${PIPESTATUS[0]}");
  CHECK(interrupted.has("incomplete (interrupted)"));
  CHECK(interrupted.has("}\n3\n"));
}

#ifndef __SANITIZE_ADDRESS__  // which needs more address space than it is left here
TEST_CASE("little memory is a limit with a report") {
  const Folder folder;
  const std::string file = folder.file("p.fp", "host a\nat a { size(range(0, 100000000)) }");
  const Called called = shell("ulimit -v 400000; $F run " + file);
  CHECK(called.code == 3);
  CHECK(called.has("incomplete after "));
}
#endif

TEST_CASE("a file that is missing is named") {
  const Called called = shell("$F run --json no/such.fp");
  CHECK(called.code == 2);
  CHECK(called.json().at("diagnostics").at(0).at("file") == "no/such.fp");
}

TEST_CASE("every verb has help with an example") {
  for (const char* verb : {"run", "type", "check", "graph", "why", "rules", "fmt"}) {
    const Called called = shell(std::string("$F ") + verb + " --help");
    CHECK(called.code == 0);
    CHECK(called.has("example:\n  funpass "));
  }
  CHECK(shell("$F --version").out.starts_with("funpass "));
}
