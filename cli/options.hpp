// The command line: verbs and options, each a row of a table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/mutants.hpp"
#include "checker/predict.hpp"
#include "checker/reductions.hpp"
#include "lang/source.hpp"
#include "semantics/run.hpp"
#include "semantics/schedule.hpp"

namespace funpass::cli {

enum class Verb : uint8_t { Run, Type, Check, Graph, Faults, Why, Rules, Fmt, Lineage, Step, Exercise, Predict };

enum class ExitCode : int {
  Holds = 0,       ///< all that was asked holds
  Violated = 1,    ///< a run got stuck, or a file is not in the standard layout
  Wrong = 2,       ///< the input or the flags are wrong
  Incomplete = 3,  ///< a limit was reached, an integer overflowed, or the user interrupted
  Ours = 70,       ///< a bug of ours
};

enum class Color : uint8_t { Auto, Never, Always };

enum class GraphFormat : uint8_t { Dot, Graphml, Json };
enum class LineageFormat : uint8_t { Text, Dot, Json };

enum class ChartFormat : uint8_t { Text, Svg, Tikz };

/// How a run goes on after a schedule.
struct Then {
  RunOptions::Policy policy = RunOptions::Policy::RoundRobin;
  uint64_t seed = 0;
};

/// A command line that was understood.
struct Arguments {
  Verb verb = Verb::Run;
  std::string file;                 ///< "-": standard input; empty where `term` is given or no file is asked for
  std::optional<std::string> term;  ///< of -e
  bool core = false;
  bool mobility = true;
  bool allowFiles = false;
  const Mutant* mutant = nullptr;  ///< --mutant: a wrong rule in place of a right one
  bool json = false;
  Color color = Color::Auto;
  // run, why
  std::optional<Schedule> schedule;
  std::optional<Then> then;
  std::optional<uint64_t> seed;
  std::optional<uint64_t> runs;
  uint64_t maxSteps = 10'000'000;
  bool trace = false;
  std::optional<ChartFormat> chart;
  bool everyStep = false;  ///< in a chart, local steps one by one
  uint64_t from = 1;       ///< of --latex: the first and last step to print
  std::optional<uint64_t> to;
  std::optional<std::string> host;
  // run, why, check, graph, faults
  std::optional<Budget> failures;  ///< --crashes, --restarts, --drops, --duplicates, as far as given
  std::vector<std::string> among;  ///< --among; empty: all hosts
  std::optional<bool> recovery;    ///< not given: on, but for literals without `asked`
  // check
  bool budgets = false;
  std::optional<ReductionSet> reductions;  ///< --reduction; nothing: the default
  bool selfCheck = false;
  std::string report;                                  ///< the HTML file to write; empty: none
  std::optional<std::vector<std::string>> properties;  ///< --properties; nothing: all
  std::optional<uint32_t> threads;
  // check, graph, faults
  uint64_t maxStates = 4'000'000'000;
  uint64_t maxMemory = 0;  ///< in bytes; 0: three quarters of what the process may use
  double maxTime = 0;      ///< in seconds; 0: none
  std::string save;        ///< the file to save to; empty: none
  std::string resume;      ///< the file to go on from; empty: none
  uint64_t saveEvery = 0;  ///< in states; 0: by time
  // graph
  std::optional<GraphFormat> format;  ///< json: then `json` is set too
  bool quotient = false;
  bool force = false;
  // lineage
  LineageFormat lineageFormat = LineageFormat::Text;
  std::string lineageOf;  ///< a host or val; empty: all references
  // step
  std::string commands;  ///< --commands: the file to read them from; empty: standard input
  // faults
  bool results = false;
  bool byClauses = false;
  // type, fmt, rules
  bool derivation = false;
  bool check = false;
  bool write = false;
  bool latex = false;
  std::string rule;  ///< of rules and why; of exercise its number
  // predict
  std::optional<QuestionKind> question;  ///< --kind
  std::optional<std::string> answer;
};

/// A command line read: arguments, or a text to print (help, the version), or what is wrong with it.
struct CommandLine {
  std::optional<Arguments> arguments;
  std::string text;
  Diagnostics problems;
  bool json = false;  ///< `--json` was among the words, whatever else was
};

CommandLine readCommandLine(const std::vector<std::string>& words);

/// What a run that ended so leaves with.
ExitCode exitCodeOf(RunResult::End end);

/// How the options of `arguments` say that a program is to be run.
RunOptions runOptions(const Arguments& arguments);

/// The options of `arguments` that say which steps there are, as they are written: " --core --no-mobility".
std::string stepFlags(const Arguments& arguments);

/// A word as a shell reads it, what is hidden by its number.
std::string shellWord(const std::string& word);

/// The file or term of `arguments`, as a shell reads it: " program.fp", " -e '1 + 1'".
std::string operand(const Arguments& arguments);

}  // namespace funpass::cli
