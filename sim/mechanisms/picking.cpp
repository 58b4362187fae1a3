#include "mechanisms/picking.hpp"

#include <array>
#include <cstring>

#include "mechanisms/lanes.hpp"
#include "mechanisms/packing.hpp"
#include "mechanisms/pressure.hpp"

namespace spillway {

namespace {
constexpr std::uint32_t vector = 16;

SPILLWAY_INLINE std::uint32_t count_involved(const std::int32_t* __restrict involved, std::uint32_t users) {
  std::int32_t count = 0;
  for (std::uint32_t i = 0; i < users; ++i) count += involved[i];
  return static_cast<std::uint32_t>(count);
}

// Involves further users until whole vectors are full: loops over what is left of a vector cost as much as the vector.
SPILLWAY_INLINE std::uint32_t fill_up(std::int32_t* involved, std::uint32_t users, std::uint32_t count) {
  for (std::uint32_t i = 0; i < users && count % vector != 0; ++i) {
    count += static_cast<std::uint32_t>(1 - involved[i]);
    involved[i] = 1;
  }
  return count;
}

// [which of eight are picked][place]: the shuffle that moves them together, and the one that moves them apart.
struct Shuffles {
  std::uint8_t together[256][pick_width], apart[256][pick_width];
};
constexpr Shuffles find_shuffles() {
  Shuffles s{};
  for (unsigned bits = 0; bits < 256; ++bits) {
    std::uint8_t count = 0;
    for (std::uint8_t i = 0; i < pick_width; ++i) {
      if ((bits >> i & 1U) == 0) continue;
      s.together[bits][count] = i;
      s.apart[bits][i] = count++;
    }
  }
  return s;
}
alignas(64) constexpr Shuffles shuffles = find_shuffles();

constexpr std::array<std::uint16_t, block_size> find_places() {
  std::array<std::uint16_t, block_size> all{};
  for (std::uint16_t i = 0; i < block_size; ++i) all[i] = i;
  return all;
}
alignas(64) constexpr std::array<std::uint16_t, block_size> places = find_places();

template <class Integer>
SPILLWAY_INLINE void widen(const std::uint8_t* __restrict in, Integer* __restrict out) {
  for (std::uint32_t i = 0; i < block_size; ++i) out[i] = in[i];
}

// A shuffle's eight places, each so many farther on.
SPILLWAY_INLINE void write_places(const std::uint8_t* places, std::uint64_t farther, std::uint8_t* out) {
  std::uint64_t eight;
  std::memcpy(&eight, places, sizeof eight);
  eight += farther * 0x0101010101010101U;
  std::memcpy(out, &eight, sizeof eight);
}

SPILLWAY_INLINE void find_picks(const std::int32_t* involved, std::uint32_t users, Picks& picks) {
  std::memcpy(picks.picked, involved, users * sizeof picks.picked[0]);
  std::memset(picks.picked + users, 0, (block_size - users) * sizeof picks.picked[0]);
  std::uint8_t flags[block_size], together[block_size], cells_together[block_size + pick_width], cells_apart[block_size];
  for (std::uint32_t i = 0; i < block_size; ++i) flags[i] = static_cast<std::uint8_t>(picks.picked[i]);
  for (std::uint32_t i = 0; i < block_size; ++i) picks.cell_picked[i] = static_cast<std::uint16_t>(0 - picks.picked[i]);
  std::uint32_t count = 0, of_sixteen = 0;
  for (std::uint32_t p = 0; p < pick_groups; ++p) {
    const std::uint32_t bits = as_bits(flags + p * pick_width), odd = p % 2, sixteen = (p - odd) * pick_width;
    const auto picked = static_cast<std::uint32_t>(count_bits(static_cast<std::int32_t>(bits)));
    const std::uint32_t first = odd * of_sixteen;  // of the sixteen's earlier eight
    write_places(shuffles.together[bits], 0, together + p * pick_width);
    write_places(shuffles.together[bits], odd * pick_width, cells_together + sixteen + first);
    write_places(shuffles.apart[bits], first, cells_apart + p * pick_width);
    picks.before[p] = count;
    count += picked;
    of_sixteen = picked;
  }
  picks.before[pick_groups] = count;
  widen(together, picks.together);
  widen(cells_together, picks.cell_together);
  widen(cells_apart, picks.cell_apart);
}

// Pressure is worked out once more where it comes from the share alone: that is cheaper.
SPILLWAY_INLINE void pack_pressure(const View& view, const Scratch& scratch, const Picks& picks, std::size_t k, std::uint32_t count) {
  float* __restrict pressure = scratch.lane(PlatformLane::pressure, k);
  if (view.scenario->adoption.recency_weight > 0) return pack(pressure, picks, pressure);
  const StockPressure stock(view, k);
  const float* __restrict share = scratch.lane(PlatformLane::share, k);
  for (std::uint32_t i = 0; i < count; ++i) pressure[i] = stock.of(share[i]);
}

SPILLWAY_INLINE void pack_lanes(const View& view, const Scratch& scratch, const Picks& picks, std::uint32_t count) {
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    pack(scratch.lane(PlatformLane::share, k), picks, scratch.lane(PlatformLane::share, k));
    pack(scratch.lane(PlatformIntLane::event_word, k), picks, scratch.lane(PlatformIntLane::event_word, k));
    pack_pressure(view, scratch, picks, k, count);
  }
}
}  // namespace

SPILLWAY_MULTIVERSION Block pick_everybody(Block whole, const Scratch& scratch) {
  std::int32_t* __restrict user = scratch.lane(IntLane::user);
  const auto first = static_cast<std::int32_t>(whole.first);
  for (std::uint32_t i = 0; i < whole.size; ++i) user[i] = first + static_cast<std::int32_t>(i);
  return whole;
}

SPILLWAY_MULTIVERSION Block pick_involved(const View& view, Block whole, const Scratch& scratch, Picks& picks) {
  std::int32_t* involved = scratch.lane(IntLane::involved);
  std::uint32_t count = count_involved(involved, whole.size);
  if (count * 4 > whole.size * 3) return pick_everybody(whole, scratch);
  count = fill_up(involved, whole.size, count);
  if (count == 0) return {whole.first, 0};
  find_picks(involved, whole.size, picks);
  PackedCells some;
  pack_cells(places.data(), picks, some);
  std::int32_t* __restrict user = scratch.lane(IntLane::user);
  std::int32_t* __restrict place = picks.place;
  const auto first = static_cast<std::int32_t>(whole.first);
  for (std::uint32_t i = 0, end = whole_vectors(count); i < end; ++i) {
    place[i] = some[i];
    user[i] = first + some[i];
  }
  const Block block{whole.first, count, &picks};
  load_membership(view, block, scratch.lane(IntLane::membership));
  pack_lanes(view, scratch, picks, count);
  return block;
}

}  // namespace spillway
