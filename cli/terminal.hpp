// The terminal and the machine: output, colours, widths, Ctrl-C, memory, time.
#pragma once

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

#include "checker/faults.hpp"
#include "checker/search.hpp"
#include "cli/options.hpp"
#include "render/layout.hpp"

namespace funpass::cli {

/// How to print to `stream`: colours as asked for, NO_COLOR and TERM=dumb; the width of COLUMNS or of the terminal.
render::Style styleFor(std::FILE* stream, Color color);

/// How many lines the terminal has that `stream` goes to; 0: it goes to none.
uint32_t rowsOf(std::FILE* stream);

/// Writes to standard output or standard error.
void print(std::string_view text);
void printError(std::string_view text);

/// Was all that `print` wrote accepted? If not, says so on standard error.
bool flushOutput();

/// From construction on Ctrl-C is noted instead of ending the program; a second Ctrl-C ends it.
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;
  static bool raised();
};

/// How many nodes an arena may have: three quarters of the memory that this process may use.
uint32_t nodeLimit();

/// The process's memory at its peak, in bytes.
uint64_t peakBytes();

/// Seconds since some fixed time.
double now();

/// A line on standard error that is rewritten once a second, if that is a terminal and the work takes longer than one.
class Progress {
 public:
  explicit Progress(bool wanted);
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void tick(uint64_t steps, uint64_t nodes, uint64_t bytes);
  /// Of a search: level, states, states/s, how many successors are new, how the frontier grows, memory and its limit.
  void level(const SearchProgress& progress, uint64_t nodeBytes, uint64_t maxBytes);
  /// Of a search for failures: size of the sets, scenarios and what was found, states, memory and its limit.
  void faults(const FaultProgress& progress, uint64_t nodeBytes, uint64_t maxBytes);
  void clear();
  /// What the lines of a search begin with, such as "1 crash: ".
  void about(std::string what) { about_ = std::move(what); }

 private:
  bool wanted_;
  bool shown_ = false;
  double begin_;
  double last_;
  uint64_t lastSteps_ = 0;
  std::string about_;

  /// At most once a second: how many a second there were since the last time. Nothing if no line is due.
  std::optional<uint64_t> due(uint64_t count);
  void show(const std::string& line);
};

}  // namespace funpass::cli
