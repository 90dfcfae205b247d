// Runs as data that a page can step through: what each step changes, and texts by number.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "lang/configuration.hpp"
#include "render/json.hpp"
#include "semantics/schedule.hpp"
#include "semantics/semantics.hpp"

namespace funpass::render {

/// Numbered texts. A node has one text, and two nodes never the same number, whatever their texts are. The more there
/// is already, the shorter new texts are cut.
class TextTable {
 public:
  explicit TextTable(Arena& arena);

  int64_t text(const std::string& text);
  int64_t node(Handle node);
  /// As results are printed.
  int64_t result(Handle result);
  /// E, with U+0001 in place of the hole; of a deep one its innermost frames.
  int64_t context(Handle context);
  /// All texts by number; the table is empty then.
  boost::json::array take();

 private:
  using Known = std::unordered_map<Handle, int64_t>;
  int64_t add(const std::string& text);
  uint32_t width() const;
  std::string contextText(Handle context);

  Arena& arena_;
  Handle hole_;
  boost::json::array texts_;
  uint64_t bytes_ = 0;
  std::unordered_map<std::string, int64_t> known_;
  Known nodes_, results_, contexts_;
};

/// At most this many steps of a run are recorded, its last ones.
inline constexpr uint64_t kRecordedSteps = 20'000;

/// The schedule in which each host in turn takes its first step, from `initial` to where no host has one, or of
/// `most` steps, or to where a limit is reached.
Schedule inTurn(Arena& arena, Semantics& semantics, const Configuration& initial, uint64_t most);

/// The keys "first" (how many steps come before those that are recorded), "start" (the hosts' states there), "steps",
/// "messages", "lineages" and "views" of docs/schema/report.json; "problem" if a limit ended it before all was
/// recorded.
boost::json::object recordedRun(Arena& arena, Semantics& semantics, const Configuration& initial,
                                const Schedule& schedule, TextTable& texts);

}  // namespace funpass::render
