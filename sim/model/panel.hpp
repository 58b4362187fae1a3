// Users who are watched one by one: a fixed random sample.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/archive.hpp"

namespace spillway {

struct PanelUsers {
  std::vector<std::uint32_t> ids;  ///< ascending
  std::size_t platforms = 0;
};

/// Values of the sampled users, a row for each tick in which they are watched, as their decisions in that tick saw them;
/// [row][user][platform], zero where a platform is not open yet.
struct PanelRows {
  std::vector<std::uint8_t> status;  ///< at tick start: 0 never, 1 active, 2 lapsed
  std::vector<float> attention_share, habit, irritation, reach, utility;
  std::vector<float> outside_share;  ///< [row][user]

  /// Begins the next row. Memory is set aside once, for as many rows as there will be.
  void begin_row(const PanelUsers& users, std::size_t rows_in_all = 1);
  std::size_t bytes() const;
  void state(Archive& archive) { archive(status, attention_share, habit, irritation, reach, utility, outside_share); }
};

}  // namespace spillway
