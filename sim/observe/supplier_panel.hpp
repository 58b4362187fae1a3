// Suppliers recorded one by one: the most popular tenth of the sample, the rest at random.
#pragma once

#include <cstdint>
#include <vector>

#include "base/archive.hpp"
#include "model/recording.hpp"
#include "model/world.hpp"

namespace spillway {

class SupplierPanel {
 public:
  explicit SupplierPanel(const World& world);
  /// One row: accounts, effort and profit of the tick that has run, followers at its end.
  void take(const World& world);
  std::vector<Variable> variables(const World& world) const;
  void state(Archive& archive) { archive(account_, service_, effort_, profit_, followers_); }

 private:
  std::vector<std::uint32_t> ids_;  ///< ascending; empty where suppliers are fixed
  std::vector<std::uint8_t> account_, service_;
  std::vector<float> effort_, profit_;
  std::vector<double> followers_;
};

}  // namespace spillway
