// funpass type FILE
#include <stdexcept>

#include "cli/load.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "lang/raise.hpp"
#include "render/derivation.hpp"
#include "render/diagnostic.hpp"
#include "render/formula.hpp"
#include "typecheck/wellformed.hpp"

namespace funpass::cli {

namespace {

// The hosts' terms with their types, and what proves them.
struct Judged {
  struct Term {
    std::string host;
    Handle type;
    uint32_t conclusion;  // in `derivation`
  };
  std::vector<Term> terms;
  Handle sigma = 0;  // of a literal
  Derivation derivation;
};

Judged judge(Checker& checker, const Program& program, bool derive) {
  Arena& arena = checker.arena();
  Judged judged;
  for (uint32_t host = 0; host < arena.hosts().size(); ++host) {
    const HostState& state = program.initial.hosts[host];
    const Handle term = program.literal ? (state.crashed() ? 0 : termOf(arena, state)) : program.terms[host];
    if (term == 0) continue;
    const Typing typing = checker.typeOf(term);
    if (!typing.ok()) throw std::runtime_error("a term that was accepted has no type: " + typing.refusal().message);
    const bool own = derive && !program.literal;
    judged.terms.push_back({arena.hosts()[host], typing.type(), own ? checker.derive(term, judged.derivation) : 0});
  }
  if (!program.literal) return judged;
  judged.sigma = checkConfiguration(checker, program.initial).sigma;
  if (derive) judged.derivation = deriveConfiguration(checker, program.initial);
  return judged;
}

std::string shownText(const Arena& arena, const Judged& judged, bool literal, bool derivation,
                      const render::Style& style) {
  std::string out;
  if (literal) {
    out += "well-formed\n";
    for (const Handle leaf : entries(arena, judged.sigma))
      out += "  " + text(arena, arena[leaf][0]) + " : " + text(arena, arena[leaf][1]) + "\n";
  }
  for (const Judged::Term& term : judged.terms) {
    out += term.host + " : " + text(arena, term.type) + "\n";
    if (derivation && !literal)
      out += "\n" + render::derivationText(arena, judged.derivation, term.conclusion, style) + "\n";
  }
  if (derivation && literal) {
    const auto last = static_cast<uint32_t>(judged.derivation.inferences.size() - 1);
    out += "\n" + render::derivationText(arena, judged.derivation, last, style);
  }
  if (out.empty()) out = "no host has a term\n";
  return out;
}

std::string latex(const Arena& arena, const Judged& judged, bool literal) {
  std::string out = render::derivationsBegin();
  if (literal) {
    const auto last = static_cast<uint32_t>(judged.derivation.inferences.size() - 1);
    out += render::derivationLatex(arena, judged.derivation, last);
  } else {
    for (const Judged::Term& term : judged.terms) {
      out += "\\subsection*{Host $" + render::latexName(term.host) + "$}\n" +
             render::derivationLatex(arena, judged.derivation, term.conclusion);
    }
  }
  return out + render::derivationsEnd();
}

boost::json::object json(const Arena& arena, const Loaded& loaded, const Judged& judged, bool derivation) {
  boost::json::object out = render::document();
  out["file"] = loaded.source.name();
  boost::json::object types;
  for (const Judged::Term& term : judged.terms) types[term.host] = canonicalText(arena, term.type);
  if (loaded.program->literal) {
    out["wellformed"] = true;
    boost::json::object sigma;
    for (const Handle leaf : entries(arena, judged.sigma))
      sigma[canonicalText(arena, arena[leaf][0])] = canonicalText(arena, arena[leaf][1]);
    out["sigma"] = std::move(sigma);
  }
  out["types"] = std::move(types);
  boost::json::array notes;
  for (const Diagnostic& note : loaded.program->notes) notes.emplace_back(render::diagnosticJson(loaded.source, note));
  out["notes"] = std::move(notes);
  if (derivation) {
    out["derivation"] = render::derivationJson(arena, judged.derivation);
    if (!loaded.program->literal) {
      boost::json::object conclusions;
      for (const Judged::Term& term : judged.terms) conclusions[term.host] = term.conclusion;
      out["conclusions"] = std::move(conclusions);
    }
  }
  return out;
}

}  // namespace

ExitCode type(const Arguments& arguments) {
  const Loaded loaded = load(arguments);
  if (!loaded.program) return refuse(loaded.source, loaded.problems, arguments);
  printNotes(loaded, arguments);
  const Rules rules = rulesOf(arguments, true);
  Checker checker(*loaded.arena, rules.types, arguments.mobility, rules.wellFormed);
  const Judged judged = judge(checker, *loaded.program, arguments.derivation || arguments.latex);
  if (arguments.latex) {
    print(latex(*loaded.arena, judged, loaded.program->literal));
    return ExitCode::Holds;
  }
  print(arguments.json ? render::line(json(*loaded.arena, loaded, judged, arguments.derivation))
                       : shownText(*loaded.arena, judged, loaded.program->literal, arguments.derivation,
                                   styleFor(stdout, arguments.color)));
  return ExitCode::Holds;
}

}  // namespace funpass::cli
