// A sensitivity on the screen and for scripts.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "model/sensitivity.hpp"

namespace spillway {

/// For each outcome a table of its factors, the most influential first, with intervals; then pairs of factors; warnings last. Ends with a
/// newline.
std::string sensitivity_text(const Sensitivity& sensitivity);

/// Schema "spillway-sensitivity/1": the indices that the method has, in the study's order; null where a number is not known.
nlohmann::ordered_json sensitivity_json(const Sensitivity& sensitivity);

}  // namespace spillway
