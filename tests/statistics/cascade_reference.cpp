#include "statistics/cascade_reference.hpp"

#include <cmath>

namespace spillway::testing {

namespace {
double poisson(double mean, int n) { return std::exp(n * std::log(mean) - mean - std::lgamma(n + 1.0)); }

/// P(Binomial(n, q) > threshold).
double binomial_above(int n, double q, double threshold) {
  double below = 0.0;
  for (int m = 0; m <= n && m <= threshold; ++m)
    below += std::exp(std::lgamma(n + 1.0) - std::lgamma(m + 1.0) - std::lgamma(n - m + 1.0) + m * std::log(q) + (n - m) * std::log1p(-q));
  return 1.0 - below;
}
}  // namespace

double poisson_tail(double mean, int least) {
  double below = 0.0;
  for (int n = 0; n < least; ++n) below += mean > 0.0 ? poisson(mean, n) : (n == 0 ? 1.0 : 0.0);
  return 1.0 - below;
}

double core_share(double contacts, int k) {
  double mu = contacts;  // from above: the iteration ends at the largest solution
  for (int i = 0; i < 100'000; ++i) mu = contacts * poisson_tail(mu, k - 1);
  return poisson_tail(mu, k);
}

CoreOnset core_onset(int k) {
  CoreOnset onset{1e9, 0.0};
  for (double mu = 0.01; mu < 30.0; mu += 1e-4) {
    const double contacts = mu / poisson_tail(mu, k - 1);
    if (contacts < onset.contacts) onset = {contacts, poisson_tail(mu, k)};
  }
  return onset;
}

double cascade_share(double contacts, double threshold, double first) {
  constexpr int most = 80;
  double q = first;  // from below: the iteration ends at the smallest solution
  for (int i = 0; i < 10'000; ++i) {
    double sum = 0.0;
    for (int d = 1; d <= most; ++d) sum += d * poisson(contacts, d) / contacts * binomial_above(d - 1, q, threshold * d);
    const double next = first + (1.0 - first) * sum;
    if (std::abs(next - q) < 1e-13) break;
    q = next;
  }
  double share = 0.0;
  for (int d = 1; d <= most; ++d) share += poisson(contacts, d) * binomial_above(d, q, threshold * d);
  return first + (1.0 - first) * share;
}

}  // namespace spillway::testing
