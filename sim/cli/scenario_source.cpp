#include "cli/scenario_source.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "model/calibration_view.hpp"
#include "model/sweep_view.hpp"
#include "store/trajectory.hpp"

namespace spillway {

namespace {
[[noreturn]] void refuse_comparison(const std::string& path, const Recording& recording) {
  std::vector<std::string> worlds;
  if (const Variable* world = recording.find("world"))
    if (const auto* names = std::get_if<std::vector<std::string>>(&world->values)) worlds = *names;
  throw InputError(fmt::format("{} compares several scenarios ({}); name the file of one of them", path, fmt::join(worlds, ", ")));
}
}  // namespace

LoadedScenario load_scenario_or_result(const std::string& path, const std::vector<std::string>& sets) {
  if (!is_result_file(path)) return load_scenario(path, sets);
  const Recording recording = read_outline(path);
  if (recording.attribute("kind") == "comparison") refuse_comparison(path, recording);
  if (is_sweep(recording))
    throw InputError(path + " is a sweep of many scenarios; name a scenario, or the result of one run (`spillway report` shows the sweep)");
  if (is_calibration(recording))
    throw InputError(path + " is a calibration; name the scenario with its parameters (`spillway report` shows the calibration)");
  std::string text = recording.text("provenance/scenario_resolved");
  if (text.empty()) throw FileError(path + ": holds no scenario; it is not the result of `spillway run`");
  return load_scenario_text(std::move(text), path, {}, sets);
}

}  // namespace spillway
