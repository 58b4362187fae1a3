#include "study/calibration_files.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "input/quantity.hpp"
#include "study/design_file.hpp"

namespace spillway {

namespace {
namespace fs = std::filesystem;
using Keys = std::vector<std::pair<std::string, std::string>>;

/// Keys by their first word, as YAML's maps within maps. What an intervention sets or ramps is a path in one piece.
void write_keys(const Keys& keys, bool in_one_piece, const std::string& indent, std::string& text) {
  std::map<std::string, Keys> groups;
  for (const auto& [key, value] : keys) {
    const std::size_t dot = key.find('.');
    if (in_one_piece || dot == std::string::npos)
      text += fmt::format("{}{}: {}\n", indent, key, value);
    else
      groups[key.substr(0, dot)].emplace_back(key.substr(dot + 1), value);
  }
  for (const auto& [group, inner] : groups) {
    text += fmt::format("{}{}:\n", indent, group);
    write_keys(inner, group == "set" || group == "ramp", indent + "  ", text);
  }
}

/// What holds in all runs because the fit rests on it; how many users and how long is the affair of who runs the scenario.
void add_sets(const Calibration& calibration, Keys& keys) {
  for (const std::string& set : calibration.study.sets) {
    const std::size_t equals = set.find('=');
    const std::string key = set.substr(0, equals);
    if (key != "population.users" && key != "time.end") keys.emplace_back(key, set.substr(equals + 1));
  }
}
}  // namespace

std::string calibrated_scenario(const Calibration& calibration, const CalibrationResult& result, const std::string& folder) {
  const fs::path scenario = fs::absolute(calibration.study.scenario).lexically_normal();
  const fs::path there = scenario.lexically_relative(fs::absolute(folder).lexically_normal());
  std::string text = fmt::format("# Written by spillway calibrate: the parameters that fit best.\nextends: {}\n",
                                 (there.empty() ? scenario : there).generic_string());
  Keys keys;
  add_sets(calibration, keys);
  for (std::size_t i = 0; i < calibration.study.factors.size(); ++i)
    for (const std::string& key : calibration.study.factors[i].keys)
      keys.emplace_back(key, quantity_text(result.parameters[i].estimate.best, calibration.study.factors[i].unit));
  write_keys(keys, false, "", text);
  return text;
}

std::string posterior_csv(const Calibration& calibration, const CalibrationResult& result) {
  Matrix draws{calibration.study.factors.size(), {}};
  for (const std::vector<double>& row : result.posterior) draws.values.insert(draws.values.end(), row.begin(), row.end());
  return design_csv(calibration.study, draws);
}

}  // namespace spillway
