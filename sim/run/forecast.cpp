#include "run/forecast.hpp"

#include <fmt/format.h>

#include "model/validate.hpp"

namespace spillway {

namespace {
double contacts_per_user(const GraphMemory& graph, double users) {
  return (static_cast<double>(graph.held) / users - sizeof(Graph::first[0])) / sizeof(Graph::neighbour[0]);
}

std::string threads_text(int threads) { return fmt::format("{} thread{}", threads, threads == 1 ? "" : "s"); }
}  // namespace

std::string duration_text(double seconds) {
  if (seconds < 1.0) return "less than a second";
  const auto about = [](double x, const char* unit) { return fmt::format("about {:.{}f} {}", x, x < 9.95 ? 1 : 0, unit); };
  if (seconds < 90) return about(seconds, "seconds");
  if (seconds < 90 * 60) return about(seconds / 60, "minutes");
  return seconds < 48 * 3600 ? about(seconds / 3600, "hours") : about(seconds / 86400, "days");
}

Forecast forecast_run(const LoadedScenario& loaded, int threads) {
  const Scenario& s = loaded.scenario;
  Forecast forecast;
  if (s.contacts.kind == ContactsKind::file) forecast.graph = graph_memory(loaded.contacts_path, s.population.users);
  forecast.machine = machine_memory();
  refuse_unless_fits(s, threads, forecast.graph, forecast.machine);
  forecast.memory = forecast_memory(s, threads, forecast.graph);
  forecast.threads = threads;
  forecast.users = s.population.users;
  forecast.ticks = tick_count(s.time);
  return forecast;
}

void add_time(const LoadedScenario& loaded, Forecast& forecast) {
  const double contacts = forecast.graph ? contacts_per_user(*forecast.graph, forecast.users) : 0.0;
  forecast.trial = timed_trial(loaded.scenario, forecast.threads, contacts);
  forecast.result_bytes = forecast.trial.result_bytes + 2 * loaded.source_text.size();  // as given, and with all defaults
}

std::string forecast_line(const Forecast& f) {
  return fmt::format("needs {} of memory and {} here ({}); the result takes {}", bytes_text(f.memory.bytes()), duration_text(f.seconds()),
                     threads_text(f.threads), bytes_text(f.result_bytes));
}

std::string memory_text(const MemoryForecast& forecast) {
  std::string text;
  const auto row = [&](const std::string& name, const std::string& product, std::uint64_t bytes) {
    text += fmt::format("  {:<30}{:<44}{:>10}\n", name, product, bytes_text(bytes));
  };
  std::uint64_t users = 0, each = 0;
  const auto close_users = [&] {
    if (each > 0) row("  columns of all users", fmt::format("{} users x {} bytes", grouped(users), each), users * each);
    each = 0;
  };
  for (const MemoryPart& part : forecast.parts) {
    if (part.of == "users") {
      users = part.count;
      each += part.each;
    } else {
      close_users();
    }
    const bool one = part.count == 1;
    row(part.name, one ? "" : fmt::format("{} {} x {} byte{}", grouped(part.count), part.of, grouped(part.each), part.each == 1 ? "" : "s"),
        part.bytes());
  }
  if (forecast.reading > total_bytes(forecast.parts)) row("while the contacts are read", "", forecast.reading);
  row("in all", "", forecast.bytes());
  return text;
}

std::string forecast_text(const Forecast& f) {
  const double per_user = static_cast<double>(f.memory.world) / f.users;
  std::string text = forecast_line(f) + fmt::format("\n\nmemory: {:.1f} bytes per user in the simulated world\n", per_user);
  text += memory_text(f.memory);
  text += fmt::format("  {} {}, and {} are free now\n", f.machine.who, bytes_text(f.machine.bytes), bytes_text(f.machine.available));
  text +=
      fmt::format("\ntime, from trials with up to {} users and all ticks that took {:.2f} s\n", grouped(f.trial.users), f.trial.seconds);
  text += fmt::format("  {:<30}{:<44}{:>8.1f} s\n", "build", fmt::format("{} users x {:.1f} ns", grouped(f.users), f.trial.build_ns),
                      f.build_seconds());
  text +=
      fmt::format("  {:<30}{:<44}{:>8.1f} s\n", "ticks",
                  fmt::format("{} ticks x {} users x {:.1f} ns", grouped(f.ticks), grouped(f.users), f.trial.tick_ns), f.tick_seconds());
  if (f.graph) text += "  reading the contact network comes on top\n";
  text += fmt::format("  {:<30}{:<44}{:>8.1f} s\n", "result", bytes_text(f.result_bytes), f.trial.write_seconds);
  return text;
}

}  // namespace spillway
