// Declarations and configuration literals.
#include "lang/print_emit.hpp"

namespace funpass::surface {

// ---- declarations

void Emitter::at(Index n) {
  const Index body = tree_.child(n, 0);
  text("at ");
  name(n);
  text(" {");
  put(What::Indent);
  if (isBareBlock(tree_, body)) {
    statements(body, true);
  } else {
    item(body, true);
  }
  closeItems(end(n));
  glued("}");
}

void Emitter::check(Index n) {
  const Node& node = tree_[n];
  const std::string& property = tree_.text(n);
  text("check ");
  work_.push_back({What::Keyword, {}, n});
  if (property == "result" || property == "reaches") {
    text(" ");
    child(n, 0);
    text(node.op == 0 ? " == " : " in ");
    put(What::OpenFilled);
    put(What::Indent);
    separated(n, 1, node.count, ",");
    put(What::Dedent);
    put(What::Close);
  } else if (node.count > 0) {
    text(" ");
    work_.push_back({What::NumberText, {}, n});
    text(" of ");
    put(What::OpenFilled);
    put(What::Indent);
    separated(n, 0, node.count, ",");
    put(What::Dedent);
    put(What::Close);
  }
}

// ---- configuration literals

void Emitter::hostLine(Index n) {
  const Node& node = tree_[n];
  const Index term = childOr0(tree_, n, 0), entries = childOr0(tree_, n, 1), asked = childOr0(tree_, n, 2);
  put(What::Open);
  text("host ");
  name(n);
  text(": ");
  put(What::Indent);
  if (node.op == 1) {
    text("crashed next ");
    work_.push_back({What::NumberText, {}, n});
  } else {
    if (isBareBlock(tree_, term)) {
      separated(term, 0, tree_[term].count, ";");
    } else {
      child(n, 0);
    }
    put(What::Line);
    text("| ");
    if (entries == 0) text("{ }");
    else child(n, 1);
    put(What::Line);
    text("next ");
    work_.push_back({What::NumberText, {}, n});
    if (asked != 0) {
      put(What::Line);
      child(n, 2);
    }
  }
  put(What::Dedent);
  put(What::Close);
}

/// (t, σ)^h, (t, σ, ρ)^h or †^h.
void Emitter::hostLineOnPaper(Index n) {
  const Index term = childOr0(tree_, n, 0), entries = childOr0(tree_, n, 1), asked = childOr0(tree_, n, 2);
  put(What::Open);
  if (tree_[n].op == 1) {
    work_.push_back({What::Dagger});
  } else {
    text("(");
    put(What::Indent);
    if (isBareBlock(tree_, term)) {
      separated(term, 0, tree_[term].count, ";");
    } else {
      child(n, 0);
    }
    glued(",");
    put(What::Line);
    if (entries == 0) work_.push_back({What::EmptySet});
    else child(n, 1);
    if (asked != 0) {
      glued(",");
      put(What::Line);
      child(n, 2);
    }
    put(What::Dedent);
    glued(")");
  }
  work_.push_back({What::Superscript, {}, n});
  put(What::Close);
}

void Emitter::store(Index n) {
  if (source() && tree_.kind(n) == Kind::Asked) text("asked ");
  const uint32_t count = tree_[n].count;
  if (count == 0) {
    if (source()) text("{ }");
    else work_.push_back({What::EmptySet});
    return;
  }
  put(What::Open);
  text("{");
  put(What::Indent);
  const What edge = source() ? What::Line : What::Soft;
  lineBefore(begin(tree_.child(n, 0)), edge);
  separated(n, 0, count, ",");
  closeLine(n, edge);
  glued("}");
  put(What::Close);
}

void Emitter::configItem(Index n, std::string_view label) {
  put(What::Open);
  text(label);
  put(What::Indent);
  if (tree_[n].count > 0) text(" ");
  separated(n, 0, tree_[n].count, ",");
  put(What::Dedent);
  put(What::Close);
}

void Emitter::resultEntry(Index n) {
  const Node& node = tree_[n];
  name(n);
  if (node.op == 0) {
    text(" none");
  } else if (node.op == 1) {
    text(" never");
  } else {
    text(" ");
    const Index value = tree_.child(n, 0);
    const bool ambiguous =
        tree_.kind(value) == Kind::Name && (tree_.text(value) == "none" || tree_.text(value) == "never");
    if (ambiguous) text("(");
    child(n, 0);
    if (ambiguous) glued(")");
  }
}

void Emitter::budgets(Index n) {
  const uint32_t count = tree_[n].count;
  uint32_t names = 0;
  while (names < count && tree_.kind(tree_.child(n, names)) == Kind::Budget) ++names;
  put(What::OpenFilled);
  text(names > 0 ? "budgets: " : "budgets:");
  put(What::Indent);
  separated(n, 0, names, ",");
  if (names < count) {
    text(" among ");
    separated(n, names, count, ",");
  }
  put(What::Dedent);
  put(What::Close);
}

void Emitter::config(Index n) {
  text("config {");
  put(What::Indent);
  bool first = true;
  for (const Index part : tree_.children(n)) {
    if (part == 0) continue;
    item(part, first);
    first = false;
  }
  closeItems(end(n));
  glued("}");
}

}  // namespace funpass::surface
