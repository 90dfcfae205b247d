// What a stepping session answers, as text for a screen and as JSON.
#pragma once

#include <string>
#include <vector>

#include "checker/session.hpp"
#include "render/json.hpp"
#include "render/layout.hpp"

namespace funpass::render {

/// Where a session is drawn.
struct Screen {
  Style style;
  uint32_t rows = 0;   ///< of the screen; 0: as many as it takes
  std::string reopen;  ///< the command that opens this program; ` --schedule S` is put where `{}` stands
};

/// What there is to say of an answer: lines, none of them longer than the screen is wide unless something was asked for
/// in full. A problem is not said here.
std::string answerText(Semantics& semantics, const Session& session, const Answer& answer, const Screen& screen);

/// The same as an object, nothing shortened: "command", "node", "depth", "state", … (docs/schema/step.json).
boost::json::object answerJson(Semantics& semantics, const Session& session, const Answer& answer,
                               const Screen& screen);

/// What is wrong with a name that `lineage` was given: nothing is called so; else nothing.
std::string unknownReference(const Arena& arena, const Session& session, const Command& command);

/// The commands, or one of them.
std::string helpText(const std::optional<Act>& about, const Style& style);

/// The command that opens the session where the cursor is.
std::string openCommand(const Session& session, const Screen& screen);

/// The cursor's configuration as a literal.
std::string sessionLiteral(Semantics& semantics, const Session& session, bool canonicalNames);

// ---- parts (session_hosts.cpp, session_changes.cpp)

/// Can the cursor's configuration go on, and if not, why: "steps", "final", "stuck", "lost" or "limit".
std::string_view stateName(Semantics& semantics, const Session& session);

/// A host's term on one line of at most `width` columns, the redex in « » where it stands in its evaluation context.
/// What is far from the redex is left out first.
std::string markedTerm(Arena& arena, const HostState& host, uint32_t width);

/// A host's term in full on lines of that width, the redex in « ».
std::string wholeTerm(Arena& arena, const HostState& host, uint32_t width);

/// How much of long lists is shown, so that a screen is enough.
struct Shown {
  uint32_t entries = 0;    ///< of a store, messages to a host, …; 0: all
  uint32_t choices = 0;    ///< 0: all
  uint32_t termLines = 4;  ///< of a host's term
};

/// Hosts of the cursor's configuration, side by side where they fit, else one below the other.
std::string hostsText(Semantics& semantics, const Visit& visit, const std::vector<uint32_t>& hosts, const Shown& shown,
                      const Style& style);
boost::json::array hostsJson(Semantics& semantics, const Visit& visit);

/// What a host has in one configuration and not, or otherwise, in another.
struct Change {
  uint32_t host = 0;
  std::string_view part;  ///< "term", "store", "asked", "messages", "result", "state"
  Handle key = 0;         ///< the identifier of an entry; 0: none
  Handle before = 0;      ///< 0: it was not there
  Handle after = 0;       ///< 0: it is gone
};
/// Only what differs: of terms and values the smallest parts that do.
std::vector<Change> changes(Arena& arena, const Configuration& before, const Configuration& after);
std::string changesText(const Arena& arena, const std::vector<Change>& changes, const Style& style);
boost::json::array changesJson(const Arena& arena, const std::vector<Change>& changes);

}  // namespace funpass::render
