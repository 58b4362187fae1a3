// Tasks in processes: what one of them does to itself is its own failure and nobody else's, and no process is left behind.
#include "study/workers.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <cstdlib>
#include <limits>
#include <map>
#include <stdexcept>

#include "base/error.hpp"

using namespace spillway;

namespace {
constexpr double no_limit = std::numeric_limits<double>::infinity();
using Work = std::function<TaskReply(std::uint64_t)>;
using Ends = std::map<std::uint64_t, TaskEnd>;

std::function<std::optional<std::uint64_t>()> count_to(std::uint64_t count) {
  return [count, at = std::uint64_t{0}]() mutable { return at < count ? std::optional(at++) : std::nullopt; };
}

/// Tasks 0, 1, ... to their ends; every one ends once.
Ends all(std::size_t workers, std::uint64_t tasks, Work work, double most_seconds = no_limit) {
  Ends ends;
  Workers crew(workers, std::move(work), most_seconds);
  crew.run(
      count_to(tasks),
      [&](const TaskEnd& end) {
        CHECK(ends.emplace(end.task, end).second);
        return true;
      },
      [] { return true; });
  CHECK(crew.in_hand().empty());
  CHECK(ends.size() == tasks);
  return ends;
}

TaskReply done(std::string text = {}) { return {TaskReply::Kind::done, std::move(text)}; }

bool is_done(const TaskEnd& end) { return end.signal == 0 && !end.too_long && end.reply.kind == TaskReply::Kind::done; }

/// Neither children nor dead ones that nobody has asked for.
bool alone() { return ::waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD; }

/// All but task 3 are done; that one's end is returned.
TaskEnd third(Work at_three, double most_seconds = no_limit) {
  const Ends ends = all(
      2, 9, [&](std::uint64_t task) { return task == 3 ? at_three(task) : done(); }, most_seconds);
  for (const auto& [task, end] : ends)
    if (task != 3) CHECK(is_done(end));
  CHECK(alone());
  return ends.at(3);
}

/// Memory that forked processes share.
struct Shared {
  static constexpr std::size_t size = 64;
  int* at = static_cast<int*>(::mmap(nullptr, size * sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  Shared() { REQUIRE(at != MAP_FAILED); }
  ~Shared() { ::munmap(at, size * sizeof(int)); }
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;
};
}  // namespace

TEST_CASE("workers: replies come back whole", "[workers]") {
  const Ends ends = all(3, 50, [](std::uint64_t task) {
    return TaskReply{task % 2 == 0 ? TaskReply::Kind::done : TaskReply::Kind::failed, std::string(task * 10'000, 'x')};
  });
  for (const auto& [task, end] : ends) {
    CHECK(end.reply.text.size() == task * 10'000);
    CHECK(end.signal == 0);
    CHECK((end.reply.kind == TaskReply::Kind::done) == (task % 2 == 0));
  }
  CHECK(alone());
}

TEST_CASE("workers: side by side, in processes that serve again and again", "[workers]") {
  const Shared pids;
  all(4, Shared::size, [&](std::uint64_t task) {
    pids.at[task] = ::getpid();
    ::usleep(1000);
    return done();
  });
  std::map<int, int> tasks;
  for (std::size_t i = 0; i < Shared::size; ++i) ++tasks[pids.at[i]];
  CHECK(tasks.size() == 4);
  CHECK(tasks.count(::getpid()) == 0);
}

TEST_CASE("workers: none to do is done", "[workers]") {
  CHECK(all(2, 0, [](std::uint64_t) { return done(); }).empty());
  CHECK(alone());
}

TEST_CASE("workers: a task that crashes is that task's failure", "[workers]") {
  const TaskEnd aborted = third([](std::uint64_t) -> TaskReply {
    ::signal(SIGABRT, SIG_DFL);  // Catch2 has its own
    std::abort();
  });
  CHECK(aborted.signal == SIGABRT);
  CHECK_FALSE(aborted.too_long);
  const TaskEnd killed = third([](std::uint64_t) {
    ::raise(SIGKILL);
    return done();
  });
  CHECK(killed.signal == SIGKILL);
  CHECK_FALSE(killed.too_long);
}

TEST_CASE("workers: a task that exits is that task's failure", "[workers]") {
  const TaskEnd end = third([](std::uint64_t) -> TaskReply { ::_exit(7); });
  CHECK(end.signal == 0);
  CHECK(end.reply.kind == TaskReply::Kind::failed);
  CHECK(end.reply.text == "its process ended with exit code 7");
  CHECK(third([](std::uint64_t) -> TaskReply { ::_exit(0); }).reply.kind == TaskReply::Kind::failed);
}

// The copy of the parent's stack above the task must not be unwound in the child: its objects belong to the parent.
TEST_CASE("workers: what a task throws goes no further than its process", "[workers]") {
  const TaskEnd end = third([](std::uint64_t) -> TaskReply { throw std::runtime_error("not caught"); });
  CHECK(end.reply.kind == TaskReply::Kind::failed);
  CHECK(end.reply.text == "not caught");
  const TaskEnd strange = third([](std::uint64_t) -> TaskReply {
    ::signal(SIGABRT, SIG_DFL);  // Catch2 has its own
    throw 1;
  });
  CHECK(strange.signal == SIGABRT);
}

TEST_CASE("workers: every task may crash", "[workers]") {
  for (const auto& [task, end] : all(3, 30, [](std::uint64_t) -> TaskReply { ::_exit(1); })) CHECK_FALSE(is_done(end));
  CHECK(alone());
}

TEST_CASE("workers: a task that hangs is ended after its time", "[workers]") {
  const TaskEnd end = third(
      [](std::uint64_t) {
        for (;;) ::pause();
        return done();
      },
      0.3);
  CHECK(end.too_long);
  CHECK(end.signal == SIGKILL);
}

TEST_CASE("workers: the batch system's and the keyboard's signals are the parent's matter", "[workers]") {
  for (const int signal : {SIGINT, SIGTERM, SIGUSR1})
    CHECK(is_done(third([signal](std::uint64_t) {
      ::raise(signal);
      return done();
    })));
}

TEST_CASE("workers: an error of the file system ends it all", "[workers]") {
  std::uint64_t asked = 0;
  {
    Workers crew(
        2,
        [](std::uint64_t task) {
          return task == 3 ? TaskReply{TaskReply::Kind::file_error, "no space"} : done();
        },
        no_limit);
    CHECK_THROWS_WITH(crew.run([&] { return std::optional(asked++); }, [](const TaskEnd&) { return true; }, [] { return true; }),
                      "no space");
  }
  CHECK(asked < 10);
  CHECK(alone());
}

TEST_CASE("workers: stopping midway leaves no process", "[workers]") {
  const Shared pids;
  const auto hang_after_two = [&](std::uint64_t task) {
    pids.at[task] = ::getpid();
    if (task >= 2)
      for (;;) ::pause();
    return done();
  };
  const bool by_end = GENERATE(true, false);
  std::size_t in_hand = 0, ended = 0;
  {
    Workers crew(3, hang_after_two, no_limit);
    crew.run([at = std::uint64_t{0}]() mutable { return std::optional(at++); }, [&](const TaskEnd&) { return ++ended < 2 || !by_end; },
             [&] { return by_end || ended < 2; });
    in_hand = crew.in_hand().size();
  }
  CHECK(ended == 2);
  CHECK(in_hand >= 1);
  CHECK(alone());
  for (std::size_t i = 0; i < Shared::size; ++i)
    if (pids.at[i] != 0) CHECK((::kill(pids.at[i], 0) == -1 && errno == ESRCH));
}

TEST_CASE("workers: they end with a parent that is killed", "[workers]") {
  int alive[2], started[2];  // whoever lives holds the writing end of the first
  REQUIRE(::pipe(alive) == 0);
  REQUIRE(::pipe(started) == 0);
  const pid_t parent = ::fork();
  if (parent == 0) {
    ::close(alive[0]);
    Workers crew(
        3,
        [&](std::uint64_t) {
          if (::write(started[1], "x", 1) != 1) ::_exit(1);
          for (;;) ::pause();
          return done();
        },
        no_limit);
    crew.run(
        count_to(3), [](const TaskEnd&) { return true; }, [] { return true; });
    ::_exit(0);
  }
  ::close(alive[1]);
  char byte = 0;
  for (int i = 0; i < 3; ++i) REQUIRE(::read(started[0], &byte, 1) == 1);
  REQUIRE(::kill(parent, SIGKILL) == 0);
  CHECK(::read(alive[0], &byte, 1) == 0);  // comes back when the last of them is gone; never, if one stays
  CHECK(::waitpid(parent, nullptr, 0) == parent);
  for (const int end : {alive[0], started[0], started[1]}) ::close(end);
}
