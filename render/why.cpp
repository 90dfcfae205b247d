#include "render/why.hpp"

#include "render/short_text.hpp"
#include "render/step.hpp"

namespace funpass::render {

namespace {

// A P- rule answers for each message that could be taken now.
void askProcess(Semantics& semantics, const Configuration& configuration, Rule rule, Why& answer) {
  Arena& arena = semantics.arena();
  const HostState& state = configuration.hosts[answer.host];
  for (const Pending& pending : messages(arena, state.inbox)) {
    for (const ProcessRow& row : semantics.ruleSet().process) {
      if (row.rule != rule) continue;
      const Processed processed = row.apply(semantics.delivery(answer.host, pending.message, state));
      if (processed.term != 0) continue;
      Refusal refusal = processed.refusal;
      if (!refusal.bindings[0].variable) refusal.bindings[0] = {"m", pending.message};
      answer.refusals.push_back(refusal);
    }
  }
  if (state.inbox == 0) {
    answer.remark = "no message is addressed to it";
  } else if (answer.refusals.empty()) {
    answer.remark = "it applies to a message, but the host takes none now: its term is neither a value nor waits";
  }
}

std::string stepLine(const Arena& arena, const Why::Enabled& enabled, uint32_t width) {
  std::string line = "step " + std::to_string(enabled.index) + ": " + ruleName(enabled.step) + "  ";
  const uint32_t used = codePoints(line) + 3;
  const uint32_t side = (width > used + 24 ? width - used : 24) / 2;
  line += shortText(arena, enabled.step.redex, side) + " → " + shortText(arena, enabled.step.contractum, side);
  return line;
}

}  // namespace

std::vector<Why> why(Semantics& semantics, const Configuration& configuration, Rule rule,
                     const std::vector<uint32_t>& hosts) {
  const std::vector<Step> steps = semantics.steps(configuration);
  std::vector<Why> answers;
  for (const uint32_t host : hosts) {
    Why answer;
    answer.host = host;
    for (uint32_t i = 0; i < steps.size(); ++i)
      if (steps[i].host == host && (steps[i].rule == rule || steps[i].inner == rule))
        answer.steps.push_back({i, steps[i]});
    if (!answer.steps.empty()) {
      answers.push_back(std::move(answer));
      continue;
    }
    if (configuration.hosts[host].crashed()) {
      answer.remark = "it has crashed";
    } else if (info(rule).judgement == Judgement::Process) {
      askProcess(semantics, configuration, rule, answer);
    } else {
      for (const Refusal& refusal : semantics.refusals(configuration, host))
        if (refusal.rule == rule) answer.refusals.push_back(refusal);
      if (answer.refusals.empty()) answer.remark = "the rule is not among those in use";
    }
    answers.push_back(std::move(answer));
  }
  return answers;
}

std::string whyText(Arena& arena, const Configuration& configuration, Rule rule, const std::vector<Why>& answers,
                    const Style& style) {
  std::string out =
      inked(info(rule).name, Ink::Rule, style) + ": " + wrapped(info(rule).statement, style.width, 4, 12) + "\n";
  for (const Why& answer : answers) {
    out += "\nhost " + arena.hosts()[answer.host] + ": " + (answer.steps.empty() ? "not enabled" : "enabled") + "\n";
    for (const Why::Enabled& enabled : answer.steps) out += "  " + stepLine(arena, enabled, style.width - 2) + "\n";
    for (const Refusal& refusal : answer.refusals)
      out += "  " +
             wrapped(refusalText(arena, configuration, answer.host, refusal, style.width / 2), style.width, 4, 2) +
             "\n";
    if (!answer.remark.empty()) out += "  " + answer.remark + "\n";
  }
  return out;
}

boost::json::object whyJson(Arena& arena, const Configuration& configuration, Rule rule,
                            const std::vector<Why>& answers) {
  boost::json::array hosts;
  for (const Why& answer : answers) {
    boost::json::object entry{{"host", arena.hosts()[answer.host]}, {"enabled", !answer.steps.empty()}};
    boost::json::array steps, refusals;
    for (const Why::Enabled& enabled : answer.steps)
      steps.emplace_back(boost::json::object{{"index", enabled.index}, {"rule", ruleName(enabled.step)}});
    for (const Refusal& refusal : answer.refusals)
      refusals.emplace_back(refusalJson(arena, configuration, answer.host, refusal));
    entry["steps"] = std::move(steps);
    entry["refusals"] = std::move(refusals);
    if (!answer.remark.empty()) entry["remark"] = answer.remark;
    hosts.emplace_back(std::move(entry));
  }
  boost::json::object out = document();
  out["rule"] = view(info(rule).name);
  out["hosts"] = std::move(hosts);
  return out;
}

}  // namespace funpass::render
