// funpass fmt FILE
#include "cli/load.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "cli/write_file.hpp"
#include "lang/characters.hpp"
#include "lang/print.hpp"
#include "render/json.hpp"

namespace funpass::cli {

ExitCode fmt(const Arguments& arguments) {
  const Parsed parsed = parse(arguments);
  if (!parsed.problems.empty()) return refuse(parsed.source, parsed.problems, arguments);
  const std::string text = surface::format(parsed.source, parsed.tree);
  const bool same = text == parsed.source.text();
  if (arguments.write && !same) {
    const std::string problem = writeFile(arguments.file, text);
    if (!problem.empty())
      return refuse({}, {{"file", std::nullopt, "`" + arguments.file + "` cannot be rewritten: " + problem, {}, {}}},
                    arguments);
  }
  if (arguments.json) {
    boost::json::object out = render::document();
    out["file"] = parsed.source.name();
    out["formatted"] = same;
    if (arguments.write) out["written"] = !same;
    if (!arguments.write && !arguments.check) out["text"] = text;
    print(render::line(out));
  } else if (arguments.check) {
    if (!same) print(visible(parsed.source.name()) + " is not in the standard layout\n");
  } else if (!arguments.write) {
    print(text);
  }
  return arguments.check && !same ? ExitCode::Violated : ExitCode::Holds;
}

}  // namespace funpass::cli
