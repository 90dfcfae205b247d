#include "checker/session.hpp"

#include <algorithm>

namespace funpass {

namespace {

// The oldest such message to the host is on its way no more.
void remove(std::vector<InFlight>& messages, uint32_t host, Handle message) {
  const auto found = std::find_if(messages.begin(), messages.end(), [&](const InFlight& flying) {
    return flying.host == host && flying.message == message;
  });
  if (found != messages.end()) messages.erase(found);
}

// What is on its way after the step: numbered as render/chart.cpp does.
void keepMessages(const Configuration& before, const Step& step, Visit& visit) {
  if (step.taken != 0) remove(visit.messages, step.host, step.taken);
  if (step.rule == Rule::FCrash) {
    visit.messages.erase(std::remove_if(visit.messages.begin(), visit.messages.end(),
                                        [&](const InFlight& flying) { return flying.host == step.host; }),
                         visit.messages.end());
  }
  for (const Sent& sent : step.sent) {
    ++visit.numbered;
    if (!before.hosts[sent.host].crashed()) visit.messages.push_back({visit.numbered, sent.host, sent.message});
  }
}

struct Found {
  std::vector<Step> steps;  // of the configuration
  uint32_t ordinary = 0;    // how many of them, the first ones, are no failures
};

Found stepsAt(Semantics& semantics, const Configuration& configuration) {
  Found found;
  found.steps = semantics.steps(configuration);
  found.ordinary = static_cast<uint32_t>(
      std::count_if(found.steps.begin(), found.steps.end(), [](const Step& step) { return !isFailure(step); }));
  return found;
}

std::string counted(uint64_t n, const std::string& noun) {
  return std::to_string(n) + " " + noun + (n == 1 ? "" : "s");
}

class Updater {
 public:
  Updater(Semantics& semantics, Session& session, const SessionLimits& limits, Answer& answer)
      : semantics_(semantics), session_(session), limits_(limits), answer_(answer), command_(answer.command) {}

  void operator()() {
    switch (command_.act) {
      case Act::Step: return step();
      case Act::Run: return run();
      case Act::Back: return back();
      case Act::Forward: return forward();
      case Act::Jump: return go(*command_.node);
      case Act::Mark: session_.marks[command_.word] = session_.cursor; return;
      case Act::Deliver: return message(std::nullopt);
      case Act::Drop: return message(Rule::FDrop);
      case Act::Duplicate: return message(Rule::FDup);
      case Act::Crash: return fail(Rule::FCrash);
      case Act::Restart: return fail(Rule::FRestart);
      case Act::View:
        session_.view.of = command_.all ? View::Of::All : command_.none ? View::Of::None : View::Of::One;
        session_.view.host = command_.host.value_or(0);
        return;
      case Act::Derive: return derive();
      case Act::Tree:
      case Act::Show:
      case Act::Term:
      case Act::Choices:
      case Act::Changed:
      case Act::Why:
      case Act::Lineage:
      case Act::Chart:
      case Act::Literal:
      case Act::Schedule:
      case Act::Save:
      case Act::Load:
      case Act::Help:
      case Act::Quit: return;
    }
  }

  void follow(const Schedule& schedule) {
    const Session before = session_;
    for (const Schedule::Repeat& repeat : schedule.repeats()) {
      for (uint64_t i = 0; i < repeat.times; ++i) {
        const std::vector<Step> steps = semantics_.steps(session_.here().configuration);
        if (repeat.index >= steps.size()) {
          wrong("step " + std::to_string(answer_.taken + 1) + " of the schedule is " + std::to_string(repeat.index) +
                    ", but there the configuration has " + counted(steps.size(), "step"),
                "a schedule belongs to one program and one set of flags");
          session_ = before;
          return;
        }
        if (session_.tree.size() >= limits_.maxNodes || (limits_.goOn && !limits_.goOn())) {
          wrong(session_.tree.size() >= limits_.maxNodes ? "the schedule is longer than a session can be"
                                                         : "interrupted");
          session_ = before;
          return;
        }
        take(repeat.index, steps[repeat.index]);
      }
    }
  }

 private:
  void wrong(std::string problem, std::string help = {}) {
    answer_.problem = std::move(problem);
    answer_.help = std::move(help);
  }

  void go(uint32_t node) {
    session_.cursor = node;
    // Seen from each configuration before it, this one is what lies ahead.
    for (uint32_t at = node; at != 0; at = session_.tree[at].parent) session_.tree[session_.tree[at].parent].ahead = at;
  }

  void take(uint32_t index, const Step& step) {
    const uint32_t node = visit(semantics_.arena(), session_, session_.cursor, index, step);
    session_.tree[session_.cursor].ahead = node;
    session_.cursor = node;
    ++answer_.taken;
  }

  bool halted() {
    if (limits_.goOn && !limits_.goOn()) answer_.halt = Halt::Interrupted;
    if (answer_.taken >= limits_.maxSteps || session_.tree.size() >= limits_.maxNodes) answer_.halt = Halt::Limit;
    return answer_.halt != Halt::Done;
  }

  void step() {
    const Found found = stepsAt(semantics_, session_.here().configuration);
    if (command_.number) {
      if (*command_.number < found.steps.size()) {
        return take(static_cast<uint32_t>(*command_.number), found.steps[*command_.number]);
      }
      return wrong("there is no step " + std::to_string(*command_.number) + ": the configuration has " +
                   counted(found.steps.size(), "step"));
    }
    if (found.ordinary == 1) return take(0, found.steps[0]);
    if (found.ordinary == 0) return wrong("there is no step to take", "`show` says why; `back` goes back");
    wrong("there are " + counted(found.ordinary, "step") + ": say which",
          "`choices` lists them, `step 0` takes the first");
  }

  // The host whose turn it is after the last step, as in a run.
  uint32_t turn() const {
    const Visit& here = session_.here();
    return here.step ? (here.step->host + 1) % static_cast<uint32_t>(here.configuration.hosts.size()) : 0;
  }

  void run() {
    while (true) {
      const Found found = stepsAt(semantics_, session_.here().configuration);
      if (command_.until == Until::Count && answer_.taken == *command_.number) return;
      if (found.ordinary == 0) {
        const bool overflow = semantics_.standstill(session_.here().configuration) == Standstill::Overflow;
        answer_.halt = overflow ? Halt::Overflow : Halt::End;
        return;
      }
      if (command_.until == Until::Choice && found.ordinary > 1) {
        answer_.halt = Halt::Choice;
        return;
      }
      uint32_t index = 0;
      while (index < found.ordinary && found.steps[index].host < turn()) ++index;
      if (index == found.ordinary) index = 0;
      const Step& next = found.steps[index];
      take(index, next);
      if (command_.until == Until::Rule && (next.rule == *command_.rule || next.inner == *command_.rule))
        answer_.halt = Halt::Rule;
      if (command_.until == Until::Host && next.host == *command_.host) answer_.halt = Halt::Host;
      if (command_.until == Until::Message && (next.taken != 0 || !next.sent.empty())) answer_.halt = Halt::Message;
      if (answer_.halt != Halt::Done || halted()) return;
    }
  }

  void back() {
    const uint64_t n = command_.number.value_or(1);
    if (n > session_.here().depth)
      return wrong("the start is " + counted(session_.here().depth, "step") + " back", "`jump start` goes there");
    uint32_t node = session_.cursor;
    for (uint64_t i = 0; i < n; ++i) node = session_.tree[node].parent;
    session_.cursor = node;
  }

  void forward() {
    uint32_t node = session_.cursor;
    for (uint64_t i = 0; i < command_.number.value_or(1); ++i) {
      node = session_.tree[node].ahead;
      if (node == 0)
        return wrong(i == 0 ? "you have not been further than here"
                            : "you have been no more than " + counted(i, "step") + " ahead of here");
    }
    session_.cursor = node;
  }

  void derive() {
    if (!command_.number) {
      if (!session_.here().step) wrong("no step leads here", "`derive 0` is about the first choice");
      return;
    }
    const size_t steps = semantics_.steps(session_.here().configuration).size();
    if (*command_.number >= steps)
      wrong("there is no step " + std::to_string(*command_.number) + ": the configuration has " +
            counted(steps, "step"));
  }

  const std::string& nameOf(uint32_t host) const { return semantics_.arena().hosts()[host]; }

  // Takes the step for which `is` holds; false if there is none.
  template <typename Is>
  bool takeStep(Is is) {
    const std::vector<Step> steps = semantics_.steps(session_.here().configuration);
    const auto found = std::find_if(steps.begin(), steps.end(), is);
    if (found == steps.end()) return false;
    take(static_cast<uint32_t>(found - steps.begin()), *found);
    return true;
  }

  // Delivers the message, or lets a failure happen to it.
  void message(std::optional<Rule> failure) {
    const std::vector<InFlight>& messages = session_.here().messages;
    const auto found = std::find_if(messages.begin(), messages.end(),
                                    [&](const InFlight& flying) { return flying.number == *command_.number; });
    if (found == messages.end()) {
      return wrong("no message m" + std::to_string(*command_.number) + " is on its way",
                   messages.empty() ? "there is none" : "`show` lists those that are");
    }
    const InFlight flying = *found;
    const bool taken = takeStep([&](const Step& step) {
      const bool same =
          flying.host == step.host &&
          (step.rule == Rule::FDup ? step.sent.front().message == flying.message : step.taken == flying.message);
      return same && (failure ? step.rule == *failure : !isFailure(step));
    });
    if (taken) return;
    if (failure) return refused(*failure, flying.host, flying.message);
    wrong(nameOf(flying.host) + " cannot take m" + std::to_string(flying.number) + " now",
          "`why R-Process " + nameOf(flying.host) + "` says which premise fails");
  }

  void fail(Rule rule) {
    const uint32_t host = *command_.host;
    if (!takeStep([&](const Step& step) { return step.rule == rule && step.host == host; })) refused(rule, host, 0);
  }

  // Which premise of the failure's rule fails.
  void refused(Rule rule, uint32_t host, Handle message) {
    for (const FailureRow& row : semantics_.ruleSet().failures) {
      if (row.rule != rule) continue;
      const Outcome outcome = row.apply({semantics_, semantics_.arena(), session_.here().configuration, host, message});
      if (outcome) continue;
      const uint8_t premise = outcome.refusal().premise;
      wrong(std::string(info(rule).name) + " cannot happen at " + nameOf(host) + ": `" +
                std::string(info(rule).premises[premise]) + "` fails",
            premise < 2 ? "which failures may happen, and where, is said at the start: --crashes, --restarts, --drops, "
                          "--duplicates, --among"
                        : "");
      return;
    }
    wrong("there is no " + std::string(info(rule).name) + " among the rules in use");
  }

  Semantics& semantics_;
  Session& session_;
  const SessionLimits& limits_;
  Answer& answer_;
  const Command& command_;
};

}  // namespace

std::vector<uint32_t> Session::path(uint32_t node) const {
  std::vector<uint32_t> nodes(tree[node].depth + 1);
  for (size_t i = nodes.size(); i-- > 0; node = tree[node].parent) nodes[i] = node;
  return nodes;
}

Schedule Session::schedule() const {
  Schedule out;
  for (const uint32_t node : path(cursor))
    if (node != 0) out.add(tree[node].index);
  return out;
}

Session startSession(const Arena& arena, const Configuration& initial) {
  Visit start;
  start.configuration = initial;
  for (uint32_t host = 0; host < initial.hosts.size(); ++host) {
    for (const Pending& pending : messages(arena, initial.hosts[host].inbox)) {
      for (uint32_t i = 0; i < pending.count; ++i) start.messages.push_back({++start.numbered, host, pending.message});
    }
  }
  Session session;
  session.tree.push_back(std::move(start));
  return session;
}

uint32_t visit(Arena& arena, Session& session, uint32_t parent, uint32_t index, const Step& step) {
  for (const uint32_t child : session.tree[parent].children)
    if (session.tree[child].index == index) return child;
  const Visit& before = session.tree[parent];
  Visit next;
  next.parent = parent;
  next.index = index;
  next.depth = before.depth + 1;
  next.step = step;
  next.configuration = before.configuration;
  next.messages = before.messages;
  next.numbered = before.numbered;
  keepMessages(before.configuration, step, next);
  apply(arena, step, next.configuration);
  const auto number = static_cast<uint32_t>(session.tree.size());
  session.tree.push_back(std::move(next));
  session.tree[parent].children.push_back(number);
  return number;
}

Session copy(Copy& copy, const Session& session) {
  Session copied = session;
  for (Visit& visit : copied.tree) {
    visit.configuration = funpass::copy(copy, visit.configuration);
    for (InFlight& message : visit.messages) message.message = copy(message.message);
    if (!visit.step) continue;
    Step& step = *visit.step;
    for (Handle* handle : {&step.taken, &step.redex, &step.contractum}) *handle = copy(*handle);
    for (Sent& sent : step.sent) sent.message = copy(sent.message);
    for (LostRequest& lost : step.lost) lost.ident = copy(lost.ident);
    Configuration one;
    one.hosts = {step.after};
    step.after = funpass::copy(copy, one).hosts[0];
  }
  return copied;
}

RunResult runTo(const Arena& arena, const Session& session) {
  RunResult run;
  run.schedule = session.schedule();
  run.steps = run.schedule.size();
  run.last = session.here().configuration;
  uint64_t number = 0;
  for (const uint32_t node : session.path(session.cursor)) {
    const Visit& visit = session.tree[node];
    if (!visit.step) continue;
    countRules(*visit.step, run.rules);
    countMaterialized(arena, *visit.step, run.materialized);
    const HostState& before = session.tree[visit.parent].configuration.hosts[visit.step->host];
    if (std::optional<MadeReference> made = madeReference(arena, before, *visit.step, ++number))
      run.references.push_back(std::move(*made));
  }
  return run;
}

Answer update(Semantics& semantics, Session& session, const Command& command, const SessionLimits& limits) {
  Answer answer;
  answer.command = command;
  answer.from = session.cursor;
  Updater(semantics, session, limits, answer)();
  return answer;
}

Answer follow(Semantics& semantics, Session& session, const Schedule& schedule, const SessionLimits& limits) {
  Answer answer;
  answer.from = session.cursor;
  answer.command.act = Act::Jump;
  Updater(semantics, session, limits, answer).follow(schedule);
  return answer;
}

}  // namespace funpass
