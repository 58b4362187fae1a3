#include "model/columns.hpp"

#include <algorithm>
#include <cmath>

#include "model/policy.hpp"

namespace spillway {

bool people_arrive(const Scenario& s) { return s.population.people.points.size() > 1; }
bool has_contacts(const Scenario& s) { return s.contacts.kind != ContactsKind::mixing; }
bool has_suppliers(const Scenario& s) { return s.suppliers.count > 0 || s.suppliers.per_user > 0; }
// Habit moves attention, keeps members from disuse, and makes the loyal complain.
bool has_habit(const Scenario& s) {
  const bool complains = has_voice(s) && s.voice.loyalty > 0;
  return s.habit.strength > 0 || s.habit.friends_feed_strength > 0 || s.exit.disuse_churn > 0 || complains;
}
bool has_supply(const Scenario& s) { return has_suppliers(s) && s.utility.supply > 0; }
bool has_drag(const Scenario& s) { return has_suppliers(s) && s.cross_promotion.drag_rate > 0 && s.platforms.size() > 1; }
bool has_follows(const Scenario& s) { return has_supply(s) || has_drag(s); }
bool suppliers_decide(const Scenario& s) { return has_follows(s) && s.suppliers.behaviour == SupplierBehaviour::adaptive; }
bool has_recency(const Scenario& s) { return s.adoption.recency_weight > 0; }
bool has_threshold(const Scenario& s) { return std::isfinite(s.exit.threshold_delay); }

bool has_voice(const Scenario& s) { return s.voice.complaint_rate > 0; }
bool has_irritation(const Scenario& s) {
  const bool ads = s.ad_response.stock_nuisance > 0 && (ever_positive(s, "ads.load") || ever_positive(s, "ads.climb"));
  return ads || (has_voice(s) && s.voice.insult > 0);
}
bool has_currency(const Scenario& s) {
  const SocialCurrency& c = s.social_currency;
  return (c.value > 0 || c.loyalty > 0) && (c.sharing > 0 || ever_positive(s, "reward_rate"));
}
bool has_service(const Scenario& s) {
  return suppliers_decide(s) && s.suppliers.decisions.service_rate > 0 && ever_positive(s, "sellers.service_accounts");
}
bool has_service_value(const Scenario& s) { return has_service(s) && s.utility.service_accounts > 0; }

std::uint32_t supplier_count(const Scenario& s) {
  if (!has_suppliers(s)) return 0;
  if (s.suppliers.count > 0) return s.suppliers.count;
  return std::max(1U, static_cast<std::uint32_t>(std::floor(s.suppliers.per_user * s.population.users)));
}

std::uint32_t celebrity_count(const Suppliers& s, std::uint32_t suppliers) {
  return static_cast<std::uint32_t>(s.celebrity.share * suppliers);
}

namespace {
bool always(const Scenario&) { return true; }
}  // namespace

const std::array<ColumnRow, column_count> column_table{{
    {Column::membership, "membership", false, Storage::membership, always, "bit 0: online; two bits per platform: status"},
    {Column::degree, "degree", false, Storage::counter, has_contacts, "contacts who are online"},
    {Column::join_time, "join_time", true, Storage::half, always, "when the member joined"},
    {Column::habit, "habit", true, Storage::stock, has_habit, "moving average of the attention share"},
    {Column::irritation, "irritation", true, Storage::stock, has_irritation, "stock of ad nuisance"},
    {Column::supply, "supply", true, Storage::stock, has_supply, "moving average of what followed suppliers post"},
    {Column::contacts, "contacts", true, Storage::contacts, has_contacts, "contacts who are members, who ever were, who joined lately"},
    {Column::follows, "follows", true, Storage::byte, has_follows, "one bit for each supplier slot that is followed"},
    {Column::served, "served", true, Storage::byte, has_service_value, "followed suppliers who keep a service account"},
    {Column::currency, "currency", true, Storage::stock, has_currency, "social currency"},
}};

const std::array<UserFieldRow, user_field_count> user_field_table{{
    {UserField::online, "online", Column::membership, false, 1, "1 once the person has come online"},
    {UserField::degree, "degree", Column::degree, false, 1, "contacts who are online"},
    {UserField::status, "status", Column::membership, true, 1, "0 never a member, 1 active, 2 lapsed"},
    {UserField::join_time, "join_time", Column::join_time, true, join_time_unit,
     "middle of the joining tick, in half days since 512 days before the start"},
    {UserField::habit, "habit", Column::habit, true, habit_unit, "moving average of the attention share"},
    {UserField::irritation, "irritation", Column::irritation, true, irritation_unit, "stock of ad nuisance"},
    {UserField::supply, "supply", Column::supply, true, supply_unit, "moving average of what followed suppliers post"},
    {UserField::recency, "recency", Column::contacts, true, 0, "decaying number of contacts who joined lately"},
    {UserField::contacts_active, "contacts_active", Column::contacts, true, 1, "contacts who are members now"},
    {UserField::contacts_ever, "contacts_ever", Column::contacts, true, 1, "contacts who were ever members"},
    {UserField::follows, "follows", Column::follows, true, 1, "one bit for each supplier slot that is followed"},
    {UserField::served, "served", Column::served, true, 1, "followed suppliers who keep a service account"},
    {UserField::currency, "currency", Column::currency, true, currency_unit, "social currency"},
}};

const ColumnRow& row_of(Column column) { return column_table[static_cast<std::size_t>(column)]; }
const UserFieldRow& row_of(UserField field) { return user_field_table[static_cast<std::size_t>(field)]; }

}  // namespace spillway
