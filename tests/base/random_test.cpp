// The draws are Philox4x32-10, word for word, and behave as uniforms.
#include "base/random.hpp"

#include <Random123/philox.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "base/hash.hpp"

namespace spillway {

namespace {
using Words = std::vector<std::uint32_t>;

Words words(std::uint32_t k0, std::uint32_t k1, const Words& counter) {
  const Draw d = draw({k0, k1}, counter[0], counter[1], static_cast<Stream>(counter[2]), counter[3]);
  return {d.word[0], d.word[1], d.word[2], d.word[3]};
}
}  // namespace

// The three vectors that come with Random123 (kat_vectors): zeros, ones, digits of pi.
TEST_CASE("Philox: known answers") {
  CHECK(words(0, 0, {0, 0, 0, 0}) == Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  const std::uint32_t ones = 0xffffffff;
  CHECK(words(ones, ones, {ones, ones, ones, ones}) == Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(words(0xa4093822, 0x299f31d0, {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}) ==
        Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("Philox: equal to the Random123 library") {
  r123::Philox4x32 library;
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    const std::uint64_t a = mix64(i), b = mix64(~i), c = mix64(a ^ b);
    // Half the counters are random, half are as a run has them: small agents, ticks and streams.
    const bool small = i % 2 == 0;
    const Words counter = small ? Words{static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i % 500),
                                        1 + static_cast<std::uint32_t>(i % 3), static_cast<std::uint32_t>(b)}
                                : Words{static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(a >> 32), static_cast<std::uint32_t>(b),
                                        static_cast<std::uint32_t>(b >> 32)};
    const std::uint32_t k0 = static_cast<std::uint32_t>(c), k1 = static_cast<std::uint32_t>(c >> 32);
    const auto expected = library({{counter[0], counter[1], counter[2], counter[3]}}, {{k0, k1}});
    if (words(k0, k1, counter) != Words(expected.begin(), expected.end())) FAIL("counter " << i);
  }
}

TEST_CASE("uniform: never 0 or 1, all 23 upper bits, centred") {
  CHECK(uniform(0) > 0.0F);
  CHECK(uniform(0xffffffff) < 1.0F);
  CHECK(uniform(0) + uniform(0xffffffff) == 1.0F);
  CHECK(uniform(1U << 9) > uniform(0));
  CHECK(uniform(511) == uniform(0));
}

TEST_CASE("may_happen: whatever happens may happen") {
  for (const float hazard : {1e-9F, 1e-6F, 0.001F, 0.1F, 0.7F, 3.0F, 80.0F}) {
    const float p = one_minus_exp_neg(hazard);
    const auto last = static_cast<std::uint32_t>(std::min(p * 4294967296.0, 4294967295.0));
    std::uint32_t missed = 0;
    for (std::uint32_t i = 0; i < 2000; ++i)  // around the threshold
      missed += happens(last - 1000 + i, p) == 1 && may_happen(last - 1000 + i, hazard) == 0 ? 1 : 0;
    CHECK(missed == 0);
  }
  CHECK(may_happen(0, 0.0F) == 0);
  CHECK(may_happen(0x80000000, 0.001F) == 0);
}

TEST_CASE("happens: exact at the ends and at small chances") {
  for (const std::uint32_t word : {0U, 1U, 2U, 12345U, 0x7fffffffU, 0x80000000U, 0xffffffffU}) {
    CHECK(happens(word, 0.0F) == 0);
    CHECK(happens(word, 1.0F) == 1);
    CHECK(happens(word, 7.0F) == 1);
  }
  const float tiny = 3.0F / 2147483648.0F;  // three of 2^31 half words
  CHECK(happens(5, tiny) == 1);
  CHECK(happens(6, tiny) == 0);
  CHECK(happens(0xffffffff, 0.99999994F) == 0);
  CHECK(happens(0x7fffffff, 0.5F) == 1);
  CHECK(happens(0x80000000, 0.5F) == 0);
}

// Mean 1/2, variance 1/12; products of two independent uniforms, centred, have sd 1/12.
TEST_CASE("draws: uniform, and independent between words, agents, ticks, streams and platforms") {
  constexpr int n = 200'000;
  const auto at = [](std::uint32_t agent, std::uint32_t tick, Stream stream, std::uint32_t platform, int word) {
    return static_cast<double>(uniform(draw({42, 0}, agent, tick, stream, platform).word[word])) - 0.5;
  };
  double sum[4] = {}, with[5] = {};
  for (std::uint32_t i = 0; i < n; ++i) {
    for (int w = 0; w < 4; ++w) sum[w] += at(i, 3, Stream::event, 9, w);
    const double x = at(i, 3, Stream::event, 9, 0);
    with[0] += x * at(i, 3, Stream::event, 9, 1);
    with[1] += x * at(i + 1, 3, Stream::event, 9, 0);
    with[2] += x * at(i, 4, Stream::event, 9, 0);
    with[3] += x * at(i, 3, Stream::follow, 9, 0);
    with[4] += x * at(i, 3, Stream::event, 10, 0);
  }
  for (const double s : sum) CHECK(std::abs(s) < 4.0 * std::sqrt(n / 12.0));
  for (const double s : with) CHECK(std::abs(s) < 4.0 * std::sqrt(static_cast<double>(n)) / 12.0);
}

}  // namespace spillway
