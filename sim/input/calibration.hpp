// A calibration file (and --set assignments) in, a complete and valid Calibration out.
#pragma once

#include <string>
#include <vector>

#include "input/study.hpp"
#include "model/calibration.hpp"

namespace spillway {

struct LoadedCalibration {
  Calibration calibration;
  LoadedScenario base;              ///< the scenario with the calibration's `set`
  std::vector<double> base_values;  ///< by parameter, of the base scenario; NaN where it has no such key
  std::string source_text;          ///< of the file
  std::string directory;            ///< of the file
  std::vector<std::string> files;   ///< all that were read
  std::vector<Issue> notes;         ///< values outside plausible ranges, rows left out, by file and line
};

/// `sets` change the calibration where their first word is one of its keys ("method.waves=3", "fit_until=2012-12-31"), else the scenario
/// at all points. Throws InputError with all problems by file and line, FileError.
LoadedCalibration load_calibration(const std::string& path, const std::vector<std::string>& sets = {});

/// Whether the YAML file is a calibration: it has `targets` or `parameters` at its root.
bool is_calibration_file(const std::string& path);

/// The calibration as one canonical YAML text, every default and every target's row (instead of its data file) written out; the scenario
/// as the file's name. Two calibrations are the same exactly if their texts and base scenarios are.
std::string resolved_calibration(const Calibration& calibration);

}  // namespace spillway
