#include "render/exercise.hpp"

#include <algorithm>

namespace funpass::render {

namespace {

using State = DemandReport::State;

std::string join(const std::vector<std::string_view>& parts, std::string_view last) {
  std::string out;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += i + 1 == parts.size() ? " " + std::string(last) + " " : std::string(", ");
    out += parts[i];
  }
  return out;
}

// Where a demand is looked at: " with the wrong rule res-forgets", ", with at most 1 crash among r1,r2".
std::string settingText(const ExerciseSetting& setting) {
  std::string out;
  if (setting.literal != setting.replaced)
    out += " with " + std::to_string(setting.replaced) + " in place of " + std::to_string(setting.literal);
  if (setting.argument)
    out += (out.empty() ? " if it is" : " and if it is") + (" applied to " + std::to_string(*setting.argument));
  if (!setting.mutant.empty()) out += " with the wrong rule " + std::string(setting.mutant);
  if (!setting.mobility) out += " without the premises about mobility";
  if (!setting.recovery) out += " without recovery";
  std::string most;
  const auto failures = [&](uint32_t number, const char* one, const char* several) {
    if (number == 0) return;
    most += (most.empty() ? "" : ", ") + std::to_string(number) + (number == 1 ? one : several);
  };
  failures(setting.failures.crashes, " crash", " crashes");
  failures(setting.failures.restarts, " restart", " restarts");
  failures(setting.failures.drops, " lost message", " lost messages");
  failures(setting.failures.duplicates, " duplicate", " duplicates");
  if (!most.empty()) out += (out.empty() ? " with at most " : " and with at most ") + most;
  if (!setting.among.empty()) out += " among " + std::string(setting.among);
  return out;
}

std::string timesText(uint32_t least, uint32_t most) {
  constexpr uint32_t many = 100;
  if (most >= many) return "at least " + counted(least, "time");
  if (least == most) return counted(least, "time");
  return std::to_string(least) + " to " + counted(most, "time");
}

std::string_view stateName(State state) {
  return state == State::Met ? "met" : state == State::Unmet ? "not met" : "unknown";
}

std::string_view outcomeName(Grade::Outcome outcome) {
  switch (outcome) {
    case Grade::Outcome::Right: return "right";
    case Grade::Outcome::Wrong: return "wrong";
    case Grade::Outcome::Limit: return "limit";
    case Grade::Outcome::Unreadable: return "unreadable";
  }
  return {};
}

std::string bulleted(const std::string& text, const Style& style) {
  return "  - " + wrapped(text, style.width, 4, 4) + "\n";
}

std::string_view lessonOf(const Exercise& exercise) { return exercise.number.substr(0, exercise.number.find('.')); }

}  // namespace

std::string demandText(const Demand& demand) {
  using Kind = Demand::Kind;
  const std::string what(demand.what);
  const auto body = [&]() -> std::string {
    switch (demand.kind) {
      case Kind::Hosts:
        return (demand.values.size() == 1 ? "the only host is " : "the hosts are ") + join(demand.values, "and");
      case Kind::Uses:
        return what == "capture" ? "a spore in the program captures something" : "`" + what + "` occurs in the program";
      case Kind::Avoids:
        return what == "capture" ? "no spore in the program captures anything"
                                 : "`" + what + "` does not occur in the program";
      case Kind::NoHosts: return "no spore in the program names a host";
      case Kind::Sent:
        return "the data that is sent to " + what + " is " + join(demand.values, "and") +
               " and no other when the hosts take turns";
      case Kind::Type: return "the type of " + what + "'s block is " + join(demand.values, "");
      case Kind::Result: return "the result of " + what + " is " + join(demand.values, "") + " in every run";
      case Kind::Results:
        return "the results of " + what + " are " + join(demand.values, "and") + ", each in some run, and no others";
      case Kind::Reaches: return "the result of " + what + " is " + join(demand.values, "") + " in some run";
      case Kind::Holds:
        return what == "safe" ? "subject reduction, lineage mobility, progress and finite materialization hold"
                              : what + " holds";
      case Kind::Violated: return what + " is violated";
      case Kind::Fires: return what + " is applied in some run";
      case Kind::Never: return what + " is applied in no run";
      case Kind::Counts:
        return what + " is applied " + (demand.host.empty() ? "" : "at " + std::string(demand.host) + " ") +
               timesText(demand.least, demand.most) + " when the hosts take turns";
      case Kind::Refused: return what + " refuses the program, and no other rule does";
    }
    return {};
  }();
  const std::string setting = settingText(demand.setting);
  return body + (setting.empty() ? "" : "," + setting);
}

std::string exercisesText() {
  std::string out;
  std::string_view lesson;
  for (const Exercise& exercise : exercises()) {
    if (lessonOf(exercise) != lesson) {
      lesson = lessonOf(exercise);
      out += (out.empty() ? "lesson " : "\nlesson ") + std::string(lesson) + "\n";
    }
    out += "  " + std::string(exercise.number) + "  " + std::string(exercise.title) + "\n";
  }
  return out + "\nfunpass exercise N prints the task, funpass exercise N answer.fp grades an answer.\n";
}

boost::json::object exercisesJson() {
  boost::json::array all;
  for (const Exercise& exercise : exercises()) {
    all.emplace_back(boost::json::object{{"number", view(exercise.number)}, {"title", view(exercise.title)}});
  }
  boost::json::object out = document();
  out["exercises"] = std::move(all);
  return out;
}

std::string exerciseText(const Exercise& exercise, const Style& style) {
  std::string out = "exercise " + std::string(exercise.number) + ": " + std::string(exercise.title) + "\n\n" +
                    wrapped(exercise.task, style.width, 0) + "\n\nan answer is right if\n";
  for (const Demand& demand : exercise.demands) out += bulleted(demandText(demand), style);
  return out + "\nfunpass exercise " + std::string(exercise.number) + " answer.fp\n";
}

boost::json::object exerciseJson(const Exercise& exercise) {
  boost::json::array demands;
  for (const Demand& demand : exercise.demands) demands.emplace_back(demandText(demand));
  boost::json::object out = document();
  out["exercise"] = view(exercise.number);
  out["title"] = view(exercise.title);
  out["task"] = view(exercise.task);
  out["demands"] = std::move(demands);
  return out;
}

std::string gradeText(const Exercise& exercise, const Grade& grade, const ShowRun& show, const Style& style) {
  const std::string number(exercise.number);
  std::string out = grade.outcome == Grade::Outcome::Limit
                        ? "not known: nothing is wrong so far, and a limit was reached"
                        : std::string(outcomeName(grade.outcome));
  out += ": exercise " + number + ", " + std::string(exercise.title) + "\n";
  for (const DemandReport& report : grade.demands) {
    const bool says = report.state != State::Met;
    out += bulleted(std::string(stateName(report.state)) + ": " + demandText(*report.demand) +
                        (says && !report.message.empty() ? "; but " + report.message : ""),
                    style);
  }
  for (const DemandReport& report : grade.demands) {
    if (!report.schedule || !report.fresh) continue;
    // What breaks an answer is shown step by step; what was asked to break, by the command.
    const ShownRun run = show(report);
    if (report.state == State::Unmet) {
      out += "\n" + wrapped(report.message, style.width, 0) + ", after " + counted(report.schedule->size(), "step") +
             "\n\n" + run.text + "\nonce more: " + run.replay + "\n";
    } else {
      out += "\n" + wrapped(report.message.empty() ? demandText(*report.demand) : report.message, style.width, 0) +
             "\nsee it: " + run.replay + "\n";
    }
  }
  return out;
}

boost::json::object gradeJson(const Exercise& exercise, const Grade& grade, const ShowRun& show,
                              const std::string& file) {
  boost::json::array demands;
  for (const DemandReport& report : grade.demands) {
    boost::json::object entry{{"demand", demandText(*report.demand)},
                              {"verdict", view(stateName(report.state))},
                              {"message", report.message}};
    if (report.schedule) {
      entry["schedule"] = report.schedule->text();
      entry["replay"] = show(report).replay;
    }
    demands.emplace_back(std::move(entry));
  }
  boost::json::object out = document();
  out["exercise"] = view(exercise.number);
  out["file"] = file;
  out["verdict"] = view(outcomeName(grade.outcome));
  out["right"] = grade.outcome == Grade::Outcome::Right;
  out["demands"] = std::move(demands);
  return out;
}

}  // namespace funpass::render
