// A study: one scenario run at many points of a design, several replicates each. Plain data that input reads, analysis draws points
// for, study runs and report tells about.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/field.hpp"

namespace spillway {

enum class DistributionKind {
  uniform,     ///< between low and high
  loguniform,  ///< its logarithm is; low > 0
  normal,      ///< mean and deviation, cut off at the range of the key
  values,      ///< a list, each as likely as the others
};
std::string_view to_text(DistributionKind kind);

/// In the unit of the key; dates count as days since 1970-01-01, words as their place in Factor::words.
struct Distribution {
  DistributionKind kind = DistributionKind::values;
  double low = 0, high = 0;        ///< of uniform and loguniform; of normal where it is cut off, which may be infinite
  double mean = 0, deviation = 0;  ///< of normal
  std::vector<double> values;      ///< in the order of the file
};

enum class FactorKind { number, whole, date, word };

/// Something that varies from point to point.
struct Factor {
  std::string name;               ///< as the study calls it; the key of the scenario, unless several take its value
  std::vector<std::string> keys;  ///< of the scenario, as --set takes them
  bool lever = true;              ///< set by a decision maker; otherwise an uncertainty, which nobody sets
  FactorKind kind = FactorKind::number;
  Unit unit = Unit::none;
  std::vector<std::string> words;  ///< of FactorKind::word
  std::string meaning;             ///< of the key, short
  Distribution distribution;
};

enum class DesignKind { grid, list, one_at_a_time, random, latin_hypercube, sobol, saltelli, morris, file };
std::string_view to_text(DesignKind kind);

struct Design {
  DesignKind kind = DesignKind::grid;
  std::uint64_t samples = 0;       ///< rows of random, latin_hypercube and sobol; base rows of saltelli
  std::uint64_t seed = 1;          ///< of the draws; of sobol and saltelli of the digital shift
  bool second_order = false;       ///< of saltelli
  std::uint64_t trajectories = 0;  ///< of morris
  std::uint64_t levels = 4;        ///< of morris, even; Saltelli et al. (2008) take 4
  std::string path;                ///< of file, as it can be opened
};

enum class Statistic { at, mean, max, min, sum, first_above, first_below };

/// One number out of a run: "monthly_active_users.wechat@end", "attention_share.weibo.mean", "members.wechat.first_above(1e8)".
struct Outcome {
  std::string name;                 ///< in results; the text itself unless the study names it
  std::string text;                 ///< as written
  std::string observable;           ///< a root series of the run
  std::vector<std::string> labels;  ///< of its further dimensions: platform first; those not named are summed over
  bool share = false;               ///< of the sum over platforms
  Statistic statistic = Statistic::at;
  std::optional<Date> date;  ///< of `at`: the last row on or before that day; none: the last row
  double level = 0;          ///< of first_above and first_below
};

enum class Keep { none, quantiles, all };
enum class OnFailure { go_on, stop };

struct Limits {
  double wall_seconds = std::numeric_limits<double>::infinity();  ///< of one run
  double memory_bytes = std::numeric_limits<double>::infinity();  ///< of one run
  OnFailure on_failure = OnFailure::go_on;
};

struct Study {
  std::string title, description;
  std::string scenario;           ///< file, as it can be opened
  std::vector<std::string> sets;  ///< changes that hold at all points, as --set takes them
  std::vector<Factor> factors;    ///< levers first
  Design design;
  std::uint32_t replicates = 1;
  bool common_random_numbers = true;  ///< replicate r has the same luck at every point
  std::vector<Outcome> outcomes;
  Keep keep = Keep::none;
  std::vector<std::string> series;  ///< observables whose trajectories are kept, see kept_series
  Limits limits;
};

/// Observables whose trajectories are kept: those named, else those of the outcomes; none with Keep::none.
std::vector<std::string> kept_series(const Study& study);

}  // namespace spillway
