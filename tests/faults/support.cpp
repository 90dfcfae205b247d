#include "tests/faults/support.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <boost/json/parse.hpp>

#include "checker/fault_space.hpp"
#include "lang/parse.hpp"
#include "lang/random.hpp"
#include "typecheck/elaborate.hpp"

namespace funpass::test {

namespace {

std::string readFile(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

}  // namespace

FaultProgram prepare(const FaultCase& one) {
  FaultProgram made;
  const Source source(one.name, one.text);
  Diagnostics problems;
  const surface::Tree tree = surface::parse(source, {}, problems);
  LoadOptions load;
  load.mobility = one.mobility;
  load.folder = one.folder;
  std::optional<Program> program;
  if (problems.empty()) program = elaborate(*made.arena, source, tree, load, problems);
  if (!program || !problems.empty()) {
    const std::string why = problems.empty() ? "no program" : problems.front().message;
    throw std::runtime_error(one.name + " does not load: " + why + "\n" + one.text);
  }
  made.program = *program;
  made.options.rules = rules(true, one.recovery);
  if (!one.failover) {
    std::vector<DistributedRow>& rows = made.options.rules.distributed;
    rows.erase(
        std::remove_if(rows.begin(), rows.end(), [](const DistributedRow& row) { return row.rule == Rule::RFailover; }),
        rows.end());
  }
  made.options.results = one.results;
  FailureBudget& failures = made.options.failures;
  failures.budget = one.budget;
  const std::vector<std::string>& hosts = made.arena->hosts();
  for (uint32_t h = 0; h < hosts.size(); ++h) {
    if (one.among.empty() || std::find(one.among.begin(), one.among.end(), hosts[h]) != one.among.end())
      failures.among.push_back(h);
  }
  return made;
}

BreakingSets breakingSets(const FaultReport& report) {
  BreakingSets out;
  for (const uint32_t index : report.broken) {
    std::set<std::string> names;
    for (const uint32_t e : report.scenarios[index].set) names.insert(report.names[e]);
    out.insert(std::move(names));
  }
  return out;
}

std::string replayed(FaultProgram& made, const Schedule& schedule) {
  const FailureBudget& failures = made.options.failures;
  Semantics semantics(*made.arena, made.options.rules, failures.among);
  Configuration current = made.program.initial;
  current.budget = failures.budget;
  for (const Schedule::Repeat& repeat : schedule.repeats()) {
    for (uint64_t i = 0; i < repeat.times; ++i) {
      const std::vector<Step> steps = semantics.steps(current);
      if (repeat.index >= steps.size()) return "no such step";
      apply(*made.arena, steps[repeat.index], current);
    }
  }
  const std::vector<Step> steps = semantics.steps(current);
  if (!std::all_of(steps.begin(), steps.end(), isFailure)) return "not ended";
  const Standstill end = semantics.standstill(current, failures.budget);
  return end == Standstill::Final ? "final" : end == Standstill::Lost ? "lost" : "stuck";
}

FaultTruth faultTruth(const FaultCase& one, uint64_t maxStates) {
  FaultProgram made = prepare(one);
  FaultSpace space(*made.arena, made.program, made.options);
  FaultTruth truth;
  StateTable table(space.model.width() + 1);
  std::map<FaultSet, uint32_t> numbers;
  std::vector<FaultSet> sets;
  const auto numberOf = [&](const FaultSet& set) {
    const auto [entry, isNew] = numbers.try_emplace(set, static_cast<uint32_t>(sets.size()));
    if (isNew) sets.push_back(set);
    return entry->second;
  };
  const auto meet = [&](const Configuration& configuration, uint32_t set) {
    std::vector<uint32_t> words;
    space.model.encode(configuration, words);
    words.push_back(set);
    table.insert(words);
  };
  std::vector<FaultSet> broken;
  std::vector<Configuration> usual;
  std::vector<std::pair<uint32_t, Configuration>> finals;
  meet(space.initial, numberOf({}));
  for (uint32_t state = 0; state < table.size(); ++state) {
    if (state >= maxStates) return truth;
    const std::vector<uint32_t> words = table[state];
    const uint32_t set = words.back();
    const Configuration configuration = space.model.decode(StateView(words).first(words.size() - 1));
    const std::vector<Step> steps = space.semantics.steps(configuration);
    if (std::all_of(steps.begin(), steps.end(), isFailure)) {
      if (space.breaks(configuration, nullptr)) {
        broken.push_back(sets[set]);
      } else if (one.results) {
        if (sets[set].empty()) space.noteResults(configuration, usual);
        finals.emplace_back(set, configuration);
      }
    }
    for (const Step& step : steps) {
      const uint32_t e = space.elementOf(step);
      FaultSet failed = sets[set];
      if (e != kNobody && !std::binary_search(failed.begin(), failed.end(), e)) failed = with(failed, e);
      Configuration after = configuration;
      apply(space.arena, step, after);
      meet(after, numberOf(failed));
    }
  }
  for (const auto& [set, configuration] : finals)
    if (space.breaks(configuration, &usual)) broken.push_back(sets[set]);
  std::sort(broken.begin(), broken.end());
  broken.erase(std::unique(broken.begin(), broken.end()), broken.end());
  for (const FaultSet& set : broken) {
    const bool minimal = std::none_of(broken.begin(), broken.end(),
                                      [&](const FaultSet& other) { return other != set && isSubset(other, set); });
    if (!minimal) continue;
    std::set<std::string> names;
    for (const uint32_t e : set) names.insert(space.name(space.elements()[e]));
    truth.broken.insert(std::move(names));
  }
  truth.complete = true;
  truth.states = table.size();
  truth.scenarios = sets.size();
  return truth;
}

// ---- programs

namespace {

constexpr const char* kHosts[] = {"a", "b", "c", "d"};

// Terms of a small grammar in which replicas, lineages and silos made by spores meet.
class Replicated {
 public:
  explicit Replicated(uint64_t seed) : random_(seed), hosts_(2 + random_.below(2)) {}

  std::string operator()() {
    std::string out = "host a";
    for (uint32_t h = 1; h < hosts_; ++h) out += std::string(", ") + kHosts[h];
    out += "\nat a {\n" + block(1 + random_.below(2)) + "}\n";
    if (random_.below(4) == 0) out += "at b {\n" + block(1) + "}\n";
    return out;
  }

 private:
  std::string place() {
    std::vector<std::string> all(kHosts, kHosts + hosts_);
    for (size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[random_.below(static_cast<uint32_t>(i))]);
    const uint32_t many = random_.below(3) == 0 ? 1 : 2;
    std::string out = "[";
    for (uint32_t i = 0; i < std::min(many, hosts_); ++i) out += (i == 0 ? "" : ", ") + all[i];
    return out + "]";
  }

  std::string number() { return std::to_string(random_.below(9)); }

  std::string spore() {
    switch (random_.below(4)) {
      case 0: return "spore { (x: Int) => populate(" + place() + ", x + " + number() + ") }";
      case 1: return "spore { k = " + number() + "; (x: Int) => populate(currentHost, x * k) }";
      case 2:
        return "spore { (x: Int) => apply(populate(currentHost, x), spore { (y: Int) => populate(currentHost, y + 1) "
               "}) }";
      default: return "spore { (x: Int) => populate(currentHost, x + " + number() + ") }";
    }
  }

  std::string block(uint32_t silos) {
    std::string out;
    std::vector<std::string> refs;
    for (uint32_t i = 0; i < silos; ++i) {
      const std::string name = "r" + std::to_string(i);
      out += "  val " + name + " = populate(" + place() + ", " + number() + ");\n";
      refs.push_back(name);
    }
    for (uint32_t i = random_.below(3); i > 0; --i) {
      const std::string name = "s" + std::to_string(i);
      out += "  val " + name + " = apply(" + refs[random_.below(static_cast<uint32_t>(refs.size()))] + ", " + spore() +
             ");\n";
      refs.push_back(name);
    }
    const auto asked = [&] { return "send(" + refs[random_.below(static_cast<uint32_t>(refs.size()))] + ")"; };
    const auto last = "send(" + refs.back() + ")";
    switch (random_.below(5)) {
      case 0: return out + "  await(" + last + ") + await(" + asked() + ")\n";
      case 1: return out + "  " + asked() + ";\n  7\n";
      default: return out + "  await(" + last + ")\n";
    }
  }

  Random random_;
  uint32_t hosts_;
};

uint32_t numberIn(const boost::json::object& object, const char* key) {
  const auto* value = object.if_contains(key);
  return value == nullptr ? 0 : static_cast<uint32_t>(value->as_int64());
}

// The cases of a cases.jsonl that allow failures.
void addStated(const std::string& folder, std::vector<FaultCase>& out) {
  std::istringstream lines(readFile(folder + "/cases.jsonl"));
  for (std::string line; std::getline(lines, line);) {
    const boost::json::object object = boost::json::parse(line).as_object();
    FaultCase one;
    one.budget = {numberIn(object, "crashes"), numberIn(object, "restarts"), numberIn(object, "drops"),
                  numberIn(object, "duplicates")};
    if (one.budget == Budget{}) continue;
    const std::string file(object.at("file").as_string());
    one.text = readFile(folder + "/" + file);
    if (const auto* recovery = object.if_contains("recovery")) one.recovery = recovery->as_bool();
    if (const auto* mobility = object.if_contains("mobility")) one.mobility = mobility->as_bool();
    for (const auto& host : object.at("among").as_array()) one.among.emplace_back(host.as_string());
    one.name = file;
    out.push_back(one);
    one.results = true;
    out.push_back(one);
  }
}

void addPrograms(const std::string& folder, std::vector<FaultCase>& out) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".fp") paths.push_back(entry.path().string());
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths) {
    FaultCase one;
    one.name = path;
    one.text = readFile(path);
    one.folder = folder;
    one.mobility =
        one.text.find("no-mobility") == std::string::npos && one.name.find("captured_future") == std::string::npos;
    one.budget.crashes = 1;
    out.push_back(one);
    one.budget = {0, 0, 1, 0};
    one.results = true;
    out.push_back(one);
  }
}

}  // namespace

std::string replicatedProgram(uint64_t seed) { return Replicated(seed)(); }

std::vector<FaultCase> suiteCases() {
  const std::string root = FUNPASS_SOURCE_DIR;
  std::vector<FaultCase> out;
  addStated(root + "/tests/conformance/failures", out);
  addStated(root + "/tests/conformance", out);
  addPrograms(root + "/tests/conformance", out);
  for (const char* folder : {"/examples", "/examples/deck", "/examples/wordcount"}) addPrograms(root + folder, out);
  return out;
}

std::vector<FaultCase> randomCases(uint64_t first, uint64_t count) {
  std::vector<FaultCase> out;
  for (uint64_t seed = first; seed < first + count; ++seed) {
    FaultCase one;
    one.name = "seed " + std::to_string(seed);
    one.text = replicatedProgram(seed);
    Random random(seed ^ 0xfa17ULL);
    one.budget.crashes = random.below(3);
    one.budget.drops = one.budget.crashes == 2 ? random.below(2) : 1;
    if (one.budget.crashes > 0 && random.below(8) == 0) one.budget.restarts = 1;
    if (random.below(12) == 0) one.budget.duplicates = 1;
    one.recovery = random.below(4) != 0;
    one.failover = random.below(6) != 0;
    one.results = random.below(2) == 0;
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace funpass::test
