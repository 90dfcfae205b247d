#include "render/step_derivation.hpp"

#include <algorithm>

#include "render/bindings.hpp"
#include "render/formula.hpp"
#include "render/step.hpp"

namespace funpass::render {

namespace {

// A rule of the table at this step: its statement in parts.
struct Applied {
  Rule rule;
  std::string_view conclusion;
  std::string_view condition;    // "if …", what the premises do not say
  std::string_view definitions;  // "where …"
  std::vector<Bound> bound;
};

Applied applied(Arena& arena, const Configuration& before, const Step& step, Rule rule) {
  const std::string_view statement = info(rule).statement;
  const size_t end = statement.find("   ");  // three spaces are before a side condition, in every row
  Applied out{rule, statement.substr(0, end), {}, {}, bindings(arena, before, step, rule)};
  if (end == std::string_view::npos) return out;
  const std::string_view side = statement.substr(end + 3);
  const size_t where = std::min(side.find("where "), side.size());
  out.condition = side.substr(0, where);
  while (!out.condition.empty() && (out.condition.back() == ' ' || out.condition.back() == ','))
    out.condition.remove_suffix(1);
  for (const std::string_view premise : info(rule).premises)
    if (out.condition == "if " + std::string(premise)) out.condition = {};
  out.definitions = side.substr(where);
  return out;
}

// The rules from the conclusion upwards: of section 3 or 7, and the one under it.
std::vector<Applied> rulesOf(Arena& arena, const Configuration& before, const Step& step) {
  std::vector<Applied> rules{applied(arena, before, step, step.rule)};
  if (step.inner != Rule::Count) rules.push_back(applied(arena, before, step, step.inner));
  return rules;
}

// What stands above the line: the premises, but for the last of an outer rule, which is what the inner one concludes,
// and the side condition. What defines a metavariable is left as it is: with values it would say nothing.
std::vector<std::string> above(const Arena& arena, const std::vector<Applied>& rules, size_t k, Form form,
                               uint32_t widest) {
  const Applied& at = rules[k];
  const bool isInner = k + 1 == rules.size();
  const auto premises = info(at.rule).premises;
  std::vector<std::string> out;
  for (const std::string_view premise : premises.first(premises.size() - (isInner ? 0 : 1)))
    out.push_back(instance(arena, premise, at.bound, form, widest));
  if (!isInner) return out;
  if (!at.condition.empty()) out.push_back(instance(arena, at.condition, at.bound, form, widest));
  if (!at.definitions.empty()) out.push_back(instance(arena, at.definitions, {}, form, widest));
  return out;
}

}  // namespace

std::string stepDerivationText(Arena& arena, const Configuration& before, const Step& step, const Style& style) {
  constexpr uint32_t indent = 2, shortest = 24;
  const std::vector<Applied> rules = rulesOf(arena, before, step);
  const uint32_t widest = std::max(style.width / 4, shortest);
  std::string premises, conclusions, bound;
  for (size_t k = 0; k < rules.size(); ++k) {
    const Applied& at = rules[k];
    const auto column = static_cast<uint32_t>(indent * (k + 1));
    const std::string margin(column, ' ');
    uint32_t longest = shortest;
    const auto line = [&](const std::string& text) {
      longest = std::max(longest, columnsOf(text));
      return margin + wrapped(text, style.width, column + 4, column) + "\n";
    };
    for (const std::string& text : above(arena, rules, k, Form::Source, widest)) premises += line(text);
    const std::string conclusion = line(instance(arena, at.conclusion, at.bound, Form::Source, widest));
    const uint32_t used = column + columnsOf(info(at.rule).name) + 1;
    std::string bar;
    for (uint32_t i = 0; i < std::min(longest, std::max(style.width, used + 1) - used); ++i) bar += "─";
    conclusions = margin + bar + " " + inked(info(at.rule).name, Ink::Rule, style) + "\n" + conclusion + conclusions;
    if (at.bound.empty()) continue;
    bound += "  in " + inked(info(at.rule).name, Ink::Rule, style) + "\n";
    for (const Bound& one : at.bound) {
      const std::string left = "    " + one.variable + " = ";
      const uint32_t room = std::max(style.width, columnsOf(left) + shortest) - columnsOf(left);
      bound += left + boundText(arena, one, Form::Source, room) + "\n";
    }
  }
  return premises + conclusions + bound;
}

std::string stepDerivationLatex(Arena& arena, const Configuration& before, const Step& step) {
  constexpr uint32_t widest = 40, widestBound = 90;
  const std::vector<Applied> rules = rulesOf(arena, before, step);
  std::string tree;
  std::string where;
  for (size_t k = rules.size(); k-- > 0;) {
    const Applied& at = rules[k];
    const std::string name = "\\textsc{" + std::string(info(at.rule).name) + "}";
    std::string premises;
    const auto add = [&premises](const std::string& part) { premises += (premises.empty() ? "" : " \\\\\n") + part; };
    for (const std::string& premise : above(arena, rules, k, Form::Latex, widest)) add(premise);
    if (!tree.empty()) add(tree);
    tree = "\\dfrac{\\begin{array}{c}" + premises + "\\end{array}}{" +
           instance(arena, at.conclusion, at.bound, Form::Latex, widest) + "}\\;\\text{" + name + "}";
    std::string bound;
    for (const Bound& one : at.bound) {
      bound += "& " + latexName(one.variable) + " = " + boundText(arena, one, Form::Latex, widestBound) + " \\\\\n";
    }
    if (!bound.empty()) where = "\\text{" + name + "} " + bound + where;
  }
  return "\\begin{center}\n" + fittedLatex(tree) + "\\par\\medskip\n" +
         fittedLatex("\\begin{array}{l@{\\quad}l}\n" + where + "\\end{array}") + "\\end{center}\n";
}

boost::json::object stepDerivationJson(Arena& arena, const Configuration& before, const Step& step) {
  constexpr uint32_t widest = 2000;
  const std::vector<Applied> rules = rulesOf(arena, before, step);
  boost::json::object inner;
  for (size_t k = rules.size(); k-- > 0;) {
    const Applied& at = rules[k];
    boost::json::array premises;
    for (const std::string_view premise : info(at.rule).premises) {
      premises.emplace_back(boost::json::object{
          {"premise", view(premise)}, {"instance", instance(arena, premise, at.bound, Form::Canonical, widest)}});
    }
    boost::json::object entry{{"rule", view(info(at.rule).name)},
                              {"statement", view(info(at.rule).statement)},
                              {"bindings", bindingsJson(arena, at.bound, widest)},
                              {"premises", std::move(premises)},
                              {"conclusion", instance(arena, at.conclusion, at.bound, Form::Canonical, widest)}};
    if (!at.condition.empty()) entry["condition"] = instance(arena, at.condition, at.bound, Form::Canonical, widest);
    if (!at.definitions.empty()) entry["definitions"] = view(at.definitions);
    if (k + 1 < rules.size()) entry["inner"] = std::move(inner);
    inner = std::move(entry);
  }
  return inner;
}

}  // namespace funpass::render
