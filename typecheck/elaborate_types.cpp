// From written types to type nodes.
#include <unordered_set>

#include "typecheck/elaborate_state.hpp"

namespace funpass::elaboration {

namespace {

// A type on its way: its parts first, then itself.
struct Visit {
  Index node;
  bool partsDone;
};

}  // namespace

Handle Elaborator::namedType(Index node) {
  const std::string& name = tree_.text(node);
  if (name == "Int") return simpleType(Tag::TInt);
  if (name == "Unit") return simpleType(Tag::TUnit);
  if (name == "Host") return simpleType(Tag::THost);
  if (name == "Bool" && !options_.core) return simpleType(Tag::TBool);
  if (name == "String" && !options_.core) return simpleType(Tag::TString);
  if (const auto record = records_.find(name); record != records_.end()) return record->second;
  std::vector<std::string> names{"Int", "Unit", "Host", "SiloRef", "Future"};
  if (!options_.core) names.insert(names.end(), {"Bool", "String", "List"});
  for (const Handle record : program_.records) names.push_back(arena_.text(arena_[record][0]));
  std::string help = meant(name, names);
  for (const Index declaration : tree_.declarations) {
    if (tree_.kind(declaration) != Kind::RecordDecl || tree_.text(declaration) != name) continue;
    help = "`" + name + "` is declared further down: a field's type sees earlier records only";
  }
  if (isMisread(name)) return unknown();
  report("undeclared type", spanOf(node), "there is no type `" + name + "`", help);
  return unknown();
}

Handle Elaborator::type(Index root) {
  std::vector<Visit> todo{{root, false}};
  std::vector<Handle> done;
  const auto pop = [&done] {
    const Handle last = done.back();
    done.pop_back();
    return last;
  };
  while (!todo.empty()) {
    const Visit visit = todo.back();
    todo.pop_back();
    const Kind kind = tree_.kind(visit.node);
    if (kind == Kind::TypeName) {
      done.push_back(namedType(visit.node));
    } else if (kind == Kind::Share) {
      const int64_t k = tree_[visit.node].value;
      const auto known = typeShares_.find(k);
      const auto entry = shares_.find(k);
      if (visit.partsDone) {
        busyTypes_.erase(k);
        typeShares_[k] = done.back();
      } else if (known != typeShares_.end()) {
        done.push_back(known->second);
      } else if (entry == shares_.end() || entry->second.content == 0) {
        report("where", spanOf(visit.node), "`$" + std::to_string(k) + "` is not in `where`");
        done.push_back(unknown());
      } else if (!busyTypes_.insert(k).second) {
        report("where", spanOf(visit.node), "`$" + std::to_string(k) + "` is made of itself");
        done.push_back(unknown());
      } else {
        todo.push_back({visit.node, true});
        todo.push_back({entry->second.content, false});
      }
    } else if (kind == Kind::Paren) {
      todo.push_back({tree_.child(visit.node, 0), false});
    } else if (kind == Kind::Generic || kind == Kind::Arrow || kind == Kind::SporeArrow) {
      const uint32_t parts = tree_[visit.node].count;
      if (!visit.partsDone) {
        todo.push_back({visit.node, true});
        for (uint32_t k = parts; k-- > 0;) todo.push_back({tree_.child(visit.node, k), false});
      } else if (kind == Kind::Generic) {
        const std::string& name = tree_.text(visit.node);
        const Handle part = pop();
        done.push_back(arena_.make(name == "SiloRef"  ? Tag::TSiloRef
                                   : name == "Future" ? Tag::TFuture
                                                      : Tag::TList,
                                   part));
      } else {
        Handle captured = 0;
        for (uint32_t k = parts; k > 2; --k) captured = arena_.make(Tag::TCons, pop(), captured);
        const Handle to = pop();
        const Handle from = pop();
        done.push_back(kind == Kind::Arrow ? arena_.make(Tag::TFun, from, to)
                                           : arena_.make(Tag::TSpore, from, to, captured));
      }
    } else {
      if (kind != Kind::Missing && kind != Kind::Erroneous) {
        report("syntax", spanOf(visit.node), "this is a term, and a type belongs here");
      }
      done.push_back(unknown());
    }
  }
  return done.back();
}

bool Elaborator::isKnown(Handle type) const {
  if (type == 0) return false;
  std::vector<Handle> todo{type};
  std::unordered_set<Handle> seen;
  while (!todo.empty()) {
    const Handle n = todo.back();
    todo.pop_back();
    if (n == 0 || !seen.insert(n).second) continue;
    const Node node = arena_[n];
    if (node.is(Tag::TUnknown)) return false;
    for (int k = 0; k < 3; ++k) {
      if (isHandleField(node, k)) todo.push_back(node[k]);
    }
  }
  return true;
}

Handle Elaborator::elementOf(Tag tag, Handle type) {
  return type != 0 && arena_.is(type, tag) ? arena_[type][0] : unknown();
}

}  // namespace funpass::elaboration
