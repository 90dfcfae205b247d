#include "render/chart.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include "lang/raise.hpp"
#include "render/short_text.hpp"

namespace funpass::render {

namespace {

constexpr uint32_t kWidestIdent = 16;
constexpr uint32_t kNarrowestColumn = 4;

// One line of the chart: a text at a host's lifeline, or an arrow from there.
struct Row {
  std::string number;
  uint32_t host = 0;
  std::string lifeline = "│";    // what stands in place of the host's lifeline
  std::string text, shortText;   // the latter where columns are narrow
  std::optional<uint32_t> to{};  // an arrow's target
  bool lost = false;
  bool failure = false;
  std::vector<bool> alive{};
};

struct Message {
  std::string name, label;
  std::string from, to;
};

// ---- what happens, in rows

class Story {
 public:
  Story(const Arena& arena, const Configuration& initial) : arena_(arena), inboxes_(initial.hosts.size()) {
    for (uint32_t host = 0; host < initial.hosts.size(); ++host) {
      alive_.push_back(!initial.hosts[host].crashed());
      results_.push_back(initial.hosts[host].result);
      for (const Pending& pending : messages(arena, initial.hosts[host].inbox)) {
        for (uint32_t i = 0; i < pending.count; ++i) {
          const size_t number = post(std::nullopt, host, pending.message);
          preface_ += described("at the start under way: ", number);
        }
      }
    }
  }

  void add(const Step& step) {
    ++steps_;
    number_ = std::to_string(steps_);
    if (step.rule == Rule::RLocal && local_ && local_->host == step.host) {
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
  void end() { endLocal(); }

  const std::vector<Row>& rows() const { return rows_; }
  const std::string& preface() const { return preface_; }

  std::string listed() const {
    std::string out;
    for (const auto& [number, why] : lost_) out += described("lost: ", number, why);
    for (const auto& inbox : inboxes_)
      for (const Waiting& waiting : inbox) out += described("not delivered: ", waiting.number);
    return out;
  }

 private:
  struct Local {
    uint32_t host;
    uint64_t first, count;
    std::string rule;
  };
  struct Waiting {
    Handle message;
    size_t number;
  };

  Row& row(uint32_t host, std::string text, std::string shortText) {
    Row made;
    made.number = std::move(number_);
    number_.clear();
    made.host = host;
    if (!alive_[host]) made.lifeline = " ";
    made.text = std::move(text);
    made.shortText = std::move(shortText);
    made.alive = alive_;
    rows_.push_back(std::move(made));
    return rows_.back();
  }

  void endLocal() {
    if (!local_) return;
    const Local local = std::move(*local_);
    local_.reset();
    const std::string current = std::move(number_);
    const uint64_t last = local.first + local.count - 1;
    number_ = std::to_string(local.first) + (local.count == 1 ? "" : "-" + std::to_string(last));
    if (local.count == 1) {
      row(local.host, local.rule, local.rule);
    } else {
      const std::string count = std::to_string(local.count);
      row(local.host, count + " local steps", count + " local");
    }
    number_ = current;
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
    messages_.push_back(std::move(made));
    inboxes_[to].push_back({message, messages_.size() - 1});
    return messages_.size() - 1;
  }

  // The oldest such message to the host is there no more.
  std::string take(uint32_t host, Handle message, std::string_view lostBy = {}) {
    auto& inbox = inboxes_[host];
    const auto found =
        std::find_if(inbox.begin(), inbox.end(), [&](const Waiting& waiting) { return waiting.message == message; });
    if (found == inbox.end()) return "m?";
    const size_t number = found->number;
    inbox.erase(found);
    if (!lostBy.empty()) lost_.emplace_back(number, lostBy);
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
    Row& made = row(from, self ? "> " + label + " to itself" : label, self ? "> " + compact : compact);
    made.lifeline = "├";
    if (!self) made.to = sent.host;
    made.lost = lost;
  }

  void fail(const Step& step) {
    const std::string rule(info(step.rule).name);
    const auto failed = [&](std::string_view lifeline, const std::string& text, const std::string& brief) {
      Row& made = row(step.host, text, brief);
      made.failure = true;
      if (!lifeline.empty()) made.lifeline = lifeline;
    };
    if (step.rule == Rule::FCrash) {
      alive_[step.host] = false;
      failed("X", rule, rule);
      const std::vector<Waiting> gone = inboxes_[step.host];
      for (const Waiting& waiting : gone) {
        const std::string text = take(step.host, waiting.message, arena_.hosts()[step.host] + " crashed") + " (LOST)";
        failed({}, text, text);
      }
    } else if (step.rule == Rule::FRestart) {
      alive_[step.host] = true;
      failed("┬", rule, rule);
    } else if (step.rule == Rule::FDrop) {
      const std::string text = take(step.host, step.taken, "dropped") + " (LOST)";
      failed({}, rule + ": " + text, text);
    } else {
      // F-Dup: the message that is there, and the copy.
      const Handle message = step.sent.front().message;
      const auto& inbox = inboxes_[step.host];
      const auto found =
          std::find_if(inbox.begin(), inbox.end(), [&](const Waiting& waiting) { return waiting.message == message; });
      const std::string of = found == inbox.end() ? "m?" : messages_[found->number].name;
      const std::string text = messages_[post(std::nullopt, step.host, message)].name + " = " + of;
      failed({}, rule + ": " + text, text);
    }
  }

  std::string described(std::string_view what, size_t number, std::string_view why = {}) const {
    const Message& message = messages_[number];
    return std::string(what) + message.name + " " + message.label +
           (message.from.empty() ? "" : " from " + message.from) + " to " + message.to +
           (why.empty() ? "" : " (" + std::string(why) + ")") + "\n";
  }

  const Arena& arena_;
  std::vector<bool> alive_;
  std::vector<Handle> results_;
  std::vector<Message> messages_;
  std::vector<std::vector<Waiting>> inboxes_;  // per host, the oldest first
  std::vector<std::pair<size_t, std::string>> lost_;
  std::vector<Row> rows_;
  std::string preface_;
  std::string number_;  // of the step, for the first of its rows
  std::optional<Local> local_;
  uint64_t steps_ = 0;
};

// ---- where it stands

// What a column needs from its lifeline to the next.
std::vector<uint32_t> needed(const std::vector<Row>& rows, const std::vector<std::string>& hosts, bool brief) {
  std::vector<uint32_t> widths;
  widths.reserve(hosts.size());
  for (const std::string& host : hosts) widths.push_back(codePoints(host) + 2);
  for (const Row& row : rows) {
    if (row.to) continue;
    uint32_t& width = widths[row.host];
    width = std::max(width, codePoints(brief ? row.shortText : row.text) + 4);
  }
  for (const Row& row : rows) {
    if (!row.to) continue;
    const uint32_t low = std::min(row.host, *row.to), high = std::max(row.host, *row.to);
    const uint32_t want = codePoints(brief ? row.shortText : row.text) + 6;
    const uint32_t have = std::accumulate(widths.begin() + low, widths.begin() + high, 0U);
    if (have < want) widths[high - 1] += want - have;
  }
  return widths;
}

class Sheet {
 public:
  Sheet(const std::vector<Row>& rows, const std::vector<std::string>& hosts, const Style& style)
      : hosts_(hosts), style_(style) {
    for (const Row& row : rows) margin_ = std::max(margin_, codePoints(row.number));
    margin_ += 1;
    const uint32_t room = std::max(style.width, margin_ + 1) - margin_;
    widths_ = needed(rows, hosts, false);
    brief_ = total() > room;
    if (brief_) widths_ = needed(rows, hosts, true);
    while (total() > room) {
      const auto widest = std::max_element(widths_.begin(), widths_.end());
      if (*widest <= kNarrowestColumn) break;
      --*widest;
    }
    // What is left over goes to all alike, up to a width that is easy to follow.
    constexpr uint32_t comfortable = 16;
    for (bool grown = true; grown && total() < room;) {
      const auto narrowest = std::min_element(widths_.begin(), widths_.end());
      grown = *narrowest < comfortable;
      if (grown) ++*narrowest;
    }
    uint32_t at = margin_;
    for (const uint32_t width : widths_) {
      places_.push_back(at);
      at += width;
    }
    end_ = at;
  }

  std::string header() const {
    Cells cells(end_, " ");
    for (size_t host = 0; host < hosts_.size(); ++host) {
      put(cells, places_[host], cut(hosts_[host], widths_[host] - 1));
    }
    return joined(cells, false);
  }

  std::string line(const Row& row) const {
    Cells cells(end_, " ");
    put(cells, margin_ - 1 - codePoints(row.number), row.number);
    for (size_t host = 0; host < hosts_.size(); ++host)
      if (row.alive[host]) cells[places_[host]] = "│";
    const uint32_t place = places_[row.host];
    cells[place] = row.lifeline;
    const std::string& text = brief_ ? row.shortText : row.text;
    if (row.to) {
      arrow(cells, row, text);
    } else {
      const bool tight = row.lifeline == "├";
      const uint32_t width = widths_[row.host];
      put(cells, place + (tight ? 1 : 2), cut(text, width - (tight ? 2 : 3)));
    }
    return joined(cells, row.failure || row.lost);
  }

 private:
  using Cells = std::vector<std::string>;

  uint32_t total() const { return std::accumulate(widths_.begin(), widths_.end(), 0U); }

  static std::string cut(const std::string& text, uint32_t width) {
    if (codePoints(text) <= width) return text;
    return width < 2 ? std::string(slice(text, 0, width)) : std::string(slice(text, 0, width - 1)) + "…";
  }

  static void put(Cells& cells, uint32_t at, std::string_view text) {
    const uint32_t length = codePoints(text);
    for (uint32_t i = 0; i < length && at + i < cells.size(); ++i) cells[at + i] = slice(text, i, 1);
  }

  void arrow(Cells& cells, const Row& row, const std::string& text) const {
    const uint32_t from = places_[row.host], to = places_[*row.to];
    const uint32_t low = std::min(from, to), high = std::max(from, to);
    const bool right = to > from;
    for (uint32_t i = low + 1; i < high; ++i) cells[i] = "─";
    cells[from] = right ? "├" : "┤";
    const char* head = row.lost ? "X" : right ? ">" : "<";
    cells[right ? high - 1 : low + 1] = head;
    // The label stands at the sender's end, a dash before it and one before the head where there is room.
    const uint32_t inside = high - low - 2;
    const uint32_t room = inside > 3 ? inside - 2 : inside;
    std::string label = cut(text, room);
    if (codePoints(label) + 4 <= inside) label = " " + label + " ";
    const uint32_t length = codePoints(label);
    const uint32_t gap = length < inside ? 1 : 0;
    put(cells, right ? low + 1 + gap : high - gap - length, label);
  }

  std::string joined(const Cells& cells, bool stressed) const {
    std::string out;
    for (const std::string& cell : cells) out += cell;
    out.erase(out.find_last_not_of(' ') + 1);
    return (stressed ? inked(out, Ink::Error, style_) : out) + "\n";
  }

  const std::vector<std::string>& hosts_;
  const Style& style_;
  uint32_t margin_ = 1;
  bool brief_ = false;
  std::vector<uint32_t> widths_, places_;
  uint32_t end_ = 0;
};

}  // namespace

std::string chart(const Arena& arena, const Configuration& initial, const std::vector<Step>& steps,
                  const Style& style) {
  Story story(arena, initial);
  for (const Step& step : steps) story.add(step);
  story.end();
  const Sheet sheet(story.rows(), arena.hosts(), style);
  std::string out = story.preface() + sheet.header();
  for (const Row& row : story.rows()) out += sheet.line(row);
  return out + story.listed();
}

}  // namespace funpass::render
