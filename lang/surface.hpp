// The surface syntax: what is written in a file (CALCULUS section 8 and the configuration literals of section 7), as a
// flat tree with spans. The parser makes it, the elaborator turns it into core terms, the printer writes it out again.
//
// Nodes live in one vector and refer to each other by index, so a tree of any depth is made, walked and thrown away
// without recursion.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lang/source.hpp"

namespace funpass::surface {

/// The kinds of surface nodes. In the comments: what `text`, `value`, `op` and the children hold; `?` may be missing.
enum class Kind : uint8_t {
  Missing,    // node 0: "left out" (an omitted type, an empty header, …)
  Erroneous,  // a part the parser could not read; reported already. Name…: what it would have declared
  // ---- terms
  Name,  // text: a variable, host, def, operation or record name (reserved operations like populate too);
         //   op 1: it was written with the prefix `SiloRef.`
  Int,   // value
  Unit,
  String,  // text: the decoded contents
  True,
  False,
  CurrentHost,
  Lambda,     // Binder, body
  Spore,      // Entry…, Binder, body
  Call,       // head, argument…                    f(x, y); the head is any term
  Method,     // text: name; receiver, argument…    x.f(y)
  Field,      // text: name; receiver               p.age
  Binary,     // op: a BinaryOp; left, right
  Not,        // operand
  If,         // condition, then, else
  List,       // element…                           [a, b], also the hosts of populate([a, b], t)
  EmptyList,  // type                               []: List[T]   (the child is the whole type List[T])
  Block,      // (Val | term)…; the last is a term  { val x: T = t; u; w }   also a host's or spore's body
  Paren,      // term                               (t)
  Val,        // text: name; type?, term            only inside a Block
  Binder,     // text: name; type?
  Entry,      // text: name; type?, term            of a spore's header
  // ---- terms and lineages that only a configuration literal can write
  Identifier,  // text: host, value: index           (a, 0)
  Ref,         // lineage, host…                     Ref(l, a)  Ref(l, [a, b])   each host is a Name
  Mat,         // identifier                         Mat((a,0))
  Applied,     // identifier, lineage, spore         Applied((a,1), l, p)
  Share,       // value: k                           $k
  // ---- types
  TypeName,    // text: Int, Unit, Host, Bool, String or a record's name
  Generic,     // text: SiloRef, Future or List; argument
  Arrow,       // parameter, result                  T => T'
  SporeArrow,  // parameter, result, captured…       T => T' { type C = (T1, T2) }
  // ---- declarations
  HostDecl,    // Name…
  RecordDecl,  // text: name; Binder…
  Def,         // text: name; type, term
  At,          // text: host; Block
  Check,  // text: safe | confluent | result | reaches | resilient | transparent; op 0 `==`, 1 `in`; value: the budget N
          //   result, reaches: Name (the host), term…;   resilient, transparent: Name…
  // ---- configuration literals
  HostLine,     // text: host; value: next; op 1: crashed;  term?, Store?, Asked?
  Store,        // Binding…
  Binding,      // Identifier, term
  Asked,        // AskedEntry…
  AskedEntry,   // Identifier, ref, Name? (missing: nobody)
  Messages,     // Message…
  Message,      // text: the host it is addressed to; Req or Res
  Req,          // text: the host that asks; ref, Identifier
  Res,          // Identifier, term
  Results,      // ResultEntry…
  ResultEntry,  // text: host; op 0 none, 1 never, 2 a value; term?
  Budgets,      // Budget…, then Name… (the hosts of S)
  Budget,       // text: crashes | restarts | drops | duplicates; value
  Types,        // TypeEntry…
  TypeEntry,    // Identifier, type
  Where,        // WhereEntry…
  WhereEntry,   // value: k; a lineage, a term or a type
  Config,       // HostLine…, Messages, Results?, Budgets?, Types?, Where?
};

/// Infix operators, loosest first. `binaryOps` has their spelling, binding strength and whether `--core` has them.
enum class BinaryOp : uint8_t { Or, And, Eq, Lt, Le, Gt, Ge, Add, Sub, Concat, Mul };

struct BinaryOpInfo {
  std::string_view text;
  std::string_view latex;
  uint8_t strength;  ///< 1 (`||`) to 6 (`*`); all associate to the left
  bool core;
};
const BinaryOpInfo& info(BinaryOp op);

using Index = uint32_t;  ///< of a node in a Tree; 0 is Missing

struct Node {
  Kind kind = Kind::Missing;
  uint8_t op = 0;
  Span span;
  uint32_t text = 0;              ///< index of a string
  uint32_t first = 0, count = 0;  ///< the children, a range of `Tree::kids`
  int64_t value = 0;
};

/// A comment; `text` includes its delimiters.
struct Comment {
  Span span;
  bool ownLine = false;  ///< nothing but white space stands before it on its line
};

/// A parsed file.
struct Tree {
  Tree();
  std::vector<Node> nodes;
  std::vector<Index> kids;
  std::vector<std::string> strings;
  std::vector<Index>
      declarations;  ///< top-level: HostDecl, RecordDecl, Def, At, Check; a Config among them if it is a literal
  std::vector<Comment> comments;  ///< in source order

  const Node& operator[](Index i) const { return nodes[i]; }
  Kind kind(Index i) const { return nodes[i].kind; }
  const std::string& text(Index i) const { return strings[nodes[i].text]; }
  Index child(Index i, uint32_t k) const { return kids[nodes[i].first + k]; }
  std::span<const Index> children(Index i) const { return {kids.data() + nodes[i].first, nodes[i].count}; }

  /// Appends a node. `text` is copied.
  Index add(Kind kind, Span span, std::span<const Index> children = {}, std::string_view text = {}, int64_t value = 0,
            uint8_t op = 0);
  Index add(Kind kind, Span span, std::initializer_list<Index> children, std::string_view text = {}, int64_t value = 0,
            uint8_t op = 0) {
    return add(kind, span, std::span<const Index>(children.begin(), children.size()), text, value, op);
  }
};

}  // namespace funpass::surface
