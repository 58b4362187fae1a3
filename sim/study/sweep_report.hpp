// A gathered sweep as a page.
#pragma once

#include "analysis/sensitivity.hpp"
#include "model/recording.hpp"
#include "report/document.hpp"

namespace spillway {

/// Whether indices are made from sweeps of this design; grids, lists and one_at_a_time are shown as they are.
bool has_sensitivity(const Recording& sweep);

/// With the indices that the design was made for, where there are enough points; else a warning says why there are none.
PageDocument sweep_page(const Recording& sweep);

}  // namespace spillway
