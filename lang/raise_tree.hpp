// The walk from core nodes to surface nodes. It is a loop over a stack of tasks, so depth costs memory, never stack.
//
// Names are settled at the end: while the walk goes on, every place of a name remembers its binder, and a binder whose
// name would be misread somewhere is marked for renaming. So are shares: every occurrence of something that may be
// shared becomes a `$k`, and those that turn out to be the only one are replaced by what they stand for.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "lang/raise.hpp"

namespace funpass::raising {

using surface::Index;
using surface::Kind;

/// What is still to be done. Results are surface nodes on a stack.
struct Task {
  enum class What : uint8_t {
    Visit,       // node; op: kBody for a body
    Unshared,    // node, which was entered as a share already
    EndShare,    // node
    Push,        // node: a surface node
    Build,       // kind, text, op; the last `count` results are the children
    BindLambda,  // node: a Lambda; the last result is its parameter's type
    BindVal,     // node: a Lambda; the last results are its parameter's type and the argument
    BindSpore,   // node: a Spore; the last results are its entries and its parameter's type
    BlockRest,   // node: what follows in a block, after `count` statements, `binders` of them vals
    Unbind,      // `binders` of them; `count`: the scope to return to
  };
  What what;
  Kind kind = Kind::Missing;
  uint8_t op = 0;
  uint32_t node = 0;
  uint32_t count = 0;
  uint32_t binders = 0;
  uint32_t text = 0;
};

/// Raises any number of nodes into one tree.
class Raiser {
 public:
  /// `share`: lineages, spores and types become `$k` where they occur more than once.
  Raiser(const Arena& arena, surface::Tree& tree, const RaiseOptions& options, bool share);

  /// Adds the surface form of one node. Names and shares are settled by `finish`.
  Index raise(Handle node);
  /// Settles names and shares; gives a WhereEntry for each share, smaller ones before those that use them.
  std::vector<Index> finish();

  /// A node made of a text and children.
  Index add(Kind kind, std::string_view text, std::initializer_list<Index> children = {});
  const std::string& hostName(uint32_t host) const { return arena_.hosts()[host]; }

  /// The identifiers raised so far, in the order of (h, i), with their types; only with `share`.
  const std::map<uint64_t, Handle>& identifiers() const { return identifiers_; }
  /// The types of the records named so far, in order of appearance.
  const std::vector<Handle>& records() const { return records_; }

 private:
  using BinderId = uint32_t;
  using NameId = uint32_t;
  static constexpr uint32_t kNone = UINT32_MAX;

  /// An occurrence of a binder in the tree.
  struct Binder {
    NameId name = 0;
    BinderId below = kNone;      ///< the next binder outwards of this name
    BinderId belowRoot = kNone;  ///< the next binder outwards of this name but for the number at its end
    uint32_t position = 0;       ///< in scope_
    bool fixed = false;          ///< a free variable: its name stays
    bool renamed = false;
    bool allRenamed = false;  ///< so are all of this name outwards that are in scope
    uint32_t level = 0;       ///< how many renamed binders of this root there are from here outwards
    uint32_t text = 0;
  };
  struct Name {
    std::string text;
    BinderId top = kNone;  ///< the innermost binder of this name
    uint32_t root = 0;
    bool reserved = false;
  };
  struct Root {
    std::string text;
    BinderId top = kNone;
    std::vector<uint32_t> numbers;  ///< those that make a name nobody has, ascending
  };
  struct Share {
    uint32_t count = 0;
    Index definition = 0;
    int64_t number = 0;
  };

  void run(const Task& task);
  static constexpr uint8_t kBody = 1;

  void visit(Handle node, bool body);
  bool isBlock(const Node& app, bool body) const;
  void then(Handle node) { work_.push_back({Task::What::Visit, {}, 0, node}); }
  void thenBody(Handle node) { work_.push_back({Task::What::Visit, {}, kBody, node}); }
  void build(Kind kind, uint32_t count, std::string_view text = {}, uint8_t op = 0);
  void leaf(Kind kind, std::string_view text = {}, int64_t value = 0);
  void call(std::string_view name, std::initializer_list<Handle> arguments);
  void binary(surface::BinaryOp op, const Node& node);
  void list(Handle node);
  void record(const Node& node);
  void hosts(Handle node);
  void spore(Handle node);
  void bindSpore(const Task& task);
  void variable(uint32_t index);
  void store(Handle node);
  void blockRest(const Task& task);
  bool maybeShared(Handle node) const;
  bool isShortType(Handle type) const;
  void noteRecord(Handle type);

  uint32_t stringIndex(std::string_view text);
  Index make(Kind kind, uint32_t count, uint32_t text, uint8_t op = 0);

  NameId nameId(std::string_view text);
  BinderId bind(Handle node);
  BinderId bind(NameId name, bool fixed);
  void unbind(uint32_t count);
  void usesGlobal(std::string_view name);
  void renameDownTo(NameId name, BinderId end);
  void settleNames();
  std::string canonicalName(uint32_t position);
  std::string freshName(uint32_t root, uint32_t level);
  bool isTaken(const std::string& name) const;
  bool isHostOrRecord(const std::string& name) const;

  const Arena& arena_;
  surface::Tree& tree_;
  const RaiseOptions& options_;
  bool share_;

  std::vector<Task> work_;
  std::vector<Index> done_;
  std::unordered_map<std::string, uint32_t> strings_;

  std::vector<BinderId> scope_;
  uint32_t base_ = 0;  ///< where in scope_ begins what can be seen: in a spore's body the header
  std::vector<Binder> binders_;
  std::vector<Name> names_;
  std::vector<Root> roots_;
  std::unordered_map<std::string, NameId> nameIds_;
  std::unordered_map<std::string, uint32_t> rootIds_;
  std::vector<std::pair<Index, BinderId>> uses_;
  std::unordered_set<std::string> globals_;  ///< hosts and operations that occur, for canonical names
  std::vector<uint32_t> canonical_;          ///< the number in the name of a binder, by depth

  std::unordered_map<Handle, Share> shares_;
  std::vector<Handle> shareOrder_;
  std::vector<std::pair<Index, Handle>> shareUses_;

  std::map<uint64_t, Handle> identifiers_;
  std::vector<Handle> records_;
  std::unordered_set<std::string> recordNames_;
};

}  // namespace funpass::raising
