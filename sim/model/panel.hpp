// Users who are watched one by one: a fixed random sample.
#pragma once

#include <cstdint>
#include <vector>

#include "base/archive.hpp"

namespace spillway {

/// One tick's values of the sampled users as their decisions in this tick saw them; [user][platform], zero
/// where a platform is not open yet.
struct PanelRow {
  std::vector<std::uint8_t> status;  ///< at tick start: 0 never, 1 active, 2 lapsed
  std::vector<float> attention_share, habit, irritation, reach, utility;
  std::vector<float> outside_share;  ///< [user]

  void state(Archive& archive) { archive(status, attention_share, habit, irritation, reach, utility, outside_share); }
};

struct PanelUsers {
  std::vector<std::uint32_t> ids;  ///< ascending
  std::size_t platforms = 0;
};

PanelRow empty_row(const PanelUsers& users);

}  // namespace spillway
