#include "cli/figure.hpp"

#include <algorithm>
#include <limits>

#include "cli/load.hpp"
#include "cli/terminal.hpp"
#include "render/chart.hpp"
#include "render/chart_svg.hpp"
#include "render/chart_tikz.hpp"
#include "render/reduction_latex.hpp"
#include "render/run_report.hpp"

namespace funpass::cli {

namespace {

constexpr uint64_t kMostSteps = 10'000;  // that are drawn

// The command, as far as it says which run it is.
std::string command(const Arguments& arguments) {
  std::string out = "funpass run" + stepFlags(arguments);
  if (arguments.schedule) out += " --schedule " + arguments.schedule->text();
  if (arguments.then)
    out += " --then " + (arguments.then->policy == RunOptions::Policy::Seed
                             ? "seed:" + std::to_string(arguments.then->seed)
                             : std::string("round-robin"));
  if (arguments.seed) out += " --seed " + std::to_string(*arguments.seed);
  return render::shortened(out, 200) + operand(arguments);
}

std::string drawn(World& world, const Arguments& arguments, const std::vector<Step>& steps,
                  const render::Style& style) {
  const Configuration& initial = world.program().initial;
  const std::string title = command(arguments);
  if (!arguments.chart) {
    const uint64_t to = arguments.to.value_or(std::numeric_limits<uint64_t>::max());
    return render::reductionLatex(world.arena(), initial, steps, title, arguments.from, to);
  }
  switch (*arguments.chart) {
    case ChartFormat::Text: return render::chart(world.arena(), initial, steps, style, arguments.everyStep);
    case ChartFormat::Svg: return render::chartSvg(world.arena(), initial, steps, title, arguments.everyStep);
    case ChartFormat::Tikz: return render::chartTikz(world.arena(), initial, steps, title, arguments.everyStep);
  }
  return {};
}

}  // namespace

Diagnostic noSuchStep(const Arguments& arguments, uint64_t steps) {
  return {"usage",
          std::nullopt,
          "`--from " + std::to_string(arguments.from) + "`: the run has only " + render::counted(steps, "step"),
          {},
          {}};
}

ExitCode figure(World& world, const Source& source, const Arguments& arguments, const render::Style& style) {
  RunOptions options = runOptions(arguments);
  options.keep = true;
  const bool together = arguments.chart && !arguments.everyStep;
  const uint64_t last = arguments.to.value_or(std::numeric_limits<uint64_t>::max());
  std::vector<Step> steps;
  uint64_t shown = 0;
  options.trace = [&](uint64_t number, const Configuration&, const Step& step, const Configuration&) {
    const bool goesOn = together && !steps.empty() && step.rule == Rule::RLocal && steps.back().rule == Rule::RLocal &&
                        steps.back().host == step.host;
    if (number >= arguments.from && number <= last && !goesOn && ++shown > kMostSteps) {
      throw LimitReached{"a figure has at most " + std::to_string(kMostSteps) + " steps" +
                         (together ? ", local ones in a row counted as one" : "")};
    }
    steps.push_back(step);
  };
  options.tick = [](uint64_t) { return !Interrupts::raised(); };
  const RunResult result = world.run(options);
  if (result.end == RunResult::End::BadIndex) {
    return refuse(
        source,
        {{"schedule", std::nullopt, result.limit, {}, "a schedule belongs to one program and one set of flags"}},
        arguments);
  }
  if (arguments.from > 1 && arguments.from > steps.size())
    return refuse(source, {noSuchStep(arguments, steps.size())}, arguments);
  print(drawn(world, arguments, steps, style));
  if (result.end != RunResult::End::Final) {
    printError("the run that is drawn ended so: " + std::string(render::outcomeName(result.end)) +
               (result.limit.empty() ? "" : " (" + result.limit + ")") + "\n");
  }
  return exitCodeOf(result.end);
}

}  // namespace funpass::cli
