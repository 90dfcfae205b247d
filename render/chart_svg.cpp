#include "render/chart_svg.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "render/chart_layout.hpp"
#include "render/layout.hpp"

namespace funpass::render {

namespace {

// In pixels. A column is as wide as a character of the common monospaced fonts at this size.
constexpr double kFont = 12, kColumn = 7.25, kRow = 24, kBorder = 12, kHead = 7;
constexpr uint32_t kColumns = 110;

struct Point {
  double x, y;
};

std::string number(double value) {
  const long tenths = std::lround(value * 10);
  const long rest = std::labs(tenths) % 10;
  return (tenths < 0 ? "-" : "") + std::to_string(std::labs(tenths) / 10) +
         (rest == 0 ? "" : "." + std::to_string(rest));
}

std::string escaped(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (static_cast<unsigned char>(c) < 0x20 || text.substr(i, 3) == "\xEF\xBF\xBE" ||
               text.substr(i, 3) == "\xEF\xBF\xBF") {  // XML has no such characters
      out += "\xEF\xBF\xBD";
      if (c == '\xEF') i += 2;
    } else {
      out += c;
    }
  }
  return out;
}

std::string attribute(std::string_view name, double value) {
  return " " + std::string(name) + "=\"" + number(value) + "\"";
}

std::string stroke(Point from, Point to, std::string_view more = {}) {
  return "<line" + attribute("x1", from.x) + attribute("y1", from.y) + attribute("x2", to.x) + attribute("y2", to.y) +
         std::string(more) + "/>";
}

// Leaves a lifeline to the right and comes back to it.
std::string loop(Point from, Point to, std::string_view more = {}) {
  constexpr double bulge = 12;
  const auto corner = [](double x, double y) { return " " + number(x) + "," + number(y); };
  return "<path d=\"M" + corner(from.x, from.y) + " C" + corner(from.x + bulge, from.y) + corner(from.x + bulge, to.y) +
         corner(to.x, to.y) + "\" fill=\"none\"" + std::string(more) + "/>";
}

std::string cross(Point at) {
  constexpr double arm = 5;
  constexpr std::string_view wide = " stroke-width=\"2\"";
  return stroke({at.x - arm, at.y - arm}, {at.x + arm, at.y + arm}, wide) +
         stroke({at.x - arm, at.y + arm}, {at.x + arm, at.y - arm}, wide);
}

// White around the letters keeps them readable where a line passes.
std::string written(Point at, std::string_view text, std::string_view more = {}) {
  return "<text" + attribute("x", at.x) + attribute("y", at.y) + std::string(more) + ">" + escaped(text) + "</text>";
}

class Picture {
 public:
  explicit Picture(const ChartLayout& chart)
      : chart_(chart), top_(kBorder + kRow * static_cast<double>(chart.before.size() + 1)) {}

  std::string draw(const std::string& title) const {
    const double height = bottom() + kRow * (static_cast<double>(chart_.after.size()) + 0.5) + kBorder;
    double columns = chart_.width;
    for (const auto* lines : {&chart_.before, &chart_.after})
      for (const std::string& line : *lines) columns = std::max<double>(columns, columnsOf(line));
    const double width = 2 * kBorder + kColumn * columns;
    std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"" + attribute("width", width) +
                      attribute("height", height) + " viewBox=\"0 0 " + number(width) + " " + number(height) +
                      "\" font-family=\"monospace\"" + attribute("font-size", kFont) + " stroke-linecap=\"round\">\n";
    out += "<title>" + escaped(title) + "</title>\n<desc>" + escaped(described()) + "</desc>\n";
    out += "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n<g stroke=\"black\" fill=\"black\">\n";
    for (size_t host = 0; host < chart_.hosts.size(); ++host) out += lifelines(host);
    for (const ChartArrow& arrow : chart_.arrows) out += drawn(arrow) + "\n";
    out +=
        "</g>\n<g fill=\"black\" stroke=\"white\" stroke-width=\"3\" stroke-linejoin=\"round\" "
        "paint-order=\"stroke\">\n";
    for (size_t i = 0; i < chart_.before.size(); ++i)
      out += written({kBorder, kBorder + kFont + kRow * static_cast<double>(i)}, chart_.before[i]) + "\n";
    for (size_t host = 0; host < chart_.hosts.size(); ++host)
      out += written({x(chart_.columns[host]), top_ - kFont}, chart_.hosts[host],
                     " font-weight=\"bold\" text-anchor=\"middle\"") +
             "\n";
    for (size_t i = 0; i < chart_.rows.size(); ++i) out += drawn(chart_.rows[i], y(i));
    for (size_t i = 0; i < chart_.after.size(); ++i)
      out += written({kBorder, bottom() + kRow * static_cast<double>(i + 1)}, chart_.after[i]) + "\n";
    return out + "</g>\n</svg>\n";
  }

 private:
  double x(double column) const { return kBorder + kColumn * (column + 0.5); }
  double y(size_t row) const { return top_ + kRow * (static_cast<double>(row) + 0.5); }
  double bottom() const { return y(chart_.rows.size()); }

  std::string described() const {
    const uint64_t steps = chart_.rows.empty() ? 0 : chart_.rows.back().last;
    std::string out = "A space-time chart, time downwards: " + counted(steps, "step") + " of the hosts ";
    for (size_t host = 0; host < chart_.hosts.size(); ++host) out += (host == 0 ? "" : ", ") + chart_.hosts[host];
    size_t between = 0, lost = 0;
    for (const ChartArrow& arrow : chart_.arrows) {
      if (arrow.from == arrow.to) continue;
      ++between;
      lost += arrow.lost ? 1 : 0;
    }
    out += "; " + counted(between, "message") + " between them" +
           (lost == 0 ? "" : ", " + std::to_string(lost) + " lost") + ".";
    for (const auto* lines : {&chart_.before, &chart_.after})
      for (const std::string& line : *lines) out += " " + line + ".";
    return out;
  }

  std::string lifelines(size_t host) const {
    const double at = x(chart_.columns[host]);
    std::string out;
    bool up = chart_.alive[host];
    double since = top_ - kFont / 2;
    for (size_t i = 0; i < chart_.rows.size(); ++i) {
      if (chart_.rows[i].alive[host] == up) continue;
      if (up) out += stroke({at, since}, {at, y(i)}) + "\n";
      up = !up;
      since = y(i);
    }
    return up ? out + stroke({at, since}, {at, bottom()}) + "\n" : out;
  }

  std::string drawn(const ChartArrow& arrow) const {
    const Point from{x(chart_.columns[arrow.from]), y(arrow.sent)};
    const double there = x(chart_.columns[arrow.to]);
    Point to{there, arrow.ends ? y(*arrow.ends) : bottom()};
    const bool self = arrow.from == arrow.to;
    const auto line = self ? loop : stroke;
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    const Point along = !self        ? Point{(to.x - from.x) / length, (to.y - from.y) / length}
                        : arrow.lost ? Point{-0.7, 0.7}
                                     : Point{-1, 0};
    if (arrow.lost) {
      to = {to.x - 2 * kHead * along.x, to.y - 2 * kHead * along.y};
      return line(from, to, " stroke-dasharray=\"5 4\"") + cross(to);
    }
    to = {to.x - along.x, to.y - along.y};
    const Point back{to.x - kHead * along.x, to.y - kHead * along.y};
    if (!arrow.ends) {  // still under way: an open head
      return line(from, to, {}) + stroke({back.x - kHead / 2 * along.y, back.y + kHead / 2 * along.x}, to) +
             stroke({back.x + kHead / 2 * along.y, back.y - kHead / 2 * along.x}, to);
    }
    const auto corner = [](Point at) { return number(at.x) + "," + number(at.y) + " "; };
    return line(from, back, {}) + "<polygon points=\"" + corner(to) +
           corner({back.x - kHead / 2 * along.y, back.y + kHead / 2 * along.x}) +
           corner({back.x + kHead / 2 * along.y, back.y - kHead / 2 * along.x}) + "\" stroke=\"none\"/>";
  }

  // The text of a step stands below its point on the lifeline, that of a message above the arrow.
  std::string drawn(const ChartRow& row, double at) const {
    const Point point{x(chart_.columns[row.host]), at};
    std::string out = "<g class=\"row\" data-first=\"" + std::to_string(row.first) + "\" data-last=\"" +
                      std::to_string(row.last) + "\">";
    if (!row.number.empty())
      out += written({kBorder + kColumn * (chart_.margin - 1), at + kFont / 3}, row.number, " text-anchor=\"end\"");
    const bool alive = row.alive[row.host];
    constexpr std::string_view ink = "<g stroke=\"black\">";
    switch (row.mark) {
      case ChartRow::Mark::Event:
        if (alive)
          out += "<circle" + attribute("cx", point.x) + attribute("cy", point.y) + " r=\"2.5\" stroke=\"none\"/>";
        break;
      case ChartRow::Mark::Sends: break;
      case ChartRow::Mark::Crash: out += std::string(ink) + cross(point) + "</g>"; break;
      case ChartRow::Mark::Restart:
        out += std::string(ink) + stroke({point.x - 5, point.y}, {point.x + 5, point.y}) + "</g>";
        break;
    }
    const bool sends = row.mark == ChartRow::Mark::Sends;
    const std::string_view more = row.failure || row.lost ? " font-weight=\"bold\"" : "";
    out += written({kBorder + kColumn * row.column, at + (sends ? -3 : 9)}, row.text, more);
    return out + "</g>\n";
  }

  const ChartLayout& chart_;
  double top_;
};

}  // namespace

std::string chartSvg(const Arena& arena, const Configuration& initial, const std::vector<Step>& steps,
                     const std::string& title, bool everyStep) {
  return Picture(chartLayout(arena, initial, steps, kColumns, everyStep)).draw(title);
}

}  // namespace funpass::render
