#include "study/sweep_folder.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "base/error.hpp"
#include "store/commit.hpp"

namespace spillway {

namespace {
namespace fs = std::filesystem;
constexpr std::uint64_t points_in_a_folder = 100;  // chosen: with tens of replicates some thousand files, as many as shared disks like

std::string record_folder(std::uint64_t point) { return fmt::format("records/{:03}", point / points_in_a_folder); }

bool is_file(const std::string& path) {
  std::error_code unknown;
  return fs::is_regular_file(path, unknown);
}

bool has_files(const std::string& path) {
  std::error_code failed;
  for (fs::recursive_directory_iterator entry(path, failed), end; !failed && entry != end; entry.increment(failed))
    if (entry->path().extension() == ".run" || entry->path().extension() == ".json") return true;
  if (failed && failed != std::errc::no_such_file_or_directory) throw file_error("look into", path, failed.value());
  return false;
}

void make_folder(const std::string& path) {
  std::error_code failed;
  fs::create_directories(path, failed);
  if (failed) throw file_error("make the folder", path, failed.value());
}
}  // namespace

std::string run_name(SweepRun run) { return fmt::format("p{:06}-r{:04}", run.point, run.replicate); }

std::string SweepFolder::record(SweepRun run) const { return file(record_folder(run.point) + "/" + run_name(run) + ".run"); }
std::string SweepFolder::failure(SweepRun run) const { return file("failed/" + run_name(run) + ".json"); }
bool SweepFolder::has_record(SweepRun run) const { return is_file(record(run)); }
bool SweepFolder::has_failure(SweepRun run) const { return is_file(failure(run)); }
bool SweepFolder::started() const { return has_files(file("records")) || has_files(file("failed")); }

void SweepFolder::make_folders(std::uint64_t points) const {
  for (std::uint64_t first = 0; first < points; first += points_in_a_folder) make_folder(file(record_folder(first)));
  make_folder(file("failed"));
  make_folder(running());
}

std::string default_sweep_folder(const std::string& study_file) { return "output/sweeps/" + fs::path(study_file).stem().string(); }

}  // namespace spillway
