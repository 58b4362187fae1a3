#include "run/states.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <new>

#include "base/error.hpp"
#include "model/state.hpp"
#include "model/validate.hpp"
#include "run/machine_memory.hpp"
#include "run/run.hpp"
#include "run/state_identity.hpp"
#include "store/file_kind.hpp"

namespace spillway {

namespace {
namespace fs = std::filesystem;

double now_seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

std::string date_after(const Time& time, std::uint32_t ticks) {
  return to_text(Date{time.start.days + static_cast<std::int32_t>(std::floor(ticks * tick_days(time)))});
}
}  // namespace

std::string stem_of(const std::string& result) { return result.ends_with(".h5") ? result.substr(0, result.size() - 3) : result; }

void run_state(Archive& archive, World& world, Recorder& recorder) {
  world_state(archive, world);
  recorder.state(archive);
}

States::States(const std::string& result, const Scenario& scenario, const RunOptions& options, Saver& saver)
    : newest_(stem_of(result) + ".state"),
      previous_(newest_ + ".previous"),
      from_(options.from),
      every_seconds_(options.state_every_seconds),
      time_(scenario.time),
      saver_(saver),
      last_(now_seconds()) {
  for (const Date date : options.save_states) {
    if (date <= time_.start || date > time_.end)
      throw InputError("--save-state " + to_text(date) + ": the run has states after " + to_text(time_.start) + " and until " +
                       to_text(time_.end));
    kept_.push_back({static_cast<double>(date.days - time_.start.days), stem_of(result) + "-" + to_text(date) + ".state", false});
  }
}

std::unique_ptr<StateFile> States::find(const Notes& notes) {
  std::vector<std::unique_ptr<StateFile>> usable;
  std::string refused;
  const auto refuse = [&](const std::string& what) { refused += (refused.empty() ? "" : "; ") + what; };
  for (const std::string& path : {newest_, previous_}) {
    if (!is_there(path)) continue;
    try {
      auto file = std::make_unique<StateFile>(path);
      const std::string reason = mismatch(file->identity(), identity_, EndDate::same);
      if (reason.empty())
        usable.push_back(std::move(file));
      else
        refuse(path + " is not used: " + reason);
    } catch (const FileError& error) {
      refuse(error.what());
    }
  }
  std::stable_sort(usable.begin(), usable.end(), [](const auto& a, const auto& b) { return a->identity().ticks > b->identity().ticks; });
  for (auto& file : usable) try {
      file->verify();
      stands_ = file->identity().date;
      newest_is_good_ = file->path() == newest_;
      newest_ticks_ = file->identity().ticks;
      notes("going on from " + file->path() + " (" + stands_ + ")" + (refused.empty() ? "" : "; " + refused));
      return std::move(file);
    } catch (const FileError& error) {
      refuse(error.what());
    }
  if (!refused.empty()) notes("starting over: " + refused);
  return from_.empty() ? nullptr : open_from();
}

std::unique_ptr<StateFile> States::open_from() const {
  auto file = std::make_unique<StateFile>(from_);
  const std::string reason = mismatch(file->identity(), identity_, EndDate::free);
  if (!reason.empty()) throw InputError("--from " + from_ + ": " + reason);
  if (file->identity().ticks > tick_count(time_))
    throw InputError("--from " + from_ + ": it stands at " + file->identity().date + ", after time.end (" + to_text(time_.end) + ")");
  file->verify();
  return file;
}

std::uint32_t States::begin(const StateIdentity& identity, World& world, Recorder& recorder, const Notes& notes) {
  identity_ = identity;
  threads_ = world.threads;
  visit_ = [&](Archive& archive) { run_state(archive, world, recorder); };
  std::uint32_t ticks = 0;
  if (const auto file = find(notes)) {
    file->load(visit_);
    ticks = file->identity().ticks;
  }
  for (Kept& kept : kept_) {
    kept.done = ticks > 0 && ticks * tick_days(time_) >= kept.days;
    if (kept.done && !is_there(kept.path)) notes(kept.path + " is not written: the run goes on from a later date; --force starts over");
  }
  last_ = now_seconds();
  return ticks;
}

void States::write(const StateImage& image, const std::string& path) {
  const bool automatic = path == newest_;
  try {
    image.write(path, automatic && newest_is_good_ ? previous_ : "");
  } catch (const FileError& error) {
    const std::string standing =
        stands_.empty() ? "no state was saved before" : "the state of " + stands_ + " stands, and the same command goes on from it";
    throw FileError(std::string(error.what()) + "; " + standing);
  }
  if (!automatic) return;
  newest_is_good_ = true;
  newest_ticks_ = image.identity().ticks;
  stands_ = image.identity().date;
}

bool States::hold(StateImage& image) {
  if (image.bytes() > held_.size() + machine_memory().available / 2) return false;  // half: chosen, others need memory too
  try {
    image.hold(held_, threads_);
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

// The copy lets ticks and disk work at the same time. Where there is no memory for it, the run waits for the disk.
void States::save(const std::string& path, std::uint32_t ticks, bool in_background) {
  const double start = now_seconds();
  saver_.finish();
  identity_.ticks = ticks;
  identity_.date = date_after(time_, ticks);
  const auto image = std::make_shared<StateImage>(identity_, visit_);
  if (in_background && hold(*image)) {
    saver_.start([this, image, path] {
      write(*image, path);
      held_.offer();
    });
  } else {
    write(*image, path);
  }
  seconds_ += now_seconds() - start;
}

void States::after_tick(std::uint32_t ticks, bool last) {
  for (Kept& kept : kept_)
    if (!kept.done && ticks * tick_days(time_) >= kept.days) {
      save(kept.path, ticks, true);
      kept.done = true;
    }
  if (last || now_seconds() - last_ < every_seconds_) return;
  if (every_seconds_ > 0 && !saver_.idle()) return;  // with 0 every tick has its state, whatever the disk takes
  last_ = now_seconds();
  save(newest_, ticks, true);
}

void States::save_now(std::uint32_t ticks) {
  saver_.finish();
  if (!newest_is_good_ || newest_ticks_ != ticks) save(newest_, ticks, false);
}

void States::remove_parts() const {
  std::error_code ignored;  // what cannot be removed is overwritten later
  fs::remove(newest_ + ".part", ignored);
  for (const Kept& kept : kept_) fs::remove(kept.path + ".part", ignored);
}

void States::remove(const Notes& notes) const {
  for (const std::string& path : {previous_, newest_}) {
    std::error_code failed;
    fs::remove(path, failed);
    if (failed) notes("cannot remove " + path + ": " + failed.message() + "; it is of no more use");
  }
}

bool States::left_over() const { return is_there(newest_) || is_there(previous_); }

std::string States::missing() const {
  for (const Kept& kept : kept_)
    if (!is_there(kept.path)) return kept.path;
  return {};
}

}  // namespace spillway
