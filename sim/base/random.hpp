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

#include "base/hash.hpp"
#include "base/math.hpp"
#include "base/multiversion.hpp"

namespace spillway {

/// Numbered by hand and never reused: a number once given belongs to that decision for ever.
enum class Stream : std::uint32_t {
  event = 1,   ///< shared words: whether a user joins or leaves; its low 8 bits also round recency
  follow = 2,  ///< shared words: whether any of a member's follows changes; hashed once more: whether he complains
  drag = 3,    ///< word 0: which followed supplier brought a dragged joiner
  cause = 4,   ///< word 0: the cause of a join or exit
  // 5 was where further follows change after one
  voice = 6,     ///< word 0: whether a complaint is heard
  supplier = 7,  ///< word 0: whether a supplier opens or closes an account; word 1: whether it starts a service account
  // Of a study, not of a run: key (low, high half of the design's or the bootstrap's seed), counter (row, column).
  unit_point = 8,       ///< words 0, 1: a coordinate of a random point; of a latin hypercube 0: the place in the stratum, 2, 3: its shuffle
  digital_shift = 9,    ///< word 0: the shift of a column of Sobol's sequence
  trajectory = 10,      ///< of Morris, a trajectory and column. Word 0: the level; 1: up or down; 2, 3: the shuffle of steps
  resample = 11,        ///< of the bootstrap: four picks of rows
  walker_start = 12,    ///< of the ensemble sampler, key its seed. Words 0, 1: the shuffle of rows to start from
  stretch_move = 13,    ///< counter (step, walker). Word 0: the partner; 1: the stretch; 2, 3: whether it is accepted
  synthetic_data = 14,  ///< of a calibration's recovery, a world and datum. Words 0, 1: its error of measurement
};

struct DrawKey {
  std::uint32_t seed = 0;
  std::uint32_t replicate = 0;
};

struct Draw {
  std::uint32_t word[4];
};

/// Four words. Counters and products stay in 64-bit lanes with rubbish above bit 31, because there the products need no shuffling.
SPILLWAY_INLINE Draw draw(DrawKey key, std::uint32_t agent, std::uint32_t tick, Stream stream, std::uint32_t platform_id) {
  constexpr std::uint64_t low = 0xffffffffU;
  std::uint64_t c0 = agent, c1 = tick, c2 = static_cast<std::uint32_t>(stream), c3 = platform_id;
  std::uint32_t k0 = key.seed, k1 = key.replicate;
#pragma GCC unroll 10
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t p0 = 0xD2511F53U * (c0 & low), p1 = 0xCD9E8D57U * (c2 & low);
    c0 = p1 >> 32 ^ c1 ^ k0;
    c2 = p0 >> 32 ^ c3 ^ k1;
    c1 = p1;
    c3 = p0;
    k0 += 0x9E3779B9U;
    k1 += 0xBB67AE85U;
  }
  return Draw{
      {static_cast<std::uint32_t>(c0), static_cast<std::uint32_t>(c1), static_cast<std::uint32_t>(c2), static_cast<std::uint32_t>(c3)}};
}

/// Where one word is enough for a decision, four users share a draw: users u, u + 64, u + 128 and u + 192 of each 256 take the
/// four words of u's counter, so that the words of 256 users come from 64 draws and lie in order.
inline constexpr std::uint32_t sharing_users = 256, sharing_draws = 64;
SPILLWAY_INLINE std::uint32_t shared_word(DrawKey key, std::uint32_t agent, std::uint32_t tick, Stream stream, std::uint32_t platform_id) {
  const std::uint32_t place = agent % sharing_users;
  return draw(key, agent - place + place % sharing_draws, tick, stream, platform_id).word[place / sharing_draws];
}

/// Random bits for rounding stocks, where anything uncorrelated will do: a keyed hash, at a fifth of a draw's cost.
/// Byte 0 rounds habit, byte 1 irritation, byte 2 supply, byte 3 social currency.
constexpr std::uint32_t rounding_salt(DrawKey key, std::uint32_t tick, std::uint32_t platform_id) {
  return mix32(mix32(mix32(key.seed + 0x3c6ef372U) ^ mix32(key.replicate + 0xa54ff53aU)) ^ mix32(tick * 0x9e3779b1U + platform_id));
}
SPILLWAY_INLINE std::uint32_t rounding_word(std::uint32_t salt, std::uint32_t agent) { return mix32(mix32(agent ^ salt) + salt); }

/// Whether a member complains: a second, keyed hash of the word that decides on his follows.
constexpr std::uint32_t complaint_salt(DrawKey key) { return mix32(mix32(key.seed + 0x71374491U) ^ mix32(key.replicate + 0x59f111f1U)); }
SPILLWAY_INLINE std::uint32_t complaint_word(std::uint32_t salt, std::uint32_t word) { return mix32(mix32(word ^ salt) + salt); }

/// Where the next follow changes after one in slot s: few members change a second one, so a hash of the word that decided is enough.
SPILLWAY_INLINE std::uint32_t further_change_word(std::uint32_t word, std::uint32_t slot) { return mix32(word + (slot + 1) * 0x9e3779b9U); }

/// The uniform by which an event happens, in [0, 1]: the upper 31 bits of a word.
SPILLWAY_INLINE float fraction_below_one(std::uint32_t word) {
  return static_cast<float>(static_cast<std::int32_t>(word >> 1)) * (1.0F / 2147483648.0F);
}

/// 1 if an event of probability p happens, else 0, by the upper 31 bits of a word. A float keeps 24 significant bits at any
/// size, so small probabilities stay accurate; p >= 1 always happens. Integers and selects, because bools do not vectorise.
SPILLWAY_INLINE std::int32_t happens(std::uint32_t word, float p) {
  const auto threshold = static_cast<std::int32_t>(at_most(p * 2147483648.0F, 2147483520.0F));
  const std::int32_t below = static_cast<std::int32_t>(word >> 1) < threshold ? 1 : 0;
  return p >= 1.0F ? 1 : below;
}

/// 1 if an event of this hazard may happen, else 0: always where `happens` says so of the chance, and hardly ever else, as a hazard is
/// hardly more than its chance. It spares the exponential for all but a few.
SPILLWAY_INLINE std::int32_t may_happen(std::uint32_t word, float hazard) {
  constexpr float rounded_up = 1.0001F;  // more than all roundings on the way from the hazard to its chance
  return fraction_below_one(word) < hazard * rounded_up ? 1 : 0;
}

/// Uniform in (0, 1): 23 bits and a half step, so that neither end is met.
SPILLWAY_INLINE float uniform(std::uint32_t word) {
  return (static_cast<float>(static_cast<std::int32_t>(word >> 9)) + 0.5F) * (1.0F / 8388608.0F);
}

}  // namespace spillway
