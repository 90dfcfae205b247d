// What tests share: programs and configuration literals from text.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lang/program.hpp"
#include "semantics/run.hpp"
#include "semantics/semantics.hpp"
#include "typecheck/typing.hpp"

namespace funpass::test {

/// Parses and elaborates; throws std::runtime_error with the diagnostics' texts if there are any.
Program load(Arena& arena, std::string_view text, bool mobility = true, const TypeRules& types = typeRules());

/// The first diagnostic as "RULE line:column message", or "" if there is none.
std::string firstError(std::string_view text, bool mobility = true, bool core = false);

/// A program with its arena, ready to run.
std::unique_ptr<World> world(std::string_view text, bool mobility = true);

/// The configuration literal, on one line with single spaces, without its `types:`; with ρ if there is recovery.
std::string shown(Arena& arena, const Configuration& configuration, bool recovery = false);

/// Every step of the configuration `literal`, as "RULE/INNER at HOST: LITERAL" in the order of steps(C). There is
/// recovery if the literal has `asked`.
std::vector<std::string> stepsOf(std::string_view literal);

/// The only step of `literal`.
std::string stepOf(std::string_view literal);

/// What is in a file of the project; fails the test if it is not there.
std::string projectFile(const std::string& path);

/// What the one-host program `term` evaluates to under round robin, as text, and "stuck" or the limit if it does not.
std::string evaluate(std::string_view term);

}  // namespace funpass::test
