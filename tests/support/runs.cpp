#include "support/runs.hpp"

#include "base/error.hpp"
#include "base/hash.hpp"

namespace spillway::testing {

Run::Run(const Scenario& scenario, const BuildOptions& options, Graph graph, bool check_writes)
    : world(build_world(scenario, options, std::move(graph))), engine(*world, check_writes) {}

const Tally& Run::tick(bool hash_columns) { return engine.tick({hash_columns, nullptr, nullptr}); }

const Tally& Run::ticks(std::uint32_t count) {
  for (std::uint32_t t = 1; t < count; ++t) tick();
  return tick();
}

PanelRows Run::watch(const PanelUsers& users) {
  PanelRows row;
  row.begin_row(users);
  engine.tick({false, &users, &row});
  return row;
}

PanelUsers everybody(const World& world) {
  PanelUsers all{{}, world.view.platforms};
  for (std::uint32_t user = 0; user < world.view.users; ++user) all.ids.push_back(user);
  return all;
}

namespace {
const ColumnData& column_of(const World& world, Column column, int platform) {
  const ColumnData* data = world.find(column, platform);
  if (data == nullptr) throw Bug("no column '" + std::string(row_of(column).name) + "'");
  return *data;
}
}  // namespace

std::vector<double> values_of(const World& world, UserField field, int platform) {
  const FieldReader read(world, field, platform);
  const UserFieldRow& row = row_of(field);
  const double scale = row.scale > 0.0 ? row.scale : static_cast<double>(world.view.recency_unit), unit = read.bits() > 0 ? scale : 1.0;
  std::vector<double> values;
  for (std::uint32_t user = 0; user < world.view.users; ++user) values.push_back(read(user) * unit);
  return values;
}

std::vector<std::uint8_t> bytes_of(const World& world, Column column, int platform) {
  const ColumnData& data = column_of(world, column, platform);
  return {data.data<std::uint8_t>(), data.data<std::uint8_t>() + data.bytes};
}

std::string label(const ColumnData& column) { return std::string(row_of(column.column).name) + "." + std::to_string(column.platform); }

std::uint64_t digest_of(const Tally& tally) {
  std::uint64_t h = 0;
  for (const auto& kind : tally.counts)
    for (const auto& platform : kind)
      for (const std::int64_t part : platform) h = chain(h, static_cast<std::uint64_t>(part));
  for (const auto* flow : {&tally.account_flow, &tally.attention_flow})
    for (const auto& from : *flow)
      for (const std::int64_t moved : from) h = chain(h, static_cast<std::uint64_t>(moved));
  return h;
}

Trace trace_of(Run& run, std::uint32_t ticks) {
  Trace trace;
  for (std::uint32_t t = 0; t < ticks; ++t) trace.tallies = chain(trace.tallies, digest_of(run.tick(true)));
  trace.columns = run.world->hash_chain;
  return trace;
}

}  // namespace spillway::testing
