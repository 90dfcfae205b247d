#include <algorithm>

#include "lang/raise.hpp"
#include "render/session.hpp"
#include "render/short_text.hpp"
#include "render/step.hpp"

namespace funpass::render {

namespace {

// Stands for the hole of an evaluation context while that is printed: a name that no program has.
constexpr std::string_view kHole = "\uE000";
constexpr std::string_view kOpen = "«", kClose = "»";

// E with a name in its hole. Of a deep context the innermost `frames`.
Handle withHole(Arena& arena, Handle context, uint32_t frames, bool& cut) {
  std::vector<Handle> inner;
  Handle at = context;
  // A header's entry or a record's argument is no term by itself.
  const auto isPart = [&](Handle frame) {
    const Tag of = arena[frame].frameOf();
    return of == Tag::Entry || of == Tag::Arg;
  };
  for (; at != 0 && (inner.size() < frames || isPart(inner.back())); at = outer(arena, at)) inner.push_back(at);
  cut = at != 0;
  Handle term = arena.make(Tag::Var, 0);
  for (const Handle frame : inner) term = fill(arena, frame, term);
  return term;
}

// The text left of the hole and right of it; nothing if the hole is not in the text.
std::optional<std::pair<std::string, std::string>> around(const std::string& text) {
  const size_t hole = text.find(kHole);
  if (hole == std::string::npos) return std::nullopt;
  return std::pair(text.substr(0, hole), text.substr(hole + kHole.size()));
}

// Lines of at most `width` columns, broken at a blank if there is one in the last third of the line.
std::vector<std::string> chopped(std::string_view text, uint32_t width) {
  std::vector<std::string> lines;
  do {
    std::string_view line = head(text, std::max(width, 2U));
    const size_t blank = line.size() < text.size() ? line.rfind(' ') : std::string_view::npos;
    const bool atBlank = blank != std::string_view::npos && 3 * columnsOf(line.substr(0, blank)) > 2 * width;
    if (atBlank) line = line.substr(0, blank);
    lines.emplace_back(line);
    text.remove_prefix(line.size());
    if (text.substr(0, 1) == " ") text.remove_prefix(1);
  } while (!text.empty());
  return lines;
}

// What is inside « » on these lines in the colour of rules.
void colour(std::vector<std::string>& lines, const Style& style) {
  if (!style.color) return;
  bool inside = false;
  for (std::string& line : lines) {
    std::string out, part;
    const auto flush = [&] {
      if (!part.empty()) out += inside ? inked(part, Ink::Rule, style) : part;
      part.clear();
    };
    for (std::string_view rest = line; !rest.empty();) {
      const std::string_view c = rest.substr(0, firstCodePoint(rest).size);
      rest.remove_prefix(c.size());
      if (c == kOpen && !inside) {
        flush();
        inside = true;
      }
      part += c;
      if (c == kClose && inside) {
        flush();
        inside = false;
      }
    }
    flush();
    line = std::move(out);
  }
}

std::string statusOf(Semantics& semantics, const Visit& visit, uint32_t host, const std::vector<Step>& steps) {
  const Arena& arena = semantics.arena();
  const HostState& state = visit.configuration.hosts[host];
  if (state.crashed()) return "crashed";
  std::string numbers;
  for (size_t i = 0; i < steps.size() && !isFailure(steps[i]); ++i)
    if (steps[i].host == host) numbers += (numbers.empty() ? "" : ", ") + std::to_string(i);
  std::string out;
  if (const std::optional<Handle> ident = awaits(arena, state)) out = "waits for " + text(arena, *ident);
  if (isValue(arena, state)) out = "done";
  if (numbers.empty()) return out.empty() ? "cannot take a step" : out;
  return out + (out.empty() ? "" : "; ") + "can take " + numbers;
}

struct Part {
  std::string label;
  std::vector<std::string> items;  // each on a line of its own
};

// σ, ρ and M of a host.
std::vector<Part> partsOf(const Arena& arena, const Visit& visit, uint32_t host, uint32_t width) {
  const HostState& state = visit.configuration.hosts[host];
  Part store{"σ", {}}, asked{"ρ", {}}, inbox{"M", {}};
  for (const Handle leaf : entries(arena, state.store)) {
    const std::string key = text(arena, arena[leaf][0]) + " -> ";
    const uint32_t room = std::max<uint32_t>(width, columnsOf(key) + 8) - columnsOf(key);
    store.items.push_back(firstPart(key + shortText(arena, arena[leaf][1], room), width));
  }
  for (const Handle leaf : entries(arena, state.asked)) {
    const uint32_t at = arena[arena[leaf][1]][1];
    asked.items.push_back(firstPart(
        text(arena, arena[leaf][0]) + (at == kNobody ? " to be asked again" : " asked " + arena.hosts()[at]), width));
  }
  for (const InFlight& message : visit.messages) {
    if (message.host != host) continue;
    const std::string name = "m" + std::to_string(message.number) + " ";
    const uint32_t room = std::max<uint32_t>(width, columnsOf(name) + 8) - columnsOf(name);
    inbox.items.push_back(firstPart(name + shortText(arena, message.message, room), width));
  }
  return {store, asked, inbox};
}

// The lines of one host, `width` columns wide at most.
std::vector<std::string> linesOf(Semantics& semantics, const Visit& visit, uint32_t host, const Shown& shown,
                                 const std::vector<Step>& steps, uint32_t width, const Style& style) {
  constexpr uint32_t margin = 3;
  Arena& arena = semantics.arena();
  const HostState& state = visit.configuration.hosts[host];
  const uint32_t room = width - margin;
  std::vector<std::string> lines = {
      firstPart(arena.hosts()[host] + ": " + statusOf(semantics, visit, host, steps), width)};
  if (state.crashed()) return lines;
  // Blanks at line ends may take up to a third of all but the last line.
  std::vector<std::string> term = chopped(markedTerm(arena, state, room * shown.termLines), room);
  if (term.size() > shown.termLines) {
    const uint32_t less = room * shown.termLines - (room / 3) * (shown.termLines - 1);
    term = chopped(markedTerm(arena, state, less), room);
  }
  colour(term, style);
  for (size_t i = 0; i < term.size(); ++i) lines.push_back((i == 0 ? " t " : "   ") + term[i]);
  for (const Part& part : partsOf(arena, visit, host, room)) {
    const size_t all = part.items.size();
    const size_t count = shown.entries == 0 || all <= shown.entries + 1 ? all : shown.entries;
    for (size_t i = 0; i < count; ++i) lines.push_back((i == 0 ? " " + part.label + " " : "   ") + part.items[i]);
    if (count < all) lines.push_back("   " + firstPart("… " + std::to_string(all - count) + " more", room));
  }
  return lines;
}

// Columns that a line takes: without its colours.
uint32_t uncoloured(std::string_view line) {
  uint32_t columns = 0;
  while (true) {
    const size_t code = std::min(line.find('\x1b'), line.size());
    columns += columnsOf(line.substr(0, code));
    if (code == line.size()) return columns;
    line.remove_prefix(std::min(line.find('m', code), line.size() - 1) + 1);
  }
}

}  // namespace

std::string markedTerm(Arena& arena, const HostState& host, uint32_t width) {
  constexpr uint32_t mostFrames = 16;
  if (isValue(arena, host)) return shortText(arena, host.focus, width);
  const uint32_t inside = std::max(width, 8U) - 2;
  std::string redex = boundedText(arena, host.focus, 2 * inside);
  std::string left, right;
  for (uint32_t frames = mostFrames; host.context != 0 && frames > 0; frames /= 2) {
    bool cut = false;
    const Handle term = withHole(arena, host.context, frames, cut);
    const auto sides = around(boundedText(arena, term, 4 * inside, {std::string(kHole)}));
    if (!sides) continue;  // there is too much beside the hole for it to be among what is nearest to the root
    left = (cut ? "…" : "") + sides->first;
    right = sides->second + (cut ? "…" : "");
    break;
  }
  if (host.context != 0 && left.empty() && right.empty()) left = right = "…";
  // The redex may have what its surroundings do not need, and two thirds in any case.
  const uint32_t sides = columnsOf(left) + columnsOf(right);
  redex = shortened(redex, std::max(inside * 2 / 3, inside - std::min(inside, sides)));
  const uint32_t rest = inside - columnsOf(redex);
  if (sides > rest) {
    const uint32_t half = rest / 2;
    const uint32_t toLeft = columnsOf(right) < half ? rest - columnsOf(right) : half;
    const uint32_t toRight = columnsOf(left) < toLeft ? rest - columnsOf(left) : rest - toLeft;
    left = lastPart(left, toLeft);
    right = firstPart(right, toRight);
  }
  return left + std::string(kOpen) + redex + std::string(kClose) + right;
}

std::string wholeTerm(Arena& arena, const HostState& host, uint32_t width) {
  const auto printed = [&](Handle node, const std::vector<std::string>& freeNames, uint32_t columns) {
    surface::Tree tree;
    RaiseOptions options;
    options.freeNames = freeNames;
    const surface::Index root = raise(arena, node, tree, options);
    return surface::print(tree, root, {surface::Notation::Source, columns});
  };
  if (isValue(arena, host)) return printed(host.focus, {}, width) + "\n";
  const std::string redex = printed(host.focus, {}, 0);
  const bool inPlace = host.context == 0 || columnsOf(redex) <= width / 2;
  const std::string name = std::string(kOpen) + (inPlace ? redex : " ") + std::string(kClose);
  if (host.context == 0) return std::string(kOpen) + printed(host.focus, {}, width) + std::string(kClose) + "\n";
  const std::string term = printed(plug(arena, arena.make(Tag::Var, 0), host.context), {name}, width);
  return term + "\n" + (inPlace ? "" : "where « » is\n" + printed(host.focus, {}, width) + "\n");
}

std::string hostsText(Semantics& semantics, const Visit& visit, const std::vector<uint32_t>& hosts, const Shown& shown,
                      const Style& style) {
  constexpr uint32_t narrowest = 24, between = 3;
  const auto count = static_cast<uint32_t>(hosts.size());
  const std::vector<Step> steps = semantics.steps(visit.configuration);
  const uint32_t each = (style.width - std::min(style.width, (count - 1) * between)) / count;
  std::string out;
  if (count > 1 && each >= narrowest) {
    std::vector<std::vector<std::string>> columns;
    size_t rows = 0;
    for (const uint32_t host : hosts) {
      columns.push_back(linesOf(semantics, visit, host, shown, steps, each, style));
      rows = std::max(rows, columns.back().size());
    }
    for (size_t row = 0; row < rows; ++row) {
      std::string line;
      for (uint32_t i = 0; i < count; ++i) {
        const std::string cell = row < columns[i].size() ? columns[i][row] : "";
        line += cell;
        if (i + 1 < count) line += std::string(each - std::min(each, uncoloured(cell)), ' ') + " │ ";
      }
      line.erase(line.find_last_not_of(' ') + 1);
      out += line + "\n";
    }
    return out;
  }
  for (const uint32_t host : hosts) {
    for (const std::string& line : linesOf(semantics, visit, host, shown, steps, std::max(style.width, 20U), style))
      out += line + "\n";
  }
  return out;
}

boost::json::array hostsJson(Semantics& semantics, const Visit& visit) {
  Arena& arena = semantics.arena();
  const std::vector<Step> steps = semantics.steps(visit.configuration);
  boost::json::array out;
  for (uint32_t host = 0; host < visit.configuration.hosts.size(); ++host) {
    const HostState& state = visit.configuration.hosts[host];
    boost::json::object entry{{"host", arena.hosts()[host]}, {"crashed", state.crashed()}, {"next", state.next}};
    boost::json::array can;
    for (size_t i = 0; i < steps.size() && !isFailure(steps[i]); ++i)
      if (steps[i].host == host) can.emplace_back(i);
    entry["can_take"] = std::move(can);
    if (!state.crashed()) {
      entry["term"] = canonicalText(arena, termOf(arena, state));
      entry["value"] = isValue(arena, state);
      if (!isValue(arena, state)) entry["redex"] = canonicalText(arena, state.focus);
      if (const std::optional<Handle> ident = awaits(arena, state)) entry["awaits"] = text(arena, *ident);
    }
    boost::json::array store, asked, inbox;
    for (const Handle leaf : entries(arena, state.store)) {
      store.emplace_back(boost::json::object{{"identifier", canonicalText(arena, arena[leaf][0])},
                                             {"value", canonicalText(arena, arena[leaf][1])}});
    }
    for (const Handle leaf : entries(arena, state.asked)) {
      const Node question = arena[arena[leaf][1]];
      boost::json::object one{{"identifier", canonicalText(arena, arena[leaf][0])},
                              {"reference", canonicalText(arena, question[0])}};
      if (question[1] != kNobody) one["at"] = arena.hosts()[question[1]];
      asked.emplace_back(std::move(one));
    }
    for (const InFlight& message : visit.messages) {
      if (message.host != host) continue;
      inbox.emplace_back(
          boost::json::object{{"number", message.number}, {"message", canonicalText(arena, message.message)}});
    }
    entry["store"] = std::move(store);
    entry["asked"] = std::move(asked);
    entry["messages"] = std::move(inbox);
    if (state.result != 0 && !arena.is(state.result, Tag::NoResult) && !arena.is(state.result, Tag::NeverResult))
      entry["result"] = canonicalText(arena, state.result);
    out.emplace_back(std::move(entry));
  }
  return out;
}

}  // namespace funpass::render
