#include "engine/conservation.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "mechanisms/supplier_money.hpp"
#include "mechanisms/supplier_rows.hpp"

namespace spillway {

namespace {
// Sums of the same terms in another order differ by roundings of 1e-16 each, of which a million go one way at worst.
constexpr double rounding = 1e-9;

struct Checker {
  const World& world;

  [[noreturn]] void fail(const std::string& what, const std::string& kept, const std::string& counted) const {
    throw Bug("tick " + std::to_string(world.view.now.index) + ": " + what + " " + kept + ", counted anew " + counted);
  }
  std::string on(std::size_t k, const char* what) const { return std::string(what) + " of '" + world.scenario.platforms[k].first + "'"; }
  void equal(const std::string& what, std::int64_t kept, std::int64_t counted) const {
    if (kept != counted) fail(what, std::to_string(kept), std::to_string(counted));
  }
  void close(const std::string& what, double kept, double counted) const {
    if (!(std::abs(kept - counted) <= rounding * std::max(std::abs(kept), std::abs(counted))))
      fail(what, std::to_string(kept), std::to_string(counted));
  }
};

void check_members(const Checker& check, std::size_t k, const Tally& tally) {
  const World& world = check.world;
  std::int64_t active = 0, lapsed = 0, offline = 0;
  for (std::uint32_t user = 0; user < world.view.users; ++user) {
    const std::uint32_t word = world.view.membership.get(user), status = MembershipRef::status(word, k);
    active += status == 1 ? 1 : 0;
    lapsed += status == 2 ? 1 : 0;
    offline += status != 0 && (word & MembershipRef::online) == 0 ? 1 : 0;
  }
  const PlatformState& platform = world.platforms[k];
  check.equal(check.on(k, "members"), platform.active, active);
  check.equal(check.on(k, "people who ever joined"), platform.ever, active + lapsed);
  check.equal(check.on(k, "members who are not online"), 0, offline);
  const auto total = [&](Count count) { return tally.total(count, k); };
  const std::int64_t joins = total(Count::joins_spontaneous) + total(Count::joins_peer) + total(Count::joins_drag);
  const std::int64_t exits = total(Count::exits_baseline) + total(Count::exits_disuse) + total(Count::exits_threshold);
  if (!world.view.platform[k].live) return check.equal(check.on(k, "joins and exits before the launch"), 0, joins + exits);
  check.equal(check.on(k, "members at the tick's start and joins less exits"), total(Count::active) + joins - exits, active);
}

void check_online(const Checker& check) {
  std::int64_t online = 0;
  for (std::uint32_t user = 0; user < check.world.view.users; ++user)
    online += check.world.view.membership.get(user) & MembershipRef::online;
  check.equal("people online", check.world.online, online);
}

void check_followers(const Checker& check, std::size_t k) {
  const SupplierTable& table = check.world.view.suppliers;
  std::vector<std::int64_t> bits(table.count);
  for (std::uint32_t user = 0; user < check.world.view.users; ++user)
    for (std::uint32_t left = check.world.view.columns[k].follows[user]; left != 0; left &= left - 1)
      ++bits[table.slots_of(user)[std::countr_zero(left)]];
  for (std::uint32_t j = 0; j < table.count; ++j)
    check.equal(check.on(k, "followers") + " of supplier " + std::to_string(j), table.followers[k * table.count + j], bits[j]);
}

/// Profit units a day, by whose hands they go through.
struct Ledger {
  double paid_by_customers = 0, paid_by_marketplace = 0, earned = 0, taken = 0, kept = 0, fees = 0;
};

Ledger ledger_of(const World& world, std::size_t k) {
  const SupplierState& s = world.suppliers;
  const PlatformSellers& policy = world.platforms[k].live.sellers;
  const double each = profit_per_follower(world, k), commission = acting_commission(world, k);
  Ledger sum;
  for (std::uint32_t j = 0; j < s.count; ++j) {
    if ((s.present[j] >> k & 1) == 0) continue;  // who has just closed earns nothing from the last followers
    const double margin = static_cast<double>(numbers_of(world.scenario.suppliers, static_cast<SupplierKind>(s.kind[j])).margin);
    const double lift = (s.serves[j] >> k & 1) != 0 ? 1.0 + world.scenario.suppliers.decisions.service_lift : 1.0;
    const double sold = each * lift * s.followers[k * s.count + j];
    const double earned = sold * (margin + commission);
    sum.paid_by_customers += sold * margin;
    sum.paid_by_marketplace += sold * commission;
    sum.earned += earned;
    sum.taken += policy.take * earned;
    sum.kept += (1.0 - policy.take) * earned;
    sum.fees += policy.fee;
  }
  return sum;
}
}  // namespace

void check_money(const World& world) {
  const Checker check{world};
  for (std::size_t k = 0; k < world.suppliers.money.size(); ++k) {
    if (!world.view.platform[k].live) continue;
    const SupplierMoney& money = world.suppliers.money[k];
    const Ledger ledger = ledger_of(world, k);
    check.close(check.on(k, "sales"), money.own_sales, ledger.paid_by_customers);
    check.close(check.on(k, "commission"), money.commission, ledger.paid_by_marketplace);
    check.close(check.on(k, "earnings"), money.own_sales + money.commission, ledger.earned);
    check.close(check.on(k, "take"), money.take, ledger.taken);
    check.close(check.on(k, "take and what suppliers keep"), money.take + ledger.kept, ledger.earned);
    check.close(check.on(k, "fees"), money.fees, ledger.fees);
  }
}

void check_counts(const World& world, const Tally& tally) {
  const Checker check{world};
  check_online(check);
  for (std::size_t k = 0; k < world.platforms.size(); ++k) {
    check_members(check, k, tally);
    if (world.view.suppliers.followers != nullptr) check_followers(check, k);
  }
}

}  // namespace spillway
