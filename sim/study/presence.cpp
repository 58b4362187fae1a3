#include "study/presence.hpp"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "input/source.hpp"
#include "run/provenance.hpp"
#include "store/commit.hpp"

namespace spillway {

namespace {
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds renewed_every{5};  // chosen: a cluster's file system does not notice it
constexpr double alive_for = 60;                  // s; chosen: a node whose disk is busy may be late a few times
constexpr double kept_for = 86400;                // s
constexpr std::size_t largest_note = 1U << 20;

double age_of(const fs::path& path) {
  struct stat file = {};
  if (::stat(path.c_str(), &file) != 0) return 0;
  return std::difftime(std::time(nullptr), file.st_mtime);
}

// A killed process leaves its note. Of another host's only its age tells; here the system knows at once.
bool is_gone(const WorkerProcess& worker) {
  return worker.host == host_name() && ::kill(static_cast<pid_t>(worker.pid), 0) != 0 && errno == ESRCH;
}
}  // namespace

Presence::Presence(const SweepFolder& folder, std::string part)
    : stem_(folder.running() + "/" + host_name() + "-" + std::to_string(::getpid())), part_(std::move(part)) {
  renew({});
}

Presence::~Presence() { ::unlink((stem_ + ".json").c_str()); }

void Presence::renew(const std::vector<std::string>& in_hand) {
  const bool begins = idle_ && !in_hand.empty();
  if (written_ != Clock::time_point{} && !begins && Clock::now() - written_ < renewed_every) return;
  idle_ = in_hand.empty();
  written_ = Clock::now();
  const nlohmann::ordered_json json{{"host", host_name()}, {"pid", ::getpid()}, {"part", part_}, {"in_hand", in_hand}};
  const std::string text = json.dump() + "\n";
  try {
    place_file(stem_ + ".json", std::as_bytes(std::span(text)), part_file("presence"));
  } catch (const FileError&) {  // nothing depends on it
  }
}

std::vector<WorkerProcess> workers_at(const SweepFolder& folder) {
  std::vector<WorkerProcess> workers;
  std::error_code none;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder.running(), none)) {
    const double age = age_of(entry.path());
    if (age > kept_for) {
      fs::remove(entry.path(), none);
    } else if (entry.path().extension() == ".json" && age < alive_for) {
      try {
        const auto json = nlohmann::json::parse(read_file(entry.path().string(), largest_note));
        WorkerProcess worker{json.at("host"), json.at("part"), json.at("pid"), json.at("in_hand")};
        if (!is_gone(worker)) workers.push_back(std::move(worker));
      } catch (const std::exception&) {  // it ended while we looked
      }
    }
  }
  return workers;
}

}  // namespace spillway
