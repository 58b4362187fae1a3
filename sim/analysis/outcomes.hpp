// Single numbers out of a run, as a study asks for them.
#pragma once

#include <string>

#include "model/recording.hpp"
#include "model/study.hpp"

namespace spillway {

/// NaN where the run says nothing: the platform is not there yet on that day, no value reached the level. Of first_above and
/// first_below the day since the run's start, between rows by linear interpolation, for an outcome that starts on the other side
/// or beyond it. Throws InputError naming what the run has, where it has no such series or label.
double outcome_value(const Recording& run, const Outcome& outcome);

/// Unit and a sentence for results: "1", "people who used the platform within 30 days, wechat, at the end".
std::string outcome_unit(const Recording& run, const Outcome& outcome);
std::string outcome_long_name(const Recording& run, const Outcome& outcome);

}  // namespace spillway
