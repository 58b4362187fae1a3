// Tasks in processes of their own, side by side: one that crashes, hangs or takes all memory is that task's failure and nobody
// else's, and the parent, which has no threads, can be killed at any moment.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace spillway {

/// What a task says of itself in the end.
struct TaskReply {
  enum class Kind : std::uint8_t {
    done,
    failed,      ///< this task cannot be done
    file_error,  ///< no task can: the parent ends with a FileError
  };
  Kind kind = Kind::done;
  std::string text;  ///< why
};

struct TaskEnd {
  std::uint64_t task = 0;
  TaskReply reply;
  int signal = 0;         ///< that ended its process, 0 if the process lives
  bool too_long = false;  ///< killed for that
};

class Workers {
 public:
  /// Forks `count` processes, which must happen before this process has threads. Each calls `work` for one task after another.
  Workers(std::size_t count, std::function<TaskReply(std::uint64_t)> work, double most_seconds);
  ~Workers();  ///< kills them; what they had in hand is lost
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// Hands tasks out as `next` gives them, until it gives none and all have ended, or until `ended` or `idle` says false. `idle` is
  /// called some times a second. Throws FileError if a task met one.
  void run(const std::function<std::optional<std::uint64_t>()>& next, const std::function<bool(const TaskEnd&)>& ended,
           const std::function<bool()>& idle);

  /// Tasks that are being worked at.
  std::vector<std::uint64_t> in_hand() const;

 private:
  struct Worker {
    pid_t pid = -1;
    int socket = -1;
    std::optional<std::uint64_t> task;
    std::chrono::steady_clock::time_point since;
  };
  void start(Worker& worker);
  void stop(Worker& worker);
  void give(Worker& worker, std::uint64_t task);
  TaskEnd collect(Worker& worker);
  TaskEnd bury(Worker& worker, bool too_long);
  std::optional<TaskEnd> overdue(Worker& worker);

  std::function<TaskReply(std::uint64_t)> work_;
  double most_seconds_;
  std::vector<Worker> workers_;
};

}  // namespace spillway
