// Terms and types.
#include <algorithm>
#include <array>

#include "lang/characters.hpp"
#include "lang/print_emit.hpp"

namespace funpass::surface {

namespace {

constexpr std::array<std::string_view, 16> operations{
    "populate", "apply", "send",   "await", "respond", "fromTextFile", "fromLineage", "size",
    "range",    "split", "filter", "map",   "flatMap", "exists",       "fold",        "sortBy"};

bool isOperationName(std::string_view name) {
  return std::find(operations.begin(), operations.end(), name) != operations.end();
}

}  // namespace
// ---- terms

bool Emitter::isOperation(Index head) const {
  return tree_.kind(head) == Kind::Name && isOperationName(tree_.text(head));
}

void Emitter::call(Index n) {
  const Index head = tree_.child(n, 0);
  const bool operation = isOperation(head);
  if (!source() && !operation && tree_[n].count == 2) {
    child(n, 0, {callHead});
    text(" ");
    child(n, 1, {juxtaposed});
    return;
  }
  if (operation && notation_ == Notation::Latex) {
    work_.push_back({What::Keyword, {}, head});
  } else {
    headChild(n, 0, {callHead});
  }
  work_.push_back({What::Arguments, {}, n, 1});
}

/// A last argument that may begin on the line of the call and break inside.
bool Emitter::hugs(Index n, bool alone) const {
  while (tree_.kind(n) == Kind::Paren && !source()) n = tree_.child(n, 0);
  const Kind kind = tree_.kind(n);
  if (kind == Kind::Spore || kind == Kind::Lambda || kind == Kind::Block) return true;
  return alone && (kind == Kind::Call || kind == Kind::Method || kind == Kind::List);
}

bool Emitter::hugsLast(Index n, uint32_t from) const {
  const uint32_t last = tree_[n].count - 1;
  if (!hugs(tree_.child(n, last), last == from)) return false;
  for (uint32_t k = from; k < last; ++k) {
    if (hugs(tree_.child(n, k), false)) return false;
  }
  const Index argument = tree_.child(n, last);
  return !commentDue(argument) && !commentsIn(end(argument), end(n));
}

void Emitter::arguments(Index n, uint32_t from) {
  const uint32_t count = tree_[n].count;
  if (from == count || !hugsLast(n, from)) {
    bracketed("(", n, from, ")");
    return;
  }
  glued("(");
  if (from + 1 < count) {
    put(What::OpenFilled);
    put(What::Indent);
    separated(n, from, count - 1, ",");
    glued(",");
    put(What::Dedent);
    put(What::Close);
    text(" ");
  }
  child(n, count - 1);
  glued(")");
}

/// Where a method's or field's dot may stand, behind the comments that follow the receiver.
uint32_t Emitter::dotAt(Index link) const {
  const uint32_t receiverEnd = end(tree_.child(link, 0));
  return comments_ == nullptr ? receiverEnd : comments_->endOfThoseBehind(receiverEnd, end(link));
}

/// Methods and fields of a receiver, each on a line of its own if they do not fit on one.
void Emitter::chain(Index n) {
  std::vector<Index> links;
  Index receiver = n;
  uint32_t methods = 0;
  bool comments = false;
  while (tree_.kind(receiver) == Kind::Method || tree_.kind(receiver) == Kind::Field) {
    links.push_back(receiver);
    const Index next = tree_.child(receiver, 0);
    if (tree_.kind(receiver) == Kind::Method) ++methods;
    comments = comments || dotAt(receiver) > end(next);
    receiver = next;
  }
  const bool breaks = methods > 1 || comments;
  if (breaks) put(What::Open);
  node(receiver, {postfixHead}, end(links.back()));
  if (breaks) put(What::Indent);
  for (size_t k = links.size(); k-- > 0;) {
    const Index link = links[k];
    if (breaks && (comments || tree_.kind(link) == Kind::Method)) put(What::Soft);
    if (comments) work_.push_back({What::BeforeClose, {}, 0, dotAt(link)});
    text(".");
    work_.push_back({isOperationName(tree_.text(link)) ? What::Keyword : What::NameText, {}, link});
    if (tree_.kind(link) == Kind::Method) work_.push_back({What::Arguments, {}, link, 1});
    if (comments_ != nullptr && k > 0) work_.push_back({What::After, {}, 0, end(link), end(links[k - 1])});
  }
  if (!breaks) return;
  put(What::Dedent);
  put(What::Close);
}

void Emitter::binder(Index n, Place place) {
  const Index type = childOr0(tree_, n, 0);
  const bool parens = type != 0 && place.level != recordField;
  if (parens) text("(");
  name(n);
  if (type != 0) {
    glued(": ");
    headChild(n, 0);
  }
  if (parens) glued(")");
}

/// The body of a function, behind the arrow.
void Emitter::lambda(Index n) {
  put(What::Open);
  headChild(n, 0);
  glued(" =>");
  work_.push_back({What::LambdaBody, {}, n});
  put(What::Close);
}

void Emitter::lambdaBody(Index n) {
  const Index body = tree_.child(n, 1);
  const Kind kind = tree_.kind(body);
  const bool sameLine = (kind == Kind::Block || kind == Kind::Lambda || kind == Kind::Spore) && !commentDue(body);
  if (sameLine) {
    text(" ");
    child(n, 1);
  } else {
    onNextLine(n, 1);
  }
}

/// A child that goes to the next line, indented, if the group breaks.
void Emitter::onNextLine(Index parent, uint32_t k) {
  put(What::Indent);
  lineBefore(begin(tree_.child(parent, k)));
  child(parent, k, {0, true, true});
  put(What::Dedent);
}

void Emitter::spore(Index n) {
  const uint32_t binder = tree_[n].count - 2;
  const Index body = tree_.child(n, binder + 1);
  const bool bare = isBareBlock(tree_, body);
  const bool lines = bare && comments_ != nullptr;
  const bool headOnFirstLine = binder == 0 && !commentDue(tree_.child(n, 0));
  put(What::Open);
  text(headOnFirstLine ? "spore { " : "spore {");
  put(What::Indent);
  if (!headOnFirstLine) {
    lineBefore(begin(tree_.child(n, 0)));
    separated(n, 0, binder, ",");
    if (binder > 0) {
      glued(";");
      lineBefore(begin(tree_.child(n, binder)));
    }
  }
  headChild(n, binder);
  glued(" =>");
  if (!headOnFirstLine) {
    if (!bare) put(What::Open);
    put(What::Indent);
  }
  bareBody(body, lines);
  if (!headOnFirstLine) {
    put(What::Dedent);
    if (!bare) put(What::Close);
  }
  if (lines) closeItems(end(n));
  else closeLine(n, What::Line);
  glued("}");
  put(What::Close);
}

/// What stands between the braces of a spore, behind its arrow: a term, or statements.
void Emitter::bareBody(Index body, bool lines) {
  if (isBareBlock(tree_, body)) {
    statements(body, lines);
  } else {
    lineBefore(begin(body));
    node(body, {0, true, true}, 0);
  }
}

void Emitter::statements(Index n, bool lines) {
  for (uint32_t k = 0; k < tree_[n].count; ++k) {
    if (lines) {
      item(tree_.child(n, k), k == 0);
    } else {
      put(What::Line);
      work_.push_back({What::Node, {}, tree_.child(n, k)});
    }
    if (k + 1 < tree_[n].count) glued(";");
  }
}

void Emitter::block(Index n) {
  const bool lines = comments_ != nullptr;
  put(What::Open);
  text("{");
  put(What::Indent);
  statements(n, lines);
  if (lines) {
    closeItems(end(n));
  } else {
    put(What::Dedent);
    put(What::Line);
  }
  glued("}");
  put(What::Close);
}

void Emitter::binary(Index n, Place place) {
  const BinaryOp op = operatorOf(tree_[n]);
  const uint8_t strength = info(op).strength;
  std::vector<Index> spine;
  Index first = n;
  while (tree_.kind(first) == Kind::Binary && info(operatorOf(tree_[first])).strength == strength) {
    spine.push_back(first);
    first = tree_.child(first, 0);
  }
  const bool last = place.level == 0 || place.rightmost;
  put(op == BinaryOp::And || op == BinaryOp::Or ? What::Open : What::OpenFilled);
  node(first, {strength}, end(spine.back()));
  if (!place.indented) put(What::Indent);
  for (size_t k = spine.size(); k-- > 0;) {
    const Index operand = tree_.child(spine[k], 1);
    work_.push_back({What::Operator, {}, spine[k]});
    lineBefore(begin(operand));
    const uint32_t outerEnd = k > 0 ? end(spine[k - 1]) : end(n);
    node(operand, {static_cast<uint8_t>(strength + 1), last && k == 0}, outerEnd);
  }
  if (!place.indented) put(What::Dedent);
  put(What::Close);
}

void Emitter::operatorText(Index n) {
  const BinaryOpInfo& op = info(operatorOf(tree_[n]));
  if (notation_ == Notation::Latex) {
    doc_.text(" " + std::string(op.latex), 1 + columnsOf(op.text), true);
  } else {
    doc_.text(" " + std::string(op.text), 1 + columnsOf(op.text), true);
  }
  afterOperator_ = true;
}

void Emitter::conditional(Index n, Place place) {
  if (!place.inner) put(What::Open);
  text("if (");
  headChild(n, 0);
  glued(")");
  work_.push_back({What::YesBranch, {}, n});
  if (!place.inner) put(What::Close);
}

void Emitter::yesBranch(Index n) {
  const Index yes = tree_.child(n, 1);
  const bool braces = tree_.kind(yes) == Kind::Block && !commentDue(yes);
  if (braces) {
    text(" ");
    child(n, 1);
    text(" ");
  } else {
    onNextLine(n, 1);
    put(What::Line);
  }
  text("else");
  work_.push_back({What::NoBranch, {}, n, braces ? 1U : 0U});
}

void Emitter::noBranch(Index n, bool afterBraces) {
  const Index no = tree_.child(n, 2);
  const Kind kind = tree_.kind(no);
  if ((kind == Kind::Block || kind == Kind::If) && !commentDue(no)) {
    text(" ");
    child(n, 2, {0, true, false, kind == Kind::If});
    return;
  }
  if (afterBraces) put(What::Open);
  onNextLine(n, 2);
  if (afterBraces) put(What::Close);
}

bool Emitter::isAtom(Index n) const {
  const Kind kind = tree_.kind(n);
  return kind == Kind::Name || kind == Kind::Int || kind == Kind::Unit || kind == Kind::String || kind == Kind::True ||
         kind == Kind::False || kind == Kind::Identifier || kind == Kind::Share;
}

void Emitter::list(Index n) {
  const auto elements = tree_.children(n);
  const bool filled = std::all_of(elements.begin(), elements.end(), [this](Index e) { return isAtom(e); });
  if (!filled || commentsIn(begin(n), end(n))) {
    bracketed("[", n, 0, "]");
    return;
  }
  put(What::OpenFilled);
  text("[");
  put(What::Indent);
  separated(n, 0, tree_[n].count, ",");
  put(What::Dedent);
  glued("]");
  put(What::Close);
}

/// A term that goes to the next line as a whole before it breaks inside.
bool Emitter::breaksBefore(Index term) const {
  if (tree_.kind(term) == Kind::If) return tree_.kind(tree_.child(term, 1)) != Kind::Block;
  if (tree_.kind(term) != Kind::Lambda) return tree_.kind(term) == Kind::Binary;
  while (tree_.kind(term) == Kind::Lambda) term = tree_.child(term, 1);
  return tree_.kind(term) != Kind::Block && tree_.kind(term) != Kind::Spore;
}

/// `val x: T = t`, a spore's `x: T = t`, `def f: T = t`.
void Emitter::bound(Index n, std::string_view start) {
  if (!start.empty()) text(start);
  name(n);
  if (tree_.child(n, 0) != 0) {
    glued(": ");
    headChild(n, 0);
  }
  glued(" =");
  work_.push_back({What::BoundTerm, {}, n});
}

void Emitter::boundTerm(Index n) {
  const Index term = tree_.child(n, 1);
  if (breaksBefore(term) || commentDue(term)) {
    put(What::Open);
    onNextLine(n, 1);
    put(What::Close);
  } else {
    text(" ");
    child(n, 1);
  }
}

void Emitter::reference(Index n) {
  put(What::Open);
  text("Ref(");
  put(What::Indent);
  put(What::Soft);
  child(n, 0);
  glued(",");
  const uint32_t count = tree_[n].count;
  const uint32_t next = count > 1 ? begin(tree_.child(n, 1)) : end(n);
  lineBefore(next);
  if (comments_ != nullptr) work_.push_back({What::Before, {}, 0, next});
  if (count != 2) text("[");
  separated(n, 1, count, ",");
  if (count != 2) glued("]");
  closeLine(n, What::Soft);
  glued(")");
  put(What::Close);
}

// ---- types

void Emitter::arrow(Index n) {
  const bool spore = tree_.kind(n) == Kind::SporeArrow;
  put(What::Open);
  child(n, 0, {arrowParameter});
  put(What::Indent);
  while (!spore && tree_.kind(tree_.child(n, 1)) == Kind::Arrow) {
    glued(" =>");
    lineBefore(begin(tree_.child(n, 1)));
    n = tree_.child(n, 1);
    child(n, 0, {arrowParameter});
  }
  glued(" =>");
  lineBefore(begin(tree_.child(n, 1)));
  child(n, 1, {spore ? sporeResult : arrowResult});
  if (spore) {
    text(source() ? " { type C = " : " {type C = ");
    bracketed("(", n, 2, ")");
    glued(source() ? " }" : "}");
  }
  put(What::Dedent);
  put(What::Close);
}

}  // namespace funpass::surface
