// T-FromLineage, and what Saved(…) may be in a literal. Files: tests/lineage.
#include <doctest/doctest.h>

#include "tests/support/support.hpp"
#include "tests/typecheck/terms.hpp"

using namespace funpass;
using namespace funpass::test;

namespace {

// The first error of a literal whose host a has this term.
std::string errorOf(const std::string& term, const std::string& types = "") {
  return firstError("config { host a: " + term + "; 1 | {} next 0 messages: results: a none " +
                    (types.empty() ? "" : "types: " + types) + " }");
}

bool begins(const std::string& text, const std::string& start) { return text.compare(0, start.size(), start) == 0; }

// Saved(l, ι ↦ v) of one leaf of this type.
Handle saved(Terms& t, Handle lineage, Handle ident, Handle value) {
  return t.node(Tag::Saved, lineage, insert(t.arena, 0, ident, value));
}

}  // namespace

TEST_CASE("T-FromLineage: it has the type of the root's data") {
  Terms t;
  const Handle leaf = t.ident(kNobody, 0, t.tInt);
  const Handle root = t.ident(kNobody, 1, t.tBool);
  const Handle l = t.applied(root, t.mat(leaf), t.maker(t.tInt, t.yes(), t.tBool));
  const Handle term = t.node(Tag::FromLineage, t.host(0, t.host(1)), saved(t, l, leaf, t.num(5)));
  CHECK(t.has(term, t.silo(t.tBool), Rule::TFromLineage));
}

TEST_CASE("T-FromLineage: each premise") {
  Terms t;
  const Handle leaf = t.ident(kNobody, 0, t.tInt);
  const Handle five = saved(t, t.mat(leaf), leaf, t.num(5));
  CHECK(t.refusal(t.node(Tag::FromLineage, t.num(1), five)).premise == 0);
  const Handle root = t.ident(kNobody, 1, t.tBool);
  const Handle wrong = t.applied(root, t.mat(leaf), t.maker(t.tInt, t.var(0), t.tInt));
  CHECK(t.refusal(t.node(Tag::FromLineage, t.here, saved(t, wrong, leaf, t.num(5)))).rule == Rule::WFLin2);
  CHECK(t.refusal(t.node(Tag::FromLineage, t.here, saved(t, t.mat(leaf), leaf, t.yes()))).rule == Rule::WFStore2);
  const Handle other = t.ident(kNobody, 1, t.tInt);
  CHECK(t.refusal(t.node(Tag::FromLineage, t.here, saved(t, t.mat(other), leaf, t.num(5)))).premise == 3);
  const Handle function = t.ident(kNobody, 2, t.fun(t.tInt, t.tInt));
  const Handle immobile = saved(t, t.mat(function), function, t.lambda(t.tInt, t.var(0)));
  const TypeRefusal refusal = t.refusal(t.node(Tag::FromLineage, t.here, immobile));
  CHECK(refusal.rule == Rule::TFromLineage);
  CHECK(refusal.premise == 4);
}

TEST_CASE("a saved lineage has the values of its leaves and no others") {
  CHECK(errorOf("fromLineage(a, Saved(Mat((currentHost,0)), (currentHost,0) -> 5))").empty());
  CHECK(begins(errorOf("fromLineage(a, Saved(Mat((currentHost,0)), (currentHost,0) -> 5, (currentHost,1) -> 6))"),
               "T-FromLineage"));
  CHECK(begins(errorOf("fromLineage(a, Saved(Mat((currentHost,0)), (currentHost,0) -> Ref(Mat((currentHost,0)), [])))",
                       "(currentHost,0): SiloRef[Int]"),
               "T-FromLineage"));
  CHECK(begins(errorOf("fromLineage(a, Saved(Mat((currentHost,0)), (currentHost,0) -> 2 + 3))"), "WF-Store2"));
}

TEST_CASE("what belongs to a saved lineage stands in one only") {
  CHECK(begins(errorOf("Saved(Mat((currentHost,0)), (currentHost,0) -> 5)", "(currentHost,0): Int"), "syntax"));
  CHECK(begins(errorOf("send(Ref(Mat((currentHost,0)), []))", "(currentHost,0): Int"), "syntax"));
  CHECK(
      begins(errorOf("fromLineage(a, Saved(Mat((currentHost,0)), (currentHost,0) -> 5)); (currentHost,0)"), "syntax"));
  CHECK(begins(errorOf("fromLineage(a, Saved(Mat((currentHost,0)), (currentHost,0) -> Ref(Mat((currentHost,1)), a)))",
                       "(currentHost,0): SiloRef[Int], (currentHost,1): Int"),
               "WF-Ref"));
  CHECK(begins(firstError("host a at a { fromLineage(a, Saved(1, 2)); 1 }"), "file"));
}

TEST_CASE("fromLineage is no part of the core") {
  CHECK(begins(firstError("host a at a { fromLineage(a, unit); 1 }", true, true), "T-Var"));
}
