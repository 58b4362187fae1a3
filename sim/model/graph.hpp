// An explicit contact network in compressed sparse rows.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace spillway {

/// Contacts of user i: neighbour[first[i]] to neighbour[first[i + 1] - 1], ascending, without i itself and without doubles;
/// symmetric. `first` has users + 1 entries.
struct Graph {
  std::vector<std::uint64_t> first;
  std::vector<std::uint32_t> neighbour;
};

/// Builds the rows from undirected ties; self-ties and doubles are dropped. Ids must be below `users` (Bug otherwise).
Graph graph_from_edges(std::uint32_t users, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& edges);

/// Stable hash of the structure, for provenance.
std::uint64_t content_hash(const Graph& graph);

}  // namespace spillway
