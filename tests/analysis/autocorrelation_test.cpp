#include "analysis/autocorrelation.hpp"

#include <boost/math/distributions/normal.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "analysis/design.hpp"

using namespace spillway;

namespace {
/// Chains x_t = phi x_(t-1) + e from their stationary law, about `centre` of each.
std::vector<double> chains(std::size_t count, std::size_t length, double phi, double apart = 0) {
  std::vector<double> series = random_points(count * length, 1, 1).values;
  for (double& x : series) x = boost::math::quantile(boost::math::normal(), x);
  for (std::size_t c = 0; c < count; ++c) {
    double* x = series.data() + c * length;
    x[0] /= std::sqrt(1 - phi * phi);
    for (std::size_t i = 1; i < length; ++i) x[i] += phi * x[i - 1];
    for (std::size_t i = 0; i < length; ++i) x[i] += apart * (c % 2 == 0 ? 1 : -1);
  }
  return series;
}

/// Sokal's: window of 5 tau; 4 standard errors. The window leaves out 2 sum_{t > M} phi^t, of tau about e^-10 where tau is long.
void check_time(double phi, std::size_t count, std::size_t length) {
  const double tau = (1 + phi) / (1 - phi);
  const double error = tau * std::sqrt(2 * (2 * 5 * tau + 1) / static_cast<double>(count * length));
  CAPTURE(phi, tau, error);
  CHECK(integrated_time(chains(count, length, phi), length) == Approx(tau).margin(4 * error));
}
}  // namespace

TEST_CASE("integrated time of first-order chains", "[autocorrelation]") {
  check_time(0.0, 16, 4000);
  check_time(0.5, 16, 4000);
  check_time(0.9, 16, 4000);
  check_time(0.9, 64, 1000);
  check_time(0.7, 40000, 64);  // narrow enough to see a window that is too short, and pairs that are not counted
}

TEST_CASE("chains that stay apart are correlated for ever", "[autocorrelation]") {
  const double together = integrated_time(chains(8, 1000, 0.5), 1000), apart = integrated_time(chains(8, 1000, 0.5, 20), 1000);
  CHECK(together < 5);
  CHECK(apart > 100);
}

TEST_CASE("a chain that never moves has no independent draws", "[autocorrelation]") {
  CHECK(integrated_time(std::vector<double>(200, 3.0), 50) == 50);
}
