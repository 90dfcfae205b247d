#include "checker/exercise.hpp"

#include <algorithm>
#include <array>
#include <list>
#include <memory>
#include <set>

#include "checker/mutants.hpp"
#include "lang/raise.hpp"
#include "semantics/run.hpp"
#include "typecheck/elaborate.hpp"

namespace funpass {

namespace {

using State = DemandReport::State;

// What a demand can say of a program's text, and the node that it is.
constexpr std::array<std::pair<std::string_view, Tag>, 13> kConstructs = {{{"spore", Tag::Spore},
                                                                           {"capture", Tag::Entry},
                                                                           {"populate", Tag::Populate},
                                                                           {"apply", Tag::Apply},
                                                                           {"send", Tag::Send},
                                                                           {"await", Tag::Await},
                                                                           {"respond", Tag::Respond},
                                                                           {"currentHost", Tag::Here},
                                                                           {"map", Tag::Map},
                                                                           {"filter", Tag::Filter},
                                                                           {"flatMap", Tag::FlatMap},
                                                                           {"fold", Tag::Fold},
                                                                           {"sortBy", Tag::SortBy}}};

constexpr std::array<std::string_view, 4> kSafe = {"subject-reduction", "lineage-mobility", "progress",
                                                   "finite-materialization"};

std::string name(std::string_view text) { return std::string(text); }

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> parts;
  while (!list.empty()) {
    const size_t end = std::min(list.find(','), list.size());
    parts.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return parts;
}

std::optional<uint32_t> hostNamed(const Arena& arena, std::string_view name) {
  const auto found = std::find(arena.hosts().begin(), arena.hosts().end(), name);
  if (found == arena.hosts().end()) return std::nullopt;
  return static_cast<uint32_t>(found - arena.hosts().begin());
}

// The nodes of this tag in these terms.
std::vector<Handle> occurrences(const Arena& arena, std::vector<Handle> open, Tag tag) {
  std::vector<Handle> found;
  std::set<Handle> met;
  while (!open.empty()) {
    const Handle node = open.back();
    open.pop_back();
    if (node == 0 || !met.insert(node).second) continue;
    if (arena.is(node, tag)) found.push_back(node);
    for (int k = 0; k < 3; ++k)
      if (isHandleField(arena[node], k)) open.push_back(arena[node].field[static_cast<size_t>(k)]);
  }
  return found;
}

// The answer as the setting has it; nothing if the literal to replace is not in it.
std::optional<surface::Tree> changed(surface::Tree tree, const ExerciseSetting& setting) {
  const auto nodes = static_cast<surface::Index>(tree.nodes.size());
  bool replaced = setting.literal == setting.replaced;
  for (surface::Index i = 0; i < nodes; ++i) {
    if (setting.literal != setting.replaced && tree.kind(i) == surface::Kind::Int && tree[i].value == setting.literal) {
      tree.nodes[i].value = setting.replaced;
      replaced = true;
    }
    if (!setting.argument || tree.kind(i) != surface::Kind::At) continue;
    // A body of one term is that term and no block.
    const bool block = tree.kind(tree.child(i, 0)) == surface::Kind::Block;
    const surface::Node& holder = tree[block ? tree.child(i, 0) : i];
    const size_t last = holder.first + holder.count - 1;
    const Span span = tree[tree.kids[last]].span;
    const surface::Index argument = tree.add(surface::Kind::Int, span, {}, {}, *setting.argument);
    const surface::Index call = tree.add(surface::Kind::Call, span, {tree.kids[last], argument});
    tree.kids[last] = call;
  }
  if (!replaced) return std::nullopt;
  return tree;
}

// What hosts did in the run in which they take turns, by host.
struct Turns {
  RunResult run;
  std::vector<RuleCounts> rules;
  std::vector<std::set<std::string>> data;  // that they are sent
};

// The answer, loaded under one setting; explored when that is first asked for.
class Case {
 public:
  /// `raw`: every configuration is looked at.
  Case(const Source& source, const surface::Tree& tree, const ExerciseSetting& setting, bool raw,
       const GradeOptions& options)
      : source_(source), tree_(changed(tree, setting)), setting_(setting), raw_(raw), options_(options) {
    rules_ = rules(true, setting.recovery);
    if (const Mutant* mutant = mutantNamed(setting.mutant)) mutant->putInto(rules_, types_, wellFormed_);
    if (!tree_) missing_ = "it does not have the integer " + std::to_string(setting.literal) + " in it";
    if (!tree_) tree_ = tree;
    program_ = load(arena_);
    if (!program_) return;
    program_->checks = {{.kind = Check::Kind::Confluent}};
    program_->initial.budget = setting.failures;
    for (const std::string& host : split(setting.among)) {
      if (!hostNamed(arena_, host)) missing_ = "it does not declare host " + host;
    }
  }

  const ExerciseSetting& setting() const { return setting_; }
  Arena& arena() { return arena_; }
  const std::optional<Program>& program() const { return program_; }
  const Diagnostics& problems() const { return problems_; }
  /// What the setting speaks of and the answer lacks, in words; empty: nothing.
  const std::string& missing() const { return missing_; }

  const CheckReport& report() {
    if (report_) return *report_;
    CheckOptions options;
    options.rules = rules_;
    options.wellFormed = &wellFormed_;
    options.mobility = setting_.mobility;
    options.reductions.reset();
    if (raw_) options.reductions.emplace();
    options.failures.budget = setting_.failures;
    options.failures.among = program_->among;
    if (!setting_.among.empty()) {
      options.failures.among.clear();
      for (const std::string& host : split(setting_.among)) options.failures.among.push_back(*hostNamed(arena_, host));
      std::sort(options.failures.among.begin(), options.failures.among.end());
    }
    options.limits = options_.limits;
    return report_.emplace(check(arena_, *program_, options));
  }

  /// The run in which hosts take turns.
  const Turns& turns() {
    if (turns_) return *turns_;
    auto arena = std::make_unique<Arena>(std::vector<std::string>(), options_.maxNodes);
    std::optional<Program> program = load(*arena);
    World world(std::move(arena), std::move(*program), rules_);
    Turns& turns = turns_.emplace();
    turns.rules.resize(world.arena().hosts().size());
    turns.data.resize(turns.rules.size());
    RunOptions run;
    run.maxSteps = options_.maxSteps;
    run.trace = [&](uint64_t, const Configuration&, const Step& step, const Configuration&) {
      countRules(step, turns.rules[step.host]);
      for (const Sent& sent : step.sent)
        if (world.arena().is(sent.message, Tag::Res))
          turns.data[sent.host].insert(text(world.arena(), world.arena()[sent.message][1]));
    };
    turns.run = world.run(run);
    return turns;
  }

 private:
  std::optional<Program> load(Arena& arena) {
    LoadOptions options;
    options.rules = &types_;
    options.mobility = setting_.mobility;
    options.allowFiles = options_.allowFiles;
    options.folder = options_.folder;
    problems_.clear();
    std::optional<Program> program = elaborate(arena, source_, *tree_, options, problems_);
    if (program && program->literal) {
      problems_.push_back({"exercise",
                           std::nullopt,
                           "an answer is a program, and this is a configuration",
                           {},
                           "begin with a line `host a`"});
    }
    if (!problems_.empty()) program.reset();
    if (program) program->recovery = setting_.recovery;
    if (program && !setting_.recovery)
      for (HostState& host : program->initial.hosts) host.asked = 0;
    return program;
  }

  const Source& source_;
  std::optional<surface::Tree> tree_;
  ExerciseSetting setting_;
  bool raw_;
  const GradeOptions& options_;
  RuleSet rules_;
  TypeRules types_ = typeRules();
  WfRules wellFormed_ = wfRules();
  Arena arena_{std::vector<std::string>(), options_.maxNodes};
  std::optional<Program> program_;
  Diagnostics problems_;
  std::string missing_;
  std::optional<CheckReport> report_;
  std::optional<Turns> turns_;
};

DemandReport met(std::string message = {}, std::optional<Schedule> schedule = {}) {
  return {nullptr, State::Met, std::move(message), std::move(schedule)};
}
DemandReport unmet(std::string message, std::optional<Schedule> schedule = {}) {
  return {nullptr, State::Unmet, std::move(message), std::move(schedule)};
}
DemandReport unknown(const CheckReport& report) {
  return {nullptr, State::Unknown, "not known: a limit was reached: " + report.limit, std::nullopt};
}

std::string firstProblem(const Diagnostics& problems) {
  return problems.empty() ? std::string() : problems.front().rule + ": " + problems.front().message;
}

DemandReport ofHosts(Case& answer, const Demand& demand) {
  std::vector<std::string> wanted(demand.values.begin(), demand.values.end());
  std::vector<std::string> declared = answer.arena().hosts();
  std::sort(wanted.begin(), wanted.end());
  std::sort(declared.begin(), declared.end());
  if (wanted == declared) return met();
  std::string has;
  for (const std::string& host : answer.arena().hosts()) has += (has.empty() ? "" : ", ") + host;
  return unmet("it declares " + has);
}

DemandReport ofText(Case& answer, const Demand& demand) {
  const auto* const row = std::find_if(kConstructs.begin(), kConstructs.end(),
                                       [&](const auto& construct) { return construct.first == demand.what; });
  if (row == kConstructs.end()) return unmet("there is no such construct");
  const bool found = !occurrences(answer.arena(), answer.program()->terms, row->second).empty();
  if (found == (demand.kind == Demand::Kind::Uses)) return met();
  return unmet(found ? "it is there" : "it is not there");
}

DemandReport ofNames(Case& answer) {
  const Arena& arena = answer.arena();
  const std::vector<Handle> spores = occurrences(arena, answer.program()->terms, Tag::Spore);
  std::vector<Handle> named = occurrences(arena, spores, Tag::Host);
  if (named.empty()) named = occurrences(arena, spores, Tag::Respond);
  return named.empty() ? met() : unmet("one names " + text(arena, named.front()));
}

DemandReport ofData(Case& answer, const Demand& demand, uint32_t host) {
  const Turns& turns = answer.turns();
  if (turns.run.end == RunResult::End::Limit)
    return {nullptr, State::Unknown, "not known: a limit was reached: " + turns.run.limit, {}};
  const std::set<std::string>& sent = turns.data[host];
  const std::set<std::string> wanted(demand.values.begin(), demand.values.end());
  if (sent == wanted) return met();
  std::string found;
  for (const std::string& one : sent) found += (found.empty() ? "" : ", ") + one;
  return unmet("it is sent " + (found.empty() ? "none" : found), turns.run.schedule);
}

DemandReport ofType(Case& answer, const Demand& demand, uint32_t host) {
  const Handle type = answer.program()->types[host];
  if (type == 0) return unmet("host " + name(demand.what) + " has no `at` block");
  const std::string found = text(answer.arena(), type);
  return found == demand.values[0] ? met() : unmet("it is " + found);
}

const PropertyReport* property(const CheckReport& report, std::string_view name) {
  for (const PropertyReport& property : report.properties)
    if (property.name == name) return &property;
  return nullptr;
}

// A run after which the host has no result.
DemandReport withoutResult(const CheckReport& report, std::string_view host) {
  const PropertyReport* progress = property(report, "progress");
  if (progress != nullptr && progress->verdict == Verdict::Violated)
    return unmet("a run gets stuck: " + progress->message, progress->schedule);
  return unmet("host " + name(host) + " has no result in some run");
}

DemandReport ofResults(Case& answer, const Demand& demand, uint32_t host) {
  const CheckReport& report = answer.report();
  const bool all = demand.kind != Demand::Kind::Reaches;
  std::set<std::string_view> missing(demand.values.begin(), demand.values.end());
  std::optional<Schedule> shown;
  for (const ResultReport& result : report.results[host]) {
    const bool wanted = missing.erase(result.text) > 0;
    if (wanted && !shown) shown = result.schedule;
    if (!wanted && all) return unmet("the result of " + name(demand.what) + " can be " + result.named, result.schedule);
  }
  const bool isEver = answer.program()->terms[host] != 0;
  if (!isEver) return unmet("host " + name(demand.what) + " has no `at` block");
  const bool stuck = report.stuck + report.lost > 0;
  const bool none = std::find(report.noResult.begin(), report.noResult.end(), host) != report.noResult.end();
  if (all && (stuck || none)) return withoutResult(report, demand.what);
  if (all && !report.complete) return unknown(report);
  if (missing.empty()) return met({}, demand.kind == Demand::Kind::Reaches ? shown : std::nullopt);
  if (!report.complete) return unknown(report);
  std::string found;
  for (const ResultReport& result : report.results[host]) found += (found.empty() ? "" : ", ") + result.named;
  return unmet("no run has the result " + name(*missing.begin()) +
               (found.empty() ? "; there is no result at all" : "; there is " + found));
}

DemandReport ofProperty(Case& answer, const Demand& demand) {
  const CheckReport& report = answer.report();
  const bool holds = demand.kind == Demand::Kind::Holds;
  const bool safe = demand.what == "safe";
  bool decided = report.complete;
  for (const std::string_view one : kSafe) {
    const PropertyReport* judged = property(report, safe ? one : demand.what);
    if (judged == nullptr) return unmet("there is no such property");
    const std::string why = judged->name + " is violated" + (judged->message.empty() ? "" : ": " + judged->message);
    if (judged->verdict == Verdict::Violated) return holds ? unmet(why, judged->schedule) : met(why, judged->schedule);
    decided = decided && judged->verdict != Verdict::Unknown;
    if (!safe) break;
  }
  if (!decided) return unknown(report);
  return holds ? met() : unmet(safe ? "all properties hold" : name(demand.what) + " holds");
}

DemandReport ofRule(Case& answer, const Demand& demand) {
  const std::optional<Rule> rule = ruleNamed(name(demand.what));
  if (!rule) return unmet("there is no such rule");
  if (demand.kind == Demand::Kind::Counts) {
    const RunResult& run = answer.turns().run;
    const std::optional<uint32_t> host = hostNamed(answer.arena(), demand.host);
    if (!demand.host.empty() && !host) return unmet("it does not declare host " + name(demand.host));
    const RuleCounts& rules = host ? answer.turns().rules[*host] : run.rules;
    const uint64_t count = rules[static_cast<size_t>(*rule)];
    if (run.end == RunResult::End::Limit)
      return {nullptr, State::Unknown, "not known: a limit was reached: " + run.limit, {}};
    if (count >= demand.least && count <= demand.most) return met();
    return unmet("it is applied " + std::to_string(count) + (count == 1 ? " time" : " times"), run.schedule);
  }
  const CheckReport& report = answer.report();
  const bool fires = report.rules[static_cast<size_t>(*rule)] > 0;
  if (!fires && !report.complete) return unknown(report);
  if (fires == (demand.kind == Demand::Kind::Fires)) return met();
  return unmet(fires ? "it is applied in some run" : "it is applied in no run");
}

DemandReport ofRefusal(Case& answer, const Demand& demand) {
  if (answer.problems().empty()) return unmet("it is accepted");
  for (const Diagnostic& problem : answer.problems())
    if (problem.rule != demand.what) return unmet("another rule refuses it: " + problem.rule + ": " + problem.message);
  return met(firstProblem(answer.problems()));
}

DemandReport judge(Case& answer, const Demand& demand) {
  using Kind = Demand::Kind;
  if (demand.kind == Kind::Refused) return ofRefusal(answer, demand);
  if (!answer.program()) return unmet("it is refused by " + firstProblem(answer.problems()));
  if (!answer.missing().empty()) return unmet(answer.missing());
  std::optional<uint32_t> host = 0;
  const bool ofHost = demand.kind == Kind::Type || demand.kind == Kind::Result || demand.kind == Kind::Results ||
                      demand.kind == Kind::Reaches || demand.kind == Kind::Sent;
  if (ofHost) host = hostNamed(answer.arena(), demand.what);
  if (!host) return unmet("it does not declare host " + name(demand.what));
  try {
    switch (demand.kind) {
      case Kind::Hosts: return ofHosts(answer, demand);
      case Kind::Uses:
      case Kind::Avoids: return ofText(answer, demand);
      case Kind::NoHosts: return ofNames(answer);
      case Kind::Sent: return ofData(answer, demand, *host);
      case Kind::Type: return ofType(answer, demand, *host);
      case Kind::Result:
      case Kind::Results:
      case Kind::Reaches: return ofResults(answer, demand, *host);
      case Kind::Holds:
      case Kind::Violated: return ofProperty(answer, demand);
      case Kind::Fires:
      case Kind::Never:
      case Kind::Counts: return ofRule(answer, demand);
      case Kind::Refused: break;
    }
  } catch (const LimitReached& limit) {
    return {nullptr, State::Unknown, "not known: a limit was reached: " + limit.what, {}};
  }
  return ofRefusal(answer, demand);
}

}  // namespace

const Exercise* exerciseNumbered(std::string_view number) {
  const auto found = std::find_if(exercises().begin(), exercises().end(),
                                  [&](const Exercise& exercise) { return exercise.number == number; });
  return found == exercises().end() ? nullptr : &*found;
}

Grade grade(const Source& answer, const surface::Tree& tree, const Exercise& exercise, const GradeOptions& options) {
  Grade grade;
  std::list<Case> cases;
  const auto caseOf = [&](const ExerciseSetting& setting) -> Case& {
    const auto found =
        std::find_if(cases.begin(), cases.end(), [&](const Case& one) { return one.setting() == setting; });
    if (found != cases.end()) return *found;
    // Why a reduction is sound was argued for the right rules, and a reduced graph does not show every rule.
    const bool raw = !setting.mutant.empty() ||
                     std::any_of(exercise.demands.begin(), exercise.demands.end(), [&](const Demand& demand) {
                       return demand.setting == setting &&
                              (demand.kind == Demand::Kind::Fires || demand.kind == Demand::Kind::Never);
                     });
    return cases.emplace_back(answer, tree, setting, raw, options);
  };
  const bool wantsRefusal = std::any_of(exercise.demands.begin(), exercise.demands.end(),
                                        [](const Demand& demand) { return demand.kind == Demand::Kind::Refused; });
  if (!wantsRefusal && !exercise.demands.empty()) {
    grade.problems = caseOf(exercise.demands.front().setting).problems();
    if (!grade.problems.empty()) return grade;
  }
  bool wrong = false, open = false;
  for (const Demand& demand : exercise.demands) {
    DemandReport report = judge(caseOf(demand.setting), demand);
    report.demand = &demand;
    if (demand.setting.changes()) report.schedule.reset();  // it is none of the file's
    report.fresh = std::none_of(grade.demands.begin(), grade.demands.end(), [&](const DemandReport& other) {
      return other.schedule && other.schedule == report.schedule && other.demand->setting == demand.setting;
    });
    wrong = wrong || report.state == State::Unmet;
    open = open || report.state == State::Unknown;
    grade.demands.push_back(std::move(report));
  }
  grade.outcome = wrong ? Grade::Outcome::Wrong : open ? Grade::Outcome::Limit : Grade::Outcome::Right;
  return grade;
}

}  // namespace funpass
