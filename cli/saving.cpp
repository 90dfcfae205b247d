#include "cli/saving.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "cli/terminal.hpp"

namespace funpass::cli {

namespace {

namespace fs = std::filesystem;

std::string quoted(const std::string& text) { return "`" + text + "`"; }

template <typename Names>
std::string joined(const Names& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ",") + std::string(name);
  return out;
}

}  // namespace

std::string propertiesOf(const Arguments& arguments) {
  if (!arguments.properties) return "all";
  return arguments.properties->empty() ? "none" : joined(*arguments.properties);
}

std::string reductionOf(const Arguments& arguments) {
  return arguments.reductions ? joined(arguments.reductions->names()) : "default";
}

SaveKey saveKey(const Arguments& arguments, const Loaded& loaded) {
  const auto onOff = [](bool on) { return std::string(on ? "on" : "off"); };
  const Budget budget = arguments.failures.value_or(Budget{});
  const std::string among = joined(arguments.among);
  SaveKey key;
  key.version = FUNPASS_VERSION;
  key.program = programSum(*loaded.arena, *loaded.program);
  key.flags = {{"--core", onOff(arguments.core)},
               {"--no-mobility", onOff(!arguments.mobility)},
               {"--mutant", arguments.mutant == nullptr ? "none" : std::string(arguments.mutant->name)},
               {"--reduction", reductionOf(arguments)},
               {"--properties", propertiesOf(arguments)},
               {"--recovery", onOff(loaded.program->recovery)},
               {"--crashes", std::to_string(budget.crashes)},
               {"--restarts", std::to_string(budget.restarts)},
               {"--drops", std::to_string(budget.drops)},
               {"--duplicates", std::to_string(budget.duplicates)},
               {"--among", among.empty() ? "not given" : among}};
  return key;
}

SaveFile::SaveFile(const std::string& path, SaveKey key, uint64_t everyStates)
    : key_(std::move(key)), everyStates_(everyStates), last_(now()) {
  std::error_code error;
  path_ = fs::weakly_canonical(path, error).string();
  if (error) throw SaveProblem{quoted(path) + " cannot be written: " + error.message(), {}};
  if (fs::exists(path_, error) && (!fs::is_regular_file(path_, error) || fs::file_size(path_, error) > 0)) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> there(
        fs::is_regular_file(path_, error) ? std::fopen(path_.c_str(), "rb") : nullptr, std::fclose);
    if (!there || !startsAsSaved(there.get())) {
      throw SaveProblem{quoted(path) + " is there already, and is not a save file", "choose another name"};
    }
  }
  // With nothing in it, to see whether that can be done.
  const std::string part = path_ + ".part";
  const int file = open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0666);
  if (file < 0) throw SaveProblem{quoted(path) + " cannot be written: " + std::strerror(errno), {}};
  close(file);
  unlink(part.c_str());
}

bool SaveFile::due(uint64_t states) const {
  // Another exploration starts with fewer.
  if (everyStates_ > 0) return states < states_ || states - states_ >= everyStates_;
  constexpr double share = 20, seconds = 10;
  return now() - last_ > std::max(seconds, share * took_);
}

void SaveFile::write(uint64_t states, const std::function<void(Writer&)>& content) {
  const double begin = now();
  const std::string part = path_ + ".part";
  const int descriptor = open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0666);
  std::FILE* file = descriptor < 0 ? nullptr : fdopen(descriptor, "wb");
  bool written = file != nullptr;
  if (file != nullptr) {
    writeSaved(file, key_, content);
    written = std::ferror(file) == 0 && std::fflush(file) == 0 && fsync(descriptor) == 0;
  }
  const int error = errno;
  if (file != nullptr) std::fclose(file);
  errno = error;
  written = written && std::rename(part.c_str(), path_.c_str()) == 0;
  problem_ = written ? "" : std::strerror(errno);
  if (!written) unlink(part.c_str());
  states_ = states;
  last_ = now();
  took_ = last_ - begin;
}

std::string goOn(const Arguments& arguments) {
  const std::string reduction = arguments.reductions ? " --reduction " + reductionOf(arguments) : "";
  const std::string properties = arguments.properties ? " --properties " + propertiesOf(arguments) : "";
  const std::string file = shellWord(arguments.save);
  return "funpass check" + stepFlags(arguments) + reduction + properties + operand(arguments) + " --resume " + file +
         " --save " + file + (arguments.report.empty() ? "" : " --report " + shellWord(arguments.report));
}

}  // namespace funpass::cli
