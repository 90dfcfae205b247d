// Questions about a program, made with a seed: what happens next, what comes out, what breaks it. The semantics
// answers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checker/report.hpp"
#include "checker/search.hpp"
#include "lang/program.hpp"
#include "semantics/semantics.hpp"
#include "typecheck/wellformed.hpp"

namespace funpass {

enum class QuestionKind : uint8_t {
  Moves,    ///< which hosts can take a step in a configuration
  Rule,     ///< which rule is the next at a host
  Redex,    ///< which part of a host's term is evaluated next
  Message,  ///< which message is taken next when the hosts take turns
  Result,   ///< which results a host can have
  Crash,    ///< which crash of one host breaks the program
};

std::string_view questionKindName(QuestionKind kind);
std::optional<QuestionKind> questionKindNamed(std::string_view name);

/// A possible answer, with what speaks for it or against it.
struct QuestionChoice {
  std::string text;
  bool right = false;
  std::string because;               ///< in words; empty: what `why` says of `host` and `rule` there
  uint32_t host = 0;                 ///< Moves, Rule: the host concerned
  Rule rule = Rule::Count;           ///< Rule: the rule proposed
  std::optional<Schedule> schedule;  ///< Message, Result, Crash: a run from the start that shows it
};

struct Question {
  QuestionKind kind = QuestionKind::Moves;
  uint64_t seed = 0;
  bool inConfiguration = true;  ///< is it about `at`? Else about the program
  Schedule schedule;            ///< leads to `at`
  Configuration at;
  uint32_t host = 0;        ///< Rule, Redex, Result: of which host; Message: whose turn it is
  bool several = false;     ///< any number of choices may be right, none too
  bool underTurns = false;  ///< Result: of the run in which hosts take turns, for there are too many
  std::vector<QuestionChoice> choices;
};

struct QuestionOptions {
  RuleSet rules;
  WfRules wellFormed = wfRules();
  bool mobility = true;
  bool raw = false;  ///< explore without reductions
  std::vector<uint32_t> among;
  SearchLimits limits = {.maxStates = 30'000};  ///< of an exploration
};

/// A question, or why there is none of this kind about the program.
struct Asked {
  std::optional<Question> question;
  std::string none;
  bool limit = false;   ///< only because a limit was reached:
  std::string reached;  ///< this one, as a report says it
};

/// The question that `seed` makes; without a kind the seed chooses one of which there is a question. The same seed,
/// program and options give the same question everywhere. The question's handles are the arena's.
Asked ask(Arena& arena, const Program& program, std::optional<QuestionKind> kind, uint64_t seed,
          const QuestionOptions& options);

/// The letter of a choice: A, B, …
std::string choiceLabel(size_t index);

/// Which choices an answer names, by text or letter, with commas between if several may be right, or `none` then.
/// Upper and lower case are one, unless two choices differ by that alone. Nothing if some part of it is none of them:
/// `strange`, if given, is that part.
std::optional<std::vector<bool>> readAnswer(const Question& question, std::string_view answer,
                                            std::string* strange = nullptr);

/// Are these exactly the right ones?
bool isRight(const Question& question, const std::vector<bool>& chosen);

}  // namespace funpass
