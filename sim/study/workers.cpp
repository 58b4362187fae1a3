#include "study/workers.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <exception>
#include <system_error>

#include "base/error.hpp"

namespace spillway {

namespace {
using Clock = std::chrono::steady_clock;
constexpr int look_every = 200;  // ms between looks at signals and limits; chosen: short for a user, long for the processor

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

[[noreturn]] void refuse(const char* doing) {
  throw FileError(std::string("cannot ") + doing + ": " + std::generic_category().message(errno));
}

/// False at the end of the other side.
bool get(int socket, void* data, std::size_t size) {
  auto* at = static_cast<char*>(data);
  while (size > 0) {
    const ssize_t got = ::recv(socket, at, size, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

bool put(int socket, const void* data, std::size_t size) {
  const auto* at = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t sent = ::send(socket, at, size, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    at += sent;
    size -= static_cast<std::size_t>(sent);
  }
  return true;
}

struct ReplyHead {
  TaskReply::Kind kind;
  std::uint64_t size;
};

// The parent alone hears of Ctrl-C and of the batch system, and a child must not outlive it.
void become_a_child(pid_t parent) {
  for (const int signal : {SIGINT, SIGTERM, SIGUSR1}) ::signal(signal, SIG_IGN);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(0);
}

/// Nothing that the task throws may unwind the copy of the parent's stack: the objects on it are the parent's.
TaskReply reply_of(const std::function<TaskReply(std::uint64_t)>& work, std::uint64_t task) noexcept {
  try {
    return work(task);
  } catch (const std::exception& error) {
    return {TaskReply::Kind::failed, error.what()};
  }
}

[[noreturn]] void serve(int socket, const std::function<TaskReply(std::uint64_t)>& work) {
  std::uint64_t task = 0;
  while (get(socket, &task, sizeof task)) {
    const TaskReply reply = reply_of(work, task);
    const ReplyHead head{reply.kind, reply.text.size()};
    if (!put(socket, &head, sizeof head) || !put(socket, reply.text.data(), reply.text.size())) break;
  }
  ::_exit(0);  // without the parent's own clearing up
}
}  // namespace

Workers::Workers(std::size_t count, std::function<TaskReply(std::uint64_t)> work, double most_seconds)
    : work_(std::move(work)), most_seconds_(most_seconds), workers_(count) {
  for (Worker& worker : workers_) start(worker);
}

Workers::~Workers() {
  for (Worker& worker : workers_) stop(worker);
}

void Workers::start(Worker& worker) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) refuse("make a socket for a worker");
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) {
    ::close(ends[0]);
    ::close(ends[1]);
    refuse("start a worker");
  }
  if (pid == 0) {
    become_a_child(parent);
    ::close(ends[0]);
    for (const Worker& other : workers_)
      if (other.socket >= 0) ::close(other.socket);  // or the others would not see the parent's end
    serve(ends[1], work_);
  }
  ::close(ends[1]);
  worker = {pid, ends[0], {}, {}};
}

void Workers::stop(Worker& worker) {
  if (worker.pid < 0) return;
  ::kill(worker.pid, SIGKILL);
  bury(worker, false);
}

void Workers::give(Worker& worker, std::uint64_t task) {
  if (worker.pid < 0) start(worker);
  worker.task = task;
  worker.since = Clock::now();
  put(worker.socket, &task, sizeof task);  // a dead worker is noticed when its reply is asked for
}

TaskEnd Workers::bury(Worker& worker, bool too_long) {
  int status = 0;
  while (::waitpid(worker.pid, &status, 0) < 0 && errno == EINTR) {
  }
  ::close(worker.socket);
  TaskEnd end{worker.task.value_or(0), {TaskReply::Kind::failed, {}}, WIFSIGNALED(status) ? WTERMSIG(status) : 0, too_long};
  if (end.signal == 0) end.reply.text = "its process ended with exit code " + std::to_string(WEXITSTATUS(status));
  worker = {};
  return end;
}

TaskEnd Workers::collect(Worker& worker) {
  ReplyHead head{};
  TaskEnd end{*worker.task, {}, 0, false};
  if (!get(worker.socket, &head, sizeof head)) return bury(worker, false);
  end.reply.kind = head.kind;
  end.reply.text.resize(head.size);
  if (!get(worker.socket, end.reply.text.data(), head.size)) return bury(worker, false);
  worker.task.reset();
  return end;
}

std::optional<TaskEnd> Workers::overdue(Worker& worker) {
  if (!worker.task || seconds_since(worker.since) <= most_seconds_) return {};
  ::kill(worker.pid, SIGKILL);
  return bury(worker, true);
}

std::vector<std::uint64_t> Workers::in_hand() const {
  std::vector<std::uint64_t> tasks;
  for (const Worker& worker : workers_)
    if (worker.task) tasks.push_back(*worker.task);
  return tasks;
}

void Workers::run(const std::function<std::optional<std::uint64_t>()>& next, const std::function<bool(const TaskEnd&)>& ended,
                  const std::function<bool()>& idle) {
  const auto tell = [&](const TaskEnd& end) {
    if (end.reply.kind == TaskReply::Kind::file_error) throw FileError(end.reply.text);
    return ended(end);
  };
  auto looked = Clock::now();
  for (bool more = true;;) {
    for (Worker& worker : workers_) {
      if (!more || worker.task) continue;
      const std::optional<std::uint64_t> task = next();
      more = task.has_value();
      if (task) give(worker, *task);
    }
    std::vector<pollfd> waiting;
    std::vector<Worker*> busy;
    for (Worker& worker : workers_)
      if (worker.task) {
        waiting.push_back({worker.socket, POLLIN, 0});
        busy.push_back(&worker);
      }
    if (busy.empty()) return;
    ::poll(waiting.data(), waiting.size(), look_every);
    for (std::size_t i = 0; i < busy.size(); ++i)
      if (waiting[i].revents != 0 && !tell(collect(*busy[i]))) return;
    if (seconds_since(looked) < look_every * 1e-3) continue;
    looked = Clock::now();
    for (Worker* worker : busy)
      if (const std::optional<TaskEnd> end = overdue(*worker); end && !tell(*end)) return;
    if (!idle()) return;
  }
}

}  // namespace spillway
