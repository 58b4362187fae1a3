#include "cli/scenario_source.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <fstream>

#include "base/error.hpp"
#include "store/trajectory.hpp"

namespace spillway {

namespace {
constexpr std::string_view hdf5_mark = "\x89HDF\r\n\x1a\n";

[[noreturn]] void refuse_comparison(const std::string& path, const Recording& recording) {
  std::vector<std::string> worlds;
  if (const Variable* world = recording.find("world"))
    if (const auto* names = std::get_if<std::vector<std::string>>(&world->values)) worlds = *names;
  throw InputError(fmt::format("{} compares several scenarios ({}); name the file of one of them", path, fmt::join(worlds, ", ")));
}
}  // namespace

bool is_result_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string start(hdf5_mark.size(), '\0');
  return file.read(start.data(), static_cast<std::streamsize>(start.size())) && start == hdf5_mark;
}

LoadedScenario load_scenario_or_result(const std::string& path, const std::vector<std::string>& sets) {
  if (!is_result_file(path)) return load_scenario(path, sets);
  const Recording recording = read_outline(path);
  if (recording.attribute("kind") == "comparison") refuse_comparison(path, recording);
  std::string text = recording.text("provenance/scenario_resolved");
  if (text.empty()) throw FileError(path + ": holds no scenario; it is not the result of `spillway run`");
  return load_scenario_text(std::move(text), path, {}, sets);
}

}  // namespace spillway
