// The loop over blocks: everything once, never the same worker twice at a time, and exceptions come out.
#include "base/parallel.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <memory>
#include <stdexcept>

namespace spillway {

TEST_CASE("for_blocks covers every index once, in multiples of the grain", "[threads]") {
  for (const int threads : {1, 2, 3, 8})
    for (const std::size_t count : {0UL, 1UL, 7UL, 64UL, 1000UL, 4097UL})
      for (const std::size_t grain : {1UL, 7UL, 64UL, 5000UL}) {
        std::vector<std::atomic<int>> visits(count);
        std::atomic<int> wrong{0};
        for_blocks(count, grain, threads, [&](int worker, std::size_t first, std::size_t last) {
          if (worker < 0 || worker >= threads || first % grain != 0 || first >= last || last > count ||
              (last != count && last % grain != 0))
            ++wrong;
          for (std::size_t i = first; i < last; ++i) ++visits[i];
        });
        int missed = 0;
        for (const auto& v : visits) missed += v != 1;
        INFO(threads << " threads, " << count << " by " << grain);
        REQUIRE(wrong == 0);
        REQUIRE(missed == 0);
      }
}

TEST_CASE("a worker runs one body at a time", "[threads]") {
  std::atomic<int> inside[8] = {}, clashes{0};
  for_blocks(20'000, 1, 8, [&](int worker, std::size_t, std::size_t) {
    if (++inside[worker] != 1) ++clashes;
    --inside[worker];
  });
  CHECK(clashes == 0);
}

TEST_CASE("an exception in a body comes out, and the loop can be used again", "[threads]") {
  for (const int threads : {1, 2, 8}) {
    const auto thrower = [](int, std::size_t first, std::size_t last) {
      if (first <= 500 && 500 < last) throw std::runtime_error("in block");
    };
    CHECK_THROWS_WITH(for_blocks(1000, 10, threads, thrower), "in block");
    std::atomic<std::size_t> sum{0};
    for_blocks(1000, 10, threads, [&](int, std::size_t first, std::size_t last) { sum += last - first; });
    CHECK(sum == 1000);
  }
  CHECK(available_threads() >= 1);
}

}  // namespace spillway
