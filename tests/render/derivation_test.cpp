#include "render/derivation.hpp"

#include <doctest/doctest.h>

#include "render/ill_formed.hpp"
#include "render/rule_list.hpp"
#include "render/rules_latex.hpp"
#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::render;

namespace {

struct Derived {
  Arena arena;
  Derivation derivation;
  explicit Derived(const char* term) {
    const Program program = test::load(arena, std::string("host a\nat a { ") + term + " }");
    Checker checker(arena, typeRules(), true);
    derivation = checker.derive(program.terms[0]);
  }
  std::string text() const {
    return derivationText(arena, derivation, static_cast<uint32_t>(derivation.inferences.size() - 1), {});
  }
};

}  // namespace

TEST_CASE("a derivation is a tree with the conclusion on top") {
  CHECK(Derived("(x: Int) => x + 1").text() ==
        "T-Abs           ∅; Σ ⊢ (x: Int) => x + 1 : Int => Int\n"
        "  T-IntOp         x: Int; Σ ⊢ x + 1 : Int\n"
        "    T-Var           x: Int; Σ ⊢ x : Int\n"
        "    T-Int           x: Int; Σ ⊢ 1 : Int\n");
}

TEST_CASE("a spore's body sees its header and its parameter alone") {
  const std::string text = Derived("(y: Int) => spore { k = y; (x: Int) => k * x }").text();
  CHECK(text.find("y: Int; Σ ⊢ y : Int") != std::string::npos);
  CHECK(text.find("k: Int, x: Int; Σ ⊢ k * x : Int") != std::string::npos);
}

TEST_CASE("what was derived is not unfolded again; names that hide another are told apart") {
  CHECK(Derived("(1 + 2) * (1 + 2)").text().find("(as above)") != std::string::npos);
  CHECK(Derived("(x: Int) => (x: Int) => x").text().find("x: Int, x': Int; Σ ⊢ x' : Int") != std::string::npos);
}

TEST_CASE("in LaTeX a small derivation is one display, and what is used twice has its own") {
  const auto latex = [](const char* term) {
    const Derived derived(term);
    return derivationLatex(derived.arena, derived.derivation,
                           static_cast<uint32_t>(derived.derivation.inferences.size() - 1));
  };
  const auto count = [](const std::string& text, const std::string& part) {
    size_t n = 0;
    for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
    return n;
  };
  const std::string small = latex("(x: Int) => x + 1");
  CHECK(count(small, "\\begin{center}") == 1);
  CHECK(small.find("\\textsc{T-IntOp}") != std::string::npos);
  CHECK(small.find("x : \\mathsf{Int};\\Sigma \\vdash") != std::string::npos);
  const std::string twice = latex("(1 + 2) * (1 + 2)");
  CHECK(count(twice, "\\begin{center}") == 2);
  CHECK(count(twice, "\\mathcal{D}_{1}") == 3);
  std::string deep = "0";
  for (int i = 0; i < 60; ++i) deep = "1 + (" + deep + ")";
  const std::string cut = latex(deep.c_str());
  CHECK(count(cut, "\\begin{center}") > 5);
  CHECK(cut.find('\x01') == std::string::npos);
}

TEST_CASE("JSON lists premises before conclusions") {
  const Derived derived("(x: Int) => x + 1");
  const boost::json::array list = derivationJson(derived.arena, derived.derivation);
  REQUIRE(list.size() == 4);
  for (size_t i = 0; i < list.size(); ++i)
    for (const auto& premise : list[i].as_object().at("premises").as_array()) CHECK(premise.to_number<size_t>() < i);
  CHECK(list.back().as_object().at("rule") == "T-Abs");
  CHECK(list.back().as_object().at("subject") == "(x0: Int) => x0 + 1");
  CHECK(list.back().as_object().at("type") == "Int => Int");
}

TEST_CASE("the rules are listed in every form") {
  const std::string all = rulesText(false, {});
  const std::string core = rulesText(true, {});
  const std::string latex = rulesLatex(false);
  for (const RuleInfo& rule : allRules()) {
    CAPTURE(rule.name);
    CHECK(all.find(rule.name) != std::string::npos);
    CHECK((core.find("  " + std::string(rule.name) + " ") != std::string::npos) == !isExtension(rule.layer));
    CHECK(latex.find("\\fprule{" + std::string(rule.name) + "}") != std::string::npos);
    for (const std::string_view premise : rule.premises)
      if (premise.size() < 40) CHECK(ruleText(rule.rule, {}).find(premise) != std::string::npos);
  }
  for (const char c : latex) CHECK(static_cast<unsigned char>(c) < 0x80);
}
