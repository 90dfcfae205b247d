#include "checker/predict.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "checker/predict_parts.hpp"
#include "lang/raise.hpp"
#include "semantics/turns.hpp"

namespace funpass {

namespace {

constexpr std::array<std::string_view, 6> kKinds = {"moves", "rule", "redex", "message", "result", "crash"};

// Walks that are tried, how long they are, and how long runs are in which hosts take turns.
constexpr uint32_t kWalks = 60, kWalkSteps = 80, kTurns = 300;
constexpr size_t kChoices = 4, kLongest = 240;

// What a person calls the step: the rule under R-Local, R-Process or R-Process-Val, if there is one.
Rule named(const Step& step) { return step.inner != Rule::Count ? step.inner : step.rule; }

std::string sent(const Arena& arena, uint32_t host, Handle message) {
  return arena.hosts()[host] + " <- " + text(arena, message);
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

std::string trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\n\r");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t\n\r") - begin + 1));
}

}  // namespace

std::string_view questionKindName(QuestionKind kind) { return kKinds[static_cast<size_t>(kind)]; }

std::optional<QuestionKind> questionKindNamed(std::string_view name) {
  const auto* const found = std::find(kKinds.begin(), kKinds.end(), name);
  if (found == kKinds.end()) return std::nullopt;
  return static_cast<QuestionKind>(found - kKinds.begin());
}

std::string choiceLabel(size_t index) { return std::string(1, static_cast<char>('A' + index)); }

std::optional<std::vector<bool>> readAnswer(const Question& question, std::string_view answer, std::string* strange) {
  std::vector<bool> chosen(question.choices.size());
  const auto choose = [&](const std::string& word) {
    for (size_t i = 0; i < chosen.size(); ++i)
      if (question.choices[i].text == word) return chosen[i] = true, true;
    for (size_t i = 0; i < chosen.size(); ++i)
      if (choiceLabel(i) == word) return chosen[i] = true, true;
    for (size_t i = 0; i < chosen.size(); ++i)
      if (lower(question.choices[i].text) == lower(word)) return chosen[i] = true, true;
    for (size_t i = 0; i < chosen.size(); ++i)
      if (lower(choiceLabel(i)) == lower(word)) return chosen[i] = true, true;
    if (strange != nullptr) *strange = word;
    return false;
  };
  if (choose(trimmed(answer))) return chosen;  // a text with commas in it, too
  if (!question.several) return std::nullopt;
  if (lower(trimmed(answer)) == "none") return chosen;
  while (true) {
    const size_t end = answer.find(',');
    if (!choose(trimmed(answer.substr(0, end)))) return std::nullopt;
    if (end == std::string_view::npos) return chosen;
    answer.remove_prefix(end + 1);
  }
}

bool isRight(const Question& question, const std::vector<bool>& chosen) {
  for (size_t i = 0; i < chosen.size(); ++i)
    if (chosen[i] != question.choices[i].right) return false;
  return true;
}

Asked ask(Arena& arena, const Program& program, std::optional<QuestionKind> kind, uint64_t seed,
          const QuestionOptions& options) {
  Random random(seed);
  std::vector<QuestionKind> kinds;
  if (kind) {
    kinds = {*kind};
  } else {
    for (size_t i = 0; i < kKinds.size(); ++i) kinds.push_back(static_cast<QuestionKind>(i));
    for (size_t i = kinds.size(); i > 1; --i) std::swap(kinds[i - 1], kinds[random.below(static_cast<uint32_t>(i))]);
  }
  Asked asked;
  for (const QuestionKind one : kinds) {
    Question question;
    question.kind = one;
    question.seed = seed;
    QuestionMaker maker(arena, program, random, options);
    if (maker.make(question)) {
      asked.question = std::move(question);
      return asked;
    }
    asked.none = maker.none();
    asked.limit = asked.limit || maker.limit();
    asked.reached = maker.reached();
  }
  return asked;
}

bool QuestionMaker::make(Question& question) {
  switch (question.kind) {
    case QuestionKind::Moves: return inConfiguration(question, &QuestionMaker::moves);
    case QuestionKind::Rule: return inConfiguration(question, &QuestionMaker::rule);
    case QuestionKind::Redex: return inConfiguration(question, &QuestionMaker::redex);
    case QuestionKind::Message: return inConfiguration(question, &QuestionMaker::message);
    case QuestionKind::Result: return result(question);
    case QuestionKind::Crash: return crash(question);
  }
  return false;
}

bool QuestionMaker::inConfiguration(Question& question, bool (QuestionMaker::*maker)(Question&)) {
  for (tries_ = 0; tries_ < kWalks; ++tries_) {
    question.choices.clear();
    walk(question);
    if ((this->*maker)(question)) return true;
  }
  // Each configuration of the run in which hosts take turns, in order.
  Configuration on = program_.initial;
  Schedule taken;
  uint32_t next = 0;
  for (uint32_t i = 0; i < kTurns; ++i) {
    question.choices.clear();
    question.schedule = taken;
    question.at = on;
    last_ = next;
    if ((this->*maker)(question)) return true;
    if (!turn(on, next, taken)) break;
  }
  return no("no configuration was found in which it is a question");
}

// To a configuration on a random run: all steps are equally likely, and so are the configurations on the way.
void QuestionMaker::walk(Question& question) {
  std::vector<uint32_t> indices, movers;
  std::vector<Configuration> met = {program_.initial};
  for (uint32_t i = 0; i < kWalkSteps; ++i) {
    const std::vector<Step> steps = semantics_.steps(met.back());
    if (steps.empty()) break;
    indices.push_back(random_.below(static_cast<uint32_t>(steps.size())));
    const Step& step = steps[indices.back()];
    movers.push_back(step.host);
    met.push_back(met.back());
    apply(arena_, step, met.back());
  }
  const uint32_t length = random_.below(static_cast<uint32_t>(met.size()));
  question.schedule = {};
  for (uint32_t i = 0; i < length; ++i) question.schedule.add(indices[i]);
  question.at = met[length];
  last_ = length == 0 ? 0 : movers[length - 1] + 1;
}

void QuestionMaker::shuffle(std::vector<QuestionChoice>& choices) {
  for (size_t i = choices.size(); i > 1; --i)
    std::swap(choices[i - 1], choices[random_.below(static_cast<uint32_t>(i))]);
}

std::optional<Step> QuestionMaker::turn(Configuration& configuration, uint32_t& turn, Schedule& schedule) {
  uint32_t index = 0;
  std::optional<Step> step = takeTurn(semantics_, configuration, turn, index);
  if (!step) return step;
  schedule.add(index);
  apply(arena_, *step, configuration);
  return step;
}

bool QuestionMaker::moves(Question& question) {
  question.several = true;
  size_t can = 0;
  for (uint32_t host = 0; host < question.at.hosts.size() && host < 26; ++host) {
    const std::optional<Step> step = semantics_.firstStep(question.at, host);
    QuestionChoice choice{.text = arena_.hosts()[host], .right = step.has_value(), .host = host};
    if (step) choice.because = choice.text + " can take a step by " + std::string(info(named(*step)).name);
    can += choice.right ? 1 : 0;
    question.choices.push_back(std::move(choice));
  }
  // Where every host can move there is little to see; but there are programs in which that is so to the end.
  const bool easy = can == question.choices.size() || can == 0;
  return !easy || tries_ + 1 == kWalks;
}

bool QuestionMaker::rule(Question& question) {
  std::vector<uint32_t> able;
  for (uint32_t host = 0; host < question.at.hosts.size(); ++host)
    if (semantics_.countSteps(question.at, host) > 0) able.push_back(host);
  if (able.empty()) return false;
  question.host = able[random_.below(static_cast<uint32_t>(able.size()))];
  std::set<Rule> enabled;
  for (const Step& step : semantics_.stepsOf(question.at, question.host)) {
    enabled.insert(step.rule);
    enabled.insert(named(step));
  }
  const Rule right = named(*semantics_.firstStep(question.at, question.host));
  // Rules that this program uses, and those that are easily taken for one another.
  std::set<Rule> pool = {Rule::RAwait, Rule::RApply, Rule::RSend,       Rule::RPopulate, Rule::RProcess,
                         Rule::PRes,   Rule::RSeq,   Rule::RProcessVal, Rule::RAppSpore, Rule::RAppAbs,
                         Rule::PHit,   Rule::PMat,   Rule::PApp,        Rule::RRespond};
  Configuration on = program_.initial;
  uint32_t next = 0;
  Schedule taken;
  for (uint32_t i = 0; i < kTurns; ++i) {
    const std::optional<Step> step = turn(on, next, taken);
    if (!step) break;
    pool.insert(named(*step));
  }
  std::vector<QuestionChoice> others;
  for (const Rule rule : pool) {
    if (enabled.count(rule) == 0)
      others.push_back({.text = std::string(info(rule).name), .host = question.host, .rule = rule});
  }
  shuffle(others);
  others.resize(std::min(others.size(), kChoices - 1));
  others.push_back({.text = std::string(info(right).name), .right = true, .host = question.host, .rule = right});
  shuffle(others);
  question.choices = std::move(others);
  return question.choices.size() > 1;
}

bool QuestionMaker::redex(Question& question) {
  std::vector<uint32_t> working;
  for (uint32_t host = 0; host < question.at.hosts.size(); ++host) {
    const HostState& state = question.at.hosts[host];
    if (!state.crashed() && !isValue(arena_, state)) working.push_back(host);
  }
  if (working.empty()) return false;
  question.host = working[random_.below(static_cast<uint32_t>(working.size()))];
  const HostState& state = question.at.hosts[question.host];
  const std::string focus = text(arena_, state.focus);
  if (focus.size() > kLongest) return false;

  // The parts of the term that are no values and stand for themselves: those around the redex, those whose turn comes
  // later, and those that evaluation does not reach as long as they stand where they stand.
  enum class Place : uint8_t { Around, Later, Behind };
  struct Part {
    Handle node;
    Place place;
  };
  std::set<Handle> around;
  Handle whole = state.focus;
  for (Handle frame = state.context; frame != 0; frame = outer(arena_, frame)) {
    whole = fill(arena_, frame, whole);
    around.insert(whole);
  }
  std::vector<Part> open = {{whole, Place::Around}};
  std::set<Handle> met = {state.focus};
  std::vector<QuestionChoice> others;
  while (!open.empty()) {
    const Part part = open.back();
    open.pop_back();
    if (part.node == 0 || part.node == state.focus || !met.insert(part.node).second) continue;
    const Node node = arena_[part.node];
    const Place place = around.count(part.node) > 0   ? Place::Around
                        : part.place == Place::Around ? Place::Later
                                                      : part.place;
    const bool isTerm = node.kind() != Tag::Entry && node.kind() != Tag::Arg;
    if (isTerm && node.free == 0 && !node.isValue()) {
      std::string shown = text(arena_, part.node);
      const bool same =
          std::any_of(others.begin(), others.end(), [&](const auto& other) { return other.text == shown; });
      if (shown.size() <= kLongest && shown != focus && !same) {
        others.push_back({.text = shown,
                          .because = place == Place::Around ? "a part of `" + shown + "` comes first: `" + focus + "`"
                                     : place == Place::Later
                                         ? "evaluation goes from left to right, and `" + focus + "` comes first"
                                         : "`" + shown +
                                               "` stands where evaluation does not reach yet: in a body, in a "
                                               "branch, or behind a `;`"});
      }
    }
    const std::string_view fields = kFields[node.tag];
    for (size_t k = 0; k < 3; ++k) {
      if (fields[k] == 'E') open.push_back({node.field[k], place});
      if (fields[k] == 't' || fields[k] == 'b' || fields[k] == 's') open.push_back({node.field[k], Place::Behind});
    }
  }
  shuffle(others);
  others.resize(std::min(others.size(), kChoices - 1));
  others.push_back({.text = focus,
                    .right = true,
                    .because = "the term of " + arena_.hosts()[question.host] + " is E[" + focus + "]"});
  shuffle(others);
  question.choices = std::move(others);
  return question.choices.size() > (tries_ < kWalks / 2 ? 2 : 1);
}

bool QuestionMaker::message(Question& question) {
  const auto hosts = static_cast<uint32_t>(question.at.hosts.size());
  question.host = last_ % hosts;
  uint32_t next = question.host;
  Configuration on = question.at;
  Schedule taken = question.schedule;
  std::vector<QuestionChoice> found;
  for (uint32_t i = 0; i < kTurns; ++i) {
    const std::optional<Step> step = turn(on, next, taken);
    if (!step) break;
    if (step->taken == 0) continue;
    const std::string shown = sent(arena_, step->host, step->taken);
    const bool met = std::any_of(found.begin(), found.end(), [&](const auto& other) { return other.text == shown; });
    if (met || shown.size() > kLongest) {
      if (found.empty()) return false;
      continue;
    }
    QuestionChoice choice{.text = shown, .right = found.empty(), .schedule = taken};
    choice.because = arena_.hosts()[step->host] + " takes it in step " + std::to_string(taken.size()) + ", by " +
                     std::string(info(step->rule).name) + "/" + std::string(info(step->inner).name);
    if (!choice.right) choice.because += "; the first is " + found.front().text;
    found.push_back(std::move(choice));
  }
  if (found.size() < 2) return false;
  while (found.size() > kChoices)
    found.erase(found.begin() + 1 + random_.below(static_cast<uint32_t>(found.size() - 1)));
  shuffle(found);
  question.choices = std::move(found);
  return true;
}

}  // namespace funpass
