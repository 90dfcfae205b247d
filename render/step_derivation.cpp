#include "render/step_derivation.hpp"

#include <algorithm>

#include "render/bindings.hpp"
#include "render/formula.hpp"
#include "render/step.hpp"

namespace funpass::render {

namespace {

// A rule of the table at this step: its statement in three parts.
struct Applied {
  Rule rule;
  std::string_view conclusion;
  std::string_view condition;  // "if …" or "where …"
  std::vector<Bound> bound;
};

Applied applied(Arena& arena, const Configuration& before, const Step& step, Rule rule) {
  const std::string_view statement = info(rule).statement;
  const size_t end = statement.find("   ");  // three spaces are before a side condition, in every row
  Applied out{rule, statement.substr(0, end), {}, bindings(arena, before, step, rule)};
  if (end != std::string_view::npos) out.condition = statement.substr(end + 3);
  return out;
}

// The rules from the conclusion upwards: of section 3 or 7, and the one under it.
std::vector<Applied> rulesOf(Arena& arena, const Configuration& before, const Step& step) {
  std::vector<Applied> rules{applied(arena, before, step, step.rule)};
  if (step.inner != Rule::Count) rules.push_back(applied(arena, before, step, step.inner));
  return rules;
}

// The premises that are written out: the last one of an outer rule is what the inner rule concludes.
std::vector<std::string_view> premisesOf(const std::vector<Applied>& rules, size_t k) {
  const auto premises = info(rules[k].rule).premises;
  std::vector<std::string_view> out(premises.begin(), premises.end());
  if (k + 1 < rules.size()) out.pop_back();
  if (!rules[k].condition.empty() && k + 1 == rules.size()) out.push_back(rules[k].condition);
  return out;
}

}  // namespace

std::string stepDerivationText(Arena& arena, const Configuration& before, const Step& step, const Style& style) {
  constexpr uint32_t indent = 2, shortest = 24;
  const std::vector<Applied> rules = rulesOf(arena, before, step);
  const uint32_t widest = std::max(style.width / 4, shortest);
  std::string out;
  for (size_t k = rules.size(); k-- > 0;) {
    const Applied& at = rules[k];
    const std::string name(info(at.rule).name);
    const auto column = static_cast<uint32_t>(indent * (k + 1));
    const std::string margin(column, ' ');
    uint32_t longest = shortest;
    const auto add = [&](std::string_view formula) {
      const std::string text = instance(arena, formula, at.bound, Form::Source, widest);
      longest = std::max(longest, codePoints(text));
      return margin + wrapped(text, style.width, column + 4, column) + "\n";
    };
    std::string premises;
    for (const std::string_view premise : premisesOf(rules, k)) premises += add(premise);
    const std::string conclusion = add(at.conclusion);
    const uint32_t room = style.width > column + codePoints(name) + 1 ? style.width - column - codePoints(name) - 1 : 1;
    out += premises + margin;
    for (uint32_t i = 0; i < std::min(longest, room); ++i) out += "─";
    out += " " + inked(name, Ink::Rule, style) + "\n" + conclusion;
    for (const Bound& bound : at.bound) {
      const std::string left = margin + "    " + bound.variable + " = ";
      const uint32_t used = codePoints(left);
      out +=
          left + boundText(arena, bound, Form::Source, style.width > used + shortest ? style.width - used : shortest);
      out += "\n";
    }
  }
  return out;
}

std::string stepDerivationLatex(Arena& arena, const Configuration& before, const Step& step) {
  constexpr uint32_t widest = 40, widestBound = 100;
  const std::vector<Applied> rules = rulesOf(arena, before, step);
  std::string tree;
  std::string where;
  for (size_t k = rules.size(); k-- > 0;) {
    const Applied& at = rules[k];
    const std::string name = "\\textsc{" + std::string(info(at.rule).name) + "}";
    std::string above;
    for (const std::string_view premise : premisesOf(rules, k)) {
      above += (above.empty() ? "" : " \\\\\n") + instance(arena, premise, at.bound, Form::Latex, widest);
    }
    if (!tree.empty()) above += (above.empty() ? "" : " \\\\\n") + tree;
    tree = "\\dfrac{\\begin{array}{c}" + above + "\\end{array}}{" +
           instance(arena, at.conclusion, at.bound, Form::Latex, widest) + "}\\;\\text{" + name + "}";
    std::string bound;
    for (const Bound& one : at.bound) {
      bound += "& " + latexName(one.variable) + " = " + boundText(arena, one, Form::Latex, widestBound) + " \\\\\n";
    }
    if (!bound.empty()) where = "\\text{" + name + "} " + bound + where;
  }
  const auto fitted = [](const std::string& formula) {
    return "\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{$\\displaystyle\n" + formula +
           "$}\n";
  };
  return "\\begin{center}\n" + fitted(tree) + "\\par\\medskip\n" +
         fitted("\\begin{array}{l@{\\quad}l}\n" + where + "\\end{array}") + "\\end{center}\n";
}

boost::json::object stepDerivationJson(Arena& arena, const Configuration& before, const Step& step) {
  constexpr uint32_t widest = 2000;
  const std::vector<Applied> rules = rulesOf(arena, before, step);
  boost::json::object inner;
  for (size_t k = rules.size(); k-- > 0;) {
    const Applied& at = rules[k];
    boost::json::array bound, premises;
    for (const Bound& one : at.bound) {
      bound.emplace_back(
          boost::json::object{{"variable", one.variable}, {"value", boundText(arena, one, Form::Canonical, widest)}});
    }
    for (const std::string_view premise : info(at.rule).premises) {
      premises.emplace_back(boost::json::object{
          {"premise", view(premise)}, {"instance", instance(arena, premise, at.bound, Form::Canonical, widest)}});
    }
    boost::json::object entry{{"rule", view(info(at.rule).name)},
                              {"statement", view(info(at.rule).statement)},
                              {"bindings", std::move(bound)},
                              {"premises", std::move(premises)},
                              {"conclusion", instance(arena, at.conclusion, at.bound, Form::Canonical, widest)}};
    if (!at.condition.empty()) entry["condition"] = instance(arena, at.condition, at.bound, Form::Canonical, widest);
    if (k + 1 < rules.size()) entry["inner"] = std::move(inner);
    inner = std::move(entry);
  }
  return inner;
}

}  // namespace funpass::render
