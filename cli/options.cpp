#include "cli/options.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>

#include "cli/options_table.hpp"
#include "lang/characters.hpp"

namespace funpass::cli {

namespace {

Diagnostic problem(std::string message, std::string help = {}) {
  return {"usage", std::nullopt, std::move(message), {}, std::move(help)};
}

std::string quotedWord(const std::string& word) { return "`" + word + "`"; }

std::string usage(const VerbRow& verb) { return std::string("funpass ") + verb.name + " [options] " + verb.operands; }

std::string helpLine(const std::string& left, std::string_view right) {
  constexpr uint32_t column = 20;
  std::string line = "  " + left;
  const uint32_t used = columnsOf(line);
  line += used < column ? std::string(column - used, ' ') : "\n" + std::string(column, ' ');
  return line + std::string(right) + "\n";
}

std::string generalHelp() {
  std::string out =
      "funpass: run, type and inspect programs of the function-passing calculus\n\nusage: funpass VERB [options] …\n\n";
  for (const VerbRow& verb : kVerbs) out += helpLine(std::string(verb.name) + " " + verb.operands, verb.does);
  out += helpLine("--version", "print the version");
  out += helpLine("VERB --help", "the verb's options, with an example");
  out +=
      "\nFILE is a program or a configuration literal; - is standard input.\n\nexample:\n  funpass run "
      "examples/deck/persons.fp\n";
  return out;
}

std::string help(const VerbRow& verb) {
  std::string out =
      std::string("funpass ") + verb.name + ": " + verb.does + "\n\nusage: " + usage(verb) + "\n\noptions:\n";
  for (const OptionRow& option : kOptions) {
    if ((option.verbs & bit(verb.verb)) == 0) continue;
    out += helpLine(option.name + (option.value ? std::string(" ") + option.value : ""), option.does);
  }
  if (verb.verb == Verb::Exercise)
    out += "\nFILE is a program; - is standard input. -e TERM instead of FILE is a program of one host.\n";
  if ((kPrograms & bit(verb.verb)) != 0)
    out +=
        "\nFILE is a program or a configuration literal; - is standard input. -e TERM instead of FILE is a program of "
        "one host.\n";
  if (verb.verb == Verb::Check) {
    out += "\nreductions (docs/reductions.md), each where its condition holds:\n";
    for (const ReductionInfo& info : allReductions()) out += helpLine(std::string(info.name), info.says);
  }
  if (verb.verb == Verb::Fmt) out += "\nFILE is a program or a configuration literal; - is standard input.\n";
  return out + "\nexample:\n  " + verb.example + "\n  " + verb.exampleDoes + "\n";
}

const VerbRow* verbNamed(const std::string& name) {
  const auto found = std::find_if(kVerbs.begin(), kVerbs.end(), [&](const VerbRow& row) { return name == row.name; });
  return found == kVerbs.end() ? nullptr : &*found;
}

Diagnostic unknownVerb(const std::string& word) {
  std::vector<std::string> names(kVerbs.size());
  std::transform(kVerbs.begin(), kVerbs.end(), names.begin(), [](const VerbRow& verb) { return verb.name; });
  const std::optional<std::string> close = closestName(word, names);
  std::string all = "the verbs are ";
  for (size_t i = 0; i < names.size(); ++i) all += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  if (!word.empty() && word[0] == '-')
    return problem("there is no option " + quotedWord(word) + " without a verb", all + "; options come after the verb");
  return problem("there is no verb " + quotedWord(word), close ? "did you mean `" + *close + "`?" : all);
}

Diagnostic unknownOption(const VerbRow& verb, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  std::vector<std::string> names;
  unsigned having = 0;  // verbs that have such an option, each perhaps with a row of its own
  for (const OptionRow& option : kOptions) {
    if ((option.verbs & bit(verb.verb)) != 0) names.emplace_back(option.name);
    if (name == option.name) having |= option.verbs;
  }
  if (having != 0 && (having & bit(verb.verb)) == 0) {
    std::string others;
    for (const VerbRow& other : kVerbs)
      if ((having & bit(other.verb)) != 0) others += (others.empty() ? "" : ", ") + std::string(other.name);
    return problem(quotedWord(name) + " is an option of " + others + ", not of " + verb.name,
                   "funpass " + std::string(verb.name) + " --help lists its options");
  }
  const std::optional<std::string> close = closestName(name, names);
  return problem(
      std::string(verb.name) + " has no option " + quotedWord(name),
      close ? "did you mean `" + *close + "`?" : "funpass " + std::string(verb.name) + " --help lists its options");
}

// What of CLI11's own complaint can still occur: an option at the end without its value.
Diagnostic parseProblem(const std::vector<std::string>& words, const CLI::ParseError& error) {
  for (const OptionRow& option : kOptions)
    if (option.value && !words.empty() && words.back() == option.name)
      return problem(quotedWord(option.name) + " needs a value: " + option.name + " " + option.value);
  return problem(error.what());
}

void checkTogether(const Arguments& a, Diagnostics& problems) {
  const auto clash = [&](bool both, const char* one, const char* other) {
    if (both) problems.push_back(problem(quotedWord(one) + " and " + quotedWord(other) + " cannot both be given"));
  };
  clash(a.seed && a.schedule, "--seed", "--schedule");
  clash(a.runs && a.schedule, "--runs", "--schedule");
  clash(a.runs && a.trace, "--runs", "--trace");
  clash(a.runs && a.derivation, "--runs", "--derivation");
  const bool figure = a.chart || (a.latex && a.verb == Verb::Run && !a.derivation);
  clash(figure && a.runs, a.chart ? "--chart" : "--latex", "--runs");
  clash(figure && a.trace, a.chart ? "--chart" : "--latex", "--trace");
  clash(a.chart && a.json, "--chart", "--json");
  clash(a.chart && a.latex, "--chart", "--latex");
  clash(a.chart && a.derivation, "--chart", "--derivation");
  if (a.everyStep && !a.chart)
    problems.push_back(problem("`--every-step` says what a chart shows, and `--chart` is not given"));
  if ((a.from != 1 || a.to) && !a.latex)
    problems.push_back(problem("`--from` and `--to` say what `--latex` prints, which is not given"));
  if (a.to && *a.to < a.from)
    problems.push_back(
        problem("`--to " + std::to_string(*a.to) + "` comes before `--from " + std::to_string(a.from) + "`"));
  clash(a.check && a.write, "--check", "--write");
  clash(a.latex && a.json, "--latex", "--json");
  clash(a.lineageFormat == LineageFormat::Dot && a.json, "--format dot", "--json");
  clash(a.budgets && !a.save.empty(), "--budgets", "--save");
  clash(a.budgets && !a.resume.empty(), "--budgets", "--resume");
  clash(a.json && a.format && *a.format != GraphFormat::Json, "--json",
        a.format == GraphFormat::Dot ? "--format dot" : "--format graphml");
  const bool fails = a.budgets || (a.failures && *a.failures != Budget{});
  if (!a.among.empty() && !fails && (a.verb != Verb::Faults || a.failures)) {
    problems.push_back(problem("`--among` says where failures happen, and none is allowed", "add `--crashes 1`"));
  }
  if (!a.report.empty() && (a.report == a.file || a.report == a.save || a.report == a.resume))
    problems.push_back(
        problem("`--report " + a.report + "` would overwrite a file that is needed", "choose another name"));
  if (a.saveEvery > 0 && a.save.empty())
    problems.push_back(problem("`--save-every` says when to save, and `--save` is not given"));
  if (a.then && !a.schedule)
    problems.push_back(problem("`--then` says how to go on after `--schedule`, which is not given"));
  if (a.write && a.file == "-")
    problems.push_back(problem("standard input cannot be rewritten", "leave `--write` out"));
}

void takeOperands(const VerbRow& verb, std::vector<std::string> operands, Arguments& a, Diagnostics& problems) {
  const unsigned taken = a.term ? 1 : 0;  // -e stands for FILE
  if (operands.size() + taken < verb.fewest) {
    problems.push_back(problem(
        operands.empty() || verb.verb != Verb::Why ? std::string(verb.operands) + " is missing" : "FILE is missing",
        "usage: " + usage(verb)));
    return;
  }
  if (operands.size() + taken > verb.most) {
    const std::string& extra = operands.back();
    problems.push_back(a.term && operands.size() == verb.most
                           ? problem("both `-e` and the file " + quotedWord(extra) + " are given", "give one of them")
                           : problem("one operand too many: " + quotedWord(extra), "usage: " + usage(verb)));
    return;
  }
  if (verb.verb == Verb::Why || verb.verb == Verb::Rules || verb.verb == Verb::Exercise) {
    if (operands.empty()) return;
    a.rule = operands.front();
    operands.erase(operands.begin());
  }
  if (!operands.empty()) a.file = operands.front();
}

}  // namespace

CommandLine readCommandLine(const std::vector<std::string>& words) {
  CommandLine line;
  line.json = std::find(words.begin(), words.end(), "--json") != words.end();
  if (words.empty()) {
    line.problems.push_back(problem("no verb is given", "funpass --help lists the verbs"));
    return line;
  }
  if (words[0] == "--version") {
    line.text = std::string("funpass ") + FUNPASS_VERSION + "\n";
    return line;
  }
  if (words[0] == "--help" || words[0] == "-h" || (words[0] == "help" && words.size() == 1)) {
    line.text = generalHelp();
    return line;
  }
  const bool helpFor = words[0] == "help";
  const VerbRow* verb = verbNamed(helpFor ? words[1] : words[0]);
  if (verb == nullptr) {
    line.problems.push_back(unknownVerb(helpFor ? words[1] : words[0]));
    return line;
  }

  Arguments arguments;
  arguments.verb = verb->verb;
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  bool wantsHelp = helpFor;
  app.add_flag("-h,--help", wantsHelp);
  std::vector<std::string> operands;
  app.add_option("operands", operands);
  std::vector<std::vector<std::string>> values(kOptions.size());
  std::vector<CLI::Option*> options(kOptions.size(), nullptr);
  for (size_t i = 0; i < kOptions.size(); ++i) {
    const OptionRow& row = kOptions[i];
    if ((row.verbs & bit(verb->verb)) == 0) continue;
    options[i] = row.value ? app.add_option(row.name, values[i])->allow_extra_args(false) : app.add_flag(row.name);
  }
  std::vector<std::string> rest(words.begin() + 1, words.end());
  try {
    std::vector<std::string> reversed(rest.rbegin(), rest.rend());
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    line.problems.push_back(parseProblem(rest, error));
    return line;
  }
  if (wantsHelp) {
    line.text = help(*verb);
    return line;
  }
  for (const std::string& extra : app.remaining()) {
    if (extra.size() > 1 && extra[0] == '-') {
      line.problems.push_back(unknownOption(*verb, extra));
    } else {
      operands.push_back(extra);
    }
  }
  if (!line.problems.empty()) return line;
  for (size_t i = 0; i < kOptions.size(); ++i) {
    const OptionRow& row = kOptions[i];
    if (options[i] == nullptr || options[i]->count() == 0) continue;
    if (!row.value) {
      row.set(arguments, {});
      continue;
    }
    if (values[i].size() > 1) line.problems.push_back(problem(quotedWord(row.name) + " is given twice"));
    const std::string wrong = row.set(arguments, values[i].front());
    if (!wrong.empty())
      line.problems.push_back(problem(quotedWord(std::string(row.name) + " " + values[i].front()) + ": " + wrong));
  }
  takeOperands(*verb, std::move(operands), arguments, line.problems);
  if (line.problems.empty()) checkTogether(arguments, line.problems);
  if (line.problems.empty()) line.arguments = std::move(arguments);
  return line;
}

ExitCode exitCodeOf(RunResult::End end) {
  switch (end) {
    case RunResult::End::Final: return ExitCode::Holds;
    case RunResult::End::Stuck:
    case RunResult::End::Lost: return ExitCode::Violated;
    case RunResult::End::Limit: return ExitCode::Incomplete;
    case RunResult::End::BadIndex: return ExitCode::Wrong;
  }
  return ExitCode::Ours;
}

RunOptions runOptions(const Arguments& arguments) {
  RunOptions options;
  options.maxSteps = arguments.maxSteps;
  options.schedule = arguments.schedule;
  if (arguments.schedule) {
    options.then = arguments.then ? arguments.then->policy : RunOptions::Policy::Stop;
    if (arguments.then) options.seed = arguments.then->seed;
  } else if (arguments.seed) {
    options.then = RunOptions::Policy::Seed;
    options.seed = *arguments.seed;
  }
  return options;
}

std::string stepFlags(const Arguments& arguments) {
  std::string out;
  if (arguments.core) out += " --core";
  if (!arguments.mobility) out += " --no-mobility";
  if (arguments.mutant != nullptr) out += " --mutant " + std::string(arguments.mutant->name);
  if (arguments.allowFiles) out += " --allow-files";
  if (arguments.recovery) out += std::string(" --recovery ") + (*arguments.recovery ? "on" : "off");
  if (arguments.failures) {
    const auto flag = [&](const char* name, uint32_t n) {
      if (n > 0) out += std::string(" --") + name + " " + std::to_string(n);
    };
    flag("crashes", arguments.failures->crashes);
    flag("restarts", arguments.failures->restarts);
    flag("drops", arguments.failures->drops);
    flag("duplicates", arguments.failures->duplicates);
  }
  for (size_t i = 0; i < arguments.among.size(); ++i) out += (i == 0 ? " --among " : ",") + arguments.among[i];
  return out;
}

std::string shellWord(const std::string& word) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-+=:,@%";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string out = "'";
  for (std::string_view rest = word; !rest.empty();) {
    const CodePoint c = firstCodePoint(rest);
    const std::string_view written = rest.substr(0, c.size);
    rest.remove_prefix(c.size);
    if (c.value == '\'') {
      out += "'\\''";
    } else if (c.value != '\n' && c.value != '\t' && isHidden(c.value)) {
      out += "'$'";
      for (const char byte : written) {
        const auto code = static_cast<unsigned char>(byte);
        out += '\\';
        for (const unsigned shift : {6U, 3U, 0U}) out += static_cast<char>('0' + ((code >> shift) & 7U));
      }
      out += "''";
    } else {
      out += written;
    }
  }
  return out + "'";
}

std::string operand(const Arguments& arguments) {
  return (arguments.term ? " -e " : " ") + shellWord(arguments.term ? *arguments.term : arguments.file);
}

}  // namespace funpass::cli
