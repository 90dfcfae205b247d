#include "cli/saving.hpp"

namespace funpass::cli {

SaveKey saveKey(const Arguments& arguments, const Loaded& loaded) {
  const auto onOff = [](bool on) { return std::string(on ? "on" : "off"); };
  const Budget budget = arguments.failures.value_or(Budget{});
  std::string among;
  for (const std::string& host : arguments.among) among += (among.empty() ? "" : ",") + host;
  SaveKey key;
  key.version = FUNPASS_VERSION;
  key.program = programSum(*loaded.arena, *loaded.program);
  key.flags = {{"--core", onOff(arguments.core)},
               {"--no-mobility", onOff(!arguments.mobility)},
               {"--mutant", arguments.mutant == nullptr ? "none" : std::string(arguments.mutant->name)},
               {"--reduction", arguments.reduction},
               {"--recovery", onOff(loaded.program->recovery)},
               {"--crashes", std::to_string(budget.crashes)},
               {"--restarts", std::to_string(budget.restarts)},
               {"--drops", std::to_string(budget.drops)},
               {"--duplicates", std::to_string(budget.duplicates)},
               {"--among", among.empty() ? "not given" : among}};
  return key;
}

std::string goOn(const Arguments& arguments) {
  const std::string reduction = arguments.reduction == "default" ? "" : " --reduction " + arguments.reduction;
  const std::string file = shellWord(arguments.save);
  return "funpass check" + stepFlags(arguments) + reduction + operand(arguments) + " --resume " + file + " --save " +
         file;
}

}  // namespace funpass::cli
