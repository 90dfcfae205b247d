// fromTextFile: the lines of a file, read while the program is loaded; which files a program may read.
#include <algorithm>

#include "typecheck/elaborate_state.hpp"

namespace funpass::elaboration {

namespace {

bool goesUp(std::string_view path) {
  for (size_t begin = 0; begin <= path.size();) {
    const size_t end = std::min(path.find_first_of("/\\", begin), path.size());
    if (path.substr(begin, end - begin) == "..") return true;
    begin = end + 1;
  }
  return false;
}

bool isAbsolute(std::string_view path) {
  return !path.empty() && (path[0] == '/' || path[0] == '\\' || (path.size() > 1 && path[1] == ':'));
}

}  // namespace

/// The second argument of fromTextFile: a string, which stands for the list of the file's lines.
void Elaborator::textFile(const Task& task) {
  const Index node = operandAt(task.node, 1);
  const Index literal = withoutParens(node);
  if (tree_.kind(literal) != Kind::String) {
    if (tree_.kind(literal) != Kind::Erroneous) {
      report("file", spanOf(node),
             "`fromTextFile` takes a string that is written out: the file is read when the program "
             "is loaded",
             "write the path between quotes");
    }
    pushUnknown(node);
    return;
  }
  const std::string& path = tree_.text(literal);
  const auto [known, isNew] = files_.emplace(path, 0);
  if (isNew || known->second == 0) known->second = linesOf(path, spanOf(literal));
  if (known->second == 0) {
    pushUnknown(node);
    return;
  }
  push(known->second, arena_.make(Tag::TList, simpleType(Tag::TString)), node);
}

/// May the program read the file of this path? Then `full` is where it is; else it is said why not.
bool Elaborator::mayRead(const std::string& path, Span span, std::string& full) {
  const auto refuse = [&](std::string message, std::string help = {}) {
    report("file", span, std::move(message), std::move(help));
    return false;
  };
  if (!options_.reads) return refuse("what stands in a file reads no other");
  if (path.find('\0') != std::string::npos) return refuse("a path has no NUL character");
  if (!options_.allowFiles && isAbsolute(path)) {
    return refuse("`" + path + "` is an absolute path: files are read below the program's folder",
                  "`--allow-files` lets the program read anything");
  }
  if (!options_.allowFiles && goesUp(path)) {
    return refuse("`" + path + "` leaves the program's folder: files are read below it",
                  "`--allow-files` lets the program read anything");
  }
  const std::string folder = options_.folder.empty() ? "." : options_.folder;
  full = isAbsolute(path) ? path : folder + (folder.back() == '/' ? "" : "/") + path;
  return true;
}

/// A list of strings; 0 if there is something wrong, which is reported.
Handle Elaborator::linesOf(const std::string& path, Span span) {
  std::string full;
  if (!mayRead(path, span, full)) return 0;
  const auto refuse = [&](std::string message) -> Handle {
    report("file", span, std::move(message));
    return 0;
  };
  Diagnostics problems;
  const std::optional<Source> file = readSource(full, problems);
  if (!file) return refuse(problems.empty() ? "`" + full + "` cannot be read" : problems[0].message);
  std::string text = file->text();
  if (!text.empty()) {
    // Any character may stand in a line, even NUL, which no program has.
    std::string printable = text;
    std::replace(printable.begin(), printable.end(), '\0', ' ');
    if (!readable(Source(path, std::move(printable)), problems))
      return refuse("`" + full + "`: " + problems[0].message);
  }
  if (text.compare(0, 3, "\xEF\xBB\xBF") == 0) text.erase(0, 3);
  std::vector<Handle> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = std::string_view(text).substr(begin, end - begin);
    if (end < text.size() && !line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.push_back(arena_.string(line));
    begin = end + 1;
  }
  return arena_.list(lines, simpleType(Tag::TString));
}

}  // namespace funpass::elaboration
