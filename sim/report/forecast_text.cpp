#include "report/forecast_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/calibration_words.hpp"
#include "report/sweep_words.hpp"
#include "report/tables.hpp"
#include "report/text_table.hpp"
#include "report/words.hpp"

namespace spillway {

namespace {
std::string cell(double value) { return std::isnan(value) ? "" : fmt::format("{}", value); }

std::string quantity_title(const ForecastQuantity& quantity) {
  return quantity.title.empty() ? capitalised(in_words(quantity.name)) : quantity.title;
}
}  // namespace

std::string range_text(double low, double high, const std::string& unit) {
  if (std::isnan(low) || std::isnan(high)) return "-";
  const Scale scale = scale_for(std::max(std::abs(low), std::abs(high)));
  const double size = std::max(std::abs(low), std::abs(high)) / scale.factor;
  const int decimals = size >= 99.5 ? 0 : size >= 9.95 ? 1 : 2;
  std::string text = fmt::format("{:.{}f} to {:.{}f}", low / scale.factor, decimals, high / scale.factor, decimals);
  for (const std::string& word : {std::string(scale.word), plain_unit(unit)}) text += word.empty() ? "" : " " + word;
  return text;
}

std::vector<std::vector<std::string>> forecast_rows(const CalibrationResult& result, std::size_t quantity) {
  const std::string& unit = result.quantities[quantity].unit;
  std::vector<std::vector<std::string>> rows{{"date", "model", "50 % interval", "90 % interval"}};
  for (const BaselineFit& baseline : result.baselines) rows[0].push_back(baseline.title);
  rows[0].emplace_back("record");
  for (std::size_t i = 0; i < result.forecast.size(); ++i) {
    const ForecastRow& at = result.forecast[i];
    if (at.quantity != quantity) continue;
    auto& row = rows.emplace_back();
    row = {to_text(at.date), quantity_text(at.model.median, unit), range_text(at.model.lower_quartile, at.model.upper_quartile, unit),
           range_text(at.model.low, at.model.high, unit)};
    for (const BaselineFit& baseline : result.baselines) row.push_back(quantity_text(baseline.forecast[i], unit));
    row.push_back(quantity_text(at.record, unit));
  }
  return rows;
}

std::string forecast_text(const CalibrationResult& result) {
  std::string text;
  for (std::size_t q = 0; q < result.quantities.size(); ++q) {
    text += (text.empty() ? "" : "\n") + quantity_title(result.quantities[q]) + "\n";
    text += text_table(forecast_rows(result, q), {});
  }
  return text;
}

std::string forecast_csv(const CalibrationResult& result) {
  std::string csv = "quantity,title,unit,date,model_median,model_5,model_25,model_75,model_95";
  for (const BaselineFit& baseline : result.baselines) csv += "," + csv_cell(baseline.name);
  csv += ",record\n";
  for (std::size_t i = 0; i < result.forecast.size(); ++i) {
    const ForecastRow& row = result.forecast[i];
    const ForecastQuantity& quantity = result.quantities[row.quantity];
    csv += fmt::format("{},{},{},{}", csv_cell(quantity.name), csv_cell(quantity.title), csv_cell(quantity.unit), to_text(row.date));
    for (const double value : {row.model.median, row.model.low, row.model.lower_quartile, row.model.upper_quartile, row.model.high})
      csv += "," + cell(value);
    for (const BaselineFit& baseline : result.baselines) csv += "," + cell(baseline.forecast[i]);
    csv += "," + cell(row.record) + "\n";
  }
  return csv;
}

}  // namespace spillway
