#include "validation/estimate.hpp"

#include <cmath>
#include <utility>

namespace spillway::validation {

namespace {
constexpr double errors = 4.0;

bool inside(const Estimate& e, double low, double high) { return e.mean - errors * e.error >= low && e.mean + errors * e.error <= high; }
bool apart(const Estimate& e, double low, double high) { return e.mean + errors * e.error < low || e.mean - errors * e.error > high; }
}  // namespace

Estimate estimate(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  double mean = 0.0, squares = 0.0;
  for (const double x : values) mean += x / n;
  for (const double x : values) squares += (x - mean) * (x - mean);
  return {mean, std::sqrt(squares / (n - 1.0) / n)};
}

std::vector<Estimate> replicate(int replicates, const std::function<std::vector<double>(int)>& run) {
  std::vector<std::vector<double>> columns;
  for (int r = 0; r < replicates; ++r) {
    const std::vector<double> row = run(r);
    columns.resize(row.size());
    for (std::size_t c = 0; c < row.size(); ++c) columns[c].push_back(row[c]);
  }
  std::vector<Estimate> out;
  for (const auto& column : columns) out.push_back(estimate(column));
  return out;
}

Finding within(std::string what, const Estimate& seen, double low, double high) {
  return {std::move(what), text("%.3g to %.3g", low, high), text("%.3f +- %.3f", seen.mean, seen.error), inside(seen, low, high)};
}

Finding at_least(std::string what, const Estimate& seen, double low) {
  return {std::move(what), text("above %.3g", low), text("%.5f +- %.5f", seen.mean, seen.error), seen.mean - errors * seen.error > low};
}

Finding at_most(std::string what, const Estimate& seen, double high) {
  return {std::move(what), text("below %.3g", high), text("%.3f +- %.3f", seen.mean, seen.error), seen.mean + errors * seen.error < high};
}

Finding within_percent(std::string what, const Estimate& seen, double low, double high) {
  return {std::move(what), text("%.0f to %.0f %%", 100.0 * low, 100.0 * high),
          text("%.2f +- %.2f %%", 100.0 * seen.mean, 100.0 * seen.error), inside(seen, low, high)};
}

Finding missed_percent(std::string what, const Estimate& seen, double low, double high, std::string lacking) {
  Finding finding = within_percent(std::move(what), seen, low, high);
  finding.holds = !apart(seen, low, high);
  finding.lacking = std::move(lacking);
  return finding;
}

Finding outside(std::string what, const Estimate& seen, double low, double high) {
  return {"control: " + std::move(what), text("not %.3g to %.3g", low, high), text("%.3f +- %.3f", seen.mean, seen.error),
          apart(seen, low, high)};
}

}  // namespace spillway::validation
