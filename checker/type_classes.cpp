#include "checker/type_classes.hpp"

#include <algorithm>

namespace funpass {

uint32_t TypeClasses::add(Handle sigma) {
  const auto [entry, isNew] = numbers_.try_emplace(sigma, static_cast<uint32_t>(sigmas_.size()));
  if (!isNew) return entry->second;
  sigmas_.push_back(sigma);
  for (const Handle leaf : entries(arena_, sigma)) {
    const Handle ident = arena_[leaf][0];
    const uint64_t key = uint64_t{arena_[ident][0]} << 32U | arena_[ident][1];
    const auto [first, isFirst] = first_.try_emplace(key, ident);
    if (!isFirst && first->second != ident) clashing_.insert(key);
  }
  return entry->second;
}

TypeClasses::Types TypeClasses::typesIn(Handle sigma) const {
  Types types;
  for (const uint64_t key : clashing_) {
    const Handle leaf = lookup(arena_, sigma, first_.at(key));
    types.push_back(leaf == 0 ? 0 : arena_[leaf][0]);
  }
  return types;
}

void TypeClasses::settle() {
  if (settled_ == sigmas_.size()) return;
  if (settledClashing_ != clashing_.size()) {  // more to tell apart: all over again
    settled_ = 0;
    members_.clear();
  }
  settledClashing_ = clashing_.size();
  const size_t before = members_.size();
  class_.resize(sigmas_.size());
  for (; settled_ < sigmas_.size(); ++settled_) {
    const auto number = static_cast<uint32_t>(members_.size());
    class_[settled_] = members_.try_emplace(typesIn(sigmas_[settled_]), number).first->second;
  }
  const size_t count = members_.size();
  if (count == before || count > kMost) return;
  agrees_.assign(count * count, false);
  for (const auto& [a, classA] : members_) {
    for (const auto& [b, classB] : members_) {
      bool agree = true;
      for (size_t k = 0; k < a.size(); ++k) agree = agree && (a[k] == b[k] || a[k] == 0 || b[k] == 0);
      agrees_[classA * count + classB] = agree;
    }
  }
}

}  // namespace funpass
