// Declarations and the parts of configuration literals.
#include <array>
#include <string_view>

#include "lang/parse_state.hpp"

namespace funpass::surface::parsing {

namespace {

struct SectionKind {
  std::string_view word;
  Kind kind;
};
constexpr std::array<SectionKind, 5> sectionKinds{{{"messages", Kind::Messages},
                                                   {"results", Kind::Results},
                                                   {"budgets", Kind::Budgets},
                                                   {"types", Kind::Types},
                                                   {"where", Kind::Where}}};

}  // namespace

// ---- declarations

void State::beginDeclaration(const Token& token) {
  start_ = &token;
  mark_ = list_.size();
  value_ = 0;
  op_ = 0;
  if (token.kind == TokenKind::Record && core()) dataOnly(token.span, "`record`");
  if (literal_ && (token.kind == TokenKind::Host || token.kind == TokenKind::At)) {
    syntaxError(token.span, "`" + std::string(text(token)) + "` may not stand beside a `config`",
                "the configuration says which hosts there are and what they do");
  }
}

void State::declaredName(const Token& token) { name_ = &token; }

void State::pushName(const Token& token) { push(nameNode(token)); }

void State::endHosts() { endItem(pack(Kind::HostDecl, since(start_))); }

void State::recordFields(const Token& open) {
  const Index node = tree_.add(Kind::RecordDecl, {start_->span.begin, group(open).end}, {}, text(*name_));
  schedule(Level::Fields, open, node);
  endItem(node);
}

void State::endDef() { endItem(tree_.add(Kind::Def, since(start_), {type_, term_}, text(*name_))); }

void State::atBody(const Token& open) {
  const Index node = tree_.add(Kind::At, {start_->span.begin, group(open).end}, {}, text(*name_));
  schedule(Level::Body, open, node);
  endItem(node);
}

void State::config(const Token& token) {
  beginDeclaration(token);
  const Token& open = *(&token + 1);
  if (sawConfig_) syntaxError(token.span, "a second `config`: a file holds one");
  sawConfig_ = true;
  const Index node = tree_.add(Kind::Config, {token.span.begin, group(open).end});
  schedule(Level::Config, open, node);
  endItem(node);
}

void State::checkWord(const Token& token) { word_ = &token; }

void State::checkNumber(const Token& token) { value_ = number(token); }

void State::checkIn() { op_ = 1; }

void State::endCheck() { endItem(pack(Kind::Check, since(start_), text(*word_), value_, op_)); }

// ---- configuration literals: host lines

void State::beginHostLine(const Token& token) {
  hostStart_ = &token - 1;
  hostName_ = &token;
  mark_ = list_.size();
  hostParts_ = {};
  value_ = 0;
  op_ = 0;
}

void State::hostTerm() { hostParts_[0] = packBody(); }

void State::hostCrashed() { op_ = 1; }

void State::hostStore(const Token& open) {
  hostParts_[1] = tree_.add(Kind::Store, group(open));
  schedule(Level::Store, open, hostParts_[1]);
}

void State::hostNext(const Token& token) { value_ = number(token); }

void State::hostAsked(const Token& open) {
  hostParts_[2] = tree_.add(Kind::Asked, {(&open - 1)->span.begin, group(open).end});
  schedule(Level::Asked, open, hostParts_[2]);
}

void State::endHostLine() {
  endItem(tree_.add(Kind::HostLine, since(hostStart_), hostParts_, text(*hostName_), value_, op_));
}

// ---- sections

void State::beginSection(const Token& token) {
  start_ = &token;
  word_ = &token;
  mark_ = list_.size();
}

void State::endSection() {
  for (std::size_t i = 0; i < sectionKinds.size(); ++i) {
    if (text(*word_) == sectionKinds[i].word) sections_[i] = pack(sectionKinds[i].kind, since(word_));
  }
}

void State::lineName(const Token& token) {
  start_ = &token;
  name_ = &token;
}

void State::message(const Token& token) {
  const Token& open = *(&token + 1);
  const bool asks = text(token) == "Req";
  const Index contents = tree_.add(asks ? Kind::Req : Kind::Res, {token.span.begin, group(open).end});
  schedule(asks ? Level::Req : Level::Res, open, contents);
  push(tree_.add(Kind::Message, since(start_), {contents}, text(*name_)));
}

void State::resultWord(const Token& token) {
  const uint8_t op = text(token) == "never" ? 1 : 0;
  push(tree_.add(Kind::ResultEntry, since(start_), {0}, text(*name_), 0, op));
}

void State::resultValue() { push(tree_.add(Kind::ResultEntry, since(start_), {term_}, text(*name_), 0, 2)); }

void State::budgetNumber(const Token& token) {
  push(tree_.add(Kind::Budget, since(start_), {}, text(*name_), number(token)));
}

void State::beginPair(const Token& open) {
  start_ = &open;
  identifier(open);
  pair_ = operands_.back();
  operands_.pop_back();
}

void State::endBinding() { push(tree_.add(Kind::Binding, since(start_), {pair_, term_})); }

void State::endTypeEntry() { push(tree_.add(Kind::TypeEntry, since(start_), {pair_, type_})); }

void State::askedHost(const Token& token) {
  const Index host = text(token) == "nobody" ? 0 : nameNode(token);
  push(tree_.add(Kind::AskedEntry, since(start_), {pair_, term_, host}));
}

void State::whereShare(const Token& token) {
  start_ = &token;
  value_ = number(token);
}

void State::endWhereType() { push(tree_.add(Kind::WhereEntry, since(start_), {type_}, {}, value_)); }

void State::endWhereTerm() { push(tree_.add(Kind::WhereEntry, since(start_), {term_}, {}, value_)); }

// ---- arguments of Req, Res, Mat, Applied, Ref

void State::reqHost(const Token& token) { setText(task_.node, text(token)); }

void State::pushIdentifier(const Token& open) {
  beginPair(open);
  push(pair_);
}

void State::hostList(const Token& open) { schedule(Level::Hosts, open, task_.node); }

}  // namespace funpass::surface::parsing
