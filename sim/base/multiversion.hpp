// One binary, three vector widths: the loader picks the clone that the processor can run.
#pragma once

// The macro is empty where clones are not to be had: other compilers and architectures, sanitizers
// (target_clones crashes at start under the thread sanitizer), and builds for one width only.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && \
    !defined(SPILLWAY_ONE_WIDTH)
#define SPILLWAY_MULTIVERSION __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define SPILLWAY_MULTIVERSION
#endif

// What a multi-versioned function calls in its loops must be part of it, or the loop does not vectorise.
#define SPILLWAY_INLINE inline __attribute__((always_inline))
