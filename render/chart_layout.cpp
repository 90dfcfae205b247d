#include "render/chart_layout.hpp"

#include <algorithm>
#include <numeric>

#include "lang/raise.hpp"
#include "render/layout.hpp"
#include "render/short_text.hpp"

namespace funpass::render {

namespace {

constexpr uint32_t kWidestIdent = 16;
constexpr uint32_t kNarrowestColumn = 4;

// ---- what happens, in rows

class Story {
 public:
  Story(const Arena& arena, const Configuration& initial, bool everyStep, ChartLayout& chart)
      : arena_(arena), everyStep_(everyStep), chart_(chart), rows_(chart.rows), inboxes_(initial.hosts.size()) {
    for (uint32_t host = 0; host < initial.hosts.size(); ++host) {
      alive_.push_back(!initial.hosts[host].crashed());
      results_.push_back(initial.hosts[host].result);
      for (const Pending& pending : messages(arena, initial.hosts[host].inbox)) {
        for (uint32_t i = 0; i < pending.count; ++i) {
          const size_t number = post(std::nullopt, host, pending.message);
          chart_.before.push_back(described("at the start under way: ", number));
        }
      }
    }
  }

  void add(const Step& step) {
    ++steps_;
    first_ = steps_;
    number_ = std::to_string(steps_);
    if (step.rule == Rule::RLocal && local_ && local_->host == step.host && !everyStep_) {
      ++local_->count;
      number_.clear();
    } else {
      endLocal();
      if (step.rule == Rule::RLocal) {
        local_ = Local{step.host, steps_, 1, std::string(info(step.inner).name)};
        number_.clear();
      } else if (isFailure(step)) {
        fail(step);
      } else {
        move(step);
      }
    }
    reach(step);
  }

  // After the last step.
  void end() {
    endLocal();
    for (const auto& [number, why] : lost_) chart_.after.push_back(described("lost: ", number, why));
    for (const auto& inbox : inboxes_)
      for (const Waiting& waiting : inbox) chart_.after.push_back(described("not delivered: ", waiting.number));
  }

 private:
  struct Local {
    uint32_t host;
    uint64_t first, count;
    std::string rule;
  };
  struct Message {
    std::string name, label;
    std::string from, to;
    std::optional<size_t> arrow;
  };
  struct Waiting {
    Handle message;
    size_t number;
  };

  ChartRow& row(uint32_t host, std::string text, std::string brief) {
    ChartRow made;
    made.number = std::move(number_);
    number_.clear();
    made.host = host;
    made.first = first_;
    made.last = steps_;
    made.text = std::move(text);
    made.brief = std::move(brief);
    made.alive = alive_;
    rows_.push_back(std::move(made));
    return rows_.back();
  }

  void endLocal() {
    if (!local_) return;
    const Local local = std::move(*local_);
    local_.reset();
    const std::string current = std::move(number_);
    const uint64_t now = steps_, last = local.first + local.count - 1;
    first_ = local.first;
    steps_ = last;
    number_ = std::to_string(local.first) + (local.count == 1 ? "" : "-" + std::to_string(last));
    if (local.count == 1) {
      row(local.host, local.rule, local.rule);
    } else {
      const std::string count = std::to_string(local.count);
      row(local.host, count + " local steps", count + " local");
    }
    number_ = current;
    first_ = steps_ = now;
  }

  // A result that the step's host reaches.
  void reach(const Step& step) {
    const Handle old = results_[step.host];
    const Handle now = step.after.result;
    results_[step.host] = now;
    if (old == now || now == 0 || arena_.is(now, Tag::NoResult) || arena_.is(now, Tag::NeverResult)) return;
    endLocal();
    const std::string value = shortText(arena_, now, kWidestIdent);
    row(step.host, "result " + value, "= " + value);
  }

  size_t post(std::optional<uint32_t> from, uint32_t to, Handle message) {
    const Node node = arena_[message];
    const bool request = node.is(Tag::Req);
    const Handle ident = request ? node[2] : node[0];
    Message made;
    made.name = "m" + std::to_string(messages_.size() + 1);
    made.label = (request ? "Req " : "Res ") + shortText(arena_, ident, kWidestIdent);
    if (from) made.from = arena_.hosts()[*from];
    made.to = arena_.hosts()[to];
    if (from) {
      made.arrow = chart_.arrows.size();
      chart_.arrows.push_back({*from, to, rows_.size(), std::nullopt, false});
    }
    messages_.push_back(std::move(made));
    inboxes_[to].push_back({message, messages_.size() - 1});
    return messages_.size() - 1;
  }

  // The oldest such message to the host is there no more, and the next row says so.
  std::string take(uint32_t host, Handle message, std::string_view lostBy = {}) {
    auto& inbox = inboxes_[host];
    const auto found =
        std::find_if(inbox.begin(), inbox.end(), [&](const Waiting& waiting) { return waiting.message == message; });
    if (found == inbox.end()) return "m?";
    const size_t number = found->number;
    inbox.erase(found);
    if (!lostBy.empty()) lost_.emplace_back(number, lostBy);
    if (const std::optional<size_t> arrow = messages_[number].arrow) {
      chart_.arrows[*arrow].ends = rows_.size();
      chart_.arrows[*arrow].lost = !lostBy.empty();
    }
    return messages_[number].name;
  }

  void move(const Step& step) {
    const std::string_view rule = info(step.inner == Rule::Count ? step.rule : step.inner).name;
    if (step.taken != 0) {
      const std::string taken = take(step.host, step.taken) + ": " + std::string(rule);
      row(step.host, "takes " + taken, taken);
    } else {
      const bool unheard = step.rule == Rule::RSend && step.sent.empty();
      row(step.host, std::string(rule) + (unheard ? " to nobody" : ""), std::string(rule));
    }
    for (const Sent& sent : step.sent) send(step.host, sent);
  }

  void send(uint32_t from, const Sent& sent) {
    const size_t number = post(from, sent.host, sent.message);
    const Message& message = messages_[number];
    const bool lost = !alive_[sent.host];
    std::string label = message.name + " " + message.label;
    std::string compact = label;
    compact.erase(std::remove(compact.begin(), compact.end(), ' '), compact.end());
    compact.insert(message.name.size(), " ");
    if (lost) {
      label += " (LOST)";
      compact += " (LOST)";
      take(sent.host, sent.message, message.to + " has crashed");
    }
    const bool self = from == sent.host;
    ChartRow& made = row(from, self ? label + " to itself" : label, compact);
    made.mark = ChartRow::Mark::Sends;
    made.self = self;
    if (!self) made.to = sent.host;
    made.lost = lost;
  }

  void fail(const Step& step) {
    const std::string rule(info(step.rule).name);
    const auto failed = [&](ChartRow::Mark mark, const std::string& text, const std::string& brief) {
      ChartRow& made = row(step.host, text, brief);
      made.failure = true;
      made.mark = mark;
    };
    if (step.rule == Rule::FCrash) {
      alive_[step.host] = false;
      failed(ChartRow::Mark::Crash, rule, rule);
      const std::vector<Waiting> gone = inboxes_[step.host];
      for (const Waiting& waiting : gone) {
        const std::string text = take(step.host, waiting.message, arena_.hosts()[step.host] + " crashed") + " (LOST)";
        failed(ChartRow::Mark::Event, text, text);
      }
    } else if (step.rule == Rule::FRestart) {
      alive_[step.host] = true;
      failed(ChartRow::Mark::Restart, rule, rule);
    } else if (step.rule == Rule::FDrop) {
      const std::string text = take(step.host, step.taken, "dropped") + " (LOST)";
      failed(ChartRow::Mark::Event, rule + ": " + text, text);
    } else {
      // F-Dup: the message that is there, and the copy.
      const Handle message = step.sent.front().message;
      const auto& inbox = inboxes_[step.host];
      const auto found =
          std::find_if(inbox.begin(), inbox.end(), [&](const Waiting& waiting) { return waiting.message == message; });
      const std::string of = found == inbox.end() ? "m?" : messages_[found->number].name;
      const std::string text = messages_[post(std::nullopt, step.host, message)].name + " = " + of;
      failed(ChartRow::Mark::Event, rule + ": " + text, text);
    }
  }

  std::string described(std::string_view what, size_t number, std::string_view why = {}) const {
    const Message& message = messages_[number];
    return std::string(what) + message.name + " " + message.label +
           (message.from.empty() ? "" : " from " + message.from) + " to " + message.to +
           (why.empty() ? "" : " (" + std::string(why) + ")");
  }

  const Arena& arena_;
  bool everyStep_;
  ChartLayout& chart_;
  std::vector<ChartRow>& rows_;
  std::vector<bool> alive_;
  std::vector<Handle> results_;
  std::vector<Message> messages_;
  std::vector<std::vector<Waiting>> inboxes_;  // per host, the oldest first
  std::vector<std::pair<size_t, std::string>> lost_;
  std::string number_;  // of the step, for the first of its rows
  std::optional<Local> local_;
  uint64_t first_ = 0, steps_ = 0;  // the steps that the next row belongs to
};

// Columns from the lifeline to the text.
uint32_t gap(const ChartRow& row) { return row.self ? 3 : 2; }

// What a column needs from its lifeline to the next.
std::vector<uint32_t> needed(const std::vector<ChartRow>& rows, const std::vector<std::string>& hosts) {
  std::vector<uint32_t> widths;
  widths.reserve(hosts.size());
  for (const std::string& host : hosts) widths.push_back(columnsOf(host) + 2);
  for (const ChartRow& row : rows) {
    if (row.to) continue;
    uint32_t& width = widths[row.host];
    width = std::max(width, columnsOf(row.text) + (row.self ? 6 : 4));
  }
  for (const ChartRow& row : rows) {
    if (!row.to) continue;
    const uint32_t low = std::min(row.host, *row.to), high = std::max(row.host, *row.to);
    const uint32_t want = columnsOf(row.text) + 6;
    const uint32_t have = std::accumulate(widths.begin() + low, widths.begin() + high, 0U);
    if (have < want) widths[high - 1] += want - have;
  }
  return widths;
}

// The label of an arrow stands at the sender's end, a dash before it and one before the head where there is room.
void placeLabel(const ChartLayout& chart, ChartRow& row) {
  const uint32_t from = chart.columns[row.host], to = chart.columns[*row.to];
  const uint32_t low = std::min(from, to), high = std::max(from, to);
  const uint32_t inside = high - low - 2;
  const uint32_t room = inside > 3 ? inside - 2 : inside;
  row.text = firstPart(row.text, room);
  const uint32_t length = columnsOf(row.text);
  const uint32_t gap = length + 4 <= inside ? 2 : length < inside ? 1 : 0;
  row.column = to > from ? low + 1 + gap : high - gap - length;
}

uint32_t total(const std::vector<uint32_t>& widths) { return std::accumulate(widths.begin(), widths.end(), 0U); }

void place(ChartLayout& chart, uint32_t width) {
  chart.margin = 1;
  for (const ChartRow& row : chart.rows) chart.margin = std::max(chart.margin, columnsOf(row.number));
  chart.margin += 1;
  const uint32_t room = std::max(width, chart.margin + 1) - chart.margin;
  std::vector<uint32_t> widths = needed(chart.rows, chart.hosts);
  if (total(widths) > room) {
    for (ChartRow& row : chart.rows) row.text = std::move(row.brief);
    widths = needed(chart.rows, chart.hosts);
  }
  while (total(widths) > room) {
    const auto widest = std::max_element(widths.begin(), widths.end());
    if (*widest <= kNarrowestColumn) break;
    --*widest;
  }
  // What is left over goes to all alike, up to a width that is easy to follow.
  constexpr uint32_t comfortable = 16;
  for (bool grown = true; grown && total(widths) < room;) {
    const auto narrowest = std::min_element(widths.begin(), widths.end());
    grown = *narrowest < comfortable;
    if (grown) ++*narrowest;
  }
  chart.width = chart.margin;
  for (size_t host = 0; host < widths.size(); ++host) {
    chart.columns.push_back(chart.width);
    chart.width += widths[host];
    chart.hosts[host] = firstPart(chart.hosts[host], widths[host] - 1);
  }
  for (ChartRow& row : chart.rows) {
    if (row.to) {
      placeLabel(chart, row);
    } else {
      row.text = firstPart(row.text, widths[row.host] - gap(row) - 1);
      row.column = chart.columns[row.host] + gap(row);
    }
  }
}

}  // namespace

ChartLayout chartLayout(const Arena& arena, const Configuration& initial, const std::vector<Step>& steps,
                        uint32_t width, bool everyStep) {
  ChartLayout chart;
  chart.hosts = arena.hosts();
  for (const HostState& host : initial.hosts) chart.alive.push_back(!host.crashed());
  Story story(arena, initial, everyStep, chart);
  for (const Step& step : steps) story.add(step);
  story.end();
  place(chart, width);
  return chart;
}

}  // namespace funpass::render
