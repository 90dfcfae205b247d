#include "render/chart.hpp"

#include <algorithm>

#include "render/chart_layout.hpp"

namespace funpass::render {

namespace {

using Cells = std::vector<std::string>;  // a column each; a wide character leaves its second one empty

void put(Cells& cells, uint32_t at, std::string_view text) {
  while (!text.empty()) {
    const std::string_view one = text.substr(0, characterSize(text));
    text.remove_prefix(one.size());
    const uint32_t width = columnsOf(one);
    if (at + width > cells.size()) return;
    for (uint32_t i = 0; i < width; ++i) cells[at + i] = i == 0 ? one : "";
    at += width;
  }
}

std::string joined(const Cells& cells) {
  std::string out;
  for (const std::string& cell : cells) out += cell;
  out.erase(out.find_last_not_of(' ') + 1);
  return out;
}

void arrow(Cells& cells, const ChartLayout& chart, const ChartRow& row) {
  const uint32_t from = chart.columns[row.host], to = chart.columns[*row.to];
  const uint32_t low = std::min(from, to), high = std::max(from, to);
  const bool right = to > from;
  for (uint32_t i = low + 1; i < high; ++i) cells[i] = "─";
  cells[from] = right ? "├" : "┤";
  const uint32_t length = columnsOf(row.text);
  if (length + 4 <= high - low - 2) cells[row.column - 1] = cells[row.column + length] = " ";
  put(cells, row.column, row.text);
  cells[right ? high - 1 : low + 1] = row.lost ? "X" : right ? ">" : "<";
}

std::string line(const ChartLayout& chart, const ChartRow& row) {
  Cells cells(chart.width, " ");
  put(cells, chart.margin - 1 - columnsOf(row.number), row.number);
  for (size_t host = 0; host < chart.hosts.size(); ++host)
    if (row.alive[host]) cells[chart.columns[host]] = "│";
  if (row.to) {
    arrow(cells, chart, row);
    return joined(cells);
  }
  std::string& lifeline = cells[chart.columns[row.host]];
  switch (row.mark) {
    case ChartRow::Mark::Event: break;
    case ChartRow::Mark::Sends: lifeline = "├"; break;
    case ChartRow::Mark::Crash: lifeline = "X"; break;
    case ChartRow::Mark::Restart: lifeline = "┬"; break;
  }
  if (row.self) put(cells, row.column - 2, ">");
  put(cells, row.column, row.text);
  return joined(cells);
}

}  // namespace

std::string chart(const Arena& arena, const Configuration& initial, const std::vector<Step>& steps, const Style& style,
                  bool everyStep) {
  const ChartLayout chart = chartLayout(arena, initial, steps, style.width, everyStep);
  std::string out;
  for (const std::string& text : chart.before) out += text + "\n";
  Cells names(chart.width, " ");
  for (size_t host = 0; host < chart.hosts.size(); ++host) put(names, chart.columns[host], chart.hosts[host]);
  out += joined(names) + "\n";
  for (const ChartRow& row : chart.rows) {
    const std::string text = line(chart, row);
    out += (row.failure || row.lost ? inked(text, Ink::Error, style) : text) + "\n";
  }
  for (const std::string& text : chart.after) out += text + "\n";
  return out;
}

}  // namespace funpass::render
