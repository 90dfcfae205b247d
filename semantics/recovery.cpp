#include "semantics/recovery.hpp"

#include <algorithm>
#include <optional>

namespace funpass {

namespace {

// Does the term have a frame respond(h, ι, [])?
bool serves(const Arena& arena, const HostState& server, uint32_t host, Handle ident) {
  const Node wanted = arena[ident];
  for (Handle frame = server.context; frame != 0; frame = outer(arena, frame)) {
    const Node f = arena[frame];
    if (f.frameOf() != Tag::Respond || f.hole() != 2 || f[0] != host) continue;
    const Node served = arena[f[1]];
    if (served[0] == wanted[0] && served[1] == wanted[1]) return true;
  }
  return false;
}

}  // namespace

Handle root(const Arena& arena, Handle lineage) {
  while (arena.is(lineage, Tag::Applied)) lineage = arena[lineage][1];
  return arena.idOf(lineage);
}

bool isOnItsWay(const Arena& arena, Handle inbox, Handle ident) {
  const Node wanted = arena[ident];
  for (; inbox != 0; inbox = arena[inbox][2]) {
    const Node message = arena[arena[inbox][0]];
    if (!message.is(Tag::Res)) continue;
    const Node answered = arena[message[0]];
    if (answered[0] == wanted[0] && answered[1] == wanted[1]) return true;
  }
  return false;
}

bool hasRoot(const Arena& arena, const HostState& host, Handle lineage) {
  if (host.crashed()) return false;
  const Handle ident = root(arena, lineage);
  return lookup(arena, host.store, ident) != 0 || isOnItsWay(arena, host.inbox, ident);
}

Handle ask(Arena& arena, Handle asked, Handle ident, Handle ref, uint32_t host) {
  return insert(arena, asked, ident, arena.make(Tag::Asked, ref, host));
}

Question question(const Arena& arena, Handle asked, Handle ident) {
  const Handle entry = valueAt(arena, asked, ident);
  return entry == 0 ? Question{} : Question{arena[entry][0], arena[entry][1]};
}

std::vector<uint32_t> excused(const Arena& arena, const Configuration& configuration) {
  const std::vector<HostState>& hosts = configuration.hosts;
  std::vector<uint32_t> found;
  const auto isExcused = [&](uint32_t h) {
    const std::optional<Handle> ident = hosts[h].crashed() ? std::nullopt : awaits(arena, hosts[h]);
    if (!ident) return false;
    const Question asked = question(arena, hosts[h].asked, *ident);
    if (asked.ref != 0 && source(arena, configuration, asked.ref, true) == kNobody) return true;
    return std::any_of(found.begin(), found.end(),
                       [&](uint32_t other) { return other != h && serves(arena, hosts[other], h, *ident); });
  };
  for (bool grows = true; grows;) {
    grows = false;
    for (uint32_t h = 0; h < hosts.size(); ++h) {
      if (std::find(found.begin(), found.end(), h) != found.end() || !isExcused(h)) continue;
      found.push_back(h);
      grows = true;
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

bool isLostData(const Arena& arena, const Configuration& configuration) {
  const std::vector<uint32_t> set = excused(arena, configuration);
  for (uint32_t h = 0; h < configuration.hosts.size(); ++h) {
    const HostState& host = configuration.hosts[h];
    const bool waits = !host.crashed() && !isValue(arena, host);
    if (waits && !std::binary_search(set.begin(), set.end(), h)) return false;
  }
  return !set.empty();
}

}  // namespace funpass
