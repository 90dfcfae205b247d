#include "lang/raise.hpp"

#include <algorithm>

#include "lang/raise_tree.hpp"

namespace funpass {

namespace raising {

using surface::BinaryOp;
using What = Task::What;

Raiser::Raiser(const Arena& arena, surface::Tree& tree, const RaiseOptions& options, bool share)
    : arena_(arena), tree_(tree), options_(options), share_(share) {
  for (auto name = options.freeNames.rbegin(); name != options.freeNames.rend(); ++name) bind(nameId(*name), true);
}

// ---- the stack of what is still to be done

Index Raiser::raise(Handle node) {
  thenBody(node);
  while (!work_.empty()) {
    const Task task = work_.back();
    work_.pop_back();
    const auto start = static_cast<std::ptrdiff_t>(work_.size());
    run(task);
    std::reverse(work_.begin() + start, work_.end());
  }
  const Index root = done_.back();
  done_.pop_back();
  return root;
}

void Raiser::run(const Task& task) {
  switch (task.what) {
    case What::Visit:
      if (!maybeShared(task.node)) {
        visit(task.node, task.op == kBody);
      } else if (shares_[task.node].count++ == 0) {
        work_.push_back({What::Unshared, {}, 0, task.node});
        work_.push_back({What::EndShare, {}, 0, task.node});
      } else {
        leaf(Kind::Share);
        shareUses_.emplace_back(done_.back(), task.node);
      }
      break;
    case What::Unshared: visit(task.node, false); break;
    case What::EndShare:
      shares_[task.node].definition = done_.back();
      shareOrder_.push_back(task.node);
      done_.pop_back();
      leaf(Kind::Share);
      shareUses_.emplace_back(done_.back(), task.node);
      break;
    case What::Push: done_.push_back(task.node); break;
    case What::Build: done_.push_back(make(task.kind, task.count, task.text, task.op)); break;
    case What::BindLambda:
    case What::BindVal: {
      const Index node =
          make(task.what == What::BindVal ? Kind::Val : Kind::Binder, task.what == What::BindVal ? 2 : 1, 0);
      uses_.emplace_back(node, bind(task.node));
      done_.push_back(node);
      break;
    }
    case What::BindSpore: bindSpore(task); break;
    case What::BlockRest: blockRest(task); break;
    case What::Unbind:
      unbind(task.binders);
      base_ = task.count;
      break;
  }
}

uint32_t Raiser::stringIndex(std::string_view text) {
  if (text.empty()) return 0;
  const auto [entry, isNew] = strings_.try_emplace(std::string(text), static_cast<uint32_t>(tree_.strings.size()));
  if (isNew) tree_.strings.emplace_back(text);
  return entry->second;
}

Index Raiser::make(Kind kind, uint32_t count, uint32_t text, uint8_t op) {
  const Index node = tree_.add(kind, {}, std::span<const Index>(done_).last(count), {}, 0, op);
  tree_.nodes[node].text = text;
  done_.resize(done_.size() - count);
  return node;
}

Index Raiser::add(Kind kind, std::string_view text, std::initializer_list<Index> children) {
  const Index node = tree_.add(kind, {}, children);
  tree_.nodes[node].text = stringIndex(text);
  return node;
}

void Raiser::build(Kind kind, uint32_t count, std::string_view text, uint8_t op) {
  work_.push_back({What::Build, kind, op, 0, count, 0, stringIndex(text)});
}

void Raiser::leaf(Kind kind, std::string_view text, int64_t value) {
  done_.push_back(add(kind, text));
  tree_.nodes[done_.back()].value = value;
}

// ---- all kinds

/// Is ((x:T) ⇒ t) v to be written `{ val x: T = v; t }`? As a body it is, and so is a chain, which would nest
/// otherwise.
bool Raiser::isBlock(const Node& app, bool body) const {
  if (!arena_.is(app[0], Tag::Lambda)) return false;
  const Node rest = arena_[arena_[app[0]][1]];
  return body || rest.is(Tag::Seq) || (rest.is(Tag::App) && arena_.is(rest[0], Tag::Lambda));
}

void Raiser::visit(Handle n, bool body) {
  const Node node = arena_[n];
  if (node.isFrame()) {
    leaf(Kind::Erroneous);
    return;
  }
  switch (node.kind()) {
    case Tag::Spore: spore(n); break;
    case Tag::App:
      if (isBlock(node, body)) {
        blockRest({What::BlockRest, {}, 0, n});
      } else {
        then(node[0]);
        then(node[1]);
        build(Kind::Call, 2);
      }
      break;
    case Tag::Seq: blockRest({What::BlockRest, {}, 0, n}); break;
    case Tag::Add: binary(BinaryOp::Add, node); break;
    case Tag::Sub: binary(BinaryOp::Sub, node); break;
    case Tag::Mul: binary(BinaryOp::Mul, node); break;
    case Tag::And: binary(BinaryOp::And, node); break;
    case Tag::Or: binary(BinaryOp::Or, node); break;
    case Tag::Eq: binary(BinaryOp::Eq, node); break;
    case Tag::Lt: binary(BinaryOp::Lt, node); break;
    case Tag::Le: binary(BinaryOp::Le, node); break;
    case Tag::Gt: binary(BinaryOp::Gt, node); break;
    case Tag::Ge: binary(BinaryOp::Ge, node); break;
    case Tag::Concat: binary(BinaryOp::Concat, node); break;
    case Tag::Not:
      then(node[0]);
      build(Kind::Not, 1);
      break;
    case Tag::If:
      then(node[0]);
      then(node[1]);
      then(node[2]);
      build(Kind::If, 3);
      break;

    case Tag::Populate: call("populate", {node[0], node[1]}); break;
    case Tag::Apply: call("apply", {node[0], node[1]}); break;
    case Tag::Send: call("send", {node[0]}); break;
    case Tag::Await: call("await", {node[0]}); break;
    case Tag::Respond:
      leaf(Kind::Name, "respond");
      leaf(Kind::Name, hostName(node[0]));
      then(node[1]);
      then(node[2]);
      build(Kind::Call, 4);
      break;
    case Tag::Size: call("size", {node[0]}); break;
    case Tag::Range: call("range", {node[0], node[1]}); break;
    case Tag::Split: call("split", {node[0], node[1]}); break;
    case Tag::Map: call("map", {node[0], node[1]}); break;
    case Tag::Filter: call("filter", {node[0], node[1]}); break;
    case Tag::FlatMap: call("flatMap", {node[0], node[1]}); break;
    case Tag::Exists: call("exists", {node[0], node[1]}); break;
    case Tag::Fold: call("fold", {node[0], node[1], node[2]}); break;
    case Tag::SortBy: call("sortBy", {node[0], node[1]}); break;
    case Tag::SortByKeys: call("sortByKeys", {node[0], node[1]}); break;

    case Tag::Cons: list(n); break;
    case Tag::Nil:
      if (options_.bareEmptyLists) {
        leaf(Kind::List);
      } else {
        then(node[0]);
        build(Kind::Generic, 1, "List");
        build(Kind::EmptyList, 1);
      }
      break;
    case Tag::Record: record(node); break;
    case Tag::Field:
      then(node[0]);
      build(Kind::Field, 1, arena_.text(node[1]));
      break;

    case Tag::Var: variable(node[0]); break;
    case Tag::Int: leaf(Kind::Int, {}, arena_.integerOf(n)); break;
    case Tag::Unit: leaf(Kind::Unit); break;
    case Tag::Host: hosts(n); break;
    case Tag::Lambda:
      then(node[0]);
      work_.push_back({What::BindLambda, {}, 0, n});
      thenBody(node[1]);
      build(Kind::Lambda, 2);
      work_.push_back({What::Unbind, {}, 0, 0, base_, 1});
      break;
    case Tag::Here: leaf(Kind::CurrentHost); break;
    case Tag::True: leaf(Kind::True); break;
    case Tag::False: leaf(Kind::False); break;
    case Tag::String: leaf(Kind::String, arena_.text(node[0])); break;

    case Tag::Ident:
      if (share_) identifiers_.try_emplace(uint64_t{node[0]} << 32U | node[1], node[2]);
      leaf(Kind::Identifier, hostName(node[0]), node[1]);
      break;
    case Tag::Ref: {
      then(node[0]);
      uint32_t parts = 1;
      for (Handle host = node[1]; host != 0; host = arena_[host][1], ++parts) {
        work_.push_back({What::Push, {}, 0, add(Kind::Name, hostName(arena_[host][0]))});
      }
      build(Kind::Ref, parts);
      break;
    }
    case Tag::Mat:
      then(node[0]);
      build(Kind::Mat, 1);
      break;
    case Tag::Applied:
      then(node[0]);
      then(node[1]);
      then(node[2]);
      build(Kind::Applied, 3);
      break;

    case Tag::TInt: leaf(Kind::TypeName, "Int"); break;
    case Tag::TUnit: leaf(Kind::TypeName, "Unit"); break;
    case Tag::THost: leaf(Kind::TypeName, "Host"); break;
    case Tag::TBool: leaf(Kind::TypeName, "Bool"); break;
    case Tag::TString: leaf(Kind::TypeName, "String"); break;
    case Tag::TUnknown: leaf(Kind::TypeName, "?"); break;
    case Tag::TRecord:
      noteRecord(n);
      leaf(Kind::TypeName, arena_.text(node[0]));
      break;
    case Tag::TFun:
      then(node[0]);
      then(node[1]);
      build(Kind::Arrow, 2);
      break;
    case Tag::TSpore: {
      then(node[0]);
      then(node[1]);
      uint32_t parts = 2;
      for (Handle captured = node[2]; captured != 0; captured = arena_[captured][1], ++parts) then(arena_[captured][0]);
      build(Kind::SporeArrow, parts);
      break;
    }
    case Tag::TSiloRef:
    case Tag::TFuture:
    case Tag::TList:
      then(node[0]);
      build(Kind::Generic, 1, node.is(Tag::TSiloRef) ? "SiloRef" : node.is(Tag::TFuture) ? "Future" : "List");
      break;

    case Tag::None:
    case Tag::Leaf:
    case Tag::Branch: store(n); break;
    case Tag::Req:
      then(node[1]);
      then(node[2]);
      build(Kind::Req, 2, hostName(node[0]));
      break;
    case Tag::Res:
      then(node[0]);
      then(node[1]);
      build(Kind::Res, 2);
      break;
    case Tag::NoResult: leaf(Kind::Name, "none"); break;
    case Tag::NeverResult: leaf(Kind::Name, "never"); break;

    // Parts of other nodes.
    case Tag::Entry:
    case Tag::Arg:
    case Tag::TField:
    case Tag::TCons:
    case Tag::Asked:
    case Tag::Inbox:
    case Tag::Count: leaf(Kind::Erroneous); break;
  }
}

void Raiser::call(std::string_view name, std::initializer_list<Handle> arguments) {
  usesGlobal(name);
  leaf(Kind::Name, name);
  for (const Handle argument : arguments) then(argument);
  build(Kind::Call, static_cast<uint32_t>(arguments.size()) + 1);
}

void Raiser::binary(BinaryOp op, const Node& node) {
  then(node[0]);
  then(node[1]);
  build(Kind::Binary, 2, {}, static_cast<uint8_t>(op));
}

/// [v, v̄], or where the rest is no literal, [t] ++ t'.
void Raiser::list(Handle n) {
  uint32_t count = 0;
  for (; arena_.is(n, Tag::Cons); n = arena_[n][1], ++count) then(arena_[n][0]);
  build(Kind::List, count);
  if (arena_.is(n, Tag::Nil)) return;
  then(n);
  build(Kind::Binary, 2, {}, static_cast<uint8_t>(BinaryOp::Concat));
}

void Raiser::record(const Node& node) {
  noteRecord(node[0]);
  leaf(Kind::Name, arena_.text(arena_[node[0]][0]));
  uint32_t parts = 1;
  for (Handle argument = node[1]; argument != 0; argument = arena_[argument][1], ++parts) {
    then(arena_[argument][0]);
  }
  build(Kind::Call, parts);
}

void Raiser::hosts(Handle n) {
  uint32_t count = 0;
  for (Handle host = n; host != 0; host = arena_[host][1], ++count) {
    const std::string& name = hostName(arena_[host][0]);
    usesGlobal(name);
    leaf(Kind::Name, name);
  }
  if (count > 1) done_.push_back(make(Kind::List, count, 0));
}

void Raiser::spore(Handle n) {
  const Node node = arena_[n];
  uint32_t count = 0;
  for (Handle entry = node[0]; entry != 0; entry = arena_[entry][2], ++count) {
    then(arena_[entry][0]);
    then(arena_[entry][1]);
    build(Kind::Entry, 2);
  }
  then(node[1]);
  work_.push_back({What::BindSpore, {}, 0, n});
  thenBody(node[2]);
  build(Kind::Spore, count + 2);
  work_.push_back({What::Unbind, {}, 0, 0, base_, count + 1});
}

void Raiser::blockRest(const Task& task) {
  const Node node = arena_[task.node];
  if (node.is(Tag::App) && arena_.is(node[0], Tag::Lambda)) {
    const Node function = arena_[node[0]];
    then(function[0]);
    then(node[1]);
    work_.push_back({What::BindVal, {}, 0, node[0]});
    work_.push_back({What::BlockRest, {}, 0, function[1], task.count + 1, task.binders + 1});
  } else if (node.is(Tag::Seq)) {
    then(node[0]);
    work_.push_back({What::BlockRest, {}, 0, node[1], task.count + 1, task.binders});
  } else {
    then(task.node);
    build(Kind::Block, task.count + 1);
    work_.push_back({What::Unbind, {}, 0, 0, base_, task.binders});
  }
}

/// σ or, where its leaves say so, ρ.
void Raiser::store(Handle n) {
  const std::vector<Handle> leaves = entries(arena_, n);
  const bool asked = !leaves.empty() && arena_.is(arena_[leaves[0]][1], Tag::Asked);
  for (const Handle leafHandle : leaves) {
    const Node leafNode = arena_[leafHandle];
    then(leafNode[0]);
    if (!asked) {
      then(leafNode[1]);
      build(Kind::Binding, 2);
      continue;
    }
    const Node entry = arena_[leafNode[1]];
    then(entry[0]);
    const Index host = entry[1] == kNobody ? 0 : add(Kind::Name, hostName(entry[1]));
    work_.push_back({What::Push, {}, 0, host});
    build(Kind::AskedEntry, 3);
  }
  build(asked ? Kind::Asked : Kind::Store, static_cast<uint32_t>(leaves.size()));
}

void Raiser::noteRecord(Handle type) {
  if (recordNames_.insert(arena_.text(arena_[type][0])).second) records_.push_back(type);
}

// ---- shares

/// A type of at most three names: `$k` would not be easier to read.
bool Raiser::isShortType(Handle type) const {
  std::vector<Handle> todo{type};
  for (int names = 0; !todo.empty(); ++names) {
    if (names == 3) return false;
    const Node node = arena_[todo.back()];
    todo.pop_back();
    if (node.is(Tag::TSpore)) return false;
    if (node.is(Tag::TFun)) todo.push_back(node[1]);
    if (node.is(Tag::TFun) || node.is(Tag::TSiloRef) || node.is(Tag::TFuture) || node.is(Tag::TList)) {
      todo.push_back(node[0]);
    }
  }
  return true;
}

bool Raiser::maybeShared(Handle n) const {
  if (!share_) return false;
  const Node node = arena_[n];
  if (node.is(Tag::Spore)) return node.free == 0;
  if (node.is(Tag::Applied) || node.is(Tag::TSpore)) return true;
  return (node.is(Tag::TFun) || node.is(Tag::TSiloRef) || node.is(Tag::TFuture) || node.is(Tag::TList)) &&
         !isShortType(n);
}

std::vector<Index> Raiser::finish() {
  settleNames();
  std::vector<Index> where;
  for (const Handle shared : shareOrder_) {
    Share& share = shares_[shared];
    if (share.count == 1) continue;
    share.number = static_cast<int64_t>(where.size()) + 1;
    where.push_back(add(Kind::WhereEntry, {}, {share.definition}));
    tree_.nodes[where.back()].value = share.number;
  }
  for (const auto& [use, shared] : shareUses_) {
    const Share& share = shares_[shared];
    if (share.count == 1) {
      tree_.nodes[use] = tree_.nodes[share.definition];
    } else {
      tree_.nodes[use].value = share.number;
    }
  }
  return where;
}

}  // namespace raising

surface::Index raise(const Arena& arena, Handle node, surface::Tree& tree, const RaiseOptions& options) {
  raising::Raiser raiser(arena, tree, options, false);
  const surface::Index root = raiser.raise(node);
  raiser.finish();
  return root;
}

std::string text(const Arena& arena, Handle node, surface::Notation notation) {
  RaiseOptions options;
  options.bareEmptyLists = arena[node].isValue();
  surface::Tree tree;
  const surface::Index root = raise(arena, node, tree, options);
  return print(tree, root, {notation, 0});
}

std::string canonicalText(const Arena& arena, Handle node) {
  RaiseOptions options;
  options.canonicalNames = true;
  options.bareEmptyLists = arena[node].isValue();
  surface::Tree tree;
  const surface::Index root = raise(arena, node, tree, options);
  return print(tree, root, {surface::Notation::Source, 0});
}

}  // namespace funpass
