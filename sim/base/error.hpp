// The three ways in which Spillway gives up, split by whose fault it is.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace spillway {

/// One thing wrong with what the user gave, with its place. Lines and columns count from 1; 0 means unknown.
struct Issue {
  std::string file;  ///< as the user named it, or "--set", or empty
  int line = 0;
  int column = 0;
  std::string path;         ///< dotted key, "platforms.weibo.ads.load"; may be empty
  std::string message;      ///< problem, (reason), way out
  std::string source_line;  ///< the line of text itself, for a caret; may be empty
};

/// "file:line:column: path: message", then the source line with a caret where it is known.
std::string to_text(const Issue& issue);

/// The user's input cannot be used. Carries every problem found, not only the first. Exit code 2.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Issue> issues);
  explicit InputError(std::string message) : InputError(std::vector<Issue>{Issue{{}, 0, 0, {}, std::move(message), {}}}) {}
  const std::vector<Issue>& issues() const { return issues_; }

 private:
  std::vector<Issue> issues_;
};

/// The file system or a file's content failed us. Exit code 3.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Our own mistake. Exit code 4.
class Bug : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Stays on in release builds: a wrong tick is worse than none.
inline void require(bool holds, const char* what) {
  if (!holds) throw Bug(what);
}

}  // namespace spillway
