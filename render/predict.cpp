#include "render/predict.hpp"

#include "lang/print.hpp"
#include "lang/raise.hpp"
#include "render/step.hpp"
#include "render/why.hpp"

namespace funpass::render {

namespace {

constexpr uint32_t kWide = 200;

std::string listed(const Question& question, const std::vector<bool>& chosen) {
  std::string out;
  for (size_t i = 0; i < chosen.size(); ++i)
    if (chosen[i]) out += (out.empty() ? "" : ", ") + question.choices[i].text;
  return out.empty() ? "none" : out;
}

// Why the host has no step: what stands between it and each rule for the shape of term that it has.
std::string standsStill(Semantics& semantics, const Question& question, uint32_t host) {
  Arena& arena = semantics.arena();
  if (question.at.hosts[host].crashed()) return arena.hosts()[host] + " has crashed";
  std::string out;
  for (const Refusal& refusal : semantics.refusals(question.at, host)) {
    if (wantsAnotherRedex(refusal) || refusal.rule == Rule::RLocal) continue;
    out += (out.empty() ? "" : "; ") + std::string(info(refusal.rule).name) + ": " +
           refusalText(arena, question.at, host, refusal, kWide);
  }
  return arena.hosts()[host] + " cannot move: " + out;
}

// What `why` says of a rule at a host.
std::string refused(Semantics& semantics, const Question& question, const QuestionChoice& choice) {
  Arena& arena = semantics.arena();
  const std::string name(info(choice.rule).name);
  for (const Why& answer : why(semantics, question.at, choice.rule, {choice.host})) {
    if (!answer.steps.empty()) return name + " is enabled at " + arena.hosts()[choice.host];
    if (answer.refusals.empty()) return name + " is not enabled: " + answer.remark;
    return name +
           " is not enabled: " + refusalText(arena, question.at, choice.host, answer.refusals.front().refusal, kWide);
  }
  return {};
}

std::string replay(const Question& question, const QuestionChoice& choice, const QuestionCommands& commands) {
  return "funpass run --trace" + commands.flags + (question.kind == QuestionKind::Crash ? " --crashes 1" : "") +
         " --schedule " + choice.schedule->text() + commands.operand;
}

// Why a choice is right or wrong, in a sentence, and if a run shows it the command for that.
std::string because(Semantics& semantics, const Question& question, const QuestionChoice& choice,
                    const QuestionCommands& commands) {
  std::string out = choice.because;
  if (out.empty()) {
    out = question.kind == QuestionKind::Moves ? standsStill(semantics, question, choice.host)
                                               : refused(semantics, question, choice);
  }
  const bool quoted = question.kind == QuestionKind::Result || question.kind == QuestionKind::Message;
  if (quoted) out = choice.text + ": " + out;
  return choice.schedule ? out + "; " + replay(question, choice, commands) : out;
}

// Of each choice that was misjudged; if there is none, of the right ones.
std::vector<std::string> reasons(Semantics& semantics, const Question& question, const std::vector<bool>& chosen,
                                 const QuestionCommands& commands) {
  const bool right = isRight(question, chosen);
  std::vector<std::string> out;
  for (size_t i = 0; i < chosen.size(); ++i) {
    const QuestionChoice& choice = question.choices[i];
    if (right ? choice.right : choice.right != chosen[i]) out.push_back(because(semantics, question, choice, commands));
  }
  return out;
}

std::vector<bool> rightOnes(const Question& question) {
  std::vector<bool> right;
  for (const QuestionChoice& choice : question.choices) right.push_back(choice.right);
  return right;
}

LiteralOptions literalOptions(const Semantics& semantics, const Question& question,
                              const std::vector<uint32_t>& among) {
  LiteralOptions options;
  options.recovery = semantics.ruleSet().recovery;
  options.budgets = question.at.budget != Budget{};
  options.among = among;
  return options;
}

// The literal broken into lines.
std::string configurationText(Semantics& semantics, const Question& question, const std::vector<uint32_t>& among,
                              uint32_t width) {
  surface::Tree tree;
  const surface::Index root =
      raiseConfiguration(semantics.arena(), question.at, tree, literalOptions(semantics, question, among));
  return surface::print(tree, root, {surface::Notation::Source, width});
}

}  // namespace

std::string questionText(const Arena& arena, const Question& question) {
  const std::string host = arena.hosts()[question.host];
  switch (question.kind) {
    case QuestionKind::Moves: return "Which hosts can take a step?";
    case QuestionKind::Rule: return "By which of these rules can host " + host + " take its next step?";
    case QuestionKind::Redex: return "Which part of the term of host " + host + " is its redex?";
    case QuestionKind::Message:
      return "From here on the hosts take turns, " + host + " first. Which of these messages is taken first?";
    case QuestionKind::Result:
      return question.underTurns ? "The hosts take turns. What is the result of host " + host + "?"
                                 : "Which of these can be the result of host " + host + ", in some run?";
    case QuestionKind::Crash: return "Of which hosts can a crash, and nothing else, keep the program from its end?";
  }
  return {};
}

std::string askText(Semantics& semantics, const Question& question, const QuestionCommands& commands,
                    const std::vector<uint32_t>& among, const Style& style) {
  std::string out;
  if (question.inConfiguration) {
    out += question.schedule.size() == 0 ? "at the start:\n\n"
                                         : "after " + counted(question.schedule.size(), "step") + " (--schedule " +
                                               question.schedule.text() + "):\n\n";
    out += configurationText(semantics, question, among, style.width) + "\n\n";
  }
  out += wrapped(questionText(semantics.arena(), question), style.width, 0) + "\n";
  for (size_t i = 0; i < question.choices.size(); ++i)
    out += "  " + choiceLabel(i) + "  " + wrapped(question.choices[i].text, style.width, 5, 5) + "\n";
  return out + "\n" +
         (question.several ? "answer with letters, commas between them, or none:\n" : "answer with a letter:\n") +
         "  funpass predict" + commands.flags + " --seed " + std::to_string(question.seed) + " --kind " +
         std::string(questionKindName(question.kind)) + " --answer " + (question.several ? "LETTERS" : "LETTER") +
         commands.operand + "\n";
}

std::string answerText(Semantics& semantics, const Question& question, const std::vector<bool>& chosen,
                       const QuestionCommands& commands, const Style& style) {
  std::string out = isRight(question, chosen) ? "right: " : "wrong: the answer is ";
  out += listed(question, rightOnes(question)) + "\n";
  for (const std::string& reason : reasons(semantics, question, chosen, commands)) {
    // A command stands on a line of its own, to be copied.
    const size_t command = reason.find("; funpass run");
    out += "  - " + wrapped(reason.substr(0, command), style.width, 4, 4) + "\n";
    if (command != std::string::npos) out += "    see it: " + reason.substr(command + 2) + "\n";
  }
  return out;
}

boost::json::object predictJson(Semantics& semantics, const Question& question, const std::vector<bool>* chosen,
                                const QuestionCommands& commands, const std::vector<uint32_t>& among) {
  boost::json::object out{{"seed", question.seed},
                          {"kind", view(questionKindName(question.kind))},
                          {"question", questionText(semantics.arena(), question)},
                          {"several", question.several}};
  if (question.inConfiguration) {
    out["schedule"] = question.schedule.text();
    out["configuration"] = literalText(semantics.arena(), question.at, literalOptions(semantics, question, among));
  }
  boost::json::array choices;
  for (const QuestionChoice& choice : question.choices) choices.emplace_back(choice.text);
  out["choices"] = std::move(choices);
  if (chosen == nullptr) return out;
  const auto texts = [&](const std::vector<bool>& which) {
    boost::json::array list;
    for (size_t i = 0; i < which.size(); ++i)
      if (which[i]) list.emplace_back(question.choices[i].text);
    return list;
  };
  boost::json::array why;
  for (const std::string& reason : reasons(semantics, question, *chosen, commands)) why.emplace_back(reason);
  out["given"] = texts(*chosen);
  out["answer"] = texts(rightOnes(question));
  out["right"] = isRight(question, *chosen);
  out["because"] = std::move(why);
  return out;
}

}  // namespace funpass::render
