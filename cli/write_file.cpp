#include "cli/write_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace funpass::cli {

namespace {

bool writeAll(int file, const std::string& text) {
  for (size_t done = 0; done < text.size();) {
    const ssize_t count = ::write(file, text.data() + done, text.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    done += static_cast<size_t>(count);
  }
  return true;
}

// The mode that a new file gets.
mode_t newMode() {
  const mode_t mask = umask(0);
  umask(mask);
  return 0666U & ~mask;
}

std::string failure() { return std::strerror(errno); }

// A new file beside the one that it is to replace.
struct Temporary {
  std::string target, name;
  mode_t mode = 0;
  int file = -1;

  std::string open(const std::string& path) {
    target = path;
    mode = newMode();
    if (char* resolved = realpath(path.c_str(), nullptr)) {
      target = resolved;
      std::free(resolved);
      struct stat status {};
      if (stat(target.c_str(), &status) != 0 || access(target.c_str(), W_OK) != 0) return failure();
      if (!S_ISREG(status.st_mode)) return "it is not a regular file";
      mode = status.st_mode & 07777U;
    } else if (errno != ENOENT) {
      return failure();
    }
    name = target + ".XXXXXX";
    file = mkstemp(name.data());
    return file < 0 ? failure() : "";
  }
};

}  // namespace

std::string writeFile(const std::string& path, const std::string& text) {
  Temporary made;
  std::string problem = made.open(path);
  if (!problem.empty()) return problem;
  bool written = writeAll(made.file, text) && fchmod(made.file, made.mode) == 0 && fsync(made.file) == 0;
  if (!written) problem = failure();
  if (close(made.file) != 0 && written) {
    written = false;
    problem = failure();
  }
  if (written && std::rename(made.name.c_str(), made.target.c_str()) == 0) return {};
  if (written) problem = failure();
  unlink(made.name.c_str());
  return problem;
}

std::string cannotWrite(const std::string& path) {
  Temporary made;
  std::string problem = made.open(path);
  if (!problem.empty()) return problem;
  close(made.file);
  unlink(made.name.c_str());
  return {};
}

std::string cannotReplace(const std::string& path, const FileKind& kind, const Arguments& arguments) {
  const std::string name = "`" + path + "`";
  if (!arguments.term && sameFile(path, arguments.file)) return name + " is the program itself";
  if (sameFile(path, arguments.commands)) return name + " is the file of the commands";
  struct stat status {};
  if (stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode) || status.st_size == 0) return {};
  std::string begin(size_t{1} << 16U, '\0');
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  begin.resize(file ? std::fread(begin.data(), 1, begin.size(), file.get()) : 0);
  if (begin.compare(0, kind.begin.size(), kind.begin) == 0 && begin.find(kind.mark) != std::string::npos) return {};
  return name + " is there already, and is not a " + std::string(kind.name);
}

bool sameFile(const std::string& one, const std::string& other) {
  struct stat a {
  }, b{};
  return stat(one.c_str(), &a) == 0 && stat(other.c_str(), &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

}  // namespace funpass::cli
