#include "cli/write_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

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

}  // namespace

std::string writeFile(const std::string& path, const std::string& text) {
  const auto failure = [] { return std::string(std::strerror(errno)); };
  std::string target = path;
  mode_t mode = newMode();
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
  std::string temporary = target + ".XXXXXX";
  const int file = mkstemp(temporary.data());
  if (file < 0) return failure();
  bool written = writeAll(file, text) && fchmod(file, mode) == 0 && fsync(file) == 0;
  std::string problem = written ? "" : failure();
  if (close(file) != 0 && written) {
    written = false;
    problem = failure();
  }
  if (written && std::rename(temporary.c_str(), target.c_str()) == 0) return {};
  if (written) problem = failure();
  unlink(temporary.c_str());
  return problem;
}

}  // namespace funpass::cli
