#include "cli/options_table.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "checker/check.hpp"

namespace funpass::cli {

namespace {

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
std::string setFrom(Arguments& a, const std::string& value) {
  return number(value, a.from) && a.from > 0 ? "" : "steps are numbered from 1";
}
std::string setTo(Arguments& a, const std::string& value) {
  return number(value, a.to.emplace()) && *a.to > 0 ? "" : "steps are numbered from 1";
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
std::string setChart(Arguments& a, const std::string& value) {
  if (value == "text") {
    a.chart = ChartFormat::Text;
  } else if (value == "svg") {
    a.chart = ChartFormat::Svg;
  } else if (value == "tikz") {
    a.chart = ChartFormat::Tikz;
  } else {
    return "it is text, svg or tikz";
  }
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
// The names in a list with commas between them.
std::vector<std::string> listed(const std::string& value) {
  std::vector<std::string> names;
  for (size_t begin = 0; begin <= value.size();) {
    const size_t end = std::min(value.find(',', begin), value.size());
    names.push_back(value.substr(begin, end - begin));
    begin = end + 1;
  }
  return names;
}
std::string setAmong(Arguments& a, const std::string& value) {
  for (std::string& host : listed(value)) {
    if (host.empty()) return "it is a list of hosts with commas between them, such as a,b";
    a.among.push_back(std::move(host));
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
std::string setProperties(Arguments& a, const std::string& value) {
  a.properties.reset();
  if (value == "all") return {};
  a.properties.emplace();
  if (value == "none") return {};
  const std::vector<std::string>& kinds = propertyKinds();
  for (const std::string& name : listed(value)) {
    if (std::find(kinds.begin(), kinds.end(), name) == kinds.end()) {
      std::string names;
      for (const std::string& kind : kinds) names += (names.empty() ? "" : ", ") + kind;
      return "there is no property `" + name + "`; it is all, none, or some of " + names + ", with commas between";
    }
    a.properties->push_back(name);
  }
  return {};
}
std::string setThreads(Arguments& a, const std::string& value) {
  uint64_t n = 0;
  if (!number(value, n) || n == 0 || n > 256) return "a number of threads is from 1 to 256";
  a.threads = static_cast<uint32_t>(n);
  return {};
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
std::string setCommands(Arguments& a, const std::string& value) {
  a.commands = value;
  return value.empty() ? "it is the name of a file" : "";
}
std::string setReport(Arguments& a, const std::string& value) {
  a.report = value;
  return value.empty() || value == "-" ? "it is the name of a file" : "";
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

}  // namespace

const std::vector<VerbRow> kVerbs = {
    {Verb::Run, "run", "FILE", 1, 1, "run under one schedule; print each host's result",
     "funpass run --trace examples/deck/persons.fp", "runs the program and prints every step with its rule"},
    {Verb::Step, "step", "FILE", 1, 1, "step through the program: any step, back, other branches, and why not",
     "funpass step --schedule 0.0.0 examples/deck/4-send.fp",
     "opens after three steps; `help` there lists the commands, docs/step.md is a first tour"},
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

const std::vector<OptionRow> kOptions = {
    {"-e", "TERM", kPrograms, "instead of FILE: a program of one host a with this term",
     [](Arguments& a, const std::string& v) { return a.term = v, std::string(); }},
    {"--trace", nullptr, bit(Verb::Run), "print every step with its rule",
     [](Arguments& a, const std::string&) { return a.trace = true, std::string(); }},
    {"--chart", "HOW", bit(Verb::Run), "a space-time chart: text, svg or tikz", setChart},
    {"--every-step", nullptr, bit(Verb::Run), "in a chart, local steps one by one",
     [](Arguments& a, const std::string&) { return a.everyStep = true, std::string(); }},
    {"--from", "N", bit(Verb::Run), "with --latex: begin at step N", setFrom},
    {"--to", "N", bit(Verb::Run), "with --latex: end after step N", setTo},
    {"--schedule", "S", kRuns | bit(Verb::Why) | bit(Verb::Step), "take these steps, such as 0.1.0, and stop",
     setSchedule},
    {"--commands", "FILE", bit(Verb::Step), "read the commands from a file, one a line, instead of standard input",
     setCommands},
    {"--then", "HOW", kRuns | bit(Verb::Why), "go on after the schedule: round-robin or seed:N", setThen},
    {"--seed", "N", kRuns | bit(Verb::Why), "choose every step at random; without it, the hosts take turns", setSeed},
    {"--runs", "N", bit(Verb::Run), "run with N seeds, from --seed or 0 on, and count the results", setRuns},
    {"--max-steps", "N", kRuns | bit(Verb::Why), "stop after N steps (10000000), with exit code 3", setMaxSteps},
    {"--reduction", "HOW", bit(Verb::Check), "none: the raw graph; default; or names with commas, listed below",
     setReduction},
    {"--properties", "WHICH", bit(Verb::Check), "judge all; none: only count; or kinds with commas, such as progress",
     setProperties},
    {"--threads", "N", bit(Verb::Check), "threads for a raw graph; the answer does not depend on it", setThreads},
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
    {"--report", "FILE.html", bit(Verb::Check), "write it all to one HTML file, its runs to step through", setReport},
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
    {"--derivation", nullptr, bit(Verb::Type) | bit(Verb::Run), "print the tree of rules; of a run, each step's",
     [](Arguments& a, const std::string&) { return a.derivation = true, std::string(); }},
    {"--check", nullptr, bit(Verb::Fmt), "only say whether the file is in the standard layout; exit code 1 if not",
     [](Arguments& a, const std::string&) { return a.check = true, std::string(); }},
    {"--write", nullptr, bit(Verb::Fmt), "rewrite the file",
     [](Arguments& a, const std::string&) { return a.write = true, std::string(); }},
    {"--latex", nullptr, bit(Verb::Run) | bit(Verb::Type) | bit(Verb::Rules),
     "as LaTeX: the whole as a document; one rule, to paste",
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

}  // namespace funpass::cli
