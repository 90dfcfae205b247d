#include "cli/load.hpp"

#include <algorithm>
#include <stdexcept>

#include "cli/terminal.hpp"
#include "lang/parse.hpp"
#include "render/diagnostic.hpp"
#include "render/ill_formed.hpp"
#include "typecheck/elaborate.hpp"
#include "typecheck/wellformed.hpp"

namespace funpass::cli {

namespace {

// What the flags say of failures goes into the initial configuration; a literal says it itself.
void setFailures(const Arguments& arguments, const Arena& arena, Program& program, Diagnostics& problems) {
  if (arguments.failures) program.initial.budget = *arguments.failures;
  if (arguments.among.empty()) return;
  program.among.clear();
  for (const std::string& name : arguments.among) {
    const auto host = std::find(arena.hosts().begin(), arena.hosts().end(), name);
    if (host != arena.hosts().end()) {
      program.among.push_back(static_cast<uint32_t>(host - arena.hosts().begin()));
      continue;
    }
    const std::optional<std::string> close = closestName(name, arena.hosts());
    problems.push_back({"usage",
                        std::nullopt,
                        "`--among` names `" + name + "`, which is no host of the program",
                        {},
                        close ? "did you mean `" + *close + "`?" : ""});
  }
  std::sort(program.among.begin(), program.among.end());
  program.among.erase(std::unique(program.among.begin(), program.among.end()), program.among.end());
}

std::string inLowerCase(std::string_view name) {
  std::string out(name);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

void setRecovery(const Arguments& arguments, Program& program) {
  program.recovery = arguments.recovery.value_or(program.recovery);
  if (program.recovery) return;
  for (HostState& host : program.initial.hosts) host.asked = 0;
}

}  // namespace

std::string folderOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
}

Rules rulesOf(const Arguments& arguments, bool recovery) {
  Rules rules{funpass::rules(!arguments.core, recovery), typeRules(), wfRules()};
  if (arguments.mutant != nullptr) arguments.mutant->putInto(rules.reduction, rules.types, rules.wellFormed);
  return rules;
}

Parsed parse(const Arguments& arguments) {
  Parsed parsed;
  std::optional<Source> source =
      arguments.term ? Source("-e", *arguments.term) : readSource(arguments.file, parsed.problems);
  if (!source) {
    parsed.source = Source(arguments.file, "");
    return parsed;
  }
  parsed.source = std::move(*source);
  if (!readable(parsed.source, parsed.problems)) return parsed;
  surface::ParseOptions options;
  options.core = arguments.core;
  parsed.tree = arguments.term ? surface::parseTerm(parsed.source, options, parsed.problems)
                               : surface::parse(parsed.source, options, parsed.problems);
  return parsed;
}

Loaded load(const Arguments& arguments) { return load(arguments, parse(arguments)); }

Loaded load(const Arguments& arguments, Parsed parsed) {
  Loaded loaded;
  loaded.problems = std::move(parsed.problems);
  loaded.source = std::move(parsed.source);
  if (parsed.tree.declarations.empty()) return loaded;
  loaded.arena = std::make_unique<Arena>(std::vector<std::string>(), nodeLimit());
  const Rules rules = rulesOf(arguments, true);
  LoadOptions options;
  options.rules = &rules.types;
  options.core = arguments.core;
  options.mobility = arguments.mobility;
  options.allowFiles = arguments.allowFiles;
  options.folder = folderOf(arguments.file);
  // What is wrong besides the syntax is said at once.
  loaded.program = elaborate(*loaded.arena, loaded.source, parsed.tree, options, loaded.problems);
  if (loaded.program && loaded.problems.empty() && loaded.program->literal) {
    Checker checker(*loaded.arena, rules.types, arguments.mobility, rules.wellFormed);
    const WellFormed wellFormed = checkConfiguration(checker, loaded.program->initial);
    if (!wellFormed.ok()) loaded.problems.push_back(render::illFormed(*loaded.arena, parsed.tree, *wellFormed.refusal));
  }
  if (loaded.program) setRecovery(arguments, *loaded.program);
  if (loaded.program) setFailures(arguments, *loaded.arena, *loaded.program, loaded.problems);
  if (!loaded.problems.empty()) loaded.program.reset();
  if (!loaded.program && loaded.problems.empty()) throw std::runtime_error("a program was refused without a reason");
  return loaded;
}

std::optional<Rule> findRule(const std::string& name, Diagnostics& problems) {
  const std::optional<Rule> rule = ruleNamed(name);
  if (rule) return rule;
  // As in ruleNamed, capitals do not matter. The prefix (R-, P-, …) does not make two names alike.
  std::vector<std::string> names;
  for (const RuleInfo& row : allRules()) names.push_back(inLowerCase(row.name));
  const std::string wrong = inLowerCase(name);
  const size_t letters = wrong.size() - (wrong.find('-') + 1);
  const std::optional<std::string> close = closestName(wrong, names, letters / 3);
  problems.push_back(
      {"usage",
       std::nullopt,
       "there is no rule `" + name + "`",
       {},
       close ? "did you mean `" + std::string(info(*ruleNamed(*close)).name) + "`?" : "funpass rules lists them"});
  return std::nullopt;
}

ExitCode refuse(const Source& source, const Diagnostics& problems, bool json, Color color) {
  if (json) {
    print(render::diagnosticsJson(source, problems));
  } else {
    printError(render::diagnosticsText(source, problems, styleFor(stderr, color)));
  }
  return ExitCode::Wrong;
}

ExitCode refuse(const Source& source, const Diagnostics& problems, const Arguments& arguments) {
  return refuse(source, problems, arguments.json, arguments.color);
}

void printNotes(const Loaded& loaded, const Arguments& arguments) {
  if (arguments.json) return;
  const render::Style style = styleFor(stderr, arguments.color);
  for (const Diagnostic& note : loaded.program->notes)
    printError(render::diagnosticText(loaded.source, note, render::Severity::Note, style) + "\n");
}

void printNote(std::string code, std::string message, std::string help, const Arguments& arguments) {
  printError(render::diagnosticText({}, {std::move(code), std::nullopt, std::move(message), {}, std::move(help)},
                                    render::Severity::Note, styleFor(stderr, arguments.color)));
}

}  // namespace funpass::cli
