// funpass why RULE FILE
#include "render/why.hpp"

#include <algorithm>
#include <numeric>

#include "cli/load.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"

namespace funpass::cli {

ExitCode why(const Arguments& arguments) {
  Diagnostics problems;
  const std::optional<Rule> rule = findRule(arguments.rule, problems);
  if (!rule) return refuse({}, problems, arguments);
  const Judgement judgement = info(*rule).judgement;
  if (judgement == Judgement::Typing || judgement == Judgement::WellFormed) {
    return refuse({},
                  {{"usage",
                    std::nullopt,
                    std::string(info(*rule).name) + " is no rule of reduction",
                    {},
                    "funpass type says which typing rule fails"}},
                  arguments);
  }
  Loaded loaded = load(arguments);
  if (!loaded.program) return refuse(loaded.source, loaded.problems, arguments);
  std::vector<uint32_t> hosts(loaded.arena->hosts().size());
  std::iota(hosts.begin(), hosts.end(), 0U);
  if (arguments.host) {
    const std::vector<std::string>& names = loaded.arena->hosts();
    const auto found = std::find(names.begin(), names.end(), *arguments.host);
    if (found == names.end()) {
      const std::optional<std::string> close = closestName(*arguments.host, names);
      return refuse(loaded.source,
                    {{"undeclared host",
                      std::nullopt,
                      "there is no host `" + *arguments.host + "`",
                      {},
                      close ? "did you mean `" + *close + "`?" : ""}},
                    arguments);
    }
    hosts = {static_cast<uint32_t>(found - names.begin())};
  }
  printNotes(loaded, arguments);
  const Rules rules = rulesOf(arguments, loaded.program->recovery);
  World world(std::move(loaded.arena), std::move(*loaded.program), rules.reduction);
  RunOptions options = runOptions(arguments);
  if (!arguments.seed && !arguments.schedule) options.then = RunOptions::Policy::Stop;
  const RunResult reached = world.run(options);
  if (reached.end == RunResult::End::BadIndex) {
    return refuse(
        loaded.source,
        {{"schedule", std::nullopt, reached.limit, {}, "a schedule belongs to one program and one set of flags"}},
        arguments);
  }
  const std::vector<render::Why> answers = render::why(world.semantics(), reached.last, *rule, hosts);
  print(arguments.json
            ? render::line(render::whyJson(world.semantics(), reached.last, *rule, answers))
            : render::whyText(world.semantics(), reached.last, *rule, answers, styleFor(stdout, arguments.color)));
  return ExitCode::Holds;
}

}  // namespace funpass::cli
