#include "render/counterexample.hpp"

#include <algorithm>
#include <utility>

#include "lang/raise.hpp"
#include "render/chart.hpp"
#include "render/run_report.hpp"
#include "render/short_text.hpp"
#include "render/step.hpp"

namespace funpass::render {

namespace {

// A run, kept whole: `configurations` has one more than `steps`.
struct Run {
  std::vector<Configuration> configurations;
  std::vector<Step> steps;
  Schedule schedule;

  explicit Run(const Configuration& initial) : configurations{initial} {}
  const Configuration& last() const { return configurations.back(); }
  void take(Arena& arena, const Step& step, uint32_t index) {
    Configuration next = last();
    apply(arena, step, next);
    configurations.push_back(std::move(next));
    steps.push_back(step);
    schedule.add(index);
  }
};

Run replay(Arena& arena, Semantics& semantics, const Configuration& initial, const Schedule& schedule) {
  Run run(initial);
  for (const Schedule::Repeat& repeat : schedule.repeats()) {
    for (uint64_t i = 0; i < repeat.times; ++i) {
      const std::vector<Step> steps = semantics.steps(run.last());
      if (repeat.index >= steps.size()) return run;
      run.take(arena, steps[repeat.index], repeat.index);
    }
  }
  return run;
}

// The same step of another run: the same rule takes the same message at the same host.
bool same(const Step& a, const Step& b) {
  return a.rule == b.rule && a.inner == b.inner && a.host == b.host && a.taken == b.taken;
}

std::vector<Step> ordinary(Semantics& semantics, const Configuration& configuration) {
  std::vector<Step> steps = semantics.steps(configuration);
  steps.erase(std::remove_if(steps.begin(), steps.end(), isFailure), steps.end());
  return steps;
}

bool standsStill(const Arena& arena, Semantics& semantics, const Configuration& configuration) {
  return !isFinal(arena, configuration) && ordinary(semantics, configuration).empty();
}

// ---- without the failures

class Comparison {
 public:
  Comparison(Arena& arena, Semantics& semantics, const Run& failing, const Style& style)
      : arena_(arena), semantics_(semantics), failing_(failing), style_(style), other_(failing.configurations.front()) {
    follow();
  }

  CounterexampleText::Without result() {
    CounterexampleText::Without out;
    out.schedule = other_.schedule;
    if (!other_.steps.empty()) out.chart = chart(arena_, failing_.configurations.front(), other_.steps, style_);
    std::vector<std::string> sentences = loss();
    sentences.push_back(followed());
    if (std::string parting = parts(); !parting.empty()) sentences.push_back(std::move(parting));
    sentences.push_back(ends());
    for (const std::string& sentence : sentences) out.difference += wrapped(sentence, style_.width, 2) + "\n";
    return out;
  }

 private:
  // Takes every ordinary step of the failing run, until one is not there.
  void follow() {
    positions_.push_back(0);
    for (size_t i = 0; i < failing_.steps.size(); ++i) {
      const Step& wanted = failing_.steps[i];
      if (!isFailure(wanted)) {
        const std::vector<Step> steps = semantics_.steps(other_.last());
        const auto found =
            std::find_if(steps.begin(), steps.end(), [&](const Step& step) { return same(step, wanted); });
        if (found == steps.end()) {
          missing_ = i;
          return;
        }
        other_.take(arena_, *found, static_cast<uint32_t>(found - steps.begin()));
      }
      positions_.push_back(other_.steps.size());
    }
  }

  const std::string& name(uint32_t host) const { return arena_.hosts()[host]; }
  std::string message(uint32_t to, Handle m) const {
    return name(to) + " <- " + shortText(arena_, m, std::max<uint32_t>(style_.width, 60) / 2);
  }
  static std::string number(size_t index) { return "step " + std::to_string(index + 1); }

  std::string described(const Step& step) const {
    return ruleName(step) + " at " + name(step.host) +
           (step.taken == 0 ? "" : " (takes " + message(step.host, step.taken) + ")");
  }

  // What the failure did at once: the first place where the two configurations differ.
  std::vector<std::string> loss() const {
    const auto failure = std::find_if(failing_.steps.begin(), failing_.steps.end(), isFailure);
    const auto at = static_cast<size_t>(failure - failing_.steps.begin());
    const Step& step = *failure;
    const HostState& before = failing_.configurations[at].hosts[step.host];
    const std::string where = (at == 0 ? "The two runs differ from the start: "
                                       : "The two runs are the same up to " + number(at - 1) + ". ") +
                              (at == 0 ? "s" : "S") + number(at).substr(1) + ", " + std::string(info(step.rule).name) +
                              ", ";
    if (step.rule == Rule::FDrop) return {where + "loses " + message(step.host, step.taken) + "."};
    if (step.rule == Rule::FDup)
      return {where + "makes a second " + message(step.host, step.sent.front().message) + "."};
    if (step.rule == Rule::FRestart)
      return {where + "starts " + name(step.host) + " again, with nothing in its store."};
    std::string gone = "its term " + shortText(arena_, plugged(before), std::max<uint32_t>(style_.width, 60) / 2);
    const std::vector<Handle> stored = entries(arena_, before.store);
    gone += stored.empty() ? ", its store (which was empty)" : ", its store (";
    for (size_t i = 0; i < stored.size(); ++i) {
      const Node leaf = arena_[stored[i]];
      if (i == kShown) {
        gone += ", and " + std::to_string(stored.size() - i) + " more";
        break;
      }
      gone += (i == 0 ? "" : ", ") + shortText(arena_, leaf[0], kBrief) + " -> " + shortText(arena_, leaf[1], kBrief);
    }
    if (!stored.empty()) gone += ")";
    gone += " and ";
    uint32_t waiting = 0;
    for (const Pending& pending : messages(arena_, before.inbox)) waiting += pending.count;
    gone += waiting == 0 ? "no message" : counted(waiting, "message") + " to it";
    return {where + "takes from " + name(step.host) + " " + gone + "."};
  }

  Handle plugged(const HostState& host) const { return termOf(arena_, host); }

  std::string followed() const {
    const auto failures = static_cast<uint64_t>(std::count_if(failing_.steps.begin(), failing_.steps.end(), isFailure));
    const std::string without = failures == 1 ? "Without the failure" : "Without the failures";
    const uint64_t kept = failing_.steps.size() - failures;
    if (!missing_) {
      return kept == 0 ? without + " there is nothing to follow."
                       : without + (kept == 1 ? " the other step" : " the other " + counted(kept, "step")) +
                             " can be taken just the same.";
    }
    return without + " the other steps can be taken as far as " +
           (*missing_ == 0 ? std::string("the start") : number(*missing_ - 1)) + "; " + number(*missing_) + ", " +
           described(failing_.steps[*missing_]) + ", is not there.";
  }

  // The first configuration after which the hosts cannot take the same steps.
  std::string parts() const {
    for (size_t i = 1; i < positions_.size(); ++i) {
      const std::vector<Step> here = ordinary(semantics_, failing_.configurations[i]);
      const std::vector<Step> there = ordinary(semantics_, other_.configurations[positions_[i]]);
      const auto lacking = [](const std::vector<Step>& from, const std::vector<Step>& in) {
        return std::find_if(from.begin(), from.end(), [&](const Step& step) {
          return std::none_of(in.begin(), in.end(), [&](const Step& other) { return same(step, other); });
        });
      };
      if (const auto step = lacking(there, here); step != there.end()) {
        return "First difference in what can happen, after " + number(i - 1) + ": " + described(*step) +
               " is possible without the failure, and is not with it.";
      }
      if (const auto step = lacking(here, there); step != here.end()) {
        return "First difference in what can happen, after " + number(i - 1) + ": " + described(*step) +
               " is possible only with the failure.";
      }
    }
    return {};
  }

  // How both end: the other run is carried on with each host's first step in turn.
  std::string ends() {
    constexpr uint32_t patience = 10'000;
    Configuration current = other_.last();
    const auto hosts = static_cast<uint32_t>(current.hosts.size());
    uint32_t taken = 0;
    for (uint32_t host = 0, idle = 0; idle < hosts && taken < patience; host = (host + 1) % hosts) {
      const std::optional<Step> step = semantics_.firstStep(current, host);
      idle = step ? 0 : idle + 1;
      if (!step) continue;
      apply(arena_, *step, current);
      ++taken;
    }
    std::string out = taken == 0 ? "Without it the run " : "Carried on, the run without it ";
    if (taken == patience) {
      out += "goes on for more than " + counted(patience, "step");
    } else {
      out += ending(current) + (taken == 0 ? "" : " after " + counted(taken, "more step")) + results(current);
    }
    const Configuration& last = failing_.last();
    return out + "; with it, it " + ending(last) + results(last) + ".";
  }

  std::string ending(const Configuration& configuration) {
    if (isFinal(arena_, configuration)) return "ends final";
    return ordinary(semantics_, configuration).empty() ? "gets stuck" : "has not ended";
  }

  std::string results(const Configuration& configuration) const {
    std::string out;
    for (uint32_t host = 0; host < configuration.hosts.size(); ++host) {
      const Handle result = configuration.hosts[host].result;
      if (result == 0) continue;
      const bool none = arena_.is(result, Tag::NoResult) || arena_.is(result, Tag::NeverResult);
      out += (out.empty() ? ", " : " and ") + name(host) +
             (none ? " without a result" : " = " + shortened(resultText(arena_, result, 2 * kBrief), kBrief));
    }
    return out;
  }

  static constexpr size_t kShown = 4;
  static constexpr uint32_t kBrief = 24;

  Arena& arena_;
  Semantics& semantics_;
  const Run& failing_;
  const Style& style_;
  Run other_;
  std::vector<size_t> positions_;  // per configuration of the failing run the other's, as far as it was followed
  std::optional<size_t> missing_;  // the step that the other run does not have
};

}  // namespace

CounterexampleText counterexample(Arena& arena, Semantics& semantics, const Configuration& initial,
                                  const Schedule& schedule, const Style& style) {
  const Run run = replay(arena, semantics, initial, schedule);
  CounterexampleText out;
  out.length = run.steps.size();
  for (size_t i = 0; i < run.steps.size(); ++i)
    out.steps.push_back(stepText(arena, i + 1, run.configurations[i], run.steps[i], style));
  out.chart = chart(arena, initial, run.steps, style);
  if (standsStill(arena, semantics, run.last())) {
    const std::vector<StuckHost> hosts = stuckHosts(arena, semantics, run.last(), style);
    out.question = questionOf(hosts);
    for (const StuckHost& host : hosts) out.standstill += (out.standstill.empty() ? "" : "\n") + stuckText(host, style);
  }
  LiteralOptions options;
  options.recovery = semantics.ruleSet().recovery;
  options.budgets = initial.budget != Budget{};
  for (uint32_t host = 0; host < initial.hosts.size(); ++host)
    if (semantics.mayFail(host)) options.among.push_back(host);
  out.configuration = literalText(arena, run.last(), options);
  if (std::any_of(run.steps.begin(), run.steps.end(), isFailure))
    out.without = Comparison(arena, semantics, run, style).result();
  return out;
}

std::string counterexampleText(const CounterexampleText& text, const Style& style, uint64_t maxSteps) {
  std::string out;
  const auto part = [&](const std::string& title, const std::string& body) {
    if (body.empty()) return;
    out += (out.empty() ? "" : "\n") + inked(title, Ink::Note, style) + "\n" + body;
    if (out.back() != '\n') out += '\n';
  };
  std::string steps;
  const size_t first = text.steps.size() > maxSteps ? text.steps.size() - maxSteps : 0;
  if (first > 0) steps += "  (" + counted(first, "step") + " before these)\n";
  for (size_t i = first; i < text.steps.size(); ++i) steps += text.steps[i];
  part("the steps", steps);
  part("the same as a chart", text.chart);
  part("where it stands still", text.standstill);
  if (text.without) {
    part("the same schedule without its failures", text.without->difference);
    part("that run as a chart", text.without->chart);
  }
  part("the last configuration, to be given to any verb", text.configuration);
  return out;
}

}  // namespace funpass::render
