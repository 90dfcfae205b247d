#include "checker/session_commands.hpp"

#include <algorithm>
#include <charconv>

#include "checker/session.hpp"
#include "lang/source.hpp"

namespace funpass {

namespace {

constexpr std::string_view kBlank = " \t\r\n";

struct UntilName {
  std::string_view name;
  Until until;
};
constexpr UntilName kUntil[] = {{"end", Until::End},
                                {"choice", Until::Choice},
                                {"rule", Until::Rule},
                                {"host", Until::Host},
                                {"message", Until::Message}};

// The words of a line and where they end: from `#` on there is a comment. In "…" or '…', which is one word, blanks and
// `#` are as any other character. `open`: the quote that is not closed.
struct Words {
  std::vector<std::string> words;
  size_t end = 0;
  char open = 0;
};
Words wordsOf(std::string_view line) {
  Words out;
  bool inWord = false;
  for (; out.end < line.size(); ++out.end) {
    const char c = line[out.end];
    const bool blank = kBlank.find(c) != std::string_view::npos;
    if (out.open == 0 && c == '#') break;
    if (out.open == 0 && blank) {
      inWord = false;
      continue;
    }
    const bool opens = out.open == 0 && !inWord && (c == '"' || c == '\'');
    if (!inWord) out.words.emplace_back();
    inWord = true;
    if (opens) {
      out.open = c;
    } else if (c == out.open) {
      out.open = 0;
      inWord = false;
    } else {
      out.words.back() += c;
    }
  }
  return out;
}

bool starts(std::string_view text, std::string_view part) { return text.substr(0, part.size()) == part; }

bool readNumber(std::string_view text, uint64_t& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

std::vector<std::string> commandNames() {
  std::vector<std::string> names;
  for (const CommandRow& row : commandTable()) names.emplace_back(row.name);
  return names;
}

std::string quoted(std::string_view word) { return "`" + std::string(word) + "`"; }

std::string didYouMean(std::string_view word, const std::vector<std::string>& names, std::string otherwise) {
  const std::optional<std::string> close = closestName(word, names);
  return close ? "did you mean " + quoted(*close) + "?" : std::move(otherwise);
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (size_t i = 0; i < names.size(); ++i) out += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return out;
}

// The command of this name, short form, or beginning.
const CommandRow* commandNamed(std::string_view word, ReadCommand& read) {
  std::vector<std::string> begin;
  const CommandRow* found = nullptr;
  for (const CommandRow& row : commandTable()) {
    if (word == row.name || word == row.brief) return &row;
    if (!starts(row.name, word)) continue;
    begin.emplace_back(row.name);
    found = &row;
  }
  if (begin.size() == 1) return found;
  if (begin.empty()) {
    read.problem = "there is no command " + quoted(word);
    read.help = didYouMean(word, commandNames(), "`help` lists them");
  } else {
    read.problem = quoted(word) + " could be " + listed(begin);
  }
  return nullptr;
}

std::vector<std::string> ruleNames() {
  std::vector<std::string> names;
  for (const RuleInfo& rule : allRules())
    if (rule.judgement != Judgement::Typing && rule.judgement != Judgement::WellFormed) names.emplace_back(rule.name);
  return names;
}

// Reads one operand into `command`; gives false with a problem.
class Operands {
 public:
  Operands(const Arena& arena, const Session& session, Command& command, ReadCommand& read)
      : arena_(arena), session_(session), command_(command), read_(read) {}

  bool take(Operand kind, const std::string& word) {
    switch (kind) {
      case Operand::Number: return number(word, word, "a number from 0 on");
      case Operand::Until: return until(word);
      case Operand::Node: return node(word);
      case Operand::Name: return name(word);
      case Operand::Message:
        return number(std::string_view(word).substr(starts(word, "m") ? 1 : 0), word, "a message's number, such as m1");
      case Operand::Host: return host(word);
      case Operand::HostsShown:
        command_.all = word == "all";
        command_.none = word == "none";
        return command_.all || command_.none || host(word);
      case Operand::Rule: return rule(word);
      case Operand::Reference:
      case Operand::File: command_.word = word; return true;
      case Operand::Command: return about(word);
    }
    return false;
  }

 private:
  bool wrong(std::string problem, std::string help = {}) {
    read_.problem = std::move(problem);
    read_.help = std::move(help);
    return false;
  }

  bool number(std::string_view digits, const std::string& word, const std::string& what) {
    uint64_t n = 0;
    if (!readNumber(digits, n)) return wrong(quoted(word) + " is not " + what);
    command_.number = n;
    return true;
  }

  bool until(const std::string& word) {
    uint64_t n = 0;
    if (readNumber(word, n)) {
      command_.until = Until::Count;
      command_.number = n;
      return true;
    }
    std::vector<std::string> names;
    for (const UntilName& entry : kUntil) {
      names.emplace_back(entry.name);
      if (!starts(entry.name, word)) continue;
      command_.until = entry.until;
      return true;
    }
    const std::string_view digits = std::string_view(word).substr(starts(word, "-") ? 1 : 0);
    if (!digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos)
      return wrong(quoted(word) + " is not a number up to " + std::to_string(UINT64_MAX));
    return wrong("nobody runs until " + quoted(word), didYouMean(word, names, "it is a number, or " + listed(names)));
  }

  bool node(const std::string& word) {
    uint64_t n = 0;
    const auto mark = session_.marks.find(word);
    if (mark != session_.marks.end()) {
      command_.node = mark->second;
    } else if (word == "start") {
      command_.node = 0;
    } else if (!readNumber(word, n)) {
      std::vector<std::string> names;
      for (const auto& entry : session_.marks) names.push_back(entry.first);
      return wrong("there is no bookmark " + quoted(word),
                   didYouMean(word, names, "`tree` lists them; a configuration's number will do, too"));
    } else if (n >= session_.tree.size()) {
      return wrong("no configuration has the number " + word, "`tree` shows those that were visited");
    } else {
      command_.node = static_cast<uint32_t>(n);
    }
    return true;
  }

  bool name(const std::string& word) {
    uint64_t n = 0;
    if (readNumber(word, n) || word == "start")
      return wrong("a bookmark cannot be called " + quoted(word), "that names a configuration already");
    command_.word = word;
    return true;
  }

  bool host(const std::string& word) {
    const std::vector<std::string>& hosts = arena_.hosts();
    const auto found = std::find(hosts.begin(), hosts.end(), word);
    if (found == hosts.end())
      return wrong("there is no host " + quoted(word), didYouMean(word, hosts, "the hosts are " + listed(hosts)));
    command_.host = static_cast<uint32_t>(found - hosts.begin());
    return true;
  }

  bool rule(const std::string& word) {
    command_.rule = ruleNamed(word);
    if (!command_.rule) return wrong("there is no rule " + quoted(word), didYouMean(word, ruleNames(), ""));
    const Judgement judgement = info(*command_.rule).judgement;
    if (judgement == Judgement::Typing || judgement == Judgement::WellFormed)
      return wrong(std::string(info(*command_.rule).name) + " is no rule of reduction");
    return true;
  }

  bool about(const std::string& word) {
    const CommandRow* row = commandNamed(word, read_);
    if (row != nullptr) command_.about = row->act;
    return row != nullptr;
  }

  const Arena& arena_;
  const Session& session_;
  Command& command_;
  ReadCommand& read_;
};

// What `run WORD` wants after the word.
std::optional<Operand> runsUntil(const Command& command) {
  if (command.act != Act::Run) return std::nullopt;
  if (command.until == Until::Rule) return Operand::Rule;
  if (command.until == Until::Host) return Operand::Host;
  return std::nullopt;
}

}  // namespace

const std::vector<CommandRow>& commandTable() {
  static const std::vector<CommandRow> table = {
      {Act::Step,
       "step",
       "s",
       "[N]",
       {Operand::Number},
       0,
       "take choice N; a number alone means the same; without N, the one there is"},
      {Act::Run,
       "run",
       "r",
       "[N | choice | rule R | host H | message | end]",
       {Operand::Until},
       0,
       "let the hosts take turns: N steps, until there is a choice, R was applied, H moved, a message was sent or "
       "taken, "
       "or to the end (also without a word)"},
      {Act::Back, "back", "b", "[N]", {Operand::Number}, 0, "go N steps back (1)"},
      {Act::Forward, "forward", "f", "[N]", {Operand::Number}, 0, "go N steps forward again (1), where you went last"},
      {Act::Jump,
       "jump",
       "j",
       "NODE",
       {Operand::Node},
       1,
       "go to a visited configuration: its number, a bookmark, or start"},
      {Act::Tree, "tree", "t", "", {}, 0, "the configurations that were visited, as branches"},
      {Act::Mark, "mark", "m", "NAME", {Operand::Name}, 1, "put a bookmark here"},
      {Act::Deliver, "deliver", "d", "M", {Operand::Message}, 1, "let the host take message M, such as m1"},
      {Act::Crash, "crash", "", "H", {Operand::Host}, 1, "let host H crash, if the budget allows it (--crashes)"},
      {Act::Restart, "restart", "", "H", {Operand::Host}, 1, "let host H start again (--restarts)"},
      {Act::Drop, "drop", "", "M", {Operand::Message}, 1, "lose message M (--drops)"},
      {Act::Duplicate, "duplicate", "", "M", {Operand::Message}, 1, "make a second message M (--duplicates)"},
      {Act::Show,
       "show",
       "",
       "[H]",
       {Operand::Host},
       0,
       "the hosts, or all of one: term with the redex in « », store, what it asked for, messages to it"},
      {Act::Term, "term", "", "[H]", {Operand::Host}, 0, "the hosts' terms in full, or that of one"},
      {Act::View,
       "view",
       "v",
       "all | none | H",
       {Operand::HostsShown},
       1,
       "which hosts are shown after a step: all, none, or one"},
      {Act::Choices, "choices", "c", "", {}, 0, "the steps that can be taken, numbered"},
      {Act::Changed,
       "changed",
       "ch",
       "[NODE]",
       {Operand::Node},
       0,
       "what the last step changed, in full; or what differs from configuration NODE"},
      {Act::Why,
       "why",
       "w",
       "RULE [H]",
       {Operand::Rule, Operand::Host},
       1,
       "can the rule be applied; if not, which of its premises fails"},
      {Act::Derive, "derive", "", "[N]", {Operand::Number}, 0, "the derivation of the last step, or of choice N"},
      {Act::Lineage,
       "lineage",
       "l",
       "[REF]",
       {Operand::Reference},
       0,
       "the lineage of every reference, or those of a val or of a host's result"},
      {Act::Chart, "chart", "", "", {}, 0, "the path to here as a space-time chart"},
      {Act::Literal, "literal", "", "", {}, 0, "the configuration as a literal, to be given to any verb"},
      {Act::Schedule, "schedule", "", "", {}, 0, "the path to here as a schedule, and the command that takes it"},
      {Act::Save, "save", "", "FILE", {Operand::File}, 1, "save the session: tree, bookmarks, where you are"},
      {Act::Load, "load", "", "FILE", {Operand::File}, 1, "go on with a saved session of this program"},
      {Act::Help, "help", "h", "[COMMAND]", {Operand::Command}, 0, "the commands, or one of them"},
      {Act::Quit, "quit", "q", "", {}, 0, "leave; so does Ctrl-D"},
  };
  return table;
}

const CommandRow& row(Act act) { return commandTable()[static_cast<size_t>(act)]; }

ReadCommand readCommand(std::string_view line, const Arena& arena, const Session& session) {
  ReadCommand read;
  auto [words, commentAt, open] = wordsOf(line);
  if (words.empty()) return read;
  if (open != 0) {
    read.problem = std::string("there is no second ") + open;
    return read;
  }
  if (std::find(words.begin(), words.end(), "") != words.end()) {
    read.problem = "a word is empty";
    return read;
  }
  if (uint64_t n = 0; readNumber(words[0], n)) words.insert(words.begin(), "step");
  const CommandRow* found = commandNamed(words[0], read);
  if (found == nullptr) return read;
  Command command;
  command.act = found->act;
  command.text = line.substr(0, commentAt);
  command.text.erase(0, command.text.find_first_not_of(kBlank));
  command.text.erase(command.text.find_last_not_of(kBlank) + 1);
  const std::string usage =
      "usage: " + std::string(found->name) + (found->operands.empty() ? "" : " ") + std::string(found->operands);
  Operands operands(arena, session, command, read);
  size_t taken = 0;
  for (const Operand kind : found->kinds) {
    if (taken + 1 == words.size()) break;
    if (!operands.take(kind, words[++taken])) return read;
  }
  bool missing = taken < found->fewest;
  if (const std::optional<Operand> after = runsUntil(command)) {
    missing = taken + 1 == words.size();
    if (!missing && !operands.take(*after, words[++taken])) return read;
  }
  if (missing) {
    read.problem = quoted(found->name) + " needs more than that";
    read.help = usage;
  } else if (taken + 1 < words.size()) {
    read.problem = "one word too many: " + quoted(words[taken + 1]);
    read.help = usage;
  } else {
    read.command = std::move(command);
  }
  return read;
}

std::vector<std::string> completions(std::string_view line, const Arena& arena, const Session& session) {
  std::vector<std::string> words = wordsOf(line).words;
  if (words.empty() || kBlank.find(line.back()) != std::string_view::npos) words.emplace_back();
  const std::string last = words.back();
  std::vector<std::string> all;
  const auto ofKind = [&](Operand kind) {
    switch (kind) {
      case Operand::Number:
      case Operand::Name:
      case Operand::File: break;
      case Operand::Until:
        for (const UntilName& entry : kUntil) all.emplace_back(entry.name);
        break;
      case Operand::Node:
        all.emplace_back("start");
        for (const auto& mark : session.marks) all.push_back(mark.first);
        break;
      case Operand::Message:
        for (const InFlight& message : session.here().messages) all.push_back("m" + std::to_string(message.number));
        break;
      case Operand::HostsShown:
        all.emplace_back("all");
        all.emplace_back("none");
        [[fallthrough]];
      case Operand::Reference:
      case Operand::Host: all.insert(all.end(), arena.hosts().begin(), arena.hosts().end()); break;
      case Operand::Rule: all = ruleNames(); break;
      case Operand::Command: all = commandNames(); break;
    }
  };
  if (words.size() == 1) {
    all = commandNames();
  } else {
    ReadCommand read;
    const CommandRow* row = commandNamed(words[0], read);
    if (row == nullptr) return {};
    const size_t place = words.size() - 2;
    if (place < row->kinds.size()) {
      ofKind(row->kinds[place]);
    } else if (row->act == Act::Run && place == 1) {
      Command command;
      command.act = Act::Run;
      if (Operands(arena, session, command, read).take(Operand::Until, words[1]))
        if (const std::optional<Operand> after = runsUntil(command)) ofKind(*after);
    }
  }
  all.erase(std::remove_if(all.begin(), all.end(), [&](const std::string& word) { return !starts(word, last); }),
            all.end());
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace funpass
