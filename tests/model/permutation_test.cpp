// The keyed permutation that stands for lists nobody stores.
#include "model/permutation.hpp"

#include <catch2/catch.hpp>

namespace spillway {

TEST_CASE("a permutation hits everything once, and its inverse undoes it") {
  std::vector<std::uint32_t> sizes{255, 256, 257, 1000, 4095, 4096, 4097, 65537, 100'000};
  for (std::uint32_t n = 1; n <= 130; ++n) sizes.push_back(n);
  for (const std::uint32_t n : sizes)
    for (const std::uint32_t key : {0U, 1U, 0xdeadbeefU}) {
      const Permutation permutation(n, key);
      std::vector<char> hit(n, 0);
      std::uint32_t wrong = 0;
      for (std::uint32_t x = 0; x < n; ++x) {
        const std::uint32_t y = permutation(x);
        wrong += y >= n || hit[y] || permutation.inverse(y) != x;
        if (y < n) hit[y] = 1;
      }
      INFO("n " << n << ", key " << key);
      REQUIRE(wrong == 0);
    }
}

TEST_CASE("permutations of the largest populations stay in range") {
  for (const std::uint32_t n : {1'395'000'000U, 0x80000001U, 0xffffffffU}) {
    const Permutation permutation(n, 77);
    for (std::uint32_t i = 0; i < 2000; ++i) {
      const std::uint32_t x = i * 700'001U % n, y = permutation(x);
      REQUIRE(y < n);
      REQUIRE(permutation.inverse(y) == x);
    }
  }
}

// What lies outside [0, n) must be rare, because those who land there walk on one by one.
TEST_CASE("the rectangle is hardly larger than what it holds") {
  std::vector<std::uint32_t> sizes{4095, 4097, 65'535, 65'536, 65'537, 731'000'000, 0x80000001U, 0xffffffffU};
  for (std::uint32_t n = 1; n <= 1000; ++n) sizes.push_back(n);
  for (const std::uint32_t n : sizes) {
    const Rectangle on(n);
    const std::uint64_t columns = 1ULL << on.low_bits, room = columns * on.rows;
    INFO("n " << n);
    REQUIRE(room >= n);
    REQUIRE(room - n < columns);
    REQUIRE(on.rows <= 65'536);                                    // a round multiplies them with 16 bits
    REQUIRE((on.low_bits == 1 || columns * columns <= 2ULL * n));  // so that at most one in about sqrt(n) / 2 walks
  }
}

// A random permutation keeps one place on average, variance 1; and every place is equally likely: over k keys the place of one
// element is uniform, mean (n-1)/2 and variance (n^2-1)/12.
TEST_CASE("keys make different permutations") {
  constexpr std::uint32_t n = 1000, keys = 2000;
  double fixed = 0.0, place = 0.0;
  for (std::uint32_t key = 0; key < keys; ++key) {
    const Permutation permutation(n, key * 2654435761U);
    for (std::uint32_t x = 0; x < n; x += 10) fixed += permutation(x) == x;
    place += permutation(123);
  }
  CHECK(std::abs(fixed - keys * 0.1) < 4.0 * std::sqrt(keys * 0.1));
  CHECK(std::abs(place / keys - (n - 1) / 2.0) < 4.0 * std::sqrt((n * n - 1) / 12.0 / keys));
}

}  // namespace spillway
