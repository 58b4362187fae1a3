// Draws from a density that can only be evaluated: the affine-invariant ensemble sampler of Goodman and Weare (2010), stretch moves.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "analysis/design.hpp"

namespace spillway {

using LogDensity = std::function<double(std::span<const double>)>;  ///< -infinity where the density is 0

struct SamplerOptions {
  std::size_t walkers = 64;                ///< even, at least twice the columns
  std::size_t warm_up = 500, steps = 500;  ///< of all walkers; the warm-up is thrown away
  std::size_t thin = 10;                   ///< every so many steps are kept
  std::uint64_t seed = 1;
};

struct Draws {
  Matrix points;                ///< walkers x steps / thin rows, step by step
  std::vector<double> density;  ///< log density of each
  double accepted = 0;          ///< share of moves
  double autocorrelation = 0;   ///< largest integrated autocorrelation time over the columns, in steps (Sokal's windowed estimate)
};

/// `start` holds rows with finite density, of which walkers are drawn. The same bits on any number of threads. Throws InputError where no
/// start has a finite density.
Draws draw_from(const LogDensity& density, const Matrix& start, const SamplerOptions& options);

}  // namespace spillway
