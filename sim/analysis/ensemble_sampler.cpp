#include "analysis/ensemble_sampler.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/autocorrelation.hpp"
#include "analysis/study_draws.hpp"
#include "base/error.hpp"
#include "base/math.hpp"
#include "base/parallel.hpp"

namespace spillway {

namespace {
constexpr double stretch_scale = 2;  // a of Goodman and Weare (2010), as they and all after them use it

struct Walkers {
  Matrix at;
  std::vector<double> density;
  std::vector<std::uint8_t> moved;  // in the last step

  void add(std::span<const double> point, double value) {
    at.values.insert(at.values.end(), point.begin(), point.end());
    density.push_back(value);
    moved.push_back(0);
  }
};

void check(const Matrix& start, const SamplerOptions& options) {
  if (options.walkers % 2 != 0 || options.walkers < std::max<std::size_t>(4, 2 * start.columns))
    throw InputError(fmt::format("sampler: {} walkers for {} columns; an even number is needed, at least {}", options.walkers,
                                 start.columns, std::max<std::size_t>(4, 2 * start.columns)));
  if (options.thin == 0 || options.steps < options.thin)
    throw InputError(fmt::format("sampler: {} steps, of which every {} is kept, keep none", options.steps, options.thin));
  if (start.rows() == 0) throw InputError("sampler: nowhere to start from");
}

std::vector<std::size_t> shuffled_rows(std::size_t rows, std::uint64_t seed) {
  std::vector<std::size_t> order(rows);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = rows; i-- > 1;) {  // Fisher and Yates
    const Draw d = study_draw(seed, i, 0, Stream::walker_start);
    std::swap(order[i], order[pick(i + 1, d.word[0], d.word[1])]);
  }
  return order;
}

/// Walkers must be able to go everywhere: stretches keep to the plane through all of them.
void check_spread(const Walkers& found, std::size_t rows) {
  const Matrix& at = found.at;
  if (at.rows() == 0) throw InputError(fmt::format("sampler: none of {} starts has a finite density", rows));
  if (at.rows() < at.columns + 1)
    throw InputError(fmt::format("sampler: {} of {} starts have a finite density; {} columns need at least {}", at.rows(), rows, at.columns,
                                 at.columns + 1));
  for (std::size_t c = 0; c < at.columns; ++c) {
    bool spread = false;
    for (std::size_t i = 1; i < at.rows(); ++i) spread = spread || at.row(i)[c] != at.row(0)[c];
    if (!spread) throw InputError(fmt::format("sampler: column {} is {} in all starts, so that no walker could leave it", c, at.row(0)[c]));
  }
}

Walkers walkers_from(const LogDensity& density, const Matrix& start, const SamplerOptions& options) {
  Walkers walkers{{start.columns, {}}, {}, {}};
  for (const std::size_t row : shuffled_rows(start.rows(), options.seed)) {
    const double value = density(start.row(row));
    if (std::isfinite(value)) walkers.add(start.row(row), value);
    if (walkers.density.size() == options.walkers) break;
  }
  check_spread(walkers, start.rows());
  const std::size_t found = walkers.density.size();
  for (std::size_t i = found; i < options.walkers; ++i) {
    const std::vector<double> again(walkers.at.row(i % found).begin(), walkers.at.row(i % found).end());
    walkers.add(again, walkers.density[i % found]);
  }
  return walkers;
}

/// One walker's move along the line through a partner of the other half, which stands still.
void move_walker(Walkers& walkers, std::size_t walker, std::span<const double> partner, const Draw& d, const LogDensity& density) {
  const std::size_t columns = walkers.at.columns;
  double* here = walkers.at.values.data() + walker * columns;
  const double u = (d.word[1] + 0.5) * 0x1p-32, root = (stretch_scale - 1) * u + 1, z = root * root / stretch_scale;
  std::vector<double> there(columns);
  for (std::size_t c = 0; c < columns; ++c) there[c] = partner[c] + z * (here[c] - partner[c]);
  const double value = density(there);
  const double gain = static_cast<double>(columns - 1) * log_d(z) + value - walkers.density[walker];
  walkers.moved[walker] = log_d(unit_number(d.word[2], d.word[3])) < gain ? 1 : 0;
  if (walkers.moved[walker] == 0) return;
  std::ranges::copy(there, here);
  walkers.density[walker] = value;
}

/// What a walker does depends on its own place and the other half's alone, so neither order nor threads matter.
void step_all(Walkers& walkers, std::size_t step, const SamplerOptions& options, const LogDensity& density) {
  const std::size_t half = options.walkers / 2;
  const std::size_t grain = (half + static_cast<std::size_t>(options.threads) - 1) / static_cast<std::size_t>(options.threads);
  for (const std::size_t first : {std::size_t{0}, half})
    for_blocks(half, grain, options.threads, [&](int, std::size_t begin, std::size_t end) {
      for (std::size_t walker = first + begin; walker < first + end; ++walker) {
        const Draw d = study_draw(options.seed, step, walker, Stream::stretch_move);
        const std::size_t partner = half - first + pick(half, 0, d.word[0]);
        move_walker(walkers, walker, walkers.at.row(partner), d, density);
      }
    });
}

double largest_time(const std::vector<double>& chain, std::size_t columns, std::size_t walkers, std::size_t steps) {
  double largest = 0;
  std::vector<double> series(walkers * steps);
  for (std::size_t c = 0; c < columns; ++c) {
    for (std::size_t w = 0; w < walkers; ++w)
      for (std::size_t s = 0; s < steps; ++s) series[w * steps + s] = chain[(s * walkers + w) * columns + c];
    largest = std::max(largest, integrated_time(series, steps));
  }
  return largest;
}
}  // namespace

Draws draw_from(const LogDensity& density, const Matrix& start, const SamplerOptions& options) {
  check(start, options);
  require(options.threads > 0, "sampler: at least one thread");
  Walkers walkers = walkers_from(density, start, options);
  for (std::size_t step = 0; step < options.warm_up; ++step) step_all(walkers, step, options, density);
  Draws draws{{start.columns, {}}, {}, 0, 0};
  std::vector<double> chain;
  chain.reserve(options.steps * walkers.at.values.size());
  std::size_t moves = 0;
  for (std::size_t step = 1; step <= options.steps; ++step) {
    step_all(walkers, options.warm_up + step, options, density);
    moves += static_cast<std::size_t>(std::ranges::count(walkers.moved, 1));
    chain.insert(chain.end(), walkers.at.values.begin(), walkers.at.values.end());
    if (step % options.thin != 0) continue;
    draws.points.values.insert(draws.points.values.end(), walkers.at.values.begin(), walkers.at.values.end());
    draws.density.insert(draws.density.end(), walkers.density.begin(), walkers.density.end());
  }
  draws.accepted = static_cast<double>(moves) / static_cast<double>(options.steps * options.walkers);
  draws.autocorrelation = largest_time(chain, start.columns, options.walkers, options.steps);
  return draws;
}

}  // namespace spillway
