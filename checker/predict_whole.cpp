// Questions about all runs of a program: what comes out, and what breaks it.
#include <algorithm>

#include "checker/check.hpp"
#include "checker/equivalence.hpp"
#include "checker/faults.hpp"
#include "checker/predict_parts.hpp"
#include "lang/raise.hpp"

namespace funpass {

namespace {

constexpr uint32_t kTurns = 100'000;
constexpr size_t kChoices = 4, kLongest = 240;

// Values that look like `value` and are not: neighbours of a number, a list with an element less or in another order.
std::vector<Handle> similar(Arena& arena, Handle value) {
  std::vector<Handle> out;
  if (arena.is(value, Tag::Int)) {
    const int64_t n = arena.integerOf(value);
    constexpr int64_t large = int64_t{1} << 60;
    if (n > -large && n < large) out = {arena.integer(n + 1), arena.integer(n - 1), arena.integer(2 * n)};
  } else if (arena.is(value, Tag::Cons)) {
    std::vector<Handle> elements;
    Handle rest = value;
    for (; arena.is(rest, Tag::Cons); rest = arena[rest][1]) elements.push_back(arena[rest][0]);
    const Handle nil = rest;
    const auto made = [&](const std::vector<Handle>& from) {
      Handle list = nil;
      for (size_t i = from.size(); i > 0; --i) list = arena.make(Tag::Cons, from[i - 1], list);
      return list;
    };
    out.push_back(made({elements.begin() + 1, elements.end()}));
    std::reverse(elements.begin(), elements.end());
    out.push_back(made(elements));
  } else if (arena.is(value, Tag::Host)) {
    for (uint32_t host = 0; host < arena.hosts().size(); ++host) out.push_back(arena.make(Tag::Host, host));
  } else if (arena.is(value, Tag::True) || arena.is(value, Tag::False)) {
    out = {arena.boolean(true), arena.boolean(false)};
  }
  if (!arena.is(value, Tag::Unit)) out.push_back(arena.make(Tag::Unit));
  return out;
}

}  // namespace

bool QuestionMaker::result(Question& question) {
  question.inConfiguration = false;
  std::vector<uint32_t> hosts;
  for (uint32_t host = 0; host < program_.initial.hosts.size(); ++host)
    if (program_.initial.hosts[host].result != 0) hosts.push_back(host);
  if (hosts.empty()) return no("no host has an `at` block");
  question.host = hosts[random_.below(static_cast<uint32_t>(hosts.size()))];
  const std::string host = arena_.hosts()[question.host];

  // The run in which hosts take turns: a result, and what lies about in it.
  Configuration last = program_.initial;
  Schedule turns;
  uint32_t next = 0;
  while (turns.size() < kTurns && turn(last, next, turns)) {
  }
  if (turns.size() == kTurns)
    return limit_ = true, reached_ = "steps", no("the run in which hosts take turns is too long");

  Program plain = program_;
  plain.checks.clear();
  CheckOptions options;
  options.rules = options_.rules;
  options.wellFormed = &options_.wellFormed;
  options.mobility = options_.mobility;
  options.failures = {program_.initial.budget, options_.among};
  if (!options_.raw) options.reductions.reset();
  options.limits = options_.limits;
  const CheckReport report = check(arena_, plain, options);

  std::vector<QuestionChoice> right;
  const std::string waits = "it has no result: it waits for ever";
  const bool ends = hasResult(arena_, last.hosts[question.host]);
  if (report.complete) {
    question.several = true;
    for (const ResultReport& one : report.results[question.host])
      right.push_back({.text = one.named, .right = true, .because = "a run ends with it", .schedule = one.schedule});
    if (report.stuck + report.lost > 0) {
      // Somebody waits for ever; whether this host does is seen where it has no result in the end.
      for (const PropertyReport& property : report.properties) {
        if (property.name != "progress" || !property.schedule) continue;
        Configuration at = program_.initial;
        for (const Schedule::Repeat& repeat : property.schedule->repeats())
          for (uint64_t i = 0; i < repeat.times; ++i) apply(arena_, semantics_.steps(at)[repeat.index], at);
        if (hasResult(arena_, at.hosts[question.host]))
          return no("host " + host + " is not the one that waits for ever");
        right.push_back({.text = waits, .right = true, .because = "a run gets stuck", .schedule = property.schedule});
      }
    }
  } else {
    question.underTurns = true;
    right.push_back({.text = ends ? text(arena_, last.hosts[question.host].result) : waits,
                     .right = true,
                     .because = "that is what the run comes to",
                     .schedule = turns});
  }
  std::vector<QuestionChoice> others;
  const auto add = [&](const std::string& shown) {
    const auto same = [&](const QuestionChoice& other) { return other.text == shown; };
    if (shown.size() > kLongest || std::any_of(right.begin(), right.end(), same) ||
        std::any_of(others.begin(), others.end(), same))
      return;
    others.push_back(
        {.text = shown, .because = question.underTurns ? "that run does not end with it" : "no run ends with it"});
  };
  if (ends)
    for (const Handle value : similar(arena_, last.hosts[question.host].result)) add(text(arena_, value));
  for (const HostState& state : last.hosts) {
    if (hasResult(arena_, state)) add(text(arena_, state.result));
    if (state.crashed()) continue;
    for (const Handle leaf : entries(arena_, state.store)) add(text(arena_, arena_[leaf][1]));
  }
  if (others.empty()) add("unit");
  if (!right.empty() && (right.front().text.size() > kLongest)) return no("the result is too long for a question");
  shuffle(right);
  right.resize(std::min(right.size(), kChoices - 1));
  shuffle(others);
  others.resize(std::min(others.size(), kChoices - right.size() - (ends ? 1 : 0)));
  if (std::none_of(right.begin(), right.end(), [&](const auto& one) { return one.text == waits; })) add(waits);
  right.insert(right.end(), others.begin(), others.end());
  shuffle(right);
  question.choices = std::move(right);
  return question.choices.size() > 1;
}

bool QuestionMaker::crash(Question& question) {
  question.inConfiguration = false;
  question.several = true;
  if (program_.initial.hosts.size() > 26) return no("the program has more than 26 hosts");
  Program once = program_;
  once.initial.budget = {.crashes = 1};
  FaultOptions options;
  options.rules = options_.rules;
  options.failures = {once.initial.budget, {}};
  for (uint32_t host = 0; host < once.initial.hosts.size(); ++host)
    if (!once.initial.hosts[host].crashed()) options.failures.among.push_back(host);
  options.maxStates = options_.limits.maxStates;
  options.maxBytes = options_.limits.maxBytes;
  const FaultReport report = faults(arena_, once, options);
  if (!report.complete) {
    limit_ = true;
    reached_ = report.limit;
    return no("not all runs with one crash were explored" + (report.limit == "states" ? "" : ": " + report.limit));
  }
  for (const uint32_t host : options.failures.among) {
    question.choices.push_back({.text = arena_.hosts()[host],
                                .because = "no run with a crash of " + arena_.hosts()[host] + " gets stuck",
                                .host = host});
  }
  for (const uint32_t index : report.broken) {
    const FaultScenario& scenario = report.scenarios[index];
    if (scenario.set.empty()) return no("it breaks without any crash");
    const uint32_t host = report.elements[scenario.set.front()].host;
    for (QuestionChoice& choice : question.choices) {
      if (choice.host != host) continue;
      choice.right = true;
      choice.because = scenario.outcome == FaultOutcome::Lost ? "a run loses data when " + choice.text + " crashes"
                                                              : "a run gets stuck when " + choice.text + " crashes";
      choice.schedule = scenario.run->schedule;
    }
  }
  return !question.choices.empty();
}

}  // namespace funpass
