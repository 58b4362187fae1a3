// A test case that starts threads must have the tag [threads]: the thread sanitizer's build runs those alone, for in all others it has
// nothing to look at. Here every other build ends with an error where one lacks it: this pthread_create is found before the C library's.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // sanitizers have a pthread_create of their own

#include <dlfcn.h>
#include <pthread.h>

#include <algorithm>
#include <atomic>
#define CATCH_CONFIG_EXTERNAL_INTERFACES  // listeners
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>

namespace {
std::atomic<int> started{0};

struct ThreadsTag : Catch::TestEventListenerBase {
  using TestEventListenerBase::TestEventListenerBase;
  void testCaseStarting(const Catch::TestCaseInfo& test) override {
    TestEventListenerBase::testCaseStarting(test);
    started = 0;
  }
  void testCaseEnded(const Catch::TestCaseStats& ended) override {
    TestEventListenerBase::testCaseEnded(ended);
    const auto& tags = ended.testInfo.lcaseTags;
    if (started == 0 || std::find(tags.begin(), tags.end(), "threads") != tags.end()) return;
    std::fprintf(stderr, "\"%s\" starts threads: give it the tag [threads], or the thread sanitizer never sees it\n",
                 ended.testInfo.name.c_str());
    std::exit(1);
  }
};
CATCH_REGISTER_LISTENER(ThreadsTag)
}  // namespace

extern "C" int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*start)(void*), void* argument) noexcept {
  using Create = int (*)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
  static const auto create = reinterpret_cast<Create>(::dlsym(RTLD_NEXT, "pthread_create"));
  ++started;
  return create(thread, attributes, start, argument);
}

#endif
