#include "semantics/run.hpp"

#include <algorithm>
#include <new>

#include "lang/random.hpp"
#include "semantics/turns.hpp"

namespace funpass {

namespace {

constexpr uint32_t kSmallestCollection = 1U << 16U;

std::string stepCount(uint64_t n) { return std::to_string(n) + (n == 1 ? " step" : " steps"); }

// The choice of a step that is not one of Turns, which is kept in `held`.
Choice choose(std::optional<Step>& held, std::optional<Step> step, uint32_t index) {
  held = std::move(step);
  return held ? Choice{&*held, nullptr, held->host, index} : Choice{};
}

// Turns::next, plainly.
Choice roundRobin(Semantics& semantics, const Configuration& configuration, uint32_t& turn, std::optional<Step>& held) {
  uint32_t index = 0;
  std::optional<Step> step = takeTurn(semantics, configuration, turn, index);
  return choose(held, std::move(step), index);
}

Choice at(Semantics& semantics, const Configuration& configuration, uint32_t index, std::optional<Step>& held) {
  std::vector<Step> steps = semantics.steps(configuration);
  return index < steps.size() ? choose(held, std::move(steps[index]), index) : Choice{};
}

Choice random(Semantics& semantics, const Configuration& configuration, Random& random, std::optional<Step>& held) {
  std::vector<Step> steps = semantics.steps(configuration);
  if (steps.empty()) return {};
  const uint32_t index = random.below(static_cast<uint32_t>(steps.size()));
  return choose(held, std::move(steps[index]), index);
}

bool makesReference(Rule rule, Rule inner) {
  return rule == Rule::RPopulate || rule == Rule::RFromLineage || inner == Rule::RApply;
}

// The x of `val x = []; t`, if the context begins with that.
std::string valOf(const Arena& arena, Handle context) {
  const Node frame = arena[context];
  if (context == 0 || frame.tag != frameTag(Tag::App, 1) || !arena.is(frame[0], Tag::Lambda)) return {};
  return arena.text(arena.nameOf(frame[0]));
}

// Hands out the indices of a schedule one by one.
class Cursor {
 public:
  explicit Cursor(const Schedule& schedule) : schedule_(schedule) {}
  std::optional<uint32_t> next() {
    if (entry_ == schedule_.repeats().size()) return std::nullopt;
    const Schedule::Repeat& repeat = schedule_.repeats()[entry_];
    if (++taken_ == repeat.times) {
      ++entry_;
      taken_ = 0;
    }
    return repeat.index;
  }

 private:
  const Schedule& schedule_;
  size_t entry_ = 0;
  uint64_t taken_ = 0;
};

}  // namespace

void countRules(Rule rule, Rule inner, RuleCounts& counts) {
  ++counts[static_cast<size_t>(rule)];
  if (inner != Rule::Count) ++counts[static_cast<size_t>(inner)];
}

void countMaterialized(const Arena& arena, const Step& step, MaterializedCounts& counts) {
  const bool again = step.rule == Rule::RFailover;
  const bool served = step.inner == Rule::PHit || step.inner == Rule::PMat || step.inner == Rule::PApp;
  if (!again && !served) return;
  const Node request = arena[again ? step.sent[0].message : step.taken];
  const Node ident = arena[arena.idOf(arena[request[1]][0])];
  Materialized& count = counts[uint64_t{ident[0]} << 32U | ident[1]];
  if (again) ++count.again;
  if (served) ++count.served;
  if (step.inner == Rule::PApp) ++count.computed;
}

std::optional<MadeReference> madeReference(const Arena& arena, const HostState& before, const Step& step,
                                           uint64_t number) {
  if (!makesReference(step.rule, step.inner)) return std::nullopt;
  return MadeReference{step.contractum, step.host, number, valOf(arena, before.context)};
}

World::World(std::unique_ptr<Arena> arena, Program program, RuleSet rules)
    : arena_(std::move(arena)),
      program_(std::move(program)),
      semantics_(*arena_, std::move(rules), program_.among),
      collectAt_(std::max(kSmallestCollection, 2 * arena_->size())),
      collectTextsAt_(std::max(kSmallestCollection, 2 * arena_->symbols())) {}

void World::collect(RunResult& result) {
  auto fresh = std::make_unique<Arena>(arena_->hosts(), arena_->maxNodes());
  fresh->reserve(std::min(arena_->size(), kSmallestCollection));
  Copy copyOver(*arena_, *fresh);
  Program program = copy(copyOver, program_);
  Configuration last = copy(copyOver, result.last);
  std::vector<MadeReference> references = result.references;
  for (MadeReference& made : references) made.ref = copyOver(made.ref);
  program_ = std::move(program);  // nothing from here on can fail
  result.last = std::move(last);
  result.references = std::move(references);
  arena_ = std::move(fresh);
  semantics_.moveTo(*arena_);
  const uint64_t doubled = 2 * uint64_t{arena_->size()};
  collectAt_ = static_cast<uint32_t>(std::clamp<uint64_t>(doubled, kSmallestCollection, arena_->maxNodes()));
  collectTextsAt_ = std::max(kSmallestCollection, 2 * arena_->symbols());
}

// What a fast run needs: young nodes, and steps that are not remembered, for their handles do not last.
class World::Young {
 public:
  Young(World& world, uint32_t most) : world_(world), most_(most) {}
  Young(const Young&) = delete;
  Young& operator=(const Young&) = delete;
  ~Young() { end(); }

  void begin() {
    on_ = true;
    world_.semantics_.remember(false);
    world_.arena_->beginYoung();
  }

  void end() {
    if (!on_) return;
    world_.arena_->endYoung();
    world_.semantics_.remember(true);
    on_ = false;
  }

  // Collects if it is time to. Were handles changed?
  bool collect(RunResult& result) {
    Arena& arena = *world_.arena_;
    if (arena.size() - arena.old() < most_ && arena.size() < arena.maxNodes()) return false;
    std::vector<Handle*> roots;
    for (HostState& host : result.last.hosts) {
      for (Handle HostState::*field : kHandles) roots.push_back(&(host.*field));
    }
    for (; oldReferences_ < result.references.size(); ++oldReferences_) {
      roots.push_back(&result.references[oldReferences_].ref);
    }
    arena.collectYoung(roots);
    if (arena.size() >= world_.collectAt_ || arena.symbols() >= world_.collectTextsAt_) {
      end();
      world_.collect(result);
      begin();
    }
    return true;
  }

 private:
  World& world_;
  uint32_t most_;
  bool on_ = false;
  size_t oldReferences_ = 0;
};

RunResult World::run(const RunOptions& options) {
  RunResult result;
  result.last = program_.initial;
  Configuration& current = result.last;
  const Schedule none;
  Cursor cursor(options.schedule ? *options.schedule : none);
  Random generator(options.seed);
  uint32_t turn = 0;
  std::optional<Step> held;
  std::optional<Turns> turns;
  Young young(*this, options.young);
  const auto stop = [&](RunResult::End end, std::string why) {
    result.end = end;
    result.limit = std::move(why);
  };
  try {
    while (true) {
      Choice choice;
      const std::optional<uint32_t> wanted = cursor.next();
      if (wanted) {
        choice = at(semantics_, current, *wanted, held);
        if (!choice) {
          stop(RunResult::End::BadIndex, "step " + std::to_string(result.steps + 1) + " of the schedule is " +
                                             std::to_string(*wanted) + ", but there the configuration has " +
                                             stepCount(semantics_.steps(current).size()));
          return result;
        }
        turn = (choice.host + 1) % static_cast<uint32_t>(current.hosts.size());
      } else if (options.then == RunOptions::Policy::Seed) {
        choice = random(semantics_, current, generator, held);
      } else if (options.then == RunOptions::Policy::Stop || options.trace || !semantics_.ruleSet().right) {
        choice = roundRobin(semantics_, current, turn, held);
      } else {
        if (!turns) {
          turns.emplace(semantics_, current.hosts.size(), turn);
          young.begin();
        }
        choice = turns->next(current);
      }
      if (!choice) {
        const Standstill why = semantics_.standstill(current, program_.initial.budget);
        result.overflow = why == Standstill::Overflow;
        stop(why == Standstill::Final   ? RunResult::End::Final
             : why == Standstill::Lost  ? RunResult::End::Lost
             : why == Standstill::Stuck ? RunResult::End::Stuck
                                        : RunResult::End::Limit,
             result.overflow ? "an integer does not fit 64 bits" : "");
        return result;
      }
      if (!wanted && options.then == RunOptions::Policy::Stop) {
        stop(RunResult::End::Limit, "the schedule ends here");
        return result;
      }
      if (result.steps == options.maxSteps) {
        stop(RunResult::End::Limit, "stopped after " + stepCount(options.maxSteps) + " (--max-steps)");
        return result;
      }
      ++result.steps;
      result.schedule.add(choice.index);
      const Rule rule = choice.local != nullptr ? Rule::RLocal : choice.step->rule;
      const Rule inner = choice.local != nullptr ? choice.local->rule : choice.step->inner;
      countRules(rule, inner, result.rules);
      if (options.references && makesReference(rule, inner)) {
        const Handle made = choice.local != nullptr ? choice.local->outcome.contractum : choice.step->contractum;
        result.references.push_back(
            {made, choice.host, result.steps, valOf(*arena_, current.hosts[choice.host].context)});
      }
      if (choice.local != nullptr) {
        semantics_.moveLocally(current.hosts[choice.host], choice.local->outcome);
      } else {
        countMaterialized(*arena_, *choice.step, result.materialized);
        if (options.trace) {
          const Configuration before = current;
          apply(*arena_, *choice.step, current);
          options.trace(result.steps, before, *choice.step, current);
        } else {
          apply(*arena_, *choice.step, current);
        }
      }
      if (options.tick && result.steps % 65'536 == 0 && !options.tick(result.steps)) {
        stop(RunResult::End::Limit, "interrupted");
        return result;
      }
      if (turns) {
        turns->moved(choice.host, choice.local != nullptr);
        if (young.collect(result)) turns->forget();
      } else if (!options.keep && arena_->size() >= collectAt_) {
        collect(result);
      }
    }
  } catch (const LimitReached& limit) {
    stop(RunResult::End::Limit, limit.what);
  } catch (const std::bad_alloc&) {
    stop(RunResult::End::Limit, "memory");
  }
  return result;
}

}  // namespace funpass
