#include "run/step.hpp"

namespace spillway {

const Tally& tick_and_record(World& world, Engine& engine, Recorder& recorder) {
  const bool first = recorder.begins_interval(engine.ticks_done());
  recorder.before_tick(world, engine.now());
  PanelRow row = empty_row(recorder.panel());
  const bool watched = first && !recorder.panel().ids.empty();
  const Tally& tally = engine.tick({first, watched ? &recorder.panel() : nullptr, watched ? &row : nullptr});
  recorder.after_tick(world, tally, watched ? &row : nullptr);
  return tally;
}

}  // namespace spillway
