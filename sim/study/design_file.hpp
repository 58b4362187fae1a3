// The points of a study as files that every tool reads: design.csv, and SALib's problem as JSON.
#pragma once

#include <string>

#include "analysis/design.hpp"
#include "model/study.hpp"

namespace spillway {

/// One row per point: its number, then a column per factor; numbers in the keys' units with as many digits as they need to be read
/// back to the same bits.
std::string design_csv(const Study& study, const Matrix& points);

/// Reads it back; a column `point` may be missing, further columns are refused. Throws InputError by line, FileError.
Matrix read_design(const Study& study, const std::string& path);

/// SALib's dict (num_vars, names, bounds, groups) with what the sampler did: method, seed, samples. Bounds of dates are days since
/// 1970-01-01, of words their places; `roles` says which factors are levers.
std::string salib_problem(const Study& study);

/// A field of a CSV file (RFC 4180): quoted where it must be.
std::string csv_field(const std::string& text);

}  // namespace spillway
