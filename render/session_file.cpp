#include "render/session_file.hpp"

#include <cstdio>

#include <boost/json/parse.hpp>

#include "lang/raise.hpp"
#include "render/json.hpp"

namespace funpass::render {

namespace {

// FNV-1a of the configuration as it is printed: tells programs apart that are not the same.
std::string fingerprint(Semantics& semantics, const Configuration& configuration) {
  LiteralOptions options;
  options.recovery = semantics.ruleSet().recovery;
  options.budgets = true;
  options.canonicalNames = true;
  for (uint32_t host = 0; host < configuration.hosts.size(); ++host)
    if (semantics.mayFail(host)) options.among.push_back(host);
  uint64_t hash = 14695981039346656037ULL;
  for (const char c : literalText(semantics.arena(), configuration, options)) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211ULL;
  }
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash));
  return digits;
}

std::optional<uint32_t> numberIn(const boost::json::value* value) {
  if (value == nullptr || !value->is_int64() || value->as_int64() < 0 || value->as_int64() > UINT32_MAX)
    return std::nullopt;
  return static_cast<uint32_t>(value->as_int64());
}

std::string textIn(const boost::json::object& object, std::string_view key) {
  const boost::json::value* found = object.if_contains(view(key));
  return found != nullptr && found->is_string() ? std::string(found->as_string().c_str()) : std::string();
}

class Restoring {
 public:
  Restoring(Semantics& semantics, const SessionLimits& limits) : semantics_(semantics), limits_(limits) {}

  RestoredSession operator()(const Configuration& initial, const std::string& command, std::string_view file) {
    boost::json::error_code error;
    const boost::json::value document = boost::json::parse(view(file), error);
    const boost::json::object* top = error ? nullptr : document.if_object();
    if (top == nullptr) return damaged("it is no JSON object");
    if (numberIn(top->if_contains("schema")) != static_cast<uint32_t>(kSchema) || textIn(*top, "program").empty())
      return damaged("it is no session, or one of another version");
    if (textIn(*top, "program") != fingerprint(semantics_, initial))
      return {std::nullopt, "it is a session of another program, or with other flags",
              "it was saved by `" + textIn(*top, "command") + "`, this is `" + command + "`"};
    Session session = startSession(semantics_.arena(), initial);
    const boost::json::value* tree = top->if_contains("tree");
    if (tree == nullptr || !tree->is_array()) return damaged("it has no tree");
    for (const boost::json::value& entry : tree->as_array())
      if (std::string wrong = grow(session, entry); !wrong.empty()) return damaged(wrong);
    const std::optional<uint32_t> cursor = numberIn(top->if_contains("cursor"));
    if (!cursor || *cursor >= session.tree.size()) return damaged("its cursor is at no configuration");
    const boost::json::value* marks = top->if_contains("marks");
    if (marks == nullptr || !marks->is_object()) return damaged("it has no bookmarks");
    for (const auto& mark : marks->as_object()) {
      const std::optional<uint32_t> node = numberIn(&mark.value());
      if (!node || *node >= session.tree.size()) return damaged("a bookmark is at no configuration");
      session.marks[std::string(mark.key().data(), mark.key().size())] = *node;
    }
    Command jump;
    jump.act = Act::Jump;
    jump.node = *cursor;
    update(semantics_, session, jump);
    return {std::move(session), {}, {}};
  }

 private:
  static RestoredSession damaged(const std::string& why) { return {std::nullopt, "the file is damaged: " + why, {}}; }

  // One more visit. Gives what is wrong with it, or nothing.
  std::string grow(Session& session, const boost::json::value& entry) {
    const boost::json::array* pair = entry.if_array();
    if (pair == nullptr || pair->size() != 2) return "the tree is made of pairs of numbers";
    const std::optional<uint32_t> parent = numberIn(&(*pair)[0]), index = numberIn(&(*pair)[1]);
    if (!parent || !index || *parent >= session.tree.size()) return "a configuration comes before the one it follows";
    if (session.tree.size() >= limits_.maxNodes) return "it has too many configurations";
    const std::vector<Step> steps = semantics_.steps(session.tree[*parent].configuration);
    if (*index >= steps.size()) return "it takes a step that is not there";
    const size_t before = session.tree.size();
    visit(semantics_.arena(), session, *parent, *index, steps[*index]);
    if (session.tree.size() == before) return "a step is there twice";
    session.tree[*parent].ahead = static_cast<uint32_t>(before);
    return {};
  }

  Semantics& semantics_;
  const SessionLimits& limits_;
};

}  // namespace

std::string sessionFileText(Semantics& semantics, const Session& session, const std::string& command,
                            std::string_view version) {
  boost::json::object out = document();
  out["version"] = view(version);
  out["command"] = command;
  out["program"] = fingerprint(semantics, session.tree[0].configuration);
  boost::json::array tree;
  for (uint32_t node = 1; node < session.tree.size(); ++node)
    tree.emplace_back(boost::json::array{session.tree[node].parent, session.tree[node].index});
  out["tree"] = std::move(tree);
  out["cursor"] = session.cursor;
  boost::json::object marks;
  for (const auto& [name, node] : session.marks) marks[name] = node;
  out["marks"] = std::move(marks);
  return line(out);
}

RestoredSession restoreSession(Semantics& semantics, const Configuration& initial, const std::string& command,
                               std::string_view file, const SessionLimits& limits) {
  return Restoring(semantics, limits)(initial, command, file);
}

}  // namespace funpass::render
