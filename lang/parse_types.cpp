// The grammar of types (CALCULUS sections 1 and 8).
#include "lang/parse_grammar.hpp"

namespace funpass::surface::parsing {

namespace {

Iterator matchTypeName(Iterator token, const State&) {
  return token->kind == TokenKind::PlainType || token->kind == TokenKind::Name ? token + 1 : nullptr;
}

Iterator matchGeneric(Iterator token, const State& state) {
  if (token->kind == TokenKind::GenericType) return token + 1;
  const bool list =
      token[0].kind == TokenKind::Name && token[1].kind == TokenKind::OpenBracket && state.text(*token) == "List";
  return list ? token + 1 : nullptr;
}

Iterator matchCaptures(Iterator token, const State& state) {
  return token[0].kind == TokenKind::OpenBrace && token[1].kind == TokenKind::Type ? state.after(token) : nullptr;
}

Iterator matchTypeShare(Iterator token, const State& state) {
  return state.literal() && token->kind == TokenKind::Share ? token + 1 : nullptr;
}

Iterator matchC(Iterator token, const State& state) {
  return token->kind == TokenKind::Name && state.text(*token) == "C" ? token + 1 : nullptr;
}

constexpr Part typeName{matchTypeName, "a type"};
constexpr Part generic{matchGeneric, "a type"};
constexpr Part capturesPart{matchCaptures, "`{ type C = (T, …) }`"};
constexpr Part typeShare{matchTypeShare, "`$k`"};
constexpr Part letterC{matchC, "`C`, as in `type C = (T, …)`"};
constexpr Symbol arrow{TokenKind::Arrow, "`=>`"};
constexpr Symbol typeWord{TokenKind::Type, "`type`, as in `{ type C = (T, …) }`"};

struct TypeAtomId;
struct TypeItemId : Recovering<atComma> {};
struct FieldId : Recovering<atComma> {};
struct TypeLevelId : RestOfLevel {};
struct CapturesLevelId : RestOfLevel {};
struct TypesLevelId : RestOfLevel {};
struct FieldsLevelId : RestOfLevel {};

constexpr x3::rule<TypeAtomId> typeAtom = "a type";
constexpr x3::rule<TypeItemId> typeItem = "a type";
constexpr x3::rule<FieldId> field = "a field";
constexpr x3::rule<TypeLevelId> oneType = "a type";
constexpr x3::rule<CapturesLevelId> captures = "captured types";
constexpr x3::rule<TypesLevelId> types = "types";
constexpr x3::rule<FieldsLevelId> fields = "fields";

}  // namespace

const auto typeAtom_def =  //
    (generic[does(&State::genericType)] >> need[brackets][does(&State::typeArgument)]) |
    typeName[does(&State::typeName)] | parens[does(&State::typeParen)] | typeShare[does(&State::typeShare)];

const auto type_def =  //
    need[typeAtom] >> *capturesPart[does(&State::captures)] >>
    *(arrow >> need[typeAtom] >> *capturesPart[does(&State::captures)]) >> then(&State::endType);

// ---- what stands in brackets

const auto oneType_def = type >> then(&State::pushType) >> need[end];

const auto captures_def =
    need[typeWord] >> need[letterC] >> need[equals] >> need[parens][does(&State::capturedTypes)] >> need[end];

const auto typeItem_def = type >> then(&State::pushType) >> need[endOfItem];

const auto types_def = -(more >> typeItem >> *(comma >> typeItem));

const auto field_def =  //
    need[name][does(&State::entryName)] >> need[colon] >> type >> then(&State::annotation) >> need[endOfItem] >>
    then(&State::endField);

const auto fields_def = field >> *(comma >> field);

BOOST_SPIRIT_DEFINE(typeAtom, type, oneType, captures, typeItem, types, field, fields)
BOOST_SPIRIT_INSTANTIATE(TypeRule, Iterator, Context)

void parseTypeLevel(State& state) {
  const Level level = state.task().level;
  if (level == Level::Captures) {
    run(captures, state);
  } else if (level == Level::CapturedTypes) {
    run(types, state);
  } else if (level == Level::Fields) {
    run(fields, state);
  } else {
    run(oneType, state);
  }
}

}  // namespace funpass::surface::parsing
