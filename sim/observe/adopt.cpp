// Taking over the past of another world's recorder, which may have more platforms and series.
#include <algorithm>

#include "base/error.hpp"
#include "observe/recorder.hpp"

namespace spillway {

namespace {
/// Each row of a series is a table of outer x middle x inner values.
struct Form {
  std::size_t outer, middle, inner;
};

/// Of each row the first of every kind.
std::vector<double> first_of(const std::vector<double>& rows, const Form& theirs, const Form& ours) {
  const std::size_t row = theirs.outer * theirs.middle * theirs.inner;
  std::vector<double> values;
  for (std::size_t begin = 0; row > 0 && begin < rows.size(); begin += row)
    for (std::size_t a = 0; a < ours.outer; ++a)
      for (std::size_t m = 0; m < ours.middle; ++m)
        for (std::size_t b = 0; b < ours.inner; ++b) values.push_back(rows[begin + (a * theirs.middle + m) * theirs.inner + b]);
  return values;
}
}  // namespace

void Recorder::adopt(const World& world, const Recorder& from, const World& from_world) {
  if (!panel_.ids.empty() || !snapshot_times_.empty()) throw Bug("panels and snapshots cannot be adopted");
  const auto form = [](const Series& series, const Recorder& of, std::size_t segments) {
    return Form{outer_size(series.row->shape, of.platforms_), segments, inner_size(series.row->shape, of.platforms_)};
  };
  for (Series& series : series_) {
    const auto theirs = std::find_if(from.series_.begin(), from.series_.end(), [&](const Series& s) { return s.row == series.row; });
    if (theirs == from.series_.end()) throw Bug("no series '" + std::string(series.row->name) + "' to adopt");
    series.values = first_of(theirs->values, form(*theirs, from, 1), form(series, *this, 1));
    series.by_segment = first_of(theirs->by_segment, form(*theirs, from, segments_), form(series, *this, segments_));
  }
  time_ = from.time_;
  adopt_policies(world);
  adopt_hashes(world, from, from_world);
  state_ = from.state_;
  flows_ = from.flows_;
  totals_.assign(from.totals_.begin(), from.totals_.begin() + static_cast<std::ptrdiff_t>(platforms_));
  for (std::size_t k = 0; k < platforms_; ++k)
    std::copy_n(from.promotion_.begin() + static_cast<std::ptrdiff_t>(k * from.platforms_), platforms_,
                promotion_.begin() + static_cast<std::ptrdiff_t>(k * platforms_));
  ticks_ = from.ticks_;
}

// Policies of a platform that is not open yet may differ, so they are this world's own.
void Recorder::adopt_policies(const World& world) {
  for (std::size_t p = 0; p < policies_.size(); ++p) {
    policies_[p].clear();
    for (const double start : time_)
      for (std::size_t k = 0; k < (policy_rows()[p].scope == PolicyScope::marketplace ? 1 : platforms_); ++k) {
        const Timeline& timeline = world.timelines[k][p];
        policies_[p].push_back(timeline.constant() ? timeline.at(0.0) : timeline.mean(start, world.view.now.dt));
      }
  }
}

void Recorder::adopt_hashes(const World& world, const Recorder& from, const World& from_world) {
  hashes_.clear();
  for (std::size_t row = 0; row < time_.size(); ++row)
    for (const ColumnData& column : world.columns) {
      const auto theirs = static_cast<std::size_t>(from_world.find(column.column, column.platform) - from_world.columns.data());
      hashes_.push_back(from.hashes_[row * from_world.columns.size() + theirs]);
    }
}

}  // namespace spillway
