// Terms: names, functions, spores, blocks, operators, lists. Each construct has a visit, which leaves tasks for its
// parts, and an end, which makes the core node of them and has it judged.
#include "lang/types.hpp"
#include "typecheck/elaborate_state.hpp"

namespace funpass::elaboration {

using surface::BinaryOp;

namespace {

Tag tagOf(BinaryOp op) {
  switch (op) {
    case BinaryOp::Or: return Tag::Or;
    case BinaryOp::And: return Tag::And;
    case BinaryOp::Eq: return Tag::Eq;
    case BinaryOp::Lt: return Tag::Lt;
    case BinaryOp::Le: return Tag::Le;
    case BinaryOp::Gt: return Tag::Gt;
    case BinaryOp::Ge: return Tag::Ge;
    case BinaryOp::Add: return Tag::Add;
    case BinaryOp::Sub: return Tag::Sub;
    case BinaryOp::Concat: return Tag::Concat;
    case BinaryOp::Mul: return Tag::Mul;
  }
  return Tag::None;
}

}  // namespace

// ---- the loop

Typed Elaborator::term(Index node, const Want& want) {
  const size_t below = tasks_.size();
  visitLater(node, want);
  while (tasks_.size() > below) {
    const Task task = tasks_.back();
    tasks_.pop_back();
    perform(task);
  }
  return pop();
}

Typed Elaborator::pop() {
  const Typed last = results_.back();
  results_.pop_back();
  return last;
}

void Elaborator::pushUnknown(Index at) { push(arena_.make(Tag::Unit), unknown(), at); }

void Elaborator::then(Task::What what, const Task& task, uint32_t k, Handle type) {
  Task next = task;
  next.what = what;
  next.k = k;
  next.type = type;
  tasks_.push_back(next);
}

void Elaborator::visitLater(Index node, const Want& want, Index at) {
  tasks_.push_back({Task::What::Visit, node, at == 0 ? node : at, 0, 0, want});
}

Index Elaborator::withoutParens(Index node) const {
  while (tree_.kind(node) == Kind::Paren) node = tree_.child(node, 0);
  return node;
}

void Elaborator::perform(const Task& task) {
  switch (task.what) {
    case Task::What::Visit: visit(task); return;
    case Task::What::Lambda: endLambda(task); return;
    case Task::What::SporeEntry: endEntry(task); return;
    case Task::What::Spore: endSpore(task); return;
    case Task::What::Statement: endStatement(task); return;
    case Task::What::Argument: argument(task); return;
    case Task::What::App: endApp(task); return;
    case Task::What::Operand: operand(task, operationOf(task.node)); return;
    case Task::What::Construct: construct(task); return;
    case Task::What::Receiver: receiver(task); return;
    case Task::What::Field: endField(task); return;
    case Task::What::Right: rightSide(task); return;
    case Task::What::Binary: endBinary(task); return;
    case Task::What::Not: {
      const Typed operand = pop();
      const Handle node = arena_.make(Tag::Not, operand.term);
      push(node, judge(node, {{operand.type}, {operand.at}}, task.at), task.at);
      return;
    }
    case Task::What::Then: {
      then(Task::What::Else, task);
      Want want;
      want.expected = task.want.expected;
      want.hint = task.want.hint;
      visitLater(tree_.child(task.node, 1), want);
      return;
    }
    case Task::What::Else: {
      then(Task::What::If, task);
      Want want;
      want.expected = isUnknown(results_.back().type) ? task.want.expected : results_.back().type;
      want.hint = want.expected;
      visitLater(tree_.child(task.node, 2), want);
      return;
    }
    case Task::What::If: endIf(task); return;
    case Task::What::Element: element(task); return;
    case Task::What::Discard:
      results_.resize(results_.size() - task.k);
      pushUnknown(task.at);
      return;
    case Task::What::Ref: endRef(task); return;
    case Task::What::AppliedSpore: appliedSpore(task); return;
    case Task::What::Applied: endApplied(task); return;
    case Task::What::Share: endShare(task); return;
  }
}

void Elaborator::visit(const Task& task) {
  const Index node = task.node;
  const auto leaf = [&](Handle made) { push(made, judge(made, {}, task.at), task.at); };
  switch (tree_.kind(node)) {
    case Kind::Name: visitName(task); return;
    case Kind::Int: leaf(arena_.integer(tree_[node].value)); return;
    case Kind::Unit: leaf(arena_.make(Tag::Unit)); return;
    case Kind::String: leaf(arena_.string(tree_.text(node))); return;
    case Kind::True: leaf(arena_.boolean(true)); return;
    case Kind::False: leaf(arena_.boolean(false)); return;
    case Kind::CurrentHost: leaf(arena_.make(Tag::Here)); return;
    case Kind::Lambda: visitLambda(task); return;
    case Kind::Spore: visitSpore(task); return;
    case Kind::Call: visitCall(task); return;
    case Kind::Method: visitMethod(task); return;
    case Kind::Field:
      then(Task::What::Field, task);
      visitLater(tree_.child(node, 0));
      return;
    case Kind::Binary: {
      then(Task::What::Right, task);
      const auto op = static_cast<BinaryOp>(tree_[node].op);
      Want want;
      if (op == BinaryOp::Add || op == BinaryOp::Sub || op == BinaryOp::Mul) want.hint = simpleType(Tag::TInt);
      if (op == BinaryOp::And || op == BinaryOp::Or) want.hint = simpleType(Tag::TBool);
      if (op == BinaryOp::Concat) want.hint = task.want.hint;
      visitLater(tree_.child(node, 0), want);
      return;
    }
    case Kind::Not: {
      then(Task::What::Not, task);
      Want want;
      want.hint = simpleType(Tag::TBool);
      visitLater(tree_.child(node, 0), want);
      return;
    }
    case Kind::If: {
      then(Task::What::Then, task);
      Want want;
      want.hint = simpleType(Tag::TBool);
      visitLater(tree_.child(node, 0), want);
      return;
    }
    case Kind::List: visitList(task); return;
    case Kind::EmptyList: {
      const Handle list = type(tree_.child(node, 0));
      leaf(arena_.make(Tag::Nil, elementOf(Tag::TList, list)));
      return;
    }
    case Kind::Block: visitBlock(task); return;
    case Kind::Paren: visitLater(tree_.child(node, 0), task.want, task.at); return;
    case Kind::Identifier: visitIdentifier(task); return;
    case Kind::Ref: visitRef(task); return;
    case Kind::Mat: visitMat(task); return;
    case Kind::Applied: visitApplied(task); return;
    case Kind::Share: visitShare(task); return;
    case Kind::Missing:
    case Kind::Erroneous: pushUnknown(task.at); return;
    case Kind::TypeName:
    case Kind::Generic:
    case Kind::Arrow:
    case Kind::SporeArrow:
      report("syntax", spanOf(node), "this is a type, and a term belongs here");
      pushUnknown(task.at);
      return;
    case Kind::Val:
    case Kind::Binder:
    case Kind::Entry:
    case Kind::HostDecl:
    case Kind::RecordDecl:
    case Kind::Def:
    case Kind::At:
    case Kind::Check:
    case Kind::HostLine:
    case Kind::Store:
    case Kind::Binding:
    case Kind::Asked:
    case Kind::AskedEntry:
    case Kind::Messages:
    case Kind::Message:
    case Kind::Req:
    case Kind::Res:
    case Kind::Results:
    case Kind::ResultEntry:
    case Kind::Budgets:
    case Kind::Budget:
    case Kind::Types:
    case Kind::TypeEntry:
    case Kind::Where:
    case Kind::WhereEntry:
    case Kind::Config:
      broken_ = true;
      pushUnknown(task.at);
      return;
  }
}

// ---- names

uint32_t Elaborator::hostNumber(std::string_view name) const {
  const auto host = hosts_.find(std::string(name));
  return host == hosts_.end() ? kNobody : host->second;
}

void Elaborator::bind(std::string_view name, Handle type, Span span) {
  const Symbol symbol = arena_.symbol(name);
  const auto [top, isNew] = innermost_.emplace(symbol, kNobody);
  scope_.push_back({symbol, type, span, top->second});
  top->second = static_cast<uint32_t>(scope_.size() - 1);
}

void Elaborator::unbind(uint32_t count) {
  for (; count > 0; --count) {
    innermost_[scope_.back().name] = scope_.back().below;
    scope_.pop_back();
  }
}

/// Of the names that do not stand alone, what is bound hides an operation, and a def or host does not.
Meaning Elaborator::meaningOf(std::string_view name, bool applied) const {
  const std::string text(name);
  Meaning meaning;
  const Operation* const found = operationNamed(name, literal_);
  const Operation* const operation = found != nullptr && (found->core || !options_.core) ? found : nullptr;
  const auto bound = innermost_.find(arena_.symbol(name));
  const uint32_t position = bound == innermost_.end() ? kNobody : bound->second;
  if (position != kNobody && position >= base_) {
    meaning.kind = Meaning::Kind::Bound;
    meaning.index = position;
  } else if (applied && operation != nullptr) {
    meaning.kind = Meaning::Kind::Operation;
    meaning.operation = operation;
  } else if (const auto def = defNames_.find(text); def != defNames_.end() && def->second < defs_.size()) {
    meaning.kind = Meaning::Kind::Def;
    meaning.index = def->second;
  } else if (const auto host = hosts_.find(text); host != hosts_.end()) {
    meaning.kind = Meaning::Kind::Host;
    meaning.index = host->second;
  } else if (const auto record = records_.find(text); record != records_.end()) {
    meaning.kind = Meaning::Kind::Record;
    meaning.record = record->second;
  } else if (operation != nullptr) {
    meaning.kind = Meaning::Kind::Operation;
    meaning.operation = operation;
  } else if (position != kNobody) {
    meaning.kind = Meaning::Kind::Outside;
    meaning.index = position;
  }
  return meaning;
}

/// The term that a bound name, a def's or a host's name stands for.
void Elaborator::pushMeaning(const Meaning& meaning, Index at) {
  if (meaning.kind == Meaning::Kind::Def) {
    const Typed& def = defs_[meaning.index].typed;
    push(def.term, def.type, at);
    return;
  }
  if (meaning.kind == Meaning::Kind::Host) {
    const Handle host = arena_.make(Tag::Host, meaning.index);
    push(host, judge(host, {}, at), at);
    return;
  }
  const Handle variable = arena_.make(Tag::Var, static_cast<uint32_t>(scope_.size() - 1 - meaning.index));
  push(variable, judge(variable, {{scope_[meaning.index].type}}, at), at);
}

void Elaborator::visitName(const Task& task) {
  const std::string& name = tree_.text(task.node);
  const Meaning meaning = meaningOf(name, false);
  const Meaning::Kind kind = meaning.kind;
  if (kind == Meaning::Kind::Bound || kind == Meaning::Kind::Def || kind == Meaning::Kind::Host) {
    pushMeaning(meaning, task.at);
    return;
  }
  unboundName(name, spanOf(task.node), 0, meaning);
  pushUnknown(task.at);
}

// ---- functions and spores

Handle Elaborator::parameterType(const Task& task, Index binder, Rule rule) {
  const Index written = tree_.child(binder, 0);
  if (tree_.kind(written) != Kind::Missing) return type(written);
  const Handle wanted = task.want.parameter;
  const std::string& name = tree_.text(binder);
  if (wanted != 0) {
    if (task.at != task.node && !isUnknown(wanted)) {
      report(info(rule).name, spanOf(binder),
             "in parentheses a function needs the type of its parameter `" + name + "`",
             "leave out the parentheses around the function, or write `(" + name +
                 (isKnown(wanted) ? ": " + typeText(arena_, wanted) : std::string(": T")) + ") => …`");
    }
    return wanted;
  }
  report(info(rule).name, spanOf(binder), "the parameter `" + name + "` needs a type here",
         "write `(" + name +
             ": T) => …`; the type may be left out where the function itself is an argument of `apply`" +
             (options_.core ? "" : ", `map`, `filter`, `flatMap`, `exists`, `sortBy` or `fold`"));
  return unknown();
}

void Elaborator::visitLambda(const Task& task) {
  const Index binder = tree_.child(task.node, 0);
  bind(tree_.text(binder), parameterType(task, binder, Rule::TAbs), nameOf(binder));
  ++functions_;
  then(Task::What::Lambda, task);
  Want want;
  want.parameter = task.want.inner;
  visitLater(tree_.child(task.node, 1), want);
}

void Elaborator::endLambda(const Task& task) {
  --functions_;
  const Typed body = pop();
  const Binding parameter = scope_.back();
  unbind();
  const Handle node = arena_.make(Tag::Lambda, parameter.type, body.term);
  arena_.setName(node, parameter.name);
  push(node, judge(node, {{0, body.type}, {0, body.at}}, task.at), task.at);
}

void Elaborator::visitSpore(const Task& task) {
  const uint32_t entries = tree_[task.node].count - 2;
  std::unordered_map<std::string_view, Span> seen;
  for (uint32_t k = 0; k <= entries; ++k) {
    const Index entry = tree_.child(task.node, k);
    if (tree_.kind(entry) != Kind::Entry && tree_.kind(entry) != Kind::Binder) continue;
    const auto [first, isNew] = seen.emplace(tree_.text(entry), nameOf(entry));
    if (isNew) continue;
    report("distinct names", nameOf(entry),
           k == entries ? "the spore's parameter is called like an entry of its header: `" + tree_.text(entry) + "`"
                        : "two entries of the spore's header are called `" + tree_.text(entry) + "`",
           {}, {{"the first one", first->second}});
  }
  if (entries == 0) {
    enterSporeBody(task);
  } else {
    enterEntry(task, 0);
  }
}

void Elaborator::enterEntry(const Task& task, uint32_t k) {
  const Index entry = tree_.child(task.node, k);
  if (tree_.kind(entry) != Kind::Entry) {
    then(Task::What::SporeEntry, task, k);
    visitLater(entry);
    return;
  }
  const Index written = tree_.child(entry, 0);
  Handle declared = 0;
  if (tree_.kind(written) != Kind::Missing) declared = type(written);
  then(Task::What::SporeEntry, task, k, declared);
  Want want;
  want.expected = want.hint = declared;
  visitLater(tree_.child(entry, 1), want);
}

void Elaborator::endEntry(const Task& task) {
  Typed& value = results_.back();
  if (task.type != 0) {
    const Index entry = tree_.child(task.node, task.k);
    if (!accepts(Tag::Entry, task.type, value.type)) {
      wrongValue(value.at, tree_.text(entry), tree_.child(entry, 0), task.type, value.type, "T-Spore");
    }
    value.type = task.type;
  }
  if (task.k + 3 < tree_[task.node].count) {
    enterEntry(task, task.k + 1);
  } else {
    enterSporeBody(task);
  }
}

void Elaborator::enterSporeBody(const Task& task) {
  const uint32_t entries = tree_[task.node].count - 2;
  const Index binder = tree_.child(task.node, entries);
  const Handle parameter = tree_.kind(binder) == Kind::Binder ? parameterType(task, binder, Rule::TSpore) : unknown();
  closeScope();
  for (uint32_t k = entries; k-- > 0;) {
    const Index entry = tree_.child(task.node, k);
    bind(tree_.text(entry), results_[results_.size() - entries + k].type, nameOf(entry));
  }
  bind(tree_.text(binder), parameter, nameOf(binder));
  ++functions_;
  then(Task::What::Spore, task, entries);
  Index body = tree_.child(task.node, entries + 1);
  if (tree_.kind(body) == Kind::Block && tree_[body].count == 1) body = tree_.child(body, 0);
  Want want;
  want.parameter = task.want.inner;
  visitLater(body, want);
}

void Elaborator::endSpore(const Task& task) {
  --functions_;
  const Typed body = pop();
  const Binding parameter = scope_.back();
  unbind(task.k + 1);
  openScope();
  Parts parts{{0, 0, body.type}, {0, 0, body.at}, {}};
  Handle header = 0;
  for (uint32_t k = task.k; k-- > 0;) {
    const Typed value = pop();
    header = arena_.make(Tag::Entry, value.type, value.term, header);
    const Index entry = tree_.child(task.node, k);
    arena_.setName(header, arena_.symbol(tree_.text(entry)));
    parts.type[0] = judge(header, {{0, value.type, parts.type[0]}, {0, value.at}}, entry);
  }
  for (uint32_t k = 0; k < task.k; ++k) parts.elements.push_back(tree_.child(task.node, k));
  const Handle node = arena_.make(Tag::Spore, header, parameter.type, body.term);
  arena_.setName(node, parameter.name);
  push(node, judge(node, std::move(parts), task.at), task.at);
}

// ---- blocks

void Elaborator::visitBlock(const Task& task) {
  if (tree_[task.node].count == 0) {
    pushUnknown(task.at);
    return;
  }
  statement(task, 0);
}

void Elaborator::statement(const Task& task, uint32_t k) {
  const Index node = tree_.child(task.node, k);
  const bool last = k + 1 == tree_[task.node].count;
  Want want;
  if (last) {
    want.expected = task.want.expected;
    want.hint = task.want.hint;
  }
  if (tree_.kind(node) != Kind::Val) {
    then(Task::What::Statement, task, k);
    visitLater(node, want);
    return;
  }
  const Index written = tree_.child(node, 0);
  const Handle declared = tree_.kind(written) == Kind::Missing ? 0 : type(written);
  then(Task::What::Statement, task, k, declared);
  want.expected = want.hint = declared;
  visitLater(tree_.child(node, 1), want);
}

void Elaborator::endStatement(const Task& task) {
  const Index node = tree_.child(task.node, task.k);
  if (tree_.kind(node) == Kind::Val) {
    Typed& value = results_.back();
    if (task.type != 0 && !accepts(Tag::App, task.type, value.type)) {
      wrongValue(value.at, tree_.text(node), tree_.child(node, 0), task.type, value.type, "T-App");
      value.type = task.type;
    }
    bind(tree_.text(node), task.type != 0 ? task.type : value.type, nameOf(node));
  }
  if (task.k + 1 < tree_[task.node].count) {
    statement(task, task.k + 1);
  } else {
    endBlock(task);
  }
}

/// `val x: T = t; u` is ((x: T) ⇒ u) t, and `t; u` is a sequence.
void Elaborator::endBlock(const Task& task) {
  uint32_t k = tree_[task.node].count - 1;
  const Index last = tree_.child(task.node, k);
  if (tree_.kind(last) == Kind::Val) {
    unbind();
    broken_ = true;
  }
  Typed body = pop();
  while (k-- > 0) {
    const Index node = tree_.child(task.node, k);
    const Typed first = pop();
    if (tree_.kind(node) == Kind::Val) {
      const Binding bound = scope_.back();
      unbind();
      const Handle function = arena_.make(Tag::Lambda, bound.type, body.term);
      arena_.setName(function, bound.name);
      const Handle functionType = judge(function, {{0, body.type}, {0, body.at}}, node);
      body.term = arena_.make(Tag::App, function, first.term);
      body.type = judge(body.term, {{functionType, first.type}, {body.at, first.at}}, node);
    } else {
      body.term = arena_.make(Tag::Seq, first.term, body.term);
      body.type = judge(body.term, {{first.type, body.type}, {first.at, body.at}}, node);
    }
  }
  push(body.term, body.type, tree_[task.node].count == 1 ? body.at : task.at);
}

// ---- operators, `if` and lists

/// A later operand of `++` and `==` takes the type of `[]` from the first one.
void Elaborator::rightSide(const Task& task) {
  then(Task::What::Binary, task);
  const auto op = static_cast<BinaryOp>(tree_[task.node].op);
  Want want;
  want.hint = results_.back().type;
  if ((op == BinaryOp::Concat || op == BinaryOp::Eq)) want.expected = results_.back().type;
  if (op == BinaryOp::Add || op == BinaryOp::Sub || op == BinaryOp::Mul) want.hint = simpleType(Tag::TInt);
  if (op == BinaryOp::And || op == BinaryOp::Or) want.hint = simpleType(Tag::TBool);
  visitLater(tree_.child(task.node, 1), want);
}

void Elaborator::endBinary(const Task& task) {
  const Typed right = pop();
  const Typed left = pop();
  const Tag tag = tagOf(static_cast<BinaryOp>(tree_[task.node].op));
  learnFrom(left.term, right.type);
  const Handle node = arena_.make(tag, left.term, right.term);
  push(node, judge(node, {{left.type, right.type}, {left.at, right.at}}, task.at), task.at);
}

void Elaborator::endIf(const Task& task) {
  const Typed otherwise = pop();
  const Typed then = pop();
  const Typed condition = pop();
  learnFrom(then.term, otherwise.type);
  const Handle node = arena_.make(Tag::If, condition.term, then.term, otherwise.term);
  push(node, judge(node, {{condition.type, then.type, otherwise.type}, {condition.at, then.at, otherwise.at}}, task.at),
       task.at);
}

void Elaborator::visitList(const Task& task) {
  const Handle expected = task.want.expected;
  if (tree_[task.node].count > 0) {
    then(Task::What::Element, task, 1);
    Want want;
    if (expected != 0 && arena_.is(expected, Tag::TList)) want.expected = arena_[expected][0];
    if (task.want.hint != 0 && arena_.is(task.want.hint, Tag::TList)) want.hint = arena_[task.want.hint][0];
    visitLater(tree_.child(task.node, 0), want);
    return;
  }
  if (expected == 0 || (!arena_.is(expected, Tag::TList) && !isUnknown(expected))) {
    report("T-Nil", spanOf(task.node),
           expected == 0 ? "nothing says which elements this empty list has"
                         : "this is an empty list, and " + quoted(expected) + " is wanted here",
           expected == 0 ? "write its type: `[]: List[T]`" : "");
    pushUnknown(task.at);
    return;
  }
  const Handle node = arena_.make(Tag::Nil, elementOf(Tag::TList, expected));
  push(node, judge(node, {}, task.at), task.at);
}

void Elaborator::element(const Task& task) {
  const uint32_t count = tree_[task.node].count;
  const Typed first = results_[results_.size() - task.k];
  Typed& last = results_.back();
  if (task.k > 1) {
    // Judged against the first one at once, so that errors come from left to right.
    const Handle rest = arena_.make(Tag::Nil, first.type);
    const Handle node = arena_.make(Tag::Cons, last.term, rest);
    Parts parts{{last.type, arena_.make(Tag::TList, first.type)}, {last.at, first.at}, {}};
    judge(node, parts, task.at);
    last.type = first.type;
  }
  if (task.k == count) {
    endList(task);
    return;
  }
  then(Task::What::Element, task, task.k + 1);
  Want want;
  want.expected = want.hint = first.type;
  if (isUnknown(first.type) && task.want.expected != 0) want.expected = elementOf(Tag::TList, task.want.expected);
  visitLater(tree_.child(task.node, task.k), want);
}

void Elaborator::endList(const Task& task) {
  const uint32_t count = tree_[task.node].count;
  const Handle elementType = results_[results_.size() - count].type;
  Handle list = arena_.make(Tag::Nil, elementType);
  Handle listType = judge(list, {}, task.at);
  for (uint32_t k = 0; k < count; ++k) {
    const Typed value = pop();
    list = arena_.make(Tag::Cons, value.term, list);
    listType = judge(list, {{value.type, listType}, {value.at, task.at}}, task.at);
  }
  push(list, listType, task.at);
}

}  // namespace funpass::elaboration
