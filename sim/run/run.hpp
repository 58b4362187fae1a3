// One run from a loaded scenario to a result file.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "input/load.hpp"
#include "model/recording.hpp"

namespace spillway {

struct RunOptions {
  std::string output;                ///< file to write; empty: output/<scenario>-s<seed>-r<replicate>.h5
  int threads = 0;                   ///< 0: as many as the machine gives
  bool force = false;                ///< replace another scenario's result
  double save_every_seconds = 30;    ///< how often the file is renewed while the run goes on, at most (chosen: a look costs little)
  double state_every_seconds = 600;  ///< how often the state is saved (issue: ten minutes); 0: after every tick
  std::vector<Date> save_states{};   ///< also keep the state at the first tick boundary on or after these dates
  std::string from{};                ///< saved state to start from; the scenario must be its own, time.end excepted
  /// User-ticks per thread from which memory and time are told before the first tick; `never`: not at all. Chosen: a run below is
  /// over within seconds (1 to 12 at the 5 to 60 ns that a user-tick takes), before anybody could act on a forecast.
  double forecast_from = 2e8;
};

struct Progress {
  Date date;           ///< simulated day
  double done = 0;     ///< share of ticks
  double seconds = 0;  ///< since the first tick
  double user_ticks_per_second = 0;
  double seconds_left = 0;
};

struct RunOutcome {
  Recording recording;
  std::string path;
  bool already_done = false;  ///< the file held this very run, complete: nothing was simulated
  int stopped_by = 0;         ///< signal number, 0 if the run came to its end
};

/// Simulates and writes. Throws InputError (another result stands there; too little memory), FileError (writing).
/// `notes` are sentences for the user, such as the forecast of memory and time (forecast.hpp).
RunOutcome run_scenario(const LoadedScenario& loaded, const RunOptions& options, const std::function<void(const Progress&)>& progress,
                        const std::function<void(const std::string&)>& notes);

/// Where a result goes if the user names no file.
std::string default_output(const std::string& scenario_file, const Scenario& scenario);

}  // namespace spillway
