// Contact networks whose diffusion is known in closed form.
#pragma once

#include <cstdint>

#include "model/graph.hpp"

namespace spillway::testing {

/// Users in one circle, each knowing its two neighbours.
Graph ring(std::uint32_t users);

/// Users in a circle, each knowing the `reach` nearest on either side: many triangles.
Graph circle_lattice(std::uint32_t users, std::uint32_t reach);

/// Separate groups of `size` in which everybody knows everybody; `users` a multiple of `size`. Size 2: isolated pairs.
Graph cliques(std::uint32_t users, std::uint32_t size);

/// Everybody has exactly `degree` contacts, drawn uniformly but for a handful of repaired ties; users * degree even.
Graph random_regular(std::uint32_t users, std::uint32_t degree, std::uint64_t seed);

/// users * mean_degree / 2 ties between pairs drawn uniformly (Erdos and Renyi); about mean_degree^2 / 4 doubles and
/// mean_degree / 2 self-ties are dropped. Numbers of contacts are Poisson.
Graph erdos_renyi(std::uint32_t users, double mean_degree, std::uint64_t seed);

}  // namespace spillway::testing
