// Collects a run into a Recording: series of the observable table, policies, panel, snapshots, state hashes, events.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/archive.hpp"
#include "model/panel.hpp"
#include "model/recording.hpp"
#include "model/tally.hpp"
#include "model/world.hpp"
#include "observe/observables.hpp"
#include "observe/supplier_panel.hpp"

namespace spillway {

/// A fixed sample of `count` distinct users, by hashed rank; ascending.
PanelUsers sample_users(const World& world, std::uint32_t count);

class Recorder {
 public:
  explicit Recorder(const World& world);

  /// Whether the tick about to run begins a recording interval.
  bool begins_interval(std::uint32_t tick) const { return tick % ticks_per_row_ == 0; }
  const PanelUsers& panel() const { return panel_; }
  /// Where the next tick's values of the panel belong; null if nobody is watched.
  PanelRows* begin_panel_row();
  /// Before a tick: stores snapshots that are due at its start.
  void before_tick(const World& world, double now);
  /// After a tick: adds its flows; at the start of an interval also its state.
  void after_tick(const World& world, const Tally& tally);

  std::size_t rows() const { return time_.size(); }
  /// Of the panel and the snapshots so far: what takes long to write.
  std::size_t bytes() const;
  /// Everything recorded so far, with coordinates; attributes, texts and timing are the caller's.
  Recording recording(const World& world) const&;
  Recording recording(const World& world) &&;

  /// Takes over what the recorder of another world has, see adopt_state; neither may watch single users or suppliers.
  void adopt(const World& world, const Recorder& from, const World& from_world);
  /// Everything recorded so far and the interval under way, one section; loading needs a recorder of the same scenario.
  void state(Archive& archive);

 private:
  struct Series {
    const Observable* row;
    std::vector<double> values;
    std::vector<double> by_segment;
  };
  void start_row(const World& world, const Tally& tally);
  void add_flows(const World& world, const Tally& tally);
  void finish_row(const World& world);
  void append(Series& series, const Sample& sample) const;
  void adopt_policies(const World& world);
  void adopt_hashes(const World& world, const Recorder& from, const World& from_world);

  std::uint32_t ticks_per_row_, rows_in_all_;
  std::size_t platforms_, segments_;
  PanelUsers panel_;
  SupplierPanel suppliers_;
  std::vector<double> time_;
  std::vector<Series> series_;
  std::vector<std::vector<double>> policies_;  ///< per policy row: (time, platform)
  std::vector<std::string> hashes_;            ///< (time, column)
  PanelRows panel_rows_;
  std::vector<double> snapshot_times_;
  std::vector<Values> snapshots_;  ///< per field: (snapshot, platform, user)
  std::size_t next_snapshot_ = 0;
  Tally state_, flows_;
  std::vector<Totals> totals_;
  std::vector<Promotion> promotion_;
  std::uint32_t ticks_ = 0;
};

}  // namespace spillway
