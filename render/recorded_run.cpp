#include "render/recorded_run.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "lang/context.hpp"
#include "render/lineage_report.hpp"
#include "render/short_text.hpp"
#include "render/step.hpp"
#include "semantics/recovery.hpp"

namespace funpass::render {

// ---- texts

namespace {

constexpr char kHole = '\1';
const std::vector<std::string> kHoleName = {std::string(1, kHole)};

}  // namespace

TextTable::TextTable(Arena& arena) : arena_(arena), hole_(arena.make(Tag::Var, 0)) {}

int64_t TextTable::add(const std::string& text) {
  bytes_ += text.size();
  texts_.emplace_back(text);
  return static_cast<int64_t>(texts_.size()) - 1;
}

uint32_t TextTable::width() const {
  constexpr uint64_t much = 1'000'000;
  return bytes_ < much ? 1'200 : bytes_ < 2 * much ? 400 : bytes_ < 3 * much ? 160 : 60;
}

int64_t TextTable::text(const std::string& text) {
  const auto found = known_.find(text);
  if (found != known_.end()) return found->second;
  const int64_t number = add(text);
  known_.emplace(text, number);
  return number;
}

int64_t TextTable::node(Handle node) {
  const auto [found, isNew] = nodes_.emplace(node, 0);
  if (isNew) found->second = add(shortText(arena_, node, width()));
  return found->second;
}

int64_t TextTable::result(Handle result) {
  const auto [found, isNew] = results_.emplace(result, 0);
  if (isNew) found->second = add(shortened(resultText(arena_, result, 2 * width()), width()));
  return found->second;
}

int64_t TextTable::context(Handle context) {
  const auto [found, isNew] = contexts_.emplace(context, 0);
  if (isNew) found->second = add(contextText(context));
  return found->second;
}

std::string TextTable::contextText(Handle context) {
  if (context == 0) return kHoleName.front();
  const uint32_t room = width() / 2;
  for (const uint32_t most : {64U, 16U, 4U, 1U}) {
    Handle term = hole_;
    Handle frame = context;
    // A header or an argument list is no term by itself.
    const auto isPart = [&] { return arena_.is(term, Tag::Entry) || arena_.is(term, Tag::Arg); };
    for (uint32_t n = 0; frame != 0 && (n < most || isPart()); ++n, frame = outer(arena_, frame))
      term = fill(arena_, frame, term);
    const std::string text = boundedText(arena_, term, 4 * room, kHoleName);
    const size_t at = text.find(kHole);
    if (at == std::string::npos) continue;
    return (frame == 0 ? "" : "… ") + shortened(text.substr(0, at), room) + kHole +
           shortened(text.substr(at + 1), room);
  }
  return "… " + kHoleName.front();
}

boost::json::array TextTable::take() {
  known_.clear();
  for (Known* known : {&nodes_, &results_, &contexts_}) known->clear();
  bytes_ = 0;
  return std::exchange(texts_, {});
}

// ---- runs

Schedule inTurn(Arena& arena, Semantics& semantics, const Configuration& initial, uint64_t most) {
  Schedule schedule;
  Configuration current = initial;
  const auto hosts = static_cast<uint32_t>(current.hosts.size());
  try {
    for (uint32_t host = 0, idle = 0; idle < hosts && schedule.size() < most; host = (host + 1) % hosts) {
      const std::optional<Step> step = semantics.firstStep(current, host);
      idle = step ? 0 : idle + 1;
      if (!step) continue;
      uint32_t index = 0;
      for (uint32_t before = 0; before < host; ++before) index += semantics.countSteps(current, before);
      apply(arena, *step, current);
      schedule.add(index);
    }
  } catch (const LimitReached&) {
    return schedule;
  }
  return schedule;
}

namespace {

class Recorder {
 public:
  Recorder(Arena& arena, TextTable& texts, const Configuration& start, uint64_t first, std::vector<MadeReference> made)
      : arena_(arena), texts_(texts), first_(first), inboxes_(start.hosts.size()) {
    run_.last = start;
    run_.references = std::move(made);
    for (uint32_t host = 0; host < start.hosts.size(); ++host) {
      start_.emplace_back(stateChange(host, {}, start.hosts[host]));
      for (const Pending& pending : messages(arena_, start.hosts[host].inbox))
        for (uint32_t i = 0; i < pending.count; ++i) post(kNobody, host, pending.message);
    }
    look();
  }

  void take(const Step& step, uint32_t index) {
    ++steps_;
    Configuration before = run_.last;
    apply(arena_, step, run_.last);
    boost::json::object entry{{"rule", texts_.text(ruleName(step))}, {"host", step.host}, {"index", index}};
    const bool failure = isFailure(step);
    if (failure) {
      entry["failure"] = texts_.text(failureText(step, arena_.hosts()[step.host]));
    } else {
      entry["redex"] = texts_.node(step.redex);
      entry["contractum"] = texts_.node(step.contractum);
    }
    boost::json::array again;
    for (const LostRequest& lost : step.lost)
      again.emplace_back(boost::json::array{lost.host, texts_.node(lost.ident)});
    if (!again.empty()) entry["again"] = std::move(again);
    exchange(before.hosts[step.host], step, entry);
    bool moved = false;
    boost::json::array changes;
    for (uint32_t host = 0; host < before.hosts.size(); ++host) {
      const HostState &old = before.hosts[host], &now = run_.last.hosts[host];
      if (old == now) continue;
      moved = moved || old.store != now.store || old.inbox != now.inbox || old.crashed() != now.crashed();
      boost::json::object change = stateChange(host, old, now);
      if (change.size() > 1) changes.emplace_back(std::move(change));
    }
    entry["changes"] = std::move(changes);
    if (auto made = madeReference(arena_, before.hosts[step.host], step, first_ + steps_)) {
      run_.references.push_back(std::move(*made));
      moved = true;
    }
    if (moved && !stale_) views_.back().as_object()["stale"] = steps_;
    stale_ = stale_ || moved;
    if (stale_ && steps_ >= nextLook_) look();
    out_.emplace_back(std::move(entry));
  }

  // `whole`: no limit ended it.
  boost::json::object done(bool whole) {
    if (stale_ && whole) look();
    return {{"first", first_},
            {"start", std::move(start_)},
            {"steps", std::move(out_)},
            {"messages", std::move(messages_)},
            {"lineages", std::move(lineages_)},
            {"views", std::move(views_)}};
  }

 private:
  struct Waiting {
    Handle message;
    uint64_t number;
  };

  // ---- hosts

  boost::json::object stateChange(uint32_t host, const HostState& old, const HostState& now) {
    boost::json::object out{{"host", host}};
    if (old.focus != now.focus || old.context != now.context) {
      if (now.crashed()) {
        out["focus"] = nullptr;
      } else {
        out["focus"] = texts_.node(now.focus);
        if (!isValue(arena_, now)) out["context"] = texts_.context(now.context);
      }
    } else if (now.crashed()) {
      out["focus"] = nullptr;
    }
    if (old.store != now.store) out["store"] = mapChange(old.store, now.store);
    if (old.asked != now.asked) out["asked"] = mapChange(old.asked, now.asked);
    const bool none =
        now.result == 0 || arena_.is(now.result, Tag::NoResult) || arena_.is(now.result, Tag::NeverResult);
    if (old.result != now.result && !none) out["result"] = texts_.result(now.result);
    return out;
  }

  // [[ι, v], …]: what is new; [ι]: what is gone.
  boost::json::array mapChange(Handle old, Handle now) {
    boost::json::array out;
    for (const Handle leaf : entries(arena_, old))
      if (lookup(arena_, now, arena_[leaf][0]) == 0) out.emplace_back(boost::json::array{texts_.node(arena_[leaf][0])});
    for (const Handle leaf : entries(arena_, now)) {
      const Node entry = arena_[leaf];
      if (valueAt(arena_, old, entry[0]) == entry[1]) continue;
      out.emplace_back(boost::json::array{texts_.node(entry[0]), value(entry[1])});
    }
    return out;
  }

  int64_t value(Handle node) {
    if (!arena_.is(node, Tag::Asked)) return texts_.node(node);
    const Node asked = arena_[node];
    const std::string who = asked[1] == kNobody ? "to be asked again" : "asked " + arena_.hosts()[asked[1]];
    return texts_.text(who + ", by " + shortText(arena_, asked[0], kBrief));
  }

  // ---- messages

  // `from` is kNobody if it was there at the start, or is a copy.
  uint64_t post(uint32_t from, uint32_t to, Handle message) {
    const Node node = arena_[message];
    const bool request = node.is(Tag::Req);
    const std::string label = (request ? "Req " : "Res ") + shortText(arena_, node[request ? 2 : 0], kBrief);
    boost::json::object entry{
        {"text", texts_.node(message)}, {"label", texts_.text(label)}, {"sent", steps_}, {"to", to}};
    if (from != kNobody) entry["from"] = from;
    messages_.emplace_back(std::move(entry));
    inboxes_[to].push_back({message, messages_.size() - 1});
    return messages_.size() - 1;
  }

  // What leaves the host's inbox by the step, and what is sent.
  void exchange(const HostState& before, const Step& step, boost::json::object& entry) {
    const std::string& name = arena_.hosts()[step.host];
    const std::string lost = step.rule == Rule::FCrash ? name + " crashed" : step.rule == Rule::FDrop ? "dropped" : "";
    const std::vector<Pending> left = messages(arena_, step.after.inbox);
    boost::json::array gone, sent;
    for (const Pending& pending : messages(arena_, before.inbox)) {
      const auto same = std::find_if(left.begin(), left.end(),
                                     [&](const Pending& other) { return other.message == pending.message; });
      for (uint32_t n = same == left.end() ? 0 : same->count; n < pending.count; ++n)
        gone.emplace_back(end(step.host, pending.message, lost));
    }
    const uint32_t from = isFailure(step) ? kNobody : step.host;
    for (const Sent& one : step.sent) {
      sent.emplace_back(post(from, one.host, one.message));
      if (run_.last.hosts[one.host].crashed()) end(one.host, one.message, arena_.hosts()[one.host] + " has crashed");
    }
    if (!gone.empty()) entry["gone"] = std::move(gone);
    if (!sent.empty()) entry["sent"] = std::move(sent);
  }

  // The oldest such message to the host is there no more: taken, or lost by something.
  uint64_t end(uint32_t host, Handle message, const std::string& lostBy) {
    std::vector<Waiting>& inbox = inboxes_[host];
    const auto found =
        std::find_if(inbox.begin(), inbox.end(), [&](const Waiting& waiting) { return waiting.message == message; });
    const uint64_t number = found->number;
    inbox.erase(found);
    boost::json::object& entry = messages_[number].as_object();
    entry["end"] = steps_;
    if (!lostBy.empty()) entry["lost"] = lostBy;
    return number;
  }

  // ---- lineages

  // Where the lineages' data is now. A look at many of them is not repeated at once, so that all looks together are
  // about as large as the run.
  void look() {
    constexpr uint64_t nodesPerStep = 16;
    const LineageReport report = lineageReport(arena_, run_, shownReferences(arena_, run_, ""));
    boost::json::array nodes, losses;
    std::vector<uint64_t> numbers;
    for (const LineageNode& node : report.graph.nodes) numbers.push_back(lineage(report, node, numbers));
    for (size_t n = 0; n < numbers.size(); ++n) {
      const LineageNode& node = report.graph.nodes[n];
      boost::json::object entry{{"lineage", numbers[n]}};
      if (!node.stores.empty()) entry["stores"] = boost::json::array(node.stores.begin(), node.stores.end());
      if (!node.coming.empty()) entry["coming"] = boost::json::array(node.coming.begin(), node.coming.end());
      if (node.value != 0) entry["value"] = texts_.node(node.value);
      nodes.emplace_back(std::move(entry));
    }
    for (const CrashLoss& loss : report.losses) {
      boost::json::object entry{{"host", loss.host}};
      const auto list = [&](const char* key, const std::vector<uint32_t>& which) {
        boost::json::array out;
        for (const uint32_t n : which) out.emplace_back(numbers[n]);
        if (!out.empty()) entry[key] = std::move(out);
      };
      list("lost", loss.lost);
      list("derived", loss.derived);
      list("again", loss.again);
      losses.emplace_back(std::move(entry));
    }
    stale_ = false;
    nextLook_ = steps_ + 1 + nodes.size() / nodesPerStep;
    if (!views_.empty()) {
      boost::json::object& last = views_.back().as_object();
      if (last["nodes"] == nodes && last["crashes"] == losses) {
        last.erase("stale");
        return;
      }
    }
    views_.emplace_back(
        boost::json::object{{"step", steps_}, {"nodes", std::move(nodes)}, {"crashes", std::move(losses)}});
  }

  // The number of a lineage, which never changes; `numbers` are those of the nodes before it.
  uint64_t lineage(const LineageReport& report, const LineageNode& node, const std::vector<uint64_t>& numbers) {
    const auto [found, isNew] = lineageNumbers_.emplace(node.lineage, lineages_.size());
    if (!isNew) return found->second;
    const Node lineage = arena_[node.lineage];
    const bool applied = lineage.is(Tag::Applied);
    boost::json::object entry{{"identifier", texts_.node(lineage[0])},
                              {"kind", applied ? "Applied" : "Mat"},
                              {"type", texts_.node(arena_[lineage[0]][2])},
                              {"hosts", boost::json::array(node.hosts.begin(), node.hosts.end())}};
    if (applied) entry["spore"] = texts_.node(lineage[2]);
    if (applied && !node.needs.empty()) entry["parent"] = numbers[node.needs.front()];
    for (const ShownReference& shown : report.references) {
      if (!shown.made || arena_[shown.ref][0] != node.lineage) continue;
      entry["by"] = shown.made->host;
      entry["step"] = shown.made->step;
      if (!shown.made->val.empty()) entry["val"] = shown.made->val;
    }
    lineages_.emplace_back(std::move(entry));
    return found->second;
  }

  static constexpr uint32_t kBrief = 40;

  Arena& arena_;
  TextTable& texts_;
  uint64_t first_;                             // steps before those that are recorded
  uint64_t steps_ = 0;                         // recorded
  RunResult run_;                              // its last configuration and its references
  std::vector<std::vector<Waiting>> inboxes_;  // per host, the oldest first
  boost::json::array start_, out_, messages_, lineages_, views_;
  std::unordered_map<Handle, uint64_t> lineageNumbers_;
  bool stale_ = false;
  uint64_t nextLook_ = 0;
};

}  // namespace

boost::json::object recordedRun(Arena& arena, Semantics& semantics, const Configuration& initial,
                                const Schedule& schedule, TextTable& texts) {
  const uint64_t first = schedule.size() > kRecordedSteps ? schedule.size() - kRecordedSteps : 0;
  std::vector<MadeReference> made;
  std::optional<Recorder> recorder;
  try {
    Configuration current = initial;
    if (first == 0) recorder.emplace(arena, texts, initial, 0, std::vector<MadeReference>());
    uint64_t number = 0;
    for (const Schedule::Repeat& repeat : schedule.repeats()) {
      for (uint64_t i = 0; i < repeat.times; ++i) {
        const std::vector<Step> steps = semantics.steps(current);
        if (repeat.index >= steps.size()) break;
        const Step& step = steps[repeat.index];
        ++number;
        if (recorder) {
          recorder->take(step, repeat.index);
        } else if (auto reference = madeReference(arena, current.hosts[step.host], step, number)) {
          made.push_back(std::move(*reference));
        }
        apply(arena, step, current);
        if (number == first) recorder.emplace(arena, texts, current, first, std::exchange(made, {}));
      }
    }
    return recorder ? recorder->done(true) : boost::json::object();
  } catch (const LimitReached& limit) {
    boost::json::object out = recorder ? recorder->done(false) : boost::json::object();
    out["problem"] = limit.what;
    return out;
  }
}

}  // namespace funpass::render
