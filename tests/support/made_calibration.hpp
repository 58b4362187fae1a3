// A calibration's result with values made by formula, as the program leaves it: for tests of its file, texts, charts and page.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "model/calibration_view.hpp"
#include "model/version.hpp"

namespace spillway::testing {

/// Weekly from 2009 to the end of 2016; records are those of the data's README, everything else is invented.
class MadeCalibration {
 public:
  CalibrationResult make() {
    describe();
    for (Date day = make_date(2009, 8, 14); day <= make_date(2016, 12, 30); day = Date{day.days + 7}) result_.dates.push_back(day);
    add_target("wechat_mau", "WeChat, monthly active accounts", "1", 0.1, 0, 3.95e8, 2013.12, 2.6);
    rows({{2012, 6, 30, 8.5e7},
          {2012, 12, 31, 1.61e8},
          {2013, 3, 31, 2.12e8},
          {2013, 6, 30, 2.79e8},
          {2013, 9, 30, 3.35e8},
          {2013, 12, 31, 3.55e8}});
    add_target("wechat_registered", "WeChat, registered accounts", "1", 0.1, 30, 6e8, 2013.05, 2.2);
    rows({{2011, 12, 31, 5e7}, {2012, 3, 29, 1e8}, {2012, 9, 17, 2e8}, {2013, 1, 15, 3e8}});
    add_target("weibo_mau", "Weibo, monthly active accounts", "1", 0.07, 0, 2.2e8, 2013.4, 0.48);
    rows({{2011, 12, 31, 7.29e7}, {2012, 12, 31, 9.67e7}, {2013, 12, 31, 1.291e8}});
    add_target("weibo_dau_mau", "Weibo, daily by monthly active accounts", "1", 0.03, 0, 0.49, 2011.4, 1.6);
    result_.targets.back().kind = ToleranceKind::absolute;
    rows({{2011, 12, 31, 0.35}, {2012, 12, 31, 0.47}, {2013, 12, 31, 0.48}});
    add_target("weibo_ad_revenue", "Weibo, advertising revenue", "USD", 0.25, 0, 4e8, 2014.55, 1.25);
    result_.targets.back().trajectory.clear();
    rows({{2012, 12, 31, 5.1e7}, {2013, 12, 31, 1.48e8}});
    for (CalibratedRow& row : result_.rows) complete(row.fit);
    add_parameters();
    add_variants();
    add_forecast();
    return std::move(result_);
  }

 private:
  struct Row {
    int year;
    unsigned month, day;
    double value;
  };

  void describe() {
    result_.title = "Weibo and WeChat to the end of 2012";
    result_.description = "Six parameters to the record up to the end of 2012; 2013 is predicted.";
    result_.scenario = "history.yaml";
    result_.program_version = std::string(program_version), result_.model_version = std::to_string(model_version);
    result_.fit_until = make_date(2012, 12, 31);
    result_.headline = {"wechat_mau", "weibo_mau"};
    result_.waves = {{1000, 0.31, 412.5, 0.83}, {1000, 0.52, 61.25, 0.41}, {1000, 0.88, 14.5, 0.2}};
    result_.recovery_worlds = 100, result_.recovery_coverage = 0.905;
    result_.notes = {"Registrations of 2010 are left out: the source counts several providers.", "The panel of 2013 counts phones only."};
  }

  /// Logistic growth to `ceiling`, half of it in `middle`, as the model's median.
  void add_target(std::string name, std::string title, std::string unit, double tolerance, double or_days, double ceiling, double middle,
                  double rate) {
    CalibratedTarget target{std::move(name), std::move(title), std::move(unit), "", ToleranceKind::relative, tolerance, or_days, 1, {}};
    target.outcome = "monthly_accounts." + target.name.substr(0, target.name.find('_'));
    curves_.push_back({ceiling, middle, rate});
    for (const Date day : result_.dates) target.trajectory.push_back(about(model(curves_.size() - 1, day), spread(day)));
    result_.targets.push_back(std::move(target));
  }

  static Quantiles about(double median, double spread) {
    return {median * (1 - spread), median * (1 - 0.4 * spread), median, median * (1 + 0.4 * spread), median * (1 + spread)};
  }
  /// Grows after the data end.
  static double spread(Date day) { return 0.05 + 0.07 * std::max(0.0, decimal_year(day) - 2013); }

  double model(std::size_t target, Date day) const {
    const auto& [ceiling, middle, rate] = curves_[target];
    return ceiling / (1 + std::exp(-rate * (decimal_year(day) - middle)));
  }

  void rows(const std::vector<Row>& records) {
    std::size_t place = 0;
    for (const Row& record : records) {
      CalibratedRow row;
      row.date = make_date(record.year, record.month, record.day);
      row.fit.datum = {result_.targets.size() - 1, place++, row.date <= *result_.fit_until};
      row.fit.record = record.value;
      row.source = "quarterly report, \"users\" counted over thirty days";
      row.fit.model = model(row.fit.datum.target, row.date);
      row.fit.low = row.fit.model * (1 - spread(row.date)), row.fit.high = row.fit.model * (1 + spread(row.date));
      row.fit.days = std::round(-40 * (row.fit.model / record.value - 1));
      result_.rows.push_back(std::move(row));
    }
  }

  void complete(TargetFit& fit) const {
    const CalibratedTarget& target = result_.targets[fit.datum.target];
    const bool relative = target.kind == ToleranceKind::relative;
    const double size = target.tolerance * (relative ? fit.record : 1);
    fit.residual = (fit.model - fit.record) / (size / 2);
    fit.met = std::abs(fit.residual) <= 2 || std::abs(fit.days) <= target.or_days;
  }

  void add_parameters() {
    const auto add = [&](std::string name, std::string unit, std::string meaning, std::string prior, double low, double high, double best,
                         double narrow) {
      CalibratedParameter parameter{{}, std::move(prior)};
      ParameterEstimate& e = parameter.estimate;
      e.keys = "market." + name, e.name = std::move(name), e.unit = std::move(unit), e.meaning = std::move(meaning);
      e.low = low, e.high = high, e.best = best;
      e.posterior_low = best - narrow * (best - low), e.posterior_median = best + 0.05 * narrow * (high - low);
      e.posterior_high = best + narrow * (high - best), e.identified = narrow <= 0.5;
      e.coverage = 0.86 + 0.02 * static_cast<double>(result_.parameters.size());
      result_.parameters.push_back(std::move(parameter));
    };
    add("adoption_rate", "1/yr", "pull of friends who use it", "loguniform from 0.1 to 10", 0.13, 7.9, 1.9, 0.12);
    add("contact_import", "1", "share of contacts that are imported", "uniform from 0 to 1", 0.05, 0.95, 0.62, 0.3);
    add("habit_memory", "d", "time over which habit forms", "uniform from 7 to 60", 9.7, 57.3, 21, 0.45);
    add("drag_rate", "1/d", "pulls that a post exerts on a follower", "loguniform from 0.005 to 0.05", 0.0056, 0.0446, 0.016, 0.9);
    add("accounts_per_person", "1", "accounts that a person registers", "uniform from 1 to 3", 1.1, 2.9, 1.8, 0.25);
    add("ad_aversion", "1", "minutes lost to an ad", "normal, mean 0.5, deviation 0.2", 0.17, 0.83, 0.44, 0.95);
    for (int d = 0; d < 5; ++d) {
      std::vector<double>& draw = result_.posterior.emplace_back();
      for (const CalibratedParameter& p : result_.parameters)
        draw.push_back(p.estimate.posterior_low + d * (p.estimate.posterior_high - p.estimate.posterior_low) / 4);
    }
    for (const CalibratedRow& row : result_.rows)
      if (row.fit.datum.fitted) result_.misfit += row.fit.residual * row.fit.residual;
    result_.bic = bic(result_.misfit, 6);
  }

  double bic(double misfit, double parameters) const {
    return misfit + parameters * std::log(static_cast<double>(count_rows(result_, true)));
  }

  /// Each variant misses one target, the more the later it stands.
  void add_variants() {
    const std::pair<const char*, const char*> named[] = {{"no_drag", "Without drag by followers’ posts"},
                                                         {"no_ads", "Without advertising on Weibo"},
                                                         {"no_habit", "Without habit"},
                                                         {"no_import", "Without contact import"}};
    for (std::size_t v = 0; v < std::size(named); ++v) {
      CalibratedVariant variant;
      variant.fit.name = named[v].first, variant.fit.title = named[v].second;
      if (v == 0) variant.without = {"drag_rate"};
      if (v == 3) variant.without = {"contact_import", "habit_memory"};
      for (const CalibratedParameter& p : result_.parameters)
        if (std::count(variant.without.begin(), variant.without.end(), p.estimate.name) == 0)
          variant.fit.best.push_back(p.estimate.best * 1.1);
      variant.fit.parameters = variant.fit.best.size();
      for (const CalibratedRow& row : result_.rows) {
        TargetFit fit = row.fit;
        if (fit.datum.target == (v + 2) % result_.targets.size()) fit.model *= 1 + 0.05 * static_cast<double>(v * v);
        complete(fit);
        if (fit.datum.fitted) variant.fit.misfit += fit.residual * fit.residual;
        variant.fit.fits.push_back(fit);
      }
      variant.fit.bic = bic(variant.fit.misfit, static_cast<double>(variant.fit.parameters));
      result_.variants.push_back(std::move(variant));
    }
  }

  /// Year by year; curves that know less the further they go.
  void add_forecast() {
    const std::pair<const char*, const char*> named[] = {
        {"bass", "Bass diffusion"}, {"logistic", "Logistic growth"}, {"last_growth", "Last year’s growth"}};
    for (const auto& [name, title] : named) result_.baselines.push_back({name, title, {}, {}});
    for (const std::size_t target : {0UL, 2UL, 3UL, 4UL}) {
      const CalibratedTarget& of = result_.targets[target];
      result_.quantities.push_back({of.name, of.title, of.unit});
      for (const int year : {2013, 2014, 2015, 2016}) {
        ForecastRow row{result_.quantities.size() - 1, make_date(year, 12, 31), {}};
        row.model = about(model(target, row.date), spread(row.date));
        for (const CalibratedRow& record : result_.rows)
          if (record.fit.datum.target == target && record.date == row.date) row.record = record.fit.record;
        result_.forecast.push_back(row);
      }
    }
    for (std::size_t b = 0; b < result_.baselines.size(); ++b) {
      BaselineFit& baseline = result_.baselines[b];
      const double drift = b == 0 ? -0.12 : b == 1 ? -0.2 : 0.35;
      baseline.error = 0;
      for (const CalibratedRow& row : result_.rows) {
        const double ahead = std::max(0.0, decimal_year(row.date) - 2013);
        baseline.rows.push_back(row.fit.datum.target == 4 && b < 2 ? std::nan("") : row.fit.record * (1 + drift * ahead));
        if (!row.fit.datum.fitted && !std::isnan(baseline.rows.back())) baseline.error += std::abs(drift * ahead);
      }
      for (const ForecastRow& row : result_.forecast)
        baseline.forecast.push_back(row.quantity == 3 && b < 2 ? std::nan("")
                                                               : row.model.median * (1 + drift * (decimal_year(row.date) - 2013)));
    }
  }

  struct Curve {
    double ceiling, middle, rate;
  };
  std::vector<Curve> curves_;
  CalibrationResult result_;
};

inline CalibrationResult made_calibration() { return MadeCalibration().make(); }

}  // namespace spillway::testing
