// An exploration with reductions: every step inside a macro-step is judged as in the raw graph.
#include <algorithm>

#include "checker/explored.hpp"

namespace funpass {

void Explored::exploreReduced(const SearchLimits& limits) {
  if (via_.empty()) via_.assign(1, kNoState);
  expanding_ = finished_;
  reduced_->observe([this](const ReducedModel::Micro& micro) { visitMicro(micro); });
  funpass::explore(
      *reduced_, limits,
      [this](uint32_t from, uint32_t index, uint32_t, bool isNew) {
        if (index != kNoState) {
          if (isNew) via_.push_back(index);
          return true;
        }
        if (reduced_->stoodStill()) standStill(from, configuration(from));
        expanding_ = finished_ = from + 1;
        transitions_ = graph_.transitions;
        finishedRules_ = rules_;
        return limit_.empty();
      },
      graph_);
  reduced_->observe({});
}

std::vector<uint32_t> Explored::macroPathTo(uint32_t state) const {
  std::vector<uint32_t> path;
  for (; graph_.parent[state] != kNoState; state = graph_.parent[state]) path.push_back(via_[state]);
  std::reverse(path.begin(), path.end());
  return path;
}

void Explored::visitMicro(const ReducedModel::Micro& micro) {
  countRules(micro.step, rules_);
  if (micro.macro == kNobody) finishedRules_ = rules_;
  if (selfCheck_) selfCheck_->look(micro.before, micro.step, micro.macro == kNobody || micro.number > 0);
  if (!judges_ || (illFormed_ && immobile_)) return;
  const bool wasWell = !illFormed_;
  const bool wasMobile = !immobile_;
  // A configuration is well-formed if its parts are, under one Σ: what did not change was judged before.
  const bool needsSigma = !checker_.sigmas().oneTypeEach();
  const Handle before = needsSigma && !illFormed_ ? sigmaOf(micro.before) : 0;
  changed_.hosts.resize(micro.after.hosts.size());
  const auto change = [&](uint32_t host) { changed_.hosts[host] = micro.after.hosts[host]; };
  change(micro.step.host);
  for (const Sent& sent : micro.step.sent) change(sent.host);
  const Handle sigma = judge(expanding_, changed_, needsSigma);
  judgeAsked(expanding_, micro.step.host, micro.before.hosts[micro.step.host], micro.after.hosts[micro.step.host]);
  if (needsSigma && !illFormed_) judgeTypes(expanding_, before, sigma);
  changed_.hosts[micro.step.host] = {};
  for (const Sent& sent : micro.step.sent) changed_.hosts[sent.host] = {};
  for (Offence* found : {wasWell ? &illFormed_ : nullptr, wasMobile ? &immobile_ : nullptr}) {
    if (found == nullptr || !*found) continue;
    found->macro = micro.macro;
    found->micros = micro.number + 1;
  }
}

}  // namespace funpass
