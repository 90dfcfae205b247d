// The grammar of declarations and checks (CALCULUS section 8).
#include "lang/parse_grammar.hpp"

namespace funpass::surface::parsing {

namespace {

Iterator matchConfig(Iterator token, const State& state) {
  return state.beginsConfig(token) ? state.after(token + 1) : nullptr;
}

bool startsDeclaration(Iterator token, const State& state) {
  return token->kind == TokenKind::Host || token->kind == TokenKind::Record || token->kind == TokenKind::Def ||
         token->kind == TokenKind::At || token->kind == TokenKind::Check || matchConfig(token, state) != nullptr;
}

Iterator matchEndOfDeclaration(Iterator token, const State& state) {
  return token == state.last() || startsDeclaration(token, state) ? token : nullptr;
}

Iterator matchWord(Iterator token, const State& state, std::string_view word) {
  return token->kind == TokenKind::Name && state.text(*token) == word ? token + 1 : nullptr;
}
Iterator matchPlain(Iterator token, const State& state) {
  const Iterator safe = matchWord(token, state, "safe");
  return safe != nullptr ? safe : matchWord(token, state, "confluent");
}
Iterator matchResult(Iterator token, const State& state) { return matchWord(token, state, "result"); }
Iterator matchReaches(Iterator token, const State& state) { return matchWord(token, state, "reaches"); }
Iterator matchBudgeted(Iterator token, const State& state) {
  const Iterator resilient = matchWord(token, state, "resilient");
  return resilient != nullptr ? resilient : matchWord(token, state, "transparent");
}
Iterator matchIn(Iterator token, const State& state) { return matchWord(token, state, "in"); }
Iterator matchOf(Iterator token, const State& state) { return matchWord(token, state, "of"); }

constexpr Part hostWord{matchToken<TokenKind::Host>, "`host`"};
constexpr Part recordWord{matchToken<TokenKind::Record>, "`record`"};
constexpr Part defWord{matchToken<TokenKind::Def>, "`def`"};
constexpr Part atWord{matchToken<TokenKind::At>, "`at`"};
constexpr Part checkWord{matchToken<TokenKind::Check>, "`check`"};
constexpr Part config{matchConfig, "`config`"};
constexpr Part endOfDeclaration{matchEndOfDeclaration, "end of declaration"};
constexpr Part plain{matchPlain, "a property"};
constexpr Part result{matchResult, "`result`"};
constexpr Part reaches{matchReaches, "`reaches`"};
constexpr Part budgeted{matchBudgeted, "`resilient`"};
constexpr Part inWord{matchIn, "`in`"};
constexpr Part ofWord{matchOf, "`of`"};
constexpr Symbol is{TokenKind::EqualsEquals, "`==`"};
constexpr Symbol isOrIn{TokenKind::EqualsEquals, "`==` or `in`"};

struct NamesId;
struct PropertyId;
struct DeclarationId;
struct CompleteDeclarationId : Recovering<startsDeclaration> {};
struct ProgramId : RestOfLevel {};

constexpr x3::rule<NamesId> names = "names";
constexpr x3::rule<PropertyId> property = "a property";
constexpr x3::rule<DeclarationId> declaration = "a declaration";
constexpr x3::rule<CompleteDeclarationId> completeDeclaration = "a declaration";
constexpr x3::rule<ProgramId> program = "a program";

}  // namespace

const auto names_def = need[name][does(&State::pushName)] >> *(comma >> need[name][does(&State::pushName)]);

const auto property_def =  //
    plain[does(&State::checkWord)] |
    (result[does(&State::checkWord)] >> need[name][does(&State::pushName)] >>
     ((inWord >> then(&State::checkIn) >> term >> then(&State::pushTerm) >>
       *(comma >> term >> then(&State::pushTerm))) |
      (need[isOrIn] >> term >> then(&State::pushTerm)))) |
    (reaches[does(&State::checkWord)] >> need[name][does(&State::pushName)] >> need[is] >> term >>
     then(&State::pushTerm)) |
    (budgeted[does(&State::checkWord)] >> need[number][does(&State::checkNumber)] >> need[ofWord] >> names);

const auto declaration_def =  //
    (hostWord[does(&State::beginDeclaration)] >> names >> then(&State::endHosts)) |
    (recordWord[does(&State::beginDeclaration)] >> need[name][does(&State::declaredName)] >>
     need[parens][does(&State::recordFields)]) |
    (defWord[does(&State::beginDeclaration)] >> need[name][does(&State::declaredName)] >> need[colon] >> type >>
     need[equals] >> term >> then(&State::endDef)) |
    (atWord[does(&State::beginDeclaration)] >> need[name][does(&State::declaredName)] >>
     need[braces][does(&State::atBody)]) |
    (checkWord[does(&State::beginDeclaration)] >> need[property] >> then(&State::endCheck)) |
    config[does(&State::config)];

const auto completeDeclaration_def = need[declaration] >> need[endOfDeclaration];

const auto program_def = completeDeclaration >> *(more >> completeDeclaration);

BOOST_SPIRIT_DEFINE(names, property, declaration, completeDeclaration, program)

void parseDeclarationLevel(State& state) { run(program, state); }

}  // namespace funpass::surface::parsing
