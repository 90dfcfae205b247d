#include "render/diagnostic.hpp"

#include <doctest/doctest.h>
#include <boost/json/parse.hpp>

using namespace funpass;
using namespace funpass::render;

namespace {

std::string shown(const std::string& text, const Diagnostic& diagnostic, uint32_t width = 80) {
  Style style;
  style.width = width;
  return diagnosticText(Source("f.fp", text), diagnostic, Severity::Error, style);
}

}  // namespace

TEST_CASE("place, source line, caret, note of the rule, help") {
  const Diagnostic d{"T-Await", Span{7, 12}, "not a future", {}, "send it first"};
  CHECK(shown("at a {\nawait(1)\n}", d) ==
        "error[T-Await]: not a future\n"
        " --> f.fp:2:1\n"
        "  |\n"
        "2 | await(1)\n"
        "  | ^^^^^\n"
        "  |\n"
        "  = note: rule T-Await: Γ;Σ ⊢ t : Future[T] ⟹ Γ;Σ ⊢ await(t) : T\n"
        "  = help: send it first\n");
}

TEST_CASE("secondary spans stand below, on their own lines") {
  const Diagnostic d{"distinct names", Span{10, 11}, "a is there already", {{"the first", Span{5, 6}}}, ""};
  CHECK(shown("host a, b\na", d) ==
        "error[distinct names]: a is there already\n"
        " --> f.fp:2:1\n"
        "  |\n"
        "1 | host a, b\n"
        "  |      - the first\n"
        "2 | a\n"
        "  | ^\n");
}

TEST_CASE("lines between two places are left out") {
  const Diagnostic d{"syntax", Span{0, 1}, "open", {{"closed", Span{6, 7}}}, ""};
  CHECK(shown("(\na\nb\n)", d).find("\n...\n4 | )\n") != std::string::npos);
}

TEST_CASE("tabs, control characters and characters of several bytes") {
  const Diagnostic d{"syntax", Span{4, 5}, "x", {}, ""};
  CHECK(shown("\t\xC3\xA9\x1Bx", d).find("1 |     é\uFFFDx\n  |       ^\n") != std::string::npos);
}

TEST_CASE("a span over several lines shows its first") {
  const Diagnostic d{"syntax", Span{4, 9}, "x", {}, ""};
  CHECK(shown("at a {\n  }\n", d).find("1 | at a {\n  |     … ") == std::string::npos);
  CHECK(shown("at a {\n  }\n", d).find("^ … to line 2\n") != std::string::npos);
}

TEST_CASE("the end of the text, an empty line, a file as a whole") {
  CHECK(shown("1 +", {"syntax", Span{3, 3}, "x", {}, ""}).find("1 | 1 +\n  |    ^\n") != std::string::npos);
  CHECK(shown("a\n\nb", {"syntax", Span{2, 2}, "x", {}, ""}).find("2 |\n  | ^\n") != std::string::npos);
  CHECK(shown("", {"file", std::nullopt, "the file is empty", {}, ""}) ==
        "error[file]: the file is empty\n --> f.fp\n");
}

TEST_CASE("of a long line the part around the place is shown") {
  const std::string text =
      shown(std::string(5000, '(') + "x" + std::string(5000, ')'), {"syntax", Span{5000, 5001}, "x", {}, ""}, 60);
  CHECK(text.size() < 400);
  const size_t line = text.find("1 | …");
  REQUIRE(line != std::string::npos);
  const size_t caretLine = text.find("  | ", text.find('\n', line));
  const std::string source = text.substr(line + 4, text.find('\n', line) - line - 4);
  const uint32_t column = static_cast<uint32_t>(text.find('^', caretLine) - caretLine - 4);
  CHECK(slice(source, column, 1) == "x");
}

TEST_CASE("several errors and how many they are") {
  const Source source("f.fp", "a b");
  const Diagnostics two{{"syntax", Span{0, 1}, "one", {}, ""}, {"syntax", Span{2, 3}, "two", {}, ""}};
  const std::string text = diagnosticsText(source, two, {});
  CHECK(text.find("one") < text.find("two"));
  CHECK(text.substr(text.size() - 9) == "2 errors\n");
}

TEST_CASE("JSON: columns are code points, notes are texts") {
  const Source source("f.fp", "é x");
  const Diagnostics one{{"T-Var", Span{3, 4}, "x is not bound", {{"here", Span{0, 2}}}, "bind it"}};
  const auto json = boost::json::parse(diagnosticsJson(source, one)).as_object();
  CHECK(json.at("schema") == 1);
  const auto& d = json.at("diagnostics").as_array().at(0).as_object();
  CHECK(d.at("line") == 1);
  CHECK(d.at("column") == 3);
  CHECK(d.at("end_column") == 4);
  CHECK(d.at("rule") == "T-Var");
  CHECK(d.at("help") == "bind it");
  CHECK(d.at("notes").as_array().at(0) == "here (1:1)");
  CHECK(d.at("notes").as_array().at(1).as_string().starts_with("rule T-Var: "));
}
