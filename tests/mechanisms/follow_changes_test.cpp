// Changes of follows worked out for many members at once, against one slot after the other as the model says it.
#include "mechanisms/follow_changes.hpp"

#include <bit>
#include <catch2/catch.hpp>
#include <memory>

namespace spillway {

namespace {
// Slots end to end; a change where the exponential length from the last one ends.
std::int32_t one_by_one(const float* hazard, std::uint32_t word) {
  float from = 0.0F, end = 0.0F, v = fraction_below_one(word);
  std::int32_t changed = 0;
  for (std::uint32_t s = 0; s < max_slots; ++s) {
    end += hazard[s];
    const float way = end - from;
    if (way <= v) continue;
    if (!(v < 0.5F && way > v + v * v) && !(way > -log_f(1.0F - v + 1e-10F))) continue;
    changed |= 1 << s;
    from = end;
    v = fraction_below_one(further_change_word(word, s));
  }
  return changed;
}
}  // namespace

TEST_CASE("changes of follows are the same for many members at once as slot by slot") {
  const auto changes = std::make_unique<FollowChanges>();
  std::uint32_t wrong = 0, none = 0, several = 0;
  for (const std::uint32_t count : {1U, 16U, 17U, 500U, static_cast<std::uint32_t>(block_size)}) {
    changes->count = count;
    for (std::uint32_t i = 0; i < count; ++i) {
      changes->word[i] = static_cast<std::int32_t>(mix32(count * 1000 + i));
      for (std::uint32_t s = 0; s < max_slots; ++s) {
        const std::uint32_t w = mix32(mix32(count + i) + s);
        changes->hazard[i][s] = (w & 3) == 0 ? 0.0F : uniform(w) * 0.4F;
      }
    }
    find_first_changes(*changes);
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::int32_t expected = one_by_one(changes->hazard[i], static_cast<std::uint32_t>(changes->word[i]));
      wrong += changed_slots(*changes, i) != expected ? 1 : 0;
      none += expected == 0 ? 1 : 0;
      several += std::popcount(static_cast<unsigned>(expected)) > 1 ? 1 : 0;
    }
  }
  CHECK(wrong == 0);
  CHECK(none > 100);
  CHECK(several > 100);
}

TEST_CASE("count_bits counts eight bits") {
  for (std::int32_t bits = 0; bits < 256; ++bits) CHECK(count_bits(bits) == std::popcount(static_cast<unsigned>(bits)));
}

}  // namespace spillway
