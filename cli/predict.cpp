// funpass predict FILE
#include "render/predict.hpp"

#include "cli/load.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"

namespace funpass::cli {

namespace {

// There may be a question; a limit was reached before that was known.
ExitCode stopped(const Arguments& arguments, const Asked& asked, uint64_t maxStates) {
  if (arguments.json) {
    boost::json::object out = render::document();
    out["file"] = arguments.file;
    out["seed"] = arguments.seed.value_or(0);
    if (arguments.question) out["kind"] = render::view(questionKindName(*arguments.question));
    out["complete"] = false;
    out["limit"] = asked.reached;
    print(render::line(out));
  }
  std::string number = std::to_string(maxStates);
  for (size_t at = number.size(); at > 3; number.insert(at, ",")) at -= 3;
  printError("funpass: incomplete: " + asked.none +
             (asked.reached == "states" ? "\nstopped after " + number + " states; --max-states N raises it\n" : "\n"));
  return ExitCode::Incomplete;
}

}  // namespace

ExitCode predict(const Arguments& arguments) {
  Loaded loaded = load(arguments);
  if (!loaded.program) return refuse(loaded.source, loaded.problems, arguments);
  const Program& program = *loaded.program;
  const Rules rules = rulesOf(arguments, program.recovery);
  QuestionOptions options;
  options.rules = rules.reduction;
  options.wellFormed = rules.wellFormed;
  options.mobility = arguments.mobility;
  options.raw = arguments.mutant != nullptr;
  options.among = program.among;
  if (arguments.maxStates != Arguments().maxStates) options.limits.maxStates = arguments.maxStates;
  options.limits.maxBytes = arguments.maxMemory > 0 ? arguments.maxMemory : uint64_t{nodeLimit()} * 64;
  const double begin = now();
  const Interrupts interrupts;
  options.limits.tick = [&](const SearchProgress&) {
    return !Interrupts::raised() && (arguments.maxTime <= 0 || now() - begin <= arguments.maxTime);
  };
  const Asked asked = ask(*loaded.arena, program, arguments.question, arguments.seed.value_or(0), options);
  if (!asked.question) {
    if (asked.limit) return stopped(arguments, asked, options.limits.maxStates);
    const std::string kind = arguments.question ? std::string(questionKindName(*arguments.question)) + " " : "";
    return refuse(loaded.source,
                  {{"predict",
                    std::nullopt,
                    "there is no " + kind + "question about this program with this seed: " + asked.none,
                    {},
                    "another seed or another `--kind` may give one"}},
                  arguments);
  }
  const Question& question = *asked.question;
  Semantics semantics(*loaded.arena, rules.reduction, program.among);
  const render::QuestionCommands commands{stepFlags(arguments), operand(arguments)};
  std::optional<std::vector<bool>> chosen;
  if (arguments.answer) {
    std::string strange;
    chosen = readAnswer(question, *arguments.answer, &strange);
    if (!chosen) {
      return refuse(loaded.source,
                    {{"predict",
                      std::nullopt,
                      "`" + strange + "` is none of the choices",
                      {},
                      question.several ? "choices or their letters, with commas between them, or none"
                                       : "one of the choices or its letter"}},
                    arguments);
    }
  }
  if (arguments.json) {
    boost::json::object out = render::document();
    out["file"] = arguments.file;
    for (auto& entry : render::predictJson(semantics, question, chosen ? &*chosen : nullptr, commands, program.among))
      out[entry.key()] = entry.value();
    print(render::line(out));
  } else {
    const render::Style style = styleFor(stdout, arguments.color);
    print(chosen ? render::answerText(semantics, question, *chosen, commands, style)
                 : render::askText(semantics, question, commands, program.among, style));
  }
  return !chosen || isRight(question, *chosen) ? ExitCode::Holds : ExitCode::Violated;
}

}  // namespace funpass::cli
