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
  if (tokens_.list[task_.open].broken && isOpening(tokens_.list[task_.open].kind) && task_.level != Level::Program) {
    return;
  }
  errors_.add({"syntax", span, std::move(message), {}, std::move(help)});
}

void State::failed(const Token* where, const std::string& what, const Token* next) {
  const bool reported = where->kind == TokenKind::Bad || (where->kind == TokenKind::End && where->broken) ||
                        (where->kind == TokenKind::Else && elseMissed_);
  elseMissed_ = elseMissed_ || what == "`else`";
  if (!reported) {
    Span span = where->span;
    if (where->kind == TokenKind::End && where != tokens_.list.data()) {
      span = {(where - 1)->span.end, (where - 1)->span.end};
    }
    syntaxError(span, "expected " + expectation(what) + ", found " + found(where), guess(where, what));
  }
  forget();
  const uint32_t begin = where->span.begin;
  const uint32_t end = next > where ? (next - 1)->span.end : where->span.end;
  push(tree_.add(Kind::Erroneous, {begin, std::max(begin, end)}));
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

/// Help: what the user may have meant.
std::string State::guess(const Token* where, const std::string& what) const {
  const Token* const before = where == tokens_.list.data() ? nullptr : where - 1;
  const bool termEnded = what == "end" || what == "end of statement" || what == "end of item" ||
                         what == "end of entry" || what == "end of declaration" || what == "end of header entry";
  const std::string word(text(*where));

  if (what == "a declaration" || what == "end of declaration") {
    if (where->kind == TokenKind::Semicolon) return "declarations are not separated by `;`";
    if (where->kind == TokenKind::End) return {};
    if (before != nullptr && what == "end of declaration" && where->kind == TokenKind::Equals) {
      return "equality is written `==`";
    }
    if (where->kind == TokenKind::Name) {
      const auto close = didYouMean(word, {"host", "record", "def", "at", "check", "config"});
      if (close) return *close;
      if (word == "config") return "a configuration is written `config { … }`";
    }
    const bool inBlock = task_.level == Level::Block || task_.level == Level::Body || task_.level == Level::WholeTerm ||
                         task_.level == Level::Spore || task_.level == Level::Config;
    if (where->kind == TokenKind::Val && what == "end of statement") return "the parts of a block are separated by `;`";
    if (where->kind == TokenKind::Val) return "a constant for the whole program is written `def x: T = t`";
    return "declarations begin with `host`, `record`, `def`, `at` or `check`; terms stand in `at a { … }`";
  }
  if (what == "a property") {
    return didYouMean(word, {"safe", "confluent", "result", "reaches", "resilient", "transparent"})
        .value_or("the properties are `safe`, `confluent`, `result`, `reaches`, `resilient` and `transparent`");
  }
  if (core()) {
    const auto isDataWord = [&](const Token* token) {
      const std::string_view t = text(*token);
      return t == "if" || t == "else" || t == "true" || t == "false";
    };
    const Token* word0 = nullptr;
    if (where->kind == TokenKind::Name && isDataWord(where)) word0 = where;
    if (before != nullptr && before->kind == TokenKind::CloseParen && before->link > 0) {
      const Token* const head = tokens_.list.data() + before->link - 1;
      if (head->kind == TokenKind::Name && isDataWord(head)) word0 = head;
    }
    if (word0 != nullptr) {
      return "`" + std::string(text(*word0)) + "` belongs to the data extension, which is off under `--core`";
    }
  }
  if (what == "`else`") {
    if (where->kind == TokenKind::Semicolon && where[1].kind == TokenKind::Else)
      return "leave out the `;` before `else`";
    return "an `if` has two branches: `if (c) t else u`";
  }
  if (where->kind == TokenKind::Else) return "no `if` is open here that lacks its `else`";
  if (what == "a term" && isClosing(where->kind)) {
    if (before != nullptr && before->kind == TokenKind::Semicolon) {
      return "a block ends with a term: leave the last `;` out, or end with `unit`";
    }
    if (before == tokens_.list.data() + task_.open) {
      if (task_.level == Level::Paren) return "for nothing, write `unit`";
      return "a block has at least one term; for nothing, write `unit`";
    }
    return {};
  }
  if (what == "a term" && where->kind == TokenKind::End && before != nullptr && before->kind == TokenKind::Semicolon) {
    return "leave the last `;` out, or end with `unit`";
  }
  const bool inBlock = task_.level == Level::Block || task_.level == Level::Body || task_.level == Level::WholeTerm ||
                       task_.level == Level::Spore || task_.level == Level::Config;
  if (where->kind == TokenKind::Val && what == "end of statement") return "the parts of a block are separated by `;`";
  if (where->kind == TokenKind::Val) return "`val` stands in a block: `{ val x = t; u }`";
  if (where->kind == TokenKind::Equals && termEnded) {
    return inBlock ? "a value is named by `val x = t`; equality is written `==`" : "equality is written `==`";
  }
  if (what == "`=`" && where->kind == TokenKind::EqualsEquals) return "a value is given with a single `=`";
  if ((what == "`==`" || what == "`==` or `in`") && where->kind == TokenKind::Equals) return "equality is written `==`";
  if (where->kind == TokenKind::Colon && termEnded) {
    return task_.level == Level::Paren ? "a function is written `(x: T) => t`"
                                       : "a type may be given to a `val`, a header entry or a parameter";
  }
  if (where->kind == TokenKind::Arrow && termEnded) return "a function that is an operand stands in parentheses";
  if (where->kind == TokenKind::Comma && task_.level == Level::Paren && before != nullptr &&
      before->kind == TokenKind::Name && (where + 1)->kind == TokenKind::Int) {
    return "identifiers such as `(a, 0)` can be written only in a configuration literal";
  }
  if (where->kind == TokenKind::Share && !literal()) return "`$k` can be written only in a configuration literal";
  if (what == "a term" && where->kind == TokenKind::Minus) {
    return "a negative number is written without a space, as in `-5`";
  }
  if (what == "`messages:`" || what == "a section or `}`") {
    return didYouMean(word, {"messages", "results", "budgets", "types", "where"})
        .value_or("the sections are `messages:`, `results:`, `budgets:`, `types:` and `where:`, in this order");
  }
  if (what == "`=>`" && task_.level == Level::Spore) {
    if (where->kind == TokenKind::Colon || where->kind == TokenKind::Equals) {
      return "header entries are separated by `,`; the header ends with `;`";
    }
    return "a spore is written `spore { x: T = t, …; (y: U) => body }`";
  }
  if (isReserved(where->kind) && (what.substr(0, 6) == "a name" || what == "a term" || what == "a type")) {
    if (where->kind == TokenKind::PlainType || where->kind == TokenKind::GenericType) {
      return "`" + word + "` is the name of a type";
    }
    return "`" + word + "` is a reserved word";
  }
  if (termEnded && before != nullptr && before->kind == TokenKind::CloseParen) {
    const Token* const open = tokens_.list.data() + before->link;
    if (open[1].kind == TokenKind::Name && open[2].kind == TokenKind::Colon)
      return "a function is written `(x: T) => t`";
  }
  if (termEnded && before != nullptr && startsTerm(where->kind)) {
    const bool applies = before->kind == TokenKind::Name || before->kind == TokenKind::CloseParen;
    std::string help = inBlock ? "the parts of a block are separated by `;`" : "";
    if (applies) help += std::string(inBlock ? "; " : "") + "application is written `f(x)`";
    return help;
  }
  if (task_.level == Level::Binder && where->kind == TokenKind::Comma) {
    return "a function has one parameter: `(x: T) => (y: U) => t`";
  }
  if (what == "`=`" && where->kind == TokenKind::OpenBrace) return "captured types are written `{ type C = (T, …) }`";
  return {};
}

}  // namespace funpass::surface::parsing
