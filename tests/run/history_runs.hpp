// The historical scenario with some keys set, and its monthly users at the years' ends.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "base/parallel.hpp"
#include "build/build.hpp"
#include "engine/engine.hpp"
#include "input/load.hpp"
#include "model/validate.hpp"

namespace spillway::testing {

inline constexpr int first_year = 2013, years = 4;

using Users = std::array<std::array<double, years>, 2>;  ///< [platform][year]: monthly active users at the year's end

inline Users year_ends(const std::vector<std::string>& sets) {
  const LoadedScenario loaded = load_scenario(SPILLWAY_SOURCE_DIR "/scenarios/history.yaml", sets);
  const auto world = build_world(loaded.scenario, {available_threads(), {}});
  Engine engine(*world);
  Users ends{};
  while (engine.ticks_done() < tick_count(loaded.scenario.time)) {
    const Tally& tally = engine.tick();
    for (int y = 0; y < years; ++y) {
      if (world->view.now.start > make_date(first_year + y, 12, 31).days - loaded.scenario.time.start.days) continue;
      for (std::size_t k = 0; k < 2; ++k)
        ends[k][static_cast<std::size_t>(y)] =
            static_cast<double>(tally.total(Count::monthly_users, k)) / quantum(Count::monthly_users) * world->people_per_agent;
    }
  }
  return ends;
}

}  // namespace spillway::testing
