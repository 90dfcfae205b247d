#include <algorithm>

#include "lang/raise.hpp"
#include "render/session.hpp"
#include "render/short_text.hpp"

namespace funpass::render {

namespace {

// Walks down two nodes as long as they are alike but for one part, which has no bound variables that are bound outside.
void narrow(const Arena& arena, Handle& a, Handle& b) {
  while (a != 0 && b != 0 && a != b) {
    const Node x = arena[a], y = arena[b];
    if (x.tag != y.tag || x.isFrame()) return;
    int differing = -1;
    for (int k = 0; k < 3; ++k) {
      if (x[k] == y[k]) continue;
      if (differing >= 0 || !isHandleField(x, k)) return;
      differing = k;
    }
    if (differing < 0 || x[differing] == 0 || y[differing] == 0) return;
    const Handle inX = x[differing], inY = y[differing];
    if (arena[inX].free != 0 || arena[inY].free != 0) return;
    // Only what can be printed by itself.
    const Tag tag = arena[inX].kind();
    if (tag == Tag::Arg || tag == Tag::Entry || tag == Tag::Cons || tag == Tag::Nil) return;
    a = inX;
    b = inY;
  }
}

void compareStores(const Arena& arena, uint32_t host, std::string_view part, Handle before, Handle after,
                   std::vector<Change>& out) {
  if (before == after) return;
  for (const Handle leaf : entries(arena, before)) {
    const Handle now = valueAt(arena, after, arena[leaf][0]);
    if (now == arena[leaf][1]) continue;
    out.push_back({host, part, arena[leaf][0], arena[leaf][1], now});
  }
  for (const Handle leaf : entries(arena, after))
    if (lookup(arena, before, arena[leaf][0]) == 0) out.push_back({host, part, arena[leaf][0], 0, arena[leaf][1]});
}

void compareMessages(const Arena& arena, uint32_t host, Handle before, Handle after, std::vector<Change>& out) {
  if (before == after) return;
  const std::vector<Pending> old = messages(arena, before), now = messages(arena, after);
  const auto countOf = [](const std::vector<Pending>& in, Handle message) -> uint32_t {
    for (const Pending& pending : in)
      if (pending.message == message) return pending.count;
    return 0;
  };
  for (const Pending& pending : old) {
    for (uint32_t i = countOf(now, pending.message); i < pending.count; ++i)
      out.push_back({host, "messages", 0, pending.message, 0});
  }
  for (const Pending& pending : now) {
    for (uint32_t i = countOf(old, pending.message); i < pending.count; ++i)
      out.push_back({host, "messages", 0, 0, pending.message});
  }
}

bool isResult(const Arena& arena, Handle result) {
  return result != 0 && !arena.is(result, Tag::NoResult) && !arena.is(result, Tag::NeverResult);
}

std::string_view symbolOf(std::string_view part) {
  if (part == "term") return "t";
  if (part == "store") return "σ";
  if (part == "asked") return "ρ";
  return part == "messages" ? "M" : part;
}

// An entry of ρ is no term: (r, a) is said as "asked a".
std::string valueText(const Arena& arena, Handle value) {
  const Node node = arena[value];
  if (!node.is(Tag::Asked)) return text(arena, value);
  return text(arena, node[0]) + (node[1] == kNobody ? ", to be asked again" : ", asked " + arena.hosts()[node[1]]);
}

std::string canonicalValue(const Arena& arena, Handle value) {
  const Node node = arena[value];
  if (!node.is(Tag::Asked)) return canonicalText(arena, value);
  return canonicalText(arena, node[0]) +
         (node[1] == kNobody ? ", to be asked again" : ", asked " + arena.hosts()[node[1]]);
}

}  // namespace

std::vector<Change> changes(Arena& arena, const Configuration& before, const Configuration& after) {
  std::vector<Change> out;
  for (uint32_t host = 0; host < before.hosts.size(); ++host) {
    const HostState& a = before.hosts[host];
    const HostState& b = after.hosts[host];
    if (a == b) continue;
    if (a.crashed() != b.crashed()) out.push_back({host, "state", 0, a.focus, b.focus});
    if (!a.crashed() && !b.crashed() && (a.focus != b.focus || a.context != b.context)) {
      Change change{host, "term", 0, termOf(arena, a), termOf(arena, b)};
      narrow(arena, change.before, change.after);
      out.push_back(change);
    }
    compareStores(arena, host, "store", a.store, b.store, out);
    compareStores(arena, host, "asked", a.asked, b.asked, out);
    compareMessages(arena, host, a.inbox, b.inbox, out);
    if (a.result != b.result && (isResult(arena, a.result) || isResult(arena, b.result))) {
      out.push_back(
          {host, "result", 0, isResult(arena, a.result) ? a.result : 0, isResult(arena, b.result) ? b.result : 0});
    }
  }
  return out;
}

std::string changesText(const Arena& arena, const std::vector<Change>& changes, const Style& style) {
  std::string out;
  for (const Change& change : changes) {
    const std::string& name = arena.hosts()[change.host];
    if (change.part == "state") {
      out += name + (change.after == 0 ? "  has crashed\n" : "  has started again\n");
      continue;
    }
    const std::string key = change.key == 0 ? "" : text(arena, change.key) + " -> ";
    const std::string head = name + "  " + std::string(symbolOf(change.part)) + " ";
    const auto indent = static_cast<uint32_t>(columnsOf(head) + 2);
    const auto line = [&](std::string_view sign, Handle value) {
      out +=
          head + std::string(sign) + " " + wrapped(key + valueText(arena, value), style.width, indent, indent) + "\n";
    };
    if (change.before != 0) line("-", change.before);
    if (change.after != 0) line("+", change.after);
  }
  return out.empty() ? "nothing differs\n" : out;
}

boost::json::array changesJson(const Arena& arena, const std::vector<Change>& changes) {
  boost::json::array out;
  for (const Change& change : changes) {
    boost::json::object entry{{"host", arena.hosts()[change.host]}, {"part", view(change.part)}};
    if (change.part == "state") {
      entry["after"] = change.after == 0 ? "crashed" : "live";
    } else {
      if (change.key != 0) entry["identifier"] = canonicalText(arena, change.key);
      if (change.before != 0) entry["before"] = canonicalValue(arena, change.before);
      if (change.after != 0) entry["after"] = canonicalValue(arena, change.after);
    }
    out.emplace_back(std::move(entry));
  }
  return out;
}

}  // namespace funpass::render
