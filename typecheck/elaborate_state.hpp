// The walk from surface trees to core terms: a loop over a stack of tasks, so depth costs memory, never stack.
//
// A Visit of a surface node leaves one Typed on `results_`, at once or by way of tasks that run when its parts are
// there.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "typecheck/elaborate.hpp"

namespace funpass::elaboration {

using surface::Index;
using surface::Kind;
using surface::Tree;

/// An operation that is written like a function.
struct Operation {
  std::string_view name;
  Tag tag;
  uint32_t arity;
  bool core;  ///< `--core` has it, too; these are the reserved ones
};
/// Null if there is none; `sortByKeys` has no syntax but in a literal.
const Operation* operationNamed(std::string_view name, bool literal);
/// The names that may be written in a program.
std::vector<std::string> operationNames(bool core);

/// A core term with its type, and the surface node that it was written as. A lineage has no type.
struct Typed {
  Handle term = 0;
  Handle type = 0;
  Index at = 0;
};

/// What is known of a term before it is visited.
struct Want {
  Handle expected = 0;   ///< the type where `[]` takes it from
  Handle parameter = 0;  ///< of a function: the type of a left-out parameter; 0: it may not be left out
  Handle inner = 0;      ///< the same, of the function that is its body
  Handle hint = 0;       ///< the type that the context suggests; says what an identifier's type is, nothing else
  bool lineage = false;  ///< a lineage, not a term
};

struct Task {
  enum class What : uint8_t {
    Visit,
    Lambda,      // the body is there
    SporeEntry,  // header entry `k` is there
    Spore,       // the body is there
    Statement,   // statement `k` of a block is there
    Argument,    // the function is there; child `k` is its argument
    App,         // function and argument are there
    Operand,     // `k` operands of an operation are there
    Construct,   // `k` arguments of a record are there
    Receiver,    // x of x.f(y), where f is no operation
    Field,       // the record is there
    Right,       // the left side is there
    Binary,      // both are
    Not,
    Then,          // the condition is there
    Else,          // the first branch is there
    If,            // all is there
    Element,       // `k` elements of a list are there
    Discard,       // `k` results of something refused are there
    Ref,           // the lineage is there
    AppliedSpore,  // the lineage is there
    Applied,       // lineage and spore are there
    Share,         // what `$k` stands for is there
  };
  What what;
  Index node = 0;
  Index at = 0;  ///< the node or the outermost parentheses around it
  uint32_t k = 0;
  Handle type = 0;  ///< Statement: the annotation; Construct: the record; SporeEntry: the annotation
  Want want = {};
};

/// What a name stands for.
struct Meaning {
  enum class Kind : uint8_t { Bound, Def, Host, Record, Operation, Outside, Unbound };
  Kind kind = Kind::Unbound;
  uint32_t index = 0;  ///< Bound, Outside: in scope_; Def: in defs_; Host: its number
  Handle record = 0;
  const elaboration::Operation* operation = nullptr;
};

class Elaborator {
 public:
  Elaborator(Arena& arena, const Source& source, const Tree& tree, const LoadOptions& options);
  std::optional<Program> run(Diagnostics& out);

 private:
  // ---- declarations: elaborate.cpp
  void declareHosts();
  void declareRecord(Index node);
  void declareDef(Index node);
  void elaborateAt(Index node);
  void elaborateCheck(Index node);
  void undeclaredHost(const std::string& name, Span span);
  /// Is it declared where the parser found an error? Nothing is known of it then, and nothing is said.
  bool isMisread(std::string_view name) const { return misread_.count(std::string(name)) != 0; }
  bool checkedHost(Index name, uint32_t& host);
  bool isTaken(std::string_view name, Span span, std::string_view what);
  std::string describe(std::string_view name) const;

  // ---- terms: elaborate_terms.cpp
  Typed term(Index node, const Want& want = {});
  void perform(const Task& task);
  void visit(const Task& task);
  void visitBlock(const Task& task);
  void visitLambda(const Task& task);
  void visitSpore(const Task& task);
  void visitName(const Task& task);
  void visitList(const Task& task);
  void endLambda(const Task& task);
  void enterEntry(const Task& task, uint32_t k);
  void endEntry(const Task& task);
  void enterSporeBody(const Task& task);
  void endSpore(const Task& task);
  void statement(const Task& task, uint32_t k);
  void endStatement(const Task& task);
  void endBlock(const Task& task);
  void element(const Task& task);
  void endList(const Task& task);
  void rightSide(const Task& task);
  void endBinary(const Task& task);
  void endIf(const Task& task);
  Handle parameterType(const Task& task, Index binder, Rule rule);

  // ---- applications: elaborate_operations.cpp
  void visitCall(const Task& task);
  void visitMethod(const Task& task);
  void callNamed(const Task& task, const Meaning& meaning, Index head);
  void argument(const Task& task);
  void endApp(const Task& task);
  void operand(const Task& task, const Operation& operation);
  void endOperation(const Task& task, const Operation& operation);
  void construct(const Task& task);
  void endRecord(const Task& task);
  void receiver(const Task& task);
  void unknownMethod(const Task& task, const Typed& on);
  void endField(const Task& task);
  void selectField(const Typed& record, Index node, Index at);
  void discardOperands(const Task& task, uint32_t from);
  void hostArgument(Index node);
  void hostList(Index list, Index at);
  void respondHost(Index node);
  Handle noteOf(Tag tag, const std::array<Handle, 3>& type);
  bool isSelectable(Handle record, std::string_view field) const;
  uint32_t operands(Index node) const;
  Index operandAt(Index node, uint32_t k) const;
  const Operation& operationOf(Index node) const;

  // ---- fromTextFile: elaborate_files.cpp
  void textFile(const Task& task);
  Handle linesOf(const std::string& path, Span span);

  // ---- types: elaborate_types.cpp
  Handle type(Index node);
  Handle namedType(Index node);
  Handle simpleType(Tag tag) { return arena_.make(tag); }
  Handle unknown() { return arena_.make(Tag::TUnknown); }
  bool isUnknown(Handle type) const { return arena_.is(type, Tag::TUnknown); }
  bool isKnown(Handle type) const;
  Handle elementOf(Tag tag, Handle type);

  // ---- judging, and what is said when a rule refuses: elaborate_errors.cpp
  struct Parts {
    std::array<Handle, 3> type{};
    std::array<Index, 3> at{};
    std::vector<Index> elements = {};
  };
  Handle judge(Handle node, Parts parts, Index at);
  Handle typeOfRefused(const Node& node);
  bool accepts(Tag tag, Handle from, Handle found);
  void explain(Handle node, const Parts& parts, Index at, const TypeRefusal& refusal);
  void addContext(Diagnostic& error, Handle node, const Parts& parts, const TypeRefusal& refusal);
  void unboundName(std::string_view name, Span span, Index head, const Meaning& meaning);
  void wrongValue(Index at, std::string_view name, Index annotation, Handle declared, Handle found,
                  std::string_view rule);
  void report(Diagnostic diagnostic);
  void report(std::string_view rule, Span span, std::string message, std::string help = {},
              std::vector<Diagnostic::Note> notes = {});
  std::string quoted(Handle type) const;
  std::string meant(std::string_view wrong, const std::vector<std::string>& candidates);
  std::vector<std::string> namesInSight(bool applied) const;
  Span spanOf(Index node) const { return tree_[node].span; }
  Span nameAfter(uint32_t offset, std::string_view name) const;
  Span nameOf(Index node) const;

  // ---- names
  Meaning meaningOf(std::string_view name, bool applied) const;
  void bind(std::string_view name, Handle type, Span span);
  void unbind(uint32_t count = 1);
  uint32_t hostNumber(std::string_view name) const;  // kNobody: none
  void pushMeaning(const Meaning& meaning, Index at);
  void push(Handle term, Handle type, Index at) { results_.push_back({term, type, at}); }
  void pushUnknown(Index at);
  Typed pop();
  void then(Task::What what, const Task& task, uint32_t k = 0, Handle type = 0);
  void visitLater(Index node, const Want& want = {}, Index at = 0);
  bool makes(Tag tag, Span span);
  Index withoutParens(Index node) const;

  // ---- configuration literals: elaborate_literal.cpp, elaborate_identifiers.cpp
  void elaborateConfig(Index node);
  void declareShares(Index where);
  void readUnusedShares(Index where);
  void declareTypes(Index types);
  void collectIdentifiers();
  void checkFresh(Index config);
  void inferIdentifiers(Index config);
  Configuration configuration(Index config);
  void hostLine(Index line, uint32_t host, HostState& made);
  Handle storeOf(Index store);
  Handle askedOf(Index asked);
  void messagesOf(Index messages, Configuration& made);
  Handle requestOf(Index request);
  Handle answerOf(Index answer);
  void resultsOf(Index results, Configuration& made);
  void budgetsOf(Index budgets, Configuration& made);
  Typed valueOf(Index node, Handle ident, std::string_view rule, std::string_view where);
  Handle referenceOf(Index node, Handle ident);
  Handle identifier(Index node);
  bool isLineage(Handle node) const;
  void learn(Handle ident, Handle type);
  void learnFrom(Handle term, Handle type);
  void visitIdentifier(const Task& task);
  void visitRef(const Task& task);
  void visitMat(const Task& task);
  void visitApplied(const Task& task);
  void visitShare(const Task& task);
  void endRef(const Task& task);
  void appliedSpore(const Task& task);
  void endApplied(const Task& task);
  void endShare(const Task& task);
  void pushShare(const Task& task, const Typed& typed);
  bool literalHost(std::string_view name, Span span, uint32_t& host);
  void closeScope();
  void openScope();

  struct Binding {
    Symbol name = 0;
    Handle type = 0;
    Span span;
    uint32_t below = kNobody;  ///< the next one outwards of this name
  };
  struct Def {
    Typed typed;
    Span span;
  };
  struct Shared {
    Index entry = 0;
    Index content = 0;
    Typed typed = {};
    bool busy = false, done = false;
  };
  struct Identifier {
    uint32_t host = 0, index = 0;
    Handle type = 0;
    Index first = 0;
  };
  struct Found {
    uint32_t place;
    Diagnostic diagnostic;
  };

  Arena& arena_;
  const Source& source_;
  const Tree& tree_;
  const LoadOptions& options_;

  std::vector<Found> found_;
  uint32_t place_ = 0;   ///< where the declaration that is being read begins
  bool broken_ = false;  ///< the tree has Erroneous nodes
  bool quiet_ = false;   ///< nothing is reported: the types of identifiers are being inferred
  uint32_t suggestions_ = 0;
  MobileTypes mobile_;

  std::unordered_set<std::string> misread_;  ///< names that declarations with an error would have declared

  Program program_;
  std::unordered_map<std::string, uint32_t> hosts_;
  std::vector<Span> hostSpans_;
  std::unordered_map<std::string, Handle> records_;
  std::unordered_map<std::string, Span> recordSpans_;
  std::unordered_map<std::string, uint32_t> defNames_;
  std::vector<Def> defs_;
  std::vector<Span> blocks_;  ///< per host: its `at` block
  bool inDef_ = false;
  bool defRefused_ = false;
  uint32_t functions_ = 0;  ///< how many functions and spores are around

  std::vector<Task> tasks_;
  std::vector<Typed> results_;
  std::vector<Binding> scope_;
  std::unordered_map<Symbol, uint32_t> innermost_;
  uint32_t base_ = 0;  ///< what can be seen of scope_ begins here
  std::vector<uint32_t> bases_;
  std::unordered_map<std::string, Handle> files_;

  bool literal_ = false;
  std::vector<Identifier> identifiers_;
  std::unordered_map<uint64_t, uint32_t> identifierNumbers_;
  std::unordered_map<int64_t, Shared> shares_;
  std::unordered_map<int64_t, Handle> typeShares_;
  std::unordered_set<int64_t> busyTypes_;
  bool learned_ = false;
};

}  // namespace funpass::elaboration
