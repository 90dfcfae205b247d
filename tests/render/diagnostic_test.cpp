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
  CHECK(shown("\t\xC3\xA9\x1Bx", d).find("1 |     é\\u{1b}x\n  |            ^\n") != std::string::npos);
}

TEST_CASE("carets stand below wide, joined and hidden characters") {
  const auto lines = [](const std::string& text, Span span) {
    const std::string all = shown(text, {"syntax", span, "x", {}, ""});
    return all.substr(all.find("1 |"));
  };
  CHECK(lines("漢字x", {6, 7}) == "1 | 漢字x\n  |     ^\n");
  CHECK(lines("漢字x", {3, 6}) == "1 | 漢字x\n  |   ^^\n");
  CHECK(lines("e\u0301\u0301x", {5, 6}) == "1 | e\u0301\u0301x\n  |  ^\n");
  CHECK(lines("ae\u0301x", {2, 4}) == "1 | ae\u0301x\n  |  ^\n");
  CHECK(lines("\u202Ex\u200B", {3, 4}) == "1 | \\u{202e}x\\u{200b}\n  |         ^\n");
  CHECK(lines("\u202Ex", {0, 3}) == "1 | \\u{202e}x\n  | ^^^^^^^^\n");
}

TEST_CASE("a long line of wide characters is cut around its mark") {
  std::string text, wide;
  for (int i = 0; i < 60; ++i) wide += "漢";
  for (const std::string& before : {wide, "a" + wide}) {
    text = before + "!" + wide;
    const auto at = static_cast<uint32_t>(before.size());
    const std::string all = shown(text, {"syntax", Span{at, at + 1}, "x", {}, ""});
    const size_t line = all.find("1 | …"), caret = all.find('^');
    const std::string shownLine = all.substr(line, all.find('\n', line) - line);
    const size_t last = all.rfind('\n', caret) + 1;
    CHECK(columnsOf(shownLine) <= 100);
    CHECK(columnsOf(shownLine.substr(0, shownLine.find('!'))) == caret - last);
  }
}

TEST_CASE("nothing hidden reaches the screen from a message or a file's name") {
  const std::string all =
      shown("x", {"syntax", Span{0, 1}, "m\x1B", {{"n\u202E", {}}, {"l\x07", Span{0, 1}}}, "h\u200B"});
  for (const char* part : {": m\\u{1b}\n", "note: n\\u{202e}\n", "l\\u{7}\n", "help: h\\u{200b}\n"})
    CHECK(all.find(part) != std::string::npos);
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
  CHECK(columnsOf(source.substr(0, source.find('x'))) == column);
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
