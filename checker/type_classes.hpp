// Which states of single hosts give an identifier different types.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <unordered_map>
#include <vector>

#include "lang/configuration.hpp"

namespace funpass {

/// Puts every Σ in a class by the types that it gives to those (h, i) that some Σ gives another type. There are few
/// such (h, i), most often none, and then there is one class.
class TypeClasses {
 public:
  static constexpr size_t kMost = 1024;  ///< classes; with more `agree` says no

  explicit TypeClasses(const Arena& arena) : arena_(arena) {}

  /// Adds a Σ, if it is new: its number. Its class is known after `settle`.
  uint32_t add(Handle sigma);
  /// To be called when all were added.
  void settle();

  size_t classes() const { return members_.size(); }
  uint32_t classOf(uint32_t number) const { return class_[number]; }
  /// Does no (h, i) have one type in a Σ of class `a` and another in one of class `b`?
  bool agree(uint32_t a, uint32_t b) const {
    return members_.size() <= kMost && agrees_[size_t{a} * members_.size() + b];
  }

 private:
  using Types = std::vector<Handle>;  // for each of clashing_ its Ident there, 0 if it does not occur
  Types typesIn(Handle sigma) const;

  const Arena& arena_;
  std::unordered_map<Handle, uint32_t> numbers_;
  std::vector<Handle> sigmas_;
  std::unordered_map<uint64_t, Handle> first_;  // (h, i) -> the Ident that was met first
  std::set<uint64_t> clashing_;
  size_t settled_ = 0;          // of sigmas_
  size_t settledClashing_ = 0;  // of clashing_
  std::map<Types, uint32_t> members_;
  std::vector<uint32_t> class_;  // per Σ
  std::vector<bool> agrees_;     // classes() × classes()
};

}  // namespace funpass
