// Part of the scenario manual: calibration files.
#pragma once

#include <string>

namespace spillway {

/// The section "Calibrations" as Markdown, with an empty line before it.
std::string calibration_manual();

}  // namespace spillway
