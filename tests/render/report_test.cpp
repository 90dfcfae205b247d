#include "render/report.hpp"

#include <doctest/doctest.h>

#include <boost/json/parse.hpp>

#include "checker/check.hpp"
#include "lang/raise.hpp"
#include "render/recorded_run.hpp"
#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::render;

namespace {

constexpr const char* kSend = "host a, b\nat a { val r = populate(b, 42); await(send(r)) }\n";

struct Checked {
  Arena arena;
  Program program;
  RuleSet rules = funpass::rules(true, false);
  boost::json::object data;

  explicit Checked(const char* source, Budget budget = {}) : program(test::load(arena, source)) {
    CheckOptions options;
    options.rules = rules;
    options.failures = {budget, {1}};
    const CheckReport report = funpass::check(arena, program, options);
    const Source text("p.fp", source);
    const auto replay = [](const FailureBudget&, const Schedule* schedule) {
      return schedule == nullptr ? std::string("in turn") : "replay " + schedule->text();
    };
    data = reportJson({arena, program, text, rules, true, "the command", replay, nullptr}, report);
  }

  const boost::json::object& run(size_t n) const { return data.at("runs").at(n).as_object(); }
  std::string text(const boost::json::value& number) const {
    return std::string(data.at("texts").at(static_cast<size_t>(number.as_int64())).as_string());
  }
};

uint64_t occurrences(const std::string& text, const std::string& part) {
  uint64_t n = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

}  // namespace

TEST_CASE("where nothing is violated the report has a run in which the hosts take turns") {
  const Checked checked(kSend);
  REQUIRE(checked.data.at("runs").as_array().size() == 1);
  const boost::json::object& run = checked.run(0);
  CHECK(run.at("kind") == "sample");
  CHECK(run.at("command") == "in turn");
  const boost::json::value& last = run.at("steps").as_array().back();
  CHECK(checked.text(last.at("rule")) == "R-Local/R-Await");
  CHECK(checked.text(last.at("changes").at(0).at("result")) == "42");
  CHECK_FALSE(last.at("changes").at(0).as_object().contains("context"));  // its term is a value
}

TEST_CASE("a violated property has its run, and the same without failures") {
  const Checked checked(kSend, {.crashes = 1});
  REQUIRE(checked.data.at("runs").as_array().size() == 2);
  const boost::json::object& run = checked.run(0);
  CHECK(run.at("title") == "progress is violated after 4 steps");
  CHECK(run.at("command") == "replay 0.0.0.2");
  CHECK(run.at("without") == 1);
  CHECK(checked.run(1).at("of") == 0);
  CHECK(checked.run(1).at("steps").as_array().size() == 3);
  CHECK(checked.data.at("properties").at(2).at("runs") == boost::json::array{0});

  const boost::json::value& crash = run.at("steps").at(3);
  CHECK(checked.text(crash.at("failure")) == "b crashes");
  CHECK(crash.at("gone").as_array().size() == 2);
  CHECK(crash.at("changes").at(0).at("focus").is_null());
  for (const boost::json::value& message : run.at("messages").as_array()) {
    CHECK(message.at("end") == 4);
    CHECK(message.at("lost") == "b crashed");
  }
  // The leaf was on its way to b, and then is nowhere.
  const boost::json::array& views = run.at("views").as_array();
  CHECK(views.at(1).at("nodes").at(0).at("coming") == boost::json::array{1});
  CHECK_FALSE(views.back().at("nodes").at(0).as_object().contains("coming"));
}

TEST_CASE("the redex is marked in its context") {
  const Checked checked("host a\nat a { (1 + 2) * (3 + 4) }\n");
  const boost::json::value& start = checked.run(0).at("start").at(0);
  CHECK(checked.text(start.at("focus")) == "1 + 2");
  CHECK(checked.text(start.at("context")) == "\1 * (3 + 4)");
}

TEST_CASE("a deep context is shown by its innermost frames, with the hole in it") {
  std::string term = "1 + 2";
  for (int i = 0; i < 400; ++i) term = "(" + term + ") * " + std::to_string(i);
  Arena arena;
  const Program program = test::load(arena, "host a\nat a { " + term + " }\n");
  TextTable texts(arena);
  texts.context(program.initial.hosts[0].context);
  const std::string context(texts.take().at(0).as_string());
  CHECK(context.find("… ") == 0);
  CHECK(occurrences(context, "\1") == 1);
  CHECK(context.find("\1 * 0") != std::string::npos);
}

TEST_CASE("two nodes have two numbers, though their texts are cut to the same") {
  Arena arena;
  TextTable texts(arena);
  const Handle one = arena.string(std::string(5000, 'a') + "1" + std::string(5000, 'b'));
  const Handle two = arena.string(std::string(5000, 'a') + "2" + std::string(5000, 'b'));
  CHECK(texts.node(one) != texts.node(two));
  CHECK(texts.node(one) == texts.node(one));
  CHECK(texts.text("x") == texts.text("x"));
}

TEST_CASE("of a very long run the last steps are recorded, from the configuration before them") {
  Arena arena;
  const Program program =
      test::load(arena, "host a\nat a { fold(range(0, 6000), 0, (s: Int) => (x: Int) => s + x) }\n");
  Semantics semantics(arena, rules(true));
  const Schedule schedule = inTurn(arena, semantics, program.initial, 1'000'000);
  REQUIRE(schedule.size() > kRecordedSteps);
  TextTable texts(arena);
  const boost::json::object run = recordedRun(arena, semantics, program.initial, schedule, texts);
  CHECK(run.at("first") == schedule.size() - kRecordedSteps);
  CHECK(run.at("steps").as_array().size() == kRecordedSteps);
  const boost::json::array all = texts.take();
  uint64_t bytes = 0;
  for (const boost::json::value& text : all) bytes += text.as_string().size();
  CHECK(bytes < 8'000'000);
  CHECK(all.at(run.at("steps").as_array().back().at("contractum").to_number<size_t>()) == "17997000");
}

TEST_CASE("a limit leaves what was recorded before it") {
  const char* source = "host a\nat a { fold(range(0, 6000), 0, (s: Int) => (x: Int) => s + x) }\n";
  Arena large;
  const Program whole = test::load(large, source);
  const uint32_t small = large.size() + 14'000;
  Semantics unlimited(large, rules(true));
  const Schedule schedule = inTurn(large, unlimited, whole.initial, 1'000'000);

  Arena arena({}, small);
  const Program program = test::load(arena, source);
  Semantics semantics(arena, rules(true));
  TextTable texts(arena);
  Schedule recorded;
  recorded.add(0, 18'000);
  const boost::json::object run = recordedRun(arena, semantics, program.initial, recorded, texts);
  CHECK(run.at("problem").is_string());
  CHECK(run.at("start").as_array().size() == 1);
  CHECK(run.at("steps").as_array().size() > 100);
  CHECK(run.at("steps").as_array().size() < 18'000);

  // There is no room for anything any more.
  const Schedule partial = inTurn(arena, semantics, program.initial, 1'000'000);
  CHECK(partial.size() > 100);
  CHECK(partial.size() < schedule.size());
}

TEST_CASE("nothing in a program ends the script that its data stands in") {
  const Checked checked("host a\nat a { \"</script><!-- {{css}} \" }\n");
  const std::string page = reportHtml(checked.data);
  CHECK(occurrences(page, "</script>") == 3);
  CHECK(occurrences(page, "<!--") == 0);
  CHECK(page.find("&lt;/script>") != std::string::npos);  // in what is shown without scripts
  CHECK(page.find("{{data}}") == std::string::npos);
  CHECK(page.find("http") == page.find("http-equiv"));
  const size_t begin = page.find("id=\"data\">") + 10;
  const boost::json::value read = boost::json::parse(page.substr(begin, page.find("</script>", begin) - begin));
  CHECK(read == boost::json::value(checked.data));
}
