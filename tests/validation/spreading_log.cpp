#include "validation/spreading_log.hpp"

#include <algorithm>
#include <cmath>

#include "support/runs.hpp"

namespace spillway::validation {

namespace {
constexpr int days_per_month = 30;

std::size_t cell_of(double share) { return std::min(share_steps, static_cast<std::size_t>(std::ceil(share * share_steps))); }

void add(Cell& cell, double x, bool event) {
  constexpr double day = 1.0 / days_per_year;
  cell.exposure += x * day;
  cell.years += day;
  cell.events += event ? 1.0 : 0.0;
}

void add(Cell& to, const Cell& from) {
  to.exposure += from.exposure;
  to.years += from.years;
  to.events += from.events;
}

/// Reads everybody at the start of a day and once more at its end.
class Observer {
 public:
  explicit Observer(const World& world)
      : users_(world.view.users),
        status_(world, UserField::status, 0),
        active_(world, UserField::contacts_active, 0),
        ever_(world, UserField::contacts_ever, 0),
        degree_(world, UserField::degree, -1),
        before_(users_),
        share_(users_),
        deserted_(users_) {}

  void morning() {
    for (std::uint32_t i = 0; i < users_; ++i) {
      const double active = active_(i);
      before_[i] = status_(i);
      share_[i] = active / std::max(1.0, degree_(i));
      deserted_[i] = ever_(i) > active ? 1.0 : 0.0;
    }
  }

  void evening(std::vector<Cell>& adopting, std::vector<Cell>& leaving, std::vector<Cell>& deserted) const {
    for (std::uint32_t i = 0; i < users_; ++i) {
      if (before_[i] == 2.0) continue;  // who gave up and may come back is neither new nor a member
      const bool member = before_[i] == 1.0, event = status_(i) != before_[i];
      add((member ? leaving : adopting)[cell_of(share_[i])], share_[i], event);
      if (member) add(deserted[deserted_[i] > 0.0 ? 1 : 0], deserted_[i], event);
    }
  }

 private:
  std::uint32_t users_;
  FieldReader status_, active_, ever_, degree_;
  std::vector<double> before_, share_, deserted_;
};
}  // namespace

std::vector<Cell> SpreadingLog::by_share(const std::vector<std::vector<Cell>>& months) {
  std::vector<Cell> cells(share_steps + 1);
  for (const auto& month : months)
    for (std::size_t c = 0; c < cells.size(); ++c) add(cells[c], month[c]);
  return cells;
}

std::vector<Cell> SpreadingLog::by_month(const std::vector<std::vector<Cell>>& months, bool only_without_contacts) {
  std::vector<Cell> cells;
  for (std::size_t m = 0; m < months.size(); ++m) {
    Cell all;
    for (std::size_t c = 0; c < (only_without_contacts ? 1 : share_steps + 1); ++c) add(all, months[m][c]);
    all.exposure = all.years * (static_cast<double>(m) + 0.5) * days_per_month / days_per_year;
    cells.push_back(all);
  }
  return cells;
}

SpreadingLog observe_spreading(const Scenario& scenario, int months) {
  testing::Run run(scenario);
  Observer observer(*run.world);
  SpreadingLog log{{}, {}, std::vector<Cell>(2)};
  for (int m = 0; m < months; ++m) {
    log.adopting.emplace_back(share_steps + 1);
    log.leaving.emplace_back(share_steps + 1);
    for (int day = 0; day < days_per_month; ++day) {
      observer.morning();
      run.tick();
      observer.evening(log.adopting.back(), log.leaving.back(), log.deserted);
    }
  }
  return log;
}

RateCurve slope_within_months(const std::vector<std::vector<Cell>>& months) {
  double numerator = 0.0, denominator = 0.0, noise = 0.0;
  for (const auto& month : months) {
    Cell all;
    for (const Cell& cell : month) add(all, cell);
    if (all.years == 0.0) continue;
    for (const Cell& cell : month) {
      if (cell.years == 0.0) continue;
      const double apart = cell.exposure / cell.years - all.exposure / all.years;
      numerator += apart * (cell.events - cell.years * all.events / all.years);
      denominator += apart * apart * cell.years;
      noise += apart * apart * cell.events;
    }
  }
  return {{numerator / denominator}, {std::sqrt(noise) / denominator}, 0.0};
}

}  // namespace spillway::validation
