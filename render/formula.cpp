#include "render/formula.hpp"

#include <algorithm>
#include <array>

namespace funpass::render {

namespace {

constexpr std::string_view kBar = "\u0304";
constexpr std::string_view kSuperscriptH = "ʰ";  // the h of →ʰ

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool starts(std::string_view text, std::string_view part) { return text.substr(0, part.size()) == part; }

// The bytes of the first code point.
size_t sizeOfFirst(std::string_view text) {
  size_t size = 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80) ++size;
  return size;
}

// Do the first bytes make a longer name of the name before them?
bool continuesName(std::string_view text) {
  return !text.empty() && (isLetter(text[0]) || text[0] == '\'' || starts(text, kBar) || starts(text, "₀") ||
                           starts(text, "₁") || starts(text, "ₙ"));
}

bool isAt(std::string_view formula, size_t at, std::string_view variable) {
  if (formula.substr(at, variable.size()) != variable) return false;
  const bool inWord = at > 0 && isLetter(formula[at - 1]) && isLetter(variable[0]);
  return !inWord && !continuesName(formula.substr(at + variable.size()));
}

// Symbols of the table's notation that LaTeX writes otherwise. `relation`: it makes its own space.
struct Symbol {
  std::string_view text;
  std::string_view latex;
  bool relation;
};
constexpr std::array kSymbols{
    Symbol{"->", "\\mapsto ", true},
    Symbol{"<-", "\\leftarrow ", true},
    Symbol{"→", "\\rightarrow ", true},
    Symbol{"↠", "\\mathrel{\\rightarrow\\mkern-14mu\\rightarrow}", true},
    Symbol{"←", "\\leftarrow ", true},
    Symbol{"⇒", "\\Rightarrow ", true},
    Symbol{"↦", "\\mapsto ", true},
    Symbol{"∈", "\\in ", true},
    Symbol{"∉", "\\notin ", true},
    Symbol{"⊆", "\\subseteq ", true},
    Symbol{"⊇", "\\supseteq ", true},
    Symbol{"≠", "\\neq ", true},
    Symbol{"≤", "\\leq ", true},
    Symbol{"≥", "\\geq ", true},
    Symbol{"⊎", "\\uplus ", true},
    Symbol{"∪", "\\cup ", true},
    Symbol{"⊕", "\\oplus ", true},
    Symbol{"∖", "\\setminus ", true},
    Symbol{"⊢", "\\vdash ", true},
    Symbol{"|", "\\mid ", true},
    Symbol{"=", "=", true},
    Symbol{"+", "+", true},
    Symbol{"<", "<", true},
    Symbol{">", ">", true},
    Symbol{"∅", "\\emptyset ", false},
    Symbol{"∃", "\\exists ", false},
    Symbol{"⊥", "\\bot ", false},
    Symbol{"†", "\\dagger ", false},
    Symbol{"…", "\\ldots ", false},
    Symbol{"ι", "\\iota ", false},
    Symbol{"σ", "\\sigma ", false},
    Symbol{"ρ", "\\rho ", false},
    Symbol{"θ", "\\theta ", false},
    Symbol{"Γ", "\\Gamma ", false},
    Symbol{"Σ", "\\Sigma ", false},
    Symbol{"ℋ", "\\mathcal{H}", false},
    Symbol{"ʰ", "^{h}", false},
    Symbol{"₀", "_{0}", false},
    Symbol{"₁", "_{1}", false},
    Symbol{"ₙ", "_{n}", false},
    Symbol{"&", "\\mathbin{\\&}", false},
    Symbol{"!", "\\lnot ", false},
    Symbol{"{", "\\{", false},
    Symbol{"}", "\\}", false},
    Symbol{"_", "\\_", false},
};
const Symbol* symbolAt(std::string_view text) {
  const auto* found =
      std::find_if(kSymbols.begin(), kSymbols.end(), [&](const Symbol& s) { return starts(text, s.text); });
  return found == kSymbols.end() ? nullptr : found;
}

// How a word of several letters is set.
constexpr std::array<std::string_view, 6> kConstructors{"Ref", "Mat", "Applied", "Saved", "Req", "Res"};
constexpr std::array<std::string_view, 4> kFunctions{"id", "dom", "src", "process"};
constexpr std::array<std::string_view, 24> kTerms{
    "await", "apply",  "send",    "populate", "respond",    "spore", "currentHost", "fromLineage",
    "unit",  "true",   "false",   "size",     "range",      "split", "map",         "filter",
    "fold",  "exists", "flatMap", "sortBy",   "sortByKeys", "if",    "else",        "record"};
template <typename Words>
bool isAmong(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string latexWord(std::string_view word, std::string_view after, bool hasIf, bool inName) {
  std::string_view style = inName ? "\\mathit{" : "\\text{";
  if (isAmong(kConstructors, word)) style = "\\mathrm{";
  if (isAmong(kFunctions, word)) style = "\\mathit{";
  // `if` and `else` in the table's side conditions are English; as a term `if` stands before a parenthesis.
  const bool english = (word == "if" && !starts(after, " (")) || (word == "else" && !hasIf);
  if (isAmong(kTerms, word) && !english) style = "\\mathtt{";
  return std::string(style) + std::string(word) + "}";
}

// The bytes of a word of several letters at the start: `host's` is one, and so is `a` before another; 0 if there is
// none.
size_t wordAt(std::string_view text) {
  const auto letters = [](std::string_view t) {
    size_t n = 0;
    while (n < t.size() && isLetter(t[n])) ++n;
    return n;
  };
  const size_t size = letters(text);
  if (size == 1) return starts(text, "a ") && letters(text.substr(2)) > 1 ? 1 : 0;
  return size > 0 && starts(text.substr(size), "'s") ? size + 2 : size;
}

// `spaced`: a space at the start is needed.
std::string toLatex(std::string_view text, bool inName, bool spaced) {
  std::string out;
  const bool hasIf = text.find("if (") != std::string_view::npos;
  bool relation = !spaced;  // nothing, or a symbol with a space of its own, is before
  for (size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    const size_t word = wordAt(rest);
    size_t size = word > 0 ? word : sizeOfFirst(rest);
    const Symbol* symbol = word > 0 ? nullptr : symbolAt(rest);
    if (symbol != nullptr) size = symbol->text.size();
    const std::string_view after = rest.substr(size);
    const bool wasRelation = relation;
    relation = symbol != nullptr && symbol->relation;
    if (rest[0] == ' ') {
      const Symbol* next = symbolAt(after);
      if (!wasRelation && (next == nullptr || !next->relation)) out += "\\ ";
      relation = wasRelation;
    } else if (word > 0) {
      out += latexWord(rest.substr(0, size), after, hasIf, inName);
    } else {
      const bool barred = starts(after, kBar);
      if (barred) out += "\\overline{";
      out += symbol != nullptr ? symbol->latex : rest.substr(0, size);
      if (barred) out += "}";
      if (barred) size += kBar.size();
    }
    at += size;
  }
  return out;
}

}  // namespace

size_t placeOf(std::string_view formula, std::string_view variable) {
  for (size_t at = formula.find(variable); at != std::string_view::npos; at = formula.find(variable, at + 1))
    if (isAt(formula, at, variable)) return at;
  return variable == "h" ? formula.find(kSuperscriptH) : std::string_view::npos;
}

std::string substituted(std::string_view formula, const std::vector<Value>& values, bool latex) {
  constexpr std::string_view opening = "([{,", closing = ")]},";
  std::string out;
  size_t done = 0;  // up to here the formula is in `out`
  const auto copyUpTo = [&](size_t end) {
    const std::string_view part = formula.substr(done, end - done);
    out += latex ? toLatex(part, false, done > 0) : std::string(part);
  };
  for (size_t at = 0; at < formula.size();) {
    const Value* best = nullptr;
    for (const Value& value : values)
      if (isAt(formula, at, value.variable) && (best == nullptr || value.variable.size() > best->variable.size()))
        best = &value;
    if (best == nullptr && starts(formula.substr(at), kSuperscriptH)) {
      for (const Value& value : values)
        if (value.variable == "h") {
          copyUpTo(at);
          out += latex ? "^{" + value.text + "}" : "^" + value.text;
          done = at + kSuperscriptH.size();
        }
    }
    if (best == nullptr) {
      at += sizeOfFirst(formula.substr(at));
      continue;
    }
    copyUpTo(at);
    const size_t left = formula.find_last_not_of(' ', at == 0 ? 0 : at - 1);
    const size_t end = at + best->variable.size();
    const size_t right = formula.find_first_not_of(' ', end);
    const bool enclosed = (at == 0 || opening.find(formula[left]) != std::string_view::npos) &&
                          (right == std::string_view::npos || closing.find(formula[right]) != std::string_view::npos);
    const bool parens = best->compound && !enclosed;
    if (latex) out += "{";
    out += parens ? "(" + best->text + ")" : best->text;
    if (latex) out += "}";
    done = at = end;
  }
  copyUpTo(formula.size());
  return out;
}

std::string fittedLatex(const std::string& formula) {
  return "\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{$\\displaystyle\n" + formula + "$}\n";
}

std::string latexPage(const std::string& packages) {
  return "\\documentclass[a4paper,10pt]{article}\n" + packages + R"(\setlength{\textwidth}{170mm}
\setlength{\oddsidemargin}{-5mm}
\setlength{\textheight}{245mm}
\setlength{\topmargin}{-15mm}
\setlength{\parindent}{0pt}
)";
}

std::string derivationsBegin() {
  return latexPage("\\usepackage{amsmath}\n\\usepackage{graphicx}\n") + "\\begin{document}\n";
}

std::string derivationsEnd() { return "\\end{document}\n"; }

std::string latexFormula(std::string_view formula) { return toLatex(formula, false, false); }
std::string latexName(std::string_view text) { return toLatex(text, true, false); }

}  // namespace funpass::render
