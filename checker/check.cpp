#include "checker/check.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "checker/equivalence.hpp"
#include "checker/explored.hpp"
#include "lang/raise.hpp"
#include "semantics/recovery.hpp"

namespace funpass {

namespace {

/// Does an identifier occur in the value, other than at the head of a lineage?
bool hasFuture(const Arena& arena, Handle value) {
  std::vector<Handle> todo{value};
  while (!todo.empty()) {
    const Node node = arena[todo.back()];
    todo.pop_back();
    if (node.is(Tag::Ident)) return true;
    for (int k = node.is(Tag::Mat) || node.is(Tag::Applied) ? 1 : 0; k < 3; ++k) {
      if (isHandleField(node, k) && arena[node[k]].hasIdent()) todo.push_back(node[k]);
    }
  }
  return false;
}

std::string joined(const Arena& arena, const std::vector<uint32_t>& hosts) {
  std::string out;
  for (const uint32_t h : hosts) out += ":" + arena.hosts()[h];
  std::replace(out.begin() + (out.empty() ? 0 : 1), out.end(), ':', ',');
  return out;
}

/// Judges the properties of one program.
class Judge {
 public:
  Judge(Arena& arena, const Program& program, const CheckOptions& options)
      : arena_(arena),
        program_(program),
        options_(options),
        limits_(options.limits),
        loadsLineages_(loadsLineages(arena, program)) {
    if (!options.save.write) return;
    limits_.tick = [this](const SearchProgress& progress) {
      const bool goesOn = !options_.limits.tick || options_.limits.tick(progress);
      if (goesOn && options_.save.due(progress.states)) save();
      return goesOn;
    };
  }

  CheckReport operator()() {
    if (options_.resume != nullptr) restore(*options_.resume);
    Explored& first = explored(options_.failures);
    summarize(first);
    if (!options_.properties || !options_.properties->empty()) safe(first);
    for (const Check& check : program_.checks) {
      if (isJudged(options_, kindOf(check))) judge(check);
    }
    const auto left = [&](const PropertyReport& property) {
      return !isJudged(options_, property.name.substr(0, property.name.find(':')));
    };
    if (options_.properties) std::erase_if(report_.properties, left);
    if (options_.save.write && unsaved_) save();
    return std::move(report_);
  }

  std::unique_ptr<Explored> takeFirst() { return std::move(explored_.front()); }

 private:
  Explored& explored(const FailureBudget& failures) {
    return explored(failures, options_.reductions.value_or(defaultReductions(failures.budget)));
  }

  Explored& explored(const FailureBudget& failures, ReductionSet reductions,
                     uint64_t maxStates = std::numeric_limits<uint64_t>::max()) {
    if (loadsLineages_) reductions = {};
    const auto isIt = [&](const auto& known) {
      return known->failures() == failures && known->reductions() == reductions;
    };
    const auto done = std::find_if(explored_.begin(), explored_.end(), isIt);
    if (done != explored_.end()) return **done;
    const auto saved = std::find_if(restored_.begin(), restored_.end(), isIt);
    if (saved == restored_.end()) {
      explored_.push_back(std::make_unique<Explored>(arena_, program_, options_, failures, reductions));
    } else {
      explored_.push_back(std::move(*saved));
      restored_.erase(saved);
    }
    Explored& next = *explored_.back();
    const uint32_t before = next.finished();
    SearchLimits limits = limits_;
    limits.maxStates = std::min(limits.maxStates, maxStates);
    next.explore(limits);
    report_.goesOn = report_.goesOn || (next.goesOn() && next.graph().states.size() < maxStates);
    unsaved_ = unsaved_ || explored_.size() == 1 || next.finished() > before;
    // Now if this took long or may not be seen to its end: what follows can take long too.
    if (options_.save.write && unsaved_ && (!next.complete() || options_.save.due(next.graph().states.size()))) {
      save();
    }
    return next;
  }

  // ---- saving: the explorations of this run, then those that it has not come to yet

  void save() {
    options_.save.write(explored_.back()->graph().states.size(), [&](Writer& out) {
      funpass::save(out, arena_);
      out.put(uint64_t{explored_.size() + restored_.size()});
      for (const auto* list : {&explored_, &restored_}) {
        for (const auto& each : *list) {
          out.put(each->failures().budget);
          out.put(each->failures().among);
          out.put(each->reductions());
          each->save(out);
        }
      }
    });
    unsaved_ = false;
  }

  void restore(Reader& in) {
    funpass::restore(in, arena_);
    for (size_t n = in.length(1); n > 0; --n) {
      FailureBudget failures;
      in.get(failures.budget);
      in.get(failures.among);
      const auto reductions = in.take<ReductionSet>();
      restored_.push_back(std::make_unique<Explored>(arena_, program_, options_, failures, reductions));
      restored_.back()->restore(in);
    }
    in.end();
  }

  /// The raw graph in place of a reduced one, as far as it is small.
  Explored& raw(Explored& e) {
    constexpr uint64_t most = 100'000;
    return e.reductions().empty() ? e : explored(e.failures(), {}, most);
  }

  /// Where something is wrong, the raw graph has the shortest run to it, if it is small. Where a run has no end,
  /// `quiet` and its like may put off a host's steps for ever: then, too, an exploration that has every step.
  Explored& forSafety(Explored& e, bool endless) {
    if (!e.illFormed() && !e.immobile()) return endless ? raw(e) : e;
    Explored& all = raw(e);
    const bool same = static_cast<bool>(all.illFormed()) == static_cast<bool>(e.illFormed()) &&
                      static_cast<bool>(all.immobile()) == static_cast<bool>(e.immobile());
    return same ? all : e;
  }

  /// Where ≈ compares identifiers as they are: an exploration that does not rename them. Reductions that were asked for
  /// by name stay.
  Explored& withNames(Explored& e) {
    if (options_.reductions || !e.reductions().has(Reduction::Names) || !namesMatter(e)) return e;
    return explored(e.failures(), {Reduction::Local, Reduction::Sends, Reduction::Quiet, Reduction::Values,
                                   Reduction::Answers, Reduction::Determinate});
  }

  /// May a result hold an identifier that ≈ does not look through: a future, or one of a reference whose data is gone?
  bool namesMatter(Explored& e) {
    const bool gone = e.failures().budget != Budget{} || !options_.mobility || program_.literal;
    for (const uint32_t state : e.finals()) {
      for (const HostState& host : e.configuration(state).hosts) {
        if (arena_[host.result].hasIdent() && (gone || hasFuture(arena_, host.result))) return true;
      }
    }
    return false;
  }

  PropertyReport& property(std::string name, const Explored& in, const char* means = "") {
    PropertyReport& added = report_.properties.emplace_back();
    added.name = std::move(name);
    added.failures = in.failures();
    added.states = in.graph().states.size();
    added.complete = in.complete();
    added.verdict = in.complete() ? Verdict::Holds : Verdict::Unknown;
    added.message = in.complete() ? means : "not all was explored: " + in.limit();
    return added;
  }

  static void violate(PropertyReport& property, std::string message, std::optional<Schedule> schedule) {
    property.verdict = Verdict::Violated;
    property.message = std::move(message);
    property.schedule = std::move(schedule);
  }

  static void violate(PropertyReport& property, Explored& in, const Offence& offence) {
    violate(property, offence.message, in.scheduleTo(offence));
    property.canonical = offence.canonical;
  }

  void summarize(Explored& e) {
    report_.complete = e.complete();
    report_.limit = e.limit();
    report_.states = e.graph().states.size();
    report_.transitions = e.graph().transitions;
    report_.finals = e.finals().size();
    report_.stuck = e.stuck().size();
    report_.depth = e.graph().depth;
    report_.failures = e.failures();
    report_.recovery = options_.rules.recovery;
    report_.reductions = e.effective();
    report_.rules = e.rules();
    for (const uint32_t state : e.stuck()) report_.lost += e.isLost(state) ? 1 : 0;
    report_.results.resize(program_.terms.size());
    std::vector<std::map<std::string, uint32_t>> first(program_.terms.size());
    std::vector<bool> missing(program_.terms.size(), false);
    for (const uint32_t state : e.finals()) {
      const Configuration last = e.configuration(state);
      for (size_t h = 0; h < last.hosts.size(); ++h) {
        if (last.hosts[h].result == 0) continue;
        if (!hasResult(arena_, last.hosts[h])) {
          missing[h] = true;
        } else {
          first[h].emplace(canonicalText(arena_, last.hosts[h].result), state);
        }
      }
    }
    for (uint32_t h = 0; h < first.size(); ++h) {
      std::set<std::string> texts;  // two that a reduction names differently may be one
      for (const auto& [name, state] : first[h]) {
        const ReducedModel::RawRun& run = e.runTo(state);
        const Handle value = run.last.hosts[h].result;
        const std::string canonical = canonicalText(arena_, value);
        if (!texts.insert(canonical).second) continue;
        report_.results[h].push_back({canonical, run.schedule, text(arena_, value)});
      }
      std::sort(report_.results[h].begin(), report_.results[h].end(), [](const ResultReport& a, const ResultReport& b) {
        return std::pair(a.text.size(), a.text) < std::pair(b.text.size(), b.text);
      });
      if (missing[h]) report_.noResult.push_back(h);
    }
  }

  // ---- subject reduction, lineage mobility, progress, finite materialization

  void safe(Explored& e) {
    const uint32_t cycle = isJudged(options_, "finite-materialization") ? e.onCycle() : kNoState;
    Explored& all = forSafety(e, cycle != kNoState);
    PropertyReport& reduction =
        property("subject-reduction", all, "every step keeps every host, store and message well typed");
    if (all.illFormed()) violate(reduction, all, all.illFormed());
    PropertyReport& mobility =
        property("lineage-mobility", all, "whatever is sent from host to host makes sense on every host");
    if (all.immobile()) violate(mobility, all, all.immobile());
    PropertyReport& progress =
        property("progress", e, "no run gets stuck: while a host has no value, some step is possible");
    standsStill(progress, e, false);
    PropertyReport& finite =
        property("finite-materialization", e, "no run goes on for ever, and whatever a host waits for arrives");
    if (cycle == kNoState) return standsStill(finite, e, true);
    violate(finite, "there is a run without end: this configuration is reached again and again", e.scheduleTo(cycle));
  }

  /// The first stuck state; with `bugs` the first that is not lost data.
  static std::optional<uint32_t> firstStuck(Explored& e, bool bugs) {
    const auto found =
        std::find_if(e.stuck().begin(), e.stuck().end(), [&](uint32_t state) { return !bugs || !e.isLost(state); });
    return found == e.stuck().end() ? std::nullopt : std::optional(*found);
  }

  /// Violates the property if there is a stuck state, by a shortest run if the raw graph is small.
  void standsStill(PropertyReport& report, Explored& e, bool bugs) {
    const std::optional<uint32_t> reduced = firstStuck(e, bugs);
    if (!reduced) return;
    Explored& all = raw(e);
    const std::optional<uint32_t> state = firstStuck(all, bugs);
    Explored& in = state ? all : e;
    violate(report, stuckMessage(in, state.value_or(*reduced)), in.scheduleTo(state.value_or(*reduced)));
  }

  std::string stuckMessage(Explored& e, uint32_t state) {
    const Configuration& configuration = e.runTo(state).last;
    std::string out = e.isLost(state) ? "data is lost" : "stuck";
    const char* separator = ": ";
    for (uint32_t h = 0; h < configuration.hosts.size(); ++h) {
      const std::optional<Handle> ident = awaits(arena_, configuration.hosts[h]);
      if (!ident) continue;
      out += separator + ("host " + arena_.hosts()[h] + " waits for ") + text(arena_, *ident) + " for ever";
      separator = ", ";
      const Question asked = question(arena_, configuration.hosts[h].asked, *ident);
      if (asked.ref == 0 || source(arena_, configuration, asked.ref, true) != kNobody) continue;
      const Handle lost = root(arena_, arena_[asked.ref][0]);
      out += lost == *ident ? ", which no live host has"
                            : ", made from " + text(arena_, lost) + ", which no live host has";
    }
    return out;
  }

  // ---- the program's checks

  void judge(const Check& check) {
    switch (check.kind) {
      case Check::Kind::Safe: return;
      case Check::Kind::Confluent: return confluent(withNames(explored(options_.failures)));
      case Check::Kind::Result:
      case Check::Kind::ResultIn: return result(check, explored(options_.failures));
      case Check::Kind::Reaches: return reaches(check, explored(options_.failures));
      case Check::Kind::Resilient: return resilient(check, explored(budgetOf(check)));
      case Check::Kind::Transparent: return transparent(check, withNames(explored(budgetOf(check))));
    }
  }

  static const char* kindOf(const Check& check) {
    switch (check.kind) {
      case Check::Kind::Safe: return "progress";
      case Check::Kind::Confluent: return "confluence";
      case Check::Kind::Result:
      case Check::Kind::ResultIn: return "result";
      case Check::Kind::Reaches: return "reaches";
      case Check::Kind::Resilient: return "resilient";
      case Check::Kind::Transparent: return "transparent";
    }
    return "";
  }

  static FailureBudget budgetOf(const Check& check) {
    FailureBudget failures;
    failures.budget.crashes = check.crashes;
    failures.among = check.among;
    return failures;
  }

  /// The first final state that `wrong` says is wrong, and where: in the raw graph, which has the shortest run to it,
  /// if it is small.
  template <typename Wrong>
  std::pair<Explored*, std::optional<uint32_t>> firstWrong(Explored& e, Wrong wrong) {
    const auto in = [&](Explored& each) -> std::optional<uint32_t> {
      const auto found =
          std::find_if(each.finals().begin(), each.finals().end(), [&](uint32_t state) { return wrong(each, state); });
      return found == each.finals().end() ? std::nullopt : std::optional(*found);
    };
    const std::optional<uint32_t> reduced = in(e);
    if (!reduced) return {&e, reduced};
    Explored& all = raw(e);
    const std::optional<uint32_t> state = in(all);
    return state ? std::pair{&all, state} : std::pair{&e, reduced};
  }

  void confluent(Explored& e) {
    PropertyReport& report = property("confluence", e, "however the steps are interleaved, the results are the same");
    const auto [in, state] = firstWrong(e, [&](Explored& each, uint32_t last) {
      return !sameResults(arena_, each.configuration(each.finals().front()), each.configuration(last), false);
    });
    if (!state) return;
    violate(report, "two final configurations have different results", in->scheduleTo(*state));
    report.other = in->scheduleTo(in->finals().front());
  }

  /// The value of a check's closed term at a host: local steps alone. 0 if they lead to none, or to a limit.
  Handle evaluated(Explored& e, uint32_t host, Handle term) {
    std::vector<Handle> terms(program_.terms.size(), 0);
    terms[host] = term;
    constexpr int most = 1'000'000;
    try {
      Configuration alone = initialConfiguration(arena_, terms);
      for (int n = 0; n < most && !isValue(arena_, alone.hosts[host]); ++n) {
        const std::optional<Step> step = e.semantics().firstStep(alone, host);
        if (!step || step->rule != Rule::RLocal) return 0;
        apply(arena_, *step, alone);
      }
      return isValue(arena_, alone.hosts[host]) ? alone.hosts[host].focus : 0;
    } catch (const LimitReached&) {
      return 0;
    }
  }

  /// Is there a term whose value is not known? Then nothing is known of the property.
  static bool hasNoValue(const std::vector<Handle>& values, PropertyReport& report) {
    if (std::find(values.begin(), values.end(), 0) == values.end()) return false;
    report.verdict = Verdict::Unknown;
    report.message = "the check's term does not reach a value by local steps";
    return true;
  }

  void result(const Check& check, Explored& e) {
    PropertyReport& report = property("result:" + arena_.hosts()[check.host], e);
    std::vector<Handle> wanted;
    for (const Handle term : check.terms) wanted.push_back(evaluated(e, check.host, term));
    if (hasNoValue(wanted, report)) return;
    const auto [in, state] = firstWrong(e, [&](Explored& each, uint32_t last) {
      const Handle got = each.configuration(last).hosts[check.host].result;
      return std::find(wanted.begin(), wanted.end(), got) == wanted.end();
    });
    if (!state) return;
    const Handle shown = in->runTo(*state).last.hosts[check.host].result;
    if (!arena_[shown].isValue()) {
      return violate(report, arena_.hosts()[check.host] + " ends without a result", in->scheduleTo(*state));
    }
    violate(report, "the result is " + text(arena_, shown) + ", not " + text(arena_, wanted.front()),
            in->scheduleTo(*state));
    report.canonical =
        "the result is " + canonicalText(arena_, shown) + ", not " + canonicalText(arena_, wanted.front());
  }

  void reaches(const Check& check, Explored& e) {
    PropertyReport& report = property("reaches:" + arena_.hosts()[check.host], e);
    const Handle wanted = evaluated(e, check.host, check.terms.front());
    if (hasNoValue({wanted}, report)) return;
    for (const uint32_t state : e.finals()) {
      if (e.configuration(state).hosts[check.host].result != wanted) continue;
      report.verdict = Verdict::Holds;
      report.message = "reached by the schedule";
      report.schedule = e.scheduleTo(state);
      return;
    }
    if (e.complete()) violate(report, "no final configuration has it", std::nullopt);
  }

  void resilient(const Check& check, Explored& e) {
    PropertyReport& report = property("resilient:" + std::to_string(check.crashes) + joined(arena_, check.among), e);
    standsStill(report, e, false);
  }

  void transparent(const Check& check, Explored& e) {
    PropertyReport& report = property("transparent:" + std::to_string(check.crashes) + joined(arena_, check.among), e);
    std::vector<Configuration> without;
    for (const uint32_t state : e.finals()) {
      Configuration last = e.configuration(state);
      if (last.budget == e.failures().budget) without.push_back(std::move(last));
    }
    if (!e.complete()) return;
    const auto [in, state] = firstWrong(e, [&](Explored& each, uint32_t number) {
      const Configuration last = each.configuration(number);
      return last.budget != e.failures().budget &&
             std::none_of(without.begin(), without.end(),
                          [&](const Configuration& c) { return sameResults(arena_, last, c, true); });
    });
    if (!state) return;
    violate(report, resultsOf(in->runTo(*state).last) + ": reached with failures only", in->scheduleTo(*state));
  }

  std::string resultsOf(const Configuration& last) {
    std::string out;
    for (uint32_t h = 0; h < last.hosts.size(); ++h) {
      if (!hasResult(arena_, last.hosts[h])) continue;
      out += (out.empty() ? "" : ", ") + arena_.hosts()[h] + " = " + text(arena_, last.hosts[h].result);
    }
    return out;
  }

  Arena& arena_;
  const Program& program_;
  const CheckOptions& options_;
  SearchLimits limits_;
  bool loadsLineages_;
  std::vector<std::unique_ptr<Explored>> explored_;
  std::vector<std::unique_ptr<Explored>> restored_;  // not yet gone on with
  bool unsaved_ = false;
  CheckReport report_;
};

}  // namespace

const std::vector<std::string>& propertyKinds() {
  static const std::vector<std::string> kinds = {
      "subject-reduction", "lineage-mobility", "progress",   "finite-materialization", "confluence", "result",
      "reaches",           "resilient",        "transparent"};
  return kinds;
}

bool isJudged(const CheckOptions& options, const std::string& kind) {
  return !options.properties ||
         std::find(options.properties->begin(), options.properties->end(), kind) != options.properties->end();
}

CheckReport check(Arena& arena, const Program& program, const CheckOptions& options) {
  return Judge(arena, program, options)();
}

CheckReport check(Arena& arena, const Program& program, const CheckOptions& options, std::unique_ptr<Explored>& first) {
  Judge judge(arena, program, options);
  CheckReport report = judge();
  first = judge.takeFirst();
  return report;
}

}  // namespace funpass
