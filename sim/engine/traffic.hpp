// What a tick must move between memory and processor, to hold the measured speed against the machine's copy bandwidth.
#pragma once

#include "model/world.hpp"

namespace spillway {

/// Bytes per user and tick, by the phase table: each column that a users phase reads comes in once (the phases are fused), and
/// each that a phase both reads and writes goes back once. A column that a phase only writes is left out there: it is written
/// for the few who change. Neither contacts' counters pushed at random places nor the suppliers' table are counted.
double bytes_moved_per_user(const World& world);

}  // namespace spillway
