// A question about a program, and what became of an answer.
#pragma once

#include <string>

#include "checker/predict.hpp"
#include "render/json.hpp"
#include "render/layout.hpp"

namespace funpass::render {

/// What only the command line knows: the flags and the operand of a call, as a shell reads them.
struct QuestionCommands {
  std::string flags;    ///< those that say which steps there are, with a space in front
  std::string operand;  ///< the file, with a space in front
};

/// The question in words, without the configuration and the choices.
std::string questionText(const Arena& arena, const Question& question);

/// The configuration it is about, the question, its choices, and how to answer.
std::string askText(Semantics& semantics, const Question& question, const QuestionCommands& commands,
                    const std::vector<uint32_t>& among, const Style& style);

/// Right or wrong, the right answer, and for each choice that was misjudged why it is so; of a right answer, why it is
/// right.
std::string answerText(Semantics& semantics, const Question& question, const std::vector<bool>& chosen,
                       const QuestionCommands& commands, const Style& style);

/// {"schema": 1, "file", "seed", "kind", "question", "schedule", "configuration", "several", "choices"}; if `chosen` is
/// given also "answer" (the right one), "given", "right" and "because".
boost::json::object predictJson(Semantics& semantics, const Question& question, const std::vector<bool>* chosen,
                                const QuestionCommands& commands, const std::vector<uint32_t>& among);

}  // namespace funpass::render
