#include <doctest/doctest.h>

#include "tests/typecheck/terms.hpp"

using namespace funpass;

namespace {

struct Terms : funpass::test::Terms {
  Handle ints = arena.list({num(1), num(2)}, tInt);
  Handle inc = lambda(tInt, node(Tag::Add, var(0), num(1)));
  Handle isOne = lambda(tInt, node(Tag::Eq, var(0), num(1)));

  Symbol age = arena.symbol("age");
  Handle person = node(Tag::TRecord, arena.symbol("Person"),
                       node(Tag::TField, arena.symbol("name"), tString, node(Tag::TField, age, tInt)));
  Handle record(Handle name, Handle years) {
    return node(Tag::Record, person, node(Tag::Arg, name, node(Tag::Arg, years)));
  }
  void checkComparison(Tag tag, Rule rule) {
    CHECK(has(node(tag, num(1), num(2)), tBool, rule));
    CHECK(has(node(tag, str("a"), str("b")), tBool, rule));
    CHECK(refuses(node(tag, num(1), str("b")), rule, 1, 1));
    CHECK(refuses(node(tag, unit, unit), rule, 2, 0));
  }
};

}  // namespace

TEST_CASE_FIXTURE(Terms, "T-Bool: Booleans") { CHECK(has(yes(), tBool, Rule::TBool)); }

TEST_CASE_FIXTURE(Terms, "T-String: strings") { CHECK(has(str("text"), tString, Rule::TString)); }

TEST_CASE_FIXTURE(Terms, "T-If: a condition and two branches of one type") {
  CHECK(has(node(Tag::If, yes(), num(1), num(2)), tInt, Rule::TIf));
  CHECK(refuses(node(Tag::If, num(1), num(1), num(2)), Rule::TIf, 0, 0));
  CHECK(refuses(node(Tag::If, yes(), num(1), unit), Rule::TIf, 2, 2));
}

TEST_CASE_FIXTURE(Terms, "T-And: two Booleans") {
  CHECK(has(node(Tag::And, yes(), yes()), tBool, Rule::TAnd));
  CHECK(refuses(node(Tag::And, yes(), num(1)), Rule::TAnd, 1, 1));
}

TEST_CASE_FIXTURE(Terms, "T-Or: two Booleans") {
  CHECK(has(node(Tag::Or, yes(), yes()), tBool, Rule::TOr));
  CHECK(refuses(node(Tag::Or, num(1), yes()), Rule::TOr, 0, 0));
}

TEST_CASE_FIXTURE(Terms, "T-Not: a Boolean") {
  CHECK(has(node(Tag::Not, yes()), tBool, Rule::TNot));
  CHECK(refuses(node(Tag::Not, num(1)), Rule::TNot, 0, 0));
}

TEST_CASE_FIXTURE(Terms, "T-Eq: two comparable values of one type") {
  CHECK(has(node(Tag::Eq, ints, ints), tBool, Rule::TEq));
  CHECK(has(node(Tag::Eq, record(str("Ann"), num(1)), record(str("Ann"), num(2))), tBool, Rule::TEq));
  CHECK(refuses(node(Tag::Eq, num(1), unit), Rule::TEq, 1, 1));
  CHECK(refuses(node(Tag::Eq, inc, inc), Rule::TEq, 2, 0));
  CHECK_FALSE(isComparable(arena, listType(silo(tInt))));
}

TEST_CASE_FIXTURE(Terms, "T-Lt: integers or strings") { checkComparison(Tag::Lt, Rule::TLt); }

TEST_CASE_FIXTURE(Terms, "T-Le: integers or strings") { checkComparison(Tag::Le, Rule::TLe); }

TEST_CASE_FIXTURE(Terms, "T-Gt: integers or strings") { checkComparison(Tag::Gt, Rule::TGt); }

TEST_CASE_FIXTURE(Terms, "T-Ge: integers or strings") { checkComparison(Tag::Ge, Rule::TGe); }

TEST_CASE_FIXTURE(Terms, "T-Concat: strings or lists of one type") {
  CHECK(has(node(Tag::Concat, str("a"), str("b")), tString, Rule::TConcat));
  CHECK(has(node(Tag::Concat, ints, ints), listType(tInt), Rule::TConcat));
  CHECK(refuses(node(Tag::Concat, str("a"), num(1)), Rule::TConcat, 1, 1));
  CHECK(refuses(node(Tag::Concat, num(1), num(1)), Rule::TConcat, 2, 0));
}

TEST_CASE_FIXTURE(Terms, "T-Nil: the empty list knows its elements' type") {
  CHECK(has(node(Tag::Nil, tInt), listType(tInt), Rule::TNil));
}

TEST_CASE_FIXTURE(Terms, "T-Cons: elements of one type") {
  CHECK(has(ints, listType(tInt), Rule::TCons));
  const Handle mixed = arena.list({num(1), str("two")}, tInt);
  CHECK(refuses(mixed, Rule::TCons, 0, 0));
  CHECK(refusal(mixed).path == std::vector<uint8_t>{1});
  CHECK(refuses(node(Tag::Cons, num(1), num(2)), Rule::TCons, 1, 1));
}

TEST_CASE_FIXTURE(Terms, "T-Size: of a list") {
  CHECK(has(node(Tag::Size, ints), tInt, Rule::TSize));
  CHECK(refuses(node(Tag::Size, str("text")), Rule::TSize, 0, 0));
}

TEST_CASE_FIXTURE(Terms, "T-Range: two integers") {
  CHECK(has(node(Tag::Range, num(1), num(2)), listType(tInt), Rule::TRange));
  CHECK(refuses(node(Tag::Range, num(1), unit), Rule::TRange, 1, 1));
}

TEST_CASE_FIXTURE(Terms, "T-Split: two strings") {
  CHECK(has(node(Tag::Split, str("a b"), str(" ")), listType(tString), Rule::TSplit));
  CHECK(refuses(node(Tag::Split, num(1), str(" ")), Rule::TSplit, 0, 0));
}

TEST_CASE_FIXTURE(Terms, "T-Map: a list and a function or spore over its elements") {
  CHECK(has(node(Tag::Map, ints, inc, tInt), listType(tInt), Rule::TMap));
  CHECK(has(node(Tag::Map, ints, spore(0, tInt, unit), tUnit), listType(tUnit), Rule::TMap));
  CHECK(has(node(Tag::Map, ints, inc), listType(tInt), Rule::TMap));
  CHECK(refuses(node(Tag::Map, num(1), inc, tInt), Rule::TMap, 0, 0));
  CHECK(refuses(node(Tag::Map, ints, num(1), tInt), Rule::TMap, 1, 1));
  CHECK(refuses(node(Tag::Map, ints, lambda(tUnit, unit), tUnit), Rule::TMap, 1, 1));
  CHECK(refuses(node(Tag::Map, ints, inc, tHost), Rule::TMap, 1, 1));
}

TEST_CASE_FIXTURE(Terms, "T-Filter: a function to Bool") {
  CHECK(has(node(Tag::Filter, ints, isOne, tInt), listType(tInt), Rule::TFilter));
  CHECK(refuses(node(Tag::Filter, ints, inc, tInt), Rule::TFilter, 1, 1));
  CHECK(refuses(node(Tag::Filter, ints, isOne, tHost), Rule::TFilter, 0, 0));
}

TEST_CASE_FIXTURE(Terms, "T-FlatMap: a function to lists") {
  const Handle twice = lambda(tInt, arena.list({var(0), var(0)}, tInt));
  CHECK(has(node(Tag::FlatMap, ints, twice, tInt), listType(tInt), Rule::TFlatMap));
  CHECK(refuses(node(Tag::FlatMap, ints, inc, tInt), Rule::TFlatMap, 1, 1));
  CHECK(refuses(node(Tag::FlatMap, ints, twice, tHost), Rule::TFlatMap, 1, 1));
}

TEST_CASE_FIXTURE(Terms, "T-Exists: a function to Bool") {
  CHECK(has(node(Tag::Exists, ints, isOne), tBool, Rule::TExists));
  CHECK(refuses(node(Tag::Exists, ints, inc), Rule::TExists, 1, 1));
}

TEST_CASE_FIXTURE(Terms, "T-Fold: what was accumulated, then an element") {
  const Handle add = lambda(tInt, lambda(tInt, node(Tag::Add, var(0), var(1))));
  CHECK(has(node(Tag::Fold, ints, num(0), add), tInt, Rule::TFold));
  CHECK(has(node(Tag::Fold, ints, num(0), lambda(tInt, spore(0, tInt, var(0)))), tInt, Rule::TFold));
  CHECK(refuses(node(Tag::Fold, num(1), num(0), add), Rule::TFold, 0, 0));
  CHECK(refuses(node(Tag::Fold, ints, num(0), inc), Rule::TFold, 2, 2));
  CHECK(refuses(node(Tag::Fold, ints, unit, add), Rule::TFold, 2, 2));
  CHECK(refuses(node(Tag::Fold, ints, unit, lambda(tUnit, inc)), Rule::TFold, 2, 2));
}

TEST_CASE_FIXTURE(Terms, "T-SortBy: keys that have an order") {
  CHECK(has(node(Tag::SortBy, ints, inc, tInt), listType(tInt), Rule::TSortBy));
  CHECK(refuses(node(Tag::SortBy, ints, isOne, tBool), Rule::TSortBy, 2, 1));
  CHECK(refuses(node(Tag::SortBy, ints, inc, tString), Rule::TSortBy, 1, 1));
}

TEST_CASE_FIXTURE(Terms, "T-SortByKeys: a list and its keys") {
  CHECK(has(node(Tag::SortByKeys, arena.list({unit, unit}, tUnit), ints), listType(tUnit), Rule::TSortByKeys));
  CHECK(refuses(node(Tag::SortByKeys, ints, num(1)), Rule::TSortByKeys, 1, 1));
  CHECK(refuses(node(Tag::SortByKeys, ints, arena.list({unit}, tUnit)), Rule::TSortByKeys, 2, 1));
}

TEST_CASE_FIXTURE(Terms, "T-Record: an argument for each field") {
  CHECK(has(record(str("Ann"), num(31)), person, Rule::TRecord));
  CHECK(refuses(record(str("Ann"), str("31")), Rule::TRecord, 1, 1));
  CHECK(refusal(record(str("Ann"), str("31"))).element == 1);
  CHECK(refuses(node(Tag::Record, person, node(Tag::Arg, str("Ann"))), Rule::TRecord, 1, 1));
  const Handle three = node(Tag::Arg, str("Ann"), node(Tag::Arg, num(1), node(Tag::Arg, num(2))));
  CHECK(refusal(node(Tag::Record, person, three)).element == 2);
  CHECK(refuses(node(Tag::Record, tInt, three), Rule::TRecord, 0, 0));
}

TEST_CASE_FIXTURE(Terms, "T-Field: a field of a record") {
  CHECK(has(node(Tag::Field, record(str("Ann"), num(31)), age), tInt, Rule::TField));
  CHECK(refuses(node(Tag::Field, num(1), age), Rule::TField, 0, 0));
  const Handle misspelt = node(Tag::Field, record(str("Ann"), num(31)), arena.symbol("agee"));
  CHECK(refuses(misspelt, Rule::TField, 2, -1));
  CHECK(refusal(misspelt).help.find("`age`") != std::string::npos);
}
