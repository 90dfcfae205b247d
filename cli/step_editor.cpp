#include "cli/step_editor.hpp"

#include <histedit.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <cwchar>

#include "cli/terminal.hpp"
#include "render/layout.hpp"

namespace funpass::cli {

struct LineEditor::Parts {
  EditLine* line = nullptr;
  History* history = nullptr;
  std::string prompt;
  std::function<std::vector<std::string>(const std::string&)> complete;
  std::function<void()> redraw;
  sigset_t unblocked{};  // the signals as they were: here SIGWINCH comes in while a key is waited for, and only then

  static Parts& of(EditLine* line) {
    void* parts = nullptr;
    el_get(line, EL_CLIENTDATA, &parts);
    return *static_cast<Parts*>(parts);
  }
  static int key(EditLine* line, wchar_t* out);
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

volatile std::sig_atomic_t resized = 0;
extern "C" void onResize(int) { resized = 1; }

}  // namespace

// One character from the keyboard: 1, at the end of the input 0, else -1.
int LineEditor::Parts::key(EditLine* line, wchar_t* out) {
  Parts& parts = of(line);
  std::mbstate_t state{};
  while (true) {
    pollfd keyboard{STDIN_FILENO, POLLIN, 0};
    const int ready = ppoll(&keyboard, 1, nullptr, &parts.unblocked);
    if (resized != 0) {
      resized = 0;
      const char* terminal = std::getenv("TERM");
      if (terminal != nullptr && std::strcmp(terminal, "dumb") != 0) print("\x1b[H\x1b[2J");
      parts.redraw();
      std::fflush(stdout);
      el_resize(line);
      el_set(line, EL_REFRESH);
      continue;
    }
    if (ready < 0 && errno == EINTR) continue;
    char byte = 0;
    const ssize_t count = ::read(STDIN_FILENO, &byte, 1);
    if (count <= 0) return static_cast<int>(count);
    const size_t width = std::mbrtowc(out, &byte, 1, &state);
    if (width == static_cast<size_t>(-2)) continue;  // there is more of it
    if (width == static_cast<size_t>(-1)) *out = L'?';
    return 1;
  }
}

LineEditor::LineEditor(std::function<std::vector<std::string>(const std::string&)> complete,
                       std::function<void()> redraw)
    : parts_(std::make_unique<Parts>()) {
  parts_->complete = std::move(complete);
  parts_->redraw = std::move(redraw);
  struct sigaction action {};
  action.sa_handler = onResize;
  sigaction(SIGWINCH, &action, nullptr);
  sigset_t resize;
  sigemptyset(&resize);
  sigaddset(&resize, SIGWINCH);
  sigprocmask(SIG_BLOCK, &resize, &parts_->unblocked);
  std::setlocale(LC_CTYPE, "");
  if (MB_CUR_MAX == 1) std::setlocale(LC_CTYPE, "C.UTF-8");
  EditLine* line = parts_->line = el_init("funpass", stdin, stdout, stderr);
  parts_->history = history_init();
  HistEvent event{};
  history(parts_->history, &event, H_SETSIZE, 1000);
  history(parts_->history, &event, H_SETUNIQUE, 1);
  el_set(line, EL_CLIENTDATA, parts_.get());
  el_set(line, EL_GETCFN, &Parts::key);
  el_set(line, EL_EDITOR, "emacs");
  el_set(line, EL_HIST, history, parts_->history);
  el_set(
      line, EL_PROMPT, +[](EditLine* of) { return Parts::of(of).prompt.data(); });
  el_set(
      line, EL_ADDFN, "complete", "complete the word", +[](EditLine* of, int) -> unsigned char {
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
  // Ctrl-C is a key while a line is edited, and an interrupt while a command works; so Ctrl-Z has to be one, too.
  el_set(line, EL_SETTY, "-d", "-isig", nullptr);
  el_set(
      line, EL_ADDFN, "give-up", "give up the line", +[](EditLine* of, int) -> unsigned char {
        const LineInfoW* info = el_wline(of);  // el_line counts bytes, and what follows characters
        el_cursor(of, static_cast<int>(info->lastchar - info->cursor));
        info = el_wline(of);
        el_deletestr(of, static_cast<int>(info->cursor - info->buffer));
        print("^C\n");
        std::fflush(stdout);
        return CC_REDISPLAY;
      });
  el_set(line, EL_BIND, "^C", "give-up", nullptr);
  el_set(
      line, EL_ADDFN, "suspend", "suspend", +[](EditLine* of, int) -> unsigned char {
        el_set(of, EL_PREP_TERM, 0);
        std::raise(SIGTSTP);
        el_set(of, EL_PREP_TERM, 1);
        return CC_REDISPLAY;
      });
  el_set(line, EL_BIND, "^Z", "suspend", nullptr);
}

LineEditor::~LineEditor() {
  el_end(parts_->line);
  history_end(parts_->history);
  std::signal(SIGWINCH, SIG_DFL);
  sigprocmask(SIG_SETMASK, &parts_->unblocked, nullptr);
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
