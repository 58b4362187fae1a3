#include "cli/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace spillway {

namespace {
constexpr double on_terminal = 0.1, elsewhere = 10.0;  // seconds between lines
constexpr int width = 24;                              // of the bar

std::string duration(double seconds) {
  const auto s = static_cast<long>(seconds + 0.5);
  if (s < 60) return fmt::format("{} s", s);
  if (s < 3600) return fmt::format("{} min {:02} s", s / 60, s % 60);
  return fmt::format("{} h {:02} min", s / 3600, s % 3600 / 60);
}
}  // namespace

ProgressLine::ProgressLine(bool quiet) : quiet_(quiet), terminal_(isatty(STDERR_FILENO) != 0), next_(terminal_ ? 0.0 : elsewhere) {}

void ProgressLine::show(const Progress& p) {
  show(p.seconds, to_text(p.date), p.done, fmt::format("{:.1f} million user-ticks/s", p.user_ticks_per_second / 1e6), p.seconds_left);
}

void ProgressLine::show(double seconds, const std::string& where, double done, const std::string& rest, double seconds_left) {
  if (quiet_ || seconds < next_) return;
  next_ = seconds + (terminal_ ? on_terminal : elsewhere);
  shown_ = true;
  if (!terminal_) {
    fmt::print(stderr, "{} ({:.0f} %), {}, {} left\n", where, 100 * done, rest, duration(seconds_left));
    return;
  }
  const int filled = static_cast<int>(done * width);
  fmt::print(stderr, "\r[{:=<{}}{: <{}}] {} {:3.0f} %, {}, {} left \033[K", "", filled, "", width - filled, where, 100 * done, rest,
             duration(seconds_left));
  std::fflush(stderr);
}

void ProgressLine::finish() {
  if (terminal_ && shown_) fmt::print(stderr, "\r\033[K");
  shown_ = false;
  next_ = terminal_ ? 0.0 : elsewhere;  // for the next piece of work
}

}  // namespace spillway
