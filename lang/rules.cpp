#include "lang/rules.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace funpass {

namespace {

// A row's LaTeX statement and, after it, its premises: one array, so that a row without premises needs no empty one.
#define FP_RULE(identifier, name, judgement, section, origin, layer, statement, ...) \
  constexpr std::string_view identifier##Texts[] = {__VA_ARGS__};
#include "lang/rules.def"

#define FP_RULE(identifier, name, judgement, section, origin, layer, statement, ...) \
  {Rule::identifier,                                                                 \
   name,                                                                             \
   Judgement::judgement,                                                             \
   section,                                                                          \
   origin,                                                                           \
   Layer::layer,                                                                     \
   statement,                                                                        \
   identifier##Texts[0],                                                             \
   std::span(identifier##Texts).subspan(1)},
constexpr RuleInfo table[] = {
#include "lang/rules.def"
};

static_assert(std::size(table) == static_cast<size_t>(Rule::Count));

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool sameButForCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

const RuleInfo& info(Rule rule) { return table[static_cast<size_t>(rule)]; }

std::span<const RuleInfo> allRules() { return table; }

std::optional<Rule> ruleNamed(std::string_view name) {
  for (const RuleInfo& row : table)
    if (row.name == name) return row.rule;
  for (const RuleInfo& row : table)
    if (sameButForCase(row.name, name)) return row.rule;
  return std::nullopt;
}

std::string_view judgementText(Judgement judgement) {
  switch (judgement) {
    case Judgement::Local: return "t | σ →ʰ t' | σ'";
    case Judgement::Distributed: return "H | M ↠ H' | M'";
    case Judgement::Process: return "process(h, m, σ) = (t, M, σ')";
    case Judgement::Typing: return "Γ;Σ ⊢ t : T";
    case Judgement::WellFormed: return "Σ ⊢ H | M";
  }
  return {};
}

}  // namespace funpass
