// From records to one result: an HDF5 file for Python, R and the page, and a table for everything else.
#pragma once

#include <cstdint>
#include <string>

#include "model/recording.hpp"
#include "study/sweep.hpp"

namespace spillway {

struct Gathered {
  Recording result;  ///< as model/sweep_view.hpp says; the same bytes whoever did the runs, in whatever order
  std::uint64_t done = 0, failed = 0, missing = 0;
};

/// Reads all records. Those of failed and missing runs are NaN. Memory: the result itself, and one point's records.
Gathered gather(const Sweep& sweep);

/// summary.csv: one row per point and replicate in the design's order; factors, outcomes (NaN where there is none), status.
std::string summary_csv(const Sweep& sweep, const Recording& result);

}  // namespace spillway
