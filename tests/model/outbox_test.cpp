// Messages posted by several workers: each counter is read by one thread, and nothing is lost.
#include "model/outbox.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <vector>

namespace spillway {

TEST_CASE("every message comes once, to its counter, and is asked for before", "[threads]") {
  const int threads = GENERATE(1, 4);
  constexpr std::uint32_t counters = 1000, messages = 100'000;
  Outboxes mail(counters, threads);
  for_blocks(messages, 64, threads, [&](int w, std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) mail.of(w).post({static_cast<std::uint32_t>(i * i % counters), 1 + (i % 3 == 0 ? 1U : 0U)});
  });
  CHECK(mail.waiting() == messages);
  std::vector<std::uint32_t> sums(counters), expected(counters), asked(counters), read(counters);
  for (std::uint64_t i = 0; i < messages; ++i) expected[i * i % counters] += 1 + (i % 3 == 0 ? 1U : 0U);
  std::atomic<int> late = 0;
  mail.deliver([&](Message m) { ++asked[m.to]; },
               [&](Message m) {
                 sums[m.to] += m.text;  // not atomic: the thread sanitizer would see two readers of a counter
                 if (++read[m.to] > asked[m.to]) ++late;
               });
  CHECK(sums == expected);
  CHECK(asked == read);
  CHECK(late == 0);
  CHECK(mail.waiting() == 0);
  mail.deliver([](Message) {}, [&](Message) { ++late; });
  CHECK(late == 0);
}

TEST_CASE("the last counter has a range, however few or many there are", "[threads]") {
  const std::uint32_t counters = GENERATE(as<std::uint32_t>{}, 1, 2, 17, 0xffffffff);
  Outboxes mail(counters, 3);
  mail.of(2).post({counters - 1, 7});
  mail.of(0).post({0, 7});
  std::atomic<int> count = 0;  // the two counters may have two readers
  mail.deliver([](Message) {}, [&](Message m) { count += static_cast<int>(m.text); });
  CHECK(count == 14);
}

}  // namespace spillway
