#include "render/rules_latex.hpp"

#include <array>
#include <vector>

#include "lang/print.hpp"
#include "render/formula.hpp"
#include "render/rule_list.hpp"

namespace funpass::render {

namespace {

struct Metavariable {
  std::string_view latex, meaning;
};
constexpr Metavariable kMetavariables[] = {
#define FP_METAVARIABLE(symbols, latex, meaning) {latex, meaning},
#include "lang/grammar.def"
};

struct Production {
  std::string_view name;
  Layer layer;
  std::string_view latex, note;
};
constexpr Production kGrammar[] = {
#define FP_GRAMMAR(name, layer, text, latex, note) {name, Layer::layer, latex, note},
#include "lang/grammar.def"
};

// A rule that is too wide gets a line for each premise, then its conclusion is broken at the arrow; if it is still too
// wide it is made smaller.
constexpr std::string_view kPreamble = R"(\newsavebox{\fpbox}
\newcommand{\fpand}{}
\newcommand{\fpto}{}
\newcommand{\fpset}[2]{\def\fpnone{}\def\fppremises{#1}\ifx\fppremises\fpnone
  \begin{array}{@{}l@{}}#2\end{array}\else
  \frac{\begin{array}{@{}c@{}}#1\end{array}}{\begin{array}{@{}l@{}}#2\end{array}}\fi}
\newcommand{\fptry}[4]{\ifdim\wd\fpbox>\linewidth\renewcommand{\fpand}{#1}\renewcommand{\fpto}{#2}%
  \sbox{\fpbox}{$\displaystyle\renewcommand{\arraystretch}{1.3}\fpset{#3}{#4}$}\fi}
\newcommand{\fpshow}{\ifdim\wd\fpbox>\linewidth\resizebox{\linewidth}{!}{\usebox{\fpbox}}\else
  \hspace*{\fill}\usebox{\fpbox}\hspace*{\fill}\fi}
\newcommand{\fpproduction}[4]{\makebox[12mm][r]{$#1$}\makebox[10mm]{$#2$}$#3$\quad{\small #4}\par\vspace{1.5pt}}
\newcommand{\fprule}[4]{\par\addvspace{10pt plus 3pt}\begin{minipage}{\linewidth}\textsc{#1}\hfill{\small #2}\\[5pt]
  \sbox{\fpbox}{\hspace*{2\linewidth}}\fptry{\quad}{}{#3}{#4}\fptry{\\}{}{#3}{#4}\fptry{\\}{\\\quad}{#3}{#4}%
  \fpshow\end{minipage}\par}
)";

// In LaTeX, for a heading.
std::string_view judgementLatex(Judgement judgement) {
  switch (judgement) {
    case Judgement::Local: return R"(t \mid \sigma \rightarrow^{h} t' \mid \sigma')";
    case Judgement::Distributed: return R"(H \mid M \twoheadrightarrow H' \mid M')";
    case Judgement::Process: return R"(\mathit{process}(h, m, \sigma) = (t, M, \sigma'))";
    case Judgement::Typing: return R"(\Gamma;\Sigma \vdash t : T)";
    case Judgement::WellFormed: return R"(\Sigma \vdash H \mid M)";
  }
  return {};
}

// The symbols in the notes of the grammar.
struct Symbol {
  std::string_view text, latex;
};
constexpr std::array<Symbol, 11> kSymbols{{
    {"ℋ", R"(\mathcal{H})"},
    {"ι", R"(\iota)"},
    {"Σ", R"(\Sigma)"},
    {"σ", R"(\sigma)"},
    {"⇀", R"(\rightharpoonup)"},
    {"←", R"(\leftarrow)"},
    {"⊕", R"(\oplus)"},
    {"⊙", R"(\odot)"},
    {"h̄", R"(\overline{h})"},
    {"<", "<"},
    {">", ">"},
}};

// What stands between backticks is a formula.
std::string note(std::string_view text) {
  std::string out;
  bool formula = false;
  while (!text.empty()) {
    size_t used = 1;
    std::string latex(text.substr(0, 1));
    if (latex == "`") {
      latex = "$";
      formula = !formula;
    }
    for (const Symbol& symbol : kSymbols) {
      if (text.substr(0, symbol.text.size()) != symbol.text) continue;
      latex = formula ? std::string(symbol.latex) + " " : "$" + std::string(symbol.latex) + "$";
      used = symbol.text.size();
    }
    out += latex;
    text.remove_prefix(used);
  }
  return out;
}

size_t closing(std::string_view text, size_t open) {
  size_t depth = 0;
  for (size_t i = open; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '{') {
      ++depth;
    } else if (text[i] == '}' && --depth == 0) {
      return i;
    }
  }
  return text.size();
}

// The first place outside braces where `part` stands.
size_t findOutside(std::string_view text, std::string_view part) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, part.size()) == part) return i;
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '{') {
      i = closing(text, i);
    }
  }
  return std::string_view::npos;
}

// A rule's formula taken apart: its premises, and its conclusion up to the arrow and from there.
struct Parts {
  std::vector<std::string> premises;
  std::string before, after;
};

Parts partsOf(const RuleInfo& rule) {
  constexpr std::string_view fraction = "\\frac{", gap = " \\quad ";
  Parts parts;
  std::string_view conclusion = rule.latex;
  if (conclusion.substr(0, fraction.size()) == fraction) {
    const size_t end = closing(conclusion, fraction.size() - 1);
    std::string_view premises = conclusion.substr(fraction.size(), end - fraction.size());
    const size_t last = closing(conclusion, end + 1);
    conclusion = conclusion.substr(end + 2, last - end - 2);
    for (size_t at = findOutside(premises, gap); at != std::string_view::npos; at = findOutside(premises, gap)) {
      parts.premises.emplace_back(premises.substr(0, at));
      premises.remove_prefix(at + gap.size());
    }
    parts.premises.emplace_back(premises);
  }
  constexpr std::string_view twoHeads = "\\mathrel{\\rightarrow\\mkern-14mu\\rightarrow}";
  size_t at = findOutside(conclusion, twoHeads);
  if (at == std::string_view::npos) at = findOutside(conclusion, "\\rightarrow^{h}");
  if (at == std::string_view::npos && rule.judgement == Judgement::Process) at = findOutside(conclusion, "= ");
  if (at == std::string_view::npos) at = conclusion.size();
  parts.before = conclusion.substr(0, at);
  parts.after = conclusion.substr(at);
  if (parts.after.compare(0, twoHeads.size(), twoHeads) == 0)
    parts.after.replace(0, twoHeads.size(), "\\twoheadrightarrow");
  return parts;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (size_t i = 0; i < parts.size(); ++i) out += (i == 0 ? "" : std::string(between)) + parts[i];
  return out;
}

std::string originOf(const RuleInfo& rule) {
  std::string out(rule.origin == "ours" ? "$\\star$ ours" : rule.origin);
  return rule.layer == Layer::Core ? out : out + "; " + std::string(layerName(rule.layer));
}

std::string metavariables() {
  std::string out = "\\section*{Metavariables}\n\\begin{tabular}{@{}lp{68mm}lp{68mm}@{}}\n";
  bool left = true;
  for (const Metavariable& row : kMetavariables) {
    out += "$" + std::string(row.latex) + "$ & " + note(row.meaning) + (left ? " &\n" : " \\\\\n");
    left = !left;
  }
  return out + (left ? "" : "\\\\\n") + "\\end{tabular}\n\nA bar stands for a sequence.\n";
}

std::string grammar(bool core) {
  std::string out = "\\section*{Section 1, grammar}\n";
  if (!core) out += "$\\star$: extensions of our own, the lineages that travel and data.\\par\\medskip\n";
  std::string_view name;
  Layer layer = Layer::Core;
  for (const Production& row : kGrammar) {
    if (core && isExtension(row.layer)) continue;
    const bool first = row.name != name || row.layer != layer;
    name = row.name;
    layer = row.layer;
    const std::string left = (layer == Layer::Core ? "" : "\\star\\;") + std::string(name);
    out += "\\fpproduction{" + (first ? left + "}{::=}{" : "}{\\mid}{") + std::string(row.latex) + "}{" +
           note(row.note) + "}\n";
  }
  return out;
}

}  // namespace

std::string rulesLatex(bool core) {
  std::string out = latexPage("\\usepackage{amsmath,amssymb,graphicx}\n") + std::string(kPreamble);
  out += "\\begin{document}\n{\\LARGE The function-passing calculus\\par}\n" + metavariables() + grammar(core);
  const RuleInfo* previous = nullptr;
  for (const RuleInfo* rule : rulesOf(core)) {
    if (previous == nullptr || !sameGroup(*previous, *rule)) {
      std::string title = heading(*rule);
      title[0] = 'S';
      out += "\\section*{" + title + "\\hfill$" + std::string(judgementLatex(rule->judgement)) + "$}\n";
    }
    const Parts parts = partsOf(*rule);
    out += "\\fprule{" + std::string(rule->name) + "}{" + originOf(*rule) + "}{" + joined(parts.premises, "\\fpand ") +
           "}{" + parts.before + (parts.after.empty() ? "" : "\\fpto ") + parts.after + "}\n";
    previous = rule;
  }
  return out + "\\end{document}\n";
}

std::string rulesLatex(Rule rule) {
  constexpr size_t longest = 140;  // characters of LaTeX that fit on a line
  const Parts parts = partsOf(info(rule));
  const std::string together = joined(parts.premises, " \\quad ");
  const std::string premises = together.size() <= longest || parts.premises.size() == 1
                                   ? together
                                   : "\\begin{array}{@{}c@{}}\n" + joined(parts.premises, " \\\\\n") + "\n\\end{array}";
  const bool breaks = parts.before.size() + parts.after.size() > longest && !parts.after.empty();
  const std::string conclusion =
      breaks ? "\\begin{array}{@{}l@{}}\n" + parts.before + "\\\\\n\\quad " + parts.after + "\n\\end{array}"
             : parts.before + parts.after;
  return "% in the preamble: \\usepackage{amsmath,amssymb}\n\\[\n" +
         (premises.empty() ? conclusion : "\\frac{" + premises + "}{" + conclusion + "}") + "\n\\tag*{\\textsc{" +
         std::string(info(rule).name) + "}}\n\\]\n";
}

}  // namespace funpass::render
