// What the tests of the parser share: trees and errors as text.
#pragma once

#include <array>
#include <string>
#include <utility>

#include "lang/parse.hpp"

namespace funpass::surface::test {

inline constexpr std::array<const char*, 56> kindNames{
    "Missing",     "Erroneous", "Name",       "Int",      "Unit",      "String",   "True",       "False",
    "CurrentHost", "Lambda",    "Spore",      "Call",     "Method",    "Field",    "Binary",     "Not",
    "If",          "List",      "EmptyList",  "Block",    "Paren",     "Val",      "Binder",     "Entry",
    "Identifier",  "Ref",       "Mat",        "Applied",  "Share",     "TypeName", "Generic",    "Arrow",
    "SporeArrow",  "HostDecl",  "RecordDecl", "Def",      "At",        "Check",    "HostLine",   "Store",
    "Binding",     "Asked",     "AskedEntry", "Messages", "Message",   "Req",      "Res",        "Results",
    "ResultEntry", "Budgets",   "Budget",     "Types",    "TypeEntry", "Where",    "WhereEntry", "Config"};

/// The tree as an S-expression; names, integers, type names and operators are written bare.
inline std::string show(const Tree& tree, Index i) {
  const Node& node = tree[i];
  if (node.kind == Kind::Missing) return "_";
  if (node.kind == Kind::Name && node.op == 0) return tree.text(i);
  if (node.kind == Kind::TypeName) return tree.text(i);
  if (node.kind == Kind::Int) return std::to_string(node.value);
  std::string out = "(";
  if (node.kind == Kind::Binary) {
    out += info(static_cast<BinaryOp>(node.op)).text;
  } else {
    out += kindNames.at(static_cast<std::size_t>(node.kind));
    if (node.op != 0) out += "/" + std::to_string(node.op);
  }
  if (node.text != 0) out += " " + tree.text(i);
  const bool counts = node.kind == Kind::Identifier || node.kind == Kind::HostLine || node.kind == Kind::Budget ||
                      node.kind == Kind::Share || node.kind == Kind::WhereEntry;
  if (node.value != 0 || counts) out += " " + std::to_string(node.value);
  for (const Index child : tree.children(i)) out += " " + show(tree, child);
  return out + ")";
}

inline std::string places(const Source& source, const Diagnostics& found) {
  std::string out;
  for (const Diagnostic& d : found) {
    if (!out.empty()) out += "\n";
    if (d.span) {
      const Position p = source.position(d.span->begin);
      out += std::to_string(p.line) + ":" + std::to_string(p.column) + ": ";
    }
    out += (d.rule == "syntax" ? "" : d.rule + ": ") + d.message;
  }
  return out;
}

struct Parsed {
  std::string trees;
  std::string errors;
  std::string help;
};

using Parser = Tree (*)(const Source&, const ParseOptions&, Diagnostics&);

inline Parsed parsed(Parser parser, const std::string& text, bool core = false) {
  const Source source("t", text);
  Diagnostics found;
  ParseOptions options;
  options.core = core;
  const Tree tree = parser(source, options, found);
  Parsed result;
  for (const Index i : tree.declarations) {
    if (parser == parseTerm && tree.kind(i) == Kind::HostDecl) continue;
    if (!result.trees.empty()) result.trees += " ";
    result.trees += show(tree, parser == parseTerm ? tree.child(i, 0) : i);
  }
  result.errors = places(source, found);
  if (!found.empty()) result.help = found[0].help;
  return result;
}

inline std::string good(Parser parser, const std::string& text, bool core) {
  const Parsed result = parsed(parser, text, core);
  return result.errors.empty() ? result.trees : result.errors;
}
inline std::string term(const std::string& text) { return good(parseTerm, text, false); }
inline std::string coreTerm(const std::string& text) { return good(parseTerm, text, true); }
inline std::string type(const std::string& text) { return good(parseType, text, false); }
inline std::string program(const std::string& text) { return good(parse, text, false); }

inline std::string error(const std::string& text) { return parsed(parseTerm, text).errors; }
inline std::string help(const std::string& text) { return parsed(parseTerm, text).help; }
inline std::string programError(const std::string& text) { return parsed(parse, text).errors; }
inline std::string programHelp(const std::string& text) { return parsed(parse, text).help; }

inline std::string repeat(const std::string& part, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

/// The errors of a long text, and the number of nodes.
inline std::pair<std::string, std::size_t> parseLong(const std::string& text, Parser parser = parseTerm) {
  const Source source("t", text);
  Diagnostics found;
  const Tree tree = parser(source, {}, found);
  return {places(source, found), tree.nodes.size()};
}

}  // namespace funpass::surface::test
