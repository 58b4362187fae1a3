// What the length of a tick does to diffusion.
#include <catch2/catch.hpp>
#include <cmath>
#include <utility>

#include "statistics/diffusion_reference.hpp"
#include "support/scenarios.hpp"

namespace spillway::testing {

namespace {
constexpr double imitation = 20.0, moment_days = 56.0;
constexpr std::uint32_t users = 1'000'000;
constexpr int replicates = 4;

struct Deviation {
  double mean;   ///< share of the run minus the logistic from the run's own start
  double error;  ///< its standard error
  double law;    ///< expected to leading order
};

// Peers count as M(t) sqrt(M(t)/M(t-dt)) throughout the tick that starts at t. With L = ln M that differs from their average over
// the tick by the part -dt^2 (5/12 L'' + L'^2/24); in the first tick, which knows no growth, by -L' dt/2. Such a part e of the
// hazard qF moves the share by f int e ds, f = qF(1-F), as a deviation grows like f. On the logistic L' = q(1-F), so the integral is
// closed: deviation = (q dt)^2 F(1-F) [11/24 (F-F0) - ln(F/F0)/24 - (1-F0)/2]. The next order is a part of it of order q dt: iterating
// the expectation M += (1-M)(1-e^(-q M G dt)) from 5 % to 56 days gives -q dt/8 as dt goes to 0, so q dt/5 is allowed.
double law(double first, double share, double step_days) {
  const double q_dt = imitation * step_days / days_per_year;
  return q_dt * q_dt * share * (1.0 - share) * (11.0 / 24.0 * (share - first) - std::log(share / first) / 24.0 - (1.0 - first) / 2.0);
}

Deviation deviation(double step_days) {
  Scenario s = bass(users, 0.0, imitation);
  s.time.step = step_days;
  s.platforms[0].second.initial_share = 0.05;
  Deviation out{0.0, 0.0, 0.0};
  for (int r = 0; r < replicates; ++r) {
    s.replicate = static_cast<std::uint32_t>(r);
    const auto seen = observe(s, {moment_days / days_per_year});
    const Reference expected = mixing({0.0, imitation}, seen[1].years, seen[0].share);
    out.mean += (seen[1].share - expected.share) / replicates;
    out.law += law(seen[0].share, expected.share, step_days) / replicates;
    out.error = expected.spread / std::sqrt(static_cast<double>(users) * replicates);
  }
  return out;
}
}  // namespace

// A fast process (q = 20 a year: q dt = 0.38 in a weekly tick) makes the bias many times the noise.
TEST_CASE("D42: halving the time step at least halves the deviation") {
  const Deviation week = deviation(7.0), half = deviation(3.5), quarter = deviation(1.75);
  INFO("7 d: " << week.mean << " (law " << week.law << "), 3.5 d: " << half.mean << " (" << half.law << "), 1.75 d: " << quarter.mean
               << " (" << quarter.law << "), standard error " << week.error);
  CHECK(std::abs(week.mean) > 8.0 * week.error);
  CHECK(std::abs(half.mean) < std::abs(week.mean) / 2.0 + 4.0 * std::hypot(half.error, week.error / 2.0));
  CHECK(std::abs(quarter.mean) < std::abs(half.mean) / 2.0 + 4.0 * std::hypot(quarter.error, half.error / 2.0));
  for (const auto& [d, step] : {std::pair{week, 7.0}, std::pair{half, 3.5}, std::pair{quarter, 1.75}}) {
    INFO("step " << step << " d");
    CHECK(std::abs(d.mean - d.law) < 4.0 * d.error + std::abs(d.law) * imitation * step / days_per_year / 5.0);
  }
}

}  // namespace spillway::testing
