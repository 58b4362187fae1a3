// Between the two parts of the users' pass: those who must decide in full are moved together.
#pragma once

#include "model/scratch.hpp"
#include "model/view.hpp"

namespace spillway {

/// The involved of a block, with what is known of them. If that is most of the block, the whole block: to decide in full for more
/// than need be changes nothing. `picks` must outlive the block that is returned.
Block pick_involved(const View& view, Block whole, const Scratch& scratch, Picks& picks);

/// The whole block.
Block pick_everybody(Block whole, const Scratch& scratch);

}  // namespace spillway
