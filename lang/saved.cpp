#include "lang/saved.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "lang/raise.hpp"

namespace funpass {

std::vector<Handle> referencesIn(const Arena& arena, Handle term) {
  std::vector<Handle> found;
  std::vector<Handle> todo{term};
  std::unordered_set<Handle> seen;
  while (!todo.empty()) {
    const Handle n = todo.back();
    todo.pop_back();
    if (n == 0 || !arena[n].hasIdent() || !seen.insert(n).second) continue;
    const Node node = arena[n];
    if (node.is(Tag::Ref)) found.push_back(n);
    if (node.is(Tag::Ref) || node.is(Tag::Saved)) continue;
    for (int k = 2; k >= 0; --k) {
      if (isHandleField(node, k)) todo.push_back(node[k]);
    }
  }
  return found;
}

Lineages lineagesOf(const Arena& arena, const std::vector<Lineages::Entry>& roots, const ValueOfLeaf& value) {
  struct Visit {
    Lineages::Entry entry;
    bool needsDone;
  };
  enum class Mark : uint8_t { New, Open, Done };
  Lineages found;
  std::unordered_map<Handle, Mark> marks;
  std::vector<Visit> todo;
  for (auto root = roots.rbegin(); root != roots.rend(); ++root) todo.push_back({*root, false});
  while (!todo.empty()) {
    const Visit visit = todo.back();
    todo.pop_back();
    Mark& mark = marks[visit.entry.lineage];
    if (visit.needsDone) {
      mark = Mark::Done;
      found.entries.push_back(visit.entry);
      continue;
    }
    if (mark == Mark::Open) {
      found.knot = visit.entry.lineage;
      continue;
    }
    if (mark == Mark::Done) continue;
    mark = Mark::Open;
    todo.push_back({visit.entry, true});
    const Node node = arena[visit.entry.lineage];
    const bool applied = node.is(Tag::Applied);
    const Handle content = applied ? node[2] : value(visit.entry.lineage, visit.entry.hosts);
    std::vector<Handle> references = referencesIn(arena, content);
    std::reverse(references.begin(), references.end());
    for (const Handle r : references) todo.push_back({{arena[r][0], arena[r][1]}, false});
    if (applied) todo.push_back({{node[1], visit.entry.hosts}, false});
  }
  return found;
}

Handle Relocate::operator()(Handle root) {
  std::vector<Handle> todo{root};
  const auto known = [&](Handle n, Handle& to) {
    if (n == 0 || !arena_[n].hasIdent()) {
      to = n;
      return true;
    }
    const auto there = moved_.find(n);
    if (there == moved_.end()) return false;
    to = there->second;
    return true;
  };
  Handle result = 0;
  while (!known(root, result)) {
    const Handle n = todo.back();
    const Node node = arena_[n];
    std::array<uint32_t, 3> field = node.field;
    if (node.is(Tag::Ident) || node.is(Tag::Saved)) {
      const auto other = idents_.find(n);
      moved_[n] = other == idents_.end() ? n : other->second;
      todo.pop_back();
      continue;
    }
    const size_t before = todo.size();
    for (int k = 2; k >= 0; --k) {
      const auto i = static_cast<size_t>(k);
      if (isHandleField(node, k) && !known(node[k], field[i])) todo.push_back(node[k]);
    }
    if (todo.size() > before) continue;  // parts first
    if (node.is(Tag::Ref)) field[1] = hosts_;
    moved_[n] = arena_.remake(n, field[0], field[1], field[2]);
    todo.pop_back();
  }
  return result;
}

ValueOfLeaf valuesOf(const Arena& arena, Handle saved) {
  const Handle leaves = arena[saved][1];
  return [&arena, leaves](Handle mat, Handle) { return valueAt(arena, leaves, arena.idOf(mat)); };
}

namespace {

// What keeps a sealed term from being written to a file.
std::string cannotTravel(const Arena& arena, Handle term) {
  std::vector<Handle> todo{term};
  std::unordered_set<Handle> seen;
  while (!todo.empty()) {
    const Handle n = todo.back();
    todo.pop_back();
    if (n == 0 || !arena[n].hasIdent() || !seen.insert(n).second) continue;
    const Node node = arena[n];
    if (node.is(Tag::Saved)) return "a spore in it uses `fromLineage`, and what is read from a file is not saved again";
    if (node.is(Tag::Ident) && node[0] != kNobody) {
      return "it holds the future " + text(arena, n) + ", which only the host that asked can await";
    }
    for (int k = 0; k < 3; ++k) {
      if (isHandleField(node, k)) todo.push_back(node[k]);
    }
  }
  return {};
}

}  // namespace

Handle seal(Arena& arena, Handle ref, const ValueOfLeaf& value, std::string& problem) {
  const Node node = arena[ref];
  const Lineages all = lineagesOf(arena, {{node[0], node[1]}}, value);
  if (all.knot != 0) {
    problem = "the data of " + text(arena, arena.idOf(all.knot)) + " contains a reference to itself";
    return 0;
  }
  std::unordered_map<Handle, Handle> idents;
  for (const Tag tag : {Tag::Mat, Tag::Applied}) {
    for (const Lineages::Entry& entry : all.entries) {
      if (!arena.is(entry.lineage, tag)) continue;
      const Handle ident = arena.idOf(entry.lineage);
      idents.emplace(ident, arena.ident(kNobody, static_cast<uint32_t>(idents.size()), arena[ident][2]));
    }
  }
  Relocate relocate(arena, idents, 0);
  Handle leaves = 0;
  for (const Lineages::Entry& entry : all.entries) {
    if (!arena.is(entry.lineage, Tag::Mat)) continue;
    const Handle ident = arena.idOf(entry.lineage);
    const Handle data = value(entry.lineage, entry.hosts);
    if (data == 0) {
      problem = "there is no value of " + text(arena, ident);
      return 0;
    }
    leaves = insert(arena, leaves, relocate(ident), relocate(data));
  }
  const Handle saved = arena.make(Tag::Saved, relocate(node[0]), leaves);
  problem = cannotTravel(arena, relocate(node[0]));
  if (problem.empty()) problem = cannotTravel(arena, leaves);
  return problem.empty() ? saved : 0;
}

std::vector<Handle> identifiersOf(const Arena& arena, Handle saved) {
  std::vector<Handle> idents;
  for (const Lineages::Entry& entry : lineagesOf(arena, {{arena[saved][0], 0}}, valuesOf(arena, saved)).entries) {
    idents.push_back(arena.idOf(entry.lineage));
  }
  std::sort(idents.begin(), idents.end(), [&](Handle a, Handle b) { return arena[a][1] < arena[b][1]; });
  idents.erase(std::unique(idents.begin(), idents.end()), idents.end());
  return idents;
}

}  // namespace funpass
