// What the grammar's actions work on: the tree under construction and the levels still to be parsed.
//
// A level is what directly stands in one pair of brackets (or the whole text). The grammar parses one level at a time
// and steps over the groups in it; each group becomes a task, to be parsed later. So nesting costs memory, never stack.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "lang/parse_tokens.hpp"

namespace funpass::surface::parsing {

/// What a level must be.
enum class Level : uint8_t {
  Program,
  WholeTerm,
  WholeType,
  Block,      // node: Block
  Body,       // node: At
  Arguments,  // node: Call, Method
  Hosts,      // node: List or Ref; names only
  Paren,
  Condition,  // slot
  Elements,   // node: List
  Spore,
  Binder,
  Type,      // node: Generic, Paren
  Captures,  // node: SporeArrow;  type C = (…)
  CapturedTypes,
  Fields,  // node: RecordDecl
  Config,
  Store,
  Asked,
  Req,
  Res,
  Ref,
  Mat,
  Applied,
};

struct Task {
  Level level = Level::Program;
  bool limited = true;     ///< the nesting limit holds here
  bool hosts = false;      ///< the first item may be populate's list of hosts, which even the core has
  uint32_t open = 0;       ///< index of the opening bracket
  Index node = 0;          ///< its children are completed by the level's
  uint32_t slot = noSlot;  ///< or: the place in Tree::kids to put the only one
  uint32_t depth = 0;

  static constexpr uint32_t noSlot = UINT32_MAX;
};

class State {
 public:
  State(const Source& source, const ParseOptions& options, const Tokens& tokens, Errors& errors, Tree& tree);

  // ---- levels
  void begin(const Task& task);
  void finish();
  bool nextTask(Task& task);
  const Task& task() const { return task_; }
  const Token* first() const;
  const Token* last() const;

  // ---- what the grammar's terminals ask
  const Token* after(const Token* token) const;  ///< behind a token, or behind the group that it opens
  std::string_view text(const Token& token) const;
  bool beginsConfig(const Token* token) const;  ///< the word `config` of a configuration literal
  bool literal() const { return literal_; }
  bool core() const { return options_.core; }
  bool ifIsOpen() const { return openIfs_ > 0; }
  bool namesRecord(std::string_view name) const;
  void consumed(const Token* end) { last_ = end - 1; }

  // ---- errors
  void syntaxError(Span span, std::string message, std::string help = {});
  /// The grammar expected `what` at `where`. Forgets what is half built of the item in question (a statement, a
  /// declaration, …); an Erroneous node up to the token `next` takes its place.
  void failed(const Token* where, const std::string& what, const Token* next);

  // ---- terms
  void lambda(const Token& parameter);
  void ifHead(const Token& condition);
  void elseWord(const Token& token);
  void notSign(const Token& token);
  void infix(const Token& token);
  void integer(const Token& token);
  void string(const Token& token);
  void atom(const Token& token);
  void name(const Token& token);
  void prefixedName(const Token& token);
  void paren(const Token& open);
  void list(const Token& open);
  void emptyList(const Token& open);
  void emptyListType(const Token& open);
  void braces(const Token& open);
  void spore(const Token& open);
  void call(const Token& open);
  void methodName(const Token& token);
  void method(const Token& open);
  void field();
  void endTerm();
  void pushTerm();

  // ---- blocks, headers and parameters
  void valName(const Token& token);
  void entryName(const Token& token);
  void annotation();
  void endVal();
  void endEntry();
  void binderName(const Token& token);
  void endBinder();
  void sporeParameter(const Token& parameter);
  void beginBody();

  // ---- types
  void typeName(const Token& token);
  void genericType(const Token& token);
  void typeArgument(const Token& open);
  void typeParen(const Token& open);
  void typeShare(const Token& token);
  void captures(const Token& open);
  void endType();
  void pushType();
  void capturedTypes(const Token& open);
  void endField();

  // ---- declarations
  void beginDeclaration(const Token& token);
  void declaredName(const Token& token);
  void pushName(const Token& token);
  void endHosts();
  void recordFields(const Token& open);
  void endDef();
  void atBody(const Token& open);
  void config(const Token& open);
  void checkWord(const Token& token);
  void checkNumber(const Token& token);
  void checkIn();
  void endCheck();

  // ---- configuration literals
  void identifier(const Token& open);
  void share(const Token& token);
  void reference(const Token& token);
  void mat(const Token& token);
  void applied(const Token& token);
  void pushIdentifier(const Token& open);
  void hostList(const Token& open);
  void beginHostLine(const Token& token);
  void hostTerm();
  void hostCrashed();
  void hostStore(const Token& open);
  void hostNext(const Token& token);
  void hostAsked(const Token& open);
  void endHostLine();
  void beginSection(const Token& token);
  void endSection();
  void lineName(const Token& token);
  void message(const Token& token);
  void resultWord(const Token& token);
  void resultValue();
  void budgetNumber(const Token& token);
  void beginPair(const Token& open);
  void endBinding();
  void endTypeEntry();
  void askedHost(const Token& token);
  void whereShare(const Token& token);
  void endWhereType();
  void endWhereTerm();
  void reqHost(const Token& token);

 private:
  enum class Operator : uint8_t { Binary, Not, If, Else, Lambda };
  struct Pending {
    Operator kind;
    BinaryOp op = BinaryOp::Or;
    Index node = 0;      ///< If, Else: the If node; Lambda: the binder
    uint32_t begin = 0;  ///< offset where it began
  };

  bool whole() const;  ///< Is the level the whole text?
  uint32_t index(const Token& token) const { return static_cast<uint32_t>(&token - tokens_.list.data()); }
  Span group(const Token& open) const { return {open.span.begin, tokens_.list[open.link].span.end}; }
  Span since(const Token* token) const { return {token->span.begin, last_->span.end}; }
  Span spanOf(Index node) const { return tree_[node].span; }
  void schedule(Level level, const Token& open, Index node, uint32_t slot = Task::noSlot);
  void complete(const Task& task, const std::vector<Index>& found);
  bool isPopulate(const Token& token) const;
  bool mayBeHosts(const Token& open) const;
  void checkDepth(uint32_t depth, Span span);
  void dataOnly(Span span, const std::string& what);
  int64_t number(const Token& token, bool negative = false);
  void setText(Index node, std::string_view text);
  Index nameNode(const Token& token);
  Index binder(const Token& parameter);
  uint32_t unbracketedDepth() const { return openIfs_ + nots_; }
  void reduce();
  void reduceType();
  void push(Index node) { list_.push_back(node); }
  Index pack(Kind kind, Span span, std::string_view text = {}, int64_t value = 0, uint8_t op = 0);
  void endItem(Index node);
  Index packBody();
  void forget();
  bool inDeclaration(const std::string& what) const;
  std::vector<Index> declaredNames(const Token* next);
  std::string expectation(const std::string& what) const;
  std::string found(const Token* where) const;
  std::string guess(const Token* where, const std::string& what) const;
  std::string guessDeclaration(const Token* where, const std::string& what) const;
  std::string guessDataWord(const Token* where) const;
  std::string guessTerm(const Token* where) const;
  std::string guessEnd(const Token* where, const std::string& what) const;

  const Source& source_;
  const ParseOptions& options_;
  const Tokens& tokens_;
  Errors& errors_;
  Tree& tree_;
  std::vector<Task> tasks_;
  bool literal_ = false;
  bool sawConfig_ = false;
  bool reportedDepth_ = false;
  std::unordered_set<std::string_view> records_;

  // Of the level that is being parsed:
  Task task_;
  const Token* last_ = nullptr;  ///< the last token consumed
  std::vector<Index> list_;      ///< its children so far
  std::size_t mark_ = 0;         ///< where in list_ the children of the item being built begin
  std::vector<Index> operands_;  ///< of the term being built, which groups do not interrupt
  std::vector<Pending> operators_;
  uint32_t openIfs_ = 0;  ///< in operators_, without their `else` as yet
  uint32_t nots_ = 0;
  const Token* failedAt_ = nullptr;  ///< the last token found wrong: no second error for it
  bool elseMissed_ = false;          ///< reported, so that a later `else` is no second error
  std::vector<Index> types_;         ///< likewise, of the type being built; arrows between them
  Index term_ = 0;                   ///< the last one completed
  Index type_ = 0;
  Index annotation_ = 0;
  const Token* start_ = nullptr;     ///< where the declaration, val, host line or section began
  const Token* name_ = nullptr;      ///< what the declaration, val, header entry, message, … is called
  const Token* word_ = nullptr;      ///< which check or section
  const Token* selector_ = nullptr;  ///< the name behind a dot, a generic type's name, an empty list
  const Token* hostStart_ = nullptr;
  const Token* hostName_ = nullptr;
  int64_t value_ = 0;
  uint8_t op_ = 0;
  Index pair_ = 0;
  std::array<Index, 3> hostParts_{};  ///< term, store, asked
  std::array<Index, 5> sections_{};
};

}  // namespace funpass::surface::parsing
