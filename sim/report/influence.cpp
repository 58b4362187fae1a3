#include "report/influence.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace spillway {

namespace {
template <class Size>
std::vector<std::size_t> largest_first(std::size_t count, Size size) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return size(a) > size(b); });
  return order;
}
double known_size(double value) { return std::isnan(value) ? -1 : std::abs(value); }
}  // namespace

const SensitivityIndex& leading_index(SensitivityMethod method, const FactorInfluence& influence) {
  switch (method) {
    case SensitivityMethod::morris: return influence.mu_star;
    case SensitivityMethod::sobol: return influence.total;
    case SensitivityMethod::prcc: break;
  }
  return influence.correlation;
}

double influence_of(SensitivityMethod method, const FactorInfluence& influence) {
  return known_size(leading_index(method, influence).value);
}

std::vector<std::size_t> by_influence(SensitivityMethod method, const OutcomeSensitivity& outcome) {
  return largest_first(outcome.factors.size(), [&](std::size_t f) { return influence_of(method, outcome.factors[f]); });
}

std::vector<std::size_t> by_size(const OutcomeSensitivity& outcome) {
  return largest_first(outcome.interactions.size(), [&](std::size_t i) { return known_size(outcome.interactions[i].index.value); });
}

std::string_view method_name(SensitivityMethod method) {
  constexpr std::string_view names[] = {"Morris’s elementary effects", "Sobol’s indices", "partial rank correlation"};
  return names[static_cast<std::size_t>(method)];
}

}  // namespace spillway
