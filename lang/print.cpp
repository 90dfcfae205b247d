#include "lang/print.hpp"

#include <algorithm>

#include "lang/characters.hpp"
#include "lang/print_doc.hpp"
#include "lang/print_emit.hpp"
#include "lang/print_text.hpp"

namespace funpass::surface {

// ---- the stack of what is still to be written

void Emitter::emit(Index root) {
  work_.push_back({What::Node, {}, root});
  while (!work_.empty()) {
    const Action action = work_.back();
    work_.pop_back();
    const size_t start = work_.size();
    run(action);
    std::reverse(work_.begin() + static_cast<std::ptrdiff_t>(start), work_.end());
  }
}

void Emitter::run(const Action& action) {
  switch (action.what) {
    case What::Node: write(action.node, action.place); break;
    case What::Text: literal(action.text, false); break;
    case What::Glued: literal(action.text, true); break;
    case What::NameText: word(tree_.text(action.node)); break;
    case What::Keyword: keyword(tree_.text(action.node)); break;
    case What::NumberText: number(tree_[action.node].value); break;
    case What::Operator: operatorText(action.node); break;
    case What::Superscript: superscript(action.node); break;
    case What::Dagger: symbol("†", "\\dagger "); break;
    case What::EmptySet: symbol("∅", "\\emptyset "); break;
    case What::Open: doc_.open(false); break;
    case What::OpenFilled: doc_.open(true); break;
    case What::Close: doc_.close(); break;
    case What::Indent: doc_.indent(); break;
    case What::Dedent: doc_.dedent(); break;
    case What::Line: breakable(false); break;
    case What::Soft: breakable(true); break;
    case What::Fresh: doc_.fresh(); break;
    case What::Before: comments_->before(action.a); break;
    case What::Arguments: arguments(action.node, action.a); break;
    case What::LambdaBody: lambdaBody(action.node); break;
    case What::YesBranch: yesBranch(action.node); break;
    case What::NoBranch: noBranch(action.node, action.a == 1); break;
    case What::BoundTerm: boundTerm(action.node); break;
    case What::BeforeClose: comments_->before(action.a, true); break;
    case What::AtBreak: comments_->atBreak(action.a); break;
    case What::After: comments_->after(action.a, action.b); break;
    case What::AfterHead: comments_->after(action.a, action.b, true); break;
    case What::BetweenItems: comments_->betweenItems(action.a, false, false); break;
    case What::FirstItem: comments_->betweenItems(action.a, true, false); break;
    case What::LastItem: comments_->betweenItems(action.a, false, true); break;
    case What::ItemEnds: comments_->itemEnds(action.a); break;
  }
}

void Emitter::node(Index n, Place place, uint32_t outerEnd) {
  if (n == 0) return;
  if (comments_ != nullptr) work_.push_back({What::Before, {}, 0, begin(n)});
  work_.push_back({What::Node, place, n});
  if (comments_ != nullptr) work_.push_back({What::After, {}, 0, end(n), outerEnd});
}

void Emitter::headChild(Index parent, uint32_t k, Place place) {
  const Index n = tree_.child(parent, k);
  if (comments_ != nullptr) work_.push_back({What::Before, {}, 0, begin(n)});
  work_.push_back({What::Node, place, n});
  if (comments_ != nullptr) work_.push_back({What::AfterHead, {}, 0, end(n), end(parent)});
}

void Emitter::lineBefore(uint32_t begin, What what) {
  if (comments_ != nullptr) work_.push_back({What::AtBreak, {}, 0, begin});
  put(what);
}

void Emitter::closeLine(Index node, What what) {
  if (comments_ != nullptr) {
    work_.push_back({What::AtBreak, {}, 0, end(node)});
    work_.push_back({What::BeforeClose, {}, 0, end(node)});
  }
  put(What::Dedent);
  put(what);
}

void Emitter::item(Index n, bool first) {
  if (comments_ == nullptr) {
    put(What::Fresh);
    work_.push_back({What::Node, {}, n});
    return;
  }
  work_.push_back({first ? What::FirstItem : What::BetweenItems, {}, 0, begin(n)});
  work_.push_back({What::Node, {}, n});
  work_.push_back({What::ItemEnds, {}, 0, end(n)});
}

void Emitter::closeItems(uint32_t end) {
  if (comments_ != nullptr) work_.push_back({What::LastItem, {}, 0, end});
  put(What::Dedent);
  put(What::Fresh);
}

void Emitter::separated(Index n, uint32_t from, uint32_t to, std::string_view separator, Place place) {
  for (uint32_t k = from; k < to; ++k) {
    if (k > from) {
      glued(separator);
      lineBefore(begin(tree_.child(n, k)));
    }
    child(n, k, place);
  }
}

void Emitter::bracketed(std::string_view left, Index n, uint32_t from, std::string_view right, Place place) {
  const uint32_t count = tree_[n].count;
  put(What::Open);
  text(left);
  if (from < count) {
    put(What::Indent);
    lineBefore(begin(tree_.child(n, from)), What::Soft);
    separated(n, from, count, ",", place);
    closeLine(n, What::Soft);
  }
  glued(right);
  put(What::Close);
}

// ---- texts

void Emitter::literal(std::string_view t, bool isGlued) {
  const std::string spelling = spelled(t, notation_, afterOperator_);
  doc_.text(spelling, notation_ == Notation::Latex ? columnsOf(t) : columnsOf(spelling), isGlued);
}

void Emitter::word(std::string_view t) {
  doc_.text(spelledName(t, notation_), columnsOf(t));
  afterOperator_ = false;
}

void Emitter::keyword(std::string_view t) {
  if (notation_ == Notation::Latex) {
    std::string spelling = spelledName(t, notation_);
    const size_t italic = spelling.find("\\mathit");
    doc_.text(italic == 0 ? "\\mathsf" + spelling.substr(7) : "\\mathsf{" + spelling + "}", columnsOf(t));
  } else {
    doc_.text(t, columnsOf(t));
  }
  afterOperator_ = false;
}

void Emitter::number(int64_t value, std::string_view prefix) {
  const std::string digits = std::string(prefix) + std::to_string(value);
  literal(digits, false);
  afterOperator_ = false;
}

void Emitter::superscript(Index n) {
  const std::string host = spelledName(tree_.text(n), notation_);
  doc_.text(notation_ == Notation::Latex ? "^{" + host + "}" : "^" + host, 1 + columnsOf(tree_.text(n)), true);
  afterOperator_ = false;
}

void Emitter::symbol(std::string_view paper, std::string_view latex) {
  doc_.text(notation_ == Notation::Latex ? latex : paper, 1);
  afterOperator_ = false;
}

void Emitter::breakable(bool soft) {
  if (soft) {
    doc_.line("", 0);
  } else {
    doc_.line(notation_ == Notation::Latex && !afterOperator_ ? "\\;" : " ", 1);
  }
}

// ---- parentheses

bool Emitter::needsParens(Index n, Place place) const {
  const Kind kind = tree_.kind(n);
  if (kind == Kind::Arrow || kind == Kind::SporeArrow) {
    return place.level == arrowParameter || place.level == sporeResult ||
           (place.level == arrowResult && kind == Kind::SporeArrow);
  }
  if (place.level == 0) return false;
  if (kind == Kind::Lambda || kind == Kind::EmptyList) return true;
  if (kind == Kind::If) return !place.rightmost;
  if (kind == Kind::Binary) return info(operatorOf(tree_[n])).strength < place.level;
  if (kind == Kind::Not) return place.level > prefixOperand;
  if (kind == Kind::Int) return place.level >= prefixOperand && tree_[n].value < 0;
  if (kind == Kind::Block) return place.level >= prefixOperand;
  if (kind == Kind::Field) return place.level == callHead;
  if (kind == Kind::Spore || kind == Kind::Call || kind == Kind::Method) return place.level == juxtaposed;
  return false;
}

// ---- all kinds

void Emitter::write(Index n, Place place) {
  while (tree_.kind(n) == Kind::Paren && !source()) n = tree_.child(n, 0);
  const Node& node = tree_[n];
  if (needsParens(n, place)) {
    put(What::Open);
    text("(");
    work_.push_back({What::Node, {}, n});
    glued(")");
    put(What::Close);
    return;
  }
  switch (node.kind) {
    case Kind::Missing: break;
    case Kind::Erroneous: literal("?", false); break;

    case Kind::Name:
      if (node.op == 1 && source()) literal("SiloRef.", false);
      word(tree_.text(n));
      break;
    case Kind::Int: number(node.value); break;
    case Kind::Unit: literal("unit", false); break;
    case Kind::String:
      doc_.text(spelledString(tree_.text(n), notation_), columnsOf(quoted(tree_.text(n))));
      afterOperator_ = false;
      break;
    case Kind::True: literal("true", false); break;
    case Kind::False: literal("false", false); break;
    case Kind::CurrentHost: literal("currentHost", false); break;
    case Kind::Lambda: lambda(n); break;
    case Kind::Spore: spore(n); break;
    case Kind::Call: call(n); break;
    case Kind::Method:
    case Kind::Field: chain(n); break;
    case Kind::Binary: binary(n, place); break;
    case Kind::Not:
      text("!");
      child(n, 0, {prefixOperand});
      break;
    case Kind::If: conditional(n, place); break;
    case Kind::List: list(n); break;
    case Kind::EmptyList:
      text("[]: ");
      child(n, 0);
      break;
    case Kind::Block: block(n); break;
    case Kind::Paren: bracketed("(", n, 0, ")"); break;
    case Kind::Val: bound(n, "val "); break;
    case Kind::Binder: binder(n, place); break;
    case Kind::Entry: bound(n, ""); break;

    case Kind::Identifier:
      literal("(", false);
      word(tree_.text(n));
      literal(source() ? "," : ", ", true);
      number(node.value);
      literal(")", true);
      break;
    case Kind::Ref: reference(n); break;
    case Kind::Mat: bracketed("Mat(", n, 0, ")"); break;
    case Kind::Saved: bracketed("Saved(", n, 0, ")"); break;
    case Kind::Applied: bracketed("Applied(", n, 0, ")"); break;
    case Kind::Share: number(node.value, "$"); break;

    case Kind::TypeName: keyword(tree_.text(n)); break;
    case Kind::Generic:
      keyword(tree_.text(n));
      if (commentsIn(begin(n), end(n))) {
        bracketed("[", n, 0, "]");
      } else {
        text("[");
        child(n, 0);
        glued("]");
      }
      break;
    case Kind::Arrow:
    case Kind::SporeArrow: arrow(n); break;

    case Kind::HostDecl:
      put(What::OpenFilled);
      text("host ");
      put(What::Indent);
      separated(n, 0, node.count, ",");
      put(What::Dedent);
      put(What::Close);
      break;
    case Kind::RecordDecl:
      text("record ");
      name(n);
      bracketed("(", n, 0, ")", {recordField});
      break;
    case Kind::Def: bound(n, "def "); break;
    case Kind::At: at(n); break;
    case Kind::Check: check(n); break;

    case Kind::HostLine: source() ? hostLine(n) : hostLineOnPaper(n); break;
    case Kind::Store:
    case Kind::Asked: store(n); break;
    case Kind::Binding:
      child(n, 0);
      text(" -> ");
      child(n, 1);
      break;
    case Kind::AskedEntry:
      child(n, 0);
      text(" -> ");
      child(n, 1);
      text(" at ");
      if (childOr0(tree_, n, 2) == 0) text("nobody");
      else child(n, 2);
      break;
    case Kind::Messages: configItem(n, "messages:"); break;
    case Kind::Message:
      name(n);
      text(" <- ");
      child(n, 0);
      break;
    case Kind::Req:
      text("Req(");
      name(n);
      glued(",");
      text(" ");
      child(n, 0);
      glued(",");
      text(" ");
      child(n, 1);
      glued(")");
      break;
    case Kind::Res: bracketed("Res(", n, 0, ")"); break;
    case Kind::Results: configItem(n, "results:"); break;
    case Kind::ResultEntry: resultEntry(n); break;
    case Kind::Budgets: budgets(n); break;
    case Kind::Budget:
      keyword(tree_.text(n));
      literal(" ", false);
      number(node.value);
      break;
    case Kind::Types: configItem(n, "types:"); break;
    case Kind::TypeEntry:
      child(n, 0);
      text(": ");
      child(n, 1);
      break;
    case Kind::Where: configItem(n, "where:"); break;
    case Kind::WhereEntry:
      number(node.value, "$");
      text(" = ");
      child(n, 0);
      break;
    case Kind::Config: config(n); break;
  }
}

std::string print(const Tree& tree, Index root, const PrintOptions& options) {
  Doc doc;
  Emitter(tree, options.notation, doc).emit(root);
  Doc::Style style;
  style.width = options.width;
  if (options.notation != Notation::Latex) return doc.render(style);
  style.newline = " \\\\\n";
  style.indentation = "\\quad ";
  style.guard = "{}";
  std::string lines = doc.render(style);
  if (lines.find('\n') == std::string::npos) return lines;
  return "\\begin{array}{l}\n" + lines + "\n\\end{array}";
}

}  // namespace funpass::surface
