// Saved sessions: which program, with which flags, and the tree of visits.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "checker/session.hpp"
#include "semantics/semantics.hpp"

namespace funpass::render {

/// {"schema": 1, "version", "command", "program", "tree": [[parent, index], …], "cursor", "marks"}
/// (docs/schema/session.json). `command` opens the program; `program` is a fingerprint of the initial configuration.
std::string sessionFileText(Semantics& semantics, const Session& session, const std::string& command,
                            std::string_view version);

/// The session of a file, made again from `initial` step by step; or why it cannot be: the file is damaged, or of
/// another program or other flags.
struct RestoredSession {
  std::optional<Session> session;
  std::string problem;
  std::string help;
};
RestoredSession restoreSession(Semantics& semantics, const Configuration& initial, const std::string& command,
                               std::string_view file, const SessionLimits& limits = {});

}  // namespace funpass::render
