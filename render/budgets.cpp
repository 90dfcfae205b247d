#include "render/budgets.hpp"

#include <algorithm>

#include "render/check_report.hpp"

namespace funpass::render {

namespace {

struct Kind {
  const char* name;
  uint32_t Budget::*count;
};

// Of those that vary the first are the rows of the grid, the second its columns.
constexpr Kind kKinds[] = {{"crashes", &Budget::crashes},
                           {"drops", &Budget::drops},
                           {"restarts", &Budget::restarts},
                           {"duplicates", &Budget::duplicates}};

std::vector<Kind> kindsOf(const Budget& most) {
  std::vector<Kind> found;
  for (const Kind& kind : kKinds)
    if (most.*kind.count > 0) found.push_back(kind);
  return found;
}

Budget mostOf(const BudgetReport& report) {
  return report.cells.empty() ? Budget{} : report.cells.back().failures.budget;
}

std::string label(const Kind& kind, uint32_t n) { return std::string(kind.name) + " " + std::to_string(n); }

std::string word(const BudgetCell& cell) {
  switch (cell.state) {
    case BudgetCell::State::Holds: return "holds";
    case BudgetCell::State::Violated: return "BROKEN: " + cell.property;
    case BudgetCell::State::Unknown: return "limit";
    case BudgetCell::State::Implied: return "implied";
  }
  return {};
}

std::string_view verdict(BudgetCell::State state) {
  switch (state) {
    case BudgetCell::State::Holds: return "holds";
    case BudgetCell::State::Violated: return "violated";
    case BudgetCell::State::Unknown: return "unknown";
    case BudgetCell::State::Implied: return "implied";
  }
  return {};
}

std::string states(const BudgetCell& cell) {
  return cell.state == BudgetCell::State::Implied ? std::string() : counted(cell.states, "state");
}

class Matrix {
 public:
  Matrix(const BudgetReport& report, const Style& style)
      : report_(report), style_(style), most_(mostOf(report)), kinds_(kindsOf(most_)) {}

  std::string operator()() {
    if (kinds_.size() < 2) return list();
    std::string out;
    Budget block;  // the numbers of the kinds that are neither rows nor columns
    do {
      if (kinds_.size() > 2) out += (out.empty() ? "" : "\n") + blockTitle(block) + "\n";
      out += grid(block);
    } while (next(block));
    return out;
  }

 private:
  const BudgetCell& at(const Budget& budget) const {
    return *std::find_if(report_.cells.begin(), report_.cells.end(),
                         [&](const BudgetCell& cell) { return cell.failures.budget == budget; });
  }

  std::string filled(const BudgetCell& cell, const std::string& text, uint32_t width) const {
    const std::string wide = padded(text, width);
    return cell.state == BudgetCell::State::Violated ? inked(wide, Ink::Error, style_) : wide;
  }

  // Without the spaces at its end.
  static std::string closed(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    return line + "\n";
  }

  std::string list() const {
    const Kind kind = kinds_.empty() ? kKinds[0] : kinds_.front();
    uint32_t labels = 0, words = 0;
    for (const BudgetCell& cell : report_.cells) {
      labels = std::max(labels, columnsOf(label(kind, cell.failures.budget.*kind.count)));
      words = std::max(words, columnsOf(word(cell)));
    }
    std::string out;
    for (const BudgetCell& cell : report_.cells) {
      out += closed("  " + padded(label(kind, cell.failures.budget.*kind.count), labels) + "  " +
                    filled(cell, word(cell), words) + "  " + states(cell));
    }
    return out;
  }

  // The next block in lexicographic order of the further kinds.
  bool next(Budget& block) const {
    for (size_t k = kinds_.size(); k-- > 2;) {
      uint32_t& n = block.*kinds_[k].count;
      if (n++ < most_.*kinds_[k].count) return true;
      n = 0;
    }
    return false;
  }

  std::string blockTitle(const Budget& block) const {
    std::string out;
    for (size_t k = 2; k < kinds_.size(); ++k) {
      out += (out.empty() ? "" : ", ") + label(kinds_[k], block.*kinds_[k].count);
    }
    return out;
  }

  std::string grid(Budget at) const {
    const uint32_t Budget::*row = kinds_[0].count;
    const uint32_t Budget::*column = kinds_[1].count;
    const uint32_t left = columnsOf(label(kinds_[0], most_.*row)) + 2;
    std::string out;
    for (uint32_t from = 0; from <= most_.*column;) {
      // As many columns as fit.
      std::vector<uint32_t> widths;
      for (uint32_t used = left, c = from; c <= most_.*column; ++c) {
        const uint32_t width = widthOf(at, c);
        used += width + 2;
        if (used > style_.width && !widths.empty()) break;
        widths.push_back(width);
      }
      out += (from == 0 ? "" : "\n") + part(at, from, widths, left);
      from += static_cast<uint32_t>(widths.size());
    }
    return out;
  }

  uint32_t widthOf(Budget budget, uint32_t column) const {
    budget.*kinds_[1].count = column;
    uint32_t width = columnsOf(label(kinds_[1], column));
    for (uint32_t r = 0; r <= most_.*kinds_[0].count; ++r) {
      budget.*kinds_[0].count = r;
      width = std::max({width, columnsOf(word(at(budget))), columnsOf(states(at(budget)))});
    }
    return width;
  }

  std::string part(Budget budget, uint32_t from, const std::vector<uint32_t>& widths, uint32_t left) const {
    std::string title(left + 2, ' ');
    for (size_t c = 0; c < widths.size(); ++c) {
      title += padded(label(kinds_[1], from + static_cast<uint32_t>(c)), widths[c]) + "  ";
    }
    std::string out = closed(title);
    for (uint32_t r = 0; r <= most_.*kinds_[0].count; ++r) {
      std::string first = "  " + padded(label(kinds_[0], r), left);
      std::string second(left + 2, ' ');
      budget.*kinds_[0].count = r;
      for (size_t c = 0; c < widths.size(); ++c) {
        budget.*kinds_[1].count = from + static_cast<uint32_t>(c);
        const BudgetCell& cell = at(budget);
        first += filled(cell, word(cell), widths[c]) + "  ";
        second += padded(states(cell), widths[c]) + "  ";
      }
      out += closed(first);
      if (second.find_first_not_of(' ') != std::string::npos) out += closed(second);
    }
    return out;
  }

  const BudgetReport& report_;
  const Style& style_;
  Budget most_;
  std::vector<Kind> kinds_;
};

}  // namespace

std::string budgetName(const Budget& budget, const Budget& most) {
  std::string out;
  for (const Kind& kind : kindsOf(most)) out += (out.empty() ? "" : ", ") + label(kind, budget.*kind.count);
  return out.empty() ? "no failures" : out;
}

std::string budgetsText(const BudgetReport& report, const std::vector<std::string>& hosts, const Style& style) {
  if (report.cells.empty()) return {};
  std::string among;
  for (const uint32_t h : report.cells.front().failures.among) among += (among.empty() ? "" : ", ") + hosts[h];
  std::string out = wrapped("budgets of failures among " + among, style.width, 2) + "\n" + Matrix(report, style)();
  const auto first = [&](BudgetCell::State state) {
    return std::find_if(report.cells.begin(), report.cells.end(),
                        [&](const BudgetCell& cell) { return cell.state == state; });
  };
  if (first(BudgetCell::State::Implied) != report.cells.end()) {
    out += wrapped("implied: a smaller budget is broken, and every run within it is one within this", style.width, 2) +
           "\n";
  }
  const auto unknown = first(BudgetCell::State::Unknown);
  if (unknown != report.cells.end()) {
    out += wrapped("limit: not all of it was explored: " + unknown->limit, style.width, 2) + "\n";
  }
  const auto broken = first(BudgetCell::State::Violated);
  if (broken == report.cells.end()) {
    out += unknown == report.cells.end() ? "no budget is broken\n" : "no broken budget was found\n";
  } else {
    out += wrapped("the first broken one: runs " + budgetText(broken->failures, hosts), style.width, 2) + "\n";
  }
  return out;
}

boost::json::array budgetsJson(const BudgetReport& report, const std::vector<std::string>& hosts) {
  boost::json::array out;
  for (const BudgetCell& cell : report.cells) {
    boost::json::object entry{{"failures", failuresJson(cell.failures, hosts)},
                              {"verdict", view(verdict(cell.state))},
                              {"states", cell.states}};
    if (!cell.property.empty()) entry["property"] = cell.property;
    if (cell.schedule) entry["schedule"] = cell.schedule->text();
    if (!cell.limit.empty()) entry["limit"] = cell.limit;
    out.emplace_back(std::move(entry));
  }
  return out;
}

}  // namespace funpass::render
