// Save files: what `check` has found so far, for a later call to go on from.
#pragma once

#include <boost/crc.hpp>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "lang/program.hpp"

namespace funpass {

/// Why a save file cannot be read or written, and what to do.
struct SaveProblem {
  std::string message;
  std::string help;
};

/// What must be the same when a saved check goes on.
struct SaveKey {
  std::string version;                                     ///< of funpass
  std::vector<std::pair<std::string, std::string>> flags;  ///< "--core", "on"; all of them, in one order
  uint64_t program = 0;                                    ///< its programSum
};

/// Equal for equal programs: of all that was loaded, with what fromTextFile read; layout and comments do not count.
uint64_t programSum(const Arena& arena, const Program& program);

/// Takes plain values, and lists of them with their length first.
class Writer {
 public:
  /// Into the file, which stays open; without one, only the checksum is made.
  explicit Writer(std::FILE* file = nullptr) : file_(file) {}

  template <typename T>
  requires std::has_unique_object_representations_v<T>
  void put(const T& value) { bytes(&value, sizeof value); }
  template <typename T>
  requires std::has_unique_object_representations_v<T>
  void put(std::span<const T> values) {
    put(uint64_t{values.size()});
    bytes(values.data(), values.size_bytes());
  }
  template <typename T>
  void put(const std::vector<T>& values) {
    put(std::span<const T>(values));
  }
  void put(const std::string& text) { put(std::span<const char>(text)); }

  void bytes(const void* data, size_t size) {
    sum_.process_bytes(data, size);
    if (file_ != nullptr && size > 0) std::fwrite(data, 1, size, file_);
  }

  /// Of all that was put.
  uint64_t checksum() const { return sum_.checksum(); }

 private:
  std::FILE* file_;
  boost::crc_optimal<64, 0x42F0E1EBA9EA3693ULL, ~0ULL, ~0ULL, true, true> sum_;  // CRC-64 of ECMA-182
};

/// Takes out what a Writer put in. Whatever cannot have been put in is a SaveProblem: the file is damaged.
class Reader {
 public:
  /// Opens the save file and checks that it is one, whole, and made with this key; throws SaveProblem if it is not.
  Reader(const std::string& path, const SaveKey& key);

  template <typename T>
  requires std::has_unique_object_representations_v<T>
  void get(T& value) { bytes(&value, sizeof value); }
  template <typename T>
  void get(std::vector<T>& values) {
    values.resize(length(sizeof(T)));
    bytes(values.data(), values.size() * sizeof(T));
  }
  void get(std::string& text) {
    text.resize(length(1));
    bytes(text.data(), text.size());
  }
  template <typename T>
  T take() {
    T value{};
    get(value);
    return value;
  }
  /// The length of a list whose elements have at least this many bytes: no more than the rest of the file can hold.
  size_t length(size_t bytesEach);

  /// Throws SaveProblem if this does not hold of what was read.
  void require(bool holds) const;
  void bytes(void* data, size_t size);
  /// Closes the file; throws SaveProblem unless all was read.
  void end() {
    require(left_ == 0);
    file_.reset();
  }

 private:
  std::string path_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  uint64_t left_ = 0;  // bytes before the checksum
};

/// Writes a whole save file: what `content` puts, the key before it, a checksum behind it. The stream says whether that
/// worked.
void writeSaved(std::FILE* file, const SaveKey& key, const std::function<void(Writer&)>& content);

/// Does the file, read from its beginning, start as a save file?
bool startsAsSaved(std::FILE* file);

/// When and where a check saves.
struct Saving {
  std::function<bool(uint64_t states)> due;  ///< with so many met
  std::function<void(uint64_t states, const std::function<void(Writer&)>& content)> write;
};

/// An arena's nodes, names and texts. Reading goes into the arena of the same program, whose nodes come first, so
/// handles stay what they were.
void save(Writer& out, const Arena& arena);
void restore(Reader& in, Arena& arena);

}  // namespace funpass
