// funpass rules [NAME]
#include "cli/load.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "render/rule_list.hpp"
#include "render/rules_latex.hpp"

namespace funpass::cli {

ExitCode rules(const Arguments& arguments) {
  const render::Style style = styleFor(stdout, arguments.color);
  if (arguments.rule.empty()) {
    print(arguments.json    ? render::line(render::rulesJson(arguments.core))
          : arguments.latex ? render::rulesLatex(arguments.core)
                            : render::rulesText(arguments.core, style));
    return ExitCode::Holds;
  }
  Diagnostics problems;
  const std::optional<Rule> rule = findRule(arguments.rule, problems);
  if (!rule) return refuse({}, problems, arguments);
  print(arguments.json    ? render::line(render::rulesJson(*rule))
        : arguments.latex ? render::rulesLatex(*rule)
                          : render::ruleText(*rule, style));
  return ExitCode::Holds;
}

}  // namespace funpass::cli
