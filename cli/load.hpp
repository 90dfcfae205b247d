// From what the command line names to a program: read, parse, elaborate, and say what is wrong on the way.
#pragma once

#include <memory>
#include <optional>

#include "cli/options.hpp"
#include "lang/program.hpp"
#include "lang/rules.hpp"
#include "lang/surface.hpp"
#include "semantics/rule_set.hpp"
#include "typecheck/typing.hpp"
#include "typecheck/wellformed.hpp"

namespace funpass::cli {

/// The rules that the flags ask for, with or without recovery (`Program::recovery`, once it is loaded). With a wrong
/// T-* row programs are loaded by `types`, and runs judged by the right rows.
struct Rules {
  RuleSet reduction;
  TypeRules types;
  WfRules wellFormed;
};
Rules rulesOf(const Arguments& arguments, bool recovery);

/// The folder of a file, with its slash; empty: the current one.
std::string folderOf(const std::string& path);

/// A text and what it was parsed to.
struct Parsed {
  Source source;
  surface::Tree tree;
  Diagnostics problems;  ///< none: all is well
};

/// Reads and parses the file, standard input or the term of `-e`.
Parsed parse(const Arguments& arguments);

/// A program in its arena.
struct Loaded {
  Source source;
  std::unique_ptr<Arena> arena;
  std::optional<Program> program;  ///< none if there are problems
  Diagnostics problems;
};

/// Reads, parses and elaborates; a configuration literal is also checked to be well-formed. Whether there is recovery
/// is said by `--recovery`; if it is not given, by the literal, and programs have it.
Loaded load(const Arguments& arguments);
/// The same of a text that was read already.
Loaded load(const Arguments& arguments, Parsed parsed);

/// The rule of this name; else says that there is none, and which was probably meant.
std::optional<Rule> findRule(const std::string& name, Diagnostics& problems);

/// Prints what is wrong (JSON to standard output, text to standard error) and gives the exit code for it.
ExitCode refuse(const Source& source, const Diagnostics& problems, const Arguments& arguments);
ExitCode refuse(const Source& source, const Diagnostics& problems, bool json, Color color);

/// Prints what the user should know of the program though nothing is wrong, on standard error.
void printNotes(const Loaded& loaded, const Arguments& arguments);

/// A note that is about no place in the program, on standard error.
void printNote(std::string code, std::string message, std::string help, const Arguments& arguments);

}  // namespace funpass::cli
