// Judging nodes, and what is said when a rule refuses.
#include <algorithm>

#include "lang/types.hpp"
#include "typecheck/elaborate_state.hpp"

namespace funpass::elaboration {

namespace {

constexpr size_t kLongestType = 1000;
constexpr uint32_t kMostSuggestions = 50;  // each looks at every name in sight
constexpr size_t kMostNames = 1000;

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Both sides have one type, and it may be any of several.
bool comparesSides(Rule rule) {
  return rule == Rule::TEq || rule == Rule::TLt || rule == Rule::TLe || rule == Rule::TGt || rule == Rule::TGe ||
         rule == Rule::TConcat;
}

/// The other side is as much at fault: no side is the wanted one.
bool isSymmetric(const TypeRefusal& refusal) {
  if (refusal.rule == Rule::TIf) return refusal.part == 2;
  if (refusal.rule == Rule::TCons) return refusal.part == 0;
  return refusal.premise == 1 && comparesSides(refusal.rule);
}

/// One mistake that both sides show: two types, or one that the operator is not for.
bool isOfBothSides(const TypeRefusal& refusal) {
  return comparesSides(refusal.rule) || (refusal.rule == Rule::TIntOp && !refusal.help.empty());
}

}  // namespace

// ---- judging

/// The type of a node, and a report of each premise that fails. What was reported counts as unknown from then on.
Handle Elaborator::judge(Handle made, Parts parts, Index at) {
  Node node = arena_[made];
  while (true) {
    const Typing typing = conclude(*options_.rules, {arena_, node, parts.type, options_.mobility, &mobile_});
    if (typing.ok()) return typing.type();
    const TypeRefusal& refusal = typing.refusal();
    if (!quiet_) explain(made, parts, at, refusal);
    if (refusal.part < 0) return unknown();
    Handle& faulty = parts.type[static_cast<size_t>(refusal.part)];
    Handle now = unknown();
    if (refusal.element >= 0 && refusal.found != 0) {
      std::vector<Handle> list;
      for (Handle rest = faulty; rest != 0; rest = arena_[rest][1]) list.push_back(arena_[rest][0]);
      list[static_cast<size_t>(refusal.element)] = unknown();
      now = 0;
      for (auto it = list.rbegin(); it != list.rend(); ++it) now = arena_.make(Tag::TCons, *it, now);
    } else if (node.is(Tag::Record) || faulty == 0) {
      return typeOfRefused(node);
    }
    if (now == faulty) return typeOfRefused(node);
    faulty = now;
    if (isOfBothSides(refusal)) parts.type[0] = parts.type[1] = unknown();
    const bool hasNote = node.is(Tag::Populate) || node.is(Tag::Apply) || node.is(Tag::Map) || node.is(Tag::Filter) ||
                         node.is(Tag::FlatMap) || node.is(Tag::SortBy);
    if (hasNote) node.field[2] = unknown();
  }
}

/// A record with the wrong number of arguments still is that record.
Handle Elaborator::typeOfRefused(const Node& node) { return node.is(Tag::Record) ? node[0] : unknown(); }

/// May a term of type `found` stand where `from` is declared: as the argument of a function (App) or in a header
/// (Entry)?
bool Elaborator::accepts(Tag tag, Handle from, Handle found) {
  Node node;
  node.tag = static_cast<uint8_t>(tag);
  std::array<Handle, 3> types{0, found, 0};
  if (tag == Tag::App) {
    types[0] = arena_.make(Tag::TFun, from, unknown());
  } else {
    node.field[0] = from;
  }
  return conclude(*options_.rules, {arena_, node, types, options_.mobility}).ok();
}

// ---- reporting

void Elaborator::report(Diagnostic diagnostic) {
  if (!quiet_) found_.push_back({place_, std::move(diagnostic)});
}

void Elaborator::report(std::string_view rule, Span span, std::string message, std::string help,
                        std::vector<Diagnostic::Note> notes) {
  report({std::string(rule), span, std::move(message), std::move(notes), std::move(help)});
}

std::string Elaborator::quoted(Handle type) const { return "`" + typeText(arena_, type, kLongestType) + "`"; }

std::string Elaborator::meant(std::string_view wrong, const std::vector<std::string>& candidates) {
  if (quiet_ || ++suggestions_ > kMostSuggestions) return {};
  const std::optional<std::string> name = closestName(wrong, candidates);
  return name ? "did you mean `" + *name + "`?" : std::string();
}

std::vector<std::string> Elaborator::namesInSight(bool applied) const {
  std::vector<std::string> names;
  for (size_t k = scope_.size(); k > base_ && names.size() < kMostNames; --k) {
    names.push_back(arena_.text(scope_[k - 1].name));
  }
  size_t defs = 0;
  for (const Index node : tree_.declarations) {
    if (tree_.kind(node) == Kind::Def && defs++ < defs_.size()) names.push_back(tree_.text(node));
  }
  names.insert(names.end(), arena_.hosts().begin(), arena_.hosts().end());
  if (!applied) {
    names.insert(names.end(), {"unit", "currentHost"});
    if (!options_.core) names.insert(names.end(), {"true", "false"});
    return names;
  }
  for (const Handle record : program_.records) names.push_back(arena_.text(arena_[record][0]));
  const std::vector<std::string> operations = operationNames(options_.core);
  names.insert(names.end(), operations.begin(), operations.end());
  return names;
}

// ---- places of names

/// The name that stands behind `offset`, after blanks, comments, `(` and `.`.
Span Elaborator::nameAfter(uint32_t offset, std::string_view name) const {
  const std::string& text = source_.text();
  offset = std::min(offset, static_cast<uint32_t>(text.size()));
  size_t i = offset;
  while (i < text.size()) {
    if (isBlank(text[i]) || text[i] == '(' || text[i] == '.') {
      ++i;
    } else if (text.compare(i, 2, "//") == 0) {
      i = std::min(text.find_first_of("\r\n", i), text.size());
    } else if (text.compare(i, 2, "/*") == 0) {
      i = std::min(text.find("*/", i + 2), text.size() - 2) + 2;
    } else {
      break;
    }
  }
  if (text.compare(i, name.size(), name) != 0) i = offset;
  return {static_cast<uint32_t>(i), static_cast<uint32_t>(i + name.size())};
}

Span Elaborator::nameOf(Index node) const {
  const Span whole = spanOf(node);
  const std::string& name = tree_.text(node);
  const auto behind = [&](std::string_view word) {
    return nameAfter(whole.begin + static_cast<uint32_t>(word.size()), name);
  };
  const Kind kind = tree_.kind(node);
  if (kind == Kind::Entry || kind == Kind::Binder) return behind("");
  if (kind == Kind::Val) return behind("val");
  if (kind == Kind::RecordDecl) return behind("record");
  if (kind == Kind::Def) return behind("def");
  if (kind == Kind::At) return behind("at");
  if (kind == Kind::HostLine) return behind("host");
  if (kind == Kind::Method || kind == Kind::Field) return nameAfter(spanOf(tree_.child(node, 0)).end, name);
  return whole;
}

// ---- what a refusal says

void Elaborator::explain(Handle made, const Parts& parts, Index at, const TypeRefusal& refusal) {
  Diagnostic error;
  error.rule = info(refusal.rule).name;
  error.message = refusal.message;
  error.help = refusal.help;
  Index part = at;
  if (refusal.element >= 0 && static_cast<size_t>(refusal.element) < parts.elements.size()) {
    part = parts.elements[static_cast<size_t>(refusal.element)];
  } else if (refusal.part >= 0 && parts.at[static_cast<size_t>(refusal.part)] != 0) {
    part = parts.at[static_cast<size_t>(refusal.part)];
  }
  error.span = arena_.is(made, Tag::Field) && refusal.part < 0 ? nameOf(at) : spanOf(part);
  if (refusal.found != 0) {
    const std::string found = quoted(refusal.found);
    if (refusal.wanted != 0) {
      error.message += isSymmetric(refusal) ? ": " + quoted(refusal.wanted) + " and " + found
                                            : ": " + found + ", not " + quoted(refusal.wanted);
    } else if (error.message.find(found) == std::string::npos && !(arena_.is(made, Tag::Field) && refusal.part < 0)) {
      error.message += "; this is " + found;
    }
  }
  addContext(error, made, parts, refusal);
  report(std::move(error));
}

/// Where the other type comes from, and what could be written instead.
void Elaborator::addContext(Diagnostic& error, Handle made, const Parts& parts, const TypeRefusal& refusal) {
  const Node node = arena_[made];
  const auto note = [&](int part, const std::string& text) {
    const auto k = static_cast<size_t>(part);
    if (parts.at[k] != 0) error.notes.push_back({text, spanOf(parts.at[k])});
  };
  if (isSymmetric(refusal)) {
    note(refusal.rule == Rule::TCons ? 1 : refusal.rule == Rule::TIf ? 1 : 0, "this is " + quoted(refusal.wanted));
  } else if (node.is(Tag::App) && refusal.part == 1) {
    note(0, "this is " + quoted(parts.type[0]));
    const Node function = arena_[node[0]];
    if (function.is(Tag::Var) && function[0] < scope_.size()) {
      const Binding& bound = scope_[scope_.size() - 1 - function[0]];
      error.notes.back() = {"`" + arena_.text(bound.name) + "` is " + quoted(bound.type), bound.span};
    }
  } else if (node.is(Tag::App) && refusal.part == 0) {
    note(1, "it is applied to this");
  } else if ((node.is(Tag::Apply) || node.is(Tag::Map) || node.is(Tag::Filter) || node.is(Tag::FlatMap) ||
              node.is(Tag::Exists) || node.is(Tag::SortBy) || node.is(Tag::Fold)) &&
             refusal.part > 0 && refusal.wanted != 0) {
    note(0, "this is " + quoted(parts.type[0]));
  } else if (node.is(Tag::Respond) && refusal.part == 2) {
    note(1, "this is " + quoted(parts.type[1]));
  } else if (node.is(Tag::Spore) && arena_.is(refusal.found, Tag::TFuture)) {
    error.notes.push_back(
        {"on another host an `await` of it could wait forever: the value comes only to the host that "
         "asked"});
    error.help = "await it first, and capture the value: " + quoted(arena_[refusal.found][0]);
  } else if (node.is(Tag::Spore) && arena_.is(refusal.found, Tag::TFun)) {
    error.help = "make it a spore, `spore { (x: T) => … }`, or a `def`, which every host has";
  } else if (node.is(Tag::Populate) && refusal.part == 1 && arena_.is(refusal.found, Tag::TFun)) {
    error.help = "make it a spore, `spore { (x: T) => … }`: its type says what it captured";
  } else if (node.is(Tag::Field) && refusal.part < 0) {
    const std::string& name = arena_.text(node[1]);
    std::vector<std::string> fields;
    for (Handle rest = arena_[parts.type[0]][1]; rest != 0; rest = arena_[rest][2]) {
      fields.push_back(arena_.text(arena_[rest][0]));
    }
    const std::string suggestion = meant(name, fields);
    if (!suggestion.empty()) {
      if (!error.help.empty()) error.notes.push_back({error.help});
      error.help = suggestion;
    }
  }
  if (node.is(Tag::Field) && operationNamed(arena_.text(node[1]), literal_) != nullptr) {
    error.help = "`" + arena_.text(node[1]) + "` is an operation, and is written with parentheses: `x." +
                 arena_.text(node[1]) + "(…)`";
  }
}

/// `annotation` declares another type than the term of a val, def or header entry has.
void Elaborator::wrongValue(Index at, std::string_view name, Index annotation, Handle declared, Handle found,
                            std::string_view rule) {
  std::string help;
  if (arena_.is(declared, Tag::TFun) && arena_.is(found, Tag::TSpore)) {
    help = "a spore is not a function, though both may be applied; its type says what it captured: " + quoted(found);
  } else if (arena_.is(declared, Tag::TSpore) && arena_.is(found, Tag::TFun)) {
    help = "a function is not a spore: write `spore { (x: T) => … }`";
  } else if (arena_.is(found, Tag::TFuture) && arena_[found][0] == declared) {
    help = "`await(…)` gives the value of a Future";
  } else if (arena_.is(found, Tag::TSiloRef) && arena_[found][0] == declared) {
    help = "`await(send(…))` gives what a SiloRef stands for";
  }
  report(rule, spanOf(at),
         "`" + std::string(name) + "` is declared as " + quoted(declared) + ", and this is " + quoted(found), help,
         {{"declared here", spanOf(annotation)}});
}

// ---- unbound names

void Elaborator::unboundName(std::string_view name, Span span, Index head, const Meaning& meaning) {
  const std::string text = "`" + std::string(name) + "`";
  if (quiet_ || (meaning.kind == Meaning::Kind::Unbound && isMisread(name))) return;
  if (meaning.kind == Meaning::Kind::Outside) {
    const Binding& outside = scope_[meaning.index];
    const std::string typed = isKnown(outside.type) ? ": " + typeText(arena_, outside.type, kLongestType) : "";
    std::vector<Diagnostic::Note> notes{{text + " is bound here, outside the spore", outside.span}};
    std::string help = "capture it: add `" + std::string(name) + typed + " = " + std::string(name) +
                       "` to the spore's header, as in `spore { " + std::string(name) + " = " + std::string(name) +
                       "; … }`";
    if (options_.mobility && isKnown(outside.type) && !isMobile(arena_, outside.type)) {
      notes.push_back({"it cannot be captured as it is: " + whyImmobile(arena_, outside.type)});
      help = arena_.is(outside.type, Tag::TFuture)
                 ? "await it outside, and capture the value: `x: " +
                       typeText(arena_, arena_[outside.type][0], kLongestType) + " = await(" + std::string(name) + ")`"
                 : "capture something that makes sense on every host";
    }
    report("T-Var", span, text + " is not visible here: a spore's body sees only the spore's header and parameter",
           help, std::move(notes));
    return;
  }
  if (meaning.kind == Meaning::Kind::Operation) {
    report("T-Var", span, text + " is an operation, not a value",
           "apply it: `" + std::string(name) + "(…)`, or make a function of it: `(x: T) => " + std::string(name) +
               "(x" + (meaning.operation->arity > 1 ? ", …" : "") + ")`");
    return;
  }
  if (meaning.kind == Meaning::Kind::Record) {
    report("T-Var", span, text + " is a record, and makes a value of its fields only",
           "write `" + std::string(name) + "(…)`");
    return;
  }
  std::string help = meant(name, namesInSight(head != 0));
  std::vector<Diagnostic::Note> notes;
  const Operation* const operation = operationNamed(name, literal_);
  if (operation != nullptr && options_.core) {
    help = name == "fromTextFile" ? "it makes a `SiloRef[List[String]]`, and `--core` has no lists and strings"
                                  : text + " works on data, which `--core` switches off";
  } else if (name == "sortWith") {
    help = "`sortBy` sorts by a key: `xs.sortBy(x => …)`";
  } else if (const auto def = defNames_.find(std::string(name)); def != defNames_.end()) {
    help = def->second == defs_.size() ? "a def cannot use itself" : "a def sees earlier defs only";
  }
  for (size_t k = tasks_.size(); k > 0 && suggestions_ <= kMostSuggestions; --k) {
    const Task& task = tasks_[k - 1];
    if (task.what != Task::What::SporeEntry) continue;
    for (const Index entry : tree_.children(task.node)) {
      if (tree_.kind(entry) != Kind::Entry || tree_.text(entry) != name) continue;
      notes.push_back({"an entry of a spore's header does not see the others", nameOf(entry)});
    }
    break;
  }
  report("T-Var", span, text + " is not bound here", help, std::move(notes));
}

/// x.f(y), where f is no operation, and no field of x either.
void Elaborator::unknownMethod(const Task& task, const Typed& on) {
  const std::string& name = tree_.text(task.node);
  const Span span = nameOf(task.node);
  const Meaning meaning = meaningOf(name, true);
  const uint32_t arguments = tree_[task.node].count - 1;
  if (isSelectable(on.type, name)) {
    report("syntax", spanOf(task.node),
           arguments == 0 ? "`" + name + "` is a field, and a field takes no parentheses"
                          : "a function or spore is applied to one argument: `x." + name + "(y)`",
           arguments == 0 ? "write `." + name + "`" : "");
    return;
  }
  if (meaning.kind == Meaning::Kind::Record) {
    report("syntax", span, "`" + name + "` is a record, and a record's values are not written behind a dot",
           "write `" + name + "(…)`");
    return;
  }
  if (meaning.kind == Meaning::Kind::Host) {
    report("syntax", span, "`" + name + "` is a host: behind a dot stands an operation, a function or a field");
    return;
  }
  if (meaning.kind != Meaning::Kind::Unbound && meaning.kind != Meaning::Kind::Outside) {
    report("syntax", spanOf(task.node),
           "`x." + name + "(y)` is `" + name + "(x, y)`, and only operations take several arguments",
           "apply `" + name + "` to one after the other: `" + name + "(x)(y)`");
    return;
  }
  if (meaning.kind == Meaning::Kind::Unbound && arena_.is(on.type, Tag::TRecord) && name != "sortWith") {
    std::vector<std::string> names = operationNames(options_.core);
    for (Handle rest = arena_[on.type][1]; rest != 0; rest = arena_[rest][2]) {
      names.push_back(arena_.text(arena_[rest][0]));
    }
    report("T-Field", span, "`" + name + "` is neither a field of " + quoted(on.type) + " nor an operation",
           meant(name, names));
    return;
  }
  unboundName(name, span, task.node, meaning);
}

}  // namespace funpass::elaboration
