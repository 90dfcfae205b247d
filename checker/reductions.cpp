#include "checker/reductions.hpp"

#include <algorithm>

#include "lang/term.hpp"

namespace funpass {

const std::vector<ReductionInfo>& allReductions() {
  static const std::vector<ReductionInfo> table = {
      {Reduction::Local, "local", "a host's local steps are taken at once, one host at a time",
       "not for a step that gives a host its result while that host may still crash"},
      {Reduction::Sends, "sends", "so are R-Send, R-Populate and R-Respond",
       "no failure can see the difference: the host cannot crash, nor, for R-Send, the hosts of the reference; no "
       "restart "
       "is left; with recovery, crashes are the only failures of the run"},
      {Reduction::Quiet, "quiet",
       "only the messages to one host are delivered, to which no other can send until it moves",
       "local and sends are on; no failure is left; with recovery, crashes were the only ones"},
      {Reduction::Values, "values", "the term of a host at a value becomes unit once its result is noted", "none"},
      {Reduction::Names, "names",
       "what nothing can read is dropped from stores and messages, and identifiers are numbered anew; with values",
       "no check names an identifier; messages are kept while a restart, a loss or a duplicate is left"},
      {Reduction::Answers, "answers",
       "Res is delivered at once where the host has the identifier, or where the host only asks and is not asked",
       "no failure is left; with recovery, crashes were the only ones"},
      {Reduction::Determinate, "determinate", "where nothing is left to be computed on demand, one run stands for all",
       "no `respond` in the program; no failure is left; crashes were the only ones"},
      {Reduction::Calm, "calm", "Res is delivered at once where no other answer for it can come",
       "mobility is on, no `respond` in the program; no failure is left; with recovery, crashes were the only ones"},
      {Reduction::CrashCalm, "crash-calm", "the same for what was populated, while crashes are left",
       "mobility is on, no `respond` in the program; crashes are the only failures; not at a host that may crash "
       "before it "
       "has its result"},
      {Reduction::IdleCrash, "idle-crash", "a host that nothing mentions, at a value, with its result, does not crash",
       "names is on"},
  };
  return table;
}

std::vector<std::string_view> ReductionSet::names() const {
  std::vector<std::string_view> found;
  for (const ReductionInfo& info : allReductions()) {
    if (has(info.reduction)) found.push_back(info.name);
  }
  if (found.empty()) found.emplace_back("none");
  return found;
}

std::optional<ReductionSet> parseReductions(std::string_view text, std::string& unknown) {
  ReductionSet set;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(',', begin), text.size());
    const std::string_view name = text.substr(begin, end - begin);
    const std::vector<ReductionInfo>& all = allReductions();
    const auto found = std::find_if(all.begin(), all.end(), [&](const ReductionInfo& r) { return r.name == name; });
    if (found == all.end()) {
      unknown = name;
      return std::nullopt;
    }
    set.add(found->reduction);
    begin = end + 1;
  }
  return set;
}

ReductionSet defaultReductions(const Budget& failures) {
  ReductionSet set{Reduction::Local, Reduction::Sends,   Reduction::Quiet,      Reduction::Values,
                   Reduction::Names, Reduction::Answers, Reduction::Determinate};
  if (failures != Budget{}) {
    for (const Reduction r : {Reduction::Calm, Reduction::CrashCalm, Reduction::IdleCrash}) set.add(r);
  }
  return set;
}

ReductionSet effective(const ReductionSet& set, const ProgramFacts& program, const Budget& failures, bool recovery) {
  const bool crashesOnly = failures.restarts == 0 && failures.drops == 0 && failures.duplicates == 0;
  const bool late = !recovery || crashesOnly;  // may reductions that wait for the last failure be on?
  const bool calmClass = program.mobile && !program.respond;
  const auto holds = [&](Reduction r) {
    switch (r) {
      case Reduction::Local:
      case Reduction::Values: return true;
      case Reduction::Names: return program.renamed;
      case Reduction::Sends:
      case Reduction::Answers: return late;
      case Reduction::Quiet: return late && set.has(Reduction::Local) && set.has(Reduction::Sends);
      case Reduction::Determinate: return crashesOnly && !program.respond;
      case Reduction::Calm: return late && calmClass;
      case Reduction::CrashCalm: return crashesOnly && failures.crashes > 0 && calmClass;
      case Reduction::IdleCrash: return failures.crashes > 0 && set.has(Reduction::Names) && program.renamed;
    }
    return false;
  };
  ReductionSet on;
  for (const ReductionInfo& info : allReductions()) {
    if (set.has(info.reduction) && holds(info.reduction)) on.add(info.reduction);
  }
  return on;
}

namespace {

// Does a node with this tag occur in any of the terms?
bool occurs(const Arena& arena, std::vector<Handle> todo, Tag tag) {
  std::vector<bool> seen(arena.size(), false);
  while (!todo.empty()) {
    const Handle n = todo.back();
    todo.pop_back();
    if (n == 0 || seen[n]) continue;
    seen[n] = true;
    const Node node = arena[n];
    if (node.is(tag)) return true;
    for (int k = 0; k < 3; ++k) {
      if (isHandleField(node, k)) todo.push_back(node[k]);
    }
  }
  return false;
}

}  // namespace

bool loadsLineages(const Arena& arena, const Program& program) {
  std::vector<Handle> all = program.terms;
  for (const HostState& host : program.initial.hosts) {
    all.insert(all.end(), {host.focus, host.context, host.store, host.inbox, host.result});
  }
  return occurs(arena, all, Tag::FromLineage);
}

ProgramFacts factsOf(const Arena& arena, const Program& program, bool mobility) {
  ProgramFacts facts;
  facts.literal = program.literal;
  facts.mobile = mobility && !program.literal;
  facts.respond = program.literal || occurs(arena, program.terms, Tag::Respond);
  facts.renamed = std::none_of(program.checks.begin(), program.checks.end(), [&](const Check& check) {
    return std::any_of(check.terms.begin(), check.terms.end(), [&](Handle t) { return arena[t].hasIdent(); });
  });
  return facts;
}

}  // namespace funpass
