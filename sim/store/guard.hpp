// Files that Spillway did not seal are first read in a child process: a damaged one can crash the HDF5 library or make it
// take all memory.
#pragma once

#include <functional>
#include <string>

namespace spillway {

/// Runs `read` in a child process with limits of memory and time. Throws FileError if the child crashes, meets a limit or
/// a FileError itself; other exceptions are left for the caller to meet again. Nothing that `read` does to memory is kept.
void try_in_child(const std::string& path, const std::function<void()>& read);

}  // namespace spillway
