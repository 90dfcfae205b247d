#include <csignal>
#include <cstdlib>
#include <exception>
#include <new>

#include "cli/load.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"

namespace funpass::cli {

namespace {

ExitCode dispatch(const Arguments& arguments) {
  switch (arguments.verb) {
    case Verb::Run: return run(arguments);
    case Verb::Type: return type(arguments);
    case Verb::Check: return check(arguments);
    case Verb::Graph: return graph(arguments);
    case Verb::Faults: return faults(arguments);
    case Verb::Why: return why(arguments);
    case Verb::Rules: return rules(arguments);
    case Verb::Fmt: return fmt(arguments);
    case Verb::Lineage: return lineage(arguments);
    case Verb::Exercise: return exercise(arguments);
    case Verb::Predict: return predict(arguments);
    case Verb::Step: return step(arguments);
  }
  return ExitCode::Ours;
}

ExitCode incomplete(const std::string& what) {
  printError("funpass: incomplete: a limit was reached: " + what + "\n");
  return ExitCode::Incomplete;
}

// Something that cannot happen happened. The words are enough to see it again.
ExitCode ours(const std::vector<std::string>& words, const char* what) {
  std::string report =
      "funpass: internal error: " + std::string(what) +
      "\nThis is a bug of funpass, not of your program. Please report it with the program and this command:\n  funpass";
  for (const std::string& word : words) report += " " + word;
  printError(report + "\nversion: " + FUNPASS_VERSION + "\n");
  return ExitCode::Ours;
}

ExitCode main(const std::vector<std::string>& words) {
  const CommandLine line = readCommandLine(words);
  if (!line.problems.empty()) return refuse({}, line.problems, line.json, Color::Auto);
  if (!line.arguments) {
    print(line.text);
    return ExitCode::Holds;
  }
  try {
    return dispatch(*line.arguments);
  } catch (const LimitReached& limit) {
    return incomplete(limit.what);
  } catch (const std::bad_alloc&) {
    return incomplete("memory");
  }
}

}  // namespace

}  // namespace funpass::cli

int main(int count, char** words) {
  using namespace funpass::cli;
  std::signal(SIGPIPE, SIG_DFL);  // a reader that has gone away ends us quietly, as it does other tools
  std::set_terminate([] {
    printError(
        "funpass: internal error: this is a bug of funpass. Please report it with the program and the command.\n");
    std::_Exit(static_cast<int>(ExitCode::Ours));
  });
  const std::vector<std::string> arguments(words + (count > 0 ? 1 : 0), words + count);
  ExitCode code = ExitCode::Ours;
  try {
    code = main(arguments);
  } catch (const std::exception& error) {
    code = ours(arguments, error.what());
  } catch (...) {
    code = ours(arguments, "unknown exception");
  }
  if (!flushOutput() && code == ExitCode::Holds) code = ExitCode::Incomplete;
  return static_cast<int>(code);
}
