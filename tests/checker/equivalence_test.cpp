// v ≈ v': references count as the data and lineage they stand for.
#include <doctest/doctest.h>

#include "checker/equivalence.hpp"
#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::test;

namespace {

// Are a's results in the two literals ≈?
bool same(const std::string& first, const std::string& second) {
  Arena arena;
  const Program c = load(arena, first);
  const Program d = load(arena, second);
  return equivalent(arena, c.initial.hosts[0].result, c.initial, d.initial.hosts[0].result, d.initial);
}

std::string literal(const std::string& result, const std::string& store) {
  return "config { host a: unit | {} next 9 host b: unit | {" + store + "} next 0 messages: results: a " + result +
         " types: (a,0): Int, (a,1): Int, (a,2): Int }";
}

}  // namespace

TEST_CASE("plain values are ≈ when they are equal") {
  CHECK(same(literal("5", ""), literal("5", "(a,0) -> 1")));
  CHECK_FALSE(same(literal("5", ""), literal("6", "")));
  CHECK(same(literal("[Ref(Mat((a,0)), b)]", "(a,0) -> 1"), literal("[Ref(Mat((a,1)), b)]", "(a,1) -> 1")));
}

TEST_CASE("references are ≈ when their silos hold ≈ values, whatever their identifiers") {
  CHECK(same(literal("Ref(Mat((a,0)), b)", "(a,0) -> 1"), literal("Ref(Mat((a,1)), b)", "(a,1) -> 1")));
  CHECK_FALSE(same(literal("Ref(Mat((a,0)), b)", "(a,0) -> 1"), literal("Ref(Mat((a,1)), b)", "(a,1) -> 2")));
  CHECK_FALSE(same(literal("Ref(Mat((a,0)), b)", "(a,0) -> 1"), literal("Ref(Mat((a,0)), a)", "(a,0) -> 1")));
}

TEST_CASE("derived references are ≈ when parents and spores are") {
  const auto derived = [](const std::string& at, const std::string& root, const std::string& k) {
    return "Ref(Applied((a," + at + "), Mat((a," + root + ")), spore { k: Int = " + k +
           "; (x: Int) => populate(b, x + k) }), b)";
  };
  CHECK(same(literal(derived("1", "0", "3"), "(a,0) -> 1"), literal(derived("2", "1", "3"), "(a,1) -> 1")));
  CHECK_FALSE(same(literal(derived("1", "0", "3"), "(a,0) -> 1"), literal(derived("2", "0", "4"), "(a,0) -> 1")));
}

TEST_CASE("a reference whose host is gone is ≈ only to one with the same lineage") {
  const auto gone = [](const std::string& index) {
    return "config { host a: unit | {} next 9 host b: crashed next 0 messages: results: a Ref(Mat((a," + index +
           ")), b) types: (a,0): Int, (a,1): Int }";
  };
  CHECK(same(gone("0"), gone("0")));
  CHECK_FALSE(same(gone("0"), gone("1")));
}
