#include "mechanisms/supplier_rows.hpp"

#include <algorithm>
#include <bit>

namespace spillway {

KindNumbers numbers_of(const Suppliers& s, SupplierKind kind) {
  const auto of = [](const SupplierClass& c) {
    return KindNumbers{static_cast<float>(c.quality), static_cast<float>(c.margin), static_cast<float>(c.prestige)};
  };
  switch (kind) {
    case SupplierKind::celebrity: return of(s.celebrity);
    case SupplierKind::media: return of(s.media);
    case SupplierKind::brand: return of(s.brand);
    case SupplierKind::small_seller: break;
  }
  return {static_cast<float>(s.small_seller.quality), static_cast<float>(s.small_seller.margin), 0.0F};
}

RowWriter::RowWriter(const World& world) : world_(world) {
  const auto rate = static_cast<float>(world.scenario.following.organic_rate * world.view.now.dt);
  for (std::size_t c = 0; c < supplier_kinds; ++c) {
    quality_[c] = numbers_of(world.scenario.suppliers, static_cast<SupplierKind>(c)).quality;
    rate_[c] = rate * quality_[c];
  }
}

// A post copied from several platforms counts once: the largest effort elsewhere.
void RowWriter::write(std::uint32_t supplier, std::uint32_t present, std::uint32_t serves, const float* effort, float* row) const {
  const std::size_t platforms = world_.platforms.size(), kind = world_.suppliers.kind[supplier];
  std::uint32_t flags = present << SupplierTable::here | serves << SupplierTable::serves;
  row[1] = rate_[kind];
  for (std::size_t k = 0; k < platforms; ++k) {
    const bool here = (present >> k & 1U) != 0;
    float elsewhere = 0.0F;
    for (std::size_t o = 0; o < platforms; ++o)
      if (o != k) elsewhere = std::max(elsewhere, effort[o]);
    const float mirrored = world_.view.platform[k].mirroring * elsewhere;
    row[2 + k] = quality_[kind] * (effort[k] + mirrored);
    row[2 + platforms + k] = effort[k];
    if (here && elsewhere > 0.0F) flags |= 1U << (SupplierTable::pulls + k);
  }
  row[0] = std::bit_cast<float>(flags);
}

}  // namespace spillway
