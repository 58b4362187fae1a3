#include "observe/supplier_panel.hpp"

#include <algorithm>

#include "model/permutation.hpp"
#include "model/traits.hpp"

namespace spillway {

SupplierPanel::SupplierPanel(const World& world) {
  const std::uint32_t all = world.suppliers.count, wanted = std::min(world.scenario.record.panel.suppliers, all);
  if (!suppliers_decide(world.scenario) || wanted == 0) return;
  const std::uint32_t top = (wanted + 9) / 10;
  for (std::uint32_t j = 0; j < top; ++j) ids_.push_back(j);
  if (top < all) {
    const Permutation order(all - top, trait_salt(world.view.key, Trait::panel, 1));
    for (std::uint32_t rank = 0; rank < wanted - top; ++rank) ids_.push_back(top + order.inverse(rank));
  }
  std::sort(ids_.begin(), ids_.end());
}

void SupplierPanel::take(const World& world) {
  const SupplierState& s = world.suppliers;
  for (const std::uint32_t j : ids_)
    for (std::size_t k = 0; k < world.platforms.size(); ++k) {
      const std::size_t cell = k * s.count + j;
      account_.push_back(s.present[j] >> k & 1U);
      service_.push_back(s.serves[j] >> k & 1U);
      effort_.push_back(s.effort[cell]);
      profit_.push_back(s.profit[cell]);
      followers_.push_back(s.followers[cell] * world.people_per_agent);
    }
}

std::vector<Variable> SupplierPanel::variables(const World& world) const {
  if (ids_.empty()) return {};
  std::vector<std::uint8_t> kinds;
  for (const std::uint32_t j : ids_) kinds.push_back(world.suppliers.kind[j]);
  const std::vector<std::string> each{"time", "supplier", "platform"};
  const auto variable = [](std::string name, std::vector<std::string> dims, std::string unit, std::string meaning, Values values,
                           Attributes attributes = {}) {
    return Variable{"panel",           std::move(name),      std::move(dims), std::move(unit), std::move(meaning),
                    std::move(values), std::move(attributes)};
  };
  return {variable("supplier", {"supplier"}, "1", "supplier id, the most popular first", std::vector<double>(ids_.begin(), ids_.end())),
          variable("supplier_kind", {"supplier"}, "1", "kind of supplier", kinds,
                   {{"flag_values", "0 1 2 3"}, {"flag_meanings", "celebrity media brand small_seller"}}),
          variable("account", each, "1", "1 with an account", account_),
          variable("service_account", each, "1", "1 with a service account", service_),
          variable("posting_effort", each, "1", "posting effort", effort_),
          variable("profit", each, "1", "smoothed profit a day, in profit units", profit_),
          variable("followers", each, "1", "people who follow the supplier, at the end of the tick", followers_)};
}

}  // namespace spillway
