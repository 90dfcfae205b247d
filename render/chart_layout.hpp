// What a space-time chart shows and where, for all its forms: rows are places downwards, columns places across.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "semantics/step.hpp"

namespace funpass::render {

/// One row of a chart: what a host does, or a message that it sends.
struct ChartRow {
  /// What stands on the host's lifeline.
  enum class Mark : uint8_t {
    Event,  ///< a step, or what comes of it
    Sends,  ///< a message leaves
    Crash,
    Restart,
  };
  uint64_t first = 0, last = 0;  ///< the steps that it belongs to, from 1
  std::string number;            ///< the same as text, in the first row of a step
  uint32_t host = 0;
  Mark mark = Mark::Event;
  std::string text;              ///< as far as there is room
  std::string brief;             ///< what would stand for it where columns are narrow
  uint32_t column = 0;           ///< where the text begins
  std::optional<uint32_t> to{};  ///< of a message to another host
  bool self = false;             ///< of a message to the host itself
  bool lost = false;             ///< of a message to a crashed host
  bool failure = false;          ///< the row of a failure
  std::vector<bool> alive{};     ///< for each host, whether it has a lifeline here
};

/// A message that a step sent: an arrow, to the same lifeline if it is to the host itself.
struct ChartArrow {
  uint32_t from = 0, to = 0;   ///< hosts
  size_t sent = 0;             ///< the row where it leaves
  std::optional<size_t> ends;  ///< the row where it is taken or lost, if it is
  bool lost = false;
};

struct ChartLayout {
  std::vector<std::string> hosts;  ///< their names, as far as there is room
  std::vector<bool> alive;         ///< for each host, whether it is up at the start
  std::vector<uint32_t> columns;   ///< of the lifelines
  uint32_t width = 0;              ///< columns of the whole
  uint32_t margin = 0;             ///< columns for the steps' numbers
  std::vector<ChartRow> rows;
  std::vector<ChartArrow> arrows;
  std::vector<std::string> before, after;  ///< lines above the chart (what is under way at the start) and below it
};

/// The run from `initial` by `steps`, within `width` columns: lifelines get what their texts need, and texts are cut
/// (…) if that is too much. Local steps of one host in a row are one row, unless `everyStep`.
ChartLayout chartLayout(const Arena& arena, const Configuration& initial, const std::vector<Step>& steps,
                        uint32_t width, bool everyStep = false);

}  // namespace funpass::render
