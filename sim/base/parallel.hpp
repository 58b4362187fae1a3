// The one seam to threads. Two back ends: oneTBB (parallel_tbb.cpp) and plain std::thread (parallel_threads.cpp; core-only
// builds, thread sanitizer). Order of blocks is free, so what a block does must not depend on it.
#pragma once

#include <cstddef>
#include <functional>

namespace spillway {

/// Threads that the machine (or the cluster's job) gives us, at least 1.
int available_threads();

/// Calls body(worker, first, last) until [0, count) is covered once. Every range but the last is a multiple of `grain` long;
/// worker is in [0, threads) and no two calls with the same worker run at a time. An exception in a body ends the loop
/// after the running bodies and comes out here.
void for_blocks(std::size_t count, std::size_t grain, int threads,
                const std::function<void(int worker, std::size_t first, std::size_t last)>& body);

}  // namespace spillway
