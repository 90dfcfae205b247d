// What stands before parentheses: operations, records, functions, fields; f(x) and x.f(y).
#include <algorithm>
#include <array>

#include "typecheck/elaborate_state.hpp"

namespace funpass::elaboration {

namespace {

// fromTextFile becomes a Populate; its row says how it is written.
constexpr std::array<Operation, 16> kOperations{{
    {"populate", Tag::Populate, 2, true},
    {"apply", Tag::Apply, 2, true},
    {"send", Tag::Send, 1, true},
    {"await", Tag::Await, 1, true},
    {"respond", Tag::Respond, 3, true},
    {"size", Tag::Size, 1, false},
    {"range", Tag::Range, 2, false},
    {"split", Tag::Split, 2, false},
    {"map", Tag::Map, 2, false},
    {"filter", Tag::Filter, 2, false},
    {"flatMap", Tag::FlatMap, 2, false},
    {"exists", Tag::Exists, 2, false},
    {"fold", Tag::Fold, 3, false},
    {"sortBy", Tag::SortBy, 2, false},
    {"fromTextFile", Tag::Populate, 2, false},
    {"sortByKeys", Tag::SortByKeys, 2, false},
}};

constexpr std::string_view kTextFile = "fromTextFile";

bool takesFunction(Tag tag, uint32_t k) {
  if (tag == Tag::Fold) return k == 2;
  return k == 1 && (tag == Tag::Apply || tag == Tag::Map || tag == Tag::Filter || tag == Tag::FlatMap ||
                    tag == Tag::Exists || tag == Tag::SortBy);
}

std::string counted(uint32_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

}  // namespace

const Operation* operationNamed(std::string_view name, bool literal) {
  for (const Operation& operation : kOperations) {
    if (operation.name == name && (literal || operation.tag != Tag::SortByKeys)) return &operation;
  }
  return nullptr;
}

std::vector<std::string> operationNames(bool core) {
  std::vector<std::string> names;
  for (const Operation& operation : kOperations) {
    if ((operation.core || !core) && operation.tag != Tag::SortByKeys) names.emplace_back(operation.name);
  }
  return names;
}

// ---- the operands of f(x, y) and of x.f(y) = f(x, y)

uint32_t Elaborator::operands(Index node) const {
  return tree_.kind(node) == Kind::Call ? tree_[node].count - 1 : tree_[node].count;
}

Index Elaborator::operandAt(Index node, uint32_t k) const {
  return tree_.child(node, tree_.kind(node) == Kind::Call ? k + 1 : k);
}

const Operation& Elaborator::operationOf(Index node) const {
  const bool call = tree_.kind(node) == Kind::Call;
  return *operationNamed(tree_.text(call ? withoutParens(tree_.child(node, 0)) : node), literal_);
}

/// Visits the operands from `from` on, of something that was refused, for the errors inside them.
void Elaborator::discardOperands(const Task& task, uint32_t from) {
  const uint32_t count = operands(task.node);
  then(Task::What::Discard, task, count - std::min(from, count));
  Want want;
  want.parameter = want.inner = unknown();
  for (uint32_t k = count; k-- > from;) visitLater(operandAt(task.node, k), want);
}

// ---- f(x)

void Elaborator::visitCall(const Task& task) {
  const Index head = tree_.child(task.node, 0);
  const Index name = withoutParens(head);
  if (tree_.kind(name) == Kind::Name) {
    callNamed(task, meaningOf(tree_.text(name), true), name);
    return;
  }
  if (tree_[task.node].count != 2) {
    report("syntax", spanOf(task.node), "a function or spore is applied to one argument: `f(x)`",
           tree_[task.node].count > 2 ? "apply it to one after the other: `f(x)(y)`" : "");
    then(Task::What::Discard, task, tree_[task.node].count);
    Want want;
    want.parameter = unknown();
    for (uint32_t k = tree_[task.node].count; k-- > 0;) visitLater(tree_.child(task.node, k), want);
    return;
  }
  then(Task::What::Argument, task, 1);
  visitLater(head);
}

/// f(x, y), or x.f(y) where f is an operation, or x.f() where it is bound or a def.
void Elaborator::callNamed(const Task& task, const Meaning& meaning, Index head) {
  const bool method = tree_.kind(task.node) == Kind::Method;
  const std::string& name = tree_.text(head);
  const Span span = nameOf(head);
  const uint32_t count = operands(task.node);
  switch (meaning.kind) {
    case Meaning::Kind::Operation: {
      const Operation& operation = *meaning.operation;
      if (count == operation.arity) {
        operand(task, operation);
        return;
      }
      report("syntax", spanOf(task.node),
             "`" + name + "` takes " + counted(operation.arity, "argument") + ", and here " +
                 (count == 1 ? "is" : "are") + (count == 0 ? " none" : " " + std::to_string(count)),
             method ? "an operation's name means the operation; a field called so is applied by `(x." + name + ")(…)`"
             : defNames_.count(name) != 0
                 ? "an operation's name means the operation; a def called so is applied by `val f = " + name + "; f(…)`"
                 : "");
      discardOperands(task, 0);
      return;
    }
    case Meaning::Kind::Record: {
      Task next = task;
      next.type = meaning.record;
      next.k = 0;
      construct(next);
      return;
    }
    case Meaning::Kind::Bound:
    case Meaning::Kind::Def:
    case Meaning::Kind::Host:
      if (count != 1) {
        report("syntax", spanOf(task.node), "a function or spore is applied to one argument: `" + name + "(x)`",
               count > 1 ? "apply it to one after the other: `" + name + "(x)(y)`" : "");
        discardOperands(task, 0);
        return;
      }
      pushMeaning(meaning, head);
      then(Task::What::Argument, task, method ? 0 : 1);
      return;
    case Meaning::Kind::Outside:
    case Meaning::Kind::Unbound:
      unboundName(name, span, head, meaning);
      discardOperands(task, 0);
      return;
  }
}

void Elaborator::argument(const Task& task) {
  const Typed& function = results_.back();
  then(Task::What::App, task);
  Want want;
  const Node node = arena_[function.type];
  if (node.is(Tag::TFun) || node.is(Tag::TSpore)) want.expected = node[0];
  if (node.is(Tag::TUnknown)) want.expected = want.parameter = function.type;
  want.hint = want.expected;
  visitLater(tree_.child(task.node, task.k), want);
}

void Elaborator::endApp(const Task& task) {
  const Typed value = pop();
  const Typed function = pop();
  const Handle node = arena_.make(Tag::App, function.term, value.term);
  push(node, judge(node, {{function.type, value.type}, {function.at, value.at}}, task.at), task.at);
}

// ---- operations

/// `k` operands are there: the next one, with what they say about it.
void Elaborator::operand(const Task& task, const Operation& operation) {
  const uint32_t k = task.what == Task::What::Operand ? task.k : 0;
  if (k == operation.arity) {
    endOperation(task, operation);
    return;
  }
  then(Task::What::Operand, task, k + 1);
  const Index node = operandAt(task.node, k);
  const auto before = [&](uint32_t which) { return results_[results_.size() - k + which].type; };
  if (operation.tag == Tag::Populate && k == 0) {
    hostArgument(node);
    return;
  }
  if (operation.tag == Tag::Respond && k == 0) {
    respondHost(node);
    return;
  }
  if (operation.name == kTextFile) {
    textFile(task);
    return;
  }
  Want want;
  if (takesFunction(operation.tag, k)) {
    const bool apply = operation.tag == Tag::Apply;
    want.parameter = elementOf(apply ? Tag::TSiloRef : Tag::TList, before(0));
    if (operation.tag == Tag::Fold) {
      want.inner = want.parameter;
      want.parameter = before(1);
    }
  }
  const Handle hint = task.want.hint;
  if (operation.tag == Tag::Await && hint != 0) want.hint = arena_.make(Tag::TFuture, hint);
  if (operation.tag == Tag::Send && hint != 0 && arena_.is(hint, Tag::TFuture)) {
    want.hint = arena_.make(Tag::TSiloRef, arena_[hint][0]);
  }
  if (operation.tag == Tag::Range) want.hint = simpleType(Tag::TInt);
  if (operation.tag == Tag::Split) want.hint = simpleType(Tag::TString);
  if (operation.tag == Tag::Respond && k == 2) want.hint = elementOf(Tag::TFuture, before(1));
  visitLater(node, want);
}

/// What R-Populate and R-Apply copy into ι, and what the operations on lists copy into their results.
Handle Elaborator::noteOf(Tag tag, const std::array<Handle, 3>& type) {
  if (tag == Tag::Populate) return type[1];
  if (tag == Tag::Filter) return elementOf(Tag::TList, type[0]);
  const Node function = arena_[type[1]];
  const Handle result = function.is(Tag::TFun) || function.is(Tag::TSpore) ? function[1] : unknown();
  if (tag == Tag::Apply) return elementOf(Tag::TSiloRef, result);
  if (tag == Tag::FlatMap) return elementOf(Tag::TList, result);
  return result;
}

void Elaborator::endOperation(const Task& task, const Operation& operation) {
  std::array<Handle, 3> field{};
  Parts parts;
  for (uint32_t k = operation.arity; k-- > 0;) {
    const Typed value = pop();
    field[k] = value.term;
    parts.type[k] = value.type;
    parts.at[k] = value.at;
  }
  const Tag tag = operation.tag;
  if (tag != Tag::SortByKeys && kFields[static_cast<size_t>(tag)][2] == 'y') field[2] = noteOf(tag, parts.type);
  makes(tag, spanOf(task.node));
  if (tag == Tag::Respond) {
    parts.type[0] = 0;
    learnFrom(field[1], arena_.make(Tag::TFuture, parts.type[2]));
    if (!literal_ && program_.notes.empty()) {
      program_.notes.push_back(
          {"T-Respond",
           spanOf(task.node),
           "the program itself completes a future: what is proved of the calculus no longer holds",
           {{"a future may get one value here and another where it was asked for, and data may come to contain a "
             "reference to itself"}},
           "`funpass check` shows what that comes to"});
    }
  }
  const Handle node = arena_.make(tag, field[0], field[1], field[2]);
  push(node, judge(node, std::move(parts), task.at), task.at);
}

/// The first argument of populate and fromTextFile: a term, or a list of hosts' names.
void Elaborator::hostArgument(Index node) {
  const Index list = withoutParens(node);
  if (tree_.kind(list) == Kind::List) {
    hostList(list, node);
    return;
  }
  Want want;
  want.hint = simpleType(Tag::THost);
  visitLater(node, want);
}

void Elaborator::hostList(Index list, Index at) {
  std::vector<uint32_t> hosts;
  bool refused = false;
  if (tree_[list].count == 0) {
    report("T-Pop", spanOf(list), "data is put on one host at least", "name a host: `populate([a], …)`");
    refused = true;
  }
  for (const Index element : tree_.children(list)) {
    const std::string& name = tree_.text(element);
    const bool isName = tree_.kind(element) == Kind::Name;
    const bool bound = isName && meaningOf(name, false).kind == Meaning::Kind::Bound;
    const uint32_t host = isName && !bound ? hostNumber(name) : kNobody;
    if (host == kNobody) {
      refused = true;
      if (tree_.kind(element) == Kind::Erroneous || (isName && !bound && isMisread(name))) continue;
      report("T-Pop", spanOf(element),
             !isName ? "the hosts of a list are written by name"
             : bound ? "`" + name + "` is a variable: the hosts of a list are written by name"
                     : "there is no host `" + name + "`",
             !isName                       ? ""
             : !bound                      ? meant(name, arena_.hosts())
             : hostNumber(name) != kNobody ? "it hides the host `" + name + "`: call one of them otherwise"
                                           : "");
      continue;
    }
    if (std::find(hosts.begin(), hosts.end(), host) != hosts.end()) {
      report("distinct names", spanOf(element), "the host `" + name + "` is named twice");
      refused = true;
      continue;
    }
    hosts.push_back(host);
  }
  if (refused) {
    pushUnknown(at);
    return;
  }
  Handle chain = 0;
  for (auto it = hosts.rbegin(); it != hosts.rend(); ++it) chain = arena_.make(Tag::Host, *it, chain);
  push(chain, judge(chain, {}, at), at);
}

/// The first argument of respond always means the host of that name. It stands in its node as a number.
void Elaborator::respondHost(Index node) {
  const Index name = withoutParens(node);
  const bool isName = tree_.kind(name) == Kind::Name;
  const uint32_t host = isName ? hostNumber(tree_.text(name)) : kNobody;
  if (host != kNobody) {
    push(host, 0, node);
    return;
  }
  const bool bound = isName && meaningOf(tree_.text(name), false).kind == Meaning::Kind::Bound;
  if (tree_.kind(name) != Kind::Erroneous && !(isName && !bound && isMisread(tree_.text(name)))) {
    report("T-Respond", spanOf(node),
           !isName ? "the first argument of `respond` is the name of a host"
           : bound ? "`" + tree_.text(name) + "` is a variable: the first argument of `respond` is the name of a host"
                   : "there is no host `" + tree_.text(name) + "`",
           isName && !bound ? meant(tree_.text(name), arena_.hosts()) : "");
  }
  push(0, 0, node);
}

// ---- records

/// `k` arguments are there.
void Elaborator::construct(const Task& task) {
  const uint32_t count = operands(task.node);
  if (task.k == count) {
    endRecord(task);
    return;
  }
  then(Task::What::Construct, task, task.k + 1, task.type);
  Want want;
  // `inner` is not needed for an argument: it holds the fields that are left.
  const Handle fields = task.k == 0 ? arena_[task.type][1] : task.want.inner;
  tasks_.back().want.inner = fields == 0 ? 0 : arena_[fields][2];
  if (fields != 0) want.expected = want.hint = arena_[fields][1];
  visitLater(operandAt(task.node, task.k), want);
}

void Elaborator::endRecord(const Task& task) {
  Parts parts;
  Handle arguments = 0;
  for (uint32_t k = operands(task.node); k-- > 0;) {
    const Typed value = pop();
    arguments = arena_.make(Tag::Arg, value.term, arguments);
    parts.type[1] = judge(arguments, {{value.type, parts.type[1]}, {value.at}}, value.at);
    parts.elements.push_back(value.at);
  }
  std::reverse(parts.elements.begin(), parts.elements.end());
  parts.at[1] = task.at;
  const Handle node = arena_.make(Tag::Record, task.type, arguments);
  push(node, judge(node, std::move(parts), task.at), task.at);
}

// ---- x.f(y) and x.f

void Elaborator::visitMethod(const Task& task) {
  const Meaning meaning = meaningOf(tree_.text(task.node), true);
  const bool bound = meaning.kind == Meaning::Kind::Bound || meaning.kind == Meaning::Kind::Def;
  if (meaning.kind == Meaning::Kind::Operation || (bound && tree_[task.node].count == 1)) {
    callNamed(task, meaning, task.node);
    return;
  }
  then(Task::What::Receiver, task);
  visitLater(tree_.child(task.node, 0));
}

bool Elaborator::isSelectable(Handle record, std::string_view field) const {
  if (!arena_.is(record, Tag::TRecord)) return false;
  for (Handle rest = arena_[record][1]; rest != 0; rest = arena_[rest][2]) {
    if (arena_.text(arena_[rest][0]) == field) return true;
  }
  return false;
}

/// x is there, and f is no operation: then it can only be a field of x, which is applied to y.
void Elaborator::receiver(const Task& task) {
  const Typed on = results_.back();
  const uint32_t arguments = tree_[task.node].count - 1;
  if (arguments == 1 && isSelectable(on.type, tree_.text(task.node))) {
    selectField(pop(), task.node, task.node);
    then(Task::What::Argument, task, 1);
    return;
  }
  pop();
  if (!isUnknown(on.type)) unknownMethod(task, on);
  discardOperands(task, 1);
}

void Elaborator::selectField(const Typed& record, Index node, Index at) {
  const Handle made = arena_.make(Tag::Field, record.term, arena_.symbol(tree_.text(node)));
  push(made, judge(made, {{record.type}, {record.at}}, node), at);
}

void Elaborator::endField(const Task& task) { selectField(pop(), task.node, task.at); }

}  // namespace funpass::elaboration
