#include "render/check_report.hpp"

#include <algorithm>

#include "checker/budgets.hpp"
#include "render/run_report.hpp"

namespace funpass::render {

namespace {

std::string namesOf(const std::vector<uint32_t>& which, const std::vector<std::string>& hosts) {
  std::string out;
  for (const uint32_t h : which) out += (out.empty() ? "" : ", ") + hosts[h];
  return out;
}

}  // namespace

std::string budgetText(const FailureBudget& failures, const std::vector<std::string>& hosts) {
  std::string out;
  const auto add = [&](uint32_t n, const char* one, const char* many) {
    if (n > 0) out += (out.empty() ? "" : ", ") + std::to_string(n) + " " + (n == 1 ? one : many);
  };
  add(failures.budget.crashes, "crash", "crashes");
  add(failures.budget.restarts, "restart", "restarts");
  add(failures.budget.drops, "lost message", "lost messages");
  add(failures.budget.duplicates, "duplicated message", "duplicated messages");
  return out.empty() ? "without failures" : "with at most " + out + " among " + namesOf(failures.among, hosts);
}

namespace {

Ink inkOf(Verdict verdict) { return verdict == Verdict::Violated ? Ink::Error : Ink::Note; }

std::string propertyText(const PropertyReport& property, const FailureBudget& usual,
                         const std::vector<std::string>& hosts, const Style& style) {
  constexpr size_t column = 24;
  std::string name = property.name;
  if (name.size() < column) name.resize(column, ' ');
  std::string out = name + " " + inked(verdictName(property.verdict), inkOf(property.verdict), style);
  if (!(property.failures == usual)) out += " " + budgetText(property.failures, hosts);
  out += "\n";
  if (!property.message.empty()) out += "  " + wrapped(property.message, style.width, 4, 2) + "\n";
  return out;
}

std::string resultsText(const CheckReport& report, const std::vector<std::string>& hosts, const Style& style) {
  std::string out;
  for (uint32_t h = 0; h < report.results.size(); ++h) {
    const bool none = std::find(report.noResult.begin(), report.noResult.end(), h) != report.noResult.end();
    if (report.results[h].empty() && !none) continue;
    out += hosts[h] + " =";
    const char* separator = " ";
    for (const ResultReport& result : report.results[h]) {
      out += separator + result.named;
      separator = " or ";
    }
    if (none) out += std::string(separator) + "no result";
    out += "\n";
    if (report.results[h].size() < 2) continue;
    for (const ResultReport& result : report.results[h]) {
      out += "  " + wrapped(result.named + " by schedule " + result.schedule.text(), style.width, 4, 2) + "\n";
    }
  }
  return out;
}

bool isOff(const RuleInfo& rule, const Budget& budget, bool recovery, bool data) {
  if (isExtension(rule.layer)) return !data;
  if (rule.layer == Layer::Recovery) return !recovery || budget == Budget{};  // it needs a failure to recover from
  if (rule.layer != Layer::Failure) return false;
  const uint32_t left = rule.rule == Rule::FCrash     ? budget.crashes
                        : rule.rule == Rule::FRestart ? budget.restarts
                        : rule.rule == Rule::FDrop    ? budget.drops
                                                      : budget.duplicates;
  return left == 0;
}

std::string neverText(const CheckReport& report, bool data, const Style& style) {
  const NeverApplied rules = neverApplied(report, data);
  std::string out;
  const auto line = [&](std::string_view why, const std::vector<std::string_view>& names) {
    std::string list;
    for (const std::string_view name : names) list += (list.empty() ? "" : ", ") + std::string(name);
    if (!list.empty()) out += wrapped(std::string(why) + ": " + list, style.width, 2, 0) + "\n";
  };
  line(rules.why, rules.never);
  line("switched off", rules.off);
  return out;
}

}  // namespace

NeverApplied neverApplied(const CheckReport& report, bool data) {
  NeverApplied out;
  out.why = !report.complete            ? "not applied within the limit"
            : report.reductions.empty() ? "never applied, and cannot be"
                                        : "not in the reduced graph";
  for (const RuleInfo& rule : allRules()) {
    if (!isReduction(rule) || report.rules[static_cast<size_t>(rule.rule)] > 0) continue;
    (isOff(rule, report.failures.budget, report.recovery, data) ? out.off : out.never).push_back(rule.name);
  }
  return out;
}

bool isReduction(const RuleInfo& rule) {
  return rule.judgement == Judgement::Local || rule.judgement == Judgement::Distributed ||
         rule.judgement == Judgement::Process;
}

std::vector<ViolatedBySchedule> violations(const CheckReport& report) {
  std::vector<ViolatedBySchedule> found;
  const PropertyReport* first = firstViolation(report);
  if (first != nullptr) found.push_back({{first}});
  for (const PropertyReport& property : report.properties) {
    if (property.verdict != Verdict::Violated || !property.schedule || &property == first) continue;
    const auto same = std::find_if(found.begin(), found.end(), [&](const ViolatedBySchedule& violated) {
      return *violated.first().schedule == *property.schedule && violated.first().failures == property.failures;
    });
    if (same == found.end()) {
      found.push_back({{&property}});
    } else {
      same->properties.push_back(&property);
    }
  }
  return found;
}

std::string violationText(const ViolatedBySchedule& violated) {
  std::string names;
  const size_t count = violated.properties.size();
  for (size_t i = 0; i < count; ++i) {
    names += (i == 0 ? "" : i + 1 == count ? " and " : ", ") + violated.properties[i]->name;
  }
  return names + (count == 1 ? " is" : " are") + " violated after " +
         counted(violated.first().schedule->size(), "step");
}

boost::json::object failuresJson(const FailureBudget& failures, const std::vector<std::string>& hosts) {
  boost::json::array among;
  if (failures.budget != Budget{}) {
    for (const uint32_t h : failures.among) among.emplace_back(hosts[h]);
  }
  return {{"crashes", failures.budget.crashes},
          {"restarts", failures.budget.restarts},
          {"drops", failures.budget.drops},
          {"duplicates", failures.budget.duplicates},
          {"among", std::move(among)}};
}

std::string_view verdictName(Verdict verdict) {
  switch (verdict) {
    case Verdict::Holds: return "holds";
    case Verdict::Violated: return "violated";
    case Verdict::Unknown: return "unknown";
    case Verdict::NotChecked: return "not-checked";
  }
  return {};
}

std::string checkText(const CheckReport& report, const std::vector<std::string>& hosts, bool data, const Style& style) {
  std::string out;
  for (const PropertyReport& property : report.properties) {
    out += propertyText(property, report.failures, hosts, style);
  }
  out += "\n" + resultsText(report, hosts, style);
  out += "\n";
  out += (report.complete ? "every run " : inked("incomplete", Ink::Note, style) + " (" + report.limit + "): runs ") +
         budgetText(report.failures, hosts) + ": " + counted(report.states, "configuration") + ", " +
         counted(report.transitions, "transition") + ", at most " +
         counted(report.depth, report.reductions.empty() ? "step" : "macro-step") + " deep\n";
  if (!report.reductions.empty()) {
    std::string names;
    for (const std::string_view name : report.reductions.names()) {
      names += (names.empty() ? "" : ", ") + std::string(name);
    }
    out += wrapped("reduced by " + names, style.width, 2, 0) + "\n";
  }

  out += std::to_string(report.finals) + " final, " + std::to_string(report.stuck) + " stuck";
  if (report.lost > 0) out += ", " + std::to_string(report.lost) + " of them lost data";
  out += "\n" + ruleTable(report.rules, style) + neverText(report, data, style);
  return out;
}

boost::json::object checkJson(const CheckReport& report, const std::vector<std::string>& hosts) {
  boost::json::object results;
  for (uint32_t h = 0; h < report.results.size(); ++h) {
    if (report.results[h].empty()) continue;
    boost::json::array values;
    for (const ResultReport& result : report.results[h]) values.emplace_back(result.text);
    results[hosts[h]] = std::move(values);
  }
  boost::json::array noResult;
  for (const uint32_t h : report.noResult) noResult.emplace_back(hosts[h]);
  boost::json::array properties;
  for (const PropertyReport& property : report.properties) {
    boost::json::object entry{{"name", property.name}, {"verdict", view(verdictName(property.verdict))}};
    if (property.schedule) entry["schedule"] = property.schedule->text();
    if (property.other) entry["other_schedule"] = property.other->text();
    entry["message"] = property.canonical.empty() ? property.message : property.canonical;
    entry["failures"] = failuresJson(property.failures, hosts);
    entry["states"] = property.states;
    entry["complete"] = property.complete;
    properties.emplace_back(std::move(entry));
  }
  boost::json::array reductions;
  for (const std::string_view name : report.reductions.names()) reductions.emplace_back(view(name));
  boost::json::object out{{"complete", report.complete},
                          {"reduction", std::move(reductions)},
                          {"states", report.states},
                          {"transitions", report.transitions},
                          {"final", report.finals},
                          {"stuck", report.stuck},
                          {"lost", report.lost},
                          {"depth", report.depth},
                          {"results", std::move(results)},
                          {"noresult", std::move(noResult)},
                          {"failures", failuresJson(report.failures, hosts)},
                          {"properties", std::move(properties)},
                          {"rules", rulesJson(report.rules)}};
  if (!report.limit.empty()) out["limit"] = report.limit;
  return out;
}

}  // namespace funpass::render
