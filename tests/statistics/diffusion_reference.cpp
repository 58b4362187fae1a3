#include "statistics/diffusion_reference.hpp"

#include <array>
#include <cmath>

#include "build/build.hpp"
#include "engine/engine.hpp"

namespace spillway::testing {

namespace {
/// Classical Runge-Kutta from time 0; errors below 1e-10 at the step counts used here.
template <class State, class Slope>
State integrate(State x, double years, Slope slope) {
  constexpr int steps = 4000;
  const double h = years / steps;
  const auto moved = [](State a, const State& b, double by) {
    for (std::size_t i = 0; i < a.size(); ++i) a[i] += by * b[i];
    return a;
  };
  for (int s = 0; s < steps; ++s) {
    const double t = s * h;
    const State k1 = slope(t, x), k2 = slope(t + h / 2, moved(x, k1, h / 2)), k3 = slope(t + h / 2, moved(x, k2, h / 2)),
                k4 = slope(t + h, moved(x, k3, h));
    x = moved(moved(moved(moved(x, k1, h / 6), k2, h / 3), k3, h / 3), k4, h / 6);
  }
  return x;
}

/// Composite Simpson rule.
template <class Function>
double integral(double from, double to, Function f) {
  constexpr int halves = 4000;
  const double h = (to - from) / halves;
  double sum = f(from) + f(to);
  for (int i = 1; i < halves; ++i) sum += f(from + i * h) * (i % 2 == 1 ? 4.0 : 2.0);
  return sum * h / 3.0;
}

double mixing_share(Rates r, double years, double first) {
  const double p = r.innovation, q = r.imitation;
  const double odds = (p + q * first) / (1.0 - first) * std::exp((p + q) * years);  // (p+qF)/(1-F) grows exponentially
  return (odds - p) / (odds + q);
}

/// The chain of the random regular graph: S/N, A/N, the covariances of both times N, and the deviation by the time step.
using Chain = std::array<double, 7>;

struct ChainSlope {
  double p, q, d, step;

  Chain operator()(double, const Chain& x) const {
    const double s = x[0], a = x[1], ends = d * s + a, m = a / ends;  // m: chance that an outsider's contact is a member
    const double alone = p * s, used = q * m * s, spent = q / d * m * a;
    const double jss = -p - q * m * m, jsa = -q * d * s * s / (ends * ends);
    const double das = q * m * m, daa = q * d * s * s / (ends * ends);  // derivatives of `used`
    const double dps = -q * m * m, dpa = q / d * (2.0 * m - m * m);     // of `spent`
    const double jas = d * p + (d - 2.0) * das - 2.0 * dps, jaa = (d - 2.0) * daa - 2.0 * dpa;
    const double share = 1.0 - s, joining = alone + used;
    // A contact's share of members grows by (1-m)(p + q m (d-1)/d) a year; the engine moves it ahead by m F'/F.
    const double ahead = share > 0.0 ? m * joining / share : p;
    const double error = s * q * step / 2.0 * (ahead - (1.0 - m) * (p + q * m * (d - 1.0) / d));
    return {-joining,
            d * alone + (d - 2.0) * used - 2.0 * spent,
            2.0 * (jss * x[2] + jsa * x[3]) + alone + used,
            jas * x[2] + (jaa + jss) * x[3] + jsa * x[4] - d * alone - (d - 2.0) * used,
            2.0 * (jas * x[3] + jaa * x[4]) + d * d * alone + (d - 2.0) * (d - 2.0) * used + 4.0 * spent,
            jss * x[5] + jsa * x[6] - error,
            jas * x[5] + jaa * x[6] + (d - 2.0) * error};
  }
};
}  // namespace

Reference mixing(Rates r, double years, double first) {
  const auto joining = [r](double share) { return (1.0 - share) * (r.innovation + r.imitation * share); };
  const double share = mixing_share(r, years, first);
  const double sum = integral(first, share, [&](double x) { return 1.0 / (joining(x) * joining(x)); });
  return {share, joining(share) * std::sqrt(sum)};
}

RegularReference random_regular_reference(Rates r, int degree, double years, double step_years) {
  const double p = r.innovation, q = r.imitation, d = degree;
  const auto theta = integrate(std::array<double, 1>{1.0}, years, [&](double t, const std::array<double, 1>& x) {
    return std::array<double, 1>{-q / d * (x[0] - std::exp(-p * t) * std::pow(x[0], d - 1.0))};
  })[0];
  const Chain chain = integrate(Chain{1.0}, years, ChainSlope{p, q, d, step_years});
  return {1.0 - std::exp(-p * years) * std::pow(theta, d), std::sqrt(chain[2]), 1.0 - chain[0], -chain[5]};
}

Reference clique(Rates r, int size, double years) {
  std::vector<double> start(static_cast<std::size_t>(size) + 1, 0.0);
  start[0] = 1.0;
  const std::vector<double> chance = integrate(start, years, [&](double, const std::vector<double>& x) {
    std::vector<double> slope(x.size(), 0.0);
    for (std::size_t j = 0; j + 1 < x.size(); ++j) {
      const double flow = (size - static_cast<double>(j)) * (r.innovation + r.imitation * static_cast<double>(j) / (size - 1.0)) * x[j];
      slope[j] -= flow;
      slope[j + 1] += flow;
    }
    return slope;
  });
  double mean = 0.0, square = 0.0;
  for (std::size_t j = 0; j < chance.size(); ++j) {
    mean += static_cast<double>(j) * chance[j];
    square += static_cast<double>(j * j) * chance[j];
  }
  return {mean / size, std::sqrt((square - mean * mean) / size)};
}

std::vector<Observation> observe(const Scenario& scenario, const std::vector<double>& years, const Graph& graph) {
  const std::unique_ptr<World> world = build_world(scenario, {}, graph);
  Engine engine(*world);
  const auto seen = [&] {
    return Observation{engine.now() / days_per_year, static_cast<double>(world->platforms[0].active) / world->view.users};
  };
  std::vector<Observation> out{seen()};
  for (const double target : years) {
    while (engine.now() + 0.5 * world->view.now.dt < target * days_per_year) engine.tick();
    out.push_back(seen());
  }
  return out;
}

}  // namespace spillway::testing
