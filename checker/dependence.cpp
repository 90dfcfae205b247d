#include "checker/dependence.hpp"

#include <algorithm>
#include <map>

#include "semantics/recovery.hpp"

namespace funpass {

namespace {

/// A frame respond(h, ι, []), or a redex respond(h, ι, v).
bool isServing(const Arena& arena, const Node& node) {
  if (node.isFrame()) return node.frameOf() == Tag::Respond && node.hole() == 2;
  return node.is(Tag::Respond) && arena.is(node[1], Tag::Ident);
}

constexpr auto byIdent = [](const auto& a, const auto& b) { return a.first < b.first; };

bool isRunning(const Arena& arena, const HostState& host) {
  return !host.crashed() && !isValue(arena, host) && !awaits(arena, host);
}

}  // namespace

// ---- what is read off a configuration

void Dependence::look(const Configuration& configuration) {
  if (c_ != nullptr && seen_ == configuration) return;
  seen_ = configuration;
  c_ = &seen_;
  lineages_.clear();
  populated_.clear();
  stored_.clear();
  uses_.assign(configuration.hosts.size(), {});
  for (uint32_t h = 0; h < configuration.hosts.size(); ++h) {
    const HostState& host = configuration.hosts[h];
    if (!host.crashed()) {
      countLineages(host.focus, host.context, 1);
      noteFrames(host);
    }
    countLineages(host.store, 0, 1);
    for (const Handle leaf : entries(arena_, host.store)) {
      stored_.emplace_back(keyOf(arena_, arena_[leaf][0]), Place{h, arena_[leaf][1]});
    }
    noteMessages(h);
    // No rule reads results, nor ρ but at ⊥; still they say what was populated.
    countLineages(host.result, 0, 0);
    countLineages(host.asked, 0, 0);
    for (const Handle entry : forgotten(host)) countLineages(entry, 0, 1);
  }
  std::stable_sort(stored_.begin(), stored_.end(), byIdent);
}

void Dependence::countLineages(Handle root, Handle rest, uint32_t times) {
  std::vector<IdentKey> heads;
  const auto visit = [&](Handle, const Node& node) {
    if (!node.is(Tag::Mat) && !node.is(Tag::Applied)) return;
    heads.push_back(keyOf(arena_, node[0]));
    if (node.is(Tag::Mat)) populated_.insert(heads.back());
  };
  walk_.begin();
  for (const Handle part : {root, rest}) {
    if (arena_[part].hasIdent() && hosts_.has(part, kLineage)) walk_(part, visit);
  }
  if (times == 0) return;
  std::sort(heads.begin(), heads.end());
  heads.erase(std::unique(heads.begin(), heads.end()), heads.end());
  for (const IdentKey head : heads) lineages_[head] += times;
}

void Dependence::noteFrames(const HostState& host) {
  const Node focus = arena_[host.focus];
  if (isServing(arena_, focus)) uses_[focus[0]].push_back({focus[1], false, 1});
  for (Handle frame = host.context; frame != 0; frame = arena_[frame][2]) {
    const Node f = arena_[frame];
    if (isServing(arena_, f)) uses_[f[0]].push_back({f[1], false, 1});
  }
}

void Dependence::noteMessages(uint32_t h) {
  for (Handle inbox = c_->hosts[h].inbox; inbox != 0; inbox = arena_[inbox][2]) {
    const Node pending = arena_[inbox];
    const Node message = arena_[pending[0]];
    countLineages(pending[0], 0, pending[1]);
    if (message.is(Tag::Req)) {
      uses_[message[0]].push_back({message[2], true, pending[1]});
    } else {
      uses_[h].push_back({message[0], false, pending[1]});
    }
  }
}

/// ρ's entries at ⊥.
std::vector<Handle> Dependence::forgotten(const HostState& host) const {
  std::vector<Handle> found;
  for (const Handle leaf : entries(arena_, host.asked)) {
    if (arena_[arena_[leaf][1]][1] == kNobody) found.push_back(arena_[leaf][1]);
  }
  return found;
}

uint32_t Dependence::lineagesOf(Handle ident) const {
  const auto found = lineages_.find(keyOf(arena_, ident));
  return found == lineages_.end() ? 0 : found->second;
}

bool Dependence::asksAgain(uint32_t h) const {
  if (!recovery_) return false;
  const HostState& host = c_->hosts[h];
  const std::optional<Handle> ident = awaits(arena_, host);
  if (!ident) return false;
  const Question asked = question(arena_, host.asked, *ident);
  return asked.ref != 0 && asked.host == kNobody && source(arena_, *c_, asked.ref, true) != kNobody;
}

// ---- quiet

/// Is the term of g about to act, whatever the others do? Otherwise g can only answer and wait again.
bool Dependence::mayMoveOn(uint32_t g) const {
  const HostState& host = c_->hosts[g];
  if (isRunning(arena_, host)) return true;
  if (const std::optional<Handle> ident = awaits(arena_, host); ident && isOnItsWay(arena_, host.inbox, *ident)) {
    return true;
  }
  for (Handle inbox = host.inbox; inbox != 0; inbox = arena_[inbox][2]) {
    const Node message = arena_[arena_[inbox][0]];
    if (!message.is(Tag::Req)) continue;
    if (message[0] == g || arena_.is(arena_[message[1]][0], Tag::Applied)) return true;
  }
  return false;
}

bool Dependence::quiet(uint32_t h, bool answered) {
  const size_t n = c_->hosts.size();
  Knowledge k{h, std::vector<bool>(n), std::vector<bool>(n), std::vector<bool>(n), {}, {}};
  walk_.begin();
  for (uint32_t g = 0; g < n; ++g) {
    const HostState& host = c_->hosts[g];
    if (g == h || host.crashed()) continue;
    if (isRunning(arena_, host) || host.inbox != 0 || asksAgain(g)) activate(k, g);
  }
  while (!k.todo.empty()) {
    const auto [node, by] = k.todo.back();
    k.todo.pop_back();
    learn(k, node, by);
    if (k.known[h] && !answered) return false;
  }
  return !k.known[h] || answeredOnly(h, k.active);
}

/// Without h, g may act: it knows what its messages say, and what its store has for what anyone knows.
void Dependence::activate(Knowledge& k, uint32_t g) {
  const HostState& host = c_->hosts[g];
  if (k.active[g] || host.crashed()) return;
  k.active[g] = true;
  for (Handle inbox = host.inbox; inbox != 0; inbox = arena_[inbox][2]) k.todo.emplace_back(arena_[inbox][0], g);
  for (const Handle entry : forgotten(host)) k.todo.emplace_back(entry, g);
  for (const Handle leaf : entries(arena_, host.store)) {
    if (k.idents.count(keyOf(arena_, arena_[leaf][0])) != 0) k.todo.emplace_back(arena_[leaf][1], g);
  }
  if (mayMoveOn(g)) open(k, g);
}

/// g's term may act.
void Dependence::open(Knowledge& k, uint32_t g) {
  if (k.opened[g] || c_->hosts[g].crashed()) return;
  k.opened[g] = true;
  k.todo.emplace_back(c_->hosts[g].focus, g);
  k.todo.emplace_back(c_->hosts[g].context, g);
}

void Dependence::learn(Knowledge& k, Handle node, uint32_t by) {
  for (const uint32_t host : hosts_(node)) {
    if (host >= kOnDemand || host == by) continue;
    if (host != k.target) {
      if (!k.known[host]) activate(k, host);
      open(k, host);
      open(k, by);  // for `host` can answer it
    }
    k.known[host] = true;
  }
  std::vector<IdentKey> found;
  walk_(node, [&](Handle, const Node& part) {
    if (part.is(Tag::Ident) && k.idents.insert(keyOf(part)).second) found.push_back(keyOf(part));
  });
  for (const IdentKey ident : found) {
    const auto [first, last] = std::equal_range(stored_.begin(), stored_.end(), std::pair(ident, Place{}), byIdent);
    for (auto place = first; place != last; ++place) {
      if (k.active[place->second.host]) k.todo.emplace_back(place->second.value, place->second.host);
    }
  }
}

// ---- answered only, pure clients

/// Does h occur in the term other than as the one that a frame answers?
bool Dependence::namesOtherwise(const HostState& host, uint32_t h) {
  if (!hosts_.has(host.focus, h) && !hosts_.has(host.context, h)) return false;
  const auto inParts = [&](const Node& node, int parts) {
    for (int k = isServing(arena_, node) ? 1 : 0; k < parts; ++k) {
      if (isHandleField(node, k) && hosts_.has(node[k], h)) return true;
    }
    // A literal, or a `respond` that is not yet to answer.
    if (node.isFrame()) return node.frameOf() == Tag::Respond && node.hole() == 1 && node[0] == h;
    return (node.is(Tag::Host) || (node.is(Tag::Respond) && !isServing(arena_, node))) && node[0] == h;
  };
  if (inParts(arena_[host.focus], 3)) return true;
  for (Handle frame = host.context; frame != 0; frame = arena_[frame][2]) {
    if (inParts(arena_[frame], 2)) return true;
  }
  return false;
}

/// Can g send h nothing but answers?
bool Dependence::onlyAnswers(uint32_t g, uint32_t h) {
  const HostState& host = c_->hosts[g];
  if (namesOtherwise(host, h) || hosts_.has(host.store, h)) return false;
  for (const Handle entry : forgotten(host)) {
    if (hosts_.has(entry, h)) return false;
  }
  for (Handle inbox = host.inbox; inbox != 0; inbox = arena_[inbox][2]) {
    if (hosts_.has(arena_[arena_[inbox][0]][1], h)) return false;  // the reference or the value
  }
  return true;
}

/// Whatever is answered to h is answered once, or with the one value of what was populated.
bool Dependence::usesAreAnswers(uint32_t h) {
  struct Total {
    Handle ident = 0;
    uint32_t count = 0;
    bool request = false;
  };
  std::map<IdentKey, Total> totals;
  for (const Use& use : uses_[h]) {
    Total& total = totals[keyOf(arena_, use.ident)];
    total.ident = use.ident;
    total.count += use.count;
    total.request = total.request || use.request;
  }
  return std::all_of(totals.begin(), totals.end(), [&](const auto& entry) {
    const Total& total = entry.second;
    if (!respond_ && isPopulated(total.ident)) return true;
    return total.count == 1 && lineagesOf(total.ident) == (total.request ? 1U : 0U);
  });
}

bool Dependence::answeredOnly(uint32_t h, const std::vector<bool>& among) {
  if (!forgotten(c_->hosts[h]).empty() || !usesAreAnswers(h)) return false;
  for (uint32_t g = 0; g < among.size(); ++g) {
    if (g != h && among[g] && !onlyAnswers(g, h)) return false;
  }
  return true;
}

bool Dependence::pureClient(uint32_t h) {
  const HostState& host = c_->hosts[h];
  if (isServing(arena_, arena_[host.focus])) return false;
  for (Handle frame = host.context; frame != 0; frame = arena_[frame][2]) {
    const Node f = arena_[frame];
    if (f.isFrame() && f.frameOf() == Tag::Respond) return false;
  }
  for (Handle inbox = host.inbox; inbox != 0; inbox = arena_[inbox][2]) {
    if (arena_.is(arena_[inbox][0], Tag::Req)) return false;
  }
  for (const Handle part : {host.focus, host.context, host.store, host.inbox}) {
    if (hosts_.has(part, h) || hosts_.has(part, kHere)) return false;
  }
  std::vector<bool> live;
  for (const HostState& other : c_->hosts) live.push_back(!other.crashed());
  return answeredOnly(h, live);
}

// ---- calm, idle

bool Dependence::calm(uint32_t h, Handle message, bool onlyPopulated) {
  const Handle ident = arena_[message][0];
  const HostState& host = c_->hosts[h];
  if (!onlyPopulated && lookup(arena_, host.store, ident) != 0) return true;
  if (const std::optional<Handle> awaited = awaits(arena_, host);
      awaited && keyOf(arena_, *awaited) == keyOf(arena_, ident) && asksAgain(h)) {
    return false;
  }
  if (isPopulated(ident)) return true;
  if (onlyPopulated || lineagesOf(ident) != 0) return false;
  uint32_t count = 0;
  for (const Use& use : uses_[h]) {
    if (keyOf(arena_, use.ident) == keyOf(arena_, ident)) count += use.count;
  }
  return count == 1;
}

bool Dependence::determinate(const Configuration& configuration) {
  return std::none_of(configuration.hosts.begin(), configuration.hosts.end(), [&](const HostState& host) {
    if (host.crashed()) return false;
    for (const Handle part : {host.focus, host.context, host.store, host.inbox}) {
      if (hosts_.has(part, kOnDemand)) return true;
    }
    return !oneAnswerEach(host.inbox) || (host.asked != 0 && !forgotten(host).empty());
  });
}

/// Is whatever is on its way for one identifier the same?
bool Dependence::oneAnswerEach(Handle inbox) const {
  std::vector<IdentKey> answered;
  for (; inbox != 0; inbox = arena_[inbox][2]) {
    const Node message = arena_[arena_[inbox][0]];
    if (message.is(Tag::Res)) answered.push_back(keyOf(arena_, message[0]));
  }
  std::sort(answered.begin(), answered.end());
  return std::adjacent_find(answered.begin(), answered.end()) == answered.end();
}

bool Dependence::idle(uint32_t h) {
  const HostState& idle = c_->hosts[h];
  if (!isValue(arena_, idle) || arena_.is(idle.result, Tag::NoResult) || idle.inbox != 0) return false;
  for (uint32_t g = 0; g < c_->hosts.size(); ++g) {
    const HostState& host = c_->hosts[g];
    for (const Handle part : {host.store, host.asked, host.inbox, host.result}) {
      if (hosts_.has(part, h)) return false;
    }
    if (g != h && (hosts_.has(host.focus, h) || hosts_.has(host.context, h))) return false;
  }
  return true;
}

}  // namespace funpass
