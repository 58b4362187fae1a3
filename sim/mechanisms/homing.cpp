// S7 where people have one home: who is a member somewhere joins nowhere else, and of several joins in a tick the earliest counts.
//
// The uniform u that decided on a join, u < 1 - e^-H, also says when in the tick: -ln(1 - u) / H is an exponential waiting time. So
// the platforms' hazards race, k is first with chance H_k / sum H, and somebody joins with chance 1 - e^-(sum H). That takes no
// draw of its own, and platforms have no order.
#include "base/math.hpp"
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

namespace {
double waiting_time(const Scratch& scratch, std::uint32_t i, std::size_t k) {
  const auto word = static_cast<std::uint32_t>(scratch.lane(PlatformIntLane::event_word, k)[i]);
  const double hazard = static_cast<double>(scratch.lane(PlatformLane::hazard_first, k)[i]) +
                        static_cast<double>(scratch.lane(PlatformLane::hazard_second, k)[i]) +
                        static_cast<double>(scratch.lane(PlatformLane::hazard_third, k)[i]);
  return -log_d(1.0 - static_cast<double>(word >> 1) / 2147483648.0) / hazard;
}

// Equal times, two of 2^31, go to the smaller id: ids do not depend on how platforms are listed.
void keep_earliest(const View& view, const Scratch& scratch, std::uint32_t i) {
  std::size_t first = view.platforms;
  double at = 0.0;
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live || scratch.lane(PlatformIntLane::event, k)[i] == 0) continue;
    const double time = waiting_time(scratch, i, k);
    if (first == view.platforms || time < at || (time == at && view.platform_id[k] < view.platform_id[first])) {
      first = k;
      at = time;
    }
  }
  for (std::size_t k = 0; k < view.platforms; ++k)
    if (view.platform[k].live && k != first) scratch.lane(PlatformIntLane::event, k)[i] = 0;
}
}  // namespace

SPILLWAY_MULTIVERSION void keep_one_home(const View& view, Block block, const Scratch& scratch, Tally&) {
  const std::uint32_t n = block.size;
  float homes[block_size];
  std::int32_t joins[block_size];
  fill(homes, n, 0.0F);
  for (std::uint32_t i = 0; i < n; ++i) joins[i] = 0;
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    const float* __restrict member = scratch.lane(PlatformLane::member, k);
    for (std::uint32_t i = 0; i < n; ++i) homes[i] += member[i];
  }
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    const float* __restrict member = scratch.lane(PlatformLane::member, k);
    std::int32_t* __restrict event = scratch.lane(PlatformIntLane::event, k);
    for (std::uint32_t i = 0; i < n; ++i) {
      event[i] = homes[i] > member[i] ? 0 : event[i];
      joins[i] += event[i];
    }
  }
  for (std::uint32_t i = 0; i < n; ++i)
    if (joins[i] > 1) keep_earliest(view, scratch, i);
}

}  // namespace spillway
