#include "tests/support/comparison.hpp"

#include <algorithm>
#include <stdexcept>

#include "checker/equivalence.hpp"
#include "checker/search.hpp"
#include "semantics/recovery.hpp"

namespace funpass::test {

namespace {

bool contains(const Arena& arena, const std::vector<Configuration>& all, const Configuration& c) {
  return std::any_of(all.begin(), all.end(), [&](const Configuration& d) { return sameResults(arena, c, d, false); });
}

/// Takes away what no path leaves for ever: is anything left?
bool hasCycle(const Exploration& graph) {
  const uint32_t n = graph.expanded;
  std::vector<uint32_t> into(n, 0);
  for (size_t e = 0; e < graph.targets.size(); ++e) ++into[graph.targets[e]];
  std::vector<uint32_t> free;
  for (uint32_t s = 0; s < n; ++s) {
    if (into[s] == 0) free.push_back(s);
  }
  uint32_t removed = 0;
  while (!free.empty()) {
    const uint32_t s = free.back();
    free.pop_back();
    ++removed;
    for (uint64_t e = graph.firstEdge[s]; e < graph.firstEdge[s + 1]; ++e) {
      if (--into[graph.targets[e]] == 0) free.push_back(graph.targets[e]);
    }
  }
  return removed != n;
}

void note(Semantics& semantics, const Budget& given, const Configuration& c, GraphSummary& out) {
  const Arena& arena = semantics.arena();
  const Standstill still = semantics.standstill(c, given);
  std::vector<uint32_t> who;
  if (still == Standstill::Final) {
    ++out.finals;
    for (uint32_t h = 0; h < c.hosts.size(); ++h) {
      if (c.hosts[h].result != 0 && !hasResult(arena, c.hosts[h])) who.push_back(h);
    }
    out.noResult.insert(who);
    // Identifiers that ≈ does not look through are compared up to renaming.
    Configuration canonical = c;
    Canonical(semantics.arena()).rename(canonical, true);
    if (!contains(arena, out.results, canonical)) out.results.push_back(canonical);
  } else {
    ++out.stuck;
    out.lost = out.lost || still == Standstill::Lost;
    out.bug = out.bug || still == Standstill::Stuck;
    for (uint32_t h = 0; h < c.hosts.size(); ++h) {
      if (awaits(arena, c.hosts[h])) who.push_back(h);
    }
    out.waiting.insert(who);
  }
}

}  // namespace

GraphSummary summary(Arena& arena, const Program& program, const Setting& setting, ReductionSet reductions,
                     std::optional<Condition> without) {
  Semantics semantics(arena, rules(true, setting.recovery), setting.failures.among);
  Configuration initial = program.initial;
  initial.budget = setting.failures.budget;
  if (!setting.recovery) {
    for (HostState& host : initial.hosts) host.asked = 0;
  }
  SearchLimits limits;
  limits.maxStates = setting.maxStates;
  GraphSummary out;
  const auto finish = [&](const Exploration& graph) {
    out.complete = graph.complete;
    out.states = graph.states.size();
    if (out.complete) out.endless = hasCycle(graph);
  };
  if (reductions.empty()) {
    CalculusModel model(semantics, initial);
    finish(explore(model, limits, [&](uint32_t, uint32_t index, uint32_t, bool) {
      const auto fails = [](const CalculusModel::Move& move) { return isFailureRule(move.rule); };
      if (index == kNoState && std::all_of(model.lastMoves().begin(), model.lastMoves().end(), fails)) {
        note(semantics, initial.budget, model.lastConfiguration(), out);
      }
      return true;
    }));
    if (out.endless && !model.mayCycle()) throw std::logic_error("a cycle was ruled out that is there");
    return out;
  }
  ReducedModel model(semantics, initial, {reductions, factsOf(arena, program, setting.mobility), without});
  Exploration graph(model.width());
  explore(
      model, limits,
      [&](uint32_t from, uint32_t index, uint32_t, bool) {
        if (index == kNoState && model.stoodStill()) {
          note(semantics, initial.budget, model.decode(graph.states[from]), out);
        }
        return true;
      },
      graph);
  finish(graph);
  return out;
}

std::string difference(const Arena& arena, const GraphSummary& raw, const GraphSummary& reduced, bool who) {
  if (raw.complete != reduced.complete) return "complete";
  if ((raw.stuck > 0) != (reduced.stuck > 0)) return "stuck";
  if (raw.lost != reduced.lost) return "lost";
  if (raw.endless != reduced.endless) return "endless";
  if (raw.noResult != reduced.noResult) return "hosts without a result";
  if (who && raw.waiting != reduced.waiting) return "who waits";
  for (const Configuration& c : raw.results) {
    if (!contains(arena, reduced.results, c)) return "a result is missing";
  }
  for (const Configuration& c : reduced.results) {
    if (!contains(arena, raw.results, c)) return "a result is new";
  }
  return "";
}

// ---- random programs

namespace {

class Statements {
 public:
  Statements(Random& random, const Kind& kind) : random_(random), kind_(kind) {}

  std::string block(uint32_t count) {
    std::string out;
    for (uint32_t n = 0; n < count; ++n) out += "  " + statement() + ";\n";
    switch (random_.below(4)) {
      case 0: return out + "  " + any(references_, "unit") + "\n";
      case 1: return out + "  " + any(futures_, "").append(futures_.empty() ? "unit" : " ; unit") + "\n";
      default: return out + "  " + integer() + (futures_.empty() ? "" : " + await(" + any(futures_, "") + ")") + "\n";
    }
  }

 private:
  std::string host() { return std::string(1, "abc"[random_.below(3)]); }
  std::string any(const std::vector<std::string>& from, const std::string& otherwise) {
    return from.empty() ? otherwise : from[random_.below(static_cast<uint32_t>(from.size()))];
  }
  std::string integer() { return random_.below(2) == 0 ? any(integers_, "1") : std::to_string(random_.below(9)); }
  std::string define(std::vector<std::string>& pool, const char* prefix, const std::string& term) {
    const std::string name = prefix + std::to_string(names_++);
    pool.push_back(name);
    return "val " + name + " = " + term;
  }
  std::string place() { return random_.below(3) == 0 ? host() : "currentHost"; }

  std::string spore() {
    if (kind_.captured && !futures_.empty() && random_.below(2) == 0) {
      return "spore { y: Future[Int] = " + any(futures_, "") + "; (x: Int) => populate(" + place() +
             ", x + await(y)) }";
    }
    const std::string captured = any(references_, "");
    switch (captured.empty() ? 0 : random_.below(4)) {
      case 1:
        return "spore { c: SiloRef[Int] = " + captured + "; (x: Int) => populate(currentHost, x + await(send(c))) }";
      case 2: return "spore { c: SiloRef[Int] = " + captured + "; (x: Int) => c }";
      case 3:
        return "spore { c: SiloRef[Int] = " + captured + "; (x: Int) => { send(c); populate(currentHost, x + 2) } }";
      default: return "spore { (x: Int) => populate(" + place() + ", x * 2) }";
    }
  }

  std::string statement() {
    if (kind_.respond && !futures_.empty() && random_.below(4) == 0) {
      return "respond(" + host() + ", " + any(futures_, "") + ", " + integer() + ")";
    }
    switch (references_.empty() ? 0 : random_.below(8)) {
      case 0: return define(references_, "r", "populate(" + host() + ", " + integer() + ")");
      case 1: return define(references_, "r", "populate([a, b], " + integer() + ")");
      case 2:
        if (kind_.stored) return define(references_, "r", "populate(currentHost, " + integer() + ")");
        return define(references_, "s", "apply(" + any(references_, "") + ", " + spore() + ")");
      case 3: return define(references_, "q", "await(send(populate(" + host() + ", " + any(references_, "") + ")))");
      case 4:
        if (!futures_.empty()) return define(integers_, "y", "await(" + any(futures_, "") + ")");
        [[fallthrough]];
      default: return define(futures_, "f", "send(" + any(references_, "") + ")");
    }
  }

  Random& random_;
  Kind kind_;
  uint32_t names_ = 0;
  std::vector<std::string> integers_, references_, futures_;
};

}  // namespace

std::string randomConcurrent(Random& random, const Kind& kind) {
  std::string out = "host a, b, c\n";
  const uint32_t drivers = 1 + random.below(2);
  for (uint32_t d = 0; d < drivers; ++d) {
    out += std::string("at ") + "abc"[d] + " {\n" + Statements(random, kind).block(2 + random.below(4)) + "}\n";
  }
  return out;
}

}  // namespace funpass::test
