// What becomes of an outcome along a factor, straight from a sweep's runs: for designs in which factors take few values.
#pragma once

#include <cstddef>
#include <vector>

#include "report/document.hpp"
#include "report/sweep_table.hpp"

namespace spillway {

/// Values that a factor took, in rising order.
FactorAxis axis_of(const FactorColumn& factor);

/// The outcome at each value of the factor: mean over the runs there, and where nine of ten of them lie. In one_at_a_time only the
/// points that differ from the first in no other factor count.
EffectPanel effect_of(const SweepTable& table, const OutcomeColumn& outcome, std::size_t factor);

/// How far the means of a panel lie apart; 0 where fewer than two are known.
double swing(const EffectPanel& panel);

/// Factors that took more than one value, those first along which the outcome moves most.
std::vector<std::size_t> by_swing(const SweepTable& table, const OutcomeColumn& outcome);

/// Mean outcome at each pair of values, over the other factors and the replicates; the first factor across.
std::vector<double> cells_of(const SweepTable& table, const OutcomeColumn& outcome, std::size_t across, std::size_t upwards);

/// one_at_a_time: for each factor the outcome at its lowest and at its highest value less that of the first point, replicate by
/// replicate: mean, and where nine of ten replicates lie; not known where that is the first point itself. In the order of by_swing.
std::vector<IntervalRow> tornado(const SweepTable& table, const OutcomeColumn& outcome);

}  // namespace spillway
