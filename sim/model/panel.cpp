#include "model/panel.hpp"

namespace spillway {

PanelRow empty_row(const PanelUsers& users) {
  const std::size_t n = users.ids.size(), cells = n * users.platforms;
  PanelRow row;
  row.status.assign(cells, 0);
  for (auto* lane : {&row.attention_share, &row.habit, &row.irritation, &row.reach, &row.utility}) lane->assign(cells, 0.0F);
  row.outside_share.assign(n, 1.0F);
  return row;
}

}  // namespace spillway
