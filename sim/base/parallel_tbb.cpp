#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "base/job_threads.hpp"
#include "base/parallel.hpp"

namespace spillway {

int available_threads() { return job_threads(oneapi::tbb::info::default_concurrency()); }

namespace {
// Arenas are kept: making one for each call would cost more than a small loop. One per thread count ever asked for and thread that
// asks: runs side by side would wait for each other in a common one. More threads than cores are given when asked for: results must
// not depend on it, and tests ask. TBB obeys the smallest of all limits that exist, so there is one, raised as needed.
oneapi::tbb::task_arena& arena_of(int threads) {
  static std::mutex mutex;
  static int allowed = 0;
  static std::unique_ptr<oneapi::tbb::global_control> limit;
  static std::map<std::pair<std::thread::id, int>, std::unique_ptr<oneapi::tbb::task_arena>> arenas;
  const std::lock_guard lock(mutex);
  if (threads > allowed) {
    limit.reset();
    limit = std::make_unique<oneapi::tbb::global_control>(oneapi::tbb::global_control::max_allowed_parallelism,
                                                          static_cast<std::size_t>(threads));
    allowed = threads;
  }
  auto& arena = arenas[{std::this_thread::get_id(), threads}];
  if (!arena) arena = std::make_unique<oneapi::tbb::task_arena>(threads);
  return *arena;
}
}  // namespace

void for_blocks(std::size_t count, std::size_t grain, int threads, const std::function<void(int, std::size_t, std::size_t)>& body) {
  const std::size_t blocks = (count + grain - 1) / grain;
  if (threads <= 1 || blocks <= 1) {
    if (count > 0) body(0, 0, count);
    return;
  }
  arena_of(threads).execute([&] {
    oneapi::tbb::parallel_for(oneapi::tbb::blocked_range<std::size_t>(0, blocks), [&](const oneapi::tbb::blocked_range<std::size_t>& r) {
      const std::size_t last = r.end() == blocks ? count : r.end() * grain;
      body(oneapi::tbb::this_task_arena::current_thread_index(), r.begin() * grain, last);
    });
  });
}

}  // namespace spillway
