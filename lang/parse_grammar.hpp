// The grammar's tools: terminals over tokens, actions, recovery from errors; and the rules that its parts share.
// Included only by those parts, since Boost.Spirit takes long to compile.
//
// A rule never enters a bracket: a group is one terminal, and its action makes a task of the contents. No rule contains
// itself, so the depth of the call stack does not depend on the text.
#pragma once

#include <boost/spirit/home/x3.hpp>

#include "lang/parse_levels.hpp"

namespace funpass::surface::parsing {

namespace x3 = boost::spirit::x3;

using Iterator = const Token*;
struct StateTag;
using Context = x3::context<StateTag, State>;

template <class AnyContext>
State& stateOf(const AnyContext& context) {
  return x3::get<StateTag>(context);
}

// ---- terminals

/// A terminal without value: one token.
struct Symbol : x3::parser<Symbol> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;

  constexpr Symbol(TokenKind kind, const char* name) : kind(kind), name(name) {}

  template <class AnyContext, class RuleContext, class Attribute>
  bool parse(Iterator& first, const Iterator&, const AnyContext& context, RuleContext&, Attribute&) const {
    if (first->kind != kind) return false;
    stateOf(context).consumed(++first);
    return true;
  }

  TokenKind kind;
  const char* name;
};

/// A terminal whose value is its first token. `match` gives the end of what it accepts, or null; equal to the
/// beginning, it only looks ahead. The token behind a level (its closing bracket, or the text's end) may be read, and
/// is no terminal.
struct Part : x3::parser<Part> {
  using attribute_type = Iterator;
  static constexpr bool has_attribute = true;
  using Match = Iterator (*)(Iterator, const State&);

  constexpr Part(Match match, const char* name) : match(match), name(name) {}

  template <class AnyContext, class RuleContext, class Attribute>
  bool parse(Iterator& first, const Iterator&, const AnyContext& context, RuleContext&, Attribute& attribute) const {
    State& state = stateOf(context);
    const Iterator end = match(first, state);
    if (end == nullptr) return false;
    x3::traits::move_to(first, attribute);
    if (end != first) state.consumed(end);
    first = end;
    return true;
  }

  Match match;
  const char* name;
};

// ---- actions

struct DoWithToken {
  void (State::*action)(const Token&);
  template <class AnyContext>
  void operator()(const AnyContext& context) const {
    (stateOf(context).*action)(*x3::_attr(context));
  }
};

struct Do {
  void (State::*action)();
  template <class AnyContext>
  void operator()(const AnyContext& context) const {
    (stateOf(context).*action)();
  }
};

constexpr DoWithToken does(void (State::*action)(const Token&)) { return {action}; }
constexpr auto then(void (State::*action)()) { return x3::eps[Do{action}]; }
constexpr auto need = x3::expect;

// ---- errors

using Sync = bool (*)(Iterator, const State&);

/// Reports that the parser expected `what` at `where`; gives the place to go on at: the first token in the level for
/// which `sync` holds, or the level's end.
Iterator recover(Iterator where, const std::string& what, State& state, Sync sync);

/// The base of the identity of a rule that ends well even if there is an error in it.
template <Sync sync>
struct Recovering {
  template <class AnyContext>
  x3::error_handler_result on_error(Iterator& first, const Iterator&, const x3::expectation_failure<Iterator>& failure,
                                    const AnyContext& context) {
    first = recover(failure.where(), failure.which(), stateOf(context), sync);
    return x3::error_handler_result::accept;
  }
};

inline bool atComma(Iterator token, const State&) { return token->kind == TokenKind::Comma; }
inline bool never(Iterator, const State&) { return false; }

using RestOfLevel = Recovering<never>;

// ---- terminals that several parts use

template <TokenKind kind>
Iterator matchToken(Iterator token, const State&) {
  return token->kind == kind ? token + 1 : nullptr;
}

template <TokenKind open>
Iterator matchGroup(Iterator token, const State& state) {
  return token->kind == open ? state.after(token) : nullptr;
}

inline Iterator matchEnd(Iterator token, const State& state) { return token == state.last() ? token : nullptr; }
inline Iterator matchMore(Iterator token, const State& state) { return token != state.last() ? token : nullptr; }
inline Iterator matchEndOfItem(Iterator token, const State& state) {
  return token == state.last() || token->kind == TokenKind::Comma ? token : nullptr;
}
inline Iterator matchIdentifier(Iterator token, const State&) {
  const bool host = token[1].kind == TokenKind::Name || token[1].kind == TokenKind::CurrentHost;
  const bool matches = token[0].kind == TokenKind::OpenParen && host && token[2].kind == TokenKind::Comma &&
                       token[3].kind == TokenKind::Int && token[4].kind == TokenKind::CloseParen;
  return matches ? token + 5 : nullptr;
}

constexpr Part name{matchToken<TokenKind::Name>, "a name"};
constexpr Part number{matchToken<TokenKind::Int>, "a number"};
constexpr Part parens{matchGroup<TokenKind::OpenParen>, "`(`"};
constexpr Part brackets{matchGroup<TokenKind::OpenBracket>, "`[`"};
constexpr Part braces{matchGroup<TokenKind::OpenBrace>, "`{`"};
constexpr Part identifier{matchIdentifier, "an identifier such as `(a,0)`"};
constexpr Part more{matchMore, "more"};
constexpr Part end{matchEnd, "end"};
constexpr Part endOfItem{matchEndOfItem, "end of item"};
constexpr Symbol comma{TokenKind::Comma, "`,`"};
constexpr Symbol semicolon{TokenKind::Semicolon, "`;`"};
constexpr Symbol colon{TokenKind::Colon, "`:`"};
constexpr Symbol equals{TokenKind::Equals, "`=`"};

// ---- rules that several parts use

struct TermId;
struct TypeId;
struct BlockId;
using TermRule = x3::rule<TermId>;
using TypeRule = x3::rule<TypeId>;
using BlockRule = x3::rule<BlockId>;
constexpr TermRule term = "a term";    // leaves State's last term
constexpr TypeRule type = "a type";    // leaves State's last type
constexpr BlockRule block = "a term";  // appends its statements
BOOST_SPIRIT_DECLARE(TermRule)
BOOST_SPIRIT_DECLARE(TypeRule)
BOOST_SPIRIT_DECLARE(BlockRule)

/// Parses the whole level by a rule that recovers from its errors.
template <class Rule>
void run(const Rule& rule, State& state) {
  Iterator first = state.first();
  x3::parse(first, state.last(), x3::with<StateTag>(state)[rule]);
}

}  // namespace funpass::surface::parsing

namespace boost::spirit::x3 {
template <>
struct get_info<funpass::surface::parsing::Symbol> {
  using result_type = std::string;
  std::string operator()(const funpass::surface::parsing::Symbol& symbol) const { return symbol.name; }
};
template <>
struct get_info<funpass::surface::parsing::Part> {
  using result_type = std::string;
  std::string operator()(const funpass::surface::parsing::Part& part) const { return part.name; }
};
}  // namespace boost::spirit::x3
