// What distinguishes worlds that were simulated with the same luck: plain data that analysis makes, store keeps and report tells.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace spillway {

enum class Verdict {
  identical,     ///< not one bit of difference in any replicate
  within_noise,  ///< the interval of the difference has 0 in it
  differs,
  unknown,  ///< a single replicate has no interval
};

/// "identical", "within noise", "differs", "unknown".
std::string_view to_text(Verdict verdict);

/// One outcome of one world against the first world's, over replicates with the same luck.
struct Difference {
  std::string outcome;    ///< name of the observable
  std::string long_name;  ///< what it is, in words
  std::string unit;
  std::string platform;  ///< empty: of the whole market
  std::string world;     ///< the other one
  std::string moment;    ///< "end" or "average"; since the world parts; of what is counted in each interval: its last year, its yearly mean
  double baseline = 0, other = 0, difference = 0;            ///< means over replicates; other - baseline
  double low = 0, high = 0;                                  ///< interval of the mean difference
  double relative = 0, relative_low = 0, relative_high = 0;  ///< difference / baseline, with its interval
  double variance_ratio = 0;  ///< variance of the difference of independent replicates over that of these; NaN where there is none
  Verdict verdict = Verdict::unknown;
};

/// Where a world leaves the first one's path.
struct Parting {
  std::string world;
  double day = 0;          ///< since the start, of the first recorded row whose state differs; NaN: never
  double last_day = 0;     ///< since the start, of the last row that is compared: both worlds have it, with a whole interval
  std::string policy;      ///< policies that differ first: "platforms.weibo.ban.strictness 0 instead of 0.8"; else the keys that do
  std::string column;      ///< columns of the users' state that differ in that row, and the phases that write them
  std::string observable;  ///< series that differ in the first row in which any does
};

struct Comparison {
  std::string baseline;
  double confidence = 0.95;
  std::size_t replicates = 0;  ///< pairs behind the intervals
  bool same_luck = true;       ///< seed and number of users agree in all worlds, so that replicates are pairs
  std::vector<Difference> differences;
  std::vector<Parting> partings;
};

}  // namespace spillway
