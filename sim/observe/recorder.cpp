#include "observe/recorder.hpp"

#include <algorithm>
#include <cstdio>

#include "base/hash.hpp"
#include "model/permutation.hpp"
#include "model/revenue.hpp"
#include "model/traits.hpp"
#include "model/validate.hpp"

namespace spillway {

namespace {
bool is_flow(const Observable& row) { return row.cell_methods == "time: sum"; }

}  // namespace

PanelUsers sample_users(const World& world, std::uint32_t count) {
  PanelUsers panel;
  panel.platforms = world.platforms.size();
  const Permutation order(world.view.users, trait_salt(world.view.key, Trait::panel));
  for (std::uint32_t rank = 0; rank < std::min(count, world.view.users); ++rank) panel.ids.push_back(order.inverse(rank));
  std::sort(panel.ids.begin(), panel.ids.end());
  return panel;
}

Recorder::Recorder(const World& world)
    : ticks_per_row_(ticks_per_row(world.scenario)),
      rows_in_all_(recorded_rows(world.scenario)),
      platforms_(world.platforms.size()),
      segments_(world.scenario.population.segments.size()),
      panel_(sample_users(world, world.scenario.record.panel.users)),
      suppliers_(world),
      policies_(policy_rows().size()),
      snapshots_(user_field_count),
      totals_(platforms_),
      promotion_(platforms_ * platforms_) {
  for (const Observable& row : observable_table())
    if (row.needed(world.scenario)) series_.push_back({&row, {}, {}});
  for (const UserFieldRow& row : user_field_table) {
    if (!row_of(row.column).needed(world.scenario)) continue;
    const unsigned bits = FieldReader(world, row.field, row.per_platform ? 0 : -1).bits();
    Values& values = snapshots_[static_cast<std::size_t>(row.field)];
    values = std::vector<float>{};
    if (bits > 0 && bits <= 16) values = std::vector<std::uint16_t>{};
    if (bits > 0 && bits <= 8) values = std::vector<std::uint8_t>{};
  }
}

void Recorder::before_tick(const World& world, double now) {
  const auto& dates = world.scenario.record.snapshots;
  bool due = false;
  while (next_snapshot_ < dates.size() && dates[next_snapshot_].days - world.scenario.time.start.days <= now) {
    due = true;
    ++next_snapshot_;
  }
  if (!due) return;
  snapshot_times_.push_back(now);
  for (const UserFieldRow& row : user_field_table) {
    if (!row_of(row.column).needed(world.scenario)) continue;
    for (std::size_t k = 0; k < (row.per_platform ? platforms_ : 1); ++k) {
      const FieldReader field(world, row.field, row.per_platform ? static_cast<int>(k) : -1);
      std::visit(
          [&](auto& values) {
            using T = typename std::decay_t<decltype(values)>::value_type;
            if constexpr (std::is_arithmetic_v<T>)
              for (std::uint32_t user = 0; user < world.view.users; ++user) values.push_back(static_cast<T>(field(user)));
          },
          snapshots_[static_cast<std::size_t>(row.field)]);
    }
  }
}

void Recorder::append(Series& series, const Sample& everybody) const {
  const std::size_t outer = outer_size(series.row->shape, platforms_), inner = inner_size(series.row->shape, platforms_);
  for (std::size_t a = 0; a < outer; ++a) {
    for (std::size_t b = 0; b < inner; ++b) series.values.push_back(series.row->value(everybody, a, b));
    if (!series.row->per_segment || segments_ == 0) continue;
    Sample part = everybody;
    for (part.segment = 0; part.segment < static_cast<int>(segments_); ++part.segment)
      for (std::size_t b = 0; b < inner; ++b) series.by_segment.push_back(series.row->value(part, a, b));
  }
}

PanelRows* Recorder::begin_panel_row() {
  if (panel_.ids.empty()) return nullptr;
  panel_rows_.begin_row(panel_, rows_in_all_);
  return &panel_rows_;
}

void Recorder::start_row(const World& world, const Tally& tally) {
  finish_row(world);
  state_ = tally;
  state_.changes.clear();
  state_.head_follows.clear();
  time_.push_back(world.view.now.start);
  const Sample sample{world, state_, flows_, totals_, promotion_};
  for (Series& series : series_)
    if (!is_flow(*series.row)) append(series, sample);
  for (std::size_t k = 0; k < platforms_; ++k) {
    Platform live = world.platforms[k].live;
    Marketplace market = world.market;
    const std::vector<double*> values = policy_values(live, market, k);
    for (std::size_t p = 0; p < values.size(); ++p)
      if (k == 0 || policy_rows()[p].scope != PolicyScope::marketplace) policies_[p].push_back(*values[p]);
  }
  for (const std::uint64_t h : world.hash_chain) hashes_.push_back(hex_text(h));
  suppliers_.take(world);
}

void Recorder::finish_row(const World& world) {
  if (time_.empty()) return;
  const Sample sample{world, state_, flows_, totals_, promotion_};
  for (Series& series : series_)
    if (is_flow(*series.row)) append(series, sample);
  flows_.clear();
  std::fill(totals_.begin(), totals_.end(), Totals{});
  std::fill(promotion_.begin(), promotion_.end(), Promotion{});
}

namespace {
Totals totals_of(const World& world, std::size_t k) {
  Totals t{};
  const auto set = [&](Total what, double value) { t[static_cast<std::size_t>(what)] = value; };
  set(Total::impressions, world.platforms[k].impressions);
  set(Total::ad_revenue, world.platforms[k].ad_revenue);
  if (world.suppliers.money.empty()) return t;
  const SupplierMoney& money = world.suppliers.money[k];
  set(Total::seller_sales, yuan(world, money.own_sales));
  set(Total::seller_commission, yuan(world, money.commission));
  set(Total::seller_incentives, yuan(world, money.incentives));
  set(Total::seller_fees, yuan(world, money.fees));
  set(Total::seller_take, yuan(world, money.take));
  set(Total::supplier_entries, static_cast<double>(world.suppliers.counts[k].entries) * world.people_per_agent);
  set(Total::supplier_exits, static_cast<double>(world.suppliers.counts[k].exits) * world.people_per_agent);
  return t;
}
}  // namespace

void Recorder::add_flows(const World& world, const Tally& tally) {
  flows_.add(tally);
  flows_.head_follows.clear();
  for (std::size_t k = 0; k < platforms_; ++k) {
    const Totals now = totals_of(world, k);
    for (std::size_t t = 0; t < total_kinds; ++t) totals_[k][t] += now[t];
    const PlatformTick& here = world.view.platform[k];
    for (std::size_t to = 0; to < platforms_; ++to) {
      const double seen = static_cast<double>(tally.exposure[k][to]) / exposure_steps * world.people_per_agent;
      const double pushed = seen * static_cast<double>(here.push_to[to]);
      promotion_[k * platforms_ + to].attempted += pushed * static_cast<double>(here.open_to[to]);
      promotion_[k * platforms_ + to].passed += pushed * static_cast<double>(here.pass_to[to]);
    }
  }
}

void Recorder::after_tick(const World& world, const Tally& tally) {
  if (begins_interval(ticks_)) start_row(world, tally);
  add_flows(world, tally);
  ++ticks_;
}

std::size_t Recorder::bytes() const {
  std::size_t sum = panel_rows_.bytes();
  for (const Values& values : snapshots_) std::visit([&](const auto& v) { sum += v.size() * sizeof v[0]; }, values);
  return sum;
}

void Recorder::state(Archive& archive) {
  archive.section("recorder");
  for (Series& series : series_) archive(series.values, series.by_segment);
  archive(time_, policies_, hashes_, panel_rows_, snapshot_times_, snapshots_, next_snapshot_);
  archive(state_, flows_, totals_, promotion_, ticks_);
  suppliers_.state(archive);
}

}  // namespace spillway
