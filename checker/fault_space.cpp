#include "checker/fault_space.hpp"

#include <algorithm>
#include <stdexcept>

#include "checker/equivalence.hpp"
#include "semantics/recovery.hpp"

namespace funpass {

namespace {

Configuration numbered(Configuration configuration, OriginNumbering& numbering) {
  for (HostState& host : configuration.hosts) host.next = numbering.start(host.next);
  return configuration;
}

uint64_t key(const Node& ident) { return uint64_t{ident[0]} << 32U | ident[1]; }

}  // namespace

bool isSubset(const FaultSet& small, const FaultSet& large) {
  return std::includes(large.begin(), large.end(), small.begin(), small.end());
}

bool containsOneOf(const FaultSet& set, const std::vector<FaultSet>& sets) {
  return std::any_of(sets.begin(), sets.end(), [&](const FaultSet& small) { return isSubset(small, set); });
}

FaultSet with(FaultSet set, uint32_t element) {
  set.insert(std::lower_bound(set.begin(), set.end(), element), element);
  return set;
}

FaultSpace::FaultSpace(Arena& theArena, const Program& program, const FaultOptions& theOptions)
    : arena(theArena),
      options(theOptions),
      semantics(theArena, theOptions.rules, theOptions.failures.among),
      initial(numbered(startedWith(program, theOptions.failures.budget), numbering)),
      model(semantics, initial),
      raw_(startedWith(program, theOptions.failures.budget)),
      rawSemantics_(theArena, theOptions.rules, theOptions.failures.among) {
  semantics.numberBy(numbering);
  if (options.failures.budget.crashes == 0) return;
  for (const uint32_t h : options.failures.among) number({FaultElement::Kind::Crash, h});
}

uint32_t FaultSpace::number(const FaultElement& element) {
  const auto [entry, isNew] = numbers_.try_emplace(element, static_cast<uint32_t>(elements_.size()));
  if (isNew) elements_.push_back(element);
  return entry->second;
}

namespace {

FaultElement dropOf(const Arena& arena, uint32_t host, Handle m) {
  const Node message = arena[m];
  const bool request = message.is(Tag::Req);
  const Node ident = arena[request ? message[2] : message[0]];
  return {request ? FaultElement::Kind::DropRequest : FaultElement::Kind::DropAnswer, host,
          request ? message[0] : kNobody, ident[0], ident[1]};
}

}  // namespace

uint32_t FaultSpace::elementOf(const Step& step) {
  if (step.rule == Rule::FCrash) return number({FaultElement::Kind::Crash, step.host});
  if (step.rule == Rule::FDrop) return number(dropOf(arena, step.host, step.taken));
  return kNobody;
}

bool FaultSpace::isWithin(const FaultSet& set) const {
  const auto crashes = static_cast<size_t>(std::count_if(
      set.begin(), set.end(), [&](uint32_t e) { return elements_[e].kind == FaultElement::Kind::Crash; }));
  return crashes <= options.failures.budget.crashes && set.size() - crashes <= options.failures.budget.drops;
}

// ---- rest(C)

const std::vector<uint64_t>& FaultSpace::identsOf(Handle node) {
  const auto [entry, isNew] = idents_.try_emplace(node);
  std::vector<uint64_t>& found = entry->second;
  if (!isNew) return found;
  std::vector<Handle> todo{node};
  std::unordered_map<Handle, bool> seen;
  while (!todo.empty()) {
    const Handle current = todo.back();
    todo.pop_back();
    const Node n = arena[current];
    if (!n.hasIdent() || !seen.try_emplace(current, true).second) continue;
    if (n.is(Tag::Ident)) found.push_back(key(n));
    for (int k = 0; k < 3; ++k)
      if (isHandleField(n, k)) todo.push_back(n[k]);
  }
  std::sort(found.begin(), found.end());
  return found;
}

bool FaultSpace::speaksOf(const HostState& host, Handle ident) {
  const uint64_t wanted = key(arena[ident]);
  for (const Handle part : {host.focus, host.context}) {
    if (part == 0) continue;
    const std::vector<uint64_t>& idents = identsOf(part);
    if (std::binary_search(idents.begin(), idents.end(), wanted)) return true;
  }
  return lookup(arena, host.asked, ident) != 0;
}

// Is ι the identifier of the reference's lineage, of its parent, … or of its root?
bool FaultSpace::derivesFrom(Handle ref, Handle ident) const {
  const uint64_t wanted = key(arena[ident]);
  for (Handle lineage = arena[ref][0];; lineage = arena[lineage][1]) {
    if (key(arena[arena.idOf(lineage)]) == wanted) return true;
    if (!arena.is(lineage, Tag::Applied)) return false;
  }
}

std::vector<FaultSpace::Rest> FaultSpace::rest(const Configuration& configuration, const std::vector<Step>& steps) {
  const Budget& given = options.failures.budget;
  const auto counts = [&](FaultReason reason) { return (options.leaveOut >> static_cast<unsigned>(reason) & 1U) == 0; };
  std::vector<Rest> found;
  struct Choice {
    uint32_t by, host;
    Handle ref;
  };
  std::vector<Choice> choices;
  for (const Step& step : steps) {
    if (step.rule != Rule::RSend && step.rule != Rule::RFailover) continue;
    for (const Sent& sent : step.sent)
      if (arena.is(sent.message, Tag::Req)) choices.push_back({step.host, sent.host, arena[sent.message][1]});
  }

  // crash h
  const auto crash = [&](uint32_t h) -> std::optional<Rest> {
    const uint32_t element = number({FaultElement::Kind::Crash, h});
    const HostState& host = configuration.hosts[h];
    for (const Choice& choice : choices)
      if (choice.host == h && counts(FaultReason::Chosen)) return Rest{element, FaultReason::Chosen, choice.by};
    for (Handle inbox = host.inbox; inbox != 0; inbox = arena[inbox][2]) {
      const Node message = arena[arena[inbox][0]];
      if (message.is(Tag::Req) && counts(FaultReason::Requested))
        return Rest{element, FaultReason::Requested, message[0]};
    }
    if (!isValue(arena, host) && counts(FaultReason::AtWork)) return Rest{element, FaultReason::AtWork, kNobody};
    for (uint32_t g = 0; g < configuration.hosts.size(); ++g) {
      for (const Handle leaf : entries(arena, configuration.hosts[g].asked))
        if (arena[arena[leaf][1]][1] == h && counts(FaultReason::Awaited))
          return Rest{element, FaultReason::Awaited, g};
    }
    if (given.restarts > 0 && counts(FaultReason::Restart)) return Rest{element, FaultReason::Restart, kNobody};
    return std::nullopt;
  };

  // drop h <- m
  const auto drop = [&](uint32_t h, Handle m) -> std::optional<Rest> {
    const uint32_t element = number(dropOf(arena, h, m));
    const HostState& host = configuration.hosts[h];
    if (arena.is(m, Tag::Req)) {
      if (counts(FaultReason::Request)) return Rest{element, FaultReason::Request, kNobody};
      return std::nullopt;
    }
    const Handle ident = arena[m][0];
    if (speaksOf(host, ident) && counts(FaultReason::Known)) return Rest{element, FaultReason::Known, kNobody};
    for (Handle inbox = host.inbox; inbox != 0; inbox = arena[inbox][2]) {
      const Node message = arena[arena[inbox][0]];
      if (message.is(Tag::Req) && derivesFrom(message[1], ident) && counts(FaultReason::Needed))
        return Rest{element, FaultReason::Needed, message[0]};
    }
    for (const Choice& choice : choices) {
      if (choice.host == h && derivesFrom(choice.ref, ident) && counts(FaultReason::ChosenFor))
        return Rest{element, FaultReason::ChosenFor, choice.by};
    }
    return std::nullopt;
  };

  const auto add = [&](const std::optional<Rest>& rest) {
    if (rest) found.push_back(*rest);
  };
  for (const uint32_t h : options.failures.among) {
    const HostState& host = configuration.hosts[h];
    if (host.crashed()) continue;
    if (given.crashes > 0) add(crash(h));
    if (given.drops == 0) continue;
    for (Handle inbox = host.inbox; inbox != 0; inbox = arena[inbox][2]) add(drop(h, arena[inbox][0]));
  }
  return found;
}

// ---- what breaks

std::optional<FaultOutcome> FaultSpace::breaks(const Configuration& configuration,
                                               const std::vector<Configuration>* usual) {
  switch (semantics.standstill(configuration, options.failures.budget)) {
    case Standstill::Lost: return FaultOutcome::Lost;
    case Standstill::Stuck: return FaultOutcome::Stuck;
    case Standstill::Overflow: throw FaultLimit{"an integer does not fit 64 bits"};
    case Standstill::Final: break;
  }
  if (usual == nullptr) return std::nullopt;
  const bool known = std::any_of(usual->begin(), usual->end(), [&](const Configuration& other) {
    return sameResults(arena, configuration, other, true);
  });
  return known ? std::nullopt : std::optional(FaultOutcome::Result);
}

void FaultSpace::noteResults(const Configuration& configuration, std::vector<Configuration>& usual) const {
  const bool known = std::any_of(usual.begin(), usual.end(), [&](const Configuration& other) {
    return sameResults(arena, configuration, other, false);
  });
  if (!known) usual.push_back(configuration);
}

std::optional<FaultOutcome> FaultSpace::judge(const Configuration& configuration, const std::vector<Step>& steps,
                                              const FaultSet& set, std::vector<Configuration>& usual) {
  if (!std::all_of(steps.begin(), steps.end(), isFailure)) return std::nullopt;
  const bool compared = options.results && !set.empty();
  if (options.results && set.empty() && isFinal(arena, configuration)) noteResults(configuration, usual);
  return breaks(configuration, compared ? &usual : nullptr);
}

// ---- names

std::string FaultSpace::name(const FaultElement& element) const {
  const std::vector<std::string>& hosts = arena.hosts();
  if (element.kind == FaultElement::Kind::Crash) return "crash " + hosts[element.host];
  const std::string ident = numbering.text(arena, element.identHost, element.identIndex);
  const std::string to = "drop " + hosts[element.host] + " <- ";
  return element.kind == FaultElement::Kind::DropAnswer ? to + "Res(" + ident + ")"
                                                        : to + "Req(" + hosts[element.asker] + ", " + ident + ")";
}

std::string FaultSpace::origin(const FaultElement& element) const {
  if (element.identHost == kNobody) return {};
  const OriginNumbering::Origin from = numbering.origin(element.identIndex);
  const std::string& by = arena.hosts()[element.identHost];
  const std::string ident = numbering.text(arena, element.identHost, element.identIndex);
  constexpr std::array<const char*, 4> ordinals = {"first", "second", "third", "fourth"};
  const std::string which = "the " +
                            (from.count < ordinals.size() ? std::string(ordinals[from.count]) + " silo"
                                                          : "silo number " + std::to_string(from.count + 1)) +
                            " that " + by + " makes ";
  if (from.asker == kNobody) return ident + ": " + which + "in its at block";
  return ident + ": " + which + "for " + arena.hosts()[from.asker] + "'s request " +
         numbering.text(arena, from.host, from.index);
}

// ---- replay

namespace {

/// A node with its identifiers under other numbers.
class Renaming {
 public:
  explicit Renaming(Arena& arena) : arena_(arena) {}

  void add(uint32_t host, uint32_t from, uint32_t to) { indices_[uint64_t{host} << 32U | from] = to; }
  uint32_t index(uint32_t host, uint32_t from) const {
    const auto found = indices_.find(uint64_t{host} << 32U | from);
    return found == indices_.end() ? from : found->second;
  }

  Handle operator()(Handle root) {
    std::vector<Handle> todo{root};
    while (!todo.empty()) {
      const Handle current = todo.back();
      const Node n = arena_[current];
      if (!n.hasIdent() || renamed_.count(current) > 0) {
        todo.pop_back();
        continue;
      }
      if (n.is(Tag::Ident)) {
        renamed_[current] = arena_.ident(n[0], index(n[0], n[1]), n[2]);
        continue;
      }
      bool ready = true;
      std::array<uint32_t, 3> fields = n.field;
      for (int k = 0; k < 3; ++k) {
        if (!isHandleField(n, k) || !arena_[n[k]].hasIdent()) continue;
        const auto child = renamed_.find(n[k]);
        if (child == renamed_.end()) {
          todo.push_back(n[k]);
          ready = false;
        } else {
          fields[static_cast<size_t>(k)] = child->second;
        }
      }
      if (ready) renamed_[current] = arena_.remake(current, fields[0], fields[1], fields[2]);
    }
    return arena_[root].hasIdent() ? renamed_.at(root) : root;
  }

 private:
  Arena& arena_;
  std::unordered_map<uint64_t, uint32_t> indices_;
  std::unordered_map<Handle, Handle> renamed_;
};

}  // namespace

std::vector<Step> FaultSpace::stepsOf(const std::vector<Configuration>& run) {
  std::vector<Step> out;
  for (size_t i = 0; i + 1 < run.size(); ++i) {
    const std::vector<Step> steps = semantics.steps(run[i]);
    const auto taken = std::find_if(steps.begin(), steps.end(), [&](const Step& step) {
      Configuration after = run[i];
      apply(arena, step, after);
      return after == run[i + 1];
    });
    if (taken == steps.end()) throw std::logic_error("a run has no step where it should");
    out.push_back(*taken);
  }
  return out;
}

FaultRun FaultSpace::rawRun(const std::vector<Step>& steps, const FaultSet& set) {
  Renaming renaming(arena);
  FaultRun run;
  Configuration here = initial;
  Configuration there = raw_;
  // What tells a step from the others: the message that it takes, or of F-Dup doubles.
  const auto message = [](const Step& step) {
    return step.rule == Rule::FDup ? step.sent.front().message : step.taken;
  };
  for (const Step& step : steps) {
    const Handle wanted = message(step) == 0 ? 0 : renaming(message(step));
    const std::vector<Step> found = rawSemantics_.steps(there);
    const auto same = std::find_if(found.begin(), found.end(), [&](const Step& other) {
      return other.rule == step.rule && other.inner == step.inner && other.host == step.host &&
             message(other) == wanted;
    });
    if (same == found.end()) throw std::logic_error("a run cannot be replayed: " + std::string(info(step.rule).name));
    const HostState& before = here.hosts[step.host];
    if (step.after.next != before.next && !isFailure(step))
      renaming.add(step.host, semantics.fresh(before).index, there.hosts[step.host].next);
    run.schedule.add(static_cast<uint32_t>(same - found.begin()));
    apply(arena, step, here);
    apply(arena, *same, there);
  }
  for (const uint32_t e : set) {
    const FaultElement& element = elements_[e];
    std::string& ident = run.idents.emplace_back();
    if (element.identHost == kNobody) continue;
    ident = "(" + arena.hosts()[element.identHost] + "," +
            std::to_string(renaming.index(element.identHost, element.identIndex)) + ")";
  }
  return run;
}

}  // namespace funpass
