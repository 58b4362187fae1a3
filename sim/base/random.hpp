// Counter-based draws: no state, so neither threads nor the order of work can change them.
//
// Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC11). Written out here, because inside the
// per-user loops it must vectorise over users, which the Random123 library's struct form does not; tests hold it to that library.
//
// Key (seed, replicate); counter (agent, tick, stream, platform id). The platform id is a stable hash of the platform's name,
// so that swapping two platforms' labels swaps their luck.
#pragma once

#include <array>
#include <cstdint>

#include "base/multiversion.hpp"

namespace spillway {

/// Numbered by hand and never reused: a number once given belongs to that decision for ever.
enum class Stream : std::uint32_t {
  event = 1,   ///< words: 0 join or exit, 1 its cause, 2 rounding of habit (low 16) and irritation (high 16),
               ///  3 rounding of supply (low 16) and recency (high 16)
  follow = 2,  ///< one uniform per supplier slot; slots 2w and 2w + 1 share word w, each with its own half on top
  drag = 3,    ///< word 0: which followed supplier brought a dragged joiner
};

struct DrawKey {
  std::uint32_t seed = 0;
  std::uint32_t replicate = 0;
};

struct Draw {
  std::uint32_t word[4];
};

SPILLWAY_INLINE Draw draw(DrawKey key, std::uint32_t agent, std::uint32_t tick, Stream stream, std::uint32_t platform_id) {
  std::uint32_t c0 = agent, c1 = tick, c2 = static_cast<std::uint32_t>(stream), c3 = platform_id;
  std::uint32_t k0 = key.seed, k1 = key.replicate;
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t p0 = std::uint64_t{0xD2511F53U} * c0, p1 = std::uint64_t{0xCD9E8D57U} * c2;
    const std::uint32_t n0 = static_cast<std::uint32_t>(p1 >> 32) ^ c1 ^ k0, n2 = static_cast<std::uint32_t>(p0 >> 32) ^ c3 ^ k1;
    c1 = static_cast<std::uint32_t>(p1);
    c3 = static_cast<std::uint32_t>(p0);
    c0 = n0;
    c2 = n2;
    k0 += 0x9E3779B9U;
    k1 += 0xBB67AE85U;
  }
  return Draw{{c0, c1, c2, c3}};
}

/// 1 if an event of probability p happens, else 0, by the upper 31 bits of a word. A float keeps 24 significant bits at any
/// size, so small probabilities stay accurate; p >= 1 always happens. Integers and selects, because bools do not vectorise.
SPILLWAY_INLINE std::int32_t happens(std::uint32_t word, float p) {
  const float scaled = p * 2147483648.0F;
  const auto threshold = static_cast<std::int32_t>(scaled < 2147483520.0F ? scaled : 2147483520.0F);
  const std::int32_t below = static_cast<std::int32_t>(word >> 1) < threshold ? 1 : 0;
  return p >= 1.0F ? 1 : below;
}

/// Uniform in (0, 1): 23 bits and a half step, so that neither end is met.
SPILLWAY_INLINE float uniform(std::uint32_t word) {
  return (static_cast<float>(static_cast<std::int32_t>(word >> 9)) + 0.5F) * (1.0F / 8388608.0F);
}

}  // namespace spillway
