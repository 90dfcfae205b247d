// The house: which folder may include which; the rule table against documents, code and tests; every program is run.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "lang/rules.hpp"

using namespace funpass;
namespace fs = std::filesystem;

namespace {

const fs::path kRoot = FUNPASS_SOURCE_DIR;

std::string contents(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The files below the folders of the project whose names end in one of these.
std::vector<fs::path> files(const std::vector<std::string>& folders, const std::vector<std::string>& endings) {
  std::vector<fs::path> found;
  for (const std::string& folder : folders) {
    if (!fs::exists(kRoot / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      const std::string ending = entry.path().extension().string();
      if (entry.is_regular_file() && std::find(endings.begin(), endings.end(), ending) != endings.end()) {
        found.push_back(entry.path());
      }
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string shown(const fs::path& path) { return fs::relative(path, kRoot).string(); }

std::vector<std::string> matches(const std::string& text, const std::string& pattern) {
  std::vector<std::string> found;
  const std::regex regex(pattern);
  for (std::sregex_iterator it(text.begin(), text.end(), regex), end; it != end; ++it) found.push_back((*it)[1]);
  return found;
}

const std::vector<std::string> kCode = {"lang", "typecheck", "semantics", "checker", "render", "cli"};
const std::string kRuleName = "((?:R|P|T|WF|F)-[A-Z][A-Za-z0-9]*(?:-[A-Z][A-Za-z0-9]*)*)";

}  // namespace

TEST_CASE("includes only run downwards") {
  const std::map<std::string, std::set<std::string>> allowed = {
      {"lang", {"lang"}},
      {"typecheck", {"lang", "typecheck"}},
      {"semantics", {"lang", "semantics"}},
      {"checker", {"lang", "typecheck", "semantics", "checker"}},
      {"render", {"lang", "typecheck", "semantics", "checker", "render"}},
      {"cli", {"lang", "typecheck", "semantics", "checker", "render", "cli"}},
  };
  int seen = 0;
  for (const fs::path& path : files(kCode, {".cpp", ".hpp"})) {
    const std::string folder = *fs::relative(path, kRoot).begin();
    for (const std::string& included : matches(contents(path), "#include \"([a-z]+)/")) {
      CHECK_MESSAGE(allowed.at(folder).count(included) == 1, shown(path) << " includes " << included);
      ++seen;
    }
  }
  CHECK(seen > 100);
}

TEST_CASE("threads, clocks and files are the command line's") {
  for (const fs::path& path : files({"lang", "typecheck", "semantics", "checker", "render"}, {".cpp", ".hpp"})) {
    if (shown(path).rfind("checker/platform", 0) == 0) continue;
    for (const std::string& header : matches(contents(path), "#include <(thread|mutex|atomic|filesystem|chrono)>")) {
      FAIL_CHECK(shown(path) << " includes <" << header << ">");
    }
  }
}

TEST_CASE("every rule of the table has a program named after it") {
  for (const RuleInfo& rule : allRules()) {
    const fs::path program = kRoot / "tests" / "rules" / (std::string(rule.name) + ".fp");
    CHECK_MESSAGE(fs::exists(program), rule.name);
    CHECK_MESSAGE(contents(program).find("// rule: " + std::string(rule.name)) != std::string::npos, rule.name);
  }
}

TEST_CASE("every program named after a rule is named after one of the table") {
  for (const fs::path& path : files({"tests/rules"}, {".fp"})) {
    std::string name = path.stem().string();
    if (name.size() > 6 && name.substr(name.size() - 6) == "-fails") name.resize(name.size() - 6);
    const auto rule = ruleNamed(name);
    const bool known = rule && info(*rule).name == name;
    CHECK_MESSAGE(known, shown(path));
  }
}

TEST_CASE("docs/calculus.md defines the rules of the table, in its order") {
  std::vector<std::string> table;
  for (const RuleInfo& rule : allRules()) table.emplace_back(rule.name);
  CHECK(matches(contents(kRoot / "docs" / "calculus.md"), "\\*\\*" + kRuleName + "\\*\\*") == table);
}

TEST_CASE("docs/calculus.md has the grammar of lang/grammar.def, in its order, and nothing else") {
  struct Row {
    std::string name, text, note;
  };
  const std::vector<Row> table = {
#define FP_GRAMMAR(name, layer, text, latex, note) {name, text, note},
#include "lang/grammar.def"
  };
  const std::string page = contents(kRoot / "docs" / "calculus.md");
  std::string lines;
  const std::vector<std::pair<std::string, std::string>> parts = {
      {"### Grammar", "### The initial"}, {"### Lineages that travel", "## 8."}, {"### 8.3", "### 8.4"}};
  for (const auto& [from, to] : parts) {
    const size_t begin = page.find(from);
    REQUIRE(begin != std::string::npos);
    for (const std::string& line : matches(page.substr(begin, page.find(to, begin) - begin), "\n    (.*)"))
      if (line.find("::=") != std::string::npos || matches(line, "^ *(\\|)").size() == 1) lines += line + "\n";
  }
  size_t at = 0;
  const auto nothingUpTo = [&](size_t end, const std::string& name) {
    for (const std::string& word : matches(lines.substr(at, end - at), "(\\S+)")) {
      const bool known = word == "::=" || word == "|" || word == "…" || word == name;
      CHECK_MESSAGE(known, word);
    }
  };
  for (const Row& row : table) {
    CAPTURE(row.text);
    const size_t text = lines.find(row.text, at);
    REQUIRE(text != std::string::npos);
    nothingUpTo(text, row.name);
    at = text + row.text.size();
    if (row.note.empty()) continue;
    const size_t note = lines.find_first_not_of(' ', at);
    CHECK(lines.substr(note, row.note.size()) == row.note);
    at = note + row.note.size();
  }
  nothingUpTo(lines.size(), "");
}

TEST_CASE("docs/calculus.md has the metavariables of lang/grammar.def, and no others") {
  const std::vector<std::pair<std::string, std::string>> table = {
#define FP_METAVARIABLE(symbols, latex, meaning) {symbols, meaning},
#include "lang/grammar.def"
  };
  std::string page = contents(kRoot / "docs" / "calculus.md");
  page = page.substr(page.find("### Metavariables"), page.find("### Grammar") - page.find("### Metavariables"));
  for (const auto& row : table) {
    const std::string wanted = "| `" + row.first + "` | " + row.second + " |";
    CHECK_MESSAGE(page.find(wanted) != std::string::npos, wanted);
  }
  CHECK(2 * matches(page, "\n(\\|) `").size() == table.size());
}

TEST_CASE("every rule has its formula above its clause, and no comment names a rule that is not in the table") {
  std::string code;
  std::set<std::string> comments;
  for (const fs::path& path : files({"typecheck", "semantics"}, {".cpp"})) {
    const std::string text = contents(path);
    code += text;
    for (const std::string& line : matches(text, "//+ ([^\\n]*)")) {
      for (const std::string& name : matches(line, kRuleName)) {
        comments.insert(name);
        const auto rule = ruleNamed(name);
        const bool known = rule && info(*rule).name == name;
        CHECK_MESSAGE(known, shown(path) << " speaks of " << name);
      }
    }
  }
  for (const RuleInfo& rule : allRules()) {
    CHECK_MESSAGE(comments.count(std::string(rule.name)) == 1, rule.name << " has no comment");
    std::string identifier;
    std::copy_if(rule.name.begin(), rule.name.end(), std::back_inserter(identifier), [](char c) { return c != '-'; });
    CHECK_MESSAGE(code.find("Rule::" + identifier) != std::string::npos, rule.name << " has no clause");
  }
}

TEST_CASE("a test case is named after every rule") {
  std::string cases;
  for (const fs::path& path : files({"tests/typecheck", "tests/semantics"}, {".cpp"})) {
    for (const std::string& name : matches(contents(path), "TEST_CASE[A-Z_]*\\([^\"]*\"([^\"]*)")) cases += name + "\n";
  }
  const std::vector<std::string> names = matches(cases, kRuleName);
  for (const RuleInfo& rule : allRules()) {
    CHECK_MESSAGE(std::count(names.begin(), names.end(), rule.name) > 0, rule.name);
  }
}

TEST_CASE("every committed program says what is expected of it, or is listed with the cases beside it") {
  int seen = 0;
  for (const fs::path& path : files({"examples", "tests"}, {".fp"})) {
    if (shown(path).find("tests/fuzz/") == 0) continue;  // replayed
    const std::string text = contents(path);
    const fs::path folder = path.parent_path();
    bool isRun = text.find("// expect") != std::string::npos;
    isRun = isRun || fs::exists(folder / (path.stem().string() + ".txt"));
    for (const fs::path& cases :
         {folder / "cases.jsonl", folder.parent_path() / "cases.jsonl", folder / "run", folder.parent_path() / "run"}) {
      isRun = isRun || contents(cases).find(path.filename().string()) != std::string::npos;
    }
    // Or all of its folder is.
    isRun = isRun || contents(folder.parent_path() / "run").find("/" + folder.filename().string()) != std::string::npos;
    CHECK_MESSAGE(isRun, shown(path) << " is never run");
    ++seen;
  }
  CHECK(seen > 300);
}

TEST_CASE("no source file has more than 600 lines") {
  for (const fs::path& path : files({"lang", "typecheck", "semantics", "checker", "render", "cli", "tests", "bench"},
                                    {".cpp", ".hpp", ".def", ".py"})) {
    const std::string text = contents(path);
    CHECK_MESSAGE(std::count(text.begin(), text.end(), '\n') <= 600, shown(path));
  }
}

TEST_CASE("no file names a path of the machine it was made on") {
  const std::string here = kRoot.string() + "/";
  for (const fs::path& path :
       files({"lang", "typecheck", "semantics", "checker", "render", "cli", "tests", "bench", "docs", "examples",
              "tools", ".ci"},
             {".cpp", ".hpp", ".def", ".py", ".md", ".fp", ".txt", ".json", ".jsonl", ".sh", ""})) {
    CHECK_MESSAGE(contents(path).find(here) == std::string::npos, shown(path));
  }
}

TEST_CASE("every folder of the house says what it is") {
  for (const std::string& folder : kCode) CHECK_MESSAGE(fs::exists(kRoot / folder / "README.md"), folder);
}
