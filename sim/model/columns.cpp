#include "model/columns.hpp"

#include <algorithm>
#include <cmath>

#include "model/policy.hpp"

namespace spillway {

bool people_arrive(const Scenario& s) { return s.population.people.points.size() > 1; }
bool has_contacts(const Scenario& s) { return s.contacts.kind != ContactsKind::mixing; }
bool has_suppliers(const Scenario& s) { return s.suppliers.count > 0 || s.suppliers.per_user > 0; }
bool has_habit(const Scenario& s) { return s.habit.strength > 0 || s.habit.friends_feed_strength > 0 || s.exit.disuse_churn > 0; }
bool has_supply(const Scenario& s) { return has_suppliers(s) && s.utility.supply > 0; }
bool has_drag(const Scenario& s) { return has_suppliers(s) && s.cross_promotion.drag_rate > 0 && s.platforms.size() > 1; }
bool has_follows(const Scenario& s) { return has_supply(s) || has_drag(s); }
bool has_recency(const Scenario& s) { return s.adoption.recency_weight > 0; }
bool has_threshold(const Scenario& s) { return std::isfinite(s.exit.threshold_delay); }

bool has_irritation(const Scenario& s) {
  if (s.ad_response.stock_nuisance <= 0) return false;
  for (const auto& timelines : policy_timelines(s))
    for (std::size_t p = 0; p < timelines.size(); ++p)
      if (policy_rows()[p].name == "ads.load" && (timelines[p].at(0.0) > 0 || !timelines[p].constant())) return true;
  return false;
}

std::uint32_t supplier_count(const Scenario& s) {
  if (!has_suppliers(s)) return 0;
  if (s.suppliers.count > 0) return s.suppliers.count;
  return std::max(1U, static_cast<std::uint32_t>(std::floor(s.suppliers.per_user * s.population.users)));
}

namespace {
bool always(const Scenario&) { return true; }
bool recency_by_contact(const Scenario& s) { return has_recency(s) && has_contacts(s); }
bool threshold_by_contact(const Scenario& s) { return has_threshold(s) && has_contacts(s); }
}  // namespace

const std::array<ColumnRow, column_count> column_table{{
    {Column::online, "online", false, Storage::byte, 1, people_arrive, "1 once the person has come online"},
    {Column::degree, "degree", false, Storage::counter, 1, has_contacts, "contacts who are online"},
    {Column::status, "status", true, Storage::byte, 1, always, "0 never a member, 1 active, 2 lapsed"},
    {Column::join_time, "join_time", true, Storage::half, join_time_unit, always,
     "middle of the joining tick, in half days since 512 days before the start"},
    {Column::habit, "habit", true, Storage::stock, habit_unit, has_habit, "moving average of the attention share"},
    {Column::irritation, "irritation", true, Storage::stock, irritation_unit, has_irritation, "stock of ad nuisance"},
    {Column::supply, "supply", true, Storage::stock, supply_unit, has_supply, "moving average of what followed suppliers post"},
    {Column::recency, "recency", true, Storage::half, 1.0 / 128.0, recency_by_contact, "decaying number of contacts who joined lately"},
    {Column::contacts_active, "contacts_active", true, Storage::counter, 1, has_contacts, "contacts who are members now"},
    {Column::contacts_ever, "contacts_ever", true, Storage::counter, 1, threshold_by_contact, "contacts who were ever members"},
    {Column::follows, "follows", true, Storage::byte, 1, has_follows, "one bit for each supplier slot that is followed"},
}};

const ColumnRow& row_of(Column column) { return column_table[static_cast<std::size_t>(column)]; }

}  // namespace spillway
