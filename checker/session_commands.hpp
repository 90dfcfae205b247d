// The stepper's commands: one table, from which they are read, completed and explained.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lang/rules.hpp"

namespace funpass {

struct Session;
class Arena;

enum class Act : uint8_t {
  Step,
  Run,
  Back,
  Forward,
  Jump,
  Tree,
  Mark,
  Deliver,
  Crash,
  Restart,
  Drop,
  Duplicate,
  Show,
  Term,
  View,
  Choices,
  Changed,
  Why,
  Derive,
  Lineage,
  Chart,
  Literal,
  Schedule,
  Save,
  Load,
  Help,
  Quit,
};

/// What stands in the place of an operand.
enum class Operand : uint8_t { Number, Until, Node, Name, Message, Host, HostsShown, Rule, Reference, File, Command };

struct CommandRow {
  Act act;
  std::string_view name;
  std::string_view brief;     ///< the short form
  std::string_view operands;  ///< as help writes them: "[N]"
  std::vector<Operand> kinds;
  unsigned fewest;  ///< operands
  std::string_view does;
};

/// In the order in which help lists them. A name can be cut short as long as one command begins so.
const std::vector<CommandRow>& commandTable();
const CommandRow& row(Act act);

/// Until when `run` takes steps.
enum class Until : uint8_t { End, Choice, Rule, Host, Message, Count };

/// A command that was understood.
struct Command {
  Act act = Act::Help;
  std::string text;                ///< as it was written
  std::optional<uint64_t> number;  ///< Step, Back, Forward, Derive; Run with Until::Count; a message's
  std::optional<uint32_t> node;    ///< Jump, Changed
  std::optional<uint32_t> host;
  std::optional<Rule> rule;
  Until until = Until::End;
  bool all = false, none = false;  ///< View
  std::string word;                ///< a mark, a file, a reference
  std::optional<Act> about;        ///< Help
};

/// A command, or what is wrong with the text. Nothing of both: the line is empty or a comment (from `#` on).
struct ReadCommand {
  std::optional<Command> command;
  std::string problem;
  std::string help;
};
ReadCommand readCommand(std::string_view line, const Arena& arena, const Session& session);

/// The words that may stand at the end of `line` in place of the one that is there, sorted.
std::vector<std::string> completions(std::string_view line, const Arena& arena, const Session& session);

}  // namespace funpass
