// The grammar of terms, blocks and spores (CALCULUS sections 1 and 8).
#include "lang/parse_grammar.hpp"

namespace funpass::surface::parsing {

namespace {

// ---- terminals

/// `x =>`, `(x: T) =>`: what stands before the arrow is a parameter.
Iterator matchLambdaHead(Iterator token, const State& state) {
  if (token->kind != TokenKind::Name && token->kind != TokenKind::OpenParen) return nullptr;
  const Iterator arrow = state.after(token);
  return arrow->kind == TokenKind::Arrow ? arrow + 1 : nullptr;
}

Iterator matchParameter(Iterator token, const State& state) {
  return token->kind == TokenKind::Name || token->kind == TokenKind::OpenParen ? state.after(token) : nullptr;
}

Iterator matchElse(Iterator token, const State& state) {
  return token->kind == TokenKind::Else && state.ifIsOpen() ? token + 1 : nullptr;
}

Iterator matchNoIfOpen(Iterator token, const State& state) { return state.ifIsOpen() ? nullptr : token; }

Iterator matchInfix(Iterator token, const State&) {
  return (token->kind >= TokenKind::Or && token->kind <= TokenKind::Star) ? token + 1 : nullptr;
}

Iterator matchInteger(Iterator token, const State&) {
  if (token->kind == TokenKind::Int) return token + 1;
  const bool negative =
      token[0].kind == TokenKind::Minus && token[1].kind == TokenKind::Int && token[0].span.end == token[1].span.begin;
  return negative ? token + 2 : nullptr;
}

Iterator matchAtom(Iterator token, const State&) {
  const bool matches = token->kind == TokenKind::Unit || token->kind == TokenKind::CurrentHost ||
                       token->kind == TokenKind::True || token->kind == TokenKind::False;
  return matches ? token + 1 : nullptr;
}

Iterator matchEmptyList(Iterator token, const State&) {
  const bool matches = token[0].kind == TokenKind::OpenBracket && token[1].kind == TokenKind::CloseBracket &&
                       token[2].kind == TokenKind::Colon;
  return matches ? token + 3 : nullptr;
}

Iterator matchList(Iterator token, const State& state) {
  return state.text(*token) == "List" && token[1].kind == TokenKind::OpenBracket ? token + 1 : nullptr;
}

Iterator matchSiloRef(Iterator token, const State& state) {
  return token->kind == TokenKind::GenericType && state.text(*token) == "SiloRef" ? token + 1 : nullptr;
}

Iterator matchPrefixable(Iterator token, const State& state) {
  const std::string_view text = state.text(*token);
  return text == "populate" || text == "fromTextFile" ? token + 1 : nullptr;
}

Iterator matchSelector(Iterator token, const State&) {
  return token->kind == TokenKind::Name || token->kind == TokenKind::Primitive ? token + 1 : nullptr;
}

Iterator matchEntryStart(Iterator token, const State&) {
  const bool matches =
      token[0].kind == TokenKind::Name && (token[1].kind == TokenKind::Colon || token[1].kind == TokenKind::Equals);
  return matches ? token : nullptr;
}

Iterator matchEndOfEntry(Iterator token, const State&) {
  return token->kind == TokenKind::Comma || token->kind == TokenKind::Semicolon ? token : nullptr;
}

bool endsStatement(Iterator token, const State& state) {
  if (token->kind == TokenKind::Semicolon) return true;
  return state.task().level == Level::Config && (token->kind == TokenKind::Bar || token->kind == TokenKind::Host);
}

Iterator matchEndOfStatement(Iterator token, const State& state) {
  const bool bar = state.task().level == Level::Config && token->kind == TokenKind::Bar;
  return token == state.last() || token->kind == TokenKind::Semicolon || bar ? token : nullptr;
}

template <class Text>
Iterator matchLineage(Iterator token, const State& state, Text word) {
  const bool matches = state.literal() && token[0].kind == TokenKind::Name && token[1].kind == TokenKind::OpenParen &&
                       state.text(*token) == word;
  return matches ? state.after(token + 1) : nullptr;
}
Iterator matchRef(Iterator token, const State& state) { return matchLineage(token, state, "Ref"); }
Iterator matchMat(Iterator token, const State& state) { return matchLineage(token, state, "Mat"); }
Iterator matchApplied(Iterator token, const State& state) { return matchLineage(token, state, "Applied"); }
Iterator matchShare(Iterator token, const State& state) {
  return state.literal() && token->kind == TokenKind::Share ? token + 1 : nullptr;
}
Iterator matchLiteralIdentifier(Iterator token, const State& state) {
  return state.literal() ? matchIdentifier(token, state) : nullptr;
}

constexpr Part lambdaHead{matchLambdaHead, "a parameter"};
constexpr Part parameter{matchParameter, "a parameter such as `(x: T)`"};
constexpr Part elseWord{matchElse, "`else`"};
constexpr Part noIfOpen{matchNoIfOpen, "`else`"};
constexpr Part infix{matchInfix, "an operator"};
constexpr Part integer{matchInteger, "an integer"};
constexpr Part string{matchToken<TokenKind::String>, "a string"};
constexpr Part atom{matchAtom, "a term"};
constexpr Part emptyList{matchEmptyList, "`[]`"};
constexpr Part list{matchList, "`List[…]`"};
constexpr Part siloRef{matchSiloRef, "`SiloRef`"};
constexpr Part prefixable{matchPrefixable, "`populate` or `fromTextFile`"};
constexpr Part primitive{matchToken<TokenKind::Primitive>, "an operation"};
constexpr Part selector{matchSelector, "a name"};
constexpr Part entryStart{matchEntryStart, "a header entry"};
constexpr Part endOfEntry{matchEndOfEntry, "end of header entry"};
constexpr Part endOfStatement{matchEndOfStatement, "end of statement"};
constexpr Part share{matchShare, "`$k`"};
constexpr Part literalIdentifier{matchLiteralIdentifier, "an identifier"};
constexpr Part refTerm{matchRef, "a reference"};
constexpr Part matTerm{matchMat, "a lineage"};
constexpr Part appliedTerm{matchApplied, "a lineage"};
constexpr Part notSign{matchToken<TokenKind::Not>, "`!`"};
constexpr Symbol ifWord{TokenKind::If, "`if`"};
constexpr Symbol sporeWord{TokenKind::Spore, "`spore`"};
constexpr Symbol valWord{TokenKind::Val, "`val`"};
constexpr Symbol dot{TokenKind::Dot, "`.`"};
constexpr Symbol arrow{TokenKind::Arrow, "`=>`"};

// ---- identities of the rules

struct PrimaryId;
struct PostfixId;
struct OperandId;
struct AnnotationId;
struct StatementId : Recovering<endsStatement> {};
struct ItemId : Recovering<atComma> {};
bool atCommaOrSemicolon(Iterator token, const State& state) { return matchEndOfEntry(token, state) != nullptr; }
struct EntryId : Recovering<atCommaOrSemicolon> {};
struct TermLevelId : RestOfLevel {};
struct ItemsLevelId : RestOfLevel {};
struct HostsLevelId : RestOfLevel {};
struct BinderLevelId : RestOfLevel {};
struct SporeLevelId : RestOfLevel {};

constexpr x3::rule<PrimaryId> primary = "a term";
constexpr x3::rule<PostfixId> postfix = "a call";
constexpr x3::rule<OperandId> operand = "a term";
constexpr x3::rule<AnnotationId> annotation = "a type";
constexpr x3::rule<StatementId> statement = "a statement";
constexpr x3::rule<ItemId> item = "a term";
constexpr x3::rule<EntryId> entry = "a header entry";
constexpr x3::rule<TermLevelId> oneTerm = "a term";
constexpr x3::rule<ItemsLevelId> items = "terms";
constexpr x3::rule<HostsLevelId> hosts = "hosts";
constexpr x3::rule<BinderLevelId> binder = "a parameter";
constexpr x3::rule<SporeLevelId> spore = "a spore";

}  // namespace

// ---- terms
//
// A term is a flat sequence; State combines it by precedence. Every prefix reaches as far right as it can.

const auto primary_def =  //
    integer[does(&State::integer)] | string[does(&State::string)] | atom[does(&State::atom)] |
    share[does(&State::share)] | literalIdentifier[does(&State::identifier)] | refTerm[does(&State::reference)] |
    matTerm[does(&State::mat)] | appliedTerm[does(&State::applied)] | name[does(&State::name)] |
    parens[does(&State::paren)] |
    (emptyList[does(&State::emptyList)] >> need[list] >> need[brackets][does(&State::emptyListType)]) |
    brackets[does(&State::list)] | braces[does(&State::braces)] | (sporeWord >> need[braces][does(&State::spore)]) |
    (primitive[does(&State::name)] >> need[parens][does(&State::call)]) |
    (siloRef >> need[dot] >> need[prefixable][does(&State::prefixedName)] >> need[parens][does(&State::call)]);

const auto postfix_def =  //
    parens[does(&State::call)] |
    (dot >> need[selector][does(&State::methodName)] >> (parens[does(&State::method)] | then(&State::field)));

const auto operand_def =  //
    *((ifWord >> need[parens][does(&State::ifHead)] >> *lambdaHead[does(&State::lambda)]) |
      notSign[does(&State::notSign)]) >>
    need[primary] >> *postfix;

const auto term_def =  //
    *lambdaHead[does(&State::lambda)] >> operand >>
    *(((elseWord[does(&State::elseWord)] >> *lambdaHead[does(&State::lambda)]) | infix[does(&State::infix)]) >>
      operand) >>
    need[noIfOpen] >> then(&State::endTerm);

// ---- blocks

const auto annotation_def = colon >> type >> then(&State::annotation);

const auto statement_def =  //
    ((valWord >> need[name][does(&State::valName)] >> -annotation >> need[equals] >> term >> then(&State::endVal)) |
     (term >> then(&State::pushTerm))) >>
    need[endOfStatement];

const auto block_def = statement >> *(semicolon >> statement);

// ---- what stands in brackets

const auto oneTerm_def = term >> then(&State::pushTerm) >> need[end];

const auto item_def = term >> then(&State::pushTerm) >> need[endOfItem];

const auto items_def = -(more >> item >> *(comma >> item));

const auto hosts_def =  //
    need[name][does(&State::pushName)] >> *(comma >> need[name][does(&State::pushName)]) >> need[end];

const auto binder_def =  //
    need[name][does(&State::binderName)] >> -annotation >> need[end] >> then(&State::endBinder);

const auto entry_def =  //
    need[name][does(&State::entryName)] >> -annotation >> need[equals] >> term >> need[endOfEntry] >>
    then(&State::endEntry);

const auto spore_def =  //
    -(entryStart >> entry >> *(comma >> entry) >> need[semicolon]) >> need[parameter][does(&State::sporeParameter)] >>
    need[arrow] >> then(&State::beginBody) >> block;

BOOST_SPIRIT_DEFINE(primary, postfix, operand, term, annotation, statement, block)
BOOST_SPIRIT_DEFINE(oneTerm, item, items, hosts, binder, entry, spore)
BOOST_SPIRIT_INSTANTIATE(TermRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(BlockRule, Iterator, Context)

void parseTermLevel(State& state) {
  const Level level = state.task().level;
  if (level == Level::Arguments || level == Level::Elements) {
    run(items, state);
  } else if (level == Level::Paren || level == Level::Condition) {
    run(oneTerm, state);
  } else if (level == Level::Hosts) {
    run(hosts, state);
  } else if (level == Level::Binder) {
    run(binder, state);
  } else if (level == Level::Spore) {
    run(spore, state);
  } else {
    run(block, state);
  }
}

}  // namespace funpass::surface::parsing
