#include "report/calibration_words.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "support/made_calibration.hpp"

using namespace spillway;
using spillway::testing::made_calibration;

namespace {
CalibratedTarget target_of(ToleranceKind kind, double tolerance, double or_days = 0, const std::string& unit = "1") {
  CalibratedTarget target;
  target.name = "weibo_mau", target.kind = kind, target.tolerance = tolerance, target.or_days = or_days, target.unit = unit;
  return target;
}
TargetFit fit_of(double record, double model, double residual = 0, double days = std::nan("")) {
  TargetFit fit;
  fit.record = record, fit.model = model, fit.residual = residual, fit.days = days, fit.met = true;
  return fit;
}
}  // namespace

TEST_CASE("tolerances in words", "[calibration]") {
  CHECK(tolerance_text(target_of(ToleranceKind::relative, 0.1)) == "10 %");
  CHECK(tolerance_text(target_of(ToleranceKind::relative, 0.1, 30)) == "10 % or 30 days");
  CHECK(tolerance_text(target_of(ToleranceKind::absolute, 0.03)) == "0.030");
  CHECK(tolerance_text(target_of(ToleranceKind::absolute, 2e6, 0, "USD")) == "2 million USD");
  CHECK(tolerance_text(target_of(ToleranceKind::days, 30)) == "30 days");
}

TEST_CASE("errors are told as their tolerance is", "[calibration]") {
  CHECK(error_text(target_of(ToleranceKind::relative, 0.1), fit_of(200, 206.2)) == "+3.1 %");
  CHECK(error_text(target_of(ToleranceKind::relative, 0.1), fit_of(200, 150)) == "-25 %");
  CHECK(error_text(target_of(ToleranceKind::absolute, 0.03), fit_of(0.35, 0.371)) == "+0.021");
  CHECK(error_text(target_of(ToleranceKind::days, 30), fit_of(1, 1, 0, 12)) == "+12 days");
  CHECK(error_text(target_of(ToleranceKind::days, 30), fit_of(1, 1)) == "-");
  CHECK(error_text(target_of(ToleranceKind::relative, 0.1), fit_of(0, 3)) == "-");
}

TEST_CASE("a row that only its days save says so", "[calibration]") {
  const CalibratedTarget target = target_of(ToleranceKind::relative, 0.1, 30);
  CHECK(verdict_text(target, fit_of(100, 105, 1)) == "met");
  CHECK(verdict_text(target, fit_of(100, 80, -4, 12)) == "met, 12 days late");
  CHECK(verdict_text(target, fit_of(100, 120, 4, -3)) == "met, 3 days early");
  TargetFit missed = fit_of(100, 80, -4, 40);
  missed.met = false;
  CHECK(verdict_text(target, missed) == "missed");
}

TEST_CASE("the size of a tolerance is in the target's unit", "[calibration]") {
  CHECK(tolerance_size(target_of(ToleranceKind::relative, 0.1), 50) == Approx(5));
  CHECK(tolerance_size(target_of(ToleranceKind::absolute, 0.03), 50) == 0.03);
  CHECK(std::isnan(tolerance_size(target_of(ToleranceKind::days, 30), 50)));
}

TEST_CASE("numbers of calibrations have three digits or so", "[calibration]") {
  CHECK(quantity_text(8.5e7, "1") == "85 million");
  CHECK(quantity_text(5.1e7, "USD") == "51 million USD");
  CHECK(quantity_text(0.474, "1") == "0.47");
  CHECK(quantity_text(std::nan(""), "1") == "-");
  CHECK(parameter_number(0.0161234) == "0.0161");
  CHECK(parameter_number(1234) == "1234");
  CHECK(parameter_number(1.2e6) == "1.2 million");
  CHECK(parameter_number(std::nan("")) == "-");
}

TEST_CASE("evidence in the words of Kass and Raftery", "[calibration]") {
  CHECK(evidence_text(1.9) == "no evidence either way");
  CHECK(evidence_text(-2) == "no evidence either way");
  CHECK(evidence_text(5) == "positive evidence against it");
  CHECK(evidence_text(-9) == "strong evidence for it");
  CHECK(evidence_text(10.5) == "very strong evidence against it");
  CHECK(evidence_text(std::nan("")) == "unknown");
}

TEST_CASE("sentences about a calibration", "[calibration]") {
  CalibrationResult result = made_calibration();
  CHECK(calibration_sentence(result) == "9 of 10 fitted and 8 of 8 predicted values are within tolerance.");
  const std::vector<std::string> details = calibration_details(result);
  REQUIRE(details.size() == 6);
  CHECK(details[0] ==
        "Median error of “WeChat, monthly active accounts” and “Weibo, monthly active accounts”: 3.0 % where fitted and 2.7 % where "
        "predicted.");
  CHECK(details[1] ==
        "The data identify 4 of 6 parameters: adoption rate, contact import, habit memory and accounts per person. They say little about "
        "drag rate and ad aversion.");
  CHECK(details[2].find("10 fitted values stand against 6 parameters: 4 degrees of freedom are left.") == 0);
  CHECK(details[3] ==
        "In 100 synthetic worlds with known parameters, 90.5 % of the 90 % intervals of identified parameters hold the truth.");
  CHECK(details[4] == "Of 4 variants refitted, the data speak very strongly against “Without contact import”.");
  CHECK(missed_rows(result) == std::vector<std::string>{"WeChat, monthly active accounts on 30 June 2012: the record is 85 million, the "
                                                        "model 65 million (-24 %; tolerance 10 %)."});
  result.rows.clear();
  CHECK(calibration_sentence(result) == "There are no data.");
}

TEST_CASE("a baseline stands beside the model's errors over the same rows only", "[calibration]") {
  const CalibrationResult result = made_calibration();
  CHECK(error_beside(result, result.baselines[2]) == Approx(prediction_error(result)));
  const double revenue = relative_error(result.rows.back().fit);
  CHECK(error_beside(result, result.baselines[0]) == Approx(prediction_error(result) - revenue));
}
