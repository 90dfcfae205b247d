// The raw graph of every conformance program has exactly the states and transitions that an independent implementation
// counted (tests/conformance).
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <set>

#include <boost/json.hpp>

#include "checker/calculus_model.hpp"
#include "checker/search.hpp"
#include "lang/raise.hpp"
#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::test;

namespace {

void compareWith(const boost::json::object& expected) {
  const std::string name(expected.at("file").as_string());
  CAPTURE(name);
  const auto flag = expected.find("mobility");
  Arena arena;
  const Program program =
      load(arena, projectFile("tests/conformance/" + name), flag == expected.end() || flag->value().as_bool());
  Semantics semantics(arena, rules(true));
  CalculusModel model(semantics, program.initial);
  int64_t finals = 0;
  int64_t stuck = 0;
  std::vector<std::set<std::string>> results(program.terms.size());
  const Exploration found = explore(model, {}, [&](uint32_t, uint32_t, uint32_t, bool) { return true; });
  CHECK(found.complete);
  for (uint32_t s = 0; s < found.states.size(); ++s) {
    if (!model.final(found.states[s])) {
      stuck += static_cast<int64_t>(found.firstEdge[s] == found.firstEdge[s + 1]);
      continue;
    }
    ++finals;
    const Configuration last = model.decode(found.states[s]);
    for (size_t h = 0; h < results.size(); ++h) {
      const Handle result = last.hosts[h].result;
      if (result != 0 && !arena.is(result, Tag::NoResult)) results[h].insert(canonicalText(arena, result));
    }
  }
  CHECK(static_cast<int64_t>(found.states.size()) == expected.at("states").as_int64());
  CHECK(static_cast<int64_t>(found.targets.size()) == expected.at("transitions").as_int64());
  CHECK(finals == expected.at("final").as_int64());
  CHECK(stuck == expected.at("stuck").as_int64());
  for (const auto& [host, values] : expected.at("results").as_object()) {
    std::set<std::string> wanted;
    for (const auto& value : values.as_array()) wanted.insert(std::string(value.as_string()));
    for (size_t h = 0; h < results.size(); ++h) {
      if (arena.hosts()[h] == host) CHECK(results[h] == wanted);
    }
  }
}

}  // namespace

TEST_CASE("raw graphs: states, transitions, final and stuck configurations, results") {
  std::ifstream cases(std::string(FUNPASS_SOURCE_DIR) + "/tests/conformance/cases.jsonl");
  int compared = 0;
  for (std::string line; std::getline(cases, line);) {
    const boost::json::object expected = boost::json::parse(line).as_object();
    if (expected.contains("crashes")) continue;  // failures are not part of this version
    compareWith(expected);
    ++compared;
  }
  CHECK(compared > 30);
}
