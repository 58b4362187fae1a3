// Result files as worlds: what `spillway report` is given.
#pragma once

#include <string>
#include <vector>

#include "model/comparison.hpp"
#include "model/recording.hpp"
#include "report/document.hpp"

namespace spillway {

struct Report {
  Recording ensemble;
  Comparison comparison;  ///< of no rows with a single world
};

/// One comparison, or runs: those of one scenario, seed and replicate apart, are replicates of one world; worlds stand in the order
/// of their first files. Throws InputError for a mixture, for a run given twice and for runs on different days, FileError for what
/// is no result file.
Report read_report(const std::vector<std::string>& files);

/// Everything the page and the pictures say.
PageDocument document_of(const Report& report);

/// Of what read_report takes, of one gathered sweep, or of one calibration.
PageDocument report_document(const std::vector<std::string>& files);

}  // namespace spillway
