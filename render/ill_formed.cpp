#include "render/ill_formed.hpp"

#include <optional>

#include "lang/raise.hpp"
#include "render/short_text.hpp"

namespace funpass::render {

namespace {

using surface::Index;
using surface::Kind;
using surface::Tree;

constexpr uint32_t kWide = 80;

// The place of the refusal's subject in the literal.
class Place {
 public:
  Place(Arena& arena, const Tree& tree, const WfRefusal& refusal) : arena_(arena), tree_(tree), refusal_(refusal) {}

  std::optional<Span> operator()() const {
    for (const Index declaration : tree_.declarations)
      if (tree_.kind(declaration) == Kind::Config) return inConfig(declaration);
    return std::nullopt;
  }

 private:
  bool isHost(Index node) const {
    return refusal_.host != kNobody && tree_.text(node) == arena_.hosts()[refusal_.host];
  }

  bool isIdent(Index node, Handle ident) const {
    return ident != 0 && tree_.kind(node) == Kind::Identifier && tree_.text(node) == arena_.hosts()[arena_[ident][0]] &&
           static_cast<uint64_t>(tree_[node].value) == arena_[ident][1];
  }

  std::optional<Span> inConfig(Index config) const {
    const Handle subject = refusal_.subject;
    const bool message = subject != 0 && (arena_.is(subject, Tag::Req) || arena_.is(subject, Tag::Res) ||
                                          arena_.is(subject, Tag::Inbox));
    for (const Index part : tree_.children(config)) {
      if (tree_.kind(part) == Kind::HostLine && !message && isHost(part)) return inHostLine(part);
      if (tree_.kind(part) == Kind::Messages && message) return inMessages(part);
    }
    return tree_[config].span;
  }

  std::optional<Span> inHostLine(Index host) const {
    const bool entry = refusal_.subject != 0 && arena_.is(refusal_.subject, Tag::Leaf);
    for (const Index part : tree_.children(host)) {
      if (tree_.kind(part) != Kind::Store) {
        if (refusal_.asked == Rule::WFHostConfig && !entry && tree_.kind(part) != Kind::Asked &&
            tree_.kind(part) != Kind::Missing) {
          return tree_[part].span;
        }
        continue;
      }
      for (const Index binding : tree_.children(part))
        if (entry && isIdent(tree_.child(binding, 0), refusal_.ident)) return tree_[binding].span;
    }
    return tree_[host].span;
  }

  std::optional<Span> inMessages(Index messages) const {
    const bool request = arena_.is(refusal_.subject, Tag::Req);
    for (const Index message : tree_.children(messages)) {
      if (!isHost(message)) continue;
      const Index body = tree_.child(message, 0);
      if (arena_.is(refusal_.subject, Tag::Inbox)) return tree_[message].span;
      if (tree_.kind(body) != (request ? Kind::Req : Kind::Res)) continue;
      const Index ident = tree_.child(body, request ? 1 : 0);
      if (isIdent(ident, arena_[refusal_.subject][request ? 2 : 0])) return tree_[message].span;
    }
    return tree_[messages].span;
  }

  Arena& arena_;
  const Tree& tree_;
  const WfRefusal& refusal_;
};

std::string subjectText(const Arena& arena, const WfRefusal& refusal) {
  const std::string host = refusal.host == kNobody ? "" : arena.hosts()[refusal.host];
  const Node subject = arena[refusal.subject];
  if (subject.is(Tag::Leaf))
    return "in the store of " + host + ": " + shortText(arena, subject[0], kWide) + " -> " +
           shortText(arena, subject[1], kWide);
  const std::string text = shortText(arena, refusal.subject, kWide);
  if (subject.is(Tag::Req) || subject.is(Tag::Res)) return "in the message " + host + " <- " + text;
  return "at host " + host + ": " + text;
}

}  // namespace

Diagnostic illFormed(Arena& arena, const Tree& tree, const WfRefusal& refusal) {
  const TypeRefusal& why = refusal.premise;
  Diagnostic out;
  out.rule = info(why.rule).name;
  out.span = Place(arena, tree, refusal)();
  out.message = why.message.empty() ? "the configuration is not well-formed" : why.message;
  if (refusal.ident != 0 && refusal.other != 0) {
    out.message += ": " + text(arena, refusal.ident) + " at `" + text(arena, arena[refusal.ident][2]) + "` and at `" +
                   text(arena, arena[refusal.other][2]) + "`";
  } else if (why.found != 0 && why.wanted != 0) {
    out.message +=
        ": `" + shortText(arena, why.found, kWide) + "` where `" + shortText(arena, why.wanted, kWide) + "` is needed";
  } else if (why.found != 0) {
    out.message += ": `" + shortText(arena, why.found, kWide) + "`";
  }
  const Node subject = arena[refusal.subject];
  const bool printable = refusal.subject != 0 && !subject.isFrame() && !subject.is(Tag::Branch) &&
                         !subject.is(Tag::Inbox) && !subject.is(Tag::NoResult) && !subject.is(Tag::NeverResult);
  if (printable) out.notes.push_back({subjectText(arena, refusal)});
  const auto premises = info(why.rule).premises;
  if (why.premise < premises.size())
    out.notes.push_back({"the premise that fails: " + std::string(premises[why.premise])});
  if (refusal.asked != why.rule && refusal.asked != Rule::Count)
    out.notes.push_back({"it is asked for by " + std::string(info(refusal.asked).name)});
  out.help = why.help;
  return out;
}

}  // namespace funpass::render
