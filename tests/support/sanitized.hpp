// Sanitizers make a step some fifty times as dear. What they look for is in the first thousand people as in the last.
#pragma once

namespace spillway::testing {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

}  // namespace spillway::testing
