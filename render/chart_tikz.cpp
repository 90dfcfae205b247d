#include "render/chart_tikz.hpp"

#include "lang/print.hpp"
#include "render/chart_layout.hpp"

namespace funpass::render {

namespace {

constexpr uint32_t kColumns = 88;

// In units of the picture: a column, and a row downwards.
std::string at(uint32_t column, double row) {
  std::string y = std::to_string(row);
  y.erase(y.find('.') + 2);
  return "(" + std::to_string(column) + "," + y + ")";
}

std::string node(const std::string& place, std::string_view options, std::string_view text) {
  return "\\node[" + std::string(options) + "] at " + place + " {" + surface::escapedForLatex(text) + "};\n";
}

std::string lifelines(const ChartLayout& chart, size_t host) {
  const uint32_t column = chart.columns[host];
  std::string out;
  bool up = chart.alive[host];
  double since = -0.5;
  const auto end = [&](double row) { out += "\\draw " + at(column, since) + " -- " + at(column, row) + ";\n"; };
  for (size_t i = 0; i < chart.rows.size(); ++i) {
    if (chart.rows[i].alive[host] == up) continue;
    if (up) end(static_cast<double>(i));
    up = !up;
    since = static_cast<double>(i);
  }
  if (up) end(static_cast<double>(chart.rows.size()));
  return out;
}

std::string drawn(const ChartLayout& chart, const ChartArrow& arrow) {
  const double ends = static_cast<double>(arrow.ends.value_or(chart.rows.size()));
  const std::string style = arrow.lost ? "lost" : arrow.ends ? "taken" : "under way";
  const char* line = arrow.from == arrow.to ? " .. controls +(2.4,0) and +(2.4,0) .. " : " -- ";
  return "\\draw[" + style + "] " + at(chart.columns[arrow.from], static_cast<double>(arrow.sent)) + line +
         (arrow.lost ? "node[at end] {$\\times$} " : "") + at(chart.columns[arrow.to], ends) + ";\n";
}

std::string drawn(const ChartLayout& chart, const ChartRow& row, double y) {
  const std::string point = at(chart.columns[row.host], y);
  std::string out;
  if (!row.number.empty()) out += node(at(chart.margin - 1, y), "number", row.number);
  switch (row.mark) {
    case ChartRow::Mark::Event:
      if (row.alive[row.host]) out += "\\fill " + point + " circle [radius=1.4pt];\n";
      break;
    case ChartRow::Mark::Sends: break;
    case ChartRow::Mark::Crash: out += "\\node at " + point + " {\\large$\\boldsymbol\\times$};\n"; break;
    case ChartRow::Mark::Restart: out += "\\draw[thick] " + point + " ++(-3pt,0) -- ++(6pt,0);\n"; break;
  }
  return out + node(at(row.column, y), row.mark == ChartRow::Mark::Sends ? "message" : "event", row.text);
}

}  // namespace

std::string chartTikz(const Arena& arena, const Configuration& initial, const std::vector<Step>& steps,
                      const std::string& title, bool everyStep) {
  const ChartLayout chart = chartLayout(arena, initial, steps, kColumns, everyStep);
  std::string out = "% " + title + "\n% in the preamble: \\usepackage{amsmath,tikz}\n";
  out +=
      "\\begin{tikzpicture}[x=3.8pt, y=-13pt, font=\\ttfamily\\scriptsize, lost/.style={dashed, shorten >=4pt},\n"
      "  taken/.style={-latex}, under way/.style={->}, label/.style={anchor=base west, inner sep=1pt, fill=white},\n"
      "  event/.style={label, yshift=-5.5pt}, message/.style={label, yshift=1.5pt},\n"
      "  number/.style={anchor=base east, inner sep=0pt, yshift=-2pt, fill=white}, host/.style={anchor=base, "
      "font=\\ttfamily\\small}]\n";
  double line = -1.2 - static_cast<double>(chart.before.size());
  for (const std::string& text : chart.before) out += node(at(0, line++), "label", text);
  for (size_t host = 0; host < chart.hosts.size(); ++host) {
    out += node(at(chart.columns[host], -0.8), "host", chart.hosts[host]);
    out += lifelines(chart, host);
  }
  for (const ChartArrow& arrow : chart.arrows) out += drawn(chart, arrow);
  line = 0;
  for (const ChartRow& row : chart.rows) out += drawn(chart, row, line++);
  for (const std::string& text : chart.after) out += node(at(0, ++line), "label", text);
  return out + "\\end{tikzpicture}\n";
}

}  // namespace funpass::render
