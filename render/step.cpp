#include "render/step.hpp"

#include <algorithm>

#include "lang/raise.hpp"
#include "render/short_text.hpp"
#include "semantics/recovery.hpp"

namespace funpass::render {

std::vector<StoreChange> storeChanges(const Arena& arena, Handle before, Handle after) {
  std::vector<StoreChange> changes;
  if (before == after) return changes;
  for (const Handle leaf : entries(arena, after))
    if (valueAt(arena, before, arena[leaf][0]) != arena[leaf][1]) changes.push_back({arena[leaf][0], arena[leaf][1]});
  for (const Handle leaf : entries(arena, before))
    if (lookup(arena, after, arena[leaf][0]) == 0) changes.push_back({arena[leaf][0], 0});
  return changes;
}

Handle newResult(const Arena& arena, const Configuration& before, const Step& step) {
  const Handle old = before.hosts[step.host].result;
  const Handle now = step.after.result;
  if (old == now || now == 0) return 0;
  return arena.is(now, Tag::NoResult) || arena.is(now, Tag::NeverResult) ? 0 : now;
}

namespace {

std::string hostName(const Arena& arena, uint32_t host) { return arena.hosts()[host]; }

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }
bool ends(std::string_view text, std::string_view part) {
  return text.size() >= part.size() && text.substr(text.size() - part.size()) == part;
}
bool starts(std::string_view text, std::string_view part) { return text.substr(0, part.size()) == part; }

std::string_view premiseOf(const Refusal& refusal) {
  const auto premises = info(refusal.rule).premises;
  return refusal.premise < premises.size() ? premises[refusal.premise] : std::string_view("its premise");
}

constexpr std::string_view kIsLeft = " is left";  // a crash, a drop, …

// What a P- rule wants a message to be.
constexpr std::string_view kMessageIs = "m = ";

// Why the premise fails here.
std::string because(Arena& arena, const Configuration& configuration, uint32_t host, const Refusal& refusal,
                    uint32_t width, bool canonical) {
  const auto shown = [&](Handle node) {
    return canonical ? canonicalShort(arena, node, width) : shortText(arena, node, width);
  };
  const HostState& state = configuration.hosts[host];
  const std::string name = hostName(arena, host);
  const std::string_view premise = premiseOf(refusal);
  const Binding& first = refusal.bindings[0];
  const auto bound = [&](const Binding& binding) { return shown(binding.node); };
  if (contains(premise, "∈ dom(σ)") && first.variable) return bound(first) + " ∉ dom(σ) of " + name;
  if (contains(premise, "∉ dom(σ)") && first.variable) return bound(first) + " ∈ dom(σ) of " + name;
  if (starts(premise, "h ← m")) return "no message is addressed to " + name;
  if (starts(premise, "the host's term")) return "the term of " + name + " is " + shown(termOf(arena, state));
  if (starts(premise, "the redex")) {
    const std::string focus = shown(state.focus);
    return isValue(arena, state) ? "the term of " + name + " is a value, " + focus : "it is " + focus;
  }
  if (starts(premise, "ρ(ι)") && first.variable) {
    const Question asked = question(arena, state.asked, first.node);
    if (asked.ref == 0) return name + " has not asked for " + bound(first);
    return "it was asked for at " + hostName(arena, asked.host) + ", and neither that nor the answer is lost";
  }
  if (starts(premise, "src(r)") && first.variable) {
    return "no live host has " + shown(root(arena, arena[first.node][0])) + ", which it starts from";
  }
  if (starts(premise, "h ∈ S")) return name + " is not one of the hosts that may fail";
  if (ends(premise, kIsLeft)) {
    const std::string_view failure = premise.substr(2, premise.size() - 2 - kIsLeft.size());  // a crash is left
    const std::string plural = counted(2, failure).substr(2);
    return "none is; --" + plural + " N allows N " + plural;
  }
  if (premise == "h is live") return name + " has crashed already";
  if (premise == "h has crashed") return name + " is live";
  if (contains(premise, "by a local rule")) return "no local rule applies to " + shown(state.focus);
  if (starts(premise, kMessageIs)) {
    return first.variable ? "the message " + bound(first) + " is no " + std::string(premise.substr(kMessageIs.size()))
                          : "no message is addressed to " + name;
  }
  std::string text;
  for (const Binding& binding : refusal.bindings) {
    if (!binding.variable) break;
    text += (text.empty() ? "" : ", ") + std::string(binding.variable) + " = " + bound(binding);
  }
  return text.empty() ? "the redex is " + shown(state.focus) : text;
}

}  // namespace

std::string ruleName(const Step& step) { return ruleName(step.rule, step.inner); }

std::string ruleName(Rule rule, Rule inner) {
  std::string name(info(rule).name);
  if (inner != Rule::Count) name += "/" + std::string(info(inner).name);
  return name;
}

std::string failureText(const Step& step, const std::string& host) {
  if (step.rule == Rule::FCrash) return host + " crashes";
  if (step.rule == Rule::FRestart) return host + " starts again with nothing";
  return step.rule == Rule::FDrop ? "a message to " + host + " is lost" : "a message to " + host + " is there twice";
}

std::string stepText(const Arena& arena, uint64_t number, const Configuration& before, const Step& step,
                     const Style& style) {
  constexpr uint32_t numberWidth = 6, ruleWidth = 24, narrowest = 24, narrowestHost = 3, widestHost = 16;
  const std::string name = hostName(arena, step.host);
  uint32_t hostWidth = narrowestHost;
  for (const std::string& host : arena.hosts()) hostWidth = std::max(hostWidth, std::min(columnsOf(host), widestHost));
  hostWidth = std::max(hostWidth, columnsOf(name));
  const uint32_t used = numberWidth + 2 + hostWidth + 2 + ruleWidth + 1;
  const uint32_t room = style.width > used + narrowest ? style.width - used : narrowest;
  const std::string digits = std::to_string(number);
  const std::string rule = inked(padded(ruleName(step), ruleWidth), Ink::Rule, style);

  std::string out;
  const auto add = [&](const std::string& text) {
    const bool first = out.empty();
    out += std::string(numberWidth - std::min<size_t>(numberWidth, first ? digits.size() : 0), ' ');
    if (first) out += digits;
    out += "  " + padded(first ? name : "", hostWidth) + "  " + rule + " " + text + "\n";
  };
  const uint32_t side = (room - 3) / 2;
  std::string redex = boundedText(arena, step.redex, 2 * room);
  std::string contractum = boundedText(arena, step.contractum, 2 * room);
  if (columnsOf(redex) + columnsOf(contractum) + 3 > room) {
    // The shorter of the two leaves what it does not need to the other.
    const uint32_t left = columnsOf(redex), right = columnsOf(contractum);
    redex = shortened(redex, right < side ? room - 3 - right : side);
    contractum = shortened(contractum, left < side ? room - 3 - left : side);
  }
  add(isFailure(step) ? failureText(step, name) : redex + " → " + contractum);
  const auto message = [&](uint32_t to, Handle m) {
    return hostName(arena, to) + " <- " + boundedText(arena, m, 2 * room);
  };
  if (step.taken != 0) add(shortened("takes " + message(step.host, step.taken), room));
  for (const Sent& sent : step.sent) add(shortened("sends " + message(sent.host, sent.message), room));
  for (const StoreChange& change : storeChanges(arena, before.hosts[step.host].store, step.after.store)) {
    const std::string ident = boundedText(arena, change.ident, room);
    add(change.value == 0
            ? "σ_" + name + " - " + ident
            : shortened("σ_" + name + " + " + ident + " -> " + boundedText(arena, change.value, 2 * room), room));
  }
  for (const LostRequest& lost : step.lost) {
    add(shortened(hostName(arena, lost.host) + " has to ask again for " + boundedText(arena, lost.ident, room), room));
  }
  if (const Handle result = newResult(arena, before, step); result != 0) {
    add(shortened("result " + name + " = " + resultText(arena, result, 2 * room), room));
  }
  return out;
}

boost::json::object stepJson(const Arena& arena, uint64_t number, const Configuration& before, const Step& step) {
  const auto message = [&](uint32_t to, Handle m) { return hostName(arena, to) + " <- " + canonicalText(arena, m); };
  boost::json::object out{{"n", number},
                          {"host", hostName(arena, step.host)},
                          {"rule", view(info(step.rule).name)},
                          {"redex", canonicalText(arena, step.redex)},
                          {"contractum", canonicalText(arena, step.contractum)}};
  if (step.inner != Rule::Count) out["inner"] = view(info(step.inner).name);
  if (step.taken != 0) out["taken"] = message(step.host, step.taken);
  boost::json::array sent, store;
  for (const Sent& one : step.sent) sent.emplace_back(message(one.host, one.message));
  for (const StoreChange& change : storeChanges(arena, before.hosts[step.host].store, step.after.store)) {
    boost::json::object entry{{"identifier", canonicalText(arena, change.ident)}};
    if (change.value != 0) entry["value"] = canonicalText(arena, change.value);
    store.emplace_back(std::move(entry));
  }
  out["sent"] = std::move(sent);
  out["store"] = std::move(store);
  boost::json::array lost;
  for (const LostRequest& one : step.lost) {
    lost.emplace_back(
        boost::json::object{{"host", hostName(arena, one.host)}, {"identifier", canonicalText(arena, one.ident)}});
  }
  if (!lost.empty()) out["ask_again"] = std::move(lost);
  if (const Handle result = newResult(arena, before, step); result != 0) out["result"] = canonicalText(arena, result);
  return out;
}

bool wantsAnotherRedex(const Refusal& refusal) {
  const std::string_view premise = premiseOf(refusal);
  return refusal.premise == 0 && (starts(premise, "the redex") || starts(premise, "the host's term"));
}

std::string refusalText(Arena& arena, const Configuration& configuration, uint32_t host, const Refusal& refusal,
                        uint32_t width) {
  return std::string(premiseOf(refusal)) + " fails: " + because(arena, configuration, host, refusal, width, false);
}

boost::json::object refusalJson(Arena& arena, const Configuration& configuration, uint32_t host,
                                const Refusal& refusal) {
  constexpr uint32_t wide = 200;
  return {{"rule", view(info(refusal.rule).name)},
          {"premise", view(premiseOf(refusal))},
          {"because", because(arena, configuration, host, refusal, wide, true)}};
}

}  // namespace funpass::render
