// One tick with everything that is recorded of it.
#pragma once

#include "engine/engine.hpp"
#include "observe/recorder.hpp"

namespace spillway {

const Tally& tick_and_record(World& world, Engine& engine, Recorder& recorder);

}  // namespace spillway
