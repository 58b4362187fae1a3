#include "observe/measurement.hpp"

namespace spillway {

namespace {
const PlatformMeasurement& measurement(const Sample& s, std::size_t k) { return s.world.platforms[k].live.measurement; }

double outside_accounts(const Sample& s, std::size_t k) {
  const bool any = s.segment < 0 && s.world.view.platform[k].live;
  return any ? measurement(s, k).outside_accounts : 0.0;
}

double outside_active(const Sample& s, std::size_t k) { return outside_accounts(s, k) * measurement(s, k).outside_active; }
}  // namespace

double accounts_ever(const Sample& s, std::size_t k, std::size_t) {
  const double ever = s.state_sum(Count::active, k) + s.state_sum(Count::lapsed, k);
  return s.people(ever) * measurement(s, k).accounts_per_person + outside_accounts(s, k);
}

double monthly_accounts(const Sample& s, std::size_t k, std::size_t) {
  return s.people(s.state_sum(Count::monthly_users, k)) * measurement(s, k).counted_per_user + outside_active(s, k);
}

double daily_accounts(const Sample& s, std::size_t k, std::size_t) {
  const double daily = s.state_sum(Count::daily_users, k), monthly = s.state_sum(Count::monthly_users, k);
  const double ratio = monthly > 0.0 ? daily / monthly : 0.0;
  return s.people(daily) * measurement(s, k).counted_per_user + outside_active(s, k) * ratio;
}

double broadcast_users(const Sample& s, std::size_t, std::size_t) {
  return s.people(static_cast<double>(s.state.broadcast_users) / quantum(Count::attention));
}

double surveyed_broadcast_users(const Sample& s, std::size_t, std::size_t) {
  return broadcast_users(s, 0, 0) * s.world.scenario.survey.other_providers;
}

}  // namespace spillway
