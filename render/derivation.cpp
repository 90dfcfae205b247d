#include "render/derivation.hpp"

#include <algorithm>

#include "lang/raise.hpp"
#include "render/formula.hpp"
#include "render/short_text.hpp"

namespace funpass::render {

namespace {

// The names in Γ of every inference: linked lists, the innermost first. 0 is the empty list.
class Names {
 public:
  Names(const Arena& arena, const Derivation& derivation, bool canonical)
      : arena_(arena), derivation_(derivation), canonical_(canonical), of_(derivation.inferences.size(), 0) {
    // Conclusions stand behind their premises, so going backwards each is named before its premises are.
    std::vector<bool> known(of_.size(), false);
    for (size_t i = of_.size(); i-- > 0;) {
      const std::vector<uint32_t>& premises = derivation.inferences[i].premises;
      for (size_t k = 0; k < premises.size(); ++k) {
        if (known[premises[k]]) continue;
        known[premises[k]] = true;
        of_[premises[k]] = inPremise(i, k + 1 == premises.size());
      }
    }
  }

  std::vector<std::string> operator[](size_t inference) const {
    std::vector<std::string> names;
    for (uint32_t at = of_[inference]; at != 0; at = links_[at - 1].outer) names.push_back(links_[at - 1].name);
    return names;
  }

 private:
  struct Link {
    std::string name;
    uint32_t outer;
    uint32_t length;
  };

  uint32_t inPremise(size_t conclusion, bool last) {
    const Inference& inference = derivation_.inferences[conclusion];
    const uint32_t outside = of_[conclusion];
    if (!last || inference.subject == 0) return outside;
    const Node node = arena_[inference.subject];
    if (inference.rule == Rule::TAbs && node.is(Tag::Lambda)) return bind(inference.subject, outside);
    if (inference.rule != Rule::TSpore || !node.is(Tag::Spore)) return outside;
    // A spore's body sees its header and its parameter alone: index 0 is the parameter, k ≥ 1 the k-th entry.
    std::vector<Handle> header;
    for (Handle entry = node[0]; entry != 0; entry = arena_[entry][2]) header.push_back(entry);
    if (canonical_) {
      const auto count = static_cast<uint32_t>(header.size());
      uint32_t list = 0;
      for (uint32_t k = count; k-- > 0;) list = add("x" + std::to_string(k), list);
      return add("x" + std::to_string(count), list);
    }
    uint32_t list = 0;
    for (size_t k = header.size(); k-- > 0;) list = bind(header[k], list);
    return bind(inference.subject, list);
  }

  uint32_t bind(Handle binder, uint32_t outer) {
    if (canonical_) return add("x" + std::to_string(outer == 0 ? 0 : links_[outer - 1].length), outer);
    const Symbol symbol = arena_.nameOf(binder);
    std::string name = symbol == 0 ? "x" : arena_.text(symbol);
    const auto isUsed = [&] {
      for (uint32_t at = outer; at != 0; at = links_[at - 1].outer)
        if (links_[at - 1].name == name) return true;
      return false;
    };
    while (isUsed()) name += "'";
    return add(name, outer);
  }

  uint32_t add(std::string name, uint32_t outer) {
    links_.push_back({std::move(name), outer, 1 + (outer == 0 ? 0 : links_[outer - 1].length)});
    return static_cast<uint32_t>(links_.size());
  }

  const Arena& arena_;
  const Derivation& derivation_;
  bool canonical_;
  std::vector<uint32_t> of_;
  std::vector<Link> links_;
};

bool isTyping(Rule rule) { return info(rule).judgement == Judgement::Typing; }

// Γ within about `width` columns: the innermost names last, those that do not fit left out.
std::string gammaText(const Arena& arena, Handle gamma, const std::vector<std::string>& names, uint32_t width) {
  if (gamma == 0) return "∅";
  std::string out;
  size_t k = 0;
  for (; gamma != 0 && k < names.size(); gamma = arena[gamma][1], ++k) {
    const std::string entry = names[k] + ": " + shortText(arena, arena[gamma][0], width);
    if (!out.empty() && columnsOf(out) + columnsOf(entry) + 2 > width) return "…, " + out;
    out = entry + (out.empty() ? "" : ", " + out);
  }
  return out;
}

// Words of a judgement, in the rule table's notation, or a node within that many columns.
struct Part {
  std::string words;
  Handle node = 0;
  uint32_t width = 0;
};

// What a WF-* rule concludes, without a type.
std::vector<Part> wfConclusion(const Arena& arena, const Inference& inference, uint32_t width) {
  const std::string host = inference.host == kNobody ? std::string() : arena.hosts()[inference.host];
  if (inference.rule == Rule::WFStore1) return {{"∅ ⊢ ∅ (the empty store of " + host + ")"}};
  if (inference.rule == Rule::WFStoreSup) return {{"Σ ⊢ ∅ (the empty store of " + host + ")"}};
  if (inference.rule == Rule::WFHost2) return {{"Σ ⊢ {" + host + "} ∪ H"}};
  if (inference.subject == 0) {
    const RuleInfo& rule = info(inference.rule);
    return {{std::string(rule.premises.empty() ? rule.statement : judgementText(rule.judgement))}};
  }
  const Node node = arena[inference.subject];
  if (node.is(Tag::Leaf)) {
    return {{"Σ ⊢ " + (host.empty() ? "leaf " : "store of " + host + " with ")},
            {{}, node[0], width},
            {" -> "},
            {{}, node[1], width > 30 ? width - 30 : 1}};
  }
  const std::string before = host.empty() ? "" : host + (inference.rule == Rule::WFHostConfig ? ": " : " <- ");
  const uint32_t used = columnsOf(before) + 4;
  return {{"Σ ⊢ " + before}, {{}, inference.subject, width > used + 16 ? width - used : 16}};
}

std::string judgementOf(const Arena& arena, const Inference& inference, const std::vector<std::string>& names,
                        uint32_t width) {
  if (isTyping(inference.rule)) {
    const std::string gamma = gammaText(arena, inference.gamma, names, width / 3) + "; Σ ⊢ ";
    std::string type = shortText(arena, inference.type, width / 3);
    const uint32_t used = columnsOf(gamma) + columnsOf(type) + 3;
    const uint32_t room = width > used + 16 ? width - used : 16;
    return gamma + shortText(arena, inference.subject, room, names) + " : " + type;
  }
  std::string out;
  for (const Part& part : wfConclusion(arena, inference, width))
    out += part.node == 0 ? part.words : shortText(arena, part.node, part.width);
  if (inference.type != 0) out += " : " + shortText(arena, inference.type, width / 3);
  return out;
}

}  // namespace

std::string derivationText(const Arena& arena, const Derivation& derivation, uint32_t conclusion, const Style& style) {
  constexpr uint32_t ruleWidth = 15, narrowest = 32;
  const Names names(arena, derivation, false);
  const uint32_t deepest = style.width / 6;  // levels that are indented; deeper ones say their depth
  struct Line {
    uint32_t inference;
    uint32_t depth;
  };
  std::vector<Line> stack{{conclusion, 0}};
  std::vector<bool> shown(derivation.inferences.size(), false);
  std::string out;
  while (!stack.empty()) {
    const Line at = stack.back();
    stack.pop_back();
    const Inference& inference = derivation.inferences[at.inference];
    std::string indent(2 * std::min(at.depth, deepest), ' ');
    if (at.depth > deepest) indent += "(" + std::to_string(at.depth) + ") ";
    const uint32_t used = columnsOf(indent) + ruleWidth + 1;
    const uint32_t room = style.width > used + narrowest ? style.width - used : narrowest;
    const bool again = shown[at.inference] && !inference.premises.empty();
    shown[at.inference] = true;
    out += indent + inked(padded(info(inference.rule).name, ruleWidth), Ink::Rule, style) + " ";
    out += judgementOf(arena, inference, names[at.inference], again ? room - std::min(room - 16, 14U) : room);
    out += again ? "   (as above)\n" : "\n";
    if (again) continue;
    for (size_t k = inference.premises.size(); k-- > 0;) stack.push_back({inference.premises[k], at.depth + 1});
  }
  return out;
}

namespace {

std::string judgementLatex(const Arena& arena, const Inference& inference, const std::vector<std::string>& names) {
  constexpr uint32_t widest = 60, widestType = 30;
  std::string out;
  if (isTyping(inference.rule)) {
    std::string gamma;
    Handle bound = inference.gamma;
    for (size_t k = 0; bound != 0 && k < names.size(); bound = arena[bound][1], ++k) {
      gamma = latexName(names[k]) + " : " + latexShort(arena, arena[bound][0], widestType) +
              (gamma.empty() ? "" : ",\\; " + gamma);
    }
    out = (gamma.empty() ? "\\emptyset" : gamma) + ";\\Sigma \\vdash " +
          latexShort(arena, inference.subject, widest, names);
  } else {
    for (const Part& part : wfConclusion(arena, inference, widest))
      out += part.node == 0 ? latexFormula(part.words) : latexShort(arena, part.node, part.width);
  }
  if (inference.type != 0) out += " : " + latexShort(arena, inference.type, widestType);
  return out;
}

// A derivation as displays: what is too wide or too high for one, or occurs twice, becomes one of its own.
class Displays {
 public:
  Displays(const Arena& arena, const Derivation& derivation, uint32_t conclusion)
      : arena_(arena), derivation_(derivation), names_(arena, derivation, false), trees_(derivation.inferences.size()) {
    std::vector<uint32_t> todo{conclusion};
    trees_[conclusion].uses = 1;
    while (!todo.empty()) {
      const uint32_t at = todo.back();
      todo.pop_back();
      for (const uint32_t premise : derivation.inferences[at].premises)
        if (trees_[premise].uses++ == 0) todo.push_back(premise);
    }
    for (uint32_t i = 0; i <= conclusion; ++i)  // premises stand before what they prove
      if (trees_[i].uses > 0) build(i);
    add("", trees_[conclusion].latex);
  }

  std::string result() const {
    std::string out;
    for (size_t i = displays_.size(); i-- > 0;) out += displays_[i];
    // They were numbered from the leaves; the page counts from the conclusion.
    std::string numbered;
    for (size_t at = 0; at < out.size(); ++at) {
      if (out[at] != kNumber) {
        numbered += out[at];
        continue;
      }
      const size_t end = out.find(kNumber, at + 1);
      numbered += std::to_string(cuts_ + 1 - std::stoul(out.substr(at + 1, end - at - 1)));
      at = end;
    }
    return numbered;
  }

 private:
  static constexpr uint32_t kWidest = 110, kHighest = 8, kJudgement = 75, kGap = 4;
  static constexpr char kNumber = '\x01';  // on both sides of a number
  static std::string name(uint32_t cut) { return "\\mathcal{D}_{" + (kNumber + std::to_string(cut) + kNumber) + "}"; }

  struct Tree {
    uint32_t uses = 0;
    uint32_t width = 0;  // in columns, about
    uint32_t height = 1;
    std::string latex;
    uint32_t display = 0;  // its number, if it is one of its own
  };

  void add(const std::string& name, const std::string& tree) {
    displays_.push_back("\\begin{center}\n" + fittedLatex(name + tree) + "\\end{center}\n");
  }

  // The premise stands as its number above its judgement.
  void cut(uint32_t premise) {
    Tree& tree = trees_[premise];
    const Inference& inference = derivation_.inferences[premise];
    const std::string judgement = judgementLatex(arena_, inference, names_[premise]);
    if (tree.display == 0) {
      tree.display = ++cuts_;
      add(name(cuts_) + " = ", tree.latex);
    }
    tree.latex = "\\dfrac{" + name(tree.display) + "}{" + judgement + "}";
    tree.height = 2;
    tree.width = columns(premise);
  }

  uint32_t columns(uint32_t inference) const {
    return columnsOf(judgementOf(arena_, derivation_.inferences[inference], names_[inference], kJudgement));
  }

  void build(uint32_t i) {
    const Inference& inference = derivation_.inferences[i];
    const std::vector<uint32_t>& premises = inference.premises;
    const auto isCut = [this](uint32_t p) {
      return trees_[p].display != 0 || derivation_.inferences[p].premises.empty();
    };
    const auto width = [&] {
      uint32_t sum = 0;
      for (const uint32_t p : premises) sum += trees_[p].width + kGap;
      return sum;
    };
    for (const uint32_t p : premises)
      if (!isCut(p) && (trees_[p].uses > 1 || trees_[p].height > kHighest)) cut(p);
    while (width() > kWidest) {
      uint32_t widest = 0;
      bool any = false;
      for (const uint32_t p : premises) {
        if (isCut(p) || (any && trees_[p].width <= trees_[widest].width)) continue;
        widest = p;
        any = true;
      }
      if (!any) break;
      cut(widest);
    }
    Tree& tree = trees_[i];
    const std::string judgement = judgementLatex(arena_, inference, names_[i]);
    const std::string_view rule = info(inference.rule).name;
    const bool isStack = width() > kWidest;
    tree.width = std::max(isStack ? kWidest : width(), columns(i)) + columnsOf(rule) / 2;
    std::string above;
    for (const uint32_t p : premises) {
      above += (above.empty() ? "" : isStack ? " \\\\[6pt]\n" : "\\qquad ") + trees_[p].latex;
      tree.height = std::max(tree.height, trees_[p].height + 1);
    }
    if (isStack) above = "\\begin{array}{c}" + above + "\\end{array}";
    tree.latex = "\\dfrac{" + above + "}{" + judgement + "}\\,\\text{\\scriptsize\\textsc{" + std::string(rule) + "}}";
  }

  const Arena& arena_;
  const Derivation& derivation_;
  Names names_;
  std::vector<Tree> trees_;
  std::vector<std::string> displays_;
  uint32_t cuts_ = 0;
};

}  // namespace

std::string derivationLatex(const Arena& arena, const Derivation& derivation, uint32_t conclusion) {
  return Displays(arena, derivation, conclusion).result();
}

boost::json::array derivationJson(const Arena& arena, const Derivation& derivation) {
  constexpr uint32_t largest = 2000;  // nodes of a subject that are written out
  const Names names(arena, derivation, true);
  boost::json::array out;
  for (size_t i = 0; i < derivation.inferences.size(); ++i) {
    const Inference& inference = derivation.inferences[i];
    boost::json::object entry{{"rule", view(info(inference.rule).name)}};
    if (inference.subject != 0) {
      entry["subject"] = canonicalBounded(arena, inference.subject, largest, names[i]);
    } else {
      entry["subject"] = "";
    }
    entry["type"] = inference.type == 0 ? std::string() : canonicalText(arena, inference.type);
    if (inference.host != kNobody) entry["host"] = arena.hosts()[inference.host];
    boost::json::array premises;
    for (const uint32_t premise : inference.premises) premises.emplace_back(premise);
    entry["premises"] = std::move(premises);
    out.emplace_back(std::move(entry));
  }
  return out;
}

}  // namespace funpass::render
