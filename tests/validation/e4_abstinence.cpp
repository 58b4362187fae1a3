// E4: who was off Facebook for four weeks used it less for weeks afterwards, and spent the freed time mostly elsewhere than on other
// platforms [Allcott20]; who was paid for three weeks to use social apps less went on using them less, ever less so [Allcott22].
//
// Treated are all people of one run; the same people with the same luck, untreated, are the other run. In the real experiments a few
// among many were drawn: nobody else noticed. Here nobody notices anybody (lone_people.hpp), so a run's mean is the mean of those who
// would be drawn. The treatment is a fall of the platform's utility of known dates: being shut out is a fall that leaves no use at all,
// and a price per hour of use is, to a logit, a fall by price times hour.
#include <cmath>

#include "validation/estimate.hpp"
#include "validation/lone_people.hpp"

namespace spillway::validation {

namespace {
constexpr int warm_up = 400;  // days, for habit to settle: ten times its time with feedback, 21 d / (1 - 2 * 0.6 * 0.4)
constexpr int three_weeks = 21;
// One replicate of the use after four weeks off strays by 0.2 %: four standard errors of eight are 0.3 %, a sixtieth of the target's
// width.
constexpr int replicates = 8;
constexpr std::uint32_t users = 4'000;

/// Platform 0 loses `fall` of utility for `days` days.
Diary treated(Scenario s, double fall, int days) {
  testing::intervene(s, 0, "intrinsic_utility", s.platforms[0].second.intrinsic_utility - fall, warm_up, warm_up + days);
  return keep_diary(s, warm_up + days + 2 * three_weeks);
}

/// Change of use of platform k by the treatment, in days from its start.
double change(const Diary& treated, const Diary& untreated, std::size_t k, int from, int to) {
  return treated.sum(k, warm_up + from, warm_up + to) / untreated.sum(k, warm_up + from, warm_up + to) - 1.0;
}

Scenario people(const std::vector<double>& shares, int replicate) {
  Scenario s = lone_people(users, shares);
  s.replicate = static_cast<std::uint32_t>(replicate);
  return s;
}

// An hour a day of Facebook came free [Allcott20], of the model's four hours of screen time; a sibling has the share at which the nest
// was calibrated.
constexpr double off_share = 60.0 / 240.0, sibling_share = 0.15;
constexpr int off_days = 28;
constexpr double shut = 30.0;  // utils: e^-30 of use is left

std::vector<double> four_weeks_off(const Scenario& s) {
  const Diary without = treated(s, 0.0, off_days), with = treated(s, shut, off_days);
  const int end = warm_up + off_days;
  const double freed = without.sum(0, warm_up, end) - with.sum(0, warm_up, end),
               moved = with.sum(1, warm_up, end) - without.sum(1, warm_up, end);
  return {change(with, without, 0, 0, off_days), change(with, without, 0, off_days, off_days + three_weeks), 1.0 - moved / freed};
}

// 56 minutes a day were 39 % of use [Allcott22], so use was 144 minutes, all social apps together, of four hours.
constexpr double paid_share = 56.0 / 0.39 / 240.0, cut = 0.39;

/// The fall of utility by which use goes down by the published part during the treatment, by secants.
double fall_for_the_cut(const Scenario& s, const Diary& without) {
  double low = 0.0, at_low = 0.0, high = 1.0;
  for (int round = 0; round < 6; ++round) {
    const double at_high = change(treated(s, high, three_weeks), without, 0, 0, three_weeks);
    const double next = high + (-cut - at_high) * (high - low) / (at_high - at_low);
    low = high;
    at_low = at_high;
    high = next;
    if (std::abs(at_low + cut) < 1e-4) return low;
  }
  return high;
}

std::vector<double> paid_for_less(const Scenario& s) {
  const Diary without = treated(s, 0.0, three_weeks);
  const Diary with = treated(s, fall_for_the_cut(s, without), three_weeks);
  const double during = change(with, without, 0, 0, three_weeks), after = change(with, without, 0, three_weeks, 2 * three_weeks),
               later = change(with, without, 0, 2 * three_weeks, 3 * three_weeks);
  return {during, after, later, later / after};
}
}  // namespace

std::vector<Finding> abstinence() {
  const auto off = replicate(replicates, [](int r) { return four_weeks_off(people({off_share, sibling_share}, r)); });
  const auto paid = replicate(replicates, [](int r) { return paid_for_less(people({paid_share}, r)); });
  const auto no_habit = replicate(replicates, [](int r) {
    Scenario s = people({off_share, sibling_share}, r);
    s.habit.strength = 0.0;
    return four_weeks_off(s);
  });
  return {
      within_percent("28 days off: use in the three weeks after", off[1], -0.30, -0.12),
      at_least("28 days off: part of the freed time spent outside", off[2], 0.5),
      within_percent("21 days at -39 %: use in the three weeks after", paid[1], -0.20, -0.05),
      within("and that of the three weeks then, as a part of it", paid[3], 0.5, 2.0 / 3.0),
      outside("no habit: use in the three weeks after", no_habit[1], -0.30, -0.12),
  };
}

}  // namespace spillway::validation
