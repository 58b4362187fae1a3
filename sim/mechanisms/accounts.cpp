// S13, the platform side of S6: learned ad blindness. Impressions and revenue are observables of it.
#include "base/math.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

void settle_accounts(World& world) {
  const AdResponse& response = world.scenario.ad_response;
  const double relax = relaxation(world.view.now.dt, response.blindness_memory);
  for (std::size_t k = 0; k < world.platforms.size(); ++k) {
    if (!world.view.platform[k].live) continue;  // nobody sees ads before the launch
    PlatformState& platform = world.platforms[k];
    platform.acting_blindness = platform.blindness;
    platform.blindness += relax * (response.blindness * platform.live.ads.load - platform.blindness);
  }
}

}  // namespace spillway
