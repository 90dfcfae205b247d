// funpass step FILE
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <sstream>

#include "checker/session.hpp"
#include "cli/load.hpp"
#include "cli/step_editor.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "cli/write_file.hpp"
#include "lang/characters.hpp"
#include "render/diagnostic.hpp"
#include "render/session.hpp"
#include "render/session_file.hpp"

namespace funpass::cli {

namespace {

// A session with what it takes to go on with it.
class Stepper {
 public:
  Stepper(std::unique_ptr<Arena> arena, Program& program, RuleSet rules, const Arguments& arguments)
      : arena_(std::move(arena)),
        semantics_(*arena_, std::move(rules), program.among),
        session_(startSession(*arena_, program.initial)),
        arguments_(arguments) {
    limits_.goOn = [] { return !Interrupts::raised(); };
  }

  const Arena& arena() const { return *arena_; }
  const Session& session() const { return session_; }
  bool interrupted() const { return interrupted_; }

  Answer open() { return follow(semantics_, session_, arguments_.schedule.value_or(Schedule()), limits_); }

  Answer answer(const Command& command) {
    const Interrupts interrupts;
    Answer answer = update(semantics_, session_, command, limits_);
    if (command.act == Act::Save && answer.problem.empty()) save(answer);
    if (command.act == Act::Load) load(answer);
    if (command.act == Act::Lineage) answer.problem = render::unknownReference(*arena_, session_, command);
    if (command.act == Act::Lineage && !answer.problem.empty())
      answer.help = "it names a host whose result is a reference, or a val that one was made for on this path";
    interrupted_ = Interrupts::raised();
    return answer;
  }

  std::string text(const Answer& answer, bool toScreen) {
    return render::answerText(semantics_, session_, answer, screen(toScreen));
  }
  boost::json::object json(const Answer& answer) {
    return render::answerJson(semantics_, session_, answer, screen(false));
  }

  // Copies what is live to a fresh arena when there is twice as much as there was.
  void collect() {
    constexpr uint32_t smallest = 1U << 20U;
    if (arena_->size() < std::max(collectAt_, smallest)) return;
    auto fresh = std::make_unique<Arena>(arena_->hosts(), arena_->maxNodes());
    Copy copyOver(*arena_, *fresh);
    session_ = copy(copyOver, session_);
    arena_ = std::move(fresh);
    semantics_.moveTo(*arena_);
    collectAt_ = static_cast<uint32_t>(std::min<uint64_t>(2 * uint64_t{arena_->size()}, arena_->maxNodes()));
  }

 private:
  std::string command(const std::string& schedule) const {
    return "funpass step" + stepFlags(arguments_) + schedule + operand(arguments_);
  }

  render::Screen screen(bool toScreen) const {
    render::Screen screen;
    screen.style = styleFor(stdout, arguments_.color);
    if (toScreen) screen.rows = rowsOf(stdout);
    screen.reopen = command("{}");
    return screen;
  }

  void save(Answer& answer) {
    answer.problem = cannotReplace(answer.command.word, kSession, arguments_);
    if (!answer.problem.empty()) {
      answer.help = "choose another name";
      return;
    }
    const std::string text = render::sessionFileText(semantics_, session_, command(""), FUNPASS_VERSION);
    const std::string failure = writeFile(answer.command.word, text);
    if (!failure.empty()) answer.problem = "`" + answer.command.word + "` cannot be written: " + failure;
  }

  void load(Answer& answer) {
    Diagnostics problems;
    const std::optional<Source> file = readSource(answer.command.word, problems);
    if (!file) {
      answer.problem = problems.front().message;
      return;
    }
    render::RestoredSession restored =
        render::restoreSession(semantics_, session_.tree[0].configuration, command(""), file->text(), limits_);
    answer.help = restored.help;
    if (!restored.session) {
      answer.problem = answer.command.word + ": " + restored.problem;
      return;
    }
    restored.session->view = session_.view;
    session_ = std::move(*restored.session);
  }

  std::unique_ptr<Arena> arena_;
  Semantics semantics_;
  Session session_;
  const Arguments& arguments_;
  SessionLimits limits_;
  uint32_t collectAt_ = 0;
  bool interrupted_ = false;
};

// ---- commands from a file or a pipe

class Script {
 public:
  Script(Stepper& stepper, const Arguments& arguments, std::istream& in)
      : stepper_(stepper), arguments_(arguments), in_(in) {}

  ExitCode operator()() {
    std::string line;
    while (std::getline(in_, line)) {
      text_ += line + "\n";
      if (!take(line) || stepper_.interrupted()) break;
      std::fflush(stdout);
      stepper_.collect();
    }
    return wrong_ ? ExitCode::Wrong : stepper_.interrupted() ? ExitCode::Incomplete : ExitCode::Holds;
  }

 private:
  // False: that was the last command.
  bool take(const std::string& line) {
    const ReadCommand read = readCommand(line, stepper_.arena(), stepper_.session());
    if (!read.command && read.problem.empty()) return true;
    if (!arguments_.json) print("> " + visible(read.command ? read.command->text : line) + "\n");
    if (!read.command) return refuse(line, read.problem, read.help), true;
    const Answer answer = stepper_.answer(*read.command);
    if (!answer.problem.empty()) return refuse(line, answer.problem, answer.help), true;
    print(arguments_.json ? render::line(stepper_.json(answer)) : stepper_.text(answer, false));
    return answer.command.act != Act::Quit;
  }

  // What is wrong with the line that was read last.
  void refuse(const std::string& line, const std::string& problem, const std::string& help) {
    wrong_ = true;
    const Source source(arguments_.commands.empty() ? "standard input" : arguments_.commands, text_);
    const size_t begin = text_.size() - 1 - line.size() + std::min(line.find_first_not_of(" \t"), line.size());
    const size_t end = text_.size() - 1;
    const Diagnostic diagnostic{
        "command", Span{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}, problem, {}, help};
    if (!arguments_.json) {
      std::fflush(stdout);
      printError(render::diagnosticsText(source, {diagnostic}, styleFor(stderr, arguments_.color)));
      return;
    }
    boost::json::object out = render::document();
    out["command"] = line;
    out["diagnostics"] = boost::json::array{render::diagnosticJson(source, diagnostic)};
    print(render::line(out));
  }

  Stepper& stepper_;
  const Arguments& arguments_;
  std::istream& in_;
  std::string text_;  // the lines so far
  bool wrong_ = false;
};

// ---- on a terminal

ExitCode converse(Stepper& stepper, Answer last) {
  std::string problem;  // what the last answer was instead
  const auto draw = [&] { print(problem.empty() ? stepper.text(last, true) : problem); };
  const auto refused = [&](const std::string& what, const std::string& help) {
    problem = what + "\n" + (help.empty() ? "" : "  " + help + "\n");
  };
  draw();
  LineEditor editor([&](const std::string& line) { return completions(line, stepper.arena(), stepper.session()); },
                    draw);
  while (const std::optional<std::string> line =
             editor.read("funpass " + std::to_string(stepper.session().cursor) + "> ")) {
    const ReadCommand read = readCommand(*line, stepper.arena(), stepper.session());
    if (!read.command && read.problem.empty()) continue;
    problem.clear();
    if (read.command) {
      if (read.command->act == Act::Quit) return ExitCode::Holds;
      try {
        last = stepper.answer(*read.command);
        if (!last.problem.empty()) refused(last.problem, last.help);
      } catch (const LimitReached& limit) {
        refused("a limit was reached: " + limit.what, "");
      }
    } else {
      refused(read.problem, read.help);
    }
    draw();
    std::fflush(stdout);
    stepper.collect();
  }
  print("\n");
  return ExitCode::Holds;
}

}  // namespace

ExitCode step(const Arguments& arguments) {
  if (arguments.commands == "-" && !arguments.term && arguments.file == "-") {
    return refuse({}, {{"usage", std::nullopt, "`--commands -` and the program `-` are both standard input", {}, ""}},
                  arguments);
  }
  Loaded loaded = load(arguments);
  if (!loaded.program) return refuse(loaded.source, loaded.problems, arguments);
  std::istringstream file;
  if (!arguments.commands.empty()) {
    Diagnostics problems;
    const std::optional<Source> commands = readSource(arguments.commands, problems);
    if (!commands) return refuse(Source(arguments.commands, ""), problems, arguments);
    file.str(commands->text());
  }
  printNotes(loaded, arguments);
  const Rules rules = rulesOf(arguments, loaded.program->recovery);
  Stepper stepper(std::move(loaded.arena), *loaded.program, rules.reduction, arguments);
  const Answer opened = [&] {
    const Interrupts interrupts;
    return stepper.open();
  }();
  if (!opened.problem.empty())
    return refuse(loaded.source, {{"schedule", std::nullopt, opened.problem, {}, opened.help}}, arguments);
  const bool talks = arguments.commands.empty() && !arguments.json && isatty(STDIN_FILENO) != 0 && rowsOf(stdout) > 0;
  if (talks) return converse(stepper, opened);
  print(arguments.json ? render::line(stepper.json(opened)) : stepper.text(opened, false));
  std::fflush(stdout);
  return Script(stepper, arguments, arguments.commands.empty() ? std::cin : file)();
}

}  // namespace funpass::cli
