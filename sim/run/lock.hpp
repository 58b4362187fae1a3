// One process per result: a lock that the system gives back when its process dies, however it dies.
#pragma once

#include <string>

namespace spillway {

class RunLock {
 public:
  /// Takes the lock file at `path` or throws FileError at once, naming `result` as what another process is writing.
  RunLock(const std::string& path, const std::string& result);
  ~RunLock();
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;

 private:
  std::string path_;
  int fd_ = -1;
};

}  // namespace spillway
