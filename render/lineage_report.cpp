#include "render/lineage_report.hpp"

#include <algorithm>
#include <functional>
#include <unordered_map>
#include <unordered_set>

#include "lang/raise.hpp"

namespace funpass::render {

namespace {

constexpr uint32_t kDotLabel = 60;

std::string identText(const Arena& arena, Handle ident) { return text(arena, ident); }

std::string hostsText(const Arena& arena, const std::vector<uint32_t>& hosts) {
  std::string out;
  for (const uint32_t h : hosts) out += (out.empty() ? "" : ", ") + arena.hosts()[h];
  return hosts.size() == 1 ? out : "[" + out + "]";
}

boost::json::array hostsJson(const Arena& arena, const std::vector<uint32_t>& hosts) {
  boost::json::array out;
  for (const uint32_t h : hosts) out.emplace_back(arena.hosts()[h]);
  return out;
}

// Writes spores and values, in which the lineages of the report are `$k`.
class Terms {
 public:
  Terms(const Arena& arena, const LineageReport& report) : arena_(arena) {
    for (const auto& [lineage, number] : report.graph.numbers) names_.emplace(lineage, number);
  }
  std::string operator()(Handle term, bool canonical) const {
    RaiseOptions options;
    options.canonicalNames = canonical;
    options.bareEmptyLists = arena_[term].isValue();
    options.named = &names_;
    surface::Tree tree;
    const surface::Index root = raise(arena_, term, tree, options);
    return surface::print(tree, root, {});
  }

 private:
  const Arena& arena_;
  std::unordered_map<Handle, int64_t> names_;
};

// The hosts other than `without` whose store has the value.
std::vector<uint32_t> copiesWithout(const LineageNode& node, uint32_t without) {
  std::vector<uint32_t> out;
  for (const uint32_t h : node.stores)
    if (h != without) out.push_back(h);
  return out;
}

std::string number(uint32_t n) { return "$" + std::to_string(n); }

// "$0 (a,0), $2 (a,2)", of a list that may be long. With `without`: and who but that host still has a copy.
std::string numbersText(const LineageReport& report, const Arena& arena, const std::vector<uint32_t>& nodes,
                        std::optional<uint32_t> without = {}) {
  constexpr size_t most = 12;
  std::string out;
  for (size_t i = 0; i < std::min(nodes.size(), most); ++i) {
    out += (i == 0 ? "" : ", ") + number(nodes[i]) + " " +
           identText(arena, arena.idOf(report.graph.nodes[nodes[i]].lineage));
    if (!without) continue;
    const std::vector<uint32_t> left = copiesWithout(report.graph.nodes[nodes[i]], *without);
    out += " (" + hostsText(arena, left) + " still " + (left.size() == 1 ? "has" : "have") + " a copy)";
  }
  if (nodes.size() > most) out += " and " + counted(nodes.size() - most, "other");
  return out;
}

boost::json::array identsJson(const LineageReport& report, const Arena& arena, const std::vector<uint32_t>& nodes) {
  boost::json::array out;
  for (const uint32_t n : nodes) out.emplace_back(identText(arena, arena.idOf(report.graph.nodes[n].lineage)));
  return out;
}

// Where the data of a node is.
std::string placesText(const Arena& arena, const LineageNode& node) {
  std::string out;
  if (!node.stores.empty()) out = "in the store of " + hostsText(arena, node.stores);
  if (!node.coming.empty()) out += (out.empty() ? "" : "; ") + ("on its way to " + hostsText(arena, node.coming));
  if (!out.empty()) return out;
  return arena.is(node.lineage, Tag::Mat) ? "lost: it is nowhere" : "computed when it is asked for";
}

std::string nodeText(const Arena& arena, const LineageReport& report, uint32_t n, const Terms& terms,
                     const Style& style) {
  const LineageNode& node = report.graph.nodes[n];
  const Node lineage = arena[node.lineage];
  const bool applied = lineage.is(Tag::Applied);
  std::string head = "  " + padded(number(n), 4) + " " + padded(identText(arena, lineage[0]), 8) + " " +
                     (applied ? "Applied " : "Mat     ");
  const std::string type = text(arena, arena[lineage[0]][2]);
  std::string out = shortened(head + type + " at " + hostsText(arena, node.hosts), style.width) + "\n";
  const auto line = [&](const std::string& content) {
    out += std::string(7, ' ') + shortened(content, style.width > 27 ? style.width - 7 : 20) + "\n";
  };
  if (applied) line("of " + number(node.needs.empty() ? n : node.needs[0]) + " by " + terms(lineage[2], false));
  if (node.value != 0) line("= " + terms(node.value, false));
  line(placesText(arena, node));
  return out;
}

std::string referenceText(const Arena& arena, const LineageReport& report, const ShownReference& shown) {
  const uint32_t n = report.graph.numbers.at(arena[shown.ref][0]);
  const LineageNode& node = report.graph.nodes[n];
  std::string out = "  ";
  if (shown.made && !shown.made->val.empty()) out += shown.made->val + " = ";
  out += "Ref(" + number(n) + ", " + hostsText(arena, node.hosts) + ")";
  if (shown.made)
    out += "  made by " + arena.hosts()[shown.made->host] + " in step " + std::to_string(shown.made->step);
  if (!shown.results.empty())
    out += (shown.made ? ", " : "  ") + ("in the result of " + hostsText(arena, shown.results));
  return out + "\n";
}

std::string lossText(const Arena& arena, const LineageReport& report, const CrashLoss& loss, const Style& style) {
  const std::string head = "if " + arena.hosts()[loss.host] + " crashes: ";
  std::string said;
  const auto add = [&](const char* what, const std::vector<uint32_t>& nodes, std::optional<uint32_t> without = {}) {
    if (!nodes.empty()) said += (said.empty() ? "" : "; ") + (what + numbersText(report, arena, nodes, without));
  };
  // What only hosts have that it was not put on is there, and nobody is asked for it.
  std::vector<uint32_t> gone, copied;
  for (const uint32_t n : loss.lost)
    (copiesWithout(report.graph.nodes[n], loss.host).empty() ? gone : copied).push_back(n);
  add("lost ", gone);
  add("cannot be asked for any more ", copied, loss.host);
  add("what cannot be computed any more ", loss.derived);
  add("computed again when asked for ", loss.again);
  return wrapped(head + (said.empty() ? "nothing is lost" : said), style.width, 2) + "\n";
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::vector<ShownReference> shownReferences(const Arena& arena, const RunResult& run, const std::string& of) {
  std::vector<ShownReference> all;
  std::unordered_map<Handle, size_t> known;  // by lineage
  const auto at = [&](Handle ref) -> ShownReference& {
    const auto [entry, isNew] = known.emplace(arena[ref][0], all.size());
    if (isNew) all.push_back({ref, std::nullopt, {}});
    return all[entry->second];
  };
  const auto host = std::find(arena.hosts().begin(), arena.hosts().end(), of);
  const bool ofHost = host != arena.hosts().end();
  const auto resultsOf = [&](uint32_t h) {
    for (const Handle r : referencesIn(arena, run.last.hosts[h].result)) at(r).results.push_back(h);
  };
  if (ofHost) resultsOf(static_cast<uint32_t>(host - arena.hosts().begin()));
  for (const MadeReference& made : run.references) {
    if (ofHost && known.count(arena[made.ref][0]) == 0) continue;
    if (!of.empty() && !ofHost && made.val != of) continue;
    ShownReference& shown = at(made.ref);
    if (!shown.made) shown.made = made;
  }
  for (uint32_t h = 0; h < run.last.hosts.size(); ++h) {
    const HostState& state = run.last.hosts[h];
    if (of.empty()) resultsOf(h);
    if (!of.empty() || state.crashed()) continue;
    for (const Handle part : {state.focus, state.context, state.store, state.inbox}) {
      for (const Handle r : referencesIn(arena, part)) at(r);
    }
  }
  return all;
}

LineageReport lineageReport(const Arena& arena, const RunResult& run, std::vector<ShownReference> references) {
  LineageReport report;
  report.references = std::move(references);
  std::vector<Handle> roots;
  for (const ShownReference& shown : report.references) roots.push_back(shown.ref);
  report.graph = lineageGraph(arena, run.last, roots);
  report.losses = crashLosses(arena, run.last, report.graph);
  return report;
}

std::string lineageText(const Arena& arena, const LineageReport& report, const Style& style) {
  if (report.references.empty()) return "there are no references\n";
  const Terms terms(arena, report);
  std::string out = "references\n";
  for (const ShownReference& shown : report.references) out += referenceText(arena, report, shown);
  out += "\nlineages\n";
  for (uint32_t n = 0; n < report.graph.nodes.size(); ++n) out += nodeText(arena, report, n, terms, style);
  out += "\n";
  for (const CrashLoss& loss : report.losses) out += lossText(arena, report, loss, style);
  return out;
}

std::string lineageDot(const Arena& arena, const LineageReport& report) {
  const Terms terms(arena, report);
  std::string out = "digraph lineage {\n  rankdir=BT;\n  node [shape=box, fontname=\"monospace\"];\n";
  for (uint32_t n = 0; n < report.graph.nodes.size(); ++n) {
    const LineageNode& node = report.graph.nodes[n];
    const Node lineage = arena[node.lineage];
    const bool applied = lineage.is(Tag::Applied);
    const auto line = [](const std::string& content) { return escaped(shortened(content, kDotLabel)) + "\\n"; };
    std::string label = line(number(n) + " " + (applied ? "Applied " : "Mat ") + identText(arena, lineage[0]) + ": " +
                             text(arena, arena[lineage[0]][2]));
    label += line("at " + hostsText(arena, node.hosts));
    if (applied) label += line(terms(lineage[2], false));
    if (node.value != 0) label += line("= " + terms(node.value, false));
    label += line(placesText(arena, node));
    const bool lost = !applied && node.value == 0 && node.coming.empty();
    out += "  n" + std::to_string(n) + " [label=\"" + label + "\"" + (applied ? ", style=rounded" : "") +
           (lost ? ", style=dashed" : "") + "];\n";
    for (size_t i = 0; i < node.needs.size(); ++i) {
      const bool parent = applied && i == 0;
      out += "  n" + std::to_string(n) + " -> n" + std::to_string(node.needs[i]) +
             (parent ? "" : " [style=dotted, label=\"refers to\"]") + ";\n";
    }
  }
  for (size_t i = 0; i < report.references.size(); ++i) {
    const ShownReference& shown = report.references[i];
    const bool named = shown.made && !shown.made->val.empty();
    if (!named && shown.results.empty()) continue;
    std::string label = named ? shown.made->val : "";
    if (!shown.results.empty()) label += (named ? ", " : "") + ("result of " + hostsText(arena, shown.results));
    out += "  r" + std::to_string(i) + " [shape=plain, label=\"" + escaped(label) + "\"];\n  r" + std::to_string(i) +
           " -> n" + std::to_string(report.graph.numbers.at(arena[shown.ref][0])) + ";\n";
  }
  return out + "}\n";
}

boost::json::object lineageJson(const Arena& arena, const LineageReport& report) {
  const Terms terms(arena, report);
  boost::json::array references;
  for (const ShownReference& shown : report.references) {
    const uint32_t n = report.graph.numbers.at(arena[shown.ref][0]);
    boost::json::object entry{{"node", n}, {"identifier", identText(arena, arena.idOf(arena[shown.ref][0]))}};
    if (shown.made) {
      entry["host"] = arena.hosts()[shown.made->host];
      entry["step"] = shown.made->step;
      if (!shown.made->val.empty()) entry["val"] = shown.made->val;
    }
    entry["results"] = hostsJson(arena, shown.results);
    references.emplace_back(std::move(entry));
  }
  boost::json::array nodes;
  for (uint32_t n = 0; n < report.graph.nodes.size(); ++n) {
    const LineageNode& node = report.graph.nodes[n];
    const Node lineage = arena[node.lineage];
    const bool applied = lineage.is(Tag::Applied);
    boost::json::object entry{{"node", n},
                              {"identifier", identText(arena, lineage[0])},
                              {"kind", applied ? "Applied" : "Mat"},
                              {"type", canonicalText(arena, arena[lineage[0]][2])},
                              {"hosts", hostsJson(arena, node.hosts)}};
    size_t first = 0;
    if (applied && !node.needs.empty()) entry["parent"] = node.needs[first++];
    if (applied) entry["spore"] = terms(lineage[2], true);
    boost::json::array refers;
    for (size_t i = first; i < node.needs.size(); ++i) refers.emplace_back(node.needs[i]);
    entry["refers"] = std::move(refers);
    if (node.value != 0) entry["value"] = terms(node.value, true);
    entry["stores"] = hostsJson(arena, node.stores);
    entry["coming"] = hostsJson(arena, node.coming);
    nodes.emplace_back(std::move(entry));
  }
  boost::json::array crashes;
  for (const CrashLoss& loss : report.losses) {
    crashes.emplace_back(boost::json::object{{"host", arena.hosts()[loss.host]},
                                             {"lost", identsJson(report, arena, loss.lost)},
                                             {"derived", identsJson(report, arena, loss.derived)},
                                             {"again", identsJson(report, arena, loss.again)}});
  }
  return {{"references", std::move(references)}, {"nodes", std::move(nodes)}, {"crashes", std::move(crashes)}};
}

}  // namespace funpass::render
