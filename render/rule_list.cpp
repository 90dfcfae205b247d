#include "render/rule_list.hpp"

#include <vector>

namespace funpass::render {

static std::string_view judgementName(Judgement judgement) {
  switch (judgement) {
    case Judgement::Local: return "local reduction";
    case Judgement::Distributed: return "distributed reduction";
    case Judgement::Process: return "what a host does with a message";
    case Judgement::Typing: return "typing";
    case Judgement::WellFormed: return "well-formed configurations";
  }
  return {};
}

std::string_view layerName(Layer layer) {
  switch (layer) {
    case Layer::Core: return "core";
    case Layer::Failure: return "failure";
    case Layer::Recovery: return "recovery";
    case Layer::Lineages: return "lineages";
    case Layer::Data: return "data";
  }
  return {};
}

std::vector<const RuleInfo*> rulesOf(bool core) {
  std::vector<const RuleInfo*> rules;
  for (const RuleInfo& rule : allRules())
    if (!core || !isExtension(rule.layer)) rules.push_back(&rule);
  return rules;
}

bool sameGroup(const RuleInfo& a, const RuleInfo& b) { return a.section == b.section && a.judgement == b.judgement; }

std::string heading(const RuleInfo& rule) {
  return "section " + std::to_string(rule.section) + ", " + std::string(judgementName(rule.judgement)) +
         (rule.layer == Layer::Data ? " of the data extension" : "");
}

namespace {

std::string_view judgementKey(Judgement judgement) {
  switch (judgement) {
    case Judgement::Local: return "local";
    case Judgement::Distributed: return "distributed";
    case Judgement::Process: return "process";
    case Judgement::Typing: return "typing";
    case Judgement::WellFormed: return "well-formed";
  }
  return {};
}

boost::json::object jsonDocument(const std::vector<const RuleInfo*>& rules) {
  boost::json::array rows;
  for (const RuleInfo* rule : rules) rows.emplace_back(ruleJson(rule->rule));
  boost::json::object out = document();
  out["rules"] = std::move(rows);
  return out;
}

}  // namespace

std::string rulesText(bool core, const Style& style) {
  constexpr uint32_t nameWidth = 18;
  std::string out;
  const RuleInfo* previous = nullptr;
  for (const RuleInfo* rule : rulesOf(core)) {
    if (previous == nullptr || !sameGroup(*previous, *rule)) {
      if (previous != nullptr) out += '\n';
      out += inked(heading(*rule), Ink::Note, style) + "   " + std::string(judgementText(rule->judgement)) + "\n";
    }
    out += "  " + inked(padded(rule->name, nameWidth), Ink::Rule, style) + " ";
    const std::string text = std::string(rule->statement) + "   [" + std::string(rule->origin) + "]";
    out += wrapped(text, style.width, nameWidth + 5, nameWidth + 3) + "\n";
    previous = rule;
  }
  return out;
}

std::string ruleText(Rule rule, const Style& style) {
  const RuleInfo& row = info(rule);
  std::string out = inked(row.name, Ink::Rule, style) + "\n";
  out += "  " + wrapped(row.statement, style.width, 6, 2) + "\n\n";
  out += "  concludes  " + std::string(judgementText(row.judgement)) + " (" +
         std::string(judgementName(row.judgement)) + ")\n";
  out += "  origin     " + std::string(row.origin) + "\n";
  out += "  part of    " +
         std::string(row.layer == Layer::Core       ? "the core calculus"
                     : row.layer == Layer::Failure  ? "the failures"
                     : row.layer == Layer::Recovery ? "the recovery"
                     : row.layer == Layer::Lineages ? "the lineages that travel"
                                                    : "the data extension") +
         ", section " + std::to_string(row.section) + " of docs/calculus.md\n";
  if (row.premises.empty()) return out + "  premises   none\n";
  out += "  premises";
  std::string before = "   ";
  for (const std::string_view premise : row.premises) {
    out += before + wrapped(premise, style.width, 15, 13) + "\n";
    before = std::string(13, ' ');
  }
  return out;
}

boost::json::object ruleJson(Rule rule) {
  const RuleInfo& row = info(rule);
  boost::json::array premises;
  for (const std::string_view premise : row.premises) premises.emplace_back(view(premise));
  return {{"name", view(row.name)},
          {"judgement", view(judgementKey(row.judgement))},
          {"conclusion", view(judgementText(row.judgement))},
          {"section", row.section},
          {"origin", view(row.origin)},
          {"layer", view(layerName(row.layer))},
          {"statement", view(row.statement)},
          {"latex", view(row.latex)},
          {"premises", std::move(premises)}};
}

boost::json::object rulesJson(bool core) { return jsonDocument(rulesOf(core)); }
boost::json::object rulesJson(Rule rule) { return jsonDocument({&info(rule)}); }

}  // namespace funpass::render
