// What a calibration comes to in words: shared by what the program prints and what the page says.
#pragma once

#include <string>
#include <vector>

#include "model/calibration_view.hpp"

namespace spillway {

/// "Weibo, monthly active accounts"; the name in words where there is no title.
std::string target_title(const CalibratedTarget& target);

/// "10 %", "10 % or 30 days", "0.03", "30 days".
std::string tolerance_text(const CalibratedTarget& target);

/// "+3.1 %"; of targets with an absolute tolerance the difference, "+0.021"; of dates "+12 days". "-" where it is not known.
std::string error_text(const CalibratedTarget& target, const TargetFit& fit);

/// "met", "met, 12 days late", "missed".
std::string verdict_text(const CalibratedTarget& target, const TargetFit& fit);

/// Half of the tolerance's bar about the record, in the target's unit; NaN where the tolerance is in days.
double tolerance_size(const CalibratedTarget& target, double record);

/// "85 million", "0.35", "51 million USD".
std::string quantity_text(double value, const std::string& unit);

/// Three digits: "0.0161", "21", "1.2 million".
std::string parameter_number(double value);

/// Evidence of a difference in BIC (other less this): "very strong evidence against it", "no evidence either way".
std::string evidence_text(double bic_difference);

/// Errors of the model, summed over the predicted rows that the baseline predicts too.
double error_beside(const CalibrationResult& result, const BaselineFit& baseline);

/// How many rows are met: "9 of 10 fitted and 7 of 8 predicted values are within tolerance."
std::string calibration_sentence(const CalibrationResult& result);

/// A sentence each: median errors, what the data identify, degrees of freedom, recovery, variants, baselines; only what there is.
std::vector<std::string> calibration_details(const CalibrationResult& result);

/// A sentence for each fitted row that is missed, the worst first.
std::vector<std::string> missed_rows(const CalibrationResult& result);

/// "a, b and c".
std::string listed_words(const std::vector<std::string>& words);

}  // namespace spillway
