// Charts of a sweep, a section for each outcome: what its design can tell.
#pragma once

#include <vector>

#include "model/sensitivity.hpp"
#include "report/document.hpp"
#include "report/sweep_table.hpp"

namespace spillway {

/// Influences where there is a sensitivity; else, of designs in which factors take few values: what an outcome is along each factor, how
/// far each moves it alone (one_at_a_time), and cells for pairs of factors (grid). Outcomes without a number are left out.
std::vector<Section> sweep_charts(const SweepTable& table, const Sensitivity* sensitivity);

}  // namespace spillway
