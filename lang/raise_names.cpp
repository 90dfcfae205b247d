// Which name each binder is written with.
//
// A binder keeps its name unless
//   - a reference to it stands under another binder of that name, or
//   - that name means a host or an operation somewhere under it, or a record, or
//   - it could not be written there at all: a reserved word, or a name that a spore's header has already.
// Then it is called by the name without the number at its end, and the n-th number that makes a name nobody has, where
// n binders of such a name are renamed from there outwards. So no new name is captured, whatever its neighbours do.
#include <algorithm>
#include <array>

#include "lang/raise_tree.hpp"

namespace funpass::raising {

namespace {

// Reserved words, with data or without, and what a configuration literal reads as a reference or lineage.
constexpr std::array<std::string_view, 30> reserved{
    "host",   "at",    "def",         "val",  "record", "check", "spore", "type", "populate", "apply",
    "send",   "await", "respond",     "unit", "Int",    "Unit",  "Host",  "Bool", "String",   "SiloRef",
    "Future", "List",  "currentHost", "if",   "else",   "true",  "false", "Ref",  "Mat",      "Applied"};

constexpr std::array<std::string_view, 12> operations{"size",   "range",      "split",        "map",
                                                      "filter", "flatMap",    "exists",       "fold",
                                                      "sortBy", "sortByKeys", "fromTextFile", "fromLineage"};

template <size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Raiser::NameId Raiser::nameId(std::string_view text) {
  const auto [entry, isNew] = nameIds_.try_emplace(std::string(text), static_cast<NameId>(names_.size()));
  if (isNew) {
    const std::string rootText(text.substr(0, text.find_last_not_of("0123456789") + 1));
    const auto [root, isNewRoot] = rootIds_.try_emplace(rootText, static_cast<uint32_t>(roots_.size()));
    if (isNewRoot) roots_.push_back({rootText, kNone, {}});
    names_.push_back({std::string(text), kNone, root->second, contains(reserved, text)});
  }
  return entry->second;
}

Raiser::BinderId Raiser::bind(Handle node) {
  if (options_.canonicalNames) return bind(nameId("x"), false);
  const Symbol symbol = arena_.nameOf(node);
  return bind(nameId(symbol == 0 ? std::string_view("x") : arena_.text(symbol)), false);
}

Raiser::BinderId Raiser::bind(NameId id, bool fixed) {
  Name& name = names_[id];
  Root& root = roots_[name.root];
  Binder binder;
  binder.name = id;
  binder.position = static_cast<uint32_t>(scope_.size());
  binder.fixed = fixed;
  binder.below = name.top;
  binder.belowRoot = root.top;
  binder.renamed = name.reserved;
  const auto bound = static_cast<BinderId>(binders_.size());
  binders_.push_back(binder);
  name.top = root.top = bound;
  scope_.push_back(bound);
  return bound;
}

void Raiser::bindSpore(const Task& task) {
  std::vector<Handle> binders;
  for (Handle entry = arena_[task.node][0]; entry != 0; entry = arena_[entry][2]) binders.push_back(entry);
  binders.push_back(task.node);
  done_.push_back(make(Kind::Binder, 1, 0));
  const size_t firstPlace = done_.size() - binders.size();
  base_ = static_cast<uint32_t>(scope_.size());
  for (size_t k = 0; k < binders.size(); ++k) {
    const BinderId bound = bind(binders[k]);
    const BinderId same = binders_[bound].below;
    if (same != kNone && binders_[same].position >= base_) binders_[bound].renamed = true;
    uses_.emplace_back(done_[firstPlace + k], bound);
  }
  std::reverse(scope_.begin() + base_, scope_.end() - 1);  // index 0 is the parameter, k ≥ 1 the k-th entry
}

void Raiser::unbind(uint32_t count) {
  std::sort(scope_.end() - count, scope_.end());
  for (; count > 0; --count) {
    const Binder& binder = binders_[scope_.back()];
    Name& name = names_[binder.name];
    name.top = binder.below;
    roots_[name.root].top = binder.belowRoot;
    scope_.pop_back();
  }
}

void Raiser::variable(uint32_t index) {
  const auto visible = static_cast<uint32_t>(scope_.size()) - base_;
  if (index >= visible) {  // bound nowhere
    leaf(Kind::Name, "_" + std::to_string(index - visible));
    return;
  }
  const BinderId bound = scope_[scope_.size() - 1 - index];
  leaf(Kind::Name);
  uses_.emplace_back(done_.back(), bound);
  Binder& binder = binders_[bound];
  if (names_[binder.name].top == bound) return;
  if (binder.fixed) {
    renameDownTo(binder.name, bound);
  } else {
    binder.renamed = true;
  }
}

void Raiser::usesGlobal(std::string_view name) {
  if (options_.canonicalNames) globals_.emplace(name);
  const auto found = nameIds_.find(std::string(name));
  if (found != nameIds_.end()) renameDownTo(found->second, kNone);
}

/// Renames every binder of this name that is in scope, from the innermost to before `end`.
void Raiser::renameDownTo(NameId name, BinderId end) {
  for (BinderId id = names_[name].top; id != end && id != kNone; id = binders_[id].below) {
    Binder& binder = binders_[id];
    if (binder.position < base_ || binder.allRenamed) return;
    binder.renamed = binder.allRenamed = true;
  }
}

void Raiser::settleNames() {
  for (Binder& binder : binders_) {
    const Name& name = names_[binder.name];
    if (options_.canonicalNames && !binder.fixed) {
      binder.text = stringIndex(canonicalName(binder.position));
      continue;
    }
    if (binder.belowRoot != kNone) binder.level = binders_[binder.belowRoot].level;
    const bool renamed = !binder.fixed && (binder.renamed || recordNames_.count(name.text) != 0);
    binder.text = stringIndex(renamed ? freshName(name.root, ++binder.level) : name.text);
  }
  for (const auto& [node, binder] : uses_) tree_.nodes[node].text = binders_[binder].text;
}

/// x0, x1, … without those that mean a host or a record in what is raised.
std::string Raiser::canonicalName(uint32_t position) {
  const auto name = [](uint32_t number) { return "x" + std::to_string(number); };
  while (canonical_.size() <= position) {
    uint32_t number = canonical_.empty() ? 0 : canonical_.back() + 1;
    while (globals_.count(name(number)) != 0 || recordNames_.count(name(number)) != 0) ++number;
    canonical_.push_back(number);
  }
  return name(canonical_[position]);
}

/// The root with the `level`-th number (from 1) that makes a name nobody has.
std::string Raiser::freshName(uint32_t rootId, uint32_t level) {
  Root& root = roots_[rootId];
  while (root.numbers.size() < level) {
    uint32_t number = root.numbers.empty() ? 1 : root.numbers.back() + 1;
    while (isTaken(root.text + std::to_string(number))) ++number;
    root.numbers.push_back(number);
  }
  return root.text + std::to_string(root.numbers[level - 1]);
}

bool Raiser::isTaken(const std::string& name) const {
  return nameIds_.count(name) != 0 || contains(operations, name) || contains(reserved, name) || isHostOrRecord(name);
}

bool Raiser::isHostOrRecord(const std::string& name) const {
  const auto& hosts = arena_.hosts();
  return recordNames_.count(name) != 0 || std::find(hosts.begin(), hosts.end(), name) != hosts.end();
}

}  // namespace funpass::raising
