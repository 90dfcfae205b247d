#include "lang/parse_state.hpp"

#include <limits>

namespace funpass::surface::parsing {

namespace {

/// How many children the elaborator may rely on; after an error Erroneous ones make up for those left out.
uint32_t leastChildren(Kind kind) {
  if (kind == Kind::Req || kind == Kind::Res || kind == Kind::Spore) return 2;
  if (kind == Kind::Applied) return 3;
  if (kind == Kind::Paren || kind == Kind::Binder || kind == Kind::Generic || kind == Kind::Mat ||
      kind == Kind::Block || kind == Kind::At || kind == Kind::Ref) {
    return 1;
  }
  return 0;
}

}  // namespace

State::State(const Source& source, const ParseOptions& options, const Tokens& tokens, Errors& errors, Tree& tree)
    : source_(source), options_(options), tokens_(tokens), errors_(errors), tree_(tree) {
  const Token* const list = tokens_.list.data();
  for (const Token* token = list; token->kind != TokenKind::End; token = after(token)) {
    literal_ = literal_ || beginsConfig(token);
    if (token[0].kind == TokenKind::Record && token[1].kind == TokenKind::Name) records_.insert(text(token[1]));
  }
}

// ---- levels

const Token* State::after(const Token* token) const {
  return (isOpening(token->kind) ? tokens_.list.data() + token->link : token) + 1;
}

std::string_view State::text(const Token& token) const { return source_.slice(token.span); }

bool State::beginsConfig(const Token* token) const {
  return token[0].kind == TokenKind::Name && token[1].kind == TokenKind::OpenBrace && text(*token) == "config" &&
         mayBeginDeclaration(tokens_, index(*token));
}

bool State::whole() const {
  return task_.level == Level::Program || task_.level == Level::WholeTerm || task_.level == Level::WholeType;
}

const Token* State::first() const { return tokens_.list.data() + (whole() ? 0 : task_.open + 1); }

const Token* State::last() const {
  return whole() ? &tokens_.list.back() : tokens_.list.data() + tokens_.list[task_.open].link;
}

void State::begin(const Task& task) {
  task_ = task;
  last_ = first();
  if (last_ != tokens_.list.data()) --last_;
  forget();
  list_.clear();
  mark_ = 0;
  elseMissed_ = false;
  failedAt_ = nullptr;
  start_ = nullptr;
  value_ = 0;
  op_ = 0;
  sections_ = {};
}

bool State::nextTask(Task& task) {
  if (tasks_.empty()) return false;
  task = tasks_.back();
  tasks_.pop_back();
  return true;
}

void State::schedule(Level level, const Token& open, Index node, uint32_t slot) {
  Task task;
  task.level = level;
  task.limited = task_.limited;
  task.open = index(open);
  task.node = node;
  task.slot = slot;
  task.depth = task_.depth + unbracketedDepth() + 1;
  const Token* const head = &open - 1;
  task.hosts = level == Level::Paren ? mayBeHosts(open)
                                     : level == Level::Arguments && tree_.kind(node) == Kind::Call && isPopulate(*head);
  // A declaration's own brackets are no nesting of terms: `def f: Int = (…)` and `at a { (…) }` go equally deep.
  if (level == Level::Body || level == Level::Fields || level == Level::Config) task.depth = 0;
  if (level == Level::Config) task.limited = false;
  if (task.limited && task.depth > options_.maxDepth) {
    checkDepth(task.depth, open.span);
    complete(task, {tree_.add(Kind::Erroneous, group(open))});
  } else {
    tasks_.push_back(task);
  }
}

bool State::isPopulate(const Token& token) const {
  return token.kind == TokenKind::Primitive && text(token) == "populate";
}

/// Is this group the first argument of populate, in `populate(…, t)` or `… .populate(t)`? Asked before it is an
/// operand.
bool State::mayBeHosts(const Token& open) const {
  const Token* const next = after(&open);
  if (next->kind == TokenKind::Dot && isPopulate(next[1])) return true;
  return task_.hosts && list_.empty() && operands_.empty() && operators_.empty() &&
         (next == last() || next->kind == TokenKind::Comma);
}

void State::checkDepth(uint32_t depth, Span span) {
  if (!task_.limited || depth <= options_.maxDepth || reportedDepth_) return;
  reportedDepth_ = true;
  errors_.add({"limit",
               span,
               "nesting too deep: programs may nest to " + std::to_string(options_.maxDepth),
               {},
               "name inner parts with `val` or `def`"});
}

void State::finish() {
  if (task_.level == Level::Program || task_.level == Level::WholeType) {
    tree_.declarations = list_;
    return;
  }
  if (task_.level == Level::WholeTerm) {
    mark_ = 0;
    const Span whole{first()->span.begin, last_->span.end};
    const Index body = packBody();
    const Index host = tree_.add(Kind::Name, {whole.begin, whole.begin}, {}, "a");
    tree_.declarations.push_back(tree_.add(Kind::HostDecl, {whole.begin, whole.begin}, {host}));
    tree_.declarations.push_back(tree_.add(Kind::At, whole, {body}, "a"));
    return;
  }
  if (task_.level == Level::Body) {
    mark_ = 0;
    push(packBody());
  } else if (task_.level == Level::Block) {
    mark_ = 0;
    if (!list_.empty() && tree_.kind(list_.back()) == Kind::Val) (void)packBody();
  } else if (task_.level == Level::Spore) {
    push(packBody());
  } else if (task_.level == Level::Config) {
    std::erase_if(list_, [&](Index i) { return tree_.kind(i) != Kind::HostLine && tree_.kind(i) != Kind::Erroneous; });
    list_.insert(list_.end(), sections_.begin(), sections_.end());
  }
  complete(task_, list_);
}

/// Puts what a task's level was found to be where it belongs: behind the children that its node has already.
void State::complete(const Task& task, const std::vector<Index>& found) {
  const Span place = tokens_.list[task.open].span;
  if (task.slot != Task::noSlot) {
    tree_.kids[task.slot] = found.empty() ? tree_.add(Kind::Erroneous, place) : found[0];
    return;
  }
  const auto prefix = tree_.children(task.node);
  std::vector<Index> children(prefix.begin(), prefix.end());
  children.insert(children.end(), found.begin(), found.end());
  const uint32_t least = leastChildren(tree_.kind(task.node));
  while (children.size() < least) children.push_back(tree_.add(Kind::Erroneous, place));
  Node& node = tree_.nodes[task.node];
  node.first = static_cast<uint32_t>(tree_.kids.size());
  node.count = static_cast<uint32_t>(children.size());
  tree_.kids.insert(tree_.kids.end(), children.begin(), children.end());
}

// ---- small parts

void State::dataOnly(Span span, const std::string& what) {
  errors_.add({"syntax", span, what + " belongs to the data extension, which is off under `--core`", {}, {}});
}

int64_t State::number(const Token& token, bool negative) {
  constexpr uint64_t largest = static_cast<uint64_t>(std::numeric_limits<int64_t>::max());
  const uint64_t limit = negative ? largest + 1 : largest;
  uint64_t value = 0;
  for (const char c : text(token)) {
    if (c == '$') continue;
    const auto digit = static_cast<uint64_t>(c - '0');
    if (value > (limit - digit) / 10) {
      errors_.add({"limit",
                   token.span,
                   "this integer is too large for this tool, which computes with 64 bits",
                   {{"integers from -9223372036854775808 to 9223372036854775807 can be written", std::nullopt}},
                   {}});
      return 0;
    }
    value = value * 10 + digit;
  }
  return static_cast<int64_t>(negative ? ~value + 1 : value);
}

void State::setText(Index node, std::string_view text) {
  tree_.nodes[node].text = static_cast<uint32_t>(tree_.strings.size());
  tree_.strings.emplace_back(text);
}

Index State::nameNode(const Token& token) { return tree_.add(Kind::Name, token.span, {}, text(token)); }

bool State::namesRecord(std::string_view name) const { return records_.count(name) != 0; }

Index State::pack(Kind kind, Span span, std::string_view text, int64_t value, uint8_t op) {
  const Index node = tree_.add(kind, span, std::span<const Index>(list_).subspan(mark_), text, value, op);
  list_.resize(mark_);
  return node;
}

void State::endItem(Index node) {
  list_.resize(mark_);
  push(node);
  mark_ = list_.size();
}

/// Makes one node of a block's statements: the term itself, where it is only one.
Index State::packBody() {
  if (list_.size() == mark_) return tree_.add(Kind::Erroneous, tokens_.list[task_.open].span);
  const Index only = list_[mark_];
  const Index final = list_.back();
  if (tree_.kind(final) == Kind::Val) {
    syntaxError(spanOf(final), "a block ends with a term, not with a `val`",
                "add `; " + tree_.text(final) + "`, or leave `val` out");
  }
  if (list_.size() == mark_ + 1 && tree_.kind(only) != Kind::Val) {
    list_.resize(mark_);
    return only;
  }
  return pack(Kind::Block, {spanOf(only).begin, spanOf(final).end});
}

/// Forgets a term or type that an error interrupts.
void State::forget() {
  operands_.clear();
  operators_.clear();
  types_.clear();
  openIfs_ = 0;
  nots_ = 0;
  term_ = 0;
  type_ = 0;
  annotation_ = 0;
}

}  // namespace funpass::surface::parsing
