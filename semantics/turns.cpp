#include "semantics/turns.hpp"

namespace funpass {

std::optional<Step> takeTurn(Semantics& semantics, const Configuration& configuration, uint32_t& turn,
                             uint32_t& index) {
  const auto hosts = static_cast<uint32_t>(configuration.hosts.size());
  for (uint32_t i = 0; i < hosts; ++i) {
    const uint32_t host = (turn + i) % hosts;
    std::optional<Step> step = semantics.firstStep(configuration, host);
    if (!step) continue;
    index = 0;
    for (uint32_t before = 0; before < host; ++before) index += semantics.countSteps(configuration, before);
    turn = (host + 1) % hosts;
    return step;
  }
  return std::nullopt;
}

Turns::Known& Turns::know(const Configuration& configuration, uint32_t host) {
  Known& of = known_[host];
  if (of.known) return of;
  of.known = true;
  of.local = semantics_.local(configuration.hosts[host], host);
  if (of.local.outcome.contractum == 0) of.first = semantics_.firstStep(configuration, host);
  return of;
}

Choice Turns::next(const Configuration& configuration) {
  const auto hosts = static_cast<uint32_t>(known_.size());
  Choice choice;
  for (uint32_t i = 0; i < hosts; ++i) {
    const uint32_t host = turn_ + i < hosts ? turn_ + i : turn_ + i - hosts;
    Known& of = know(configuration, host);
    if (!of.moves()) continue;
    for (uint32_t before = 0; before < host; ++before) {
      Known& other = know(configuration, before);
      if (!other.moves()) continue;
      if (other.first && !other.count) other.count = semantics_.countSteps(configuration, before);
      choice.index += other.first ? *other.count : 1;  // R-Local excludes every other step of the host
    }
    choice.host = host;
    choice.step = of.first ? &*of.first : nullptr;
    choice.local = of.first ? nullptr : &of.local;
    turn_ = host + 1 == hosts ? 0 : host + 1;
    break;
  }
  return choice;
}

void Turns::moved(uint32_t host, bool locally) {
  known_[host].forget();
  if (locally) return;
  for (Known& other : known_) {
    if (other.local.outcome.contractum == 0) other.forget();
  }
}

}  // namespace funpass
