// From a surface tree to a document, in one of the notations. Shared by `print` and `format`.
#pragma once

#include <string_view>
#include <vector>

#include "lang/print.hpp"
#include "lang/print_doc.hpp"
#include "lang/surface.hpp"

namespace funpass::surface {

/// The comments of a file on their way into the document. The emitter says where it is; offsets only grow.
class Comments {
 public:
  Comments(const Source& source, const Tree& tree, Doc& doc) : source_(source), tree_(tree), doc_(doc) {}

  /// Comments that stand before the part that begins at `begin`, or before a `closing` bracket that ends there.
  void before(uint32_t begin, bool closing = false);
  /// `//` comments that end a line before `begin`, where a line may break.
  void atBreak(uint32_t begin);
  /// Comments right behind a part that ends at `end`, within something larger that ends at `outerEnd`.
  /// `head`: only such as leave the line open.
  void after(uint32_t end, uint32_t outerEnd, bool head = false);
  /// Between two items on lines of their own, and at the `first` and `last` item's outer side: the end of the line, an
  /// empty line if there was one, and comments.
  void betweenItems(uint32_t begin, bool first, bool last);
  /// An item ended at `end`.
  void itemEnds(uint32_t end) { itemEnd_ = end; }

  /// A comment that is not written yet stands before `begin`.
  bool due(uint32_t begin) const { return next_ < tree_.comments.size() && next().span.begin < begin; }
  bool any(uint32_t begin, uint32_t end) const;
  /// The end of the comments that follow a part that ends at `end`, before anything else; `end` if there are none.
  uint32_t endOfThoseBehind(uint32_t end, uint32_t outerEnd) const;

 private:
  /// The first comment at or behind `begin`.
  size_t firstFrom(uint32_t begin) const;
  bool onlySpaceBetween(uint32_t begin, uint32_t end) const;
  const Comment& next() const { return tree_.comments[next_]; }
  std::string text(const Comment& comment) const;
  bool toLineEnd(const Comment& comment) const { return source_.slice(comment.span).substr(0, 2) == "//"; }
  bool endsLine(const Comment& comment) const;
  bool emptyLineBetween(uint32_t begin, uint32_t end) const;
  void put(std::string_view left, const Comment& comment, std::string_view right);
  void putOwn(const Comment& comment);

  const Source& source_;
  const Tree& tree_;
  Doc& doc_;
  size_t next_ = 0;
  uint32_t itemEnd_ = 0;
};

/// What surrounds a term or type, for parentheses.
struct Place {
  uint8_t level = 0;       ///< the least binding strength that needs none; 0: anything may stand here
  bool rightmost = false;  ///< a right operand that nothing follows
  bool indented = false;   ///< the lines of a chain are indented already
  bool inner = false;      ///< an `else if`: part of the group around it
};

// Levels of a place for terms above those of the infix operators,
constexpr uint8_t prefixOperand = 7;
constexpr uint8_t postfixHead = 8;
constexpr uint8_t callHead = 9;
constexpr uint8_t juxtaposed = 10;

// of a place for types,
constexpr uint8_t arrowParameter = 1;
constexpr uint8_t arrowResult = 2;
constexpr uint8_t sporeResult = 3;

// and of a record's field: a binder without its parentheses.
constexpr uint8_t recordField = 1;

inline BinaryOp operatorOf(const Node& node) { return static_cast<BinaryOp>(node.op); }

inline Index childOr0(const Tree& tree, Index node, uint32_t k) {
  return k < tree[node].count ? tree.child(node, k) : 0;
}

/// A body that is written without braces of its own.
inline bool isBareBlock(const Tree& tree, Index body) {
  return tree.kind(body) == Kind::Block && (tree[body].count != 1 || tree.kind(tree.child(body, 0)) == Kind::Val);
}

/// Writes nodes into a document with an explicit stack of what is still to be written.
class Emitter {
 public:
  /// `comments` is there for a whole file only; blocks then take a line for each statement.
  Emitter(const Tree& tree, Notation notation, Doc& doc, Comments* comments = nullptr)
      : tree_(tree), notation_(notation), doc_(doc), comments_(comments) {}

  void emit(Index root);

 private:
  enum class What : uint8_t {
    Node,
    Text,
    Glued,
    Open,
    OpenFilled,
    Close,
    Indent,
    Dedent,
    Line,
    Soft,
    Fresh,
    Arguments,
    LambdaBody,
    YesBranch,
    NoBranch,
    BoundTerm,
    Before,
    BeforeClose,
    AtBreak,
    After,
    AfterHead,
    BetweenItems,
    FirstItem,
    LastItem,
    ItemEnds,
    NameText,
    Keyword,
    NumberText,
    Operator,
    Superscript,
    Dagger,
    EmptySet,
  };
  struct Action {
    What what;
    Place place{};
    Index node = 0;
    uint32_t a = 0, b = 0;
    std::string_view text{};
  };

  void run(const Action& action);
  void write(Index node, Place place);
  bool needsParens(Index node, Place place) const;

  // ---- one function for each kind that is more than a text
  void call(Index node);
  void arguments(Index node, uint32_t from);
  void chain(Index node);
  uint32_t dotAt(Index link) const;
  void binder(Index node, Place place);
  void lambda(Index node);
  void lambdaBody(Index lambda);
  void onNextLine(Index parent, uint32_t k);
  void spore(Index node);
  void bareBody(Index body, bool lines);
  void statements(Index block, bool lines);
  void block(Index node);
  void binary(Index node, Place place);
  void conditional(Index node, Place place);
  void yesBranch(Index conditional);
  void noBranch(Index conditional, bool afterBraces);
  void list(Index node);
  void bound(Index node, std::string_view start);
  void boundTerm(Index bound);
  void reference(Index node);
  void arrow(Index node);
  void at(Index node);
  void check(Index node);
  void hostLine(Index node);
  void hostLineOnPaper(Index node);
  void store(Index node);
  void configItem(Index node, std::string_view label);
  void resultEntry(Index node);
  void budgets(Index node);
  void config(Index node);

  bool hugs(Index node, bool alone) const;
  bool hugsLast(Index node, uint32_t from) const;
  bool breaksBefore(Index term) const;
  bool isAtom(Index node) const;
  bool isOperation(Index head) const;
  bool source() const { return notation_ == Notation::Source; }
  bool commentDue(Index before) const { return comments_ != nullptr && comments_->due(begin(before)); }
  bool commentsIn(uint32_t begin, uint32_t end) const { return comments_ != nullptr && comments_->any(begin, end); }
  uint32_t begin(Index node) const { return tree_[node].span.begin; }
  uint32_t end(Index node) const { return tree_[node].span.end; }

  // ---- what is still to be written, in order
  void put(What what) { work_.push_back({what}); }
  void text(std::string_view t) { work_.push_back({What::Text, {}, 0, 0, 0, t}); }
  void glued(std::string_view t) { work_.push_back({What::Glued, {}, 0, 0, 0, t}); }
  void name(Index node) { work_.push_back({What::NameText, {}, node}); }
  void node(Index n, Place place, uint32_t outerEnd);
  void child(Index parent, uint32_t k, Place place = {}) { node(tree_.child(parent, k), place, end(parent)); }
  /// A child whose parent decides about the next line only behind it.
  void headChild(Index parent, uint32_t k, Place place = {});
  void lineBefore(uint32_t begin, What what = What::Line);
  void closeLine(Index node, What what);
  void item(Index n, bool first);
  void closeItems(uint32_t end);
  void separated(Index node, uint32_t from, uint32_t to, std::string_view separator, Place place = {});
  void bracketed(std::string_view left, Index node, uint32_t from, std::string_view right, Place place = {});

  // ---- texts into the document now
  void literal(std::string_view t, bool glued);
  void word(std::string_view t);
  void keyword(std::string_view t);
  void number(int64_t value, std::string_view prefix = "");
  void operatorText(Index node);
  void superscript(Index node);
  void symbol(std::string_view paper, std::string_view latex);
  void breakable(bool soft);

  const Tree& tree_;
  Notation notation_;
  Doc& doc_;
  Comments* comments_;
  std::vector<Action> work_;
  bool afterOperator_ = true;  // LaTeX: the last text spaces itself from what follows
};

}  // namespace funpass::surface
