// Properties of random well-typed programs.
#include <doctest/doctest.h>

#include <cstdlib>
#include <memory>

#include <rapidcheck.h>

#include "checker/calculus_model.hpp"
#include "lang/parse.hpp"
#include "lang/print.hpp"
#include "lang/raise.hpp"
#include "lang/random.hpp"
#include "semantics/run.hpp"
#include "tests/properties/generator.hpp"
#include "typecheck/checker.hpp"
#include "typecheck/elaborate.hpp"
#include "typecheck/wellformed.hpp"

using namespace funpass;
using namespace funpass::test;

namespace {

Choose rapid() {
  return [](uint32_t bound) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<uint32_t>(0, bound)); };
}

// How large the next program is to be: grows from 0 to 40 over the cases.
uint32_t anySize() {
  return *rc::gen::withSize([](int size) { return rc::gen::just(static_cast<uint32_t>(size) * 40 / 100); });
}

const std::vector<std::string> kHosts = {"a", "b", "c"};

// The declarations that a program's terms need, and the at blocks.
std::string programText(Arena& arena, const Program& program) {
  std::string out = "host a, b, c\n";
  if (!program.records.empty()) out += "record Person(name: String, age: Int)\n";
  for (size_t h = 0; h < program.terms.size(); ++h) {
    if (program.terms[h] == 0) continue;
    surface::Tree tree;
    const surface::Index root = raise(arena, program.terms[h], tree);
    out += "at " + arena.hosts()[h] + " {\n" + surface::print(tree, root, {}) + "\n}\n";
  }
  return out;
}

// Elaborates `text`, which must be without fault.
Program reload(Arena& arena, const std::string& text, bool core = false) {
  const Source source("test.fp", text);
  Diagnostics out;
  surface::ParseOptions parseOptions;
  parseOptions.core = core;
  const surface::Tree tree = surface::parse(source, parseOptions, out);
  LoadOptions options;
  options.core = core;
  std::optional<Program> program;
  if (out.empty()) program = elaborate(arena, source, tree, options, out);
  for (const Diagnostic& d : out) RC_LOG() << d.rule << " " << d.message << "\n";
  RC_LOG() << text;
  RC_ASSERT(out.empty());
  RC_ASSERT(program.has_value());
  return *program;
}

// Takes random steps from the initial configuration, at most 150, and shows each configuration on the way.
template <typename Visit>
Configuration walk(Semantics& semantics, Configuration current, uint64_t seed, Visit visit) {
  Random random(seed);
  for (int n = 0; n < 150; ++n) {
    visit(current);
    const std::vector<Step> steps = semantics.steps(current);
    if (steps.empty()) break;
    apply(semantics.arena(), steps[random.below(static_cast<uint32_t>(steps.size()))], current);
  }
  return current;
}

}  // namespace

TEST_CASE("parse(print(t)) = t, through the elaborator") {
  CHECK(rc::check("print, parse and elaborate give the same core term", [] {
    Arena arena(kHosts);
    const bool data = rapid()(2) == 0;
    Generator generator(arena, rapid(), data);
    const Program program = generator.program(anySize());
    const Program again = reload(arena, programText(arena, program), !data);
    RC_ASSERT(again.terms == program.terms);
    RC_ASSERT(again.types == program.types);
  }));
}

TEST_CASE("format keeps the program, and is idempotent") {
  CHECK(rc::check("fmt", [] {
    Arena arena(kHosts);
    Generator generator(arena, rapid(), true);
    const Program program = generator.program(anySize());
    const auto formatted = [](const std::string& text) {
      const Source source("test.fp", text);
      Diagnostics out;
      const surface::Tree tree = surface::parse(source, {}, out);
      RC_ASSERT(out.empty());
      return surface::format(source, tree, 60);
    };
    const std::string once = formatted(programText(arena, program));
    RC_ASSERT(formatted(once) == once);
    RC_ASSERT(reload(arena, once).terms == program.terms);
  }));
}

TEST_CASE("plug(decompose(t)) = t, and the focus is a redex or the value") {
  CHECK(rc::check("decomposition", [] {
    Arena arena(kHosts);
    Generator generator(arena, rapid(), true);
    const Handle t = generator.term(generator.type(2, false), anySize());
    const Decomposed d = decompose(arena, t);
    RC_ASSERT(plug(arena, d.focus, d.context) == t);
    RC_ASSERT(!isValue(arena, d.focus) || d.context == 0);
    RC_ASSERT(refocus(arena, d.focus, d.context) == d);
  }));
}

TEST_CASE("the type checker gives generated terms the type they were made for") {
  CHECK(rc::check("typing", [] {
    Arena arena(kHosts);
    Generator generator(arena, rapid(), true);
    const Handle type = generator.type(2, false);
    const Handle t = generator.term(type, anySize());
    Checker checker(arena, typeRules(), true);
    RC_LOG() << text(arena, t);
    const auto typing = checker.typeOf(t);
    RC_ASSERT(typing.ok());
    RC_ASSERT(typing.type() == type);
  }));
}

TEST_CASE("every step of a run keeps the configuration well-formed and decomposed") {
  CHECK(rc::check("subject reduction along random runs", [] {
    Arena arena(kHosts);
    Generator generator(arena, rapid(), true);
    const Program program = generator.program(anySize());
    RC_LOG() << programText(arena, program);
    Semantics semantics(arena, rules(true));
    Checker checker(arena, typeRules(), true);
    walk(semantics, program.initial, *rc::gen::arbitrary<uint64_t>(), [&](const Configuration& configuration) {
      RC_ASSERT(checkConfiguration(checker, configuration).ok());
      for (const HostState& host : configuration.hosts) {
        RC_ASSERT(decompose(arena, termOf(arena, host)) == (Decomposed{host.focus, host.context}));
      }
    });
  }));
}

TEST_CASE("without respond and with mobility a run never gets stuck") {
  CHECK(rc::check("progress along random runs", [] {
    auto arena = std::make_unique<Arena>(kHosts);
    Generator generator(*arena, rapid(), true);
    Program program = generator.program(anySize());
    RC_LOG() << programText(*arena, program);
    World world(std::move(arena), std::move(program), rules(true));
    RunOptions options;
    options.then = RunOptions::Policy::Seed;
    options.seed = *rc::gen::arbitrary<uint64_t>();
    options.maxSteps = 3000;
    const RunResult result = world.run(options);
    RC_ASSERT(result.end != RunResult::End::Stuck);
    if (result.end == RunResult::End::Final) {
      for (const HostState& host : result.last.hosts) RC_ASSERT(!world.arena().is(host.result, Tag::NoResult));
    }
  }));
}

TEST_CASE("parse(print(C)) = C for the configurations of a run") {
  CHECK(rc::check("configuration literals", [] {
    Arena arena(kHosts);
    Generator generator(arena, rapid(), true);
    const Program program = generator.program(anySize());
    LiteralOptions literal;
    literal.recovery = true;
    Semantics semantics(arena, rules(true));
    int n = 0;
    walk(semantics, program.initial, *rc::gen::arbitrary<uint64_t>(), [&](const Configuration& configuration) {
      if (n++ % 16 != 5) return;
      const Program again = reload(arena, literalText(arena, configuration, literal));
      RC_ASSERT(again.initial == configuration);
    });
  }));
}

TEST_CASE("steps that are remembered are the steps computed anew, and moving to a fresh arena changes nothing") {
  CHECK(rc::check("memory", [] {
    Arena arena(kHosts);
    Generator generator(arena, rapid(), true);
    const Program program = generator.program(anySize());
    Semantics semantics(arena, rules(true));
    int n = 0;
    walk(semantics, program.initial, *rc::gen::arbitrary<uint64_t>(), [&](const Configuration& configuration) {
      if (n++ % 8 != 0) return;
      Semantics plain(arena, rules(true));
      const std::vector<Step> fresh = plain.steps(configuration);
      const std::vector<Step> remembered = semantics.steps(configuration);
      RC_ASSERT(fresh.size() == remembered.size());
      for (size_t i = 0; i < fresh.size(); ++i) RC_ASSERT(fresh[i].after == remembered[i].after);
      Arena other(kHosts);
      Copy there(arena, other);
      const Configuration moved = copy(there, configuration);
      Copy back(other, arena);
      RC_ASSERT(copy(back, moved) == configuration);
    });
  }));
}

TEST_CASE("round robin with young nodes and remembered hosts takes the steps that it takes plainly") {
  CHECK(rc::check("the fast run against the plain one", [] {
    auto arena = std::make_unique<Arena>(kHosts);
    Generator generator(*arena, rapid(), true);
    Program program = generator.program(anySize());
    RC_LOG() << programText(*arena, program);
    const bool recovery = *rc::gen::arbitrary<bool>();
    program.recovery = recovery;
    program.initial.budget = {rapid()(2), rapid()(2), rapid()(2), rapid()(2)};
    program.among = {0, 1, 2};
    Semantics semantics(*arena, rules(true, recovery), program.among);
    for (uint32_t n = rapid()(30); n > 0; --n) {  // so that there are crashed hosts, messages, lost requests
      const std::vector<Step> steps = semantics.steps(program.initial);
      if (steps.empty()) break;
      apply(*arena, steps[rapid()(static_cast<uint32_t>(steps.size()))], program.initial);
    }
    auto second = std::make_unique<Arena>(kHosts);
    Copy there(*arena, *second);
    Program copied = copy(there, program);
    World plainly(std::move(arena), std::move(program), rules(true, recovery));
    World fast(std::move(second), std::move(copied), rules(true, recovery));
    RunOptions options;
    options.references = true;
    options.maxSteps = 2000;
    options.young = 1 + rapid()(3) * 20;
    const RunResult found = fast.run(options);
    options.trace = [](uint64_t, const Configuration&, const Step&, const Configuration&) {};
    const RunResult expected = plainly.run(options);
    RC_ASSERT(found.end == expected.end);
    RC_ASSERT(found.limit == expected.limit);
    RC_ASSERT(found.overflow == expected.overflow);
    RC_ASSERT(found.schedule == expected.schedule);
    RC_ASSERT(found.rules == expected.rules);
    RC_ASSERT(found.materialized.size() == expected.materialized.size());
    Copy back(fast.arena(), plainly.arena());
    RC_ASSERT(copy(back, found.last) == expected.last);
    RC_ASSERT(found.references.size() == expected.references.size());
    for (size_t i = 0; i < found.references.size(); ++i) {
      const MadeReference& made = found.references[i];
      RC_ASSERT(back(made.ref) == expected.references[i].ref);
      RC_ASSERT(made.host == expected.references[i].host);
      RC_ASSERT(made.step == expected.references[i].step);
      RC_ASSERT(made.val == expected.references[i].val);
    }
  }));
}

TEST_CASE("the moves that the explorer remembers of single hosts are the steps of the configuration") {
  CHECK(rc::check("the fast model against the plain one", [] {
    Arena arena(kHosts);
    Generator generator(arena, rapid(), true);
    const Program program = generator.program(anySize());
    RC_LOG() << programText(arena, program);
    const bool recovery = *rc::gen::arbitrary<bool>();
    Semantics semantics(arena, rules(true, recovery), {0, 1, 2});
    Configuration initial = program.initial;
    initial.budget = {2, 1, 1, 1};
    if (*rc::gen::arbitrary<bool>()) initial.budget = {};
    CalculusModel model(semantics, initial);
    walk(semantics, initial, *rc::gen::arbitrary<uint64_t>(), [&](const Configuration& configuration) {
      std::vector<uint32_t> state;
      std::vector<uint32_t> successors;
      model.encode(configuration, state);
      RC_ASSERT(model.decode(state) == configuration);
      model.steps(state, successors);
      const std::vector<Step> steps = semantics.steps(configuration);
      RC_ASSERT(successors.size() == steps.size() * model.width());
      RC_ASSERT(model.lastMoves().size() == steps.size());
      for (size_t i = 0; i < steps.size(); ++i) {
        Configuration after = configuration;
        apply(arena, steps[i], after);
        const StateView found = StateView(successors).subspan(i * model.width(), model.width());
        RC_ASSERT(model.decode(found) == after);
        const CalculusModel::Move& move = model.lastMoves()[i];
        RC_ASSERT(move.rule == steps[i].rule && move.inner == steps[i].inner);
        std::vector<uint32_t> changed(state.begin(), state.end() - 1);
        for (const CalculusModel::Change& change : model.changesOf(move)) changed[change.host] = change.leaf;
        RC_ASSERT(std::equal(changed.begin(), changed.end(), found.begin()));
      }
    });
  }));
}
