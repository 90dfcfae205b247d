// fromLineage: a lineage file, read while the program is loaded.
#include <algorithm>

#include "lang/lineage_file.hpp"
#include "lang/parse.hpp"
#include "lang/raise.hpp"
#include "lang/saved.hpp"
#include "typecheck/checker.hpp"
#include "typecheck/elaborate_state.hpp"

namespace funpass::elaboration {

namespace {

/// The identifier of the innermost lineage or leaf on the way to what is refused; 0 if there is none.
Handle refusedIdentifier(const Arena& arena, Handle node, const std::vector<uint8_t>& path) {
  Handle ident = 0;
  for (size_t i = 0;; ++i) {
    if (arena.is(node, Tag::Mat) || arena.is(node, Tag::Applied) || arena.is(node, Tag::Leaf)) ident = arena[node][0];
    if (i == path.size()) return ident;
    node = arena[node][path[i]];
  }
}

}  // namespace

/// The second argument of fromLineage: a string, which stands for the file's contents; in a literal the contents.
void Elaborator::lineageFile(const Task& task) {
  const Index node = operandAt(task.node, 1);
  const Index written = withoutParens(node);
  if (tree_.kind(written) == Kind::Saved) {
    Task saved;
    saved.what = Task::What::Visit;
    saved.node = written;
    saved.at = node;
    visitSaved(saved);
    return;
  }
  if (tree_.kind(written) != Kind::String) {
    if (tree_.kind(written) != Kind::Erroneous) {
      report("file", spanOf(node),
             "`fromLineage` takes a string that is written out: the file is read when the program is loaded",
             "write the path between quotes");
    }
    pushUnknown(node);
    return;
  }
  const std::string& path = tree_.text(written);
  const auto [known, isNew] = lineages_.emplace(path, 0);
  if (isNew || known->second == 0) known->second = lineageOf(path, spanOf(written));
  if (known->second == 0) {
    pushUnknown(node);
    return;
  }
  const Handle data = arena_[arena_.idOf(arena_[known->second][0])][2];
  push(known->second, arena_.make(Tag::TSiloRef, data), node);
}

/// The Saved that stands for a file; 0 if there is something wrong, which is reported.
Handle Elaborator::lineageOf(const std::string& path, Span span) {
  std::string full;
  if (!mayRead(path, span, full) || arena_.hosts().empty()) return 0;
  const auto refuse = [&](std::string_view rule, const std::string& message, std::string help = {},
                          std::vector<Diagnostic::Note> notes = {}) -> Handle {
    report(rule, span, "`" + path + "`: " + message, std::move(help), std::move(notes));
    return 0;
  };
  Diagnostics problems;
  const std::optional<Source> contents = readSource(full, problems);
  if (!contents) {
    report("file", span, problems.empty() ? "`" + full + "` cannot be read" : problems[0].message);
    return 0;
  }
  std::string problem;
  const std::optional<LineageFile> file = readLineageFile(contents->text(), problem);
  if (!file)
    return refuse("file", "this is no lineage that can be read: " + problem,
                  "`funpass lineage --save` writes such files");
  const std::vector<std::string> records = recordTexts(arena_, program_.records);
  for (const std::string& record : file->records) {
    if (std::find(records.begin(), records.end(), record) != records.end()) continue;
    return refuse("file", "it has data of a record that this program does not declare so", "declare `" + record + "`");
  }

  const LineageLiteral literal = lineageLiteral(*file, arena_.hosts(), records, savedIdentifiers_);
  const auto place = [](int64_t id) { return "node " + std::to_string(id) + ": "; };
  const Source source(path, literal.text);
  const surface::Tree tree = readable(source, problems) ? surface::parse(source, {}, problems) : surface::Tree();
  LoadOptions options = options_;
  options.reads = false;
  for (Index node = 1; node < tree.nodes.size() && problems.empty(); ++node) {
    if (tree.kind(node) == Kind::Identifier && tree.text(node) != "currentHost") {
      problems.push_back(
          {"file", tree[node].span, "this is an identifier of another run, which means nothing here", {}, {}});
    }
  }
  const std::vector<std::string> hosts = arena_.hosts();
  std::optional<Program> read;
  if (problems.empty()) read = Elaborator(arena_, source, tree, options).run(problems);
  const bool sameHosts = arena_.hosts() == hosts;
  arena_.setHosts(hosts);
  if (!problems.empty()) {
    const Diagnostic& first = problems[0];
    const uint32_t line = first.span ? source.position(first.span->begin).line : 0;
    const int64_t id = line > 0 && line <= literal.lines.size() ? literal.lines[line - 1] : -1;
    const bool name = first.rule == info(Rule::TVar).name && first.help.empty();
    return refuse(first.rule, (id < 0 ? "" : place(id)) + first.message,
                  name ? "if it is a host of the program that saved this, declare it here, too" : first.help);
  }
  const Handle term = read && sameHosts ? read->initial.hosts[0].focus : 0;
  const Handle saved = arena_.is(term, Tag::FromLineage) ? arena_[term][1] : 0;
  if (saved == 0) return refuse("file", "this is no lineage that can be read: its terms are not whole");

  Checker checker(arena_, *options_.rules, options_.mobility);
  if (const Typing typing = checker.typeOf(term); !typing.ok()) {
    const TypeRefusal& refusal = typing.refusal();
    const Handle ident = refusedIdentifier(arena_, term, refusal.path);
    std::string message = refusal.message;
    if (refusal.found != 0) message += "; this is " + quoted(refusal.found);
    if (refusal.wanted != 0) message += ", not " + quoted(refusal.wanted);
    const size_t number = ident == 0 ? literal.numbering.size() : arena_[ident][1] - savedIdentifiers_;
    if (number < literal.numbering.size()) message = place(literal.numbering[number]) + message;
    return refuse(info(refusal.rule).name, message);
  }
  const std::vector<Handle> idents = identifiersOf(arena_, saved);
  const uint64_t end = uint64_t{savedIdentifiers_} + literal.numbering.size();
  if (idents.size() != literal.numbering.size() || arena_[idents.back()][1] >= end) {
    return refuse("file", "this is no lineage that can be read: some nodes are no part of its root's lineage");
  }
  const std::string type = text(arena_, arena_[arena_.idOf(arena_[saved][0])][2]);
  if (type != file->type) {
    return refuse("T-FromLineage",
                  "it says that its type is `" + file->type + "`, and that of its root is `" + type + "`");
  }
  savedIdentifiers_ += static_cast<uint32_t>(literal.numbering.size());
  return saved;
}

}  // namespace funpass::elaboration
