// Configuration literals (section 7).
#include <unordered_set>

#include "lang/raise.hpp"
#include "lang/raise_tree.hpp"

namespace funpass {

namespace {

using raising::Raiser;
using surface::Index;
using surface::Kind;

/// The records needed to declare `wanted`, earlier ones before those whose fields mention them.
std::vector<Handle> inOrder(const Arena& arena, const std::vector<Handle>& wanted) {
  struct Visit {
    Handle node;
    bool fieldsDone;
  };
  std::vector<Handle> ordered;
  std::unordered_set<Handle> seen;
  for (const Handle root : wanted) {
    std::vector<Visit> stack{{root, false}};
    while (!stack.empty()) {
      const auto [n, fieldsDone] = stack.back();
      stack.pop_back();
      if (fieldsDone) {
        ordered.push_back(n);
        continue;
      }
      if (n == 0 || !seen.insert(n).second) continue;
      const Node node = arena[n];
      if (node.is(Tag::TRecord)) stack.push_back({n, true});
      for (int k = 2; k >= 0; --k) {
        if (isHandleField(node, k)) stack.push_back({node[k], false});
      }
    }
  }
  return ordered;
}

Index recordDeclaration(const Arena& arena, Handle record, surface::Tree& tree) {
  std::vector<Index> fields;
  for (Handle f = arena[record][1]; f != 0; f = arena[f][2]) {
    fields.push_back(tree.add(Kind::Binder, {}, {raise(arena, arena[f][1], tree)}, arena.text(arena[f][0])));
  }
  return tree.add(Kind::RecordDecl, {}, fields, arena.text(arena[record][0]));
}

Index hostLine(Arena& arena, uint32_t host, const HostState& state, bool recovery, surface::Tree& tree,
               Raiser& raiser) {
  Index term = 0, store = 0, asked = 0;
  if (!state.crashed()) {
    term = raiser.raise(termOf(arena, state));
    store = raiser.raise(state.store);
    if (recovery) asked = state.asked == 0 ? tree.add(Kind::Asked, {}) : raiser.raise(state.asked);
  }
  return tree.add(Kind::HostLine, {}, {term, store, asked}, arena.hosts()[host], state.next, state.crashed() ? 1 : 0);
}

Index resultEntry(const Arena& arena, uint32_t host, Handle result, surface::Tree& tree, Raiser& raiser) {
  const bool none = arena.is(result, Tag::NoResult);
  const bool hasValue = !none && !arena.is(result, Tag::NeverResult);
  const Index value = hasValue ? raiser.raise(result) : 0;
  return tree.add(Kind::ResultEntry, {}, {value}, arena.hosts()[host], 0, hasValue ? 2 : none ? 0 : 1);
}

Index budgets(const Arena& arena, const Budget& budget, const std::vector<uint32_t>& among, surface::Tree& tree) {
  std::vector<Index> parts{tree.add(Kind::Budget, {}, {}, "crashes", budget.crashes),
                           tree.add(Kind::Budget, {}, {}, "restarts", budget.restarts),
                           tree.add(Kind::Budget, {}, {}, "drops", budget.drops),
                           tree.add(Kind::Budget, {}, {}, "duplicates", budget.duplicates)};
  for (const uint32_t host : among) parts.push_back(tree.add(Kind::Name, {}, {}, arena.hosts()[host]));
  return tree.add(Kind::Budgets, {}, parts);
}

}  // namespace

surface::Index raiseConfiguration(Arena& arena, const Configuration& configuration, surface::Tree& tree,
                                  const LiteralOptions& options) {
  RaiseOptions names;
  names.canonicalNames = options.canonicalNames;
  Raiser raiser(arena, tree, names, true);
  const auto count = static_cast<uint32_t>(configuration.hosts.size());
  std::vector<Index> parts;
  for (uint32_t h = 0; h < count; ++h) {
    parts.push_back(hostLine(arena, h, configuration.hosts[h], options.recovery, tree, raiser));
  }

  std::vector<Index> inFlight;
  for (uint32_t h = 0; h < count; ++h) {
    for (const Pending& pending : messages(arena, configuration.hosts[h].inbox)) {
      for (uint32_t k = 0; k < pending.count; ++k) {
        inFlight.push_back(tree.add(Kind::Message, {}, {raiser.raise(pending.message)}, arena.hosts()[h]));
      }
    }
  }
  parts.push_back(tree.add(Kind::Messages, {}, inFlight));

  std::vector<Index> results;
  for (uint32_t h = 0; h < count; ++h) {
    const Handle result = configuration.hosts[h].result;
    if (result != 0) results.push_back(resultEntry(arena, h, result, tree, raiser));
  }
  parts.push_back(results.empty() ? 0 : tree.add(Kind::Results, {}, results));
  parts.push_back(options.budgets ? budgets(arena, configuration.budget, options.among, tree) : 0);

  std::vector<Index> types;
  for (const auto& [key, type] : raiser.identifiers()) {
    const Index identifier = tree.add(Kind::Identifier, {}, {}, arena.hosts()[key >> 32U], key & UINT32_MAX);
    types.push_back(tree.add(Kind::TypeEntry, {}, {identifier, raiser.raise(type)}));
  }
  parts.push_back(types.empty() ? 0 : tree.add(Kind::Types, {}, types));

  const std::vector<Index> where = raiser.finish();
  parts.push_back(where.empty() ? 0 : tree.add(Kind::Where, {}, where));
  for (const Handle record : inOrder(arena, raiser.records())) {
    tree.declarations.push_back(recordDeclaration(arena, record, tree));
  }
  tree.declarations.push_back(tree.add(Kind::Config, {}, parts));
  return tree.declarations.back();
}

std::string literalText(Arena& arena, const Configuration& configuration, const LiteralOptions& options) {
  surface::Tree tree;
  raiseConfiguration(arena, configuration, tree, options);
  std::string text;
  for (const Index declaration : tree.declarations) {
    if (!text.empty()) text += '\n';
    text += print(tree, declaration, {surface::Notation::Source, 0});
  }
  return text;
}

}  // namespace funpass
