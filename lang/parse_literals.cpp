// The grammar of configuration literals (CALCULUS section 7).
#include "lang/parse_grammar.hpp"

namespace funpass::surface::parsing {

namespace {

bool isWord(Iterator token, const State& state, std::string_view word) {
  return token->kind == TokenKind::Name && state.text(*token) == word;
}

template <const char* word>
Iterator matchWord(Iterator token, const State& state) {
  return isWord(token, state, word) ? token + 1 : nullptr;
}

/// A section's name with its colon.
template <const char* word>
Iterator matchSection(Iterator token, const State& state) {
  return isWord(token, state, word) && token[1].kind == TokenKind::Colon ? token + 2 : nullptr;
}

constexpr char messagesText[] = "messages";
constexpr char resultsText[] = "results";
constexpr char budgetsText[] = "budgets";
constexpr char typesText[] = "types";
constexpr char whereText[] = "where";
constexpr char nextText[] = "next";
constexpr char askedText[] = "asked";
constexpr char amongText[] = "among";

bool startsSection(Iterator token, const State& state) {
  return matchSection<messagesText>(token, state) || matchSection<resultsText>(token, state) ||
         matchSection<budgetsText>(token, state) || matchSection<typesText>(token, state) ||
         matchSection<whereText>(token, state);
}

bool endsHostLine(Iterator token, const State& state) {
  return token->kind == TokenKind::Host || startsSection(token, state);
}

bool endsEntry(Iterator token, const State& state) {
  return token->kind == TokenKind::Comma || startsSection(token, state);
}

Iterator matchEntryStart(Iterator token, const State& state) {
  return token != state.last() && !startsSection(token, state) ? token : nullptr;
}

Iterator matchEndOfEntry(Iterator token, const State& state) {
  return token == state.last() || endsEntry(token, state) ? token : nullptr;
}

Iterator matchCrashed(Iterator token, const State& state) {
  return isWord(token, state, "crashed") && isWord(token + 1, state, nextText) ? token + 1 : nullptr;
}

Iterator matchNoResult(Iterator token, const State& state) {
  return isWord(token, state, "none") || isWord(token, state, "never") ? token + 1 : nullptr;
}

/// `<-`, which is two tokens: `x <-5` compares.
Iterator matchLeftArrow(Iterator token, const State&) {
  const bool matches =
      token[0].kind == TokenKind::Less && token[1].kind == TokenKind::Minus && token[0].span.end == token[1].span.begin;
  return matches ? token + 2 : nullptr;
}

Iterator matchMessage(Iterator token, const State& state) {
  const bool matches =
      (isWord(token, state, "Req") || isWord(token, state, "Res")) && token[1].kind == TokenKind::OpenParen;
  return matches ? state.after(token + 1) : nullptr;
}

Iterator matchBudget(Iterator token, const State& state) {
  const bool matches = isWord(token, state, "crashes") || isWord(token, state, "restarts") ||
                       isWord(token, state, "drops") || isWord(token, state, "duplicates");
  return matches ? token + 1 : nullptr;
}

Iterator matchReference(Iterator token, const State& state) {
  const bool matches =
      token->kind == TokenKind::Share || (isWord(token, state, "Ref") && token[1].kind == TokenKind::OpenParen);
  return matches ? token : nullptr;
}

Iterator matchLineage(Iterator token, const State& state) {
  const bool matches =
      token->kind == TokenKind::Share ||
      ((isWord(token, state, "Mat") || isWord(token, state, "Applied")) && token[1].kind == TokenKind::OpenParen);
  return matches ? token : nullptr;
}

/// Is what `$k` names a type? Only types begin with a type's name; behind a parenthesis or `$j`, an arrow tells, unless
/// what stands before it is a parameter.
Iterator matchTypeStart(Iterator token, const State& state) {
  const Iterator start = token;
  while (token->kind == TokenKind::OpenParen && matchIdentifier(token, state) == nullptr) {
    const Iterator behind = state.after(token);
    const bool parameter = token[1].kind == TokenKind::Name && token[2].kind == TokenKind::Colon;
    if (behind->kind == TokenKind::Arrow && parameter) return nullptr;
    ++token;
  }
  bool isType = token->kind == TokenKind::PlainType;
  if (token->kind == TokenKind::GenericType) isType = token[1].kind == TokenKind::OpenBracket;
  if (token->kind == TokenKind::Share) {
    isType = token[1].kind == TokenKind::Arrow || (token != start && state.after(start)->kind == TokenKind::Arrow);
  }
  if (token->kind == TokenKind::Name) {
    isType = state.namesRecord(state.text(*token)) && token[1].kind != TokenKind::OpenParen;
  }
  return isType ? start : nullptr;
}

constexpr Part hostName{matchToken<TokenKind::Name>, "a host's name"};
constexpr Part crashed{matchCrashed, "`crashed`"};
constexpr Part nextWord{matchWord<nextText>, "`next`"};
constexpr Part askedWord{matchWord<askedText>, "`asked`"};
constexpr Part messagesWord{matchSection<messagesText>, "`messages:`"};
constexpr Part resultsWord{matchSection<resultsText>, "`results:`"};
constexpr Part budgetsWord{matchSection<budgetsText>, "`budgets:`"};
constexpr Part typesWord{matchSection<typesText>, "`types:`"};
constexpr Part whereWord{matchSection<whereText>, "`where:`"};
constexpr Part entryStart{matchEntryStart, "an entry"};
constexpr Part endOfEntry{matchEndOfEntry, "end of entry"};
constexpr Part endOfSections{matchEnd, "a section or `}`"};
constexpr Part noResult{matchNoResult, "`none`"};
constexpr Part leftArrow{matchLeftArrow, "`<-`"};
constexpr Part messageBody{matchMessage, "`Req(…)` or `Res(…)`"};
constexpr Part budgetWord{matchBudget, "`crashes`, `restarts`, `drops` or `duplicates`"};
constexpr Part amongWord{matchWord<amongText>, "`among`"};
constexpr Part shareName{matchToken<TokenKind::Share>, "`$k`"};
constexpr Part typeStart{matchTypeStart, "a type"};
constexpr Part referenceStart{matchReference, "a reference `Ref(…)`"};
constexpr Part lineageStart{matchLineage, "a lineage, `Mat(…)` or `Applied(…)`"};
constexpr Symbol hostWord{TokenKind::Host, "a host line, as in `host a: t | { } next 0`"};
constexpr Symbol bar{TokenKind::Bar, "`|`"};
constexpr Symbol mapsTo{TokenKind::MapsTo, "`->`"};
constexpr Symbol atWord{TokenKind::At, "`at`"};

struct HostLineId : Recovering<endsHostLine> {};
struct MessageId : Recovering<endsEntry> {};
struct ResultId : Recovering<endsEntry> {};
struct BudgetId : Recovering<endsEntry> {};
struct TypeEntryId : Recovering<endsEntry> {};
struct WhereEntryId : Recovering<endsEntry> {};
struct BindingId : Recovering<atComma> {};
struct AskedEntryId : Recovering<atComma> {};
struct ConfigId : RestOfLevel {};
struct StoreId : RestOfLevel {};
struct AskedId : RestOfLevel {};
struct ReqId : RestOfLevel {};
struct ResId : RestOfLevel {};
struct RefId : RestOfLevel {};
struct MatId : RestOfLevel {};
struct AppliedId : RestOfLevel {};
struct SavedId : RestOfLevel {};

constexpr x3::rule<HostLineId> hostLine = "a host line";
constexpr x3::rule<MessageId> message = "a message";
constexpr x3::rule<ResultId> result = "a result";
constexpr x3::rule<BudgetId> budget = "a budget";
constexpr x3::rule<TypeEntryId> typeEntry = "an identifier's type";
constexpr x3::rule<WhereEntryId> whereEntry = "`$k = …`";
constexpr x3::rule<BindingId> binding = "an entry of the store";
constexpr x3::rule<AskedEntryId> askedEntry = "an entry";
constexpr x3::rule<ConfigId> config = "a configuration";
constexpr x3::rule<StoreId> store = "a store";
constexpr x3::rule<AskedId> asked = "entries";
constexpr x3::rule<ReqId> req = "a request";
constexpr x3::rule<ResId> res = "an answer";
constexpr x3::rule<RefId> ref = "a reference";
constexpr x3::rule<MatId> mat = "a lineage";
constexpr x3::rule<AppliedId> applied = "a lineage";
constexpr x3::rule<SavedId> saved = "a saved lineage";

}  // namespace

const auto hostLine_def =  //
    hostWord >> need[hostName][does(&State::beginHostLine)] >> need[colon] >>
    ((crashed >> then(&State::hostCrashed) >> need[nextWord] >> need[number][does(&State::hostNext)]) |
     (block >> need[bar] >> then(&State::hostTerm) >> need[braces][does(&State::hostStore)] >> need[nextWord] >>
      need[number][does(&State::hostNext)] >> -(askedWord >> need[braces][does(&State::hostAsked)]))) >>
    then(&State::endHostLine);

const auto message_def =  //
    need[hostName][does(&State::lineName)] >> need[leftArrow] >> need[messageBody][does(&State::message)] >>
    need[endOfEntry];

const auto result_def =  //
    need[hostName][does(&State::lineName)] >>
    (noResult[does(&State::resultWord)] | (term >> then(&State::resultValue))) >> need[endOfEntry];

const auto budget_def =  //
    need[budgetWord][does(&State::lineName)] >> need[number][does(&State::budgetNumber)];

const auto typeEntry_def =  //
    need[identifier][does(&State::beginPair)] >> need[colon] >> type >> then(&State::endTypeEntry) >> need[endOfEntry];

const auto whereEntry_def =  //
    need[shareName][does(&State::whereShare)] >> need[equals] >>
    ((typeStart >> type >> then(&State::endWhereType)) | (term >> then(&State::endWhereTerm))) >> need[endOfEntry];

const auto config_def =  //
    need[hostLine] >> *hostLine >> need[messagesWord][does(&State::beginSection)] >>
    -(entryStart >> message >> *(comma >> message)) >> then(&State::endSection) >>
    -(resultsWord[does(&State::beginSection)] >> -(entryStart >> result >> *(comma >> result)) >>
      then(&State::endSection)) >>
    -(budgetsWord[does(&State::beginSection)] >> budget >> *(comma >> budget) >>
      -(amongWord >> need[hostName][does(&State::pushName)] >> *(comma >> need[hostName][does(&State::pushName)])) >>
      then(&State::endSection)) >>
    -(typesWord[does(&State::beginSection)] >> -(entryStart >> typeEntry >> *(comma >> typeEntry)) >>
      then(&State::endSection)) >>
    -(whereWord[does(&State::beginSection)] >> -(entryStart >> whereEntry >> *(comma >> whereEntry)) >>
      then(&State::endSection)) >>
    need[endOfSections];

// ---- what stands in brackets

const auto binding_def =  //
    need[identifier][does(&State::beginPair)] >> need[mapsTo] >> term >> then(&State::endBinding) >> need[endOfItem];

const auto store_def = -(more >> binding >> *(comma >> binding));

const auto askedEntry_def =  //
    need[identifier][does(&State::beginPair)] >> need[mapsTo] >> need[referenceStart] >> term >> need[atWord] >>
    need[hostName][does(&State::askedHost)] >> need[endOfItem];

const auto asked_def = -(more >> askedEntry >> *(comma >> askedEntry));

const auto req_def =  //
    need[hostName][does(&State::reqHost)] >> need[comma] >> need[referenceStart] >> term >>
    then(&State::pushTerm) >> need[comma] >> need[identifier][does(&State::pushIdentifier)] >> need[end];

const auto res_def =  //
    need[identifier][does(&State::pushIdentifier)] >> need[comma] >> term >> then(&State::pushTerm) >> need[end];

const auto ref_def =  //
    need[lineageStart] >> term >> then(&State::pushTerm) >> need[comma] >>
    (brackets[does(&State::hostList)] | need[hostName][does(&State::pushName)]) >> need[end];

const auto mat_def = need[identifier][does(&State::pushIdentifier)] >> need[end];

const auto applied_def =  //
    need[identifier][does(&State::pushIdentifier)] >> need[comma] >> need[lineageStart] >> term >>
    then(&State::pushTerm) >> need[comma] >> term >> then(&State::pushTerm) >> need[end];

const auto saved_def =  //
    need[lineageStart] >> term >> then(&State::pushTerm) >> need[comma] >> binding >> *(comma >> binding);

BOOST_SPIRIT_DEFINE(hostLine, message, result, budget, typeEntry, whereEntry, config)
BOOST_SPIRIT_DEFINE(binding, store, askedEntry, asked, req, res, ref, mat, applied, saved)

void parseLiteralLevel(State& state) {
  const Level level = state.task().level;
  if (level == Level::Config) {
    run(config, state);
  } else if (level == Level::Store) {
    run(store, state);
  } else if (level == Level::Asked) {
    run(asked, state);
  } else if (level == Level::Req) {
    run(req, state);
  } else if (level == Level::Res) {
    run(res, state);
  } else if (level == Level::Ref) {
    run(ref, state);
  } else if (level == Level::Mat) {
    run(mat, state);
  } else if (level == Level::Applied) {
    run(applied, state);
  } else {
    run(saved, state);
  }
}

}  // namespace funpass::surface::parsing
