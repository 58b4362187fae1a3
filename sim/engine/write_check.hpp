// Holds phases to what they declare.
#pragma once

#include "mechanisms/phases.hpp"

namespace spillway {

/// Runs a users phase on a block and throws Bug if a column changed that the phase's row does not name as written.
void run_checked(World& world, const Phase& phase, Block block, const Scratch& scratch, Tally& tally);

}  // namespace spillway
