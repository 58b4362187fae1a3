// Single numbers out of a run, as a study asks for them.
#pragma once

#include <string>

#include "model/recording.hpp"
#include "model/study.hpp"

namespace spillway {

/// Of what stands at a moment ("time: point"): rows as they are recorded. Of what is counted in intervals ("time: sum"): yearly rates,
/// as a comparison has them: `at` of the year up to that day, `mean` over the run; max, min and the level of first_above are a row's
/// count as a yearly rate, `sum` is the run's total. The last interval counts as a whole one. Labels are taken in the order of the
/// dimensions; those not named are summed over, but for the platform, which must be named where there are several: one person may be on
/// all of them. A share is taken row by row; of what is counted, `at` and `mean` are shares of the sums.
///
/// NaN where the run says nothing: the day is not in it, the platform is not there yet on that day, no value reached the level. Of
/// first_above and first_below the day since the run's start, between rows by linear interpolation, for an outcome that starts on the other
/// side or beyond it. Throws InputError naming what the run has, where it has no such series or label or the statistic does not suit the
/// series (shares of averages, sums over time of what stands at a moment).
double outcome_value(const Recording& run, const Outcome& outcome);

/// Unit and a sentence for results: "1", "CNY/yr", "d"; "people who used the platform within 30 days, wechat, at the end".
std::string outcome_unit(const Recording& run, const Outcome& outcome);
std::string outcome_long_name(const Recording& run, const Outcome& outcome);

}  // namespace spillway
