#include "store/guard.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <new>

#include "base/error.hpp"
#include "store/commit.hpp"

namespace spillway {

namespace {

constexpr int file_error_met = 1;

std::string broken(const std::string& path) {
  return path + ": cannot read: the file is damaged and breaks the HDF5 library (restore it from a copy, or run the scenario again)";
}

/// On top of what the process has already: generous for a sound file, as none that we know compresses 64 to 1.
rlim_t memory_limit(const std::string& path) {
#ifdef __SANITIZE_ADDRESS__
  return RLIM_INFINITY;  // the sanitizer hangs where its own allocation fails
#endif
  constexpr rlim_t gibibyte = rlim_t{1} << 30;
  struct stat file = {};
  std::uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  if (pages == 0 || ::stat(path.c_str(), &file) != 0) return RLIM_INFINITY;
  return pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE)) + gibibyte + 64 * static_cast<rlim_t>(file.st_size);
}

void set_limits(const std::string& path) {
  for (const int number : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGXCPU, SIGTERM, SIGINT, SIGUSR1, SIGALRM}) ::signal(number, SIG_DFL);
  const rlim_t memory = memory_limit(path);
  const struct rlimit no_core = {0, 0}, processor_seconds = {600, 601}, address_space = {memory, memory};
  ::setrlimit(RLIMIT_CORE, &no_core);
  ::setrlimit(RLIMIT_CPU, &processor_seconds);
  ::setrlimit(RLIMIT_AS, &address_space);
  ::alarm(3600);  // a child that waits for ever uses no processor time
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere < 0) return;
  ::dup2(nowhere, 1);  // allocators and sanitizers speak before they die
  ::dup2(nowhere, 2);
}

[[noreturn]] void be_child(const std::string& path, const std::function<void()>& read, int report) {
  set_limits(path);
  std::string met;
  try {
    read();
  } catch (const FileError& error) {
    met = error.what();
  } catch (const std::bad_alloc&) {
    met = broken(path);
  } catch (...) {  // NOLINT: the parent meets the same failure and reports it
  }
  const bool told = met.empty() || ::write(report, met.data(), met.size()) == static_cast<ssize_t>(met.size());
  ::_exit(told && met.empty() ? 0 : file_error_met);
}

/// A pipe end that is closed on every way out.
class PipeEnd {
 public:
  explicit PipeEnd(int fd) : fd_(fd) {}
  ~PipeEnd() { close(); }
  PipeEnd(const PipeEnd&) = delete;
  PipeEnd& operator=(const PipeEnd&) = delete;
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  int fd() const { return fd_; }
  std::string read_all() const {
    std::string text;
    std::array<char, 4096> buffer;
    for (;;) {
      const ssize_t count = ::read(fd_, buffer.data(), buffer.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return text;
      text.append(buffer.data(), static_cast<std::size_t>(count));
    }
  }

 private:
  int fd_;
};

}  // namespace

void try_in_child(const std::string& path, const std::function<void()>& read) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw file_error("start a process to read", path, errno);
  PipeEnd in(ends[0]), out(ends[1]);
  const pid_t child = ::fork();
  if (child < 0) throw file_error("start a process to read", path, errno);
  if (child == 0) be_child(path, read, out.fd());
  out.close();
  const std::string met = in.read_all();
  int status = 0;
  while (::waitpid(child, &status, 0) < 0)
    if (errno != EINTR) throw file_error("wait for the process that reads", path, errno);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
  throw FileError(met.empty() ? broken(path) : met);
}

}  // namespace spillway
