#include "analysis/minimise.hpp"

#include <fmt/format.h>
#include <nlopt.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <memory>

#include "base/error.hpp"

namespace spillway {

namespace {
using Function = std::function<double(std::span<const double>)>;

/// What the library sees: sides that have a length, each from 0 to 1.
class Problem {
 public:
  Problem(const Function& function, std::vector<double> start, std::span<const double> low, std::span<const double> high, std::size_t most)
      : function_(function), low_(low), high_(high), most_(most), at_(std::move(start)) {
    require(at_.size() == low.size() && low.size() == high.size(), "minimise: two ends for each column");
    for (std::size_t c = 0; c < at_.size(); ++c) {
      if (!std::isfinite(low[c]) || !std::isfinite(high[c]) || low[c] > high[c] || std::isnan(at_[c]))
        throw InputError(fmt::format("minimise: column {} starts at {}, from {} to {}", c, at_[c], low[c], high[c]));
      at_[c] = std::clamp(at_[c], low[c], high[c]);
      if (low[c] < high[c]) free_.push_back(c);
    }
    worst_ = function_(at_);
    if (!std::isfinite(worst_)) throw InputError(fmt::format("minimise: the function is {} at the start", worst_));
    best_ = {at_, worst_, 1, {}};
    known_ = place();
  }

  /// Where the last evaluation was.
  std::vector<double> place() const {
    std::vector<double> unit;
    for (const std::size_t c : free_) unit.push_back((at_[c] - low_[c]) / (high_[c] - low_[c]));
    return unit;
  }

  /// The library is written in C, through which no exception may pass: it is kept for `minimum`.
  double value(std::span<const double> unit, nlopt_opt library) {
    try {
      if (std::ranges::equal(unit, known_)) return best_.value;  // the library, too, begins at the start
      known_.clear();
      if (best_.evaluations < most_) return evaluate(unit);
      best_.ended = "most evaluations";
    } catch (...) {
      thrown_ = std::current_exception();
    }
    nlopt_force_stop(library);
    return worst_;
  }

  Minimum minimum(std::string ended) {
    if (thrown_) std::rethrow_exception(thrown_);
    if (best_.ended.empty()) best_.ended = std::move(ended);
    return best_;
  }

 private:
  double evaluate(std::span<const double> unit) {
    for (std::size_t f = 0; f < free_.size(); ++f) {
      const std::size_t c = free_[f];
      at_[c] = std::clamp(low_[c] + unit[f] * (high_[c] - low_[c]), low_[c], high_[c]);
    }
    ++best_.evaluations;
    const double value = function_(at_);
    if (!std::isfinite(value)) return very_bad();
    worst_ = std::max(worst_, value);
    if (value < best_.value) {
      best_.value = value;
      best_.at = at_;
    }
    return value;
  }

  /// Not more than that: a huge value would bend the quadratic that the library lays through what it has seen.
  double very_bad() const {
    const double spread = worst_ > best_.value ? worst_ - best_.value : std::abs(worst_);
    return worst_ + (spread > 0 ? spread : 1.0);
  }

  const Function& function_;
  std::span<const double> low_, high_;
  std::size_t most_;
  std::vector<double> at_, known_;
  std::vector<std::size_t> free_;
  double worst_ = 0;
  Minimum best_;
  std::exception_ptr thrown_;
};

struct Call {
  Problem& problem;
  nlopt_opt library;
};

double called(unsigned count, const double* unit, double*, void* data) {
  const Call& call = *static_cast<Call*>(data);
  return call.problem.value({unit, count}, call.library);
}

std::string reason(nlopt_result result) {
  switch (result) {
    case NLOPT_XTOL_REACHED:
    case NLOPT_FTOL_REACHED:
    case NLOPT_SUCCESS: return "steps below the tolerance";
    case NLOPT_ROUNDOFF_LIMITED: return "rounding errors";
    case NLOPT_FORCED_STOP: return "most evaluations";
    default: throw Bug(fmt::format("minimise: NLopt ended with {}", static_cast<int>(result)));
  }
}
}  // namespace

Minimum minimise(const Function& function, std::vector<double> start, std::span<const double> low, std::span<const double> high,
                 const MinimiseOptions& options) {
  constexpr double longest_step = 0.49;  // of a side: BOBYQA needs room for two
  Problem problem(function, std::move(start), low, high, options.evaluations);
  std::vector<double> unit = problem.place();
  if (unit.empty()) return problem.minimum("nothing to vary");
  const std::unique_ptr<nlopt_opt_s, decltype(&nlopt_destroy)> library(nlopt_create(NLOPT_LN_BOBYQA, static_cast<unsigned>(unit.size())),
                                                                       &nlopt_destroy);
  require(library != nullptr, "minimise: NLopt gives no optimiser");
  Call call{problem, library.get()};
  nlopt_set_min_objective(library.get(), called, &call);
  nlopt_set_lower_bounds1(library.get(), 0);
  nlopt_set_upper_bounds1(library.get(), 1);
  nlopt_set_initial_step1(library.get(), std::min(options.step, longest_step));
  nlopt_set_xtol_abs1(library.get(), options.tolerance);
  double value = 0;
  const nlopt_result result = nlopt_optimize(library.get(), unit.data(), &value);
  return problem.minimum(reason(result));
}

}  // namespace spillway
