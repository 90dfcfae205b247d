// Programs: declarations and checks.
#include "typecheck/elaborate.hpp"

#include <algorithm>

#include "typecheck/elaborate_state.hpp"

namespace funpass {

namespace elaboration {

Elaborator::Elaborator(Arena& arena, const Source& source, const Tree& tree, const LoadOptions& options)
    : arena_(arena), source_(source), tree_(tree), options_(options) {}

std::optional<Program> Elaborator::run(Diagnostics& out) {
  broken_ = std::any_of(tree_.nodes.begin(), tree_.nodes.end(),
                        [](const surface::Node& node) { return node.kind == Kind::Erroneous; });
  const auto each = [this](Kind kind, auto action) {
    for (const Index node : tree_.declarations) {
      if (tree_.kind(node) != kind) continue;
      place_ = spanOf(node).begin;
      action(node);
    }
  };
  each(Kind::Config, [this](Index) { literal_ = true; });
  each(Kind::Erroneous, [this](Index node) {
    for (const Index name : tree_.children(node)) misread_.insert(tree_.text(name));
  });
  declareHosts();
  each(Kind::RecordDecl, [this](Index node) { declareRecord(node); });
  uint32_t defs = 0;
  each(Kind::Def, [&](Index node) { defNames_.emplace(tree_.text(node), defs++); });
  each(Kind::Def, [this](Index node) { declareDef(node); });
  each(Kind::At, [this](Index node) { elaborateAt(node); });
  each(Kind::Config, [this](Index node) { elaborateConfig(node); });
  each(Kind::Check, [this](Index node) { elaborateCheck(node); });

  std::stable_sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) { return a.place < b.place; });
  // What the parser could not read in a declaration would be blamed on the rest of it.
  std::unordered_set<uint32_t> misread;
  for (const Index node : tree_.declarations) {
    const Span whole = spanOf(node);
    const auto inside = [&](const Diagnostic& d) {
      return d.span && whole.begin <= d.span->begin && d.span->begin <= whole.end;
    };
    if (std::any_of(out.begin(), out.end(), inside)) misread.insert(whole.begin);
  }
  for (Found& found : found_) {
    if (misread.count(found.place) == 0) out.push_back(std::move(found.diagnostic));
  }
  if (broken_ || !found_.empty()) return std::nullopt;
  if (!literal_) program_.initial = initialConfiguration(arena_, program_.terms);
  return std::move(program_);
}

// ---- names of declarations

std::string Elaborator::describe(std::string_view name) const {
  const std::string text(name);
  if (hosts_.count(text) != 0) return "a host";
  if (records_.count(text) != 0) return "a record";
  return "a def";
}

bool Elaborator::isTaken(std::string_view name, Span span, std::string_view what) {
  const std::string text(name);
  std::optional<Span> first;
  if (const auto host = hosts_.find(text); host != hosts_.end()) {
    first = hostSpans_[host->second];
  } else if (const auto record = recordSpans_.find(text); record != recordSpans_.end()) {
    first = record->second;
  } else if (const auto def = defNames_.find(text); def != defNames_.end() && def->second < defs_.size()) {
    first = defs_[def->second].span;
  }
  if (!first) return false;
  report("distinct names", span, std::string(what) + " may not be called `" + text + "`: " + describe(name) + " is", {},
         {{"`" + text + "` is declared here", first}});
  return true;
}

void Elaborator::declareHosts() {
  std::vector<std::string> names;
  const auto declare = [&](std::string_view name, Span span, Span whole) {
    if (const auto known = hosts_.find(std::string(name)); known != hosts_.end()) {
      report("distinct names", span, "the host `" + std::string(name) + "` is declared twice", {},
             {{"it is declared here first", hostSpans_[known->second]}});
      return;
    }
    hosts_.emplace(name, static_cast<uint32_t>(names.size()));
    names.emplace_back(name);
    hostSpans_.push_back(span);
    program_.spans.push_back(whole);
  };
  for (const Index node : tree_.declarations) {
    place_ = spanOf(node).begin;
    if (tree_.kind(node) == Kind::HostDecl) {
      for (const Index name : tree_.children(node)) {
        if (tree_.kind(name) == Kind::Name) declare(tree_.text(name), spanOf(name), spanOf(name));
      }
    } else if (tree_.kind(node) == Kind::Config) {
      for (const Index line : tree_.children(node)) {
        if (tree_.kind(line) == Kind::HostLine) declare(tree_.text(line), nameOf(line), spanOf(line));
      }
    }
  }
  if (names.empty() && !broken_) {
    place_ = 0;
    found_.push_back({0, {"syntax", std::nullopt, "the program declares no host", {}, "begin with `host a`"}});
  }
  const size_t count = names.size();
  program_.literal = literal_;
  for (std::vector<Handle> Program::*list : {&Program::terms, &Program::types, &Program::resultTypes}) {
    (program_.*list).assign(count, 0);
  }
  for (uint32_t host = 0; host < count; ++host) program_.among.push_back(host);
  blocks_.resize(count);
  arena_.setHosts(std::move(names));
}

void Elaborator::declareRecord(Index node) {
  const std::string& name = tree_.text(node);
  const bool taken = isTaken(name, nameOf(node), "a record");
  if (operationNamed(name, true) != nullptr) {  // of a literal, too: it may hold values of this program
    report("distinct names", nameOf(node), "a record may not be called `" + name + "`: an operation is",
           "`" + name + "(…)` is the operation, so no value of this record could be written");
  }
  std::vector<std::pair<Symbol, Handle>> fields;
  std::unordered_map<Symbol, Span> seen;
  for (const Index field : tree_.children(node)) {
    if (tree_.kind(field) != Kind::Binder) continue;
    const Symbol symbol = arena_.symbol(tree_.text(field));
    const auto [first, isNew] = seen.emplace(symbol, nameOf(field));
    const Handle fieldType = type(tree_.child(field, 0));
    if (isNew) {
      fields.emplace_back(symbol, fieldType);
      continue;
    }
    report("distinct names", nameOf(field), "`" + name + "` has two fields called `" + tree_.text(field) + "`", {},
           {{"the first one", first->second}});
  }
  if (taken) return;
  Handle list = 0;
  for (auto it = fields.rbegin(); it != fields.rend(); ++it)
    list = arena_.make(Tag::TField, it->first, it->second, list);
  const Handle record = arena_.make(Tag::TRecord, arena_.symbol(name), list);
  records_.emplace(name, record);
  recordSpans_.emplace(name, nameOf(node));
  program_.records.push_back(record);
}

// ---- defs

void Elaborator::declareDef(Index node) {
  const std::string& name = tree_.text(node);
  if (isTaken(name, nameOf(node), "a def")) {
    // The other one keeps the name.
    if (const auto def = defNames_.find(name); def != defNames_.end() && def->second == defs_.size())
      defNames_.erase(def);
  }
  const Index annotation = tree_.child(node, 0);
  const Handle declared = type(annotation);
  inDef_ = true;
  defRefused_ = false;
  Want want;
  want.expected = want.hint = declared;
  Typed typed = term(tree_.child(node, 1), want);
  inDef_ = false;
  if (!accepts(Tag::App, declared, typed.type)) {
    wrongValue(typed.at, name, annotation, declared, typed.type, "def");
  }
  typed.type = declared;
  defs_.push_back({typed, nameOf(node)});
}

bool Elaborator::makes(Tag tag, Span span) {
  if (!inDef_ || functions_ > 0 || defRefused_) return false;
  std::string_view name;
  if (tag == Tag::Populate) name = "populate";
  if (tag == Tag::Apply) name = "apply";
  if (tag == Tag::Send) name = "send";
  if (tag == Tag::Await) name = "await";
  if (tag == Tag::Respond) name = "respond";
  if (name.empty()) return false;
  defRefused_ = true;
  report("def", span,
         "a def stands for its term wherever its name does, so the term may not " + std::string(name) + " anything",
         "use `val` in a host's block, or make it a function or a spore");
  return true;
}

// ---- blocks and checks

void Elaborator::elaborateAt(Index node) {
  const std::string& name = tree_.text(node);
  const uint32_t host = hostNumber(name);
  bool taken = false;
  if (host == kNobody) {
    undeclaredHost(name, nameOf(node));
  } else if (blocks_[host] != Span{}) {
    taken = true;
    report("two at-blocks", nameOf(node), "the host `" + name + "` has an `at` block already", {},
           {{"the first one", blocks_[host]}});
  } else {
    blocks_[host] = nameOf(node);
  }
  const Typed typed = term(tree_.child(node, 0));
  if (host == kNobody || taken) return;
  program_.terms[host] = typed.term;
  program_.types[host] = program_.resultTypes[host] = typed.type;
  program_.spans[host] = spanOf(node);
}

void Elaborator::undeclaredHost(const std::string& name, Span span) {
  if (isMisread(name)) return;
  report("undeclared host", span, "there is no host `" + name + "`", meant(name, arena_.hosts()));
}

bool Elaborator::checkedHost(Index name, uint32_t& host) {
  host = hostNumber(tree_.text(name));
  if (host != kNobody) return true;
  undeclaredHost(tree_.text(name), spanOf(name));
  return false;
}

void Elaborator::elaborateCheck(Index node) {
  Check check;
  check.span = spanOf(node);
  const std::string& word = tree_.text(node);
  if (word == "safe" || word == "confluent") {
    check.kind = word == "safe" ? Check::Kind::Safe : Check::Kind::Confluent;
  } else if (word == "resilient" || word == "transparent") {
    check.kind = word == "resilient" ? Check::Kind::Resilient : Check::Kind::Transparent;
    check.crashes = static_cast<uint32_t>(std::min<int64_t>(tree_[node].value, kNobody));
    for (const Index name : tree_.children(node)) {
      uint32_t host = 0;
      if (!checkedHost(name, host)) continue;
      if (std::find(check.among.begin(), check.among.end(), host) != check.among.end()) {
        report("distinct names", spanOf(name), "the host `" + tree_.text(name) + "` is named twice");
      }
      check.among.push_back(host);
    }
  } else {
    check.kind = word == "reaches"     ? Check::Kind::Reaches
                 : tree_[node].op == 1 ? Check::Kind::ResultIn
                                       : Check::Kind::Result;
    const Index name = tree_.child(node, 0);
    const bool known = checkedHost(name, check.host);
    const bool starts = known && (literal_ ? check.host < program_.initial.hosts.size() &&
                                                 program_.initial.hosts[check.host].result != 0
                                           : blocks_[check.host] != Span{});
    if (known && !starts && !broken_) {
      report("check", spanOf(name),
             literal_ ? "the host `" + tree_.text(name) + "` is not among the literal's `results`"
                      : "the host `" + tree_.text(name) + "` has no `at` block, so it has no result");
    }
    const Handle wanted = starts ? program_.resultTypes[check.host] : 0;
    for (uint32_t k = 1; k < tree_[node].count; ++k) {
      Want want;
      want.expected = wanted;
      const Typed typed = term(tree_.child(node, k), want);
      check.terms.push_back(typed.term);
      if (wanted == 0 || accepts(Tag::App, wanted, typed.type)) continue;
      report("check", spanOf(typed.at),
             "the result of `" + tree_.text(name) + "` is " + quoted(wanted) + ", and this is " + quoted(typed.type));
    }
  }
  program_.checks.push_back(std::move(check));
}

}  // namespace elaboration

std::optional<Program> elaborate(Arena& arena, const Source& source, const surface::Tree& tree,
                                 const LoadOptions& options, Diagnostics& out) {
  return elaboration::Elaborator(arena, source, tree, options).run(out);
}

}  // namespace funpass
