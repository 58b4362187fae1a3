#include "study/calibration_polish.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "analysis/minimise.hpp"

namespace spillway {

namespace {
constexpr double reach = 0.15;  // of the cube's side, to each side of where a search begins; chosen: some posterior deviations

double four_digits(double value) { return std::strtod(fmt::format("{:.4g}", value).c_str(), nullptr); }

/// What an evaluation of the model says at one point of the cube.
struct Evaluation {
  std::vector<double> point, parameters, outcomes, residuals;
  double misfit = std::numeric_limits<double>::infinity();
};

/// The objective: the mean run over replicates that have the same luck at every point, held against the data.
class Objective {
 public:
  Objective(const Calibration& calibration, const Targets& targets, Stage stage, const std::string& folder, const StageRunner& runner)
      : calibration_(calibration), targets_(targets), runs_(calibration, std::move(stage), folder, runner) {}

  const Evaluation& at(std::span<const double> point) {
    Evaluation now{{point.begin(), point.end()}, parameter_values(calibration_, point), {}, {}, 0};
    for (double& value : now.parameters) value = four_digits(value);
    now.outcomes = mean_row(runs_.at(now.parameters));
    now.residuals = targets_.residuals(now.outcomes);
    now.misfit = misfit(targets_, now.residuals);
    ++count_;
    last_ = now;
    if (now.misfit < best_.misfit) best_ = std::move(now);
    return last_;
  }

  const Evaluation& best() const { return best_; }
  std::size_t count() const { return count_; }

 private:
  const Calibration& calibration_;
  const Targets& targets_;
  GrowingStage runs_;
  Evaluation last_, best_;
  std::size_t count_ = 0;
};

struct Box {
  std::vector<double> low, high;
};

/// About a point, within the surfaces' own ends.
Box box_about(const Misfits& misfits, std::span<const double> point, double side) {
  Box box;
  for (std::size_t i = 0; i < point.size(); ++i) {
    box.low.push_back(std::clamp(point[i] - side, misfits.low()[i], misfits.high()[i]));
    box.high.push_back(std::clamp(point[i] + side, misfits.low()[i], misfits.high()[i]));
  }
  return box;
}

/// The optimum of the surfaces in the box, corrected by what the model said at `known`: that difference is taken as it is everywhere near
/// ("space mapping", Bandler et al. 1994).
std::vector<double> corrected_optimum(const Targets& targets, const Misfits& misfits, const Evaluation& known, double side) {
  const std::vector<double> surface = misfits.residuals(known.point);
  std::vector<double> shift(surface.size(), 0.0);
  for (std::size_t i = 0; i < shift.size(); ++i)
    if (!std::isnan(known.residuals[i])) shift[i] = surface[i] - known.residuals[i];
  const auto corrected = [&](std::span<const double> at) {
    const std::vector<double> r = misfits.residuals(at);
    double sum = 0;
    for (std::size_t i = 0; i < r.size(); ++i) sum += targets.weight(i) * (r[i] - shift[i]) * (r[i] - shift[i]);
    return sum;
  };
  const Box box = box_about(misfits, known.point, side);
  std::vector<double> start = known.point;
  for (std::size_t i = 0; i < start.size(); ++i) start[i] = std::clamp(start[i], box.low[i], box.high[i]);
  return minimise(corrected, start, box.low, box.high, {5000, 0.1, 1e-6}).at;
}

/// The surfaces know how residuals change, the model what they are: from the best point so far to the corrected optimum about it, in a box
/// that halves whenever the model does not agree (a trust region, Alexandrov et al. 1998).
void correct(Objective& objective, const Targets& targets, const Misfits& misfits, const std::vector<double>& start,
             std::size_t evaluations) {
  objective.at(start);
  double side = reach;
  for (std::size_t k = 1; k < evaluations; ++k) {
    const double before = objective.best().misfit;
    objective.at(corrected_optimum(targets, misfits, objective.best(), side));
    if (objective.best().misfit >= before) side *= 0.5;
  }
}

/// BOBYQA on the model itself.
void search(Objective& objective, const Misfits& misfits, std::size_t evaluations) {
  if (evaluations == 0) return;
  const std::vector<double> start = objective.best().point;
  const Box box = box_about(misfits, start, 0.5 * reach);
  minimise([&](std::span<const double> point) { return objective.at(point).misfit; }, start, box.low, box.high, {evaluations, 0.1, 1e-3});
}

Stage stage_of(const std::string& name, const Targets& targets, std::uint64_t users, std::uint64_t runs) {
  return {name,
          "Evaluations of a calibration's optimiser",
          targets.outcomes(),
          {fmt::format("population.users={}", users)},
          static_cast<std::uint32_t>(runs),
          true,
          {}};
}
}  // namespace

Polished polish(const Calibration& calibration, const Targets& targets, const Waves& waves, const std::string& folder,
                const StageRunner& runner) {
  const CalibrationMethod& method = calibration.method;
  const Misfits& misfits = *waves.misfits;
  constexpr std::size_t warm =
      16;  // evaluations that bring the surfaces' optimum to the model's; chosen: the box has halved some times by then
  Objective small(calibration, targets, stage_of("polish", targets, method.polish_users, method.polish_runs), folder, runner);
  correct(small, targets, misfits, waves.centre, warm);
  search(small, misfits, method.polish_evaluations);
  Objective full(calibration, targets, stage_of("final", targets, method.final_users, method.polish_runs), folder, runner);
  correct(full, targets, misfits, small.best().point, std::max<std::uint64_t>(1, method.final_evaluations));
  const Evaluation& best = full.best();
  return {best.parameters, best.outcomes, best.misfit, small.count() + full.count()};
}

}  // namespace spillway
