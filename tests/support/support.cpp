#include "tests/support/support.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <stdexcept>

#include "lang/parse.hpp"
#include "lang/raise.hpp"
#include "typecheck/elaborate.hpp"

namespace funpass::test {

namespace {

std::string described(const Source& source, const Diagnostic& d) {
  std::string at;
  if (d.span) {
    const Position p = source.position(d.span->begin);
    at = std::to_string(p.line) + ":" + std::to_string(p.column) + " ";
  }
  return d.rule + " " + at + d.message;
}

std::optional<Program> tryLoad(Arena& arena, const Source& source, const LoadOptions& options, Diagnostics& out) {
  if (!readable(source, out)) return std::nullopt;
  surface::ParseOptions parseOptions;
  parseOptions.core = options.core;
  const surface::Tree tree = surface::parse(source, parseOptions, out);
  if (!out.empty()) return std::nullopt;
  return elaborate(arena, source, tree, options, out);
}

}  // namespace

Program load(Arena& arena, std::string_view text, bool mobility, const TypeRules& types) {
  const Source source("test.fp", std::string(text));
  Diagnostics out;
  LoadOptions options;
  options.mobility = mobility;
  options.rules = &types;
  std::optional<Program> program = tryLoad(arena, source, options, out);
  if (!program || !out.empty()) {
    std::string all = "does not load: ";
    for (const Diagnostic& d : out) all += described(source, d) + "\n";
    throw std::runtime_error(all + "in\n" + std::string(text));
  }
  return *program;
}

std::string firstError(std::string_view text, bool mobility, bool core) {
  const Source source("test.fp", std::string(text));
  Diagnostics out;
  LoadOptions options;
  options.mobility = mobility;
  options.core = core;
  Arena arena;
  tryLoad(arena, source, options, out);
  return out.empty() ? "" : described(source, out.front());
}

std::unique_ptr<World> world(std::string_view text, bool mobility) {
  auto arena = std::make_unique<Arena>();
  Program program = load(*arena, text, mobility);
  const bool recovery = program.recovery;
  return std::make_unique<World>(std::move(arena), std::move(program), rules(true, recovery));
}

std::string shown(Arena& arena, const Configuration& configuration, bool recovery) {
  LiteralOptions options;
  options.recovery = recovery;
  const std::string text = literalText(arena, configuration, options);
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n';
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  const size_t types = out.find(" types:");
  if (types != std::string::npos) {
    const size_t where = out.find(" where:");
    out = out.substr(0, types) + (where == std::string::npos ? " }" : out.substr(where));
  }
  return out;
}

std::vector<std::string> stepsOf(std::string_view literal) {
  Arena arena;
  const Program program = load(arena, literal);
  Semantics semantics(arena, rules(true, program.recovery), program.among);
  std::vector<std::string> found;
  for (const Step& step : semantics.steps(program.initial)) {
    Configuration after = program.initial;
    apply(arena, step, after);
    std::string name(info(step.rule).name);
    if (step.inner != Rule::Count) name += "/" + std::string(info(step.inner).name);
    found.push_back(name + " at " + arena.hosts()[step.host] + ": " + shown(arena, after, program.recovery));
  }
  return found;
}

std::string stepOf(std::string_view literal) {
  const std::vector<std::string> steps = stepsOf(literal);
  return steps.size() == 1 ? steps[0] : std::to_string(steps.size()) + " steps";
}

std::string evaluate(std::string_view term) {
  const auto w = world("host a\nat a {\n" + std::string(term) + "\n}\n");
  const RunResult result = w->run({});
  if (result.end == RunResult::End::Stuck) return "stuck";
  if (result.end == RunResult::End::Limit) return result.limit;
  return text(w->arena(), result.last.hosts[0].result);
}

std::string projectFile(const std::string& path) {
  std::ifstream file(std::string(FUNPASS_SOURCE_DIR) + "/" + path);
  REQUIRE_MESSAGE(file.good(), path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace funpass::test
