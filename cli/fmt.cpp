// funpass fmt FILE
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "cli/load.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "lang/print.hpp"
#include "render/json.hpp"

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

// Puts `text` in place of the file's contents, whole or not at all. Gives what went wrong.
std::string rewrite(const std::string& path, const std::string& text) {
  const auto failure = [] { return std::string(std::strerror(errno)); };
  char* resolved = realpath(path.c_str(), nullptr);
  if (resolved == nullptr) return failure();
  const std::string target(resolved);
  std::free(resolved);
  struct stat status {};
  if (stat(target.c_str(), &status) != 0) return failure();
  if (access(target.c_str(), W_OK) != 0) return failure();
  std::string temporary = target + ".XXXXXX";
  const int file = mkstemp(temporary.data());
  if (file < 0) return failure();
  bool written = writeAll(file, text) && fchmod(file, status.st_mode & 07777U) == 0 && fsync(file) == 0;
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

}  // namespace

ExitCode fmt(const Arguments& arguments) {
  const Parsed parsed = parse(arguments);
  if (!parsed.problems.empty()) return refuse(parsed.source, parsed.problems, arguments);
  const std::string text = surface::format(parsed.source, parsed.tree);
  const bool same = text == parsed.source.text();
  if (arguments.write && !same) {
    const std::string problem = rewrite(arguments.file, text);
    if (!problem.empty())
      return refuse({}, {{"file", std::nullopt, "`" + arguments.file + "` cannot be rewritten: " + problem, {}, {}}},
                    arguments);
  }
  if (arguments.json) {
    boost::json::object out = render::document();
    out["file"] = parsed.source.name();
    out["formatted"] = same;
    if (arguments.write) out["written"] = !same;
    if (!arguments.write && !arguments.check) out["text"] = text;
    print(render::line(out));
  } else if (arguments.check) {
    if (!same) print(parsed.source.name() + " is not in the standard layout\n");
  } else if (!arguments.write) {
    print(text);
  }
  return arguments.check && !same ? ExitCode::Violated : ExitCode::Holds;
}

}  // namespace funpass::cli
