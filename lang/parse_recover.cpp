#include "lang/parse_grammar.hpp"

namespace funpass::surface::parsing {

Iterator recover(Iterator where, const std::string& what, State& state, Sync sync) {
  Iterator next = where;
  while (next != state.last() && !sync(next, state)) next = state.after(next);
  state.failed(where, what, next);
  return next;
}

}  // namespace funpass::surface::parsing
