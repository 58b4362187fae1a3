// The user's own contact network: a text edge list, or HDF5 in compressed sparse rows.
#pragma once

#include <cstdint>
#include <string>

#include "model/graph.hpp"

namespace spillway {

/// Counters of contacts have 16 bits.
inline constexpr std::uint32_t max_contacts = 65535;

struct GraphFileStats {
  std::uint64_t ties = 0;        ///< distinct ties between two different users
  std::uint64_t self_ties = 0;   ///< dropped
  std::uint64_t duplicates = 0;  ///< dropped; "1 2" and "2 1" are the same tie
};

/// Reads a network of `users` users, numbered from 0. Text: two numbers a line, separated by blanks, commas or tabs; every
/// line is one tie in both directions; `#` begins a comment. HDF5 (known by its content): datasets `indptr` (users + 1) and
/// `indices` at the root, every tie in both rows. Throws InputError with file and line for what the user can mend (unknown
/// ids, ties in one direction only, more than 65535 contacts), FileError for a file that cannot be read.
Graph read_graph(const std::string& path, std::uint32_t users, GraphFileStats* stats = nullptr);

/// In bytes, found without loading the network.
struct GraphMemory {
  std::uint64_t reading = 0;  ///< the most that read_graph will hold at once
  std::uint64_t held = 0;     ///< what the network takes at most once it is read: a text file may repeat ties
};
GraphMemory graph_memory(const std::string& path, std::uint32_t users);

}  // namespace spillway
