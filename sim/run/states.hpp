// The saved states of one run: which of them the same command goes on from, when new ones are due, what becomes of them.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "model/world.hpp"
#include "observe/recorder.hpp"
#include "run/saver.hpp"
#include "store/aligned_buffer.hpp"
#include "store/state_file.hpp"

namespace spillway {

struct RunOptions;

/// "output/x" for the result "output/x.h5"; states, lock and part files are named after it.
std::string stem_of(const std::string& result);

/// Everything of a run that is saved.
void run_state(Archive& archive, World& world, Recorder& recorder);

class States {
 public:
  using Notes = std::function<void(const std::string&)>;

  /// Throws InputError for a date at which the run has no state to save.
  States(const std::string& result, const Scenario& scenario, const RunOptions& options, Saver& saver);
  ~States() { saver_.wait(); }  // its jobs use us
  States(const States&) = delete;
  States& operator=(const States&) = delete;

  /// From now on saves the run of this world and recorder. Loads the state that it goes on from, if there is one, and returns
  /// the ticks simulated, else 0: the automatic state that has come furthest, or else the one asked for. Automatic ones that
  /// are damaged or belong to other runs are passed over with a note. Throws InputError or FileError if the one asked for
  /// cannot be used.
  std::uint32_t begin(const StateIdentity& identity, World& world, Recorder& recorder, const Notes& notes);

  /// Saves what is due after a tick; `ticks` are simulated. Throws FileError, which names the state that stands.
  void after_tick(std::uint32_t ticks, bool last);
  /// Saves before a stopped run ends.
  void save_now(std::uint32_t ticks);

  /// Removes part files that a killed process left.
  void remove_parts() const;
  /// Removes the automatic states: the complete result has no need of them.
  void remove(const Notes& notes) const;
  /// Of the states asked for, a name that is not there; empty if all are.
  std::string missing() const;
  /// Whether there are automatic states.
  bool left_over() const;
  /// How long the run has waited for all this.
  double seconds() const { return seconds_; }

 private:
  struct Kept {
    double days;  ///< since the scenario's start
    std::string path;
    bool done;
  };
  std::unique_ptr<StateFile> find(const Notes& notes);
  std::unique_ptr<StateFile> open_from() const;
  void save(const std::string& path, std::uint32_t ticks, bool in_background);
  bool hold(StateImage& image);
  void write(const StateImage& image, const std::string& path);

  std::string newest_, previous_, from_;
  double every_seconds_;
  Time time_;
  std::vector<Kept> kept_;
  Saver& saver_;
  StateIdentity identity_;
  std::function<void(Archive&)> visit_;
  int threads_ = 1;
  AlignedBuffer held_;             ///< copy of the state that is being written; kept, as fresh memory costs more than the copy
  double last_ = 0, seconds_ = 0;  ///< when the last save began, on the steady clock; time waited
  // The writer thread's while it works, else ours.
  bool newest_is_good_ = false;
  std::uint32_t newest_ticks_ = 0;  ///< simulated in it
  std::string stands_;              ///< date of the last good automatic state
};

}  // namespace spillway
