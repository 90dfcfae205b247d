#include "cli/options.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include <CLI/CLI.hpp>

namespace funpass::cli {

namespace {

constexpr unsigned bit(Verb verb) { return 1U << static_cast<unsigned>(verb); }
constexpr unsigned kRuns = bit(Verb::Run) | bit(Verb::Lineage);
constexpr unsigned kExplores = bit(Verb::Check) | bit(Verb::Graph) | bit(Verb::Faults);
constexpr unsigned kSteps = kRuns | kExplores | bit(Verb::Why);
constexpr unsigned kPrograms = kSteps | bit(Verb::Type);
constexpr unsigned kAll = kPrograms | bit(Verb::Rules) | bit(Verb::Fmt);

struct VerbRow {
  Verb verb;
  const char* name;
  const char* operands;
  unsigned fewest, most;  // operands
  const char* does;
  const char* example;
  const char* exampleDoes;
};

constexpr VerbRow kVerbs[] = {
    {Verb::Run, "run", "FILE", 1, 1, "run under one schedule; print each host's result",
     "funpass run --trace examples/deck/persons.fp", "runs the program and prints every step with its rule"},
    {Verb::Type, "type", "FILE", 1, 1, "the type of each host's term; for a configuration, whether it is well-formed",
     "funpass type --derivation -e '(x: Int) => x + 1'", "prints the tree of T-* rules"},
    {Verb::Check, "check", "FILE", 1, 1, "explore every interleaving; a verdict on every property",
     "funpass check --crashes 1 --among b program.fp",
     "with at most one crash, of host b\n"
     "  funpass check --budgets program.fp\n"
     "  with no crash, one, two, …, up to the first number that breaks it"},
    {Verb::Graph, "graph", "FILE", 1, 1, "explore every interleaving; the state graph, for Graphviz and other tools",
     "funpass graph --quotient examples/deck/4-send.fp | dot -Tsvg > graph.svg", "draws it, local steps collapsed"},
    {Verb::Faults, "faults", "FILE", 1, 1,
     "the smallest sets of failures that break the program, or none within the budget",
     "funpass faults --crashes 1 --drops 1 --among r1,r2 examples/replicas/2-apply.fp",
     "with at most one crash and one lost message, at r1 and r2; without a budget, any number of crashes"},
    {Verb::Why, "why", "RULE FILE", 2, 2, "is the rule enabled there; if not, which premise fails",
     "funpass why R-Await --schedule 0.0.0 examples/deck/4-send.fp", "asks it of every host after three steps"},
    {Verb::Rules, "rules", "[RULE]", 0, 1, "the rules, from the table", "funpass rules R-Process",
     "prints one rule in full"},
    {Verb::Fmt, "fmt", "FILE", 1, 1, "print the file in the standard layout", "funpass fmt --write program.fp",
     "rewrites the file in place"},
    {Verb::Lineage, "lineage", "FILE", 1, 1, "run; show the lineage of every reference, and what a crash would lose",
     "funpass lineage --of laptop --save orders.json examples/lineage/save.fp",
     "saves the lineage that is host laptop's result, for fromLineage to read"},
};

// Reads an option's value; gives what is wrong with it, or nothing.
using Set = std::string (*)(Arguments&, const std::string&);

bool number(const std::string& text, uint64_t& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

std::string setSeed(Arguments& a, const std::string& value) {
  return number(value, a.seed.emplace()) ? "" : "a seed is a number from 0 to 18446744073709551615";
}
std::string setRuns(Arguments& a, const std::string& value) {
  return number(value, a.runs.emplace()) && *a.runs > 0 ? "" : "a number of runs is at least 1";
}
std::string setMaxSteps(Arguments& a, const std::string& value) {
  return number(value, a.maxSteps) ? "" : "a number of steps is a number from 0 on";
}
std::string setSchedule(Arguments& a, const std::string& value) {
  a.schedule = Schedule::parse(value);
  return a.schedule ? "" : "a schedule is a list of numbers with dots between them, such as 0.1.0";
}
std::string setThen(Arguments& a, const std::string& value) {
  constexpr std::string_view seed = "seed:";
  Then then;
  if (value.compare(0, seed.size(), seed) == 0) {
    then.policy = RunOptions::Policy::Seed;
    if (!number(value.substr(seed.size()), then.seed)) return "it is round-robin or seed:N";
  } else if (value != "round-robin") {
    return "it is round-robin or seed:N";
  }
  a.then = then;
  return {};
}
std::string setLineageFormat(Arguments& a, const std::string& value) {
  if (value == "text") {
    a.lineageFormat = LineageFormat::Text;
  } else if (value == "dot") {
    a.lineageFormat = LineageFormat::Dot;
  } else if (value == "json") {
    a.lineageFormat = LineageFormat::Json;
    a.json = true;
  } else {
    return "it is text, dot or json";
  }
  return {};
}
std::string setColor(Arguments& a, const std::string& value) {
  if (value == "auto") {
    a.color = Color::Auto;
  } else if (value == "never") {
    a.color = Color::Never;
  } else if (value == "always") {
    a.color = Color::Always;
  } else {
    return "it is auto, never or always";
  }
  return {};
}

std::string setFailures(Arguments& a, const std::string& value, uint32_t Budget::*which) {
  uint64_t n = 0;
  if (!number(value, n) || n > 255) return "it is a number from 0 to 255";
  if (!a.failures) a.failures.emplace();
  (*a.failures).*which = static_cast<uint32_t>(n);
  return {};
}
std::string setAmong(Arguments& a, const std::string& value) {
  for (size_t begin = 0; begin <= value.size();) {
    const size_t end = std::min(value.find(',', begin), value.size());
    if (end == begin) return "it is a list of hosts with commas between them, such as a,b";
    a.among.push_back(value.substr(begin, end - begin));
    begin = end + 1;
  }
  return {};
}
std::string setRecovery(Arguments& a, const std::string& value) {
  a.recovery = value == "on";
  return value == "on" || value == "off" ? "" : "it is on or off";
}
std::string setReduction(Arguments& a, const std::string& value) {
  a.reductions.reset();
  if (value == "default") return {};
  if (value == "none") return a.reductions.emplace(), "";
  std::string unknown;
  a.reductions = parseReductions(value, unknown);
  if (a.reductions) return {};
  std::string names;
  for (const ReductionInfo& info : allReductions()) names += (names.empty() ? "" : ", ") + std::string(info.name);
  return "there is no reduction `" + unknown + "`; it is none, default, or some of " + names + ", with commas between";
}
std::string setMaxStates(Arguments& a, const std::string& value) {
  return number(value, a.maxStates) && a.maxStates > 0 ? "" : "a number of states is at least 1";
}
std::string setSave(Arguments& a, const std::string& value) {
  a.save = value;
  return value.empty() ? "it is the name of a file" : "";
}
std::string setResume(Arguments& a, const std::string& value) {
  a.resume = value;
  return value.empty() ? "it is the name of a file" : "";
}
std::string setSaveEvery(Arguments& a, const std::string& value) {
  return number(value, a.saveEvery) && a.saveEvery > 0 ? "" : "a number of states is at least 1";
}
// A number with a suffix that multiplies it.
std::string scaled(const std::string& value, const std::vector<std::pair<std::string_view, double>>& units,
                   double& out) {
  size_t digits = 0;
  while (digits < value.size() && (value[digits] == '.' || (value[digits] >= '0' && value[digits] <= '9'))) ++digits;
  for (const auto& [suffix, factor] : units) {
    if (digits == 0 || value.substr(digits) != suffix) continue;
    out = std::strtod(value.c_str(), nullptr) * factor;
    return {};
  }
  std::string help = "it is a number with one of";
  for (const auto& unit : units) help += unit.first.empty() ? "" : " " + std::string(unit.first);
  return help;
}
std::string setMaxMemory(Arguments& a, const std::string& value) {
  double bytes = 0;
  std::string wrong =
      scaled(value, {{"", 1}, {"K", 1e3}, {"M", 1e6}, {"G", 1e9}, {"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}}, bytes);
  a.maxMemory = static_cast<uint64_t>(bytes);
  return wrong;
}
std::string setMaxTime(Arguments& a, const std::string& value) {
  return scaled(value, {{"", 1}, {"s", 1}, {"m", 60}, {"min", 60}, {"h", 3600}}, a.maxTime);
}

std::string setFormat(Arguments& a, const std::string& value) {
  if (value == "dot") {
    a.format = GraphFormat::Dot;
  } else if (value == "graphml") {
    a.format = GraphFormat::Graphml;
  } else if (value == "json") {
    a.format = GraphFormat::Json;
    a.json = true;
  } else {
    return "it is dot, graphml or json";
  }
  return {};
}

std::string setMutant(Arguments& a, const std::string& value) {
  a.mutant = mutantNamed(value);
  if (a.mutant != nullptr) return {};
  std::vector<std::string> names;
  for (const Mutant& mutant : mutants()) names.emplace_back(mutant.name);
  const std::optional<std::string> close = closestName(value, names);
  return close ? "there is no such wrong rule; did you mean `" + *close + "`?"
               : "there is no such wrong rule; docs/mutants.md lists them";
}

struct OptionRow {
  const char* name;
  const char* value;  // what its value is called; null: it has none
  unsigned verbs;
  const char* does;
  Set set;
};

constexpr OptionRow kOptions[] = {
    {"-e", "TERM", kPrograms, "instead of FILE: a program of one host a with this term",
     [](Arguments& a, const std::string& v) { return a.term = v, std::string(); }},
    {"--trace", nullptr, bit(Verb::Run), "print every step with its rule",
     [](Arguments& a, const std::string&) { return a.trace = true, std::string(); }},
    {"--schedule", "S", kRuns | bit(Verb::Why), "take these steps, such as 0.1.0, and stop", setSchedule},
    {"--then", "HOW", kRuns, "go on after the schedule: round-robin or seed:N", setThen},
    {"--seed", "N", kRuns, "choose every step at random; without it, the hosts take turns", setSeed},
    {"--runs", "N", bit(Verb::Run), "run with N seeds, from --seed or 0 on, and count the results", setRuns},
    {"--max-steps", "N", kRuns, "stop after N steps (10000000), with exit code 3", setMaxSteps},
    {"--reduction", "HOW", bit(Verb::Check), "none: the raw graph; default; or names with commas, listed below",
     setReduction},
    {"--self-check", nullptr, bit(Verb::Check), "try out what the reductions rely on; code 70 if it fails",
     [](Arguments& a, const std::string&) { return a.selfCheck = true, std::string(); }},
    {"--max-states", "N", kExplores, "stop after N states, with exit code 3", setMaxStates},
    {"--max-memory", "SIZE", kExplores, "stop at this much memory, such as 4G, with exit code 3", setMaxMemory},
    {"--max-time", "T", kExplores, "stop after this time, such as 90 or 5m, with exit code 3", setMaxTime},
    {"--format", "HOW", bit(Verb::Graph), "dot (for Graphviz; the default), graphml or json", setFormat},
    {"--quotient", nullptr, bit(Verb::Graph), "collapse local steps, as is done with more than 2000 states",
     [](Arguments& a, const std::string&) { return a.quotient = true, std::string(); }},
    {"--force", nullptr, bit(Verb::Graph), "write the graph however large it is",
     [](Arguments& a, const std::string&) { return a.force = true, std::string(); }},
    {"--save", "FILE", bit(Verb::Check), "save what was found, now and then and at the end", setSave},
    {"--save-every", "N", bit(Verb::Check), "save after N more states, instead of by time", setSaveEvery},
    {"--resume", "FILE", bit(Verb::Check), "go on from what was saved", setResume},
    {"--crashes", "N", kSteps, "allow N crashes",
     [](Arguments& a, const std::string& v) { return setFailures(a, v, &Budget::crashes); }},
    {"--restarts", "N", kSteps, "allow N restarts of crashed hosts",
     [](Arguments& a, const std::string& v) { return setFailures(a, v, &Budget::restarts); }},
    {"--drops", "N", kSteps, "allow N lost messages",
     [](Arguments& a, const std::string& v) { return setFailures(a, v, &Budget::drops); }},
    {"--duplicates", "N", kSteps, "allow N duplicated messages",
     [](Arguments& a, const std::string& v) { return setFailures(a, v, &Budget::duplicates); }},
    {"--among", "HOSTS", kSteps, "failures happen at these hosts only, such as a,b", setAmong},
    {"--budgets", nullptr, bit(Verb::Check), "try every budget up to the given one, until one is broken",
     [](Arguments& a, const std::string&) { return a.budgets = true, std::string(); }},
    {"--recovery", "on|off", kSteps, "off: what a failure took away is not asked for again (on)", setRecovery},
    {"--results", nullptr, bit(Verb::Faults), "a result that no run without failures has breaks the program, too",
     [](Arguments& a, const std::string&) { return a.results = true, std::string(); }},
    {"--by-clauses", nullptr, bit(Verb::Faults),
     "explore each candidate set from the start: slower, an independent check",
     [](Arguments& a, const std::string&) { return a.byClauses = true, std::string(); }},
    {"--host", "NAME", bit(Verb::Why), "ask at this host only",
     [](Arguments& a, const std::string& v) { return a.host = v, std::string(); }},
    {"--derivation", nullptr, bit(Verb::Type), "print the tree of rules",
     [](Arguments& a, const std::string&) { return a.derivation = true, std::string(); }},
    {"--check", nullptr, bit(Verb::Fmt), "only say whether the file is in the standard layout; exit code 1 if not",
     [](Arguments& a, const std::string&) { return a.check = true, std::string(); }},
    {"--write", nullptr, bit(Verb::Fmt), "rewrite the file",
     [](Arguments& a, const std::string&) { return a.write = true, std::string(); }},
    {"--latex", nullptr, bit(Verb::Rules), "as a LaTeX document",
     [](Arguments& a, const std::string&) { return a.latex = true, std::string(); }},
    {"--format", "HOW", bit(Verb::Lineage), "text, dot or json", setLineageFormat},
    {"--of", "NAME", bit(Verb::Lineage), "only what is the result of this host, or was made for this val",
     [](Arguments& a, const std::string& v) { return a.lineageOf = v, std::string(); }},
    {"--save", "FILE", bit(Verb::Lineage), "write the lineage of the one reference to a file, for fromLineage",
     setSave},
    {"--core", nullptr, kAll, "the calculus alone, without the data extension",
     [](Arguments& a, const std::string&) { return a.core = true, std::string(); }},
    {"--no-mobility", nullptr, kPrograms, "the typing rules without their mobility premises",
     [](Arguments& a, const std::string&) { return a.mobility = false, std::string(); }},
    {"--mutant", "NAME", kPrograms, "with one rule replaced by a wrong one; docs/mutants.md lists them", setMutant},
    {"--allow-files", nullptr, kPrograms, "fromTextFile and fromLineage may leave the program's folder",
     [](Arguments& a, const std::string&) { return a.allowFiles = true, std::string(); }},
    {"--json", nullptr, kAll, "print JSON, errors too",
     [](Arguments& a, const std::string&) { return a.json = true, std::string(); }},
    {"--color", "WHEN", kAll, "auto, never or always", setColor},
};

Diagnostic problem(std::string message, std::string help = {}) {
  return {"usage", std::nullopt, std::move(message), {}, std::move(help)};
}

std::string quotedWord(const std::string& word) { return "`" + word + "`"; }

std::string usage(const VerbRow& verb) { return std::string("funpass ") + verb.name + " [options] " + verb.operands; }

std::string helpLine(const std::string& left, std::string_view right) {
  constexpr size_t column = 20;
  std::string line = "  " + left;
  line += line.size() < column ? std::string(column - line.size(), ' ') : "\n" + std::string(column, ' ');
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
  const auto* found =
      std::find_if(std::begin(kVerbs), std::end(kVerbs), [&](const VerbRow& row) { return name == row.name; });
  return found == std::end(kVerbs) ? nullptr : found;
}

Diagnostic unknownVerb(const std::string& word) {
  std::vector<std::string> names;
  for (const VerbRow& verb : kVerbs) names.emplace_back(verb.name);
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
  for (const OptionRow& option : kOptions) {
    if ((option.verbs & bit(verb.verb)) != 0) names.emplace_back(option.name);
    if (name != option.name || (option.verbs & bit(verb.verb)) != 0) continue;
    std::string others;
    for (const VerbRow& other : kVerbs)
      if ((option.verbs & bit(other.verb)) != 0) others += (others.empty() ? "" : ", ") + std::string(other.name);
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
  if (verb.verb == Verb::Why || verb.verb == Verb::Rules) {
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
  std::vector<std::vector<std::string>> values(std::size(kOptions));
  std::vector<CLI::Option*> options(std::size(kOptions), nullptr);
  for (size_t i = 0; i < std::size(kOptions); ++i) {
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
  for (size_t i = 0; i < std::size(kOptions); ++i) {
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
  std::string out = word;
  if (word.empty() || word.find_first_not_of(plain) != std::string::npos) {
    out = "'";
    for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    out += "'";
  }
  return out;
}

std::string operand(const Arguments& arguments) {
  return (arguments.term ? " -e " : " ") + shellWord(arguments.term ? *arguments.term : arguments.file);
}

}  // namespace funpass::cli
