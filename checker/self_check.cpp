#include "checker/self_check.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "checker/canonical.hpp"
#include "lang/raise.hpp"

namespace funpass {

namespace {

bool isAnswer(const Arena& arena, const Step& step) {
  return !isFailure(step) && step.taken != 0 && arena.is(step.taken, Tag::Res);
}

bool isSame(const Step& a, const Step& b) {
  if (isFailure(a) != isFailure(b) || a.host != b.host || a.taken != b.taken) return false;
  if (!isFailure(a) && a.taken != 0) return true;  // by R-Process or, once the host is at a value, R-Process-Val
  if (a.rule != b.rule) return false;
  return a.rule != Rule::FDup || a.sent.front().message == b.sent.front().message;
}

std::string named(const Arena& arena, const Step& step) {
  return std::string(info(step.rule).name) + " at " + arena.hosts()[step.host];
}

}  // namespace

/// All steps at first, then fewer: a run of the check is to take a few times as long, not more.
bool SelfCheck::isSampled() {
  constexpr uint64_t all = 2000;
  constexpr uint64_t oneIn = 61;
  return steps_++ < all || steps_ % oneIn == 0;
}

bool SelfCheck::shouldCommute(const Configuration& c, const Step& step, const Step& other, bool eager) const {
  const bool recovery = semantics_.ruleSet().recovery;
  if (isFailure(other)) {
    if (!eager) return false;
    // A host's own crash undoes its silent steps, all but the index of an identifier.
    return step.host != other.host || other.rule != Rule::FCrash || step.after.next == c.hosts[step.host].next;
  }
  if (isFailure(step)) return false;
  if (step.host == other.host) {
    // Two answers for one identifier do not commute: the first stays.
    return eager && c.budget == Budget{} && isAnswer(semantics_.arena(), step) && isAnswer(semantics_.arena(), other) &&
           semantics_.arena()[step.taken][0] != semantics_.arena()[other.taken][0];
  }
  // With recovery, whom a request goes to depends on who has the data, and that on failures.
  return !recovery || given_ == Budget{};
}

void SelfCheck::takeAgain(Configuration& c, const Step& step) {
  const std::vector<Step> steps = semantics_.steps(c);
  const auto found = std::find_if(steps.begin(), steps.end(), [&](const Step& s) { return isSame(s, step); });
  if (found == steps.end()) throw std::logic_error(named(semantics_.arena(), step) + " is no longer enabled");
  apply(semantics_.arena(), *found, c);
}

/// Takes the steps of a host that does not wait.
void SelfCheck::runOn(Configuration& c, uint32_t host) {
  constexpr int most = 10'000;
  for (int n = 0; n < most; ++n) {
    const std::optional<Step> step = semantics_.firstStep(c, host);
    if (!step || step->taken != 0 || step->rule == Rule::RFailover) return;
    apply(semantics_.arena(), *step, c);
  }
}

Configuration SelfCheck::inOrder(const Configuration& c, const Step& first, const Step& second) {
  Configuration end = c;
  takeAgain(end, first);
  const bool answers = first.host == second.host && !isFailure(second) && !isFailure(first);
  if (answers) runOn(end, first.host);
  if (isFailure(second) && second.rule == Rule::FCrash && second.host == first.host) return end;
  takeAgain(end, second);
  if (answers) runOn(end, first.host);
  return end;
}

void SelfCheck::compare(const Configuration& c, const Step& first, const Step& second) {
  ++pairs_;
  std::string what;
  try {
    Configuration one = inOrder(c, first, second);
    Configuration other = c;
    if (second.rule == Rule::FCrash && second.host == first.host) {
      apply(semantics_.arena(), second, other);
      takeAgain(one, second);
    } else {
      other = inOrder(c, second, first);
    }
    // The value of a host depends on when it took its last message; nothing else does.
    Canonical canonical(semantics_.arena());
    canonical.dropValues(one);
    canonical.dropValues(other);
    if (one == other) return;
    what = "their two orders differ";
  } catch (const std::logic_error& error) {
    what = error.what();
  }
  const Arena& arena = semantics_.arena();
  LiteralOptions options;
  options.recovery = semantics_.ruleSet().recovery;
  throw std::logic_error("self-check: " + named(arena, first) + " and " + named(arena, second) +
                         " do not commute: " + what + ", in\n" + literalText(semantics_.arena(), c, options));
}

void SelfCheck::look(const Configuration& c, const Step& step, bool eager) {
  if (!isSampled()) return;
  for (const Step& other : semantics_.steps(c)) {
    if (!isSame(step, other) && shouldCommute(c, step, other, eager)) compare(c, step, other);
  }
}

}  // namespace funpass
