#include "analysis/autocorrelation.hpp"

#include "base/error.hpp"

namespace spillway {

namespace {
double mean_of(std::span<const double> series) {
  double sum = 0;
  for (const double x : series) sum += x;
  return sum / static_cast<double>(series.size());
}

double autocovariance(std::span<const double> series, std::size_t length, std::size_t lag, double mean) {
  double sum = 0;
  for (std::size_t chain = 0; chain < series.size(); chain += length)
    for (std::size_t i = chain; i + lag < chain + length; ++i) sum += (series[i] - mean) * (series[i + lag] - mean);
  const std::size_t chains = series.size() / length;
  return sum / static_cast<double>(chains * (length - lag));
}
}  // namespace

double integrated_time(std::span<const double> series, std::size_t length) {
  constexpr double windows = 5;  // Sokal 1989: between the bias of a short window and the noise of a long one
  require(length > 0 && !series.empty() && series.size() % length == 0, "integrated time: whole chains");
  const double mean = mean_of(series), variance = autocovariance(series, length, 0, mean);
  if (!(variance > 0)) return static_cast<double>(length);
  double tau = 1;
  for (std::size_t lag = 1; lag <= length / 2; ++lag) {
    tau += 2 * autocovariance(series, length, lag, mean) / variance;
    if (static_cast<double>(lag) >= windows * tau) break;
  }
  return tau;
}

}  // namespace spillway
