// S1: what everybody sees of contacts: the share who are members, and the pressure to join that comes from it.
#include "base/math.hpp"
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"
#include "mechanisms/pressure.hpp"

namespace spillway {

namespace {
// Members (moved half a tick ahead) and those who joined lately.
SPILLWAY_INLINE void pressure_lane(const View& view, Block block, const Scratch& scratch, std::size_t k, const float* __restrict recent) {
  const StockPressure stock(view, k);
  const auto rho = static_cast<float>(view.scenario->adoption.recency_weight);
  const float* __restrict share = scratch.lane(PlatformLane::share, k);
  float* __restrict pressure = scratch.lane(PlatformLane::pressure, k);
  for (std::uint32_t i = 0; i < block.size; ++i) pressure[i] = stock.of(share[i]) + rho * recent[i];
}

// Counts of contacts, and recency before and after its decay. The decay is unbiased: the fraction is rounded at random. Joins of the
// tick are added after the pass.
template <class Word>
SPILLWAY_INLINE void read_contacts(const View& view, Block block, Word* column, const std::int32_t* __restrict words,
                                   float* __restrict active, float* __restrict recent) {
  using Bits = ContactsBits<Word>;
  Word* __restrict cell = column + block.first;
  const float unit = view.recency_unit, keep = view.now.keep_recency;
  constexpr auto most = static_cast<float>(Bits::recency_kept);
  constexpr Word counts = (Word{1} << 2 * Bits::count) - 1;
  for (std::uint32_t i = 0; i < block.size; ++i) {
    const auto steps = static_cast<float>(static_cast<std::int32_t>(cell[i] >> 2 * Bits::count));
    active[i] = static_cast<float>(static_cast<std::int32_t>(cell[i] & Bits::count_mask));
    recent[i] = steps * unit;
    const auto kept = static_cast<std::int32_t>(at_most(steps * keep + fraction<0>(words[i]), most));
    cell[i] = static_cast<Word>((cell[i] & counts) | static_cast<Word>(kept) << 2 * Bits::count);
  }
}

SPILLWAY_INLINE void read_contacts(const View& view, Block block, const Scratch& scratch, std::size_t k, float* __restrict active,
                                   float* __restrict recent) {
  const ContactsRef& contacts = view.columns[k].contacts;
  const std::int32_t* words = scratch.lane(PlatformIntLane::event_word, k);
  if (contacts.u16 != nullptr)
    read_contacts(view, block, contacts.u16, words, active, recent);
  else if (contacts.u32 != nullptr)
    read_contacts(view, block, contacts.u32, words, active, recent);
  else
    read_contacts(view, block, contacts.u64, words, active, recent);
}
}  // namespace

SPILLWAY_MULTIVERSION void meet_contacts(const View& view, Block block, const Scratch& scratch, Tally&) {
  const std::uint32_t n = block.size;
  float inverse_degree[block_size], recent[block_size];
  if (view.degree) {
    load(view.degree, block, inverse_degree);
    for (std::uint32_t i = 0; i < n; ++i) inverse_degree[i] = 1.0F / at_least(inverse_degree[i], 1.0F);
  }
  for (std::size_t k = 0; k < view.platforms; ++k) {
    const PlatformTick& now = view.platform[k];
    if (!now.live) continue;
    float* __restrict share = scratch.lane(PlatformLane::share, k);
    if (view.degree) {
      read_contacts(view, block, scratch, k, share, recent);
      for (std::uint32_t i = 0; i < n; ++i) {
        share[i] *= inverse_degree[i];
        recent[i] *= inverse_degree[i];
      }
    } else {
      fill(share, n, now.member_share);
      fill(recent, n, now.recent_share);
    }
    pressure_lane(view, block, scratch, k, recent);
  }
}

}  // namespace spillway
