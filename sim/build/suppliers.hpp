// Suppliers and the slots through which users meet them.
#pragma once

#include "model/world.hpp"

namespace spillway {

/// Fills world.suppliers and points the view at it. Popularity is Zipf by rank; rank = supplier index.
/// Draws: one hashed word per group, slot and attempt (Trait::slot).
void make_suppliers(World& world);

/// Normaliser of effort: sum over ranks of popularity weight times quality times relative effort (model-amendments item 44):
/// with it results do not depend on the number of suppliers.
double effort_normaliser(const Suppliers& suppliers, std::uint32_t count);

}  // namespace spillway
