// The stepper's command line on a terminal: editing, history, completion. Ctrl-C gives up the line, Ctrl-D ends.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace funpass::cli {

class LineEditor {
 public:
  /// `complete`: the words that may stand at the end of a line in place of the one that is there. `redraw`: prints what
  /// stands above the line, on a screen that was cleared because its size has changed.
  LineEditor(std::function<std::vector<std::string>(const std::string&)> complete, std::function<void()> redraw);
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  /// The next line without its end; nothing at the end of the input.
  std::optional<std::string> read(const std::string& prompt);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace funpass::cli
