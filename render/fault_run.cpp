#include "render/fault_run.hpp"

#include <algorithm>

#include "lang/raise.hpp"
#include "render/counterexample.hpp"
#include "render/short_text.hpp"
#include "render/step.hpp"
#include "semantics/recovery.hpp"

namespace funpass::render {

namespace {

// Something that a host at the base of a lost-data configuration waits for, and which nobody has.
struct LostItem {
  uint32_t host;                                          // who waits
  Handle ident;                                           // for what
  Handle ref;                                             // by which reference
  std::vector<std::pair<uint32_t, std::string>> holders;  // what became of each copy
};

// A run, replayed, and what can be read off it.
class FaultRunFacts {
 public:
  FaultRunFacts(Arena& arena, Semantics& semantics, const Configuration& initial, const Schedule& schedule)
      : arena_(arena), semantics_(semantics), configurations_{initial} {
    for (const Schedule::Repeat& repeat : schedule.repeats()) {
      for (uint64_t i = 0; i < repeat.times; ++i) {
        const std::vector<Step> steps = semantics.steps(last());
        if (repeat.index >= steps.size()) return;
        Configuration next = last();
        apply(arena, steps[repeat.index], next);
        steps_.push_back(steps[repeat.index]);
        configurations_.push_back(std::move(next));
      }
    }
  }

  const Configuration& last() const { return configurations_.back(); }
  const std::vector<Configuration>& configurations() const { return configurations_; }
  const std::vector<Step>& steps() const { return steps_; }

  std::vector<LostItem> lost() const {
    std::vector<LostItem> out;
    if (!semantics_.ruleSet().recovery) return out;
    for (uint32_t h = 0; h < last().hosts.size(); ++h) {
      const std::optional<Handle> ident = waitsFor(h);
      if (!ident) continue;
      const Question asked = question(arena_, last().hosts[h].asked, *ident);
      if (asked.ref == 0 || source(arena_, last(), asked.ref, true) != kNobody) continue;
      LostItem item{h, *ident, asked.ref, {}};
      const Handle d = root(arena_, arena_[asked.ref][0]);
      for (Handle hosts = arena_[asked.ref][1]; hosts != 0; hosts = arena_[hosts][1])
        item.holders.emplace_back(arena_[hosts][0], fate(arena_[hosts][0], d));
      out.push_back(std::move(item));
    }
    return out;
  }

  // "a waits for (a,1): r1 has a frame for it, and waits for (r1,0)"
  std::vector<std::string> waiting() const {
    std::vector<std::string> out;
    for (uint32_t h = 0; h < last().hosts.size(); ++h) {
      const std::optional<Handle> ident = waitsFor(h);
      if (!ident) continue;
      std::string sentence = name(h) + " waits for " + text(arena_, *ident);
      for (uint32_t g = 0; g < last().hosts.size(); ++g) {
        if (!serves(g, h, *ident)) continue;
        const std::optional<Handle> needs = waitsFor(g);
        sentence += ": " + name(g) + " has a frame for it";
        if (needs) sentence += ", and waits for " + text(arena_, *needs);
      }
      out.push_back(std::move(sentence));
    }
    return out;
  }

  // "step 9, R-Failover: a asks r2 for (a,1), because r1 crashed (step 7)"
  std::vector<std::string> again() const {
    std::vector<std::string> out;
    for (size_t i = 0; i < steps_.size(); ++i) {
      const Step& step = steps_[i];
      if (step.rule != Rule::RFailover) continue;
      const Node request = arena_[step.sent.front().message];
      std::string sentence = "step " + std::to_string(i + 1) + ", R-Failover: " + name(step.host) + " asks " +
                             name(step.sent.front().host) + " for " + text(arena_, request[2]);
      for (size_t j = i; j-- > 0;) {
        const bool cause = std::any_of(steps_[j].lost.begin(), steps_[j].lost.end(), [&](const LostRequest& lost) {
          return lost.host == step.host && lost.ident == request[2];
        });
        if (!cause) continue;
        sentence += ", because " + failure(j);
        break;
      }
      out.push_back(std::move(sentence));
    }
    return out;
  }

 private:
  const std::string& name(uint32_t host) const { return arena_.hosts()[host]; }

  std::optional<Handle> waitsFor(uint32_t h) const {
    return last().hosts[h].crashed() ? std::nullopt : awaits(arena_, last().hosts[h]);
  }

  bool serves(uint32_t server, uint32_t host, Handle ident) const {
    if (server == host || last().hosts[server].crashed()) return false;
    for (Handle frame = last().hosts[server].context; frame != 0; frame = outer(arena_, frame)) {
      const Node f = arena_[frame];
      if (f.frameOf() == Tag::Respond && f.hole() == 2 && f[0] == host && f[1] == ident) return true;
    }
    return false;
  }

  // "r1 crashed (step 7)"
  std::string failure(size_t index) const {
    const Step& step = steps_[index];
    const std::string at = " (step " + std::to_string(index + 1) + ")";
    if (step.rule == Rule::FCrash) return name(step.host) + " crashed" + at;
    return name(step.host) + " <- " + shortText(arena_, step.taken, kBrief) + " was lost" + at;
  }

  // What became of the copy of d that h was to have: the first failure that took it.
  std::string fate(uint32_t h, Handle d) const {
    for (size_t i = 0; i < steps_.size(); ++i) {
      const Step& step = steps_[i];
      if (step.host != h) continue;
      if (step.rule == Rule::FCrash) return "crashed (step " + std::to_string(i + 1) + ")";
      if (step.rule == Rule::FDrop && arena_.is(step.taken, Tag::Res) && arena_[step.taken][0] == d)
        return "its copy was lost on the way (step " + std::to_string(i + 1) + ")";
    }
    return last().hosts[h].crashed() ? "had crashed" : "never had it";
  }

  static constexpr uint32_t kBrief = 40;

  Arena& arena_;
  Semantics& semantics_;
  std::vector<Configuration> configurations_;  // one more than steps
  std::vector<Step> steps_;
};

std::string heading(const char* words, const Style& style) { return "\n" + inked(words, Ink::Note, style) + "\n"; }

}  // namespace

std::string faultRunText(Arena& arena, Semantics& semantics, const Configuration& initial, const Schedule& schedule,
                         const Style& style) {
  const FaultRunFacts facts(arena, semantics, initial, schedule);
  std::string out;
  const auto listed = [&](const std::vector<std::string>& sentences) {
    for (const std::string& sentence : sentences) out += "  " + wrapped(sentence, style.width, 4, 2) + "\n";
  };
  for (const LostItem& item : facts.lost()) {
    const Node ref = arena[item.ref];
    const Handle d = root(arena, ref[0]);
    std::string sentence = "nobody has " + text(arena, d) + " any more";
    if (!(arena[ref[0]].is(Tag::Mat)))
      sentence += ", from which " + text(arena, arena.idOf(ref[0])) + " is computed by " +
                  shortText(arena, ref[0], std::max<uint32_t>(style.width, 60) / 2);
    listed({sentence + ":"});
    for (const auto& [h, fate] : item.holders) out += "    " + arena.hosts()[h] + ": " + fate + "\n";
  }
  listed(facts.waiting());
  listed(facts.again());
  const CounterexampleText shown = counterexample(arena, semantics, initial, schedule, style);
  out += heading("the run as a chart", style) + shown.chart;
  if (out.back() != '\n') out += '\n';
  if (facts.lost().empty() && !shown.standstill.empty()) {
    out += heading("where it stands still", style) + shown.standstill;
    if (out.back() != '\n') out += '\n';
  }
  return out + heading("the last configuration, to be given to any verb", style) + shown.configuration +
         (shown.configuration.back() == '\n' ? "" : "\n");
}

boost::json::object faultRunJson(Arena& arena, Semantics& semantics, const Configuration& initial,
                                 const Schedule& schedule) {
  const FaultRunFacts facts(arena, semantics, initial, schedule);
  const std::vector<std::string>& hosts = arena.hosts();
  boost::json::array run;
  for (size_t i = 0; i < facts.steps().size(); ++i)
    run.emplace_back(stepJson(arena, i + 1, facts.configurations()[i], facts.steps()[i]));
  boost::json::array items;
  for (const LostItem& item : facts.lost()) {
    boost::json::array holders;
    for (const auto& [h, fate] : item.holders)
      holders.emplace_back(boost::json::object{{"host", hosts[h]}, {"fate", fate}});
    items.emplace_back(boost::json::object{{"host", hosts[item.host]},
                                           {"awaits", text(arena, item.ident)},
                                           {"item", text(arena, root(arena, arena[item.ref][0]))},
                                           {"lineage", canonicalText(arena, arena[item.ref][0])},
                                           {"holders", std::move(holders)}});
  }
  const auto list = [](const std::vector<std::string>& sentences) {
    boost::json::array out;
    for (const std::string& sentence : sentences) out.emplace_back(sentence);
    return out;
  };
  LiteralOptions options;
  options.recovery = semantics.ruleSet().recovery;
  options.budgets = initial.budget != Budget{};
  for (uint32_t host = 0; host < initial.hosts.size(); ++host)
    if (semantics.mayFail(host)) options.among.push_back(host);
  return {{"schedule", schedule.text()}, {"length", facts.steps().size()},
          {"run", std::move(run)},       {"configuration", literalText(arena, facts.last(), options)},
          {"items", std::move(items)},   {"waiting", list(facts.waiting())},
          {"again", list(facts.again())}};
}

}  // namespace funpass::render
