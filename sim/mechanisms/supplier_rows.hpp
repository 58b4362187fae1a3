// Writing what the users' loop reads of suppliers.
#pragma once

#include <cstdint>

#include "model/world.hpp"

namespace spillway {

/// What a kind of suppliers is like.
struct KindNumbers {
  float quality, margin, prestige;
};
KindNumbers numbers_of(const Suppliers& suppliers, SupplierKind kind);

/// One supplier's row: `present` has a bit per platform, `effort` is 0 where it is not present.
class RowWriter {
 public:
  explicit RowWriter(const World& world);
  void write(std::uint32_t supplier, std::uint32_t present, std::uint32_t serves, const float* effort, float* row) const;

 private:
  const World& world_;
  float rate_[supplier_kinds], quality_[supplier_kinds];
};

}  // namespace spillway
