// What the parser says about a syntax error.
#include <algorithm>

#include "lang/parse_state.hpp"

namespace funpass::surface::parsing {

namespace {

bool startsTerm(TokenKind kind) {
  return kind == TokenKind::Name || kind == TokenKind::Int || kind == TokenKind::String || kind == TokenKind::Share ||
         kind == TokenKind::OpenBrace || kind == TokenKind::Spore || kind == TokenKind::Primitive ||
         kind == TokenKind::CurrentHost || kind == TokenKind::Unit || kind == TokenKind::True ||
         kind == TokenKind::False;
}

std::optional<std::string> didYouMean(std::string_view wrong, const std::vector<std::string>& candidates) {
  const auto name = closestName(wrong, candidates);
  if (!name) return std::nullopt;
  return "did you mean `" + *name + "`?";
}

}  // namespace

void State::syntaxError(Span span, std::string message, std::string help) {
  if (!whole() && tokens_.list[task_.open].broken) return;
  errors_.add({"syntax", span, std::move(message), {}, std::move(help)});
}

void State::failed(const Token* where, const std::string& what, const Token* next) {
  const bool reported = where->kind == TokenKind::Bad || (where->broken && !isOpening(where->kind)) ||
                        where == failedAt_ || (where->kind == TokenKind::Else && elseMissed_);
  failedAt_ = where;
  elseMissed_ = elseMissed_ || what == "`else`";
  if (!reported) {
    Span span = where->span;
    if (where->kind == TokenKind::End && where != tokens_.list.data()) {
      span = {(where - 1)->span.end, (where - 1)->span.end};
    }
    syntaxError(span, "expected " + expectation(what) + ", found " + found(where), guess(where, what));
  }
  forget();
  if (task_.level == Level::Program) list_.resize(mark_);
  const uint32_t begin = where->span.begin;
  const uint32_t end = next > where ? (next - 1)->span.end : where->span.end;
  const std::vector<Index> names = inDeclaration(what) ? declaredNames(next) : std::vector<Index>();
  push(tree_.add(Kind::Erroneous, {begin, std::max(begin, end)}, names));
  if (task_.level == Level::Program) mark_ = list_.size();
}

/// Was a declaration begun, and not ended, when `what` was expected?
bool State::inDeclaration(const std::string& what) const {
  return task_.level == Level::Program && what != "a declaration" && what != "end of declaration";
}

/// The names that the declaration would have declared, which goes as far as the token `next`.
std::vector<Index> State::declaredNames(const Token* next) {
  std::vector<Index> names;
  const bool one = start_->kind == TokenKind::Def || start_->kind == TokenKind::Record;
  if (!one && start_->kind != TokenKind::Host) return names;
  for (const Token* token = start_ + 1; token < next; token = after(token)) {
    if (token->kind == TokenKind::Name) names.push_back(nameNode(*token));
    if (one) break;
  }
  return names;
}

/// The words for what the grammar calls `what`; where it stands for a level's end, they depend on the level.
std::string State::expectation(const std::string& what) const {
  std::string close = "the end of the text";
  if (last()->kind != TokenKind::End) {
    const TokenKind open = tokens_.list[task_.open].kind;
    close = open == TokenKind::OpenParen ? "`)`" : open == TokenKind::OpenBracket ? "`]`" : "`}`";
  }
  if (what == "end") return close;
  if (what == "end of statement") {
    if (task_.level == Level::Config) return "`;` or `|`";
    return "`;` or " + close;
  }
  if (what == "end of item") return "`,` or " + close;
  if (what == "end of entry") return "`,`, a section or " + close;
  if (what == "end of header entry") return "`,` or `;`";
  if (what == "end of declaration") return "a declaration";
  return what;
}

std::string State::found(const Token* where) const {
  if (where->kind == TokenKind::End) return "the end of the text";
  constexpr std::size_t longest = 40;
  std::string shown(text(*where));
  if (shown.size() > longest) {
    std::size_t cut = longest;
    while (cut > 0 && (static_cast<unsigned char>(shown[cut]) & 0xC0U) == 0x80U) --cut;
    shown = shown.substr(0, cut) + "…";
  }
  return "`" + shown + "`";
}

/// Help: what the user may have meant. `what` and the token found there are all it goes by.
std::string State::guess(const Token* where, const std::string& what) const {
  if (what == "a declaration" || what == "end of declaration") return guessDeclaration(where, what);
  if (what == "a property") {
    return didYouMean(text(*where), {"safe", "confluent", "result", "reaches", "resilient", "transparent"})
        .value_or("the properties are `safe`, `confluent`, `result`, `reaches`, `resilient` and `transparent`");
  }
  if (what == "`messages:`" || what == "a section or `}`") {
    return didYouMean(text(*where), {"messages", "results", "budgets", "types", "where"})
        .value_or("the sections are `messages:`, `results:`, `budgets:`, `types:` and `where:`, in this order");
  }
  std::string help = core() ? guessDataWord(where) : std::string();
  if (help.empty() && what == "a term") help = guessTerm(where);
  if (help.empty() && what.substr(0, 6) == "end of") help = guessEnd(where, what);
  if (help.empty() && what == "end") help = guessEnd(where, what);
  if (!help.empty()) return help;

  if (what == "`else`") {
    const bool late = where->kind == TokenKind::Semicolon && where[1].kind == TokenKind::Else;
    return late ? "leave out the `;` before `else`" : "an `if` has two branches: `if (c) t else u`";
  }
  if (what == "`=>`" && task_.level == Level::Spore) {
    const bool entry = where->kind == TokenKind::Colon || where->kind == TokenKind::Equals;
    return entry ? "header entries are separated by `,`; the header ends with `;`"
                 : "a spore is written `spore { x: T = t, …; (y: U) => body }`";
  }
  if (task_.level == Level::Program && what == "`:`" && where->kind == TokenKind::OpenParen) {
    return "a def names a value, as in `def f: T => U = x => t`";
  }
  if (task_.level == Level::Program && what == "`(`" && where->kind == TokenKind::OpenBrace) {
    return "a record's fields stand in parentheses";
  }
  if (what == "`=`" && where->kind == TokenKind::EqualsEquals) return "a value is given with a single `=`";
  if (what == "`=`" && where->kind == TokenKind::OpenBrace) return "captured types are written `{ type C = (T, …) }`";
  if ((what == "`==`" || what == "`==` or `in`") && where->kind == TokenKind::Equals) return "equality is written `==`";
  const bool named = what.substr(0, 6) == "a name" || what == "a term" || what == "a type";
  if (named && (where->kind == TokenKind::PlainType || where->kind == TokenKind::GenericType)) {
    return "`" + std::string(text(*where)) + "` is the name of a type";
  }
  if (named && isReserved(where->kind)) return "`" + std::string(text(*where)) + "` is a reserved word";
  return {};
}

std::string State::guessDeclaration(const Token* where, const std::string& what) const {
  if (where->kind == TokenKind::End) return {};
  if (where->kind == TokenKind::Semicolon) return "declarations are not separated by `;`";
  if (where->kind == TokenKind::Equals && what == "end of declaration") return "equality is written `==`";
  if (where->kind == TokenKind::Val) return "a constant for the whole program is written `def x: T = t`";
  if (where->kind == TokenKind::Comma && start_ != nullptr && start_->kind == TokenKind::Check) {
    return "each property has a `check` of its own";
  }
  if (where->kind == TokenKind::Name) {
    if (text(*where) == "config") return "a configuration is written `config { … }`";
    const auto help = didYouMean(text(*where), {"host", "record", "def", "at", "check", "config"});
    if (help) return *help;
    if (what == "end of declaration" && start_->kind == TokenKind::Host) return "hosts are separated by `,`";
  }
  return "declarations begin with `host`, `record`, `def`, `at` or `check`; terms stand in `at a { … }`";
}

/// Under `--core`, `if (c) t` is a call and then a term too many.
std::string State::guessDataWord(const Token* where) const {
  const auto help = [&](const Token& token) -> std::string {
    const std::string_view word = text(token);
    const bool data = word == "if" || word == "else" || word == "true" || word == "false";
    return data ? "`" + std::string(word) + "` belongs to the data extension, which is off under `--core`" : "";
  };
  if (where->kind == TokenKind::Name && !help(*where).empty()) return help(*where);
  if (where == tokens_.list.data() || (where - 1)->kind != TokenKind::CloseParen) return {};
  const uint32_t open = (where - 1)->link;
  return open > 0 ? help(tokens_.list[open - 1]) : std::string();
}

/// A term was expected.
std::string State::guessTerm(const Token* where) const {
  const Token* const before = where == tokens_.list.data() ? nullptr : where - 1;
  if (where == last() && before != nullptr && before->kind == TokenKind::Semicolon) {
    return "a block ends with a term: leave out the last `;`, or end with `unit`";
  }
  if (isClosing(where->kind) && before == tokens_.list.data() + task_.open) {
    if (task_.level == Level::Paren) return "for nothing, write `unit`";
    if (task_.level != Level::Condition) return "a block has at least one term; for nothing, write `unit`";
  }
  if (where->kind == TokenKind::Else) return "no `if` is open here that lacks its `else`";
  if (where->kind == TokenKind::Val) return "`val` stands in a block: `{ val x = t; u }`";
  if (where->kind == TokenKind::Share) return "`$k` can be written only in a configuration literal";
  if (where->kind == TokenKind::Equals && before != nullptr && before->kind == TokenKind::EqualsEquals) {
    return "equality is written `==`";
  }
  if (where->kind == TokenKind::Minus) {
    return where[1].kind == TokenKind::Int ? "a negative number is written without a space, as in `-5`"
                                           : "there is no sign before terms: write `0 - t`";
  }
  return {};
}

/// Something follows what could have been the end of a term or type.
std::string State::guessEnd(const Token* where, const std::string& what) const {
  const bool inBlock = what == "end of statement";
  const Token* const before = where == tokens_.list.data() ? nullptr : where - 1;
  if (where->kind == TokenKind::Else) return "no `if` is open here that lacks its `else`";
  if (where->kind == TokenKind::Not && where[1].kind == TokenKind::Equals) return "inequality is written `!(t == u)`";
  if (where->kind == TokenKind::MapsTo) return "the arrow of functions is written `=>`";
  if (where->kind == TokenKind::Semicolon && what != "end of header entry") return "a block is written `{ t; u }`";
  if (what == "end of header entry" && isClosing(where->kind)) {
    return "a spore is written `spore { x: T = t, …; (y: U) => body }`";
  }
  if (where->kind == TokenKind::Arrow) return "a function that is an operand stands in parentheses";
  if (where->kind == TokenKind::Equals) {
    return inBlock ? "a value is named by `val x = t`; equality is written `==`" : "equality is written `==`";
  }
  if (where->kind == TokenKind::Colon) {
    return task_.level == Level::Paren ? "a function is written `(x: T) => t`"
                                       : "a type may be given to a `val`, a header entry or a parameter";
  }
  if (where->kind == TokenKind::Comma && task_.level == Level::Binder) {
    return "a function has one parameter: `(x: T) => (y: U) => t`";
  }
  if (where->kind == TokenKind::Comma && task_.level == Level::Paren && before != nullptr &&
      before->kind == TokenKind::Name && where[1].kind == TokenKind::Int) {
    return "identifiers such as `(a, 0)` can be written only in a configuration literal";
  }
  if (before != nullptr && before->kind == TokenKind::CloseParen) {
    const Token* const open = tokens_.list.data() + before->link;
    const bool parameter = open[1].kind == TokenKind::Name && open[2].kind == TokenKind::Colon;
    if (parameter) return "a function is written `(x: T) => t`";
  }
  if (where->kind == TokenKind::Val && inBlock) return "the parts of a block are separated by `;`";
  if (before == nullptr || !startsTerm(where->kind)) return {};
  const bool applies = before->kind == TokenKind::Name || before->kind == TokenKind::CloseParen;
  std::string help = inBlock ? "the parts of a block are separated by `;`" : "";
  if (applies) help += std::string(inBlock ? "; " : "") + "application is written `f(x)`";
  return help;
}

}  // namespace funpass::surface::parsing
