// Draws from a density that can only be evaluated: the affine-invariant ensemble sampler of Goodman and Weare (2010), stretch moves.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "analysis/design.hpp"

namespace spillway {

using LogDensity = std::function<double(std::span<const double>)>;  ///< -infinity where the density is 0; NaN counts as that

struct SamplerOptions {
  std::size_t walkers = 64;                ///< even, at least twice the columns
  std::size_t warm_up = 500, steps = 500;  ///< of all walkers; the warm-up is thrown away
  std::size_t thin = 10;                   ///< every so many steps are kept
  std::uint64_t seed = 1;
  int threads = 1;  ///< of more than one, each calls the density for walkers of its own: it must bear that
};

struct Draws {
  Matrix points;                ///< walkers x (steps / thin) rows, step by step
  std::vector<double> density;  ///< log density of each
  double accepted = 0;          ///< share of moves
  double autocorrelation = 0;   ///< largest integrated autocorrelation time over the columns, in steps (Sokal's windowed estimate)
};

/// `start` holds rows with finite density, of which walkers are drawn, as far as there are enough each another; others are passed over.
/// Two halves of the walkers move in turn, each walker along the line to one of the other half, by a stretch z in [1/2, 2] of density
/// 1 / sqrt z. While it draws, the whole chain lies in memory: walkers x steps x columns numbers. A mode that no walker starts near is
/// hardly found. The same bits on any number of threads. Throws InputError where no start has a finite density, where the starts leave a
/// column without spread or are fewer than columns + 1 (walkers never leave the plane through all of them), and for options that cannot be.
Draws draw_from(const LogDensity& density, const Matrix& start, const SamplerOptions& options);

}  // namespace spillway
