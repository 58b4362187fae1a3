// Each call that writes fails once, or from then on: one line, exit code 3, and the same command then ends as if nothing was.
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include "faults/program.hpp"

using namespace spillway;
using test::FaultyRun;

namespace {
struct Fault {
  const char* name;
  int error;  ///< 0: writes and reads stop half way
  bool on;    ///< every later call too
};

struct Call {
  std::string name, path;
};

std::vector<Call> calls_of(const FaultyRun& run, const std::string& environment) {
  std::filesystem::remove(run.log());
  run(environment);
  std::vector<Call> calls;
  std::ifstream log(run.log());
  for (Call call; log.ignore(20, ' ') >> call.name >> call.path;) calls.push_back(call);
  return calls;
}

std::string environment(const FaultyRun& run, std::size_t at, const Fault& fault) {
  return "LD_PRELOAD=" SPILLWAY_FAIL_CALL " FAIL_FOLDER=" + run.folder() + " FAIL_LOG=" + run.log() + " FAIL_AT=" + std::to_string(at) +
         " FAIL_ERRNO=" + std::to_string(fault.error) + " FAIL_ON=" + (fault.on ? "1" : "0");
}

/// Where a failure changes nothing that the user asked for: what is no longer needed stays, what was only read is closed. HDF5
/// looks at an existing result before it makes a new one in memory, and opens what it reads back twice.
bool harmless(const Call& call, const Fault& fault) {
  if (fault.error == 0 || call.name == "unlink" || call.name == "close-back" || call.path.ends_with(".lock")) return true;
  if (call.path.ends_with(".h5") && (call.name == "open" || call.name == "close")) return true;
  if (call.path.ends_with(".h5.part") && call.name == "open-back") return true;
  return fault.error == EINTR && !fault.on && call.name != "rename" && !call.name.starts_with("fsync");
}

void check_outcome(const FaultyRun::Ended& ended, const Call& call, const Fault& fault) {
  const bool may_pass = harmless(call, fault);
  CHECK((ended.code == 3 || (may_pass && ended.code == 0)));
  if (ended.code != 3) return;
  CHECK(ended.err.starts_with("spillway: "));
  CHECK(std::count(ended.err.begin(), ended.err.end(), '\n') == 1);
  const auto says = [&](const char* text) { return ended.err.find(text) != std::string::npos; };
  CHECK((says(std::strerror(fault.error)) || (call.name == "read-back" && says("reads back differently"))));
}

/// Every call in turn, or one in `stride`; `expected` is the digest of the undisturbed run. Returns the number of calls.
std::size_t fail_each(const FaultyRun& run, const Fault& fault, const std::string& expected, std::size_t stride) {
  const std::vector<Call> calls = calls_of(run, environment(run, 0, fault));
  run.clear();
  for (std::size_t at = 1; at <= calls.size(); at += stride) {
    const Call& call = calls[at - 1];
    INFO(fault.name << (fault.on ? " from" : " at") << " call " << at << " of " << calls.size() << ": " << call.name << " " << call.path);
    const FaultyRun::Ended ended = run(environment(run, at, fault));
    INFO("exit code " << ended.code << ", said: " << ended.err);
    check_outcome(ended, call, fault);
    CHECK(run.unreadable().empty());
    CHECK(run().code == 0);
    CHECK(run.digest() == expected);
    run.clear();
  }
  return calls.size();
}

void campaign(const std::string& options, const std::vector<Fault>& faults, std::size_t stride = 1) {
  const FaultyRun run(test::memory_folder(), options);
  REQUIRE(run().code == 0);
  const std::string expected = run.digest();
  run.clear();
  for (const Fault& fault : faults) {
    const std::size_t calls = fail_each(run, fault, expected, stride);
    CHECK(calls > 50);
  }
}

const std::string three_ticks = test::tiny + " --set time.end=2009-09-01 --save-every 0 --save-state 2009-08-20";
}  // namespace

TEST_CASE("faults: every call that writes fails once", "[faults]") { campaign(three_ticks, {{"EIO", EIO, false}}); }

TEST_CASE("faults: calls that write fail from then on", "[faults]") { campaign(three_ticks, {{"ENOSPC", ENOSPC, true}}, 3); }

TEST_CASE("faults: calls that do half of what they were asked for do no harm", "[faults]") {
  const FaultyRun run(test::memory_folder(), three_ticks + " --users 400000");
  REQUIRE(run().code == 0);
  const std::string expected = run.digest();
  run.clear();
  const Fault half{"a half-done call", 0, true};
  CHECK(run(environment(run, 1, half)).code == 0);
  CHECK(run.digest() == expected);
  CHECK(StateFile(run.folder() + "/x-2009-08-20.state").verify() != 0);
}

TEST_CASE("faults: every error at every call, small and large states", "[.long][faults]") {
  const std::vector<Fault> all{
      {"EIO", EIO, false},          {"EIO", EIO, true},       {"ENOSPC", ENOSPC, false}, {"ENOSPC", ENOSPC, true},
      {"EDQUOT", EDQUOT, false},    {"EDQUOT", EDQUOT, true}, {"EINTR", EINTR, false},   {"a half-done call", 0, false},
      {"a half-done call", 0, true}};
  campaign(three_ticks, all);
  campaign(three_ticks + " --users 400000", {{"EIO", EIO, false}, {"a half-done call", 0, true}});
}
