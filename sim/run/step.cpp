#include "run/step.hpp"

namespace spillway {

const Tally& tick_and_record(World& world, Engine& engine, Recorder& recorder) {
  const bool first = recorder.begins_interval(engine.ticks_done());
  recorder.before_tick(world, engine.now());
  const Tally& tally = engine.tick({first, &recorder.panel(), first ? recorder.begin_panel_row() : nullptr});
  recorder.after_tick(world, tally);
  return tally;
}

}  // namespace spillway
