// Charts out of an ensemble, by the table in chart_table.cpp.
#pragma once

#include <cstddef>
#include <vector>

#include "model/recording.hpp"
#include "report/document.hpp"

namespace spillway {

/// At most this many points make a curve: more are not seen on a screen and only make the page heavy.
inline constexpr std::size_t most_points = 520;  // ten years of weeks

/// Rows of the ensemble that curves show: all, or every second, third, ... counted back from the last.
std::vector<std::size_t> shown_rows(std::size_t times);

/// Names of the worlds in words: "no ban".
std::vector<std::string> world_names(const Recording& ensemble);

/// Platforms with their names as the scenarios' titles, descriptions and comments spell them.
std::vector<PagePlatform> page_platforms(const Recording& ensemble);

/// All charts that the recorded series allow. Sections without charts and charts without a number other than 0 are left out. After
/// each chart, with more than one world, its difference: other world less the first, replicate by replicate; of what is
/// counted in intervals the sum since the start. Bands are the 5 and 95 % quantiles over replicates.
std::vector<Section> charts(const Recording& ensemble);

}  // namespace spillway
