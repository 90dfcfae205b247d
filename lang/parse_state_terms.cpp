// Terms and types: operators of one level are combined by precedence on two stacks, so their chains cost no call stack.
#include <algorithm>

#include "lang/parse_state.hpp"

namespace funpass::surface::parsing {

namespace {

BinaryOp binaryOp(TokenKind kind) {
  if (kind == TokenKind::Or) return BinaryOp::Or;
  if (kind == TokenKind::And) return BinaryOp::And;
  if (kind == TokenKind::EqualsEquals) return BinaryOp::Eq;
  if (kind == TokenKind::Less) return BinaryOp::Lt;
  if (kind == TokenKind::LessEquals) return BinaryOp::Le;
  if (kind == TokenKind::Greater) return BinaryOp::Gt;
  if (kind == TokenKind::GreaterEquals) return BinaryOp::Ge;
  if (kind == TokenKind::Plus) return BinaryOp::Add;
  if (kind == TokenKind::Minus) return BinaryOp::Sub;
  if (kind == TokenKind::PlusPlus) return BinaryOp::Concat;
  return BinaryOp::Mul;
}

}  // namespace

// ---- operators

/// Applies the innermost pending operator to the operands on top of the stack.
void State::reduce() {
  const Pending top = operators_.back();
  operators_.pop_back();
  const Index right = operands_.back();
  const uint32_t end = spanOf(right).end;
  switch (top.kind) {
    case Operator::Binary: {
      operands_.pop_back();
      const Index left = operands_.back();
      operands_.back() =
          tree_.add(Kind::Binary, {spanOf(left).begin, end}, {left, right}, {}, 0, static_cast<uint8_t>(top.op));
      return;
    }
    case Operator::Not:
      --nots_;
      operands_.back() = tree_.add(Kind::Not, {top.begin, end}, {right});
      return;
    case Operator::Lambda: operands_.back() = tree_.add(Kind::Lambda, {top.begin, end}, {top.node, right}); return;
    case Operator::If:
    case Operator::Else: {
      if (top.kind == Operator::If) --openIfs_;
      Node& node = tree_.nodes[top.node];
      tree_.kids[node.first + 2] = right;
      node.span.end = end;
      operands_.back() = top.node;
      return;
    }
  }
}

void State::infix(const Token& token) {
  const BinaryOp op = binaryOp(token.kind);
  const BinaryOpInfo& its = surface::info(op);
  if (core() && !its.core) dataOnly(token.span, "`" + std::string(its.text) + "`");
  while (!operators_.empty()) {
    const Pending& top = operators_.back();
    const bool binds =
        top.kind == Operator::Not || (top.kind == Operator::Binary && surface::info(top.op).strength >= its.strength);
    if (!binds) break;
    reduce();
  }
  operators_.push_back({Operator::Binary, op, 0, token.span.begin});
}

void State::notSign(const Token& token) {
  if (core()) dataOnly(token.span, "`!`");
  operators_.push_back({Operator::Not, BinaryOp::Or, 0, token.span.begin});
  ++nots_;
  checkDepth(task_.depth + unbracketedDepth(), token.span);
}

void State::lambda(const Token& parameter) {
  operators_.push_back({Operator::Lambda, BinaryOp::Or, binder(parameter), parameter.span.begin});
}

void State::ifHead(const Token& condition) {
  const uint32_t begin = (&condition - 1)->span.begin;
  const Index node = tree_.add(Kind::If, {begin, begin}, {0, 0, 0});
  schedule(Level::Condition, condition, node, tree_[node].first);
  operators_.push_back({Operator::If, BinaryOp::Or, node, begin});
  ++openIfs_;
  checkDepth(task_.depth + unbracketedDepth(), {begin, condition.span.begin});
}

/// `else` belongs to the nearest `if` that has none.
void State::elseWord(const Token&) {
  while (operators_.back().kind != Operator::If) reduce();
  Pending& pending = operators_.back();
  tree_.kids[tree_[pending.node].first + 1] = operands_.back();
  operands_.pop_back();
  pending.kind = Operator::Else;
  --openIfs_;
}

void State::endTerm() {
  while (!operators_.empty()) reduce();
  term_ = operands_.back();
  operands_.pop_back();
}

void State::pushTerm() { push(term_); }

// ---- operands

void State::integer(const Token& token) {
  const bool negative = token.kind == TokenKind::Minus;
  const Token& digits = negative ? *(&token + 1) : token;
  operands_.push_back(tree_.add(Kind::Int, {token.span.begin, digits.span.end}, {}, {}, number(digits, negative)));
}

void State::string(const Token& token) {
  if (core()) dataOnly(token.span, "a string");
  operands_.push_back(tree_.add(Kind::String, token.span, {}, tokens_.strings[token.link]));
}

void State::atom(const Token& token) {
  const Kind kind = token.kind == TokenKind::Unit          ? Kind::Unit
                    : token.kind == TokenKind::CurrentHost ? Kind::CurrentHost
                    : token.kind == TokenKind::True        ? Kind::True
                                                           : Kind::False;
  operands_.push_back(tree_.add(kind, token.span));
}

void State::name(const Token& token) { operands_.push_back(nameNode(token)); }

/// `SiloRef.` before `populate` and `fromTextFile`: the token is the operation's name.
void State::prefixedName(const Token& token) {
  const Span span{(&token - 2)->span.begin, token.span.end};
  operands_.push_back(tree_.add(Kind::Name, span, {}, text(token), 0, 1));
}

void State::paren(const Token& open) {
  const Index node = tree_.add(Kind::Paren, group(open));
  schedule(Level::Paren, open, node);
  operands_.push_back(node);
}

void State::list(const Token& open) {
  const bool hosts = core() && mayBeHosts(open);
  if (core() && !hosts) dataOnly(open.span, "a list");
  const Index node = tree_.add(Kind::List, group(open));
  schedule(hosts ? Level::Hosts : Level::Elements, open, node);
  operands_.push_back(node);
}

void State::emptyList(const Token& open) {
  if (core()) dataOnly(open.span, "a list");
  selector_ = &open;
}

/// The brackets of `[]: List[T]`'s type.
void State::emptyListType(const Token& open) {
  const Index type = tree_.add(Kind::Generic, {(&open - 1)->span.begin, group(open).end}, {}, "List");
  schedule(Level::Type, open, type);
  operands_.push_back(tree_.add(Kind::EmptyList, {selector_->span.begin, group(open).end}, {type}));
}

void State::braces(const Token& open) {
  const Index node = tree_.add(Kind::Block, group(open));
  schedule(Level::Block, open, node);
  operands_.push_back(node);
}

void State::spore(const Token& open) {
  const Index node = tree_.add(Kind::Spore, {(&open - 1)->span.begin, group(open).end});
  schedule(Level::Spore, open, node);
  operands_.push_back(node);
}

void State::call(const Token& open) {
  const Index head = operands_.back();
  const Index node = tree_.add(Kind::Call, {spanOf(head).begin, group(open).end}, {head});
  schedule(Level::Arguments, open, node);
  operands_.back() = node;
}

void State::methodName(const Token& token) { selector_ = &token; }

void State::method(const Token& open) {
  const Index receiver = operands_.back();
  const Index node = tree_.add(Kind::Method, {spanOf(receiver).begin, group(open).end}, {receiver}, text(*selector_));
  schedule(Level::Arguments, open, node);
  operands_.back() = node;
}

void State::field() {
  const std::string selected(text(*selector_));
  if (selector_->kind == TokenKind::Primitive) {
    syntaxError(selector_->span, "expected `(` after `." + selected + "`",
                "an operation needs its parentheses: `." + selected + "()`");
  } else if (core()) {
    dataOnly(selector_->span, "a field");
  }
  const Index receiver = operands_.back();
  operands_.back() =
      tree_.add(Kind::Field, {spanOf(receiver).begin, selector_->span.end}, {receiver}, text(*selector_));
}

void State::identifier(const Token& open) {
  const Token* const name = &open + 1;
  operands_.push_back(tree_.add(Kind::Identifier, group(open), {}, text(*name), number(*(name + 2))));
}

void State::share(const Token& token) {
  operands_.push_back(tree_.add(Kind::Share, token.span, {}, {}, number(token)));
}

void State::reference(const Token& token) {
  const Token& open = *(&token + 1);
  const Index node = tree_.add(Kind::Ref, {token.span.begin, group(open).end});
  schedule(Level::Ref, open, node);
  operands_.push_back(node);
}

void State::mat(const Token& token) {
  const Token& open = *(&token + 1);
  const Index node = tree_.add(Kind::Mat, {token.span.begin, group(open).end});
  schedule(Level::Mat, open, node);
  operands_.push_back(node);
}

void State::applied(const Token& token) {
  const Token& open = *(&token + 1);
  const Index node = tree_.add(Kind::Applied, {token.span.begin, group(open).end});
  schedule(Level::Applied, open, node);
  operands_.push_back(node);
}

// ---- blocks, headers, parameters

/// A parameter: a name, or the group of `(x)` and `(x: T)`.
Index State::binder(const Token& parameter) {
  if (!isOpening(parameter.kind)) return tree_.add(Kind::Binder, parameter.span, {0}, text(parameter));
  const Index node = tree_.add(Kind::Binder, group(parameter));
  schedule(Level::Binder, parameter, node);
  return node;
}

void State::binderName(const Token& token) { setText(task_.node, text(token)); }

void State::endBinder() {
  if (annotation_ == 0) {
    const std::string& name = tree_.text(task_.node);
    syntaxError(spanOf(task_.node), "a parameter in parentheses has a type",
                "write `(" + name + ": T) => …`, or `" + name + " => …` where the type may be left out");
  }
  push(annotation_);
}

void State::valName(const Token& token) {
  start_ = &token - 1;
  name_ = &token;
  annotation_ = 0;
}

void State::entryName(const Token& token) {
  start_ = &token;
  name_ = &token;
  annotation_ = 0;
}

void State::annotation() { annotation_ = type_; }

void State::endVal() { push(tree_.add(Kind::Val, since(start_), {annotation_, term_}, text(*name_))); }

void State::endEntry() { push(tree_.add(Kind::Entry, since(start_), {annotation_, term_}, text(*name_))); }

void State::endField() { push(tree_.add(Kind::Binder, since(start_), {annotation_}, text(*name_))); }

void State::sporeParameter(const Token& parameter) { push(binder(parameter)); }

void State::beginBody() { mark_ = list_.size(); }

// ---- types

void State::typeName(const Token& token) {
  const std::string_view name = text(token);
  if (core() && (name == "Bool" || name == "String")) dataOnly(token.span, "the type `" + std::string(name) + "`");
  types_.push_back(tree_.add(Kind::TypeName, token.span, {}, name));
}

void State::genericType(const Token& token) {
  if (core() && text(token) == "List") dataOnly(token.span, "the type `List`");
  selector_ = &token;
}

void State::typeArgument(const Token& open) {
  const Index node = tree_.add(Kind::Generic, {selector_->span.begin, group(open).end}, {}, text(*selector_));
  schedule(Level::Type, open, node);
  types_.push_back(node);
}

void State::typeParen(const Token& open) {
  const Index node = tree_.add(Kind::Paren, group(open));
  schedule(Level::Type, open, node);
  types_.push_back(node);
}

void State::typeShare(const Token& token) {
  types_.push_back(tree_.add(Kind::Share, token.span, {}, {}, number(token)));
}

/// `{ type C = … }` belongs to the nearest arrow on its left, which it ends: what follows takes the whole as one type.
void State::captures(const Token& open) {
  if (types_.size() < 2) {
    syntaxError(group(open), "`{ type C = … }` belongs to a spore's type: `T => T { type C = (T, …) }`");
    return;
  }
  const Index result = types_.back();
  types_.pop_back();
  const Index parameter = types_.back();
  types_.back() = tree_.add(Kind::SporeArrow, {spanOf(parameter).begin, group(open).end}, {parameter, result});
  schedule(Level::Captures, open, types_.back());
}

void State::capturedTypes(const Token& open) { schedule(Level::CapturedTypes, open, task_.node); }

void State::reduceType() {
  const Index result = types_.back();
  types_.pop_back();
  const Index parameter = types_.back();
  types_.back() = tree_.add(Kind::Arrow, {spanOf(parameter).begin, spanOf(result).end}, {parameter, result});
}

void State::endType() {
  while (types_.size() > 1) reduceType();
  type_ = types_.back();
  types_.pop_back();
}

void State::pushType() { push(type_); }

}  // namespace funpass::surface::parsing
