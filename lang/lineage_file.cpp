#include "lang/lineage_file.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "lang/raise_tree.hpp"
#include "lang/saved.hpp"

namespace funpass {

namespace {

constexpr int64_t kMostIds = int64_t{1} << 30U;

// What is wrong with the file, in words.
struct Wrong {
  std::string what;
};

std::string nodeName(int64_t id) { return "node " + std::to_string(id); }

const boost::json::value& member(const boost::json::object& object, const char* key, const std::string& of) {
  const boost::json::value* found = object.if_contains(key);
  if (found == nullptr) throw Wrong{of + " has no \"" + key + "\""};
  return *found;
}

// One line of text: what it says is parsed, and a line of what is parsed stands for one node.
std::string textOf(const boost::json::object& object, const char* key, const std::string& of) {
  const boost::json::string* text = member(object, key, of).if_string();
  if (text == nullptr) throw Wrong{of + ": \"" + key + "\" is no string"};
  if (text->empty()) throw Wrong{of + ": \"" + key + "\" is empty"};
  const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
  if (std::any_of(text->begin(), text->end(), isControl)) {
    throw Wrong{of + ": \"" + key + "\" has a line end or another control character"};
  }
  return std::string(text->data(), text->size());
}

int64_t idOf(const boost::json::object& object, const char* key, const std::string& of) {
  const int64_t* id = member(object, key, of).if_int64();
  if (id == nullptr || *id < 0 || *id >= kMostIds) throw Wrong{of + ": \"" + key + "\" is no number of a node"};
  return *id;
}

const boost::json::array& arrayOf(const boost::json::object& object, const char* key) {
  const boost::json::array* array = member(object, key, "the file").if_array();
  if (array == nullptr) throw Wrong{std::string("\"") + key + "\" is no array"};
  return *array;
}

const boost::json::object& objectAt(const boost::json::value& value, const char* key) {
  const boost::json::object* object = value.if_object();
  if (object == nullptr) throw Wrong{std::string("an entry of \"") + key + "\" is no object"};
  return *object;
}

LineageFile::Node nodeOf(const boost::json::object& object) {
  LineageFile::Node node;
  node.id = idOf(object, "id", "a node");
  const std::string name = nodeName(node.id);
  node.type = textOf(object, "type", name);
  node.leaf = object.contains("value");
  if (node.leaf == object.contains("spore"))
    throw Wrong{name + " has either a \"value\" or a \"parent\" and a \"spore\""};
  node.content = textOf(object, node.leaf ? "value" : "spore", name);
  if (!node.leaf) node.parent = idOf(object, "parent", name);
  return node;
}

// No node is its own ancestor.
void checkParents(const std::vector<LineageFile::Node>& nodes) {
  std::unordered_map<int64_t, const LineageFile::Node*> byId;
  for (const LineageFile::Node& node : nodes) byId.emplace(node.id, &node);
  std::unordered_map<int64_t, size_t> visited;  // by which walk
  for (size_t walk = 0; walk < nodes.size(); ++walk) {
    for (const LineageFile::Node* node = &nodes[walk];; node = byId.at(node->parent)) {
      const auto [before, isNew] = visited.emplace(node->id, walk);
      if (!isNew && before->second == walk) throw Wrong{nodeName(node->id) + " is its own ancestor"};
      if (!isNew || node->leaf) break;
    }
  }
}

LineageFile read(std::string_view json) {
  boost::json::error_code error;
  const boost::json::value document = boost::json::parse({json.data(), json.size()}, error);
  if (error) throw Wrong{"it is not JSON: " + error.message()};
  const boost::json::object* top = document.if_object();
  if (top == nullptr || !top->contains("nodes")) throw Wrong{"it is JSON, but no lineage"};
  const int64_t* schema = member(*top, "schema", "the file").if_int64();
  if (schema == nullptr || *schema != kLineageSchema) {
    throw Wrong{"its \"schema\" is not " + std::to_string(kLineageSchema) + ", the version that is read here"};
  }
  LineageFile file;
  file.type = textOf(*top, "type", "the file");
  file.root = idOf(*top, "root", "the file");
  std::unordered_set<int64_t> ids;
  const auto isNew = [&](int64_t id) {
    if (!ids.insert(id).second) throw Wrong{"the id " + std::to_string(id) + " is there twice"};
  };
  for (const boost::json::value& entry : arrayOf(*top, "nodes")) {
    file.nodes.push_back(nodeOf(objectAt(entry, "nodes")));
    isNew(file.nodes.back().id);
  }
  const std::unordered_set<int64_t> nodes = ids;
  if (nodes.count(file.root) == 0) throw Wrong{"its root, " + nodeName(file.root) + ", is missing"};
  for (const LineageFile::Node& node : file.nodes) {
    if (node.leaf || nodes.count(node.parent) != 0) continue;
    throw Wrong{nodeName(node.id) + ": its parent, " + nodeName(node.parent) + ", is missing"};
  }
  checkParents(file.nodes);
  if (top->contains("where")) {
    for (const boost::json::value& entry : arrayOf(*top, "where")) {
      const boost::json::object& part = objectAt(entry, "where");
      const int64_t id = idOf(part, "id", "a part");
      file.where.push_back({id, textOf(part, "text", "$" + std::to_string(id))});
      isNew(id);
    }
  }
  if (!top->contains("records")) return file;
  for (const boost::json::value& entry : arrayOf(*top, "records")) {
    if (!entry.is_string()) throw Wrong{"an entry of \"records\" is no string"};
    file.records.emplace_back(entry.get_string().data(), entry.get_string().size());
  }
  return file;
}

std::string quoted(std::string_view text) {
  return boost::json::serialize(boost::json::string(boost::json::string_view(text.data(), text.size())));
}

// The entries of an array, one a line.
std::string lines(const char* key, const std::vector<std::string>& entries) {
  std::string out = ",\n" + quoted(key) + ": [";
  for (size_t i = 0; i < entries.size(); ++i) out += (i == 0 ? "\n  " : ",\n  ") + entries[i];
  return out + "]";
}

}  // namespace

std::optional<LineageFile> readLineageFile(std::string_view json, std::string& problem) {
  try {
    return read(json);
  } catch (const Wrong& wrong) {
    problem = wrong.what;
    return std::nullopt;
  }
}

std::string lineageFileText(const Arena& arena, Handle saved) {
  std::unordered_map<Handle, int64_t> names;
  std::vector<Handle> nodes;
  for (const Lineages::Entry& entry : lineagesOf(arena, {{arena[saved][0], 0}}, valuesOf(arena, saved)).entries) {
    names.emplace(entry.lineage, arena[arena.idOf(entry.lineage)][1]);
    nodes.push_back(entry.lineage);
  }
  std::sort(nodes.begin(), nodes.end(), [&](Handle a, Handle b) { return names.at(a) < names.at(b); });

  surface::Tree tree;
  RaiseOptions options;
  options.named = &names;
  raising::Raiser raiser(arena, tree, options, true);
  struct Raised {
    surface::Index type, content;
  };
  std::vector<Raised> raised;
  const ValueOfLeaf value = valuesOf(arena, saved);
  for (const Handle node : nodes) {
    const surface::Index type = raiser.raise(arena[arena.idOf(node)][2]);
    raised.push_back({type, raiser.raise(arena.is(node, Tag::Mat) ? value(node, 0) : arena[node][2])});
  }
  const std::vector<surface::Index> where = raiser.finish();
  const auto printed = [&](surface::Index index) { return quoted(print(tree, index, {surface::Notation::Source, 0})); };

  std::vector<std::string> entries;
  for (size_t i = 0; i < nodes.size(); ++i) {
    std::string entry = "{\"id\": " + std::to_string(names.at(nodes[i])) + ", \"type\": " + printed(raised[i].type);
    if (arena.is(nodes[i], Tag::Mat)) {
      entry += ", \"value\": ";
    } else {
      entry += ", \"parent\": " + std::to_string(names.at(arena[nodes[i]][1])) + ", \"spore\": ";
    }
    entries.push_back(entry + printed(raised[i].content) + "}");
  }
  const Handle root = arena[saved][0];
  std::string out = "{\"schema\": " + std::to_string(kLineageSchema) +
                    ", \"type\": " + quoted(text(arena, arena[arena.idOf(root)][2])) +
                    ", \"root\": " + std::to_string(names.at(root)) + lines("nodes", entries);
  std::vector<std::string> parts;
  parts.reserve(where.size());
  for (const surface::Index part : where) {
    parts.push_back("{\"id\": " + std::to_string(tree[part].value) + ", \"text\": " + printed(tree.child(part, 0)) +
                    "}");
  }
  if (!parts.empty()) out += lines("where", parts);
  std::vector<std::string> records;
  for (const std::string& record : recordTexts(arena, raiser.records())) records.push_back(quoted(record));
  if (!records.empty()) out += lines("records", records);
  return out + "}\n";
}

LineageLiteral lineageLiteral(const LineageFile& file, const std::vector<std::string>& hosts,
                              const std::vector<std::string>& records, uint32_t first) {
  LineageLiteral literal;
  const auto line = [&literal](const std::string& text, int64_t id = -1) {
    literal.text += text + "\n";
    literal.lines.push_back(id);
  };
  std::unordered_map<int64_t, std::string> identifiers;
  for (const bool leaves : {true, false}) {
    for (const LineageFile::Node& node : file.nodes) {
      if (node.leaf != leaves) continue;
      identifiers[node.id] = "(currentHost," + std::to_string(first + literal.numbering.size()) + ")";
      literal.numbering.push_back(node.id);
    }
  }
  const auto share = [](int64_t id) { return "$" + std::to_string(id); };

  for (const std::string& record : records) line(record);
  line("config { host " + hosts[0] + ": fromLineage(" + hosts[0] + ", Saved(" + share(file.root));
  for (const LineageFile::Node& node : file.nodes) {
    if (node.leaf) line(", " + identifiers[node.id] + " -> " + node.content, node.id);
  }
  line(")) | { } next 0");
  for (size_t h = 1; h < hosts.size(); ++h) line("host " + hosts[h] + ": unit | { } next 0");
  line("messages:");
  std::string before = "types: ";
  for (const LineageFile::Node& node : file.nodes) {
    line(before + identifiers[node.id] + ": " + node.type, node.id);
    before = ", ";
  }
  before = "where: ";
  for (const LineageFile::Node& node : file.nodes) {
    const std::string& ident = identifiers[node.id];
    line(before + share(node.id) + " = " +
             (node.leaf ? "Mat(" + ident + ")" : "Applied(" + ident + ", " + share(node.parent) + ", " + node.content),
         node.id);
    if (!node.leaf) line(")", node.id);
    before = ", ";
  }
  for (const LineageFile::Part& part : file.where) line(before + share(part.id) + " = " + part.text, part.id);
  line("}");
  return literal;
}

}  // namespace funpass
