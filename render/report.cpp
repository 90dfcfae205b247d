#include "render/report.hpp"

#include <algorithm>

#include "lang/raise.hpp"
#include "render/budgets.hpp"
#include "render/check_report.hpp"
#include "render/counterexample.hpp"
#include "render/recorded_run.hpp"
#include "render/report_page.hpp"

namespace funpass::render {

namespace {

constexpr size_t kMostRuns = 9;  // that are steppable; one for each digit key
constexpr uint64_t kLongestSample = 2'000;
constexpr uint64_t kLongestChart = 2'000;  // steps of a run that is also drawn as text

class Report {
 public:
  Report(const ReportSubject& subject, const CheckReport& report)
      : subject_(subject), report_(report), hosts_(subject.arena.hosts()), texts_(subject.arena) {}

  boost::json::object operator()() {
    boost::json::object out = document();
    out["file"] = subject_.source.name();
    out["command"] = subject_.command;
    out["text"] = checkText(report_, hosts_, subject_.data, {});
    out["check"] = checkJson(report_, hosts_);
    out["budget"] = budgetText(report_.failures, hosts_);
    out["results"] = results();
    out["coverage"] = coverage();
    out["rules"] = rules();
    out["source"] = subject_.source.text();
    out["hosts"] = hostList();
    if (subject_.budgets != nullptr) out["budgets"] = budgets();
    for (const PropertyReport& property : report_.properties) {
      properties_.emplace_back(boost::json::object{{"name", property.name},
                                                   {"verdict", view(verdictName(property.verdict))},
                                                   {"message", property.message},
                                                   {"budget", budgetText(property.failures, hosts_)}});
    }
    addRuns();
    out["properties"] = std::move(properties_);
    out["runs"] = std::move(runs_);
    out["texts"] = texts_.take();
    return out;
  }

 private:
  // ---- what was found

  boost::json::array results() const {
    boost::json::array out;
    for (uint32_t h = 0; h < report_.results.size(); ++h) {
      boost::json::array values;
      for (const ResultReport& result : report_.results[h])
        values.emplace_back(boost::json::object{{"text", result.named}, {"schedule", result.schedule.text()}});
      const bool none = std::find(report_.noResult.begin(), report_.noResult.end(), h) != report_.noResult.end();
      if (!values.empty() || none)
        out.emplace_back(boost::json::object{{"host", hosts_[h]}, {"values", std::move(values)}, {"none", none}});
    }
    return out;
  }

  boost::json::object coverage() const {
    const NeverApplied rules = neverApplied(report_, subject_.data);
    const auto list = [](const std::vector<std::string_view>& names) {
      boost::json::array out;
      for (const std::string_view name : names) out.emplace_back(view(name));
      return out;
    };
    return {{"why", view(rules.why)}, {"never", list(rules.never)}, {"off", list(rules.off)}};
  }

  static boost::json::object rules() {
    boost::json::object out;
    for (const RuleInfo& rule : allRules())
      if (isReduction(rule)) out[view(rule.name)] = view(rule.statement);
    return out;
  }

  // The hosts, with the lines of their blocks.
  boost::json::array hostList() const {
    boost::json::array out;
    for (uint32_t h = 0; h < hosts_.size(); ++h) {
      boost::json::object entry{{"name", hosts_[h]}};
      if (h < subject_.program.spans.size() && subject_.program.spans[h].end > subject_.program.spans[h].begin) {
        const Span span = subject_.program.spans[h];
        entry["lines"] = {subject_.source.position(span.begin).line, subject_.source.position(span.end).line};
      }
      out.emplace_back(std::move(entry));
    }
    return out;
  }

  boost::json::array budgets() const {
    boost::json::array out = budgetsJson(*subject_.budgets, hosts_);
    for (size_t i = 0; i < out.size(); ++i)
      out[i].as_object()["budget"] = budgetText(subject_.budgets->cells[i].failures, hosts_);
    return out;
  }

  // ---- runs

  void addRuns() {
    for (const ViolatedBySchedule& violated : violations(report_)) {
      if (runs_.size() >= kMostRuns) break;
      const PropertyReport& property = violated.first();
      const uint64_t run = addRun("violation", violationText(violated), property.failures, *property.schedule);
      for (const PropertyReport* shown : violated.properties) {
        showIn(*shown, run);
        if (shown->other && runs_.size() < kMostRuns)
          showIn(*shown, addRun("other", shown->name + ": with other results", shown->failures, *shown->other));
      }
    }
    for (const PropertyReport& property : report_.properties) {
      if (property.verdict != Verdict::Holds || !property.schedule || runs_.size() >= kMostRuns) continue;
      showIn(property,
             addRun("witness", property.name + " holds: a run that shows it", property.failures, *property.schedule));
    }
    if (!runs_.empty()) return;
    const FailureBudget none{{}, report_.failures.among};
    Semantics semantics(subject_.arena, subject_.rules, none.among);
    Configuration initial = subject_.program.initial;
    initial.budget = none.budget;
    const Schedule schedule = inTurn(subject_.arena, semantics, initial, kLongestSample);
    addRun("sample", "a sample run, in which the hosts take turns", none, schedule, true);
  }

  void showIn(const PropertyReport& property, uint64_t run) {
    boost::json::object& entry = properties_[static_cast<size_t>(&property - report_.properties.data())].as_object();
    if (!entry.contains("runs")) entry["runs"] = boost::json::array();
    entry["runs"].as_array().emplace_back(run);
  }

  // The number of the new run. After one with failures comes the same schedule without them.
  uint64_t addRun(const char* kind, const std::string& title, const FailureBudget& failures, const Schedule& schedule,
                  bool turns = false) {
    Semantics semantics(subject_.arena, subject_.rules, failures.among);
    Configuration initial = subject_.program.initial;
    initial.budget = failures.budget;
    const uint64_t number = runs_.size();
    boost::json::object run{{"kind", kind},
                            {"title", title},
                            {"budget", budgetText(failures, hosts_)},
                            {"schedule", schedule.text()},
                            {"command", subject_.replay(failures, turns ? nullptr : &schedule)}};
    boost::json::object companion;
    try {
      merge(run, recordedRun(subject_.arena, semantics, initial, schedule, texts_));
      const CounterexampleText text = counterexample(subject_.arena, semantics, initial, schedule, {});
      addTexts(run, text);
      if (text.without) {
        run["difference"] = text.without->difference;
        if (text.without->schedule.size() > 0) {
          run["without"] = number + 1;
          const Schedule& other = text.without->schedule;
          companion = {{"kind", "without"},
                       {"title", "the same without its failures"},
                       {"budget", run["budget"]},
                       {"schedule", other.text()},
                       {"of", number},
                       {"command", subject_.replay(failures, &other)}};
          merge(companion, recordedRun(subject_.arena, semantics, initial, other, texts_));
          addTexts(companion, counterexample(subject_.arena, semantics, initial, other, {}));
        }
      }
    } catch (const LimitReached& limit) {
      run["problem"] = limit.what;
      run.erase("without");
      companion.clear();
    }
    runs_.emplace_back(std::move(run));
    if (!companion.empty()) runs_.emplace_back(std::move(companion));
    return number;
  }

  static void merge(boost::json::object& into, boost::json::object from) {
    for (auto& entry : from) into[entry.key()] = std::move(entry.value());
  }

  static void addTexts(boost::json::object& run, const CounterexampleText& text) {
    if (text.length <= kLongestChart) run["chart"] = text.chart;
    if (!text.standstill.empty()) run["standstill"] = text.standstill;
    run["configuration"] = text.configuration;
  }

  const ReportSubject& subject_;
  const CheckReport& report_;
  const std::vector<std::string>& hosts_;
  TextTable texts_;
  boost::json::array properties_, runs_;
};

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

// In a script element `<` may be part of what ends it.
std::string asScript(const boost::json::object& data) {
  std::string out;
  for (const char c : boost::json::serialize(data)) out += c == '<' ? std::string("\\u003c") : std::string(1, c);
  return out;
}

}  // namespace

boost::json::object reportJson(const ReportSubject& subject, const CheckReport& report) {
  return Report(subject, report)();
}

std::string reportHtml(const boost::json::object& report) {
  const auto text = [&](const char* key) { return escaped(report.at(key).as_string()); };
  const std::vector<std::pair<std::string_view, std::string>> parts = {
      {"title", text("file")},    {"css", std::string(kReportCss)},       {"text", text("text")},
      {"data", asScript(report)}, {"model", std::string(kReportModelJs)}, {"view", std::string(kReportViewJs)},
  };
  std::string out;
  const std::string_view page = kReportHtml;
  for (size_t at = 0; at < page.size();) {
    const size_t begin = std::min(page.find("{{", at), page.size());
    out += page.substr(at, begin - at);
    if (begin == page.size()) break;
    const size_t end = page.find("}}", begin);
    const std::string_view name = page.substr(begin + 2, end - begin - 2);
    for (const auto& [key, content] : parts)
      if (key == name) out += content;
    at = end + 2;
  }
  return out;
}

}  // namespace funpass::render
