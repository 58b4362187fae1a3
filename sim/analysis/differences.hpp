// What distinguishes the worlds of an ensemble: every outcome, at the end and on average, over replicates with the same luck.
#pragma once

#include <vector>

#include "model/comparison.hpp"
#include "model/recording.hpp"

namespace spillway {

/// All series by platform or of the whole market, each world against the first. Of what stands at a moment: its value in the
/// last row that is compared, and its mean over the rows since the world parts. Of what is counted in intervals ("time: sum"): the last
/// year, and the yearly mean since then. Means are over replicates that both worlds have. `partings` are by world from the second
/// on. A row that one run of a pair lacks counts in neither.
Comparison compare_worlds(const Recording& ensemble, double confidence, std::vector<Parting> partings, bool same_luck);

/// Adds the groups `differences` and `parting` and what they rest on.
void add_comparison(Recording& ensemble, const Comparison& comparison);

/// The comparison that a file holds, recomputed from its replicates. Bug if add_comparison has not been there.
Comparison comparison_in(const Recording& ensemble);

}  // namespace spillway
