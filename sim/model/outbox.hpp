// Messages of all workers to counters all over memory, delivered by range of counters. One thread delivers to a range, so that no
// addition needs a lock (some twenty cycles each), and counters are asked for well ahead.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "base/parallel.hpp"

namespace spillway {

struct Message {
  std::uint32_t to;    ///< which counter
  std::uint32_t text;  ///< whatever its reader makes of it
};

/// What one worker posts, in order, by range.
class Outbox {
 public:
  Outbox() = default;
  /// Of counters 0 to `counters`; outboxes that are delivered together must be made alike.
  Outbox(std::uint32_t counters, int threads)
      : by_range_(threads == 1 ? 1 : static_cast<std::size_t>(threads) * ranges_per_thread),
        ranges_per_counter_((std::uint64_t{by_range_.size()} << 32) / (std::uint64_t{counters} + 1)) {}

  bool made() const { return !by_range_.empty(); }
  void post(Message message) { by_range_[message.to * ranges_per_counter_ >> 32].push_back(message); }
  /// Messages not delivered yet.
  std::size_t waiting() const {
    std::size_t sum = 0;
    for (const std::vector<Message>& messages : by_range_) sum += messages.size();
    return sum;
  }

  /// Delivers and forgets what is in all boxes: ask(message) some time before read(message). Messages to one counter come one by one,
  /// in no particular order of workers.
  template <class Ask, class Read>
  static void deliver(std::span<Outbox* const> boxes, int threads, Ask ask, Read read) {
    const std::size_t ranges = boxes.empty() ? 0 : boxes[0]->by_range_.size();
    for_blocks(ranges, 1, threads, [&](int, std::size_t first, std::size_t last) {
      for (std::size_t range = first; range < last; ++range)
        for (Outbox* box : boxes) empty(box->by_range_[range], ask, read);
    });
  }

 private:
  static constexpr std::size_t ranges_per_thread = 4;  // chosen: some ranges get more
  static constexpr std::size_t ahead = 32;             // chosen: more misses than a core has under way

  template <class Ask, class Read>
  static void empty(std::vector<Message>& messages, Ask ask, Read read) {
    const std::size_t count = messages.size();
    for (std::size_t i = 0; i < std::min(ahead, count); ++i) ask(messages[i]);
    for (std::size_t i = 0; i < count; ++i) {
      if (i + ahead < count) ask(messages[i + ahead]);
      read(messages[i]);
    }
    messages.clear();
  }

  std::vector<std::vector<Message>> by_range_;
  std::uint64_t ranges_per_counter_ = 0;  ///< times 2^32
};

/// One for each worker.
class Outboxes {
 public:
  Outboxes(std::uint32_t counters, int threads) : boxes_(static_cast<std::size_t>(threads), Outbox(counters, threads)) {
    for (Outbox& box : boxes_) all_.push_back(&box);
  }
  Outboxes(const Outboxes&) = delete;  // all_ points into boxes_
  Outboxes& operator=(const Outboxes&) = delete;
  Outbox& of(int worker) { return boxes_[static_cast<std::size_t>(worker)]; }
  std::size_t waiting() const {
    std::size_t sum = 0;
    for (const Outbox& box : boxes_) sum += box.waiting();
    return sum;
  }
  template <class Ask, class Read>
  void deliver(Ask ask, Read read) {
    Outbox::deliver(all_, static_cast<int>(boxes_.size()), ask, read);
  }

 private:
  std::vector<Outbox> boxes_;
  std::vector<Outbox*> all_;
};

}  // namespace spillway
