// funpass lineage FILE
#include "cli/load.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "cli/write_file.hpp"
#include "lang/lineage_file.hpp"
#include "lang/raise.hpp"
#include "render/lineage_report.hpp"
#include "render/run_report.hpp"

namespace funpass::cli {

namespace {

Diagnostic problem(std::string message, std::string help = {}) {
  return {"lineage", std::nullopt, std::move(message), {}, std::move(help)};
}

std::string nameOf(const Arena& arena, const render::ShownReference& shown) {
  const std::string ident = text(arena, arena.idOf(arena[shown.ref][0]));
  return shown.made && !shown.made->val.empty() ? "`" + shown.made->val + "` " + ident : ident;
}

// Saves the lineage of the one reference. Gives what is wrong, if anything is.
std::optional<Diagnostic> save(Arena& arena, const Configuration& last,
                               const std::vector<render::ShownReference>& references, const Arguments& arguments) {
  std::vector<const render::ShownReference*> chosen;
  for (const render::ShownReference& shown : references) {
    if (!arguments.lineageOf.empty() || !shown.results.empty()) chosen.push_back(&shown);
  }
  if (chosen.size() != 1) {
    std::string names;
    for (size_t i = 0; i < chosen.size() && i < 10; ++i) names += (i == 0 ? ": " : ", ") + nameOf(arena, *chosen[i]);
    return problem("one reference is saved, and " +
                       (chosen.empty() ? "there is none" : "there are " + std::to_string(chosen.size()) + names) +
                       (arguments.lineageOf.empty() ? " in the hosts' results" : " of `" + arguments.lineageOf + "`"),
                   "`--of NAME` chooses it, by the host whose result it is or the val it was made for");
  }
  const Handle ref = chosen[0]->ref;
  Handle missing = 0;
  const ValueOfLeaf atSilo = siloValues(arena, last);
  const ValueOfLeaf value = [&](Handle mat, Handle hosts) {
    const Handle found = atSilo(mat, hosts);
    if (found == 0 && missing == 0) missing = mat;
    return found;
  };
  std::string why;
  const Handle saved = seal(arena, ref, value, why);
  if (missing != 0) {
    const LineageGraph graph = lineageGraph(arena, last, {ref});
    const LineageNode& node = graph.nodes[graph.numbers.at(missing)];
    return problem("the data of " + text(arena, arena.idOf(missing)) +
                       (node.coming.empty() ? " is lost: no host that it was put on has it"
                                            : " is not in its silo yet: it is still on its way"),
                   node.coming.empty() ? "" : "let the run go on: `--schedule` ends it early");
  }
  if (saved == 0) return problem("this lineage cannot be saved: " + why);
  const std::string failure = writeFile(arguments.save, lineageFileText(arena, saved));
  if (failure.empty()) return std::nullopt;
  return Diagnostic{"file", std::nullopt, "`" + arguments.save + "` cannot be written: " + failure, {}, {}};
}

}  // namespace

ExitCode lineage(const Arguments& arguments) {
  Loaded loaded = load(arguments);
  if (!loaded.program) return refuse(loaded.source, loaded.problems, arguments);
  if (const std::string kept = arguments.save.empty() ? "" : cannotReplace(arguments.save, kLineage, arguments);
      !kept.empty())
    return refuse(loaded.source, {{"file", std::nullopt, kept, {}, "choose another name"}}, arguments);
  printNotes(loaded, arguments);
  const Rules rules = rulesOf(arguments, loaded.program->recovery);
  World world(std::move(loaded.arena), std::move(*loaded.program), rules.reduction);
  const Interrupts interrupts;
  RunOptions options = runOptions(arguments);
  options.references = true;
  Progress progress(!arguments.json);
  options.tick = [&](uint64_t steps) {
    progress.tick(steps, world.arena().size(), world.arena().bytes());
    return !Interrupts::raised();
  };
  const RunResult result = world.run(options);
  progress.clear();
  const auto wrong = [&](Diagnostic diagnostic) { return refuse(loaded.source, {std::move(diagnostic)}, arguments); };
  if (result.end == RunResult::End::BadIndex) {
    return wrong(
        {"schedule", std::nullopt, result.limit, {}, "a schedule belongs to one program and one set of flags"});
  }
  const Arena& arena = world.arena();
  std::vector<render::ShownReference> references = render::shownReferences(arena, result, arguments.lineageOf);
  if (references.empty() && !arguments.lineageOf.empty()) {
    return wrong(problem("there is no reference of `" + arguments.lineageOf + "`",
                         "it names a host whose result is a reference, or a val that one was made for"));
  }
  if (!arguments.save.empty()) {
    if (const std::optional<Diagnostic> failed = save(world.arena(), result.last, references, arguments)) {
      return wrong(*failed);
    }
  }
  const render::LineageReport report = render::lineageReport(arena, result, std::move(references));
  if (arguments.json) {
    boost::json::object out = render::document();
    out["file"] = loaded.source.name();
    out["outcome"] = render::view(render::outcomeName(result.end));
    out["steps"] = result.steps;
    for (auto& entry : render::lineageJson(arena, report)) out[entry.key()] = std::move(entry.value());
    if (!arguments.save.empty()) out["saved"] = arguments.save;
    print(render::line(out));
  } else if (arguments.lineageFormat == LineageFormat::Dot) {
    print(render::lineageDot(arena, report));
  } else {
    const std::string ended(render::outcomeName(result.end));
    print(render::lineageText(arena, report, styleFor(stdout, arguments.color)));
    print("\n" + (result.end == RunResult::End::Limit ? "incomplete" : ended) + " after " +
          render::counted(result.steps, "step") + (result.limit.empty() ? "" : ": " + result.limit) + "\n");
    if (!arguments.save.empty()) print("saved in " + arguments.save + "\n");
  }
  return exitCodeOf(result.end);
}

}  // namespace funpass::cli
