// funpass graph FILE
#include <algorithm>
#include <ostream>
#include <streambuf>
#include <string>

#include "checker/budgets.hpp"
#include "cli/exploring.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "render/graph.hpp"

namespace funpass::cli {

namespace {

// Larger graphs are written with --force only: nobody can read them.
constexpr uint64_t kMostNodes = 2'000;
// And of these not even the quotient is tried.
constexpr uint64_t kMostStates = 200'000;

// Standard output as a stream that is not flushed at every line.
class Output : public std::streambuf {
 protected:
  int_type overflow(int_type c) override {
    return traits_type::eq_int_type(c, traits_type::eof()) ? traits_type::not_eof(c) : std::fputc(c, stdout);
  }
  std::streamsize xsputn(const char* text, std::streamsize length) override {
    return static_cast<std::streamsize>(std::fwrite(text, 1, static_cast<size_t>(length), stdout));
  }
};

ExitCode tooLarge(const std::string& message, const Arguments& arguments) {
  return refuse({}, {{"size", std::nullopt, message, {}, "`--force` writes the whole graph, however large"}},
                arguments);
}

void write(const render::GraphView& view, GraphFormat format) {
  Output output;
  std::ostream out(&output);
  switch (format) {
    case GraphFormat::Dot: return render::writeDot(out, view);
    case GraphFormat::Graphml: return render::writeGraphml(out, view);
    case GraphFormat::Json: return render::writeGraphJson(out, view);
  }
}

}  // namespace

ExitCode graph(const Arguments& arguments) {
  Loaded loaded = load(arguments);
  if (!loaded.program) return refuse(loaded.source, loaded.problems, arguments);
  printNotes(loaded, arguments);
  // Checks with budgets of their own are judged on other graphs than the one that is shown.
  std::erase_if(loaded.program->checks, [](const Check& check) {
    return check.kind == Check::Kind::Resilient || check.kind == Check::Kind::Transparent;
  });
  Exploring exploring(arguments, loaded);
  const bool capped = !arguments.force && arguments.maxStates > kMostStates;
  exploring.options().keepEdges = true;
  if (capped) exploring.options().limits.maxStates = kMostStates;
  std::unique_ptr<Explored> explored;
  CheckReport report = funpass::check(*loaded.arena, *loaded.program, exploring.options(), explored);
  exploring.end();
  exploring.name(report.limit);
  if (capped && report.limit == "states") {
    return tooLarge("the graph has more than " + std::to_string(kMostStates) + " states", arguments);
  }

  const PropertyReport* violation = firstViolation(report);
  StateGraph shown = stateGraph(*loaded.arena, *explored, exploring.options());
  shown.limit = report.limit;
  if (violation != nullptr) markCounterexample(shown, *violation->schedule);
  const bool large = !arguments.force && shown.states > kMostNodes;
  if (arguments.quotient || large) shown = quotient(shown);
  if (!arguments.force && shown.nodes.size() > kMostNodes) {
    return tooLarge("the graph has " + std::to_string(shown.states) + " states, and " +
                        std::to_string(shown.nodes.size()) + " with its local steps collapsed; the most is " +
                        std::to_string(kMostNodes),
                    arguments);
  }
  if (shown.quotient) {
    printNote("graph",
              "the graph's " + std::to_string(shown.states) + " states are shown as " +
                  render::counted(shown.nodes.size(), "node") + ": local steps are collapsed",
              large ? "`--force` writes the whole graph" : "", arguments);
  }
  if (!shown.complete) {
    printNote("graph", "incomplete (" + shown.limit + "): the graph found so far", "", arguments);
  }
  write({*loaded.arena, *explored, shown, arguments.file, violation},
        arguments.json ? GraphFormat::Json : arguments.format.value_or(GraphFormat::Dot));
  return exitCode(report);
}

}  // namespace funpass::cli
