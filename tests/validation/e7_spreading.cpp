// E7: in the records of Skype the rate of adopting is a constant plus a straight line in the share of contacts who have the service, and
// the rate of giving it up depends neither on contacts nor on time [Karsai14]. Their estimators - rates by exposure, with and without
// contacts, over time, and without what shuffled adoption times would show - are applied to what a run leaves behind, as to a record.
#include <cmath>

#include "support/scenarios.hpp"
#include "validation/experiment.hpp"
#include "validation/spreading_log.hpp"

namespace spillway::validation {

namespace {
// Of so many nearly all adopt within six years: the slope is known to half a per cent, and a bend of a tenth of it is seen.
constexpr std::uint32_t users = 60'000;
constexpr int months = 72;
constexpr double limit = 4.0;  // standard errors: luck alone goes beyond once in 16,000 times

/// The networked Bass model with constant exit: default rates of joining, on the built-in network. The churn is the upper end of the
/// model's range: at its default ten times fewer would leave, and slopes be three times less certain.
Scenario skype() {
  const Platform defaults;
  Scenario s = testing::bass(users, defaults.innovation_rate, defaults.imitation_rate);
  s.time.step = 1.0;
  s.contacts.kind = ContactsKind::implicit;
  s.exit.baseline_churn = 0.3;
  s.exit.grace = 0.0;
  complete(s);
  return s;
}

Scenario control() {
  Scenario s = skype();
  s.population.users = 20'000;  // enough to see what is large
  return s;
}

Finding agrees(std::string what, const RateCurve& seen, std::size_t c, double truth) {
  const double value = seen.coefficients[c], error = seen.errors[c];
  return {std::move(what), text("%g +- 4 s.e.", truth), text("%.4f +- %.4f", value, error), std::abs(value - truth) < limit * error};
}

Finding differs(std::string what, const RateCurve& seen, std::size_t c, double truth) {
  Finding finding = agrees("control: " + std::move(what), seen, c, truth);
  finding.target = "not " + finding.target;
  finding.holds = !finding.holds;
  return finding;
}

RateCurve bent_contagion() {
  Scenario s = control();
  s.adoption.contagion_exponent = 1.5;
  return rate_curve(SpreadingLog::by_share(observe_spreading(s, months).adopting), 2);
}

RateCurve followed_exit() {
  Scenario s = control();
  s.exit.threshold_delay = Exit{}.threshold_delay;
  return rate_curve(SpreadingLog::by_share(observe_spreading(s, months).leaving), 1);
}
}  // namespace

// Rates are per year, shares between 0 and 1.
std::vector<Finding> spreading() {
  const Scenario s = skype();
  const Platform& platform = s.platforms[0].second;
  const SpreadingLog log = observe_spreading(s, months);
  const std::vector<Cell> adopting = SpreadingLog::by_share(log.adopting);
  const RateCurve line = rate_curve(adopting, 1);
  return {
      agrees("adopting: bend of its rate over the share of contacts", rate_curve(adopting, 2), 2, 0.0),
      agrees("adopting: slope of the straight line", line, 1, platform.imitation_rate),
      agrees("adopting: slope among people of the same month", slope_within_months(log.adopting), 0, platform.imitation_rate),
      agrees("adopting: rate at share 0", line, 0, platform.innovation_rate),
      agrees("adopting at share 0: change of its rate a year", rate_curve(SpreadingLog::by_month(log.adopting, true), 1), 1, 0.0),
      agrees("leaving: slope over the share of contacts", rate_curve(SpreadingLog::by_share(log.leaving), 1), 1, 0.0),
      agrees("leaving: rate with contacts who left, less without", rate_curve(log.deserted, 1), 1, 0.0),
      agrees("leaving: change of its rate a year", rate_curve(SpreadingLog::by_month(log.leaving, false), 1), 1, 0.0),
      differs("contagion exponent 1.5: bend of the rate of adopting", bent_contagion(), 2, 0.0),
      differs("threshold exit: slope of the rate of leaving", followed_exit(), 1, 0.0),
  };
}

}  // namespace spillway::validation
