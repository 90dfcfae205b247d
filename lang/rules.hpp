// The rule table: every inference rule as a value with its name, statement and premises. The rows are in rules.def.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace funpass {

/// The rules, in the order of the calculus. `Count` is no rule.
enum class Rule : uint8_t {
#define FP_RULE(identifier, ...) identifier,
#include "lang/rules.def"
  Count
};

/// What a rule concludes; `judgementText` has the formulas.
enum class Judgement : uint8_t { Local, Distributed, Process, Typing, WellFormed };

/// Core: the calculus proper. Failure: needs a budget of failures. Recovery: `--recovery off` switches it off. Lineages
/// (that travel) and Data: the extensions that `--core` switches off.
enum class Layer : uint8_t { Core, Failure, Recovery, Lineages, Data };

/// Does `--core` switch it off?
constexpr bool isExtension(Layer layer) { return layer == Layer::Lineages || layer == Layer::Data; }

/// One row of the table. All texts are UTF-8 and live as long as the program.
struct RuleInfo {
  Rule rule;
  std::string_view name;  ///< as printed: R-AppAbs
  Judgement judgement;
  int section;              ///< of docs/calculus.md
  std::string_view origin;  ///< "deck", "deck, premise ours", "deck, partly legible" or "ours"
  Layer layer;
  std::string_view statement;                  ///< one line
  std::string_view latex;                      ///< amsmath, math mode
  std::span<const std::string_view> premises;  ///< what can fail, in the order in which it is asked; may be empty
};

/// The row of `rule`, which must not be `Rule::Count`.
const RuleInfo& info(Rule rule);

/// All rows in order; `allRules()[i].rule` is the i-th enumerator.
std::span<const RuleInfo> allRules();

/// The rule with this printed name. A name that no rule has is tried again without regard to case.
std::optional<Rule> ruleNamed(std::string_view name);

/// The judgement's formula, e.g. "t | σ →ʰ t' | σ'".
std::string_view judgementText(Judgement judgement);

}  // namespace funpass
