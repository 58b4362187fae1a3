// Rules that tie several scenario keys together. Ranges of single keys stand in their rows.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/scenario.hpp"

namespace spillway {

struct Problem {
  std::string path;  ///< key to point at: "platforms.weibo.launch", "interventions.ads.set.platforms.weibo.ads.load"
  std::string message;
};

/// Length of one tick in days: the time step, or an equal part of it of at most 7 d.
double tick_days(const Time& time);

/// Ticks of a run: the last one starts on or before the last day.
std::uint32_t tick_count(const Time& time);

/// Ticks of a recording interval, and such intervals of a run. Call after complete().
std::uint32_t ticks_per_row(const Scenario& scenario);
std::uint32_t recorded_rows(const Scenario& scenario);

/// Fills in what depends on other keys: inherited segment values, record.every = 0.
void complete(Scenario& scenario);

/// Every broken cross-field rule, in file order of the keys; empty for a sound scenario. Call after complete().
std::vector<Problem> find_problems(const Scenario& scenario);

}  // namespace spillway
