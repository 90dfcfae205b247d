// Save files: a check that goes on from one ends as if it had never been interrupted, and nothing else is taken for
// one.
#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "checker/check.hpp"
#include "checker/mutants.hpp"
#include "lang/random.hpp"
#include "render/check_report.hpp"
#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::test;
namespace fs = std::filesystem;

namespace {

/// A file of this name in a folder of the test's own, gone at its end.
class Place {
 public:
  Place() : folder_(fs::temp_directory_path() / ("funpass-saved-" + std::to_string(getpid()))) {
    fs::create_directory(folder_);
  }
  ~Place() { fs::remove_all(folder_); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  std::string operator()(const std::string& name) const { return (folder_ / name).string(); }

 private:
  fs::path folder_;
};

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

struct Run {
  std::string text;
  CheckOptions options;
  SaveKey key{"1.0", {{"--core", "off"}, {"--crashes", "0"}}, 0};

  /// The report as JSON, from `resume` on and with `save`, where they are not empty.
  std::string operator()(uint64_t maxStates, const std::string& resume, const std::string& save,
                         bool everyTick = false) const {
    Arena arena;
    const Program program = load(arena, text, options.mobility);
    CheckOptions all = options;
    if (all.failures.among.empty()) all.failures.among = program.among;
    if (maxStates > 0) all.limits.maxStates = maxStates;
    SaveKey here = key;
    here.program = programSum(arena, program);
    std::optional<Reader> in;
    if (!resume.empty()) all.resume = &in.emplace(resume, here);
    if (!save.empty()) {
      all.save.due = [everyTick](uint64_t) { return everyTick; };
      all.save.write = [&](uint64_t, const std::function<void(Writer&)>& content) {
        std::FILE* file = std::fopen(save.c_str(), "wb");
        REQUIRE(file != nullptr);
        writeSaved(file, here, content);
        CHECK(std::fclose(file) == 0);
      };
    }
    const CheckReport report = check(arena, program, all);
    return boost::json::serialize(render::checkJson(report, arena.hosts()));
  }
};

Run run(std::string text) {
  Run made;
  made.text = std::move(text);
  made.options.rules = rules(true);
  return made;
}

const std::string kFan =
    "host a, b, c at a { val r = populate(b, 1); val s = populate(c, 2); val f = send(r); val g = send(s); await(f) + "
    "await(g) } ";
const std::string kSmall = "host a, b at a { val r = populate(b, 1); await(send(r)) } ";

/// Why the save file is not taken; empty: it is.
std::string refused(const std::string& path, const Run& with) {
  try {
    with(0, path, "");
  } catch (const SaveProblem& problem) {
    return problem.message.substr(problem.message.find(path) + path.size() + 2);
  }
  return {};
}

}  // namespace

TEST_CASE("a check goes on wherever a limit ended it") {
  const Place place;
  std::vector<Run> runs = {run(kFan + "check confluent check result a == 3 check reaches a == 4"),
                           run(kFan + "check resilient 1 of b check transparent 1 of c"), run(kSmall)};
  runs[1].options.failures.budget = {1, 1, 1, 1};
  runs[1].options.failures.among = {1};
  // A wrong rule, so that there is something to find before and after the interruption.
  runs.push_back(run("host a, b at a { val f = send(populate(b, 1)); respond(a, f, 42); await(f) } check confluent"));
  runs.push_back(
      run("host a, b at a { val r = populate(b, 1); val f = send(populate(a, 2)); await(send(apply(r, spore "
          "{ g: Future[Int] = f; (x: Int) => populate(currentHost, await(g)) }))) }"));
  runs.back().options.mobility = false;
  runs.push_back(run("host a, b at a { val r = populate(b, 1); val s = send(r); 9223372036854775807 + await(s) }"));
  for (const Run& each : runs) {
    const std::string whole = each(0, "", "");
    for (uint64_t states = 1; states < 300; states = states * 4 / 3 + 1) {
      CAPTURE(states);
      const std::string file = place("one");
      const std::string cut = each(states, "", file);
      CHECK(each(states, file, "") == cut);
      CHECK(each(0, file, "") == whole);
    }
    // In many steps, and once more from the end.
    const std::string file = place("many");
    each(1, "", file);
    for (uint64_t states = 5; states < 300; states += 23) each(states, file, file);
    CHECK(each(0, file, file) == whole);
    CHECK(each(1, file, "") == whole);
  }
}

TEST_CASE("a check goes on with wrong rules, and finds what they break") {
  const Place place;
  const std::string file = place("file");
  for (const Mutant& mutant : mutants()) {
    if (mutant.name.find("T-") == 0) continue;
    CAPTURE(mutant.name);
    RuleSet reduction = rules(true);
    TypeRules types = typeRules();
    WfRules wellFormed = wfRules();
    mutant.putInto(reduction, types, wellFormed);
    Run each = run(std::string(mutant.program));
    each.options.rules = reduction;
    each.options.wellFormed = &wellFormed;
    std::string whole;
    try {
      whole = each(0, "", "");
    } catch (const std::runtime_error&) {
      continue;  // a program that only the wrong typing rule lets through
    }
    for (const uint64_t states : {2, 5, 11}) {
      each(states, "", file);
      CHECK(each(0, file, "") == whole);
    }
  }
}

TEST_CASE("a wrong rule breaks the same with reductions, and wherever the check was interrupted") {
  const Place place;
  const std::string file = place("file");
  RuleSet reduction = rules(true);
  TypeRules types = typeRules();
  WfRules wellFormed = wfRules();
  for (const Mutant& mutant : mutants()) {
    if (mutant.name == "apply-reuses-index") mutant.putInto(reduction, types, wellFormed);
  }
  // An identifier gets another type when nothing is left of the first.
  Run each =
      run("host a, b at a { val r = populate(b, 1); apply(r, spore { (x: Int) => populate(currentHost, x) }); apply(r, "
          "spore { (x: Int) => populate(currentHost, \"s\") }); 0 }");
  each.options.rules = reduction;
  const std::string holds = R"({"name":"subject-reduction","verdict":"holds")";
  CHECK(each(0, "", "").find(holds) != std::string::npos);
  each.options.reductions = ReductionSet{Reduction::Local};
  const std::string whole = each(0, "", "");
  CHECK(whole.find(holds) != std::string::npos);
  each(1, "", file);
  CHECK(each(0, file, "") == whole);
}

TEST_CASE("what was saved on the way is as good as what was saved at the end") {
  const Place place;
  Run fan =
      run("host a, b, c, d at a { val r = populate(b, 1); val s = populate(c, 2); val t = populate(d, 3); val f = "
          "send(r); val g = send(s); val h = send(t); await(f) + await(g) + await(h) }");
  fan.options.failures = {{1, 0, 1, 0}, {1, 2, 3}};
  const std::string whole = fan(0, "", "");
  // Each save is kept under another name by the tick after it.
  int kept = 0;
  Run copying = fan;
  copying.options.limits.tick = [&](const SearchProgress&) {
    if (fs::exists(place("file"))) fs::copy_file(place("file"), place(std::to_string(kept++)));
    return true;
  };
  copying(0, "", place("file"), true);
  CHECK(kept > 10);
  for (int k = 0; k < kept; k += 3) CHECK(fan(0, place(std::to_string(k)), "") == whole);
}

TEST_CASE("what is not whole is refused") {
  const Place place;
  const Run fan = run(kSmall);
  fan(10, "", place("good"));
  const std::string good = contents(place("good"));
  const std::string bad = place("bad");
  for (size_t size = 0; size < good.size(); size += size < 40 ? 1 : 7) {
    CAPTURE(size);
    write(bad, good.substr(0, size));
    CHECK(refused(bad, fan) == (size < 8 ? "is not a save file of funpass check" : "is damaged"));
  }
  write(bad, good + "x");
  CHECK(refused(bad, fan) == "is damaged");
  for (size_t at = 0; at < good.size(); at += at < 40 ? 1 : 5) {
    CAPTURE(at);
    std::string flipped = good;
    flipped[at] = static_cast<char>(flipped[at] ^ 1 << at % 8);
    write(bad, flipped);
    const std::string why = refused(bad, fan);
    if (at < 8) {
      CHECK(why == "is not a save file of funpass check");
    } else if (at < 12) {
      CHECK(why.find("has another format") == 0);
    } else {
      CHECK(why == "is damaged");
    }
  }
}

TEST_CASE("lengths and numbers are checked, whatever the checksum says") {
  const Place place;
  Run each =
      run("host a, b, c record P(n: String, k: Int) at a { val r = populate(b, [P(\"x\", 1), P(\"y\", 2)]); val l = 5; "
          "val s = apply(r, spore { q: Int = l; (x: List[P]) => populate(currentHost, map(x, (p: P) => p.k + q)) }); "
          "val g = send(s); val m = await(g); fold(m, 0, (u: Int) => (x: Int) => u + x) } ");
  each.options.failures = {{1, 0, 1, 0}, {1, 2}};
  each(150, "", place("good"));
  const std::string good = contents(place("good"));
  Random random(7);
  int refusals = 0;
  for (int n = 0; n < 600; ++n) {
    std::string crafted = good.substr(0, good.size() - 8);
    const size_t at = 12 + random.below(static_cast<uint32_t>(crafted.size()) - 12);
    crafted[at] = static_cast<char>(random.below(256));
    Writer sum;
    sum.bytes(crafted.data(), crafted.size());
    const uint64_t checksum = sum.checksum();
    crafted.append(reinterpret_cast<const char*>(&checksum), sizeof checksum);
    write(place("crafted"), crafted);
    try {
      each(400, place("crafted"), "");
    } catch (const SaveProblem&) {
      ++refusals;
    } catch (const std::logic_error&) {  // what no state of a program can be, found later
    }
  }
  CHECK(refusals > 100);
}

TEST_CASE("a save file of another version, with other flags or of another program is refused") {
  const Place place;
  const std::string file = place("file");
  const Run fan = run(kFan + "check confluent");
  fan(20, "", file);
  CHECK(refused(file, fan).empty());
  // Layout and comments do not count.
  Run other = fan;
  other.text = "// again\n" + fan.text;
  CHECK(refused(file, other).empty());
  std::string renamed = fan.text;
  renamed.replace(renamed.find("val r"), 5, "val q");
  renamed.replace(renamed.find("send(r)"), 7, "send(q)");
  for (const std::string& text : {kFan, kSmall, kFan + "check result a == 3", renamed}) {
    CAPTURE(text);
    other.text = text;
    CHECK(refused(file, other) == "is of another program, or this one has changed since, or a file that it reads");
  }
  other = fan;
  other.key.version = "2.0";
  CHECK(refused(file, other) == "was written by version 1.0 of funpass; this is 2.0");
  other = fan;
  other.key.flags[1].second = "2";
  CHECK(refused(file, other) == "was made with other flags: `--crashes` was 0, and now it is 2");
  write(file, "host a at a { 1 }");
  CHECK(refused(file, fan) == "is not a save file of funpass check");
  CHECK_THROWS_AS(fan(0, place("missing"), ""), SaveProblem);
  CHECK(refused(place("."), fan) == "is not a save file of funpass check");
}
