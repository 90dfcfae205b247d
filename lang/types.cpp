#include "lang/types.hpp"

#include <string_view>
#include <vector>

namespace funpass {

namespace {

// What is still to be written: a node, or a text.
struct Piece {
  Handle node = 0;
  bool enclosed = false;  // in parentheses
  std::string_view text = {};
};

std::string_view nameOf(Tag tag) {
  if (tag == Tag::TInt) return "Int";
  if (tag == Tag::TUnit) return "Unit";
  if (tag == Tag::THost) return "Host";
  if (tag == Tag::TBool) return "Bool";
  if (tag == Tag::TString) return "String";
  if (tag == Tag::TSiloRef) return "SiloRef[";
  if (tag == Tag::TFuture) return "Future[";
  if (tag == Tag::TList) return "List[";
  return "_";
}

// The pieces of a type, last one first.
void addPieces(const Arena& arena, const Node& type, std::vector<Piece>& todo) {
  const auto is = [&](Handle part, Tag tag) { return arena.is(part, tag); };
  const auto isArrow = [&](Handle part) { return is(part, Tag::TFun) || is(part, Tag::TSpore); };
  if (type.is(Tag::TFun)) {
    todo.push_back({type[1], is(type[1], Tag::TSpore)});
    todo.push_back({0, false, " => "});
    todo.push_back({type[0], isArrow(type[0])});
  } else if (type.is(Tag::TSpore)) {
    todo.push_back({0, false, ") }"});
    if (type[2] != 0) todo.push_back({type[2]});
    todo.push_back({0, false, " { type C = ("});
    todo.push_back({type[1], isArrow(type[1])});
    todo.push_back({0, false, " => "});
    todo.push_back({type[0], isArrow(type[0])});
  } else if (type.is(Tag::TCons)) {
    if (type[1] != 0) {
      todo.push_back({type[1]});
      todo.push_back({0, false, ", "});
    }
    todo.push_back({type[0]});
  } else if (type.is(Tag::TRecord)) {
    todo.push_back({0, false, arena.text(type[0])});
  } else if (type.is(Tag::TSiloRef) || type.is(Tag::TFuture) || type.is(Tag::TList)) {
    todo.push_back({0, false, "]"});
    todo.push_back({type[0]});
    todo.push_back({0, false, nameOf(type.kind())});
  } else {
    todo.push_back({0, false, nameOf(type.kind())});
  }
}

}  // namespace

std::string typeText(const Arena& arena, Handle type, std::size_t most) {
  std::string out;
  std::vector<Piece> todo{{type}};
  while (!todo.empty()) {
    const Piece piece = todo.back();
    todo.pop_back();
    if (out.size() > most) return out + "…";
    if (piece.node == 0) {
      out += piece.text;
      continue;
    }
    if (piece.enclosed) {
      out += '(';
      todo.push_back({0, false, ")"});
    }
    addPieces(arena, arena[piece.node], todo);
  }
  return out;
}

}  // namespace funpass
