// Kernels by Google Benchmark: each users phase by itself on a warm block, and what the loops are made of. items_per_second are
// users for phases and draws, contacts for the network, bytes_per_second for the hash.
//   bench_kernels [--benchmark_filter=REGEX] and the library's other options
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "base/math.hpp"
#include "build/build.hpp"
#include "engine/engine.hpp"
#include "engine/state_hash.hpp"
#include "support/busy_market.hpp"

namespace spillway {
namespace {
constexpr std::uint32_t users = 65'536;  // chosen: columns and counters stay in the level-2 and -3 caches
// The historical market with everything that history.yaml switches on.
Scenario the_market() {
  Scenario s = testing::small_history(users);
  s.suppliers.behaviour = SupplierBehaviour::adaptive;
  s.voice.complaint_rate = 0.01;
  s.interventions.push_back(
      {"service_accounts", {testing::day("2013-08-05"), false, {}, {{"platforms.wechat.sellers.service_accounts", 1.0}}, {}}});
  complete(s);
  return s;
}
constexpr std::uint32_t ticks_until_2013 = 180;  // both platforms open, with members, ads, sellers and follows

struct Market {
  explicit Market(const Scenario& scenario, std::uint32_t ticks) : world(build_world(scenario)), engine(*world) {
    for (std::uint32_t i = 0; i < ticks; ++i) engine.tick();
  }
  std::unique_ptr<World> world;
  Engine engine;
};

Market& history() {
  static Market market(the_market(), ticks_until_2013);
  return market;
}

std::vector<Phase> users_phases() {
  std::vector<Phase> phases = schedule(the_market());
  std::erase_if(phases, [](const Phase& phase) { return phase.users == nullptr; });
  return phases;
}

// The phases before fill the lanes, everybody being involved; then the same block again and again.
void users_phase(benchmark::State& state, const Phase& measured) {
  World& world = *history().world;
  const Block block{0, block_size};
  const Scratch scratch(world.view.platforms);
  for (std::uint32_t i = 0; i < block_size; ++i) scratch.lane(IntLane::user)[i] = static_cast<std::int32_t>(i);
  Tally tally;
  for (const Phase& phase : users_phases()) {
    phase.users(world.view, block, scratch, tally);
    if (phase.name == measured.name) break;
  }
  while (state.KeepRunning()) {
    measured.users(world.view, block, scratch, tally);
    tally.changes.clear();
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * block.size);
}

SPILLWAY_MULTIVERSION void draw_lane(DrawKey key, std::uint32_t tick, std::uint32_t* __restrict out) {
  for (std::uint32_t i = 0; i < block_size; ++i) {
    const Draw d = draw(key, i, tick, Stream::event, 7);
    out[i] = d.word[0] ^ d.word[1] ^ d.word[2] ^ d.word[3];
  }
}
void philox(benchmark::State& state) {
  std::vector<std::uint32_t> out(block_size);
  std::uint32_t tick = 0;
  while (state.KeepRunning()) {
    draw_lane({1, 2}, tick++, out.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * block_size);
}

SPILLWAY_MULTIVERSION void exp_lane(const float* __restrict x, float* __restrict y) {
  for (std::uint32_t i = 0; i < block_size; ++i) y[i] = exp_f(x[i]);
}
SPILLWAY_MULTIVERSION void quantile_lane(const float* __restrict x, float* __restrict y) {
  for (std::uint32_t i = 0; i < block_size; ++i) y[i] = normal_quantile_f(x[i]);
}
void mathematics(benchmark::State& state, void (*lane)(const float*, float*)) {
  std::vector<float> x(block_size), y(block_size);
  for (std::size_t i = 0; i < block_size; ++i) x[i] = (static_cast<float>(i) + 0.5F) / static_cast<float>(block_size);
  while (state.KeepRunning()) {
    lane(x.data(), y.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * block_size);
}

void contacts(benchmark::State& state) {
  const ContactNetwork& network = history().world->contacts;
  std::vector<std::uint32_t> found(network.max_degree());
  std::uint32_t user = 0;
  std::int64_t sum = 0;
  while (state.KeepRunning()) {
    user = (user + 40'503) % users;  // far apart, as those who change are
    sum += network.contacts_of(user, found.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(sum);
}

void hash(benchmark::State& state) {
  const World& world = *history().world;
  std::int64_t bytes = 0;
  while (state.KeepRunning())
    for (const ColumnData& column : world.columns) {
      benchmark::DoNotOptimize(hash_block(column, 0, users));
      bytes += static_cast<std::int64_t>(cell_bytes(column.cell)) * static_cast<std::int64_t>(block_size);
    }
  state.SetBytesProcessed(bytes);
}

// Nearly all of a tick's time goes into telling contacts when half of all people join or leave in each tick.
Scenario restless() {
  Scenario s = testing::busy_market(users * 16);
  s.suppliers.count = 0;
  s.suppliers.per_user = 0;
  s.population.people.points.resize(1);
  s.adoption.return_factor = 1;
  s.exit.baseline_churn = 40;  // per year and 7-day ticks: half of the members leave in each
  s.platforms.resize(1);
  s.platforms[0].second.innovation_rate = 10;
  s.platforms[0].second.imitation_rate = 100;
  s.interventions.clear();
  complete(s);
  return s;
}
void contact_push(benchmark::State& state) {
  static Market market(restless(), 3);
  const std::uint64_t before = market.engine.contact_updates();
  while (state.KeepRunning()) market.engine.tick();
  state.SetItemsProcessed(static_cast<std::int64_t>(market.engine.contact_updates() - before));
}
}  // namespace
}  // namespace spillway

int main(int argc, char** argv) {
  using namespace spillway;
  const std::vector<Phase> phases = users_phases();
  for (const Phase& phase : phases) benchmark::RegisterBenchmark(("phase/" + std::string(phase.name)).c_str(), users_phase, phase);
  benchmark::RegisterBenchmark("draw/philox4x32-10", philox);
  benchmark::RegisterBenchmark("math/exp_f", mathematics, exp_lane);
  benchmark::RegisterBenchmark("math/normal_quantile_f", mathematics, quantile_lane);
  benchmark::RegisterBenchmark("contacts/enumerate", contacts);
  benchmark::RegisterBenchmark("contacts/push", contact_push)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("state_hash", hash);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
}
