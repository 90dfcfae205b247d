#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace funpass::cli {

namespace {

volatile std::sig_atomic_t interrupted = 0;

extern "C" void onInterrupt(int) { interrupted = 1; }

bool isSet(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

uint32_t widthOf(std::FILE* stream) {
  constexpr uint32_t usual = 100, narrowest = 20, widest = 1000;
  uint32_t columns = 0;
  if (const char* value = std::getenv("COLUMNS")) std::from_chars(value, value + std::strlen(value), columns);
  winsize size{};
  if (columns == 0 && isatty(fileno(stream)) != 0 && ioctl(fileno(stream), TIOCGWINSZ, &size) == 0)
    columns = size.ws_col;
  return columns == 0 ? usual : std::clamp(columns, narrowest, widest);
}

// The number in a file of the system, if it is there and is one.
uint64_t limitIn(const char* path) {
  std::ifstream file(path);
  uint64_t limit = 0;
  return file >> limit ? limit : UINT64_MAX;
}

uint64_t usableMemory() {
  uint64_t bytes = UINT64_MAX;
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long size = sysconf(_SC_PAGESIZE);
  if (pages > 0 && size > 0) bytes = static_cast<uint64_t>(pages) * static_cast<uint64_t>(size);
  bytes = std::min(bytes, limitIn("/sys/fs/cgroup/memory.max"));
  bytes = std::min(bytes, limitIn("/sys/fs/cgroup/memory/memory.limit_in_bytes"));
  rlimit limit{};
  if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
    bytes = std::min<uint64_t>(bytes, limit.rlim_cur);
  return bytes;
}

std::string megabytes(uint64_t bytes) { return std::to_string(bytes / 1'000'000) + " MB"; }

}  // namespace

render::Style styleFor(std::FILE* stream, Color color) {
  render::Style style;
  style.width = widthOf(stream);
  const char* terminal = std::getenv("TERM");
  switch (color) {
    case Color::Never: break;
    case Color::Always: style.color = true; break;
    case Color::Auto:
      style.color = isatty(fileno(stream)) != 0 && !isSet("NO_COLOR") && terminal != nullptr &&
                    std::strcmp(terminal, "dumb") != 0;
      break;
  }
  return style;
}

uint32_t rowsOf(std::FILE* stream) {
  winsize size{};
  return isatty(fileno(stream)) != 0 && ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }
void printError(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

bool flushOutput() {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return true;
  printError(std::string("funpass: the output cannot be written: ") + std::strerror(errno) + "\n");
  return false;
}

Interrupts::Interrupts() {
  interrupted = 0;
  struct sigaction action {};
  action.sa_handler = onInterrupt;
  action.sa_flags = SA_RESETHAND;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

Interrupts::~Interrupts() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

bool Interrupts::raised() { return interrupted != 0; }

uint32_t nodeLimit() {
  constexpr uint64_t bytesPerNode = 64, most = UINT32_MAX - 1;
  return static_cast<uint32_t>(std::min(usableMemory() / 4 * 3 / bytesPerNode, most));
}

uint64_t peakBytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<uint64_t>(usage.ru_maxrss) * 1024;
}

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

Progress::Progress(bool wanted) : wanted_(wanted && isatty(fileno(stderr)) != 0), begin_(now()), last_(begin_) {}

std::optional<uint64_t> Progress::due(uint64_t count) {
  if (!wanted_) return std::nullopt;
  const double time = now();
  if (time - last_ < 1) return std::nullopt;
  const auto rate = static_cast<uint64_t>(static_cast<double>(count - std::min(count, lastSteps_)) / (time - last_));
  last_ = time;
  lastSteps_ = count;
  shown_ = true;
  return rate;
}

void Progress::tick(uint64_t steps, uint64_t nodes, uint64_t bytes) {
  const std::optional<uint64_t> rate = due(steps);
  if (!rate) return;
  const std::string line = render::counted(steps, "step") + ", " + std::to_string(*rate) + "/s, " +
                           render::counted(nodes, "node") + ", " + megabytes(bytes) + ", " +
                           std::to_string(static_cast<uint64_t>(last_ - begin_)) + " s";
  show(line);
}

void Progress::level(const SearchProgress& p, uint64_t nodeBytes, uint64_t maxBytes) {
  const std::optional<uint64_t> rate = due(p.states);
  if (!rate) return;
  const auto percent = [](uint64_t part, uint64_t whole) {
    return std::to_string(whole == 0 ? 0 : 100 * part / whole) + "%";
  };
  const uint64_t width = p.levelEnd - p.levelStart;
  show(about_ + "level " + std::to_string(p.depth) + ", " + render::counted(p.states, "state") + ", " +
       std::to_string(*rate) + "/s, " + percent(p.states, p.transitions + 1) + " of successors new, frontier " +
       std::to_string(width) + " -> " + std::to_string(p.states - p.levelEnd) + ", " + megabytes(p.bytes + nodeBytes) +
       " (" + std::to_string((p.bytes + nodeBytes) / (p.states + 1)) + " B/state) of " + megabytes(maxBytes) + ", " +
       std::to_string(static_cast<uint64_t>(last_ - begin_)) + " s");
}

void Progress::faults(const FaultProgress& p, uint64_t nodeBytes, uint64_t maxBytes) {
  const std::optional<uint64_t> rate = due(p.states);
  if (!rate) return;
  show("sets of " + render::counted(p.size, "failure") + ", " + render::counted(p.scenarios, "scenario") + ", " +
       std::to_string(p.broken) + " breaking, " + std::to_string(p.states) + " states, " + std::to_string(*rate) +
       "/s, " + megabytes(p.bytes + nodeBytes) + " of " + megabytes(maxBytes) + ", " +
       std::to_string(static_cast<uint64_t>(last_ - begin_)) + " s");
}

void Progress::show(const std::string& line) {
  const uint32_t width = widthOf(stderr);
  printError("\r" + render::padded(render::shortened(line, width - 1), width - 1));
  std::fflush(stderr);
}

void Progress::clear() {
  if (!shown_) return;
  printError("\r" + std::string(widthOf(stderr) - 1, ' ') + "\r");
  shown_ = false;
}

}  // namespace funpass::cli
