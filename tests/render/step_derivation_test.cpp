// The derivation of each step: rules, metavariables, premises.
#include "render/step_derivation.hpp"

#include <set>

#include <doctest/doctest.h>

#include "render/bindings.hpp"
#include "render/formula.hpp"
#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::render;

namespace {

// The derivation of the first step of a program or literal.
std::string firstText(const char* program, uint32_t width = 100) {
  const auto world = test::world(program);
  Style style;
  style.width = width;
  const Configuration initial = world->program().initial;
  return stepDerivationText(world->arena(), initial, world->semantics().steps(initial).at(0), style);
}

boost::json::object firstJson(const char* program) {
  const auto world = test::world(program);
  const Configuration initial = world->program().initial;
  return stepDerivationJson(world->arena(), initial, world->semantics().steps(initial).at(0));
}

std::string value(const boost::json::object& derivation, std::string_view variable) {
  for (const auto& bound : derivation.at("bindings").as_array())
    if (std::string_view(bound.at("variable").as_string()) == variable) return bound.at("value").as_string().c_str();
  return "";
}

constexpr const char* kAll = R"(
host a, b, c
record P(name: String, age: Int)
at a {
  val r = populate([b, c], [P("Ann", 30), P("Bob", 20)]);
  val k = 1;
  val s = apply(r, spore { k = k; (ps: List[P]) =>
    val grown = filter(ps, (p: P) => p.age + k > 20 && !(p.name == "Eve"));
    val sorted = sortBy(grown, (p: P) => p.age);
    populate(currentHost, if (size(sorted) < 3) map(sorted, (p: P) => p.name) ++ split("x y", " ") else ["none"]) });
  val n = fold(range(0, 3), 0, (m: Int) => (x: Int) => m + x);
  val some = exists([1, 2], (x: Int) => x == 2) || false;
  flatMap(await(send(s)), (t: String) => [t]) ++ [if (n <= 3) "small" else "large"]
}
)";

}  // namespace

TEST_CASE("a step's derivation: premises over a line, the rule's name, the conclusion, what is bound") {
  CHECK(firstText("host a at a { (1 + 2) * 3 }") ==
        "    the redex is 1 + 2\n"
        "    3 fits 64 bits\n"
        "    if 3 = 1 + 2\n"
        "    ───────────────────────── R-IntOp\n"
        "    E[1 + 2] | σ →^a E[3] | σ\n"
        "  ──────────────────────────────────────────────────── R-Local\n"
        "  {((1 + 2) * 3,σ)^a} ∪ H | M ↠ {(3 * 3,σ')^a} ∪ H | M\n"
        "  in R-Local\n"
        "    t = (1 + 2) * 3\n"
        "    σ = ∅\n"
        "    h = a\n"
        "    t' = 3 * 3\n"
        "    σ' = ∅\n"
        "  in R-IntOp\n"
        "    E = [] * 3\n"
        "    n = 1\n"
        "    ⊕ = +\n"
        "    n' = 2\n"
        "    σ = ∅\n"
        "    h = a\n"
        "    n'' = 3\n");
}

TEST_CASE("a value of several words is in parentheses where it would be read otherwise") {
  CHECK(firstText("host a at a { ((x: Int) => x + 1)(2) }").find("E[[x↦2](x + 1)] | σ") != std::string::npos);
  CHECK(firstText("host a at a { 1; 2 + 3 }").find("E[2 + 3] | σ") != std::string::npos);
}

TEST_CASE("in JSON nothing is shortened, bound variables are numbered, the inner rule stands within") {
  const boost::json::object local = firstJson("host a at a { (spore { k = 3; (number: Int) => number + k })(4) }");
  CHECK(local.at("rule").as_string() == "R-Local");
  const boost::json::object& inner = local.at("inner").as_object();
  CHECK(inner.at("rule").as_string() == "R-AppSpore");
  CHECK(value(inner, "x") == "x1");
  CHECK(value(inner, "t") == "x1 + x0");
  CHECK(value(inner, "v̄") == "3");
  CHECK(value(inner, "v") == "4");
  const boost::json::object send = firstJson(
      "config { host a: await(send(Ref(Mat((a,0)), b))) | { } next 1 host b: unit | { } next 0 messages: types: (a,0): "
      "Int }");
  CHECK(value(send, "r") == "Ref(Mat((a,0)), b)");
  CHECK(value(send, "a") == "b");
  CHECK(value(send, "E") == "await([])");
  CHECK(send.at("conclusion").as_string() ==
        "{(E[send(Ref(Mat((a,0)), b))],σ)^a} ∪ H | M ↠ {(E[(a,0)],σ)^a} ∪ H | M ⊎ {b ← Req(a, Ref(Mat((a,0)), b), "
        "(a,0))}");
}

TEST_CASE("every derivation fits the width, whatever the step") {
  for (const uint32_t width : {60U, 100U}) {
    const auto world = test::world(kAll);
    Style style;
    style.width = width;
    std::set<Rule> seen;
    RunOptions options;
    options.trace = [&](uint64_t, const Configuration& before, const Step& step, const Configuration&) {
      seen.insert(step.rule);
      seen.insert(step.inner);
      const std::string text = stepDerivationText(world->arena(), before, step, style);
      for (size_t at = 0; at < text.size();) {
        const size_t end = text.find('\n', at);
        const std::string line = text.substr(at, end - at);
        CAPTURE(line);
        CHECK(funpass::columnsOf(line) <= width);
        at = end + 1;
      }
    };
    CHECK(world->run(options).end == RunResult::End::Final);
    CHECK(seen.size() > 30);
  }
}

TEST_CASE("in LaTeX a derivation is ASCII, and its braces match") {
  const auto world = test::world(kAll);
  RunOptions options;
  options.trace = [&](uint64_t, const Configuration& before, const Step& step, const Configuration&) {
    const std::string latex = stepDerivationLatex(world->arena(), before, step);
    CAPTURE(latex);
    int depth = 0;
    for (size_t i = 0; i < latex.size(); ++i) {
      REQUIRE(static_cast<unsigned char>(latex[i]) < 0x80);
      if (i > 0 && latex[i - 1] == '\\') continue;
      depth += latex[i] == '{' ? 1 : latex[i] == '}' ? -1 : 0;
    }
    CHECK(depth == 0);
  };
  world->run(options);
}

TEST_CASE("a metavariable is no part of a word or of a longer name") {
  CHECK(occurs("the redex is n ⊕ n'", "n'"));
  CHECK_FALSE(occurs("the redex", "h"));
  CHECK_FALSE(occurs("Req(h', r, ι₀)", "h"));
  CHECK_FALSE(occurs("Req(h', r, ι₀)", "ι"));
  CHECK_FALSE(occurs("populate(h̄,v)", "h"));
  CHECK(occurs("t | σ →ʰ t' | σ'", "h"));
  CHECK(substituted("a ← Req(h, r, id(l))", {{"id(l)", "(b,0)"}, {"a", "b"}, {"h", "a"}, {"l", "Mat"}}, false) ==
        "b ← Req(a, r, (b,0))");
  CHECK(latexFormula("ι ∉ dom(σ)") == "\\iota \\notin \\mathit{dom}(\\sigma )");
  CHECK(latexFormula("the redex is n ⊕ n'") == "\\text{the}\\ \\text{redex}\\ \\text{is}\\ n\\oplus n'");
}
