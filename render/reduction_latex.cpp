#include "render/reduction_latex.hpp"

#include <algorithm>

#include "lang/print.hpp"
#include "render/formula.hpp"
#include "render/layout.hpp"
#include "render/short_text.hpp"
#include "render/step.hpp"

namespace funpass::render {

namespace {

constexpr uint32_t kWidth = 80;      // columns of a term's lines, about what fits
constexpr uint32_t kNodes = 1'000;   // of a host's term that is printed; deeper ones are left out
constexpr uint32_t kStepNodes = 50;  // of a redex and what it becomes
constexpr uint32_t kDetailNodes =
    30;  // of a message or an entry of a store, which are one line: fewer if they do not fit

// A formula wider than its line is made smaller.
constexpr std::string_view kPreamble = R"(\newsavebox{\fpbox}
\newlength{\fpmargin}\setlength{\fpmargin}{28mm}
\newlength{\fpwidth}\setlength{\fpwidth}{\textwidth}\addtolength{\fpwidth}{-\fpmargin}
\newcommand{\fpname}[1]{\texttt{#1}}
\newcommand{\fplocal}[1]{\xrightarrow{\textsc{#1}}}
\newcommand{\fpdistributed}[1]{\xrightarrow{\textsc{#1}}\mathrel{\mkern-13mu}\rightarrow}
\newcommand{\fpline}[2]{\par\makebox[\fpmargin][l]{#1}%
  \sbox{\fpbox}{$#2$}\ifdim\wd\fpbox>\fpwidth\resizebox{\fpwidth}{!}{\usebox{\fpbox}}\else\usebox{\fpbox}\fi}
\newcommand{\fphost}[2]{\fpline{\fpname{#1}}{#2}}
\newcommand{\fpstep}[3]{\par\addvspace{5pt plus 2pt}\fpline{\makebox[7mm][r]{#1}\hspace{3mm}\fpname{#2}}{#3}}
\newcommand{\fpthen}[1]{\fpline{}{#1}}
\makeatletter % a character that pdflatex has no glyph for is a box
\@ifundefined{UTFviii@undefined@err}{}{\def\UTFviii@undefined@err#1{\fbox{\rule{0pt}{1ex}\rule{0.6ex}{0pt}}}}
\makeatother
)";

class Writer {
 public:
  explicit Writer(Arena& arena) : arena_(arena) {}

  std::string host(uint32_t host, const std::string& formula) const {
    return "\\fphost{" + name(host) + "}{" + formula + "}\n";
  }
  std::string term(Handle node) const { return latexTerm(arena_, node, kWidth, kStepNodes); }
  std::string detail(Handle node) const {
    uint32_t nodes = kDetailNodes;
    while (nodes > 1 && columnsOf(boundedText(arena_, node, nodes)) > kWidth) nodes /= 2;
    return latexTerm(arena_, node, 0, nodes);
  }

  std::string step(uint64_t number, const Configuration& before, const Step& step) const {
    const std::string rule = "{" + ruleName(step) + "}";
    std::string out = "\\fpstep{" + std::to_string(number) + "}{" + name(step.host) + "}{";
    if (isFailure(step)) {
      out += "\\fpdistributed" + rule + "\\ \\text{\\fpname{" +
             surface::escapedForLatex(failureText(step, arena_.hosts()[step.host])) + "}}}\n";
    } else {
      out += term(step.redex) + "}\n";
      const std::string arrow = step.rule == Rule::RLocal ? "\\fplocal{" + std::string(info(step.inner).name) + "}"
                                                          : "\\fpdistributed" + rule;
      out += then(arrow + "\\ " + term(step.contractum));
    }
    if (step.taken != 0) out += then("M \\setminus \\{" + message(step.host, step.taken) + "\\}");
    for (const Sent& sent : step.sent) out += then("M \\uplus \\{" + message(sent.host, sent.message) + "\\}");
    for (const StoreChange& change : storeChanges(arena_, before.hosts[step.host].store, step.after.store)) {
      const std::string entry = detail(change.ident) + (change.value == 0 ? "" : " \\mapsto " + detail(change.value));
      out += then("\\sigma_{" + hostInMath(step.host) + "} " + (change.value == 0 ? "\\setminus" : "\\cup") + " \\{" +
                  entry + "\\}");
    }
    for (const LostRequest& lost : step.lost)
      out += then(hostInMath(lost.host) + "\\text{ has to ask again for } " + detail(lost.ident));
    if (const Handle result = newResult(arena_, before, step); result != 0)
      out += then("\\text{result } " + hostInMath(step.host) + " = " + detail(result));
    return out;
  }

  // A host's term, or that it has none.
  std::string state(const HostState& host) const {
    return host.crashed() ? "\\text{crashed}" : latexTerm(arena_, termOf(arena_, host), kWidth, kNodes);
  }

 private:
  static std::string then(const std::string& formula) { return "\\fpthen{" + formula + "}\n"; }
  std::string name(uint32_t host) const { return surface::escapedForLatex(arena_.hosts()[host]); }
  std::string hostInMath(uint32_t host) const { return "\\text{\\fpname{" + name(host) + "}}"; }
  std::string message(uint32_t to, Handle message) const { return hostInMath(to) + " \\leftarrow " + detail(message); }

  Arena& arena_;
};

}  // namespace

std::string reductionLatex(Arena& arena, const Configuration& initial, const std::vector<Step>& steps,
                           const std::string& title, uint64_t from, uint64_t to) {
  const Writer writer(arena);
  std::string out = latexPage("\\usepackage{amsmath,amssymb,graphicx}\n") + std::string(kPreamble);
  out += "\\begin{document}\n\\section*{\\normalsize\\texttt{" + surface::escapedForLatex(shortened(title, 75)) +
         "}}\n\\raggedright\\small\n";
  Configuration current = initial;
  const auto configuration = [&](const std::string& heading) {
    out += "\\subsection*{" + heading + "}\n";
    for (uint32_t host = 0; host < current.hosts.size(); ++host)
      out += writer.host(host, writer.state(current.hosts[host]));
  };
  configuration("At the start");
  out += "\\subsection*{" + counted(steps.size(), "step");
  if (from > 1 || to < steps.size())
    out += ", of them " + std::to_string(from) + " to " + std::to_string(std::min<uint64_t>(to, steps.size()));
  out += "}\n";
  for (size_t i = 0; i < steps.size(); ++i) {
    const uint64_t number = i + 1;
    if (from <= number && number <= to) out += writer.step(number, current, steps[i]);
    apply(arena, steps[i], current);
  }
  configuration("At the end");
  return out + "\\end{document}\n";
}

}  // namespace funpass::render
