// Which factors of a sensitivity matter most, and by which of its numbers: asked for by the table, the charts and the sentence.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "model/sensitivity.hpp"

namespace spillway {

/// The index by which factors are ordered: mu_star, total, or the size of the correlation.
const SensitivityIndex& leading_index(SensitivityMethod method, const FactorInfluence& influence);

/// Its size, so that the largest is the most influential; -1 where it is not known.
double influence_of(SensitivityMethod method, const FactorInfluence& influence);

/// Places in outcome.factors, the most influential first; equal ones in the study's order.
std::vector<std::size_t> by_influence(SensitivityMethod method, const OutcomeSensitivity& outcome);

/// Places in outcome.interactions, the largest first.
std::vector<std::size_t> by_size(const OutcomeSensitivity& outcome);

/// "Morris’s elementary effects", "Sobol’s indices", "partial rank correlation".
std::string_view method_name(SensitivityMethod method);

}  // namespace spillway
