// A stepping session as a value: the tree of visited configurations, a cursor, bookmarks; and one function that takes a
// command. The terminal and the page only draw it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checker/session_commands.hpp"
#include "semantics/run.hpp"

namespace funpass {

/// A message on its way. Its number is the one it has in the space-time chart of the path: m1, m2, … in the order in
/// which they were sent.
struct InFlight {
  uint32_t number = 0;
  uint32_t host = 0;
  Handle message = 0;
};

/// A visited configuration. The first one is its own parent.
struct Visit {
  uint32_t parent = 0;
  uint32_t index = 0;        ///< of the step that leads here, in steps(C) of the parent
  uint32_t depth = 0;        ///< steps from the start
  std::optional<Step> step;  ///< none at the start
  Configuration configuration;
  std::vector<InFlight> messages;  ///< by number
  uint32_t numbered = 0;           ///< how many messages there were up to here
  std::vector<uint32_t> children;  ///< in the order in which they were first visited
  uint32_t ahead = 0;              ///< the child that was visited last; 0: none
};

/// Which hosts are drawn after a command that moves the cursor.
struct View {
  enum class Of : uint8_t { All, One, None };
  Of of = Of::All;
  uint32_t host = 0;
};

struct Session {
  std::vector<Visit> tree;
  uint32_t cursor = 0;
  std::map<std::string, uint32_t> marks;
  View view;

  const Visit& here() const { return tree[cursor]; }
  /// The visits from the start to `node`.
  std::vector<uint32_t> path(uint32_t node) const;
  Schedule schedule() const;
};

/// At the initial configuration.
Session startSession(const Arena& arena, const Configuration& initial);

/// Moves a session to a fresh arena.
Session copy(Copy& copy, const Session& session);

/// What the path to the cursor was, as a run: its schedule, rules, references that were made, and last configuration.
RunResult runTo(const Arena& arena, const Session& session);

/// Ends a command that would take too long.
struct SessionLimits {
  uint64_t maxSteps = 100'000;    ///< of one command
  uint64_t maxNodes = 1'000'000;  ///< of the tree
  std::function<bool()> goOn;     ///< asked before every step, if set
};

/// Why a command took no more steps.
enum class Halt : uint8_t { Done, Choice, Rule, Host, Message, End, Limit, Interrupted, Overflow };

/// What came of a command. The session it left behind has the rest.
struct Answer {
  Command command;
  std::string problem;  ///< not empty: nothing was changed, for this reason
  std::string help;
  uint32_t from = 0;   ///< where the cursor was
  uint64_t taken = 0;  ///< steps
  Halt halt = Halt::Done;
};

/// Does what the command says; those that only show something, or are about files, change nothing here.
Answer update(Semantics& semantics, Session& session, const Command& command, const SessionLimits& limits = {});

/// Takes the steps of a schedule from the cursor on. If it names a step that is not there, the session stays as it was,
/// and that is the problem.
Answer follow(Semantics& semantics, Session& session, const Schedule& schedule, const SessionLimits& limits = {});

/// The visit that is reached from `parent` by this step of it; a new one if it was not visited before.
uint32_t visit(Arena& arena, Session& session, uint32_t parent, uint32_t index, const Step& step);

}  // namespace funpass
