#include "build/memory.hpp"

#include "base/error.hpp"

namespace spillway {

Cell cell_of(const Scenario& s, const ColumnRow& row, std::uint32_t max_degree) {
  switch (row.storage) {
    case Storage::byte: return Cell::u8;
    case Storage::half: return Cell::u16;
    case Storage::membership: return s.platforms.size() <= 3 ? Cell::u8 : Cell::u32;
    case Storage::counter: return max_degree <= 255 ? Cell::u8 : Cell::u16;
    case Storage::contacts: return max_degree <= 15 ? Cell::u16 : (max_degree <= 255 ? Cell::u32 : Cell::u64);
    case Storage::stock: return s.numerics.stocks == StockType::u16 ? Cell::u16 : Cell::f32;
  }
  throw Bug("column without storage");
}

std::vector<MemoryPart> world_memory(const Scenario& s, std::uint32_t max_degree) {
  if (s.contacts.kind == ContactsKind::implicit) max_degree = ContactNetwork(s.contacts, s.population.users, {}).max_degree();
  std::vector<MemoryPart> parts;
  const std::uint64_t users = s.population.users, platforms = s.platforms.size();
  for (const ColumnRow& row : column_table) {
    if (!row.needed(s)) continue;
    const std::uint64_t copies = row.per_platform ? platforms : 1;
    const std::string each_platform = copies > 1 ? " (" + std::to_string(copies) + " platforms)" : "";
    parts.push_back({std::string(row.name) + each_platform, "users", users, copies * cell_bytes(cell_of(s, row, max_degree))});
  }
  if (!has_follows(s)) return parts;
  const std::uint64_t groups = (users + s.suppliers.slot_group - 1) / s.suppliers.slot_group;
  parts.push_back({"supplier slots", "groups of users", groups, s.suppliers.slots * sizeof(SupplierState::slots[0])});
  // Rows and kind; fixed suppliers' efforts, or what adaptive ones decide by: accounts and services, users who hold them, and on each
  // platform followers, profit, effort.
  const std::uint64_t own = suppliers_decide(s) ? 2 + 4 + platforms * 12 : sizeof(SupplierState::relative_effort[0]);
  parts.push_back(
      {"suppliers", "suppliers", supplier_count(s), SupplierTable::stride_for(platforms) * sizeof(SupplierState::rows[0]) + 1 + own});
  return parts;
}

std::uint64_t total_bytes(const std::vector<MemoryPart>& parts) {
  std::uint64_t sum = 0;
  for (const MemoryPart& part : parts) sum += part.bytes();
  return sum;
}

}  // namespace spillway
