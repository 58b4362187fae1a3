// Moving the picked of a block together, and back apart: eight at a time, by shuffles worked out once for all lanes. Picking one by
// one costs more than the arithmetic on what was picked.
#pragma once

#include <cstdint>
#include <cstring>

#include "base/multiversion.hpp"
#include "model/scratch.hpp"

namespace spillway {

namespace detail {
using EightIntegers __attribute__((vector_size(8 * sizeof(std::int32_t)))) = std::int32_t;

// In place: vectors wider than the baseline's registers cannot be returned.
SPILLWAY_INLINE void shuffle(EightIntegers& x, const std::int32_t* from) {
  EightIntegers at;
  std::memcpy(&at, from, sizeof at);
#if defined(__clang__)
  const EightIntegers in = x;
  for (std::uint32_t i = 0; i < pick_width; ++i) x[i] = in[at[i]];
#else
  x = __builtin_shuffle(x, at);
#endif
}
}  // namespace detail

/// Values of a whole block, those of the picked written one after the other. In place too. What follows them in the block is rubbish.
SPILLWAY_INLINE void pack(const std::int32_t* in, const Picks& picks, std::int32_t* out) {
#pragma GCC unroll 4
  for (std::uint32_t p = 0; p < pick_groups; ++p) {
    detail::EightIntegers values;
    std::memcpy(&values, in + p * pick_width, sizeof values);
    detail::shuffle(values, picks.together + p * pick_width);
    std::memcpy(out + picks.before[p], &values, sizeof values);
  }
}
SPILLWAY_INLINE void pack(const float* in, const Picks& picks, float* out) {
  pack(reinterpret_cast<const std::int32_t*>(in), picks, reinterpret_cast<std::int32_t*>(out));
}

/// Values of the picked, written to their places in a whole block; the others' are rubbish.
SPILLWAY_INLINE void unpack(const std::int32_t* in, const Picks& picks, std::int32_t* out) {
#pragma GCC unroll 4
  for (std::uint32_t p = 0; p < pick_groups; ++p) {
    detail::EightIntegers values;
    std::memcpy(&values, in + picks.before[p], sizeof values);
    detail::shuffle(values, picks.apart + p * pick_width);
    std::memcpy(out + p * pick_width, &values, sizeof values);
  }
}

}  // namespace spillway
