#include "lang/parse.hpp"

#include "lang/parse_levels.hpp"

namespace funpass::surface {

namespace {

using parsing::Level;

void parseLevel(parsing::State& state) {
  switch (state.task().level) {
    case Level::Program: parseDeclarationLevel(state); break;
    case Level::WholeTerm:
    case Level::Block:
    case Level::Body:
    case Level::Arguments:
    case Level::Hosts:
    case Level::Paren:
    case Level::Condition:
    case Level::Elements:
    case Level::Spore:
    case Level::Binder: parseTermLevel(state); break;
    case Level::WholeType:
    case Level::Type:
    case Level::Captures:
    case Level::CapturedTypes:
    case Level::Fields: parseTypeLevel(state); break;
    case Level::Config:
    case Level::Store:
    case Level::Asked:
    case Level::Req:
    case Level::Res:
    case Level::Ref:
    case Level::Mat:
    case Level::Applied:
    case Level::Saved: parseLiteralLevel(state); break;
  }
}

/// Parses the text as one level, then every group in it as a level of its own, until none is left.
Tree parseWhole(Level level, const Source& source, const ParseOptions& options, Diagnostics& out) {
  parsing::Errors errors;
  const parsing::Tokens tokens = parsing::tokenize(source, options.core, errors);
  Tree tree;
  parsing::State state(source, options, tokens, errors, tree);
  parsing::Task task;
  task.level = level;
  do {
    state.begin(task);
    parseLevel(state);
    state.finish();
  } while (state.nextTask(task));
  tree.comments = tokens.comments;
  errors.moveTo(out);
  return tree;
}

}  // namespace

Tree parse(const Source& source, const ParseOptions& options, Diagnostics& out) {
  return parseWhole(Level::Program, source, options, out);
}

Tree parseTerm(const Source& source, const ParseOptions& options, Diagnostics& out) {
  return parseWhole(Level::WholeTerm, source, options, out);
}

Tree parseType(const Source& source, const ParseOptions& options, Diagnostics& out) {
  return parseWhole(Level::WholeType, source, options, out);
}

}  // namespace funpass::surface
