// The calculus as a Model: configurations, each host's state kept once.
#pragma once

#include <unordered_map>
#include <vector>

#include "checker/model.hpp"
#include "checker/saved.hpp"
#include "lang/program.hpp"
#include "semantics/semantics.hpp"

namespace funpass {

/// H | M ↠ H' | M' as a transition system: one word a host, naming its state, and one for the failures left.
class CalculusModel {
 public:
  CalculusModel(Semantics& semantics, const Configuration& initial);

  size_t width() const { return initial_.hosts.size() + 1; }
  void initial(std::vector<uint32_t>& out) { encode(initial_, out); }
  void steps(StateView state, std::vector<uint32_t>& out);
  bool final(StateView state) { return isFinal(semantics_.arena(), decode(state)); }

  Configuration decode(StateView state) const;
  void encode(const Configuration& configuration, std::vector<uint32_t>& out);
  Semantics& semantics() { return semantics_; }
  /// What the last call of `steps` was about: the configuration, its steps, and where each leads, in the same order.
  const Configuration& lastConfiguration() const { return configuration_; }
  const std::vector<Step>& lastSteps() const { return last_; }
  const std::vector<Configuration>& lastSuccessors() const { return after_; }
  /// How many different states of single hosts there were.
  size_t leaves() const { return leaves_.size(); }

  void save(Writer& out) const { out.put(leaves_); }
  void restore(Reader& in);

 private:
  struct Hash {
    size_t operator()(const HostState& host) const;
  };
  Semantics& semantics_;
  Configuration initial_;
  std::vector<HostState> leaves_;
  std::unordered_map<HostState, uint32_t, Hash> numbers_;
  Configuration configuration_;
  std::vector<Step> last_;
  std::vector<Configuration> after_;
};

}  // namespace funpass
