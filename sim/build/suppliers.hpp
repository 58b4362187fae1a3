// Suppliers: how popular, how good, how hard at work.
#pragma once

#include <span>

#include "model/world.hpp"

namespace spillway {

/// Fills world.suppliers and points the view at it.
void make_suppliers(World& world);

/// Normaliser of effort: sum over ranks of popularity weight times quality times relative effort (model-amendments item 44):
/// with it results do not depend on the number of suppliers. `efforts`: room for the relative efforts before normalising, one per
/// supplier, or empty.
double effort_normaliser(const Suppliers& suppliers, std::uint32_t count, int threads = 1, std::span<float> efforts = {});

}  // namespace spillway
