// Hashes are part of every result: their values must never change.
#include "base/hash.hpp"

#include <bit>
#include <catch2/catch.hpp>
#include <set>

namespace spillway {

TEST_CASE("hashes have their published values") {
  // SplitMix64 from state 0: its first three outputs.
  CHECK(mix64(0) == 0xe220a8397b1dcdafULL);
  CHECK(mix64(0x9e3779b97f4a7c15ULL) == 0x6e789e6aa1b965f4ULL);
  CHECK(mix64(2 * 0x9e3779b97f4a7c15ULL) == 0x06c45d188009454fULL);
  CHECK(hash_text("") == mix64(0xcbf29ce484222325ULL));  // FNV-1a: offset basis, and two of its test vectors
  CHECK(hash_text("a") == mix64(0xaf63dc4c8601ec8cULL));
  CHECK(hash_text("foobar") == mix64(0x85944171f73967e8ULL));
}

TEST_CASE("hashes keep the values that results were made with") {
  CHECK(mix32(0) == 0);
  CHECK(mix32(1) == 0x688990c0U);
  CHECK(mix32(0xdeadbeef) == 0xe628c683U);
  CHECK(chain(1, 2) == mix64(1 ^ mix64(2)));
  CHECK(chain(1, 2) != chain(2, 1));
}

// Each input bit changes half of the output bits: 32 * 32 counts over 4096 inputs, each binomial; 5 standard errors for a thousand cells.
TEST_CASE("mix32: avalanche, and no two inputs meet") {
  std::set<std::uint32_t> outputs;
  int flips[32][32] = {};
  for (std::uint32_t i = 0; i < 4096; ++i) {
    const std::uint32_t x = i * 2654435761U;
    outputs.insert(mix32(x));
    for (int in = 0; in < 32; ++in) {
      const std::uint32_t changed = mix32(x) ^ mix32(x ^ 1U << in);
      for (int out = 0; out < 32; ++out) flips[in][out] += static_cast<int>(changed >> out & 1U);
    }
  }
  CHECK(outputs.size() == 4096);
  int bad = 0;
  for (const auto& row : flips)
    for (const int n : row) bad += n < 2048 - 160 || n > 2048 + 160;
  CHECK(bad == 0);
}

}  // namespace spillway
