// What a search needs to know of a system, and nothing more.
#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <vector>

namespace funpass {

/// A state as the search keeps it: a fixed number of words, equal states having equal words.
using StateView = std::span<const uint32_t>;

/// A transition system. `steps` appends the successors of a state, `width()` words each, in an order that depends on
/// the state alone: the order of schedules.
template <typename M>
concept Model = requires(M& model, StateView state, std::vector<uint32_t>& out) {
  { model.width() } -> std::convertible_to<size_t>;
  model.initial(out);
  model.steps(state, out);
  { model.final(state) } -> std::convertible_to<bool>;
};

}  // namespace funpass
