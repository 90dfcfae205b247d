// The parser's first pass: from text to tokens with matched brackets. It is a loop, so brackets may nest to any depth.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lang/parse.hpp"

namespace funpass::surface::parsing {

enum class TokenKind : uint8_t {
  Name,
  Int,
  String,
  Share,  // $k
  OpenParen,
  OpenBracket,
  OpenBrace,
  CloseParen,
  CloseBracket,
  CloseBrace,
  Comma,
  Semicolon,
  Colon,
  Dot,
  Equals,
  Arrow,   // => ⇒
  MapsTo,  // ->
  Bar,
  Or,
  And,
  EqualsEquals,
  Less,
  LessEquals,
  Greater,
  GreaterEquals,
  Plus,
  Minus,
  PlusPlus,
  Star,
  Not,
  // ---- reserved words
  Host,
  At,
  Def,
  Val,
  Record,
  Check,
  Spore,
  Type,
  Primitive,  // populate apply send await respond
  CurrentHost,
  Unit,
  PlainType,    // Int Unit Host, with data Bool String
  GenericType,  // SiloRef Future, with data List
  If,
  Else,
  True,
  False,
  // ----
  Bad,  // reported already
  End,  // of the text
};

struct Token {
  TokenKind kind = TokenKind::End;
  /// Something is wrong with it that is reported already: an opening bracket is not closed, a closing one is not in the
  /// text, a string is not closed, the text ends in a comment. What seems wrong next to it may be due to that.
  bool broken = false;
  Span span;
  uint32_t link = 0;  ///< brackets: the index of the partner; strings: of the contents
};

struct Tokens {
  std::vector<Token> list;  ///< ends with End; brackets match
  std::vector<std::string> strings;
  std::vector<Comment> comments;
};

/// Collects diagnostics up to a number nobody reads to the end of.
class Errors {
 public:
  void add(Diagnostic diagnostic);
  /// A bracket that is open in `region` was closed by guess: what is added from now on about that region says nothing.
  void distrust(Span region) { guessed_.push_back(region); }
  /// Moves the diagnostics to `out`, in the order of their places.
  void moveTo(Diagnostics& out);

 private:
  Diagnostics found_;
  std::vector<Span> guessed_;
  bool more_ = false;
};

bool isOpening(TokenKind kind);
bool isClosing(TokenKind kind);
bool isReserved(TokenKind kind);

/// May a declaration begin at `token`, which no bracket encloses? Not where the token before it asks for a name or
/// type.
bool mayBeginDeclaration(const Tokens& tokens, std::size_t token);

/// Splits the text. Unclosed and unexpected brackets, strings and comments are added to `errors` and repaired.
Tokens tokenize(const Source& source, bool core, Errors& errors);

}  // namespace funpass::surface::parsing
