#include "lang/source.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <filesystem>
#include <string>

using namespace funpass;

namespace {

Position at(const std::string& text, uint32_t offset) { return Source("t", text).position(offset); }

std::string problem(std::string text) {
  Diagnostics out;
  const Source source("t", std::move(text));
  if (readable(source, out)) return {};
  REQUIRE(out.size() == 1);
  CHECK(out[0].rule == "file");
  std::string place;
  if (out[0].span) place = std::to_string(out[0].span->begin) + ": ";
  return place + out[0].message;
}

std::string readProblem(const std::string& path) {
  Diagnostics out;
  CHECK_FALSE(readSource(path, out));
  REQUIRE(out.size() == 1);
  CHECK(out[0].rule == "file");
  return out[0].message;
}

}  // namespace

TEST_CASE("positions count lines and code points from 1") {
  CHECK(at("", 0) == Position{1, 1});
  CHECK(at("ab\ncd", 0) == Position{1, 1});
  CHECK(at("ab\ncd", 2) == Position{1, 3});
  CHECK(at("ab\ncd", 3) == Position{2, 1});
  CHECK(at("ab\ncd", 5) == Position{2, 3});
  CHECK(at("ab\ncd", 99) == Position{2, 3});
  CHECK(at("ab\n", 3) == Position{2, 1});
  CHECK(at("λ⇒x", 2) == Position{1, 2});
  CHECK(at("λ⇒x", 5) == Position{1, 3});
  CHECK(at("a\r\nb", 3) == Position{2, 1});
  CHECK(Source().position(3) == Position{1, 1});
}

TEST_CASE("a byte order mark has no column") {
  const Source source("t", "\xEF\xBB\xBFhost a");
  CHECK(source.position(0) == Position{1, 1});
  CHECK(source.position(3) == Position{1, 1});
  CHECK(source.position(4) == Position{1, 2});
  CHECK(source.line(1) == "host a");
}

TEST_CASE("lines come without their ends") {
  const Source source("t", "a\r\nb\n\nc");
  CHECK(source.line(1) == "a");
  CHECK(source.line(2) == "b");
  CHECK(source.line(3).empty());
  CHECK(source.line(4) == "c");
  const Source returns("t", "a\rb\r\r\nc\r");
  CHECK(returns.line(1) == "a");
  CHECK(returns.line(2) == "b");
  CHECK(returns.line(3).empty());
  CHECK(returns.line(4) == "c");
  CHECK(returns.position(2) == Position{2, 1});
  CHECK(returns.position(6) == Position{4, 1});
  CHECK(source.line(0).empty());
  CHECK(source.line(5).empty());
}

TEST_CASE("what can be a program's text") {
  CHECK(problem("host a").empty());
  CHECK(problem("\xEF\xBB\xBF λ ⇒ \xF0\x9F\x98\x80 \r\n").empty());
  CHECK(problem("\xF4\x8F\xBF\xBF\xED\x9F\xBF\xEE\x80\x80").empty());
  CHECK(problem("") == "the file is empty");
  CHECK(problem(std::string("ab\0c", 4)).find("2: a NUL byte") == 0);
  CHECK(problem("abc\xFF").find("3: not UTF-8: unexpected byte 0xFF") == 0);
  CHECK(problem("a\xC3").find("1: ") == 0);              // cut off
  CHECK(problem("a\xC0\x80").find("1: ") == 0);          // too long for what it encodes
  CHECK(problem("a\xE0\x80\x80").find("1: ") == 0);      // likewise
  CHECK(problem("a\xF0\x80\x80\x80").find("1: ") == 0);  // likewise
  CHECK(problem("a\xED\xA0\x80").find("1: ") == 0);      // a surrogate
  CHECK(problem("a\xF4\x90\x80\x80").find("1: ") == 0);  // above U+10FFFF
  CHECK(problem("a\x80").find("1: ") == 0);              // a continuation alone
  CHECK(problem("λ\xCE").find("2: ") == 0);
}

TEST_CASE("files that cannot be read") {
  CHECK(readProblem("/no/such/file.fp") == "there is no file `/no/such/file.fp`");
  CHECK(readProblem("/") == "`/` is a folder, not a file");
}

TEST_CASE("files are read as they are") {
  const std::string path = (std::filesystem::temp_directory_path() / "funpass_source_test.fp").string();
  const std::string text = "host a\r\n// λ\n" + std::string(200000, 'x');
  std::FILE* file = std::fopen(path.c_str(), "wb");
  REQUIRE(file != nullptr);
  std::fwrite(text.data(), 1, text.size(), file);
  std::fclose(file);
  Diagnostics out;
  const auto source = readSource(path, out);
  REQUIRE(source);
  CHECK(out.empty());
  CHECK(source->text() == text);
  CHECK(source->name() == path);
  std::filesystem::remove(path);
}

TEST_CASE("the name that was meant") {
  const std::vector<std::string> words{"host", "record", "def", "at", "check"};
  CHECK(closestName("hots", words) == "host");
  CHECK(closestName("hist", words) == "host");
  CHECK(closestName("recrod", words) == "record");
  CHECK(closestName("chekc", words) == "check");
  CHECK(closestName("dfe", words) == "def");
  CHECK_FALSE(closestName("host", {"host"}));
  CHECK_FALSE(closestName("ab", words));  // two letters are no evidence
  CHECK_FALSE(closestName("zzzzzz", words));
  CHECK_FALSE(closestName("", words));
  CHECK_FALSE(closestName("abc", {}));
  CHECK(closestName("valu", {"values", "value"}) == "value");
  CHECK(closestName("abcd", {"abce", "abcf"}) == "abce");  // the first of equals
  CHECK_FALSE(closestName(std::string(100000, 'a'), {std::string(100000, 'b')}));
}
