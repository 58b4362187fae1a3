#include "model/calibration.hpp"

namespace spillway {

std::vector<Datum> data_of(const Calibration& calibration) {
  std::vector<Datum> data;
  for (std::size_t t = 0; t < calibration.targets.size(); ++t) {
    const std::vector<TargetRow>& rows = calibration.targets[t].rows;
    for (std::size_t r = 0; r < rows.size(); ++r)
      data.push_back({t, r, calibration.targets[t].weight > 0 && (!calibration.fit_until || rows[r].date <= *calibration.fit_until)});
  }
  return data;
}

}  // namespace spillway
