#include "checker/mutants.hpp"

#include <algorithm>

namespace funpass {

namespace {

std::vector<Mutant> all() {
  std::vector<Mutant> found = reductionMutants();
  for (const std::vector<Mutant>& more : {recoveryMutants(), typingMutants()}) {
    found.insert(found.end(), more.begin(), more.end());
  }
  return found;
}

}  // namespace

const std::vector<Mutant>& mutants() {
  static const std::vector<Mutant> table = all();
  return table;
}

const Mutant* mutantNamed(std::string_view name) {
  const std::vector<Mutant>& table = mutants();
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Mutant& mutant) { return mutant.name == name; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace funpass
