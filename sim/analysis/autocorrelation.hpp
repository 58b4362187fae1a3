// How many steps of a chain are worth one independent draw.
#pragma once

#include <cstddef>
#include <span>

namespace spillway {

/// Integrated autocorrelation time in steps: 1 + 2 sum of the autocorrelations up to the first lag of at least 5 times the sum so far
/// (Sokal 1989), averaged over chains that sample the same density. `series` holds chain after chain, each of `length` steps.
/// Autocovariances are taken about the mean of all chains, so that chains that stay apart count as correlated, and over the pairs that
/// there are. Standard error: about tau sqrt(2 (2 window + 1) / numbers). No window beyond half the length: there the result is too low.
/// `length` where all numbers are equal.
double integrated_time(std::span<const double> series, std::size_t length);

}  // namespace spillway
