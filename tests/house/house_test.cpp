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
