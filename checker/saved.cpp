#include "checker/saved.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace funpass {

namespace {

// The format number is written as the machine writes numbers, so a machine with another order of bytes sees another
// one.
using Magic = std::array<char, 8>;
constexpr Magic kMagic = {'F', 'u', 'n', 'p', 'a', 's', 's', '\n'};
constexpr uint32_t kFormat = 1;
constexpr size_t kSumBytes = sizeof(uint64_t);

std::string quoted(const std::string& text) { return "`" + text + "`"; }

void put(Writer& out, const SaveKey& key) {
  out.put(key.version);
  out.put(uint64_t{key.flags.size()});
  for (const auto& [name, value] : key.flags) {
    out.put(name);
    out.put(value);
  }
  out.put(key.program);
}

SaveKey getKey(Reader& in) {
  SaveKey key;
  in.get(key.version);
  key.flags.resize(in.length(2 * sizeof(uint64_t)));
  for (auto& [name, value] : key.flags) {
    in.get(name);
    in.get(value);
  }
  in.get(key.program);
  return key;
}

// Does the file end in the checksum of all that stands before it?
bool whole(std::FILE* file, uint64_t bytes) {
  Writer sum;
  std::vector<char> part(1U << 20U);
  for (uint64_t left = bytes - kSumBytes; left > 0; left -= part.size()) {
    part.resize(std::min<uint64_t>(part.size(), left));
    if (std::fread(part.data(), 1, part.size(), file) != part.size()) return false;
    sum.bytes(part.data(), part.size());
  }
  uint64_t stored = 0;
  return std::fread(&stored, sizeof stored, 1, file) == 1 && stored == sum.checksum();
}

bool isTerm(Tag tag) { return tag >= Tag::Spore && tag <= Tag::Nil && tag != Tag::Entry && tag != Tag::Arg; }
bool isType(Tag tag) { return tag >= Tag::TInt && tag <= Tag::TUnknown && tag != Tag::TField && tag != Tag::TCons; }

// May a node `part` stand in field k of a node `of`? Nothing, at the end of a list, has the tag None.
bool fits(Tag of, int k, const Node& part) {
  if (part.isFrame()) return false;
  const Tag tag = part.kind();
  const auto listOf = [tag](Tag link) { return tag == link || tag == Tag::None; };
  const bool isLineage = tag == Tag::Mat || tag == Tag::Applied;
  switch (kFields[static_cast<size_t>(of)][static_cast<size_t>(k)]) {
    case 'y': return isType(tag);
    case 'h': break;
    default:  // a term, or the rest of a list of terms
      if (of == Tag::Spore && k == 0) return listOf(Tag::Entry);
      if (of == Tag::Entry && k == 2) return listOf(Tag::Entry);
      if (of == Tag::Arg ? k == 1 : of == Tag::Record) return listOf(Tag::Arg);
      return isTerm(tag);
  }
  if (of == Tag::Host || (of == Tag::Ref && k == 1)) return listOf(Tag::Host);
  if (of == Tag::Ref || (of == Tag::Applied && k == 1)) return isLineage;
  if (of == Tag::Applied && k == 2) return tag == Tag::Spore;
  if (of == Tag::TSpore || of == Tag::TCons) return listOf(Tag::TCons);
  if (of == Tag::TRecord || of == Tag::TField) return listOf(Tag::TField);
  if (of == Tag::Res && k == 1) return isTerm(tag);
  if (of == Tag::Leaf && k == 1) return isTerm(tag) || isType(tag) || tag == Tag::Asked;
  if (of == Tag::Branch) return tag == Tag::Leaf || tag == Tag::Branch;
  if (of == Tag::Asked || (of == Tag::Req && k == 1)) return tag == Tag::Ref;
  if (of == Tag::Inbox) return k == 2 ? listOf(Tag::Inbox) : tag == Tag::Req || tag == Tag::Res;
  return tag == Tag::Ident;  // Mat, Applied, Leaf, Req, Res
}

// Could a program make this node, of nodes that are there? Frames are as their nodes, but for the hole.
bool possible(const Arena& arena, Node node, uint32_t symbols) {
  const Handle next = arena.size();
  Tag of = node.kind();
  int hole = 3;
  if (node.isFrame()) {
    of = node.frameOf();
    hole = node.hole();
    const Handle rest = node[2];
    if (of >= Tag::Count || kFields[static_cast<size_t>(of)][static_cast<size_t>(hole)] != 'E') return false;
    if (rest >= next || (rest != 0 && !arena[rest].isFrame())) return false;
  }
  if (of == Tag::None) return false;
  for (int k = 0; k < 3; ++k) {
    if (k == hole) continue;
    const uint32_t field = node[k < hole ? k : k - 1];
    const char kind = kFields[static_cast<size_t>(of)][static_cast<size_t>(k)];
    if (kind == 'x' && field >= symbols) return false;
    if (kind != 'x' && kind != 'n' && kind != '.' && (field >= next || !fits(of, k, arena[field]))) return false;
  }
  if (of == Tag::Ident || of == Tag::Host || of == Tag::Respond || of == Tag::Req) {
    if (node[0] >= arena.hosts().size()) return false;
  }
  if (of == Tag::Asked && node[1] != kNobody && node[1] >= arena.hosts().size()) return false;
  if (of == Tag::Branch) return node[0] < 64;
  if (of != Tag::Spore || hole == 0) return true;
  uint32_t bound = 1;
  for (Handle entry = node[0]; entry != 0; entry = arena[entry][2]) ++bound;
  return arena[node[2]].free <= bound;
}

}  // namespace

uint64_t programSum(const Arena& arena, const Program& program) {
  Writer sum;
  save(sum, arena);
  sum.put(program.literal);
  sum.put(program.recovery);
  sum.put(program.terms);
  sum.put(program.types);
  sum.put(program.resultTypes);
  sum.put(program.records);
  sum.put(program.among);
  for (const Check& check : program.checks) {
    sum.put(check.kind);
    sum.put(check.host);
    sum.put(check.terms);
    sum.put(check.crashes);
    sum.put(check.among);
  }
  sum.put(program.initial.hosts);
  sum.put(program.initial.budget);
  return sum.checksum();
}

Reader::Reader(const std::string& path, const SaveKey& key) : path_(path), file_(nullptr, std::fclose) {
  const std::string name = quoted(path);
  file_.reset(std::fopen(path.c_str(), "rb"));
  if (!file_) throw SaveProblem{name + " cannot be read: " + std::strerror(errno), {}};
  if (!startsAsSaved(file_.get())) throw SaveProblem{name + " is not a save file of funpass check", {}};
  uint32_t format = 0;
  const auto header = static_cast<long>(kMagic.size() + sizeof format);
  require(std::fread(&format, sizeof format, 1, file_.get()) == 1);
  if (format != kFormat) {
    throw SaveProblem{name + " has another format, " + std::to_string(format) +
                          ", than this version of funpass knows, " + std::to_string(kFormat),
                      "go on with the version that wrote it"};
  }
  require(std::fseek(file_.get(), 0, SEEK_END) == 0);
  const long bytes = std::ftell(file_.get());
  require(bytes >= header + static_cast<long>(kSumBytes));
  std::rewind(file_.get());
  require(whole(file_.get(), static_cast<uint64_t>(bytes)));
  require(std::fseek(file_.get(), header, SEEK_SET) == 0);
  left_ = static_cast<uint64_t>(bytes - header) - kSumBytes;

  const SaveKey saved = getKey(*this);
  if (saved.version != key.version) {
    throw SaveProblem{name + " was written by version " + saved.version + " of funpass; this is " + key.version,
                      "go on with the version that wrote it"};
  }
  require(saved.flags.size() == key.flags.size());
  for (size_t i = 0; i < key.flags.size(); ++i) {
    const auto& [flag, value] = key.flags[i];
    require(saved.flags[i].first == flag);
    if (saved.flags[i].second == value) continue;
    throw SaveProblem{name + " was made with other flags: " + quoted(flag) + " was " + saved.flags[i].second +
                          ", and now it is " + value,
                      "give the flags that it was made with; only limits may change"};
  }
  if (saved.program != key.program) {
    throw SaveProblem{name + " is of another program, or this one has changed since, or a file that it reads",
                      "start anew without `--resume`"};
  }
}

size_t Reader::length(size_t bytesEach) {
  const auto count = take<uint64_t>();
  require(count <= left_ / bytesEach);
  return static_cast<size_t>(count);
}

void Reader::require(bool holds) const {
  if (!holds) throw SaveProblem{quoted(path_) + " is damaged", "start anew without `--resume`"};
}

void Reader::bytes(void* data, size_t size) {
  if (size == 0) return;
  require(size <= left_ && std::fread(data, 1, size, file_.get()) == size);
  left_ -= size;
}

void writeSaved(std::FILE* file, const SaveKey& key, const std::function<void(Writer&)>& content) {
  Writer out(file);
  out.put(kMagic);
  out.put(kFormat);
  put(out, key);
  content(out);
  out.put(out.checksum());
}

bool startsAsSaved(std::FILE* file) {
  Magic magic{};
  return std::fread(magic.data(), 1, magic.size(), file) == magic.size() && magic == kMagic;
}

void save(Writer& out, const Arena& arena) {
  out.put(uint64_t{arena.hosts().size()});
  for (const std::string& host : arena.hosts()) out.put(host);
  out.put(uint64_t{arena.symbols()});
  for (Symbol s = 0; s < arena.symbols(); ++s) out.put(arena.text(s));
  out.put(uint64_t{arena.size()});
  for (Handle n = 1; n < arena.size(); ++n) {
    out.put(std::array<uint32_t, 5>{arena[n].tag, arena[n][0], arena[n][1], arena[n][2], arena.nameOf(n)});
  }
}

void restore(Reader& in, Arena& arena) {
  in.require(in.length(1) == arena.hosts().size());
  for (const std::string& host : arena.hosts()) in.require(in.take<std::string>() == host);
  const size_t symbols = in.length(sizeof(uint64_t));
  for (size_t s = 0; s < symbols; ++s) in.require(arena.symbol(in.take<std::string>()) == s);
  const size_t nodes = in.length(1);
  for (Handle n = 1; n < nodes; ++n) {
    const auto [tag, a, b, c, name] = in.take<std::array<uint32_t, 5>>();
    in.require(tag <= std::numeric_limits<uint8_t>::max() && name < symbols);
    Node node;
    node.tag = static_cast<uint8_t>(tag);
    node.field = {a, b, c};
    in.require(possible(arena, node, arena.symbols()));
    in.require(arena.make(node.tag, a, b, c) == n);
    arena.setName(n, name);
  }
  in.require(arena.size() == nodes && arena.symbols() == symbols);
}

}  // namespace funpass
