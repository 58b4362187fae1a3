#include "model/initial_members.hpp"

#include <algorithm>
#include <cmath>

namespace spillway {

namespace {
constexpr double words = 4294967296.0;

// Shares of the platforms with smaller ids, added in order of id: the order in which they are listed must not matter.
double share_before(const View& view, std::size_t platform) {
  std::vector<std::pair<std::uint32_t, double>> earlier;
  for (std::size_t o = 0; o < view.platforms; ++o)
    if (view.platform_id[o] < view.platform_id[platform])
      earlier.emplace_back(view.platform_id[o], view.scenario->platforms[o].second.initial_share);
  std::sort(earlier.begin(), earlier.end());
  double sum = 0.0;
  for (const auto& [id, share] : earlier) sum += share;
  return sum;
}
}  // namespace

InitialMembers initial_members(const View& view, std::size_t platform) {
  const double share = view.scenario->platforms[platform].second.initial_share;
  const bool one_home = view.scenario->adoption.homing == Homing::single;
  const double before = one_home ? share_before(view, platform) : 0.0;
  const double first = std::ceil(std::min(before, 1.0) * words), end = std::ceil(std::min(before + share, 1.0) * words);
  if (end <= first) return {};
  return {true, trait_salt(view.key, Trait::initial_member, one_home ? 0 : view.platform_id[platform]), static_cast<std::uint32_t>(first),
          static_cast<std::uint32_t>(end - first - 1.0)};
}

}  // namespace spillway
