#include "cli/step_editor.hpp"

#include <histedit.h>

#include <algorithm>
#include <clocale>
#include <cstring>

#include "cli/terminal.hpp"
#include "render/layout.hpp"

namespace funpass::cli {

struct LineEditor::Parts {
  EditLine* line = nullptr;
  History* history = nullptr;
  std::string prompt;
  std::function<std::vector<std::string>(const std::string&)> complete;

  static Parts& of(EditLine* line) {
    void* parts = nullptr;
    el_get(line, EL_CLIENTDATA, &parts);
    return *static_cast<Parts*>(parts);
  }
};

namespace {

// What the words have in common at their beginning.
std::string commonStart(const std::vector<std::string>& words) {
  std::string common = words.front();
  for (const std::string& word : words) {
    const auto end = std::mismatch(common.begin(), common.end(), word.begin(), word.end()).first;
    common.erase(end, common.end());
  }
  return common;
}

}  // namespace

LineEditor::LineEditor(std::function<std::vector<std::string>(const std::string&)> complete)
    : parts_(std::make_unique<Parts>()) {
  parts_->complete = std::move(complete);
  std::setlocale(LC_CTYPE, "");
  if (MB_CUR_MAX == 1) std::setlocale(LC_CTYPE, "C.UTF-8");
  EditLine* line = parts_->line = el_init("funpass", stdin, stdout, stderr);
  parts_->history = history_init();
  HistEvent event{};
  history(parts_->history, &event, H_SETSIZE, 1000);
  history(parts_->history, &event, H_SETUNIQUE, 1);
  el_set(line, EL_CLIENTDATA, parts_.get());
  el_set(line, EL_SIGNAL, 1);
  el_set(line, EL_EDITOR, "emacs");
  el_set(line, EL_HIST, history, parts_->history);
  el_set(line, EL_PROMPT, +[](EditLine* of) { return Parts::of(of).prompt.data(); });
  el_set(line, EL_ADDFN, "complete", "complete the word", +[](EditLine* of, int) -> unsigned char {
    const LineInfo* info = el_line(of);
    const std::string before(info->buffer, info->cursor);
    const std::vector<std::string> words = Parts::of(of).complete(before);
    if (words.empty()) return CC_REFRESH_BEEP;
    const size_t begin = before.find_last_of(" \t") + 1;  // of the last word; 0 if there is no blank
    const std::string common = commonStart(words);
    std::string rest = common.substr(std::min(common.size(), before.size() - begin));
    if (words.size() == 1) rest += ' ';
    if (!rest.empty()) return el_insertstr(of, rest.c_str()) == 0 ? CC_REFRESH : CC_ERROR;
    print("\n" + render::grid(words, styleFor(stdout, Color::Never).width - 1));
    std::fflush(stdout);
    return CC_REDISPLAY;
  });
  el_set(line, EL_BIND, "^I", "complete", nullptr);
  el_set(line, EL_BIND, "^R", "em-inc-search-prev", nullptr);
  // Ctrl-C is a key while a line is edited, and an interrupt while a command works.
  el_set(line, EL_SETTY, "-d", "intr=", nullptr);
  el_set(line, EL_ADDFN, "give-up", "give up the line", +[](EditLine* of, int) -> unsigned char {
    const LineInfo* info = el_line(of);
    el_cursor(of, static_cast<int>(info->lastchar - info->cursor));
    info = el_line(of);
    el_deletestr(of, static_cast<int>(info->cursor - info->buffer));
    print("^C\n");
    std::fflush(stdout);
    return CC_REDISPLAY;
  });
  el_set(line, EL_BIND, "^C", "give-up", nullptr);
}

LineEditor::~LineEditor() {
  el_end(parts_->line);
  history_end(parts_->history);
}

std::optional<std::string> LineEditor::read(const std::string& prompt) {
  parts_->prompt = prompt;
  int count = 0;
  const char* read = el_gets(parts_->line, &count);
  if (read == nullptr || count <= 0) return std::nullopt;
  std::string text(read, static_cast<size_t>(count));
  text.erase(text.find_last_not_of("\r\n") + 1);
  if (text.find_first_not_of(" \t") != std::string::npos) {
    HistEvent event{};
    history(parts_->history, &event, H_ENTER, text.c_str());
  }
  return text;
}

}  // namespace funpass::cli
