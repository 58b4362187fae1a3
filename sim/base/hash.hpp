// Stable hashes: the same on every machine and in every version of the program.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/multiversion.hpp"

namespace spillway {

/// 32-bit finaliser with full avalanche. Constants: Chris Wellons' "lowbias32" search (public domain).
SPILLWAY_INLINE constexpr std::uint32_t mix32(std::uint32_t x) {
  x ^= x >> 16;
  x *= 0x7feb352dU;
  x ^= x >> 15;
  x *= 0x846ca68bU;
  x ^= x >> 16;
  return x;
}

/// 64-bit finaliser. Constants: Steele, Lea, Flood, "SplitMix" (OOPSLA 2014).
constexpr std::uint64_t mix64(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// FNV-1a over the bytes, 64 bits, then mixed.
constexpr std::uint64_t hash_text(std::string_view text) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return mix64(h);
}

/// Order-dependent combination, for chains.
constexpr std::uint64_t chain(std::uint64_t so_far, std::uint64_t next) { return mix64(so_far ^ mix64(next)); }

/// 16 hex digits.
inline std::string hex_text(std::uint64_t x) {
  std::string text(16, '0');
  for (std::size_t at = text.size(); at-- > 0; x >>= 4) text[at] = "0123456789abcdef"[x & 15U];
  return text;
}

}  // namespace spillway
