// The rule table's formulas as text: where a metavariable occurs, with something in its place, and for LaTeX.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace funpass::render {

/// Where the metavariable first occurs in the formula, npos if it does not. It is no part of a word or of a longer
/// name: h occurs in neither `the` nor h'.
size_t placeOf(std::string_view formula, std::string_view variable);

/// What is put in the place of a metavariable.
struct Value {
  std::string_view variable;
  std::string text;
  bool compound = false;  ///< in parentheses, unless it stands between brackets or commas
};

/// The formula with values in the place of metavariables. With `latex`, the values are for math mode, and so is the
/// result.
std::string substituted(std::string_view formula, const std::vector<Value>& values, bool latex);

/// The formula, a statement or premise of the table, for LaTeX's math mode; words are \text.
std::string latexFormula(std::string_view formula);

/// A name or a few symbols of the table's notation for math mode.
std::string latexName(std::string_view text);

/// A formula on a line of its own, made smaller where it is wider than the line; needs graphicx.
std::string fittedLatex(const std::string& formula);

/// The begin of a LaTeX document, up to the size of its page; `packages` are its \usepackage lines.
std::string latexPage(const std::string& packages);

/// A document for pdflatex with amsmath and graphicx: what is before the displays of derivations, and after them.
std::string derivationsBegin();
std::string derivationsEnd();

}  // namespace funpass::render
