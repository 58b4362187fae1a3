// Files that Spillway did not seal are first read in a child process: a damaged one can crash the HDF5 library.
#pragma once

#include <functional>
#include <string>

namespace spillway {

/// Runs `read` in a child process and throws FileError if the child crashes or does not end. An exception of `read` is
/// left for the caller to meet again. Nothing that `read` does to memory is kept.
void try_in_child(const std::string& path, const std::function<void()>& read);

}  // namespace spillway
