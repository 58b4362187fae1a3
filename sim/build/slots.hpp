// The slots through which users meet suppliers: a few suppliers per group of users, drawn by popularity.
#pragma once

#include "model/world.hpp"

namespace spillway {

/// [group][slot] supplier indices, without repetition within a group (but for a chance in many millions, see slots.cpp).
/// Popularity is Zipf by rank; rank = supplier index. Draws: one hashed word per group, slot and attempt (Trait::slot).
PageArray<std::uint32_t> draw_slots(const World& world, std::uint32_t suppliers);

}  // namespace spillway
