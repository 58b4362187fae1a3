// What the joining hazard sees of contacts who are members.
#pragma once

#include "base/multiversion.hpp"
#include "model/view.hpp"

namespace spillway {

/// By the share of contacts who are members of platform k, moved half a tick ahead; those who joined lately come on top.
struct StockPressure {
  float weight, local, everywhere;

  StockPressure(const View& view, std::size_t k) {
    const auto global = static_cast<float>(view.scenario->adoption.global_reach);
    weight = (1.0F - static_cast<float>(view.scenario->adoption.recency_weight)) * view.platform[k].half_step;
    local = 1.0F - global;
    everywhere = global * view.platform[k].member_share;
  }
  SPILLWAY_INLINE float of(float share) const { return weight * (local * share + everywhere); }
};

}  // namespace spillway
