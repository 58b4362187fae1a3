#include "model/panel.hpp"

#include "base/pages.hpp"

namespace spillway {

void PanelRows::begin_row(const PanelUsers& users, std::size_t rows_in_all) {
  const std::size_t n = users.ids.size(), cells = n * users.platforms;
  const auto grow = [&](auto& lane, std::size_t by, auto value) {
    if (lane.capacity() < by * rows_in_all) {  // the first row, or the first after a saved state
      lane.reserve(by * rows_in_all);
      want_huge_pages(lane.data(), lane.capacity() * sizeof value);
    }
    lane.resize(lane.size() + by, value);
  };
  grow(status, cells, std::uint8_t{0});
  for (auto* lane : {&attention_share, &habit, &irritation, &reach, &utility}) grow(*lane, cells, 0.0F);
  grow(outside_share, n, 1.0F);
}

std::size_t PanelRows::bytes() const {
  std::size_t floats = outside_share.size();
  for (const auto* lane : {&attention_share, &habit, &irritation, &reach, &utility}) floats += lane->size();
  return status.size() + floats * sizeof(float);
}

}  // namespace spillway
