#include "lang/parse_tokens.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace funpass::surface::parsing {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool isNamePart(char c) { return isDigit(c) || isLetter(c); }
bool isLineEnd(char c) { return c == '\r' || c == '\n'; }
bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool continuesCodePoint(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view doubleArrow = "\xE2\x87\x92";

struct Spelling {
  std::string_view text;
  TokenKind kind;
};

// A longer spelling stands before its beginnings.
constexpr std::array<Spelling, 29> symbols{{
    {"=>", TokenKind::Arrow},      {doubleArrow, TokenKind::Arrow},  {"->", TokenKind::MapsTo},
    {"||", TokenKind::Or},         {"&&", TokenKind::And},           {"==", TokenKind::EqualsEquals},
    {"<=", TokenKind::LessEquals}, {">=", TokenKind::GreaterEquals}, {"++", TokenKind::PlusPlus},
    {"(", TokenKind::OpenParen},   {"[", TokenKind::OpenBracket},    {"{", TokenKind::OpenBrace},
    {")", TokenKind::CloseParen},  {"]", TokenKind::CloseBracket},   {"}", TokenKind::CloseBrace},
    {",", TokenKind::Comma},       {";", TokenKind::Semicolon},      {":", TokenKind::Colon},
    {".", TokenKind::Dot},         {"=", TokenKind::Equals},         {"|", TokenKind::Bar},
    {"<", TokenKind::Less},        {">", TokenKind::Greater},        {"+", TokenKind::Plus},
    {"-", TokenKind::Minus},       {"*", TokenKind::Star},           {"!", TokenKind::Not},
    {"$", TokenKind::Share},       {"\"", TokenKind::String},
}};

const std::unordered_map<std::string_view, TokenKind>& coreWords() {
  static const std::unordered_map<std::string_view, TokenKind> words{
      {"host", TokenKind::Host},
      {"at", TokenKind::At},
      {"def", TokenKind::Def},
      {"val", TokenKind::Val},
      {"record", TokenKind::Record},
      {"check", TokenKind::Check},
      {"spore", TokenKind::Spore},
      {"type", TokenKind::Type},
      {"populate", TokenKind::Primitive},
      {"apply", TokenKind::Primitive},
      {"send", TokenKind::Primitive},
      {"await", TokenKind::Primitive},
      {"respond", TokenKind::Primitive},
      {"currentHost", TokenKind::CurrentHost},
      {"unit", TokenKind::Unit},
      {"Int", TokenKind::PlainType},
      {"Unit", TokenKind::PlainType},
      {"Host", TokenKind::PlainType},
      {"SiloRef", TokenKind::GenericType},
      {"Future", TokenKind::GenericType},
  };
  return words;
}

const std::unordered_map<std::string_view, TokenKind>& dataWords() {
  static const std::unordered_map<std::string_view, TokenKind> words{
      {"Bool", TokenKind::PlainType}, {"String", TokenKind::PlainType}, {"List", TokenKind::GenericType},
      {"if", TokenKind::If},          {"else", TokenKind::Else},        {"true", TokenKind::True},
      {"false", TokenKind::False},
  };
  return words;
}

TokenKind partner(TokenKind opening) {
  if (opening == TokenKind::OpenParen) return TokenKind::CloseParen;
  if (opening == TokenKind::OpenBracket) return TokenKind::CloseBracket;
  return TokenKind::CloseBrace;
}

void appendUtf8(std::string& out, uint32_t c) {
  const auto put = [&](uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0U | (c >> 6U));
    put(0x80U | (c & 0x3FU));
  } else if (c < 0x10000) {
    put(0xE0U | (c >> 12U));
    put(0x80U | ((c >> 6U) & 0x3FU));
    put(0x80U | (c & 0x3FU));
  } else {
    put(0xF0U | (c >> 18U));
    put(0x80U | ((c >> 12U) & 0x3FU));
    put(0x80U | ((c >> 6U) & 0x3FU));
    put(0x80U | (c & 0x3FU));
  }
}

class Tokenizer {
 public:
  Tokenizer(const Source& source, bool core, Errors& errors) : text_(source.text()), core_(core), errors_(errors) {}

  Tokens run() {
    if (text_.substr(0, byteOrderMark.size()) == byteOrderMark) at_ = byteOrderMark.size();
    while (at_ < text_.size()) next();
    closeAll(range(text_.size(), text_.size()), "the text ends here");
    push(TokenKind::End, at_, at_);
    tokens_.list.back().broken = commentUnclosed_;
    for (const Span region : guessed_) errors_.distrust(region);
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool startsWith(std::string_view prefix) const { return text_.substr(at_, prefix.size()) == prefix; }

  static Span range(std::size_t begin, std::size_t end) {
    return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  }

  void error(Span span, std::string message, std::string help = {}) {
    errors_.add({"syntax", span, std::move(message), {}, std::move(help)});
  }

  void push(TokenKind kind, std::size_t begin, std::size_t end) {
    tokens_.list.push_back({kind, false, range(begin, end), 0});
    lineUsed_ = true;
  }

  void next() {
    const char c = peek();
    if (isLineEnd(c)) {
      lineUsed_ = false;
      ++at_;
    } else if (isBlank(c)) {
      ++at_;
    } else if (startsWith("//")) {
      comment(text_.find_first_of("\r\n", at_));
    } else if (startsWith("/*")) {
      blockComment();
    } else if (isLetter(c)) {
      name();
    } else if (isDigit(c)) {
      number();
    } else {
      symbol();
    }
  }

  void comment(std::size_t end) {
    if (end == std::string_view::npos) end = text_.size();
    tokens_.comments.push_back({range(at_, end), !lineUsed_});
    lineUsed_ = true;
    at_ = end;
  }

  void blockComment() {
    const std::size_t end = text_.find("*/", at_ + 2);
    if (end == std::string_view::npos) {
      error(range(at_, at_ + 2), "this `/*` comment is never closed");
      commentUnclosed_ = true;
      swallowed_ = stack_.size();
      comment(text_.size());
    } else {
      comment(end + 2);
    }
  }

  void name() {
    const std::size_t begin = at_;
    while (isNamePart(peek())) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    TokenKind kind = TokenKind::Name;
    if (const auto found = coreWords().find(word); found != coreWords().end()) {
      kind = found->second;
    } else if (!core_) {
      if (const auto data = dataWords().find(word); data != dataWords().end()) kind = data->second;
    }
    if (beginsDeclaration(kind, begin)) closeAll(range(begin, at_), "a declaration begins here");
    push(kind, begin, at_);
  }

  /// At the margin, and not in a configuration literal: then no bracket that is open was meant to be.
  bool beginsDeclaration(TokenKind kind, std::size_t begin) const {
    const bool declares = kind == TokenKind::Host || kind == TokenKind::At || kind == TokenKind::Def ||
                          kind == TokenKind::Record || kind == TokenKind::Check;
    if (!declares || stack_.empty() || begin == 0 || !isLineEnd(text_[begin - 1])) return false;
    const uint32_t outermost = stack_.front();
    if (outermost == 0) return true;
    const Span before = tokens_.list[outermost - 1].span;
    return text_.substr(before.begin, before.end - before.begin) != "config" ||
           !mayBeginDeclaration(tokens_, outermost - 1);
  }

  void number() {
    const std::size_t begin = at_;
    while (isDigit(peek())) ++at_;
    if (!isLetter(peek())) {
      push(TokenKind::Int, begin, at_);
      return;
    }
    while (isNamePart(peek())) ++at_;
    error(range(begin, at_), "neither a number nor a name", "a name does not start with a digit");
    push(TokenKind::Bad, begin, at_);
  }

  void symbol() {
    const std::size_t begin = at_;
    for (const Spelling& spelling : symbols) {
      if (!startsWith(spelling.text)) continue;
      if (spelling.kind == TokenKind::String) {
        string();
      } else if (spelling.kind == TokenKind::Share) {
        share();
      } else {
        at_ += spelling.text.size();
        if (isOpening(spelling.kind)) {
          open(spelling.kind, begin);
        } else if (isClosing(spelling.kind)) {
          close(spelling.kind, begin);
        } else {
          push(spelling.kind, begin, at_);
        }
      }
      return;
    }
    unknown();
  }

  void share() {
    const std::size_t begin = at_++;
    while (isDigit(peek())) ++at_;
    if (at_ > begin + 1) {
      push(TokenKind::Share, begin, at_);
      return;
    }
    error(range(begin, at_), "expected a number after `$`");
    push(TokenKind::Bad, begin, at_);
  }

  /// One report for a run of characters that mean nothing.
  void unknown() {
    const std::size_t begin = at_;
    ++at_;
    while (at_ < text_.size() && continuesCodePoint(text_[at_])) ++at_;
    const std::string first(text_.substr(begin, at_ - begin));
    const bool ascii = first.size() == 1;
    while (at_ < text_.size() && (ascii ? text_[at_] == first[0] : static_cast<unsigned char>(text_[at_]) >= 0x80U))
      ++at_;
    push(TokenKind::Bad, begin, at_);
    std::string help;
    if (first == "&") {
      help = "\"and\" is written `&&`";
    } else if (first == "/" && begin > 0 && text_[begin - 1] == '*') {
      help = "`*/` closes no comment here; block comments do not nest";
    } else if (first == "/" || first == "%") {
      help = "the operators on integers are `+`, `-` and `*`";
    } else if (first == "'") {
      help = "strings stand in double quotes";
    } else if (first == "\xE2\x86\x92") {
      help = "the arrow is written `=>` or `⇒`";
    } else if (!ascii) {
      help = "names are made of ASCII letters, digits and `_`";
    }
    const auto code = static_cast<unsigned char>(first[0]);
    error(range(begin, begin + first.size()),
          code < 0x20 || code == 0x7F ? "unexpected control character" : "unexpected character `" + first + "`", help);
  }

  void string() {
    const std::size_t begin = at_++;
    bool closed = true;
    std::string contents;
    while (at_ < text_.size() && peek() != '"' && !isLineEnd(peek())) {
      if (peek() == '\\') {
        escape(contents);
      } else {
        contents.push_back(text_[at_++]);
      }
    }
    if (peek() == '"') {
      ++at_;
    } else {
      closed = false;
      swallowed_ = stack_.size();
      error(range(begin, begin + 1), "this string is not closed on its line",
            "a line break in a string is written `\\n`");
    }
    push(TokenKind::String, begin, at_);
    tokens_.list.back().broken = !closed;
    tokens_.list.back().link = static_cast<uint32_t>(tokens_.strings.size());
    tokens_.strings.push_back(std::move(contents));
  }

  void escape(std::string& contents) {
    const std::size_t begin = at_++;
    switch (peek()) {
      case '"': contents.push_back('"'); break;
      case '\\': contents.push_back('\\'); break;
      case 'n': contents.push_back('\n'); break;
      case 't': contents.push_back('\t'); break;
      case 'r': contents.push_back('\r'); break;
      case 'u': codePoint(contents, begin); return;
      default:
        error(range(begin, begin + 1), "unknown escape in a string",
              "the escapes are \\\" \\\\ \\n \\t \\r and \\u{…}; a backslash itself is written \\\\");
        return;
    }
    ++at_;
  }

  void codePoint(std::string& contents, std::size_t begin) {
    ++at_;
    const auto digit = [](char c) -> int {
      if (isDigit(c)) return c - '0';
      if (c >= 'a' && c <= 'f') return c - 'a' + 10;
      if (c >= 'A' && c <= 'F') return c - 'A' + 10;
      return -1;
    };
    uint32_t value = 0;
    std::size_t digits = 0;
    const bool braced = peek() == '{';
    if (braced) {
      ++at_;
      for (; digit(peek()) >= 0; ++at_, ++digits) {
        if (value < 0x110000) value = value * 16 + static_cast<uint32_t>(digit(peek()));
      }
    }
    if (!braced || digits == 0 || peek() != '}') {
      error(range(begin, at_), "expected a code point in hexadecimal, as in `\\u{3bb}`");
      return;
    }
    ++at_;
    if (value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) {
      error(range(begin, at_), "there is no such code point", "code points are 0 to D7FF and E000 to 10FFFF");
      return;
    }
    appendUtf8(contents, value);
  }

  // ---- brackets

  std::size_t& openCount(TokenKind opening) {
    return openCounts_[static_cast<std::size_t>(opening) - static_cast<std::size_t>(TokenKind::OpenParen)];
  }

  void open(TokenKind kind, std::size_t begin) {
    stack_.push_back(static_cast<uint32_t>(tokens_.list.size()));
    ++openCount(kind);
    push(kind, begin, at_);
  }

  /// Closes the innermost group by the token that is pushed next.
  void match() {
    const uint32_t opening = stack_.back();
    stack_.pop_back();
    swallowed_ = std::min(swallowed_, stack_.size());
    --openCount(tokens_.list[opening].kind);
    tokens_.list[opening].link = static_cast<uint32_t>(tokens_.list.size());
  }

  /// Closes the innermost group where the text does not, before offset `at`.
  void closeImplied(std::size_t at) {
    const uint32_t opening = stack_.back();
    match();
    tokens_.list[opening].broken = true;
    tokens_.list.push_back({partner(tokens_.list[opening].kind), true, range(at, at), opening});
    const Span shown = tokens_.list[opening].span;
    if (!guessed_.empty() && guessed_.back().begin <= shown.begin && guessed_.back().end >= at) return;
    guessed_.push_back(range(statementAt(shown.begin), at));
  }

  /// About where the statement begins that has this offset in it.
  std::size_t statementAt(std::size_t at) const {
    const std::size_t before = at == 0 ? std::string_view::npos : text_.find_last_of(";{", at - 1);
    return before == std::string_view::npos ? 0 : before + 1;
  }

  /// The innermost group is not closed; that is no news if an unclosed string or comment may hold its closing bracket.
  void unclosed(Diagnostic::Note note) {
    if (stack_.size() <= swallowed_) return;
    const uint32_t opening = stack_.back();
    const Token& token = tokens_.list[opening];
    const std::string shown(text_.substr(token.span.begin, 1));
    errors_.add({"syntax", token.span, "this `" + shown + "` is never closed", {std::move(note)}, {}});
  }

  void close(TokenKind kind, std::size_t begin) {
    const std::string shown(text_.substr(begin, 1));
    const auto opens = [&](uint32_t opening) { return partner(tokens_.list[opening].kind) == kind; };
    const TokenKind opening = kind == TokenKind::CloseParen     ? TokenKind::OpenParen
                              : kind == TokenKind::CloseBracket ? TokenKind::OpenBracket
                                                                : TokenKind::OpenBrace;
    if (openCount(opening) == 0) {
      const bool small =
          kind != TokenKind::CloseBrace && !stack_.empty() && tokens_.list[stack_.back()].kind != TokenKind::OpenBrace;
      if (!small) {
        error(range(begin, at_), "unexpected `" + shown + "`: it closes nothing");
        return;
      }
      const Span opened = tokens_.list[stack_.back()].span;
      errors_.add({"syntax",
                   range(begin, at_),
                   "`" + std::string(text_.substr(opened.begin, 1)) + "` is closed by `" + shown + "`",
                   {{"it is opened here", opened}},
                   {}});
    }
    for (int reported = 0; openCount(opening) > 0 && !opens(stack_.back()); ++reported) {
      if (reported < mostReported) unclosed({"`" + shown + "` is found here instead", range(begin, at_)});
      closeImplied(begin);
    }
    const uint32_t partnerIndex = stack_.back();
    match();
    push(kind, begin, at_);
    tokens_.list.back().link = partnerIndex;
  }

  void closeAll(Span here, const char* what) {
    for (int reported = 0; !stack_.empty(); ++reported) {
      if (reported < mostReported) unclosed({what, here});
      closeImplied(here.begin);
    }
  }

  static constexpr int mostReported = 3;  // of the brackets that one place leaves open

  std::string_view text_;
  bool core_;
  Errors& errors_;
  Tokens tokens_;
  std::size_t at_ = 0;
  bool lineUsed_ = false;
  std::vector<Span> guessed_;  // from the statement of a bracket that is not closed to where it was taken to be
  bool commentUnclosed_ = false;
  std::vector<uint32_t> stack_;
  std::size_t swallowed_ = 0;  ///< so many of the open brackets may be closed in an unclosed string or comment
  std::array<std::size_t, 3> openCounts_{};
};

}  // namespace

void Errors::add(Diagnostic diagnostic) {
  constexpr std::size_t most = 1000;
  const auto hides = [&](Span region) {
    return diagnostic.span && diagnostic.span->begin <= region.end && diagnostic.span->end >= region.begin;
  };
  if (diagnostic.rule == "syntax" && std::any_of(guessed_.begin(), guessed_.end(), hides)) return;
  if (found_.size() < most) {
    found_.push_back(std::move(diagnostic));
  } else {
    more_ = true;
  }
}

void Errors::moveTo(Diagnostics& out) {
  const auto place = [](const Diagnostic& d) { return d.span ? d.span->begin : 0; };
  std::stable_sort(found_.begin(), found_.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return place(a) < place(b); });
  for (Diagnostic& diagnostic : found_) out.push_back(std::move(diagnostic));
  if (more_) out.push_back({"syntax", std::nullopt, "there are more errors than these", {}, {}});
  found_.clear();
}

bool isOpening(TokenKind kind) { return kind >= TokenKind::OpenParen && kind <= TokenKind::OpenBrace; }
bool isClosing(TokenKind kind) { return kind >= TokenKind::CloseParen && kind <= TokenKind::CloseBrace; }
bool isReserved(TokenKind kind) { return kind >= TokenKind::Host && kind <= TokenKind::False; }

bool mayBeginDeclaration(const Tokens& tokens, std::size_t token) {
  if (token == 0) return true;
  const TokenKind before = tokens.list[token - 1].kind;
  return before != TokenKind::Host && before != TokenKind::At && before != TokenKind::Def &&
         before != TokenKind::Record && before != TokenKind::Comma && before != TokenKind::Colon &&
         before != TokenKind::Arrow;
}

Tokens tokenize(const Source& source, bool core, Errors& errors) { return Tokenizer(source, core, errors).run(); }

}  // namespace funpass::surface::parsing
