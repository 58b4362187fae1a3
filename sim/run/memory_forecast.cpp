#include "run/memory_forecast.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "model/panel.hpp"
#include "model/policy.hpp"
#include "model/tally.hpp"
#include "model/validate.hpp"
#include "observe/observables.hpp"

namespace spillway {

namespace {
constexpr std::uint64_t program_bytes = 30'000'000;  // measured: peak of a run of 2,000 users with two threads
constexpr std::uint64_t bytes_per_thread = 120'000;  // lanes, tally, stack; measured: 128 threads take 15 MB more than one
constexpr std::uint64_t huge_page = std::uint64_t{2} << 20;
// Recorded values stand in the recorder and, compressed, in the file's image. Measured: with a panel of 10,000 users through history and
// of 400,000 for six weeks 1.9 times their bytes, with three snapshots of 1,000,000 users 1.6 times.
constexpr std::uint64_t recorded_percent = 190;
constexpr double most_changes = 0.02;  // of the users join or leave in one tick; measured in history.yaml: 0.0086
constexpr std::uint64_t bytes_per_change = 2 * sizeof(StatusChange);  // a list that grows may have twice the room it needs
constexpr double usable = 0.95;                                       // of the memory; chosen: the system needs the rest

std::uint64_t kept(std::uint64_t bytes) { return bytes * recorded_percent / 100; }

void add_world_extras(const Scenario& s, int threads, std::vector<MemoryPart>& parts) {
  const std::uint64_t users = s.population.users, platforms = s.platforms.size();
  const double changes = most_changes * static_cast<double>(users);
  parts.push_back({"lists of changes", "joins and exits", static_cast<std::uint64_t>(changes), bytes_per_change});
  // A large column is rounded up to whole pages: half of one on the mean.
  std::uint64_t large = 0;
  for (const ColumnRow& row : column_table)
    if (row.needed(s) && users * cell_bytes(cell_of(s, row, 0)) >= huge_page) large += row.per_platform ? platforms : 1;
  if (large > 0) parts.push_back({"rounding", "columns", large, huge_page / 2});
  parts.push_back({"working space", "threads", static_cast<std::uint64_t>(threads), bytes_per_thread});
}

void add_recorded(const Scenario& s, const std::vector<MemoryPart>& world, std::vector<MemoryPart>& parts) {
  const std::uint64_t users = s.population.users, platforms = s.platforms.size(), rows = recorded_rows(s);
  const std::uint64_t segments = 1 + s.population.segments.size();
  const std::uint64_t values = (observable_table().size() * segments + policy_rows().size()) * platforms;
  constexpr std::uint64_t hash_text_bytes = 64;  // sixteen digits as a string of its own
  parts.push_back({"series", "rows", rows, kept(values * sizeof(double) + hash_text_bytes * column_count * platforms)});
  const std::uint64_t panel = std::min<std::uint64_t>(s.record.panel.users, users);
  const std::uint64_t panel_cell = sizeof(PanelRows::status[0]) + 5 * sizeof(PanelRows::habit[0]);
  const std::uint64_t of_user = platforms * panel_cell + sizeof(PanelRows::outside_share[0]);
  if (panel > 0) parts.push_back({"panel", "users and rows", panel * rows, kept(of_user)});
  std::uint64_t columns = 3 * platforms;  // packed columns are written field by field
  for (const MemoryPart& part : world)
    if (part.of == "users") columns += part.each;
  if (!s.record.snapshots.empty())
    parts.push_back(
        {fmt::format("snapshots ({})", s.record.snapshots.size()), "users in them", users, kept(columns * s.record.snapshots.size())});
  const std::uint64_t copied = panel * rows * of_user + users * columns * s.record.snapshots.size();
  if (copied > 0) parts.push_back({"copy being written", "panel and snapshots of a long run", 1, copied});
}

/// Users who fit, in two digits; 0 if not even few do.
std::uint32_t users_that_fit(Scenario s, int threads, double most) {
  const auto fits = [&](std::uint32_t users) {
    s.population.users = users;
    return static_cast<double>(forecast_memory(s, threads).bytes()) <= most;
  };
  std::uint32_t good = 0, bad = s.population.users;
  while (bad - good > 1) {
    const std::uint32_t middle = good + (bad - good) / 2;
    (fits(middle) ? good : bad) = middle;
  }
  std::uint32_t unit = 1;
  while (good / unit >= 100) unit *= 10;
  return good / unit * unit;
}

/// "731,000,000 users x 26 bytes = 19 GB + supplier slots 1.5 GB + 0.3 GB = 21 GB": the users' columns in one product.
std::string arithmetic(const MemoryForecast& forecast) {
  if (forecast.reading > total_bytes(forecast.parts))
    return fmt::format("reading the contact network and the program take {}", bytes_text(forecast.bytes()));
  std::uint64_t users = 0, each = 0, named = 0;
  std::string others;
  for (const MemoryPart& part : forecast.parts) {
    if (part.of == "users") {
      users = part.count;
      each += part.each;
    } else if (part.bytes() * 100 >= forecast.bytes()) {
      others += fmt::format(" + {} {}", part.name, bytes_text(part.bytes()));
      named += part.bytes();
    }
  }
  const std::uint64_t rest = forecast.bytes() - users * each - named;
  return fmt::format("{} users x {} bytes = {}{} + {} for everything else = {}", grouped(users), each, bytes_text(users * each), others,
                     bytes_text(rest), bytes_text(forecast.bytes()));
}
}  // namespace

std::uint64_t MemoryForecast::bytes() const { return std::max(total_bytes(parts), reading); }

MemoryForecast forecast_memory(const Scenario& s, int threads, const std::optional<GraphMemory>& graph) {
  MemoryForecast forecast{world_memory(s, graph ? max_contacts : 0), 0, 0};
  forecast.world = total_bytes(forecast.parts) + (graph ? graph->held : 0);
  std::vector<MemoryPart> more;
  add_world_extras(s, threads, more);
  if (graph) {
    more.push_back({"contact network", "file", 1, graph->held});
    forecast.reading = graph->reading + program_bytes;
  }
  add_recorded(s, forecast.parts, more);
  more.push_back({"the program itself", "process", 1, program_bytes});
  forecast.parts.insert(forecast.parts.end(), more.begin(), more.end());
  return forecast;
}

void refuse_unless_fits(const Scenario& s, int threads, const std::optional<GraphMemory>& graph, const MachineMemory& machine) {
  const MemoryForecast forecast = forecast_memory(s, threads, graph);
  const double most = usable * static_cast<double>(machine.bytes);
  if (static_cast<double>(forecast.bytes()) <= most) return;
  const std::uint32_t fitting = graph ? 0 : users_that_fit(s, threads, most);
  const std::string smaller = graph         ? "use a smaller contact network"
                              : fitting > 0 ? fmt::format("lower population.users (--users {})", fitting)
                                            : "record fewer panel users";
  throw InputError(fmt::format("the run does not fit into memory: {}; {} {}, of which {} may be used; {} or use a larger machine",
                               arithmetic(forecast), machine.who, bytes_text(machine.bytes), bytes_text(static_cast<std::uint64_t>(most)),
                               smaller));
}

std::string memory_warning(const MemoryForecast& forecast, const MachineMemory& machine) {
  if (forecast.bytes() <= machine.available) return {};
  return fmt::format(
      "warning: the run needs {} of memory and {} are free now: it may be slow or be ended by the system; end other programs or lower "
      "--users",
      bytes_text(forecast.bytes()), bytes_text(machine.available));
}

std::string bytes_text(std::uint64_t bytes) {
  constexpr const char* units[] = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
  double value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; value >= 999.5; value /= 1000) ++unit;
  const bool tenths = unit > 0 && value < (unit > 2 ? 99.95 : 9.95);  // of a gigabyte: they decide whether a run fits
  return fmt::format("{:.{}f} {}", value, tenths ? 1 : 0, units[unit]);
}

std::string grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3) text.insert(static_cast<std::size_t>(at), ",");
  return text;
}

}  // namespace spillway
