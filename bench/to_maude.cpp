// Prints a core program as the Maude module P, whose init is a configuration of the module FUNPASS: to compare the two
// on one program. to_maude FILE > p.maude
#include <cstdio>
#include <string>
#include <vector>

#include "lang/parse.hpp"
#include "typecheck/elaborate.hpp"

namespace {

using namespace funpass;

// A text, or a node that is still to be printed.
struct Part {
  Part(const char* t) : text(t) {}             // NOLINT: a list of parts reads as what is printed
  Part(std::string t) : text(std::move(t)) {}  // NOLINT
  Part(Handle n) : node(n) {}                  // NOLINT
  std::string text;
  Handle node = 0;
};

class ToMaude {
 public:
  explicit ToMaude(const Arena& arena) : arena_(arena) {}

  /// The node in the module's syntax. Parts wait on a stack, so depth costs no recursion.
  std::string operator()(Handle root) {
    std::string out;
    todo_ = {Part(root)};
    while (!todo_.empty()) {
      const Part part = std::move(todo_.back());
      todo_.pop_back();
      if (part.node == 0) {
        out += part.text;
      } else {
        print(part.node);
      }
    }
    return out;
  }

  /// The first kind of node that the module does not have; Tag::None if there was none.
  Tag unknown() const { return unknown_; }

 private:
  void say(std::initializer_list<Part> parts) { todo_.insert(todo_.end(), std::rbegin(parts), std::rend(parts)); }
  static Part orEmpty(Handle list, const char* empty) { return list == 0 ? Part(empty) : Part(list); }
  Part host(uint32_t number) const { return "'" + arena_.hosts()[number]; }

  bool printTerm(const Node& n) {
    if (n.is(Tag::Spore)) return say({"spore(", orEmpty(n[0], "dnil"), ",", n[1], ",", n[2], ")"}), true;
    if (n.is(Tag::Entry)) return say({"d(", n[0], ",", n[1], ",", orEmpty(n[2], "dnil"), ")"}), true;
    if (n.is(Tag::App)) return say({"app(", n[0], ",", n[1], ")"}), true;
    if (n.is(Tag::Add)) return say({"bin(pl,", n[0], ",", n[1], ")"}), true;
    if (n.is(Tag::Sub)) return say({"bin(mi,", n[0], ",", n[1], ")"}), true;
    if (n.is(Tag::Mul)) return say({"bin(ti,", n[0], ",", n[1], ")"}), true;
    if (n.is(Tag::Seq)) return say({"seq(", n[0], ",", n[1], ")"}), true;
    if (n.is(Tag::Populate)) return say({"populate(", n[0], ",", n[1], ")"}), true;
    if (n.is(Tag::Apply)) return say({"apply(", n[0], ",", n[1], ")"}), true;
    if (n.is(Tag::Send)) return say({"send(", n[0], ")"}), true;
    if (n.is(Tag::Await)) return say({"await(", n[0], ")"}), true;
    if (n.is(Tag::Respond)) return say({"respond(", host(n[0]), ",", n[1], ",", n[2], ")"}), true;
    if (n.is(Tag::Var)) return say({"var(" + std::to_string(n[0]) + ")"}), true;
    if (n.is(Tag::Unit)) return say({"unit"}), true;
    if (n.is(Tag::Host) && n[1] == 0) return say({host(n[0])}), true;
    if (n.is(Tag::Lambda)) return say({"lam(", n[0], ",", n[1], ")"}), true;
    if (n.is(Tag::Here)) return say({"here"}), true;
    return false;
  }

  bool printType(const Node& n) {
    if (n.is(Tag::TInt)) return say({"tInt"}), true;
    if (n.is(Tag::TUnit)) return say({"tUnit"}), true;
    if (n.is(Tag::THost)) return say({"tHost"}), true;
    if (n.is(Tag::TFun)) return say({"tFun(", n[0], ",", n[1], ")"}), true;
    if (n.is(Tag::TSpore)) return say({"tSpore(", n[0], ",", n[1], ",", orEmpty(n[2], "tnil"), ")"}), true;
    if (n.is(Tag::TCons)) return say({"tc(", n[0], ",", orEmpty(n[1], "tnil"), ")"}), true;
    if (n.is(Tag::TSiloRef)) return say({"tRef(", n[0], ")"}), true;
    if (n.is(Tag::TFuture)) return say({"tFut(", n[0], ")"}), true;
    return false;
  }

  void print(Handle handle) {
    const Node n = arena_[handle];
    if (n.is(Tag::Int)) {
      say({std::to_string(arena_.integerOf(handle))});
    } else if (!printTerm(n) && !printType(n)) {
      unknown_ = n.kind();
    }
  }

  const Arena& arena_;
  std::vector<Part> todo_;
  Tag unknown_ = Tag::None;
};

int fail(const std::string& why) {
  std::fprintf(stderr, "to_maude: %s\n", why.c_str());
  return 2;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return fail("usage: to_maude FILE");
  Diagnostics problems;
  const std::optional<Source> source = readSource(arguments[1], problems);
  if (!source || !readable(*source, problems)) return fail(problems.front().message);
  surface::ParseOptions options;
  options.core = true;
  const surface::Tree tree = surface::parse(*source, options, problems);
  LoadOptions load;
  load.core = true;
  load.mobility = false;
  Arena arena;
  const std::optional<Program> program =
      problems.empty() ? elaborate(arena, *source, tree, load, problems) : std::nullopt;
  if (!program) return fail(problems.front().message);
  if (program->literal) return fail("a configuration literal has no translation");

  std::string out = "load funpass.maude\nmod P is\n  including FUNPASS .\n  op init : -> Conf .\n  eq init = {\n";
  ToMaude translate(arena);
  for (size_t h = 0; h < arena.hosts().size(); ++h) {
    const Handle t = program->terms[h];
    out += t == 0 ? "    idle('" + arena.hosts()[h] + ")\n"
                  : "    host('" + arena.hosts()[h] + ", " + translate(t) + ")\n";
  }
  if (translate.unknown() != Tag::None)
    return fail("the module has no such term (several hosts, or no term of a program)");
  std::fputs((out + "  } .\nendm\n").c_str(), stdout);
  return 0;
}
