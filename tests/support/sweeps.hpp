// Studies, and gathered sweeps as a study would leave them, whose outcomes are functions of the points: no market is run.
#pragma once

#include <cmath>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "analysis/design.hpp"
#include "base/random.hpp"
#include "model/recording.hpp"
#include "model/study.hpp"

namespace spillway::testing {

inline Factor uniform_factor(std::string name, double low, double high) {
  Factor factor;
  factor.name = std::move(name);
  factor.keys = {factor.name};
  factor.distribution = {DistributionKind::uniform, low, high, 0, 0, {}};
  return factor;
}

inline Factor list_factor(std::string name, std::vector<double> values, FactorKind kind = FactorKind::number) {
  Factor factor = uniform_factor(std::move(name), 0, 0);
  factor.kind = kind;
  factor.distribution = {DistributionKind::values, 0, 0, 0, 0, std::move(values)};
  return factor;
}

/// Factors x1 .. xk, uniform on [low, high].
inline Study uniform_study(std::size_t factors, double low, double high, Design design) {
  Study study;
  for (std::size_t j = 1; j <= factors; ++j) study.factors.push_back(uniform_factor("x" + std::to_string(j), low, high));
  study.design = std::move(design);
  return study;
}

inline Design saltelli(std::uint64_t samples, bool second_order, std::uint64_t seed = 1) {
  Design design;
  design.kind = DesignKind::saltelli;
  design.samples = samples;
  design.second_order = second_order;
  design.seed = seed;
  return design;
}

inline Design morris(std::uint64_t trajectories, std::uint64_t levels = 4, std::uint64_t seed = 1) {
  Design design;
  design.kind = DesignKind::morris;
  design.trajectories = trajectories;
  design.levels = levels;
  design.seed = seed;
  return design;
}

inline Design sampled(DesignKind kind, std::uint64_t samples, std::uint64_t seed = 1) {
  Design design;
  design.kind = kind;
  design.samples = samples;
  design.seed = seed;
  return design;
}

/// Outcome of a run: of the factors' values, the point and the replicate.
using TestModel = std::function<double(std::span<const double> x, std::size_t point, std::size_t replicate)>;

/// A gathered sweep (model/sweep_view.hpp) of these points, with the outcomes named.
inline Recording made_sweep(const Study& study, const Matrix& points, const std::vector<std::pair<std::string, TestModel>>& outcomes,
                            std::size_t replicates = 1) {
  Recording sweep;
  const auto add = [&](std::string name, std::vector<std::string> dims, Values values, Attributes attributes = {}) {
    const std::string long_name = "meaning of " + name;
    sweep.variables.push_back({"", std::move(name), std::move(dims), "1", long_name, std::move(values), std::move(attributes)});
  };
  const Design& design = study.design;
  sweep.attributes = {{"kind", "sweep"},
                      {"design", std::string(to_text(design.kind))},
                      {"design_samples", std::to_string(design.samples)},
                      {"design_levels", std::to_string(design.levels)},
                      {"design_trajectories", std::to_string(design.trajectories)},
                      {"design_second_order", design.second_order ? "1" : "0"}};
  const auto counted = [](std::size_t count) {
    std::vector<std::int32_t> numbers(count);
    for (std::size_t i = 0; i < count; ++i) numbers[i] = static_cast<std::int32_t>(i);
    return numbers;
  };
  std::vector<std::string> names;
  for (const Factor& factor : study.factors) names.push_back(factor.name);
  add("point", {"point"}, counted(points.rows()));
  add("replicate", {"replicate"}, counted(replicates));
  add("factor", {"factor"}, names);
  for (std::size_t j = 0; j < names.size(); ++j) {
    std::vector<double> column;
    for (std::size_t p = 0; p < points.rows(); ++p) column.push_back(points.row(p)[j]);
    add(names[j], {"point"}, column, {{"role", study.factors[j].lever ? "lever" : "uncertainty"}});
  }
  add("factor_values", {"point", "factor"}, points.values);
  for (const auto& [name, model] : outcomes) {
    std::vector<double> values;
    for (std::size_t p = 0; p < points.rows(); ++p)
      for (std::size_t r = 0; r < replicates; ++r) values.push_back(model(points.row(p), p, r));
    add(name, {"point", "replicate"}, values, {{"outcome", name}});
  }
  return sweep;
}

/// A standard normal number of (a, b) by Box and Muller, from draws that no code under test makes.
inline double noise_of(std::size_t a, std::size_t b, std::uint32_t seed = 99) {
  const Draw d = draw({seed, 0}, static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b), Stream::event, 0);
  const double u = (d.word[0] + 0.5) * 0x1p-32, v = (d.word[1] + 0.5) * 0x1p-32;
  return std::sqrt(-2 * std::log(u)) * std::cos(2 * M_PI * v);
}

}  // namespace spillway::testing
