#include "mechanisms/phases.hpp"

namespace spillway {

namespace {
bool always(const Scenario&) { return true; }
bool has_one_home(const Scenario& s) { return s.adoption.homing == Homing::single && s.platforms.size() > 1; }
constexpr Columns nothing = 0;
using C = Column;

// Own order within a tick: utility from the stocks at its start, attention from utility and habit, habit, follows and supply
// (with the follows before this tick's changes), irritation, then joining or leaving with the new habit. Status changes act
// for everybody at once in the next tick. Everything about other people, suppliers and totals is that of the tick before.
bool steers(const Scenario& s) { return has_drag(s) || has_voice(s); }
bool posts_by_policy(const Scenario& s) { return has_follows(s) && !suppliers_decide(s); }
bool members_need_luck(const Scenario& s) { return has_follows(s) || has_voice(s); }

const Phase table[] = {
    {"bring_online", "-", Scope::before, bring_online, nullptr, C::membership | C::degree, C::membership | C::degree, people_arrive,
     "new people come online as the series grows"},
    {"set_policies", "S0", Scope::before, set_policies, nullptr, nothing, nothing, always,
     "policies as they act on average over the tick; launches; the tick's rates"},
    {"decide_suppliers", "S11", Scope::before, decide_suppliers, nullptr, nothing, nothing, suppliers_decide,
     "adaptive suppliers open and close accounts, start service accounts, divide their effort"},
    {"push_across", "S8", Scope::before, push_across, nullptr, nothing, nothing, steers,
     "how strongly suppliers push their followers to other platforms, and what bans let pass"},
    {"post_supply", "S11", Scope::before, post_supply, nullptr, nothing, nothing, posts_by_policy,
     "fixed suppliers: who is present where, with what effort"},
    {"draw_luck", "-", Scope::everybody, nullptr, draw_luck, nothing, nothing, always,
     "the random word that decides on joining or leaving"},
    {"meet_contacts", "S1", Scope::everybody, nullptr, meet_contacts, C::degree | C::contacts, only(C::contacts), always,
     "share of contacts who are members, pressure to join"},
    {"find_involved", "-", Scope::everybody, nullptr, find_involved, only(C::membership), nothing, always,
     "members, and who might join: all others' decision is no already"},
    {"draw_rounding", "-", Scope::involved, nullptr, draw_rounding, nothing, nothing, always, "the random word that rounds stocks"},
    {"draw_members_luck", "-", Scope::involved, nullptr, draw_members_luck, nothing, nothing, members_need_luck,
     "the random words that decide on follows and complaints"},
    {"recall_traits", "-", Scope::involved, nullptr, recall_traits, nothing, nothing, always, "fixed traits, re-derived from the user id"},
    {"reach_contacts", "S1", Scope::involved, nullptr, reach_contacts, only(C::join_time), nothing, always,
     "share of contacts who can be reached"},
    {"value_time", "S3", Scope::involved, nullptr, value_time, C::irritation | C::supply | C::served | C::follows | C::currency, nothing,
     always, "utility of time on each platform"},
    {"divide_attention", "S4", Scope::involved, nullptr, divide_attention, only(C::habit), nothing, always,
     "nested-logit shares of the time budget"},
    {"count_users", "S14", Scope::involved, nullptr, count_users, nothing, nothing, always, "members, daily and monthly users, minutes"},
    {"form_habit", "S5", Scope::involved, nullptr, form_habit, only(C::habit), only(C::habit), has_habit, "habit follows attention"},
    {"follow_suppliers", "S2 S7", Scope::involved, nullptr, follow_suppliers, C::follows | C::supply, C::follows | C::supply | C::served,
     has_follows, "supply from followed suppliers; follow and unfollow; drag to other platforms"},
    {"grow_irritation", "S6", Scope::involved, nullptr, grow_irritation, only(C::irritation), only(C::irritation), has_irritation,
     "irritation follows the ad load"},
    {"complain", "S9", Scope::involved, nullptr, complain, only(C::irritation), only(C::irritation), has_voice,
     "members who are displeased complain; they are heard or ignored"},
    {"earn_currency", "S12", Scope::involved, nullptr, earn_currency, only(C::currency), only(C::currency), has_currency,
     "social currency from sharing and rewards"},
    {"consider_joining", "S7", Scope::involved, nullptr, consider_joining, nothing, nothing, always,
     "hazards of joining and rejoining, by cause"},
    {"consider_leaving", "S10", Scope::involved, nullptr, consider_leaving, only(C::contacts), nothing, always,
     "hazards of leaving, by cause"},
    {"keep_one_home", "S7", Scope::involved, nullptr, keep_one_home, nothing, nothing, has_one_home,
     "nobody joins a second platform; of several joins the earliest"},
    {"change_status", "S7 S10", Scope::involved, nullptr, change_status, only(C::membership),
     C::membership | C::join_time | C::habit | C::irritation | C::supply | C::follows | C::served | C::currency, always,
     "members who join or leave; their contacts learn of it after the pass"},
    {"settle_accounts", "S6 S13", Scope::after, settle_accounts, nullptr, nothing, nothing, always,
     "learned ad blindness, revenue, platforms' answers to complaints and to revenue"},
};
}  // namespace

std::span<const Phase> phase_table() { return table; }

std::vector<Phase> schedule(const Scenario& scenario) {
  std::vector<Phase> on;
  for (const Phase& phase : table)
    if (phase.needed(scenario)) on.push_back(phase);
  return on;
}

}  // namespace spillway
