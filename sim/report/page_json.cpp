#include "report/page_json.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "report/words.hpp"

namespace spillway {

namespace {
using Json = nlohmann::ordered_json;

Json number(double value) {
  if (!std::isfinite(value)) return nullptr;
  char text[32];
  std::snprintf(text, sizeof text, "%.5g", value);
  const double rounded = std::strtod(text, nullptr);
  constexpr double exact_whole = 9007199254740992.0;  // 2^53: JavaScript reads whole numbers up to it exactly
  if (rounded == std::floor(rounded) && std::abs(rounded) < exact_whole) return static_cast<std::int64_t>(rounded);  // no ".0"
  return rounded;
}

Json numbers(const std::vector<double>& values) {
  Json list = Json::array();
  for (const double v : values) list.push_back(number(v));
  return list;
}

Json index(int value) { return value == no_index ? Json(nullptr) : Json(value); }

Json of_line(const Line& line) {
  Json json{{"label", line.label},
            {"world", line.world == no_world ? Json(nullptr) : Json(line.world)},
            {"platform", index(line.platform)},
            {"part", index(line.part)},
            {"mid", numbers(line.mid)}};
  if (line.dash != no_index) json["dash"] = line.dash;
  if (!line.low.empty()) json["low"] = numbers(line.low);
  if (!line.high.empty()) json["high"] = numbers(line.high);
  if (!line.inner_low.empty()) json["inner_low"] = numbers(line.inner_low);
  if (!line.inner_high.empty()) json["inner_high"] = numbers(line.inner_high);
  return json;
}

Json of_group(const Group& group) {
  Json values = Json::array();
  for (const auto& category : group.values) values.push_back(numbers(category));
  return {{"label", group.label}, {"world", group.world}, {"platform", index(group.platform)}, {"values", values}};
}

Json of_mark(const Mark& m) {
  return {{"day", number(m.day)},   {"value", number(m.value)}, {"low", number(m.low)}, {"high", number(m.high)},
          {"days", number(m.days)}, {"hollow", m.hollow},       {"label", m.label}};
}

Json of_estimate(const Estimate& e) { return numbers({e.value, e.low, e.high}); }
Json of_estimates(const std::vector<Estimate>& estimates) {
  Json list = Json::array();
  for (const Estimate& e : estimates) list.push_back(of_estimate(e));
  return list;
}

std::string_view text_of(Role role) {
  constexpr std::string_view words[] = {"lever", "uncertainty", "neither", "main"};
  return words[static_cast<std::size_t>(role)];
}

Json of_axis(const FactorAxis& axis) {
  constexpr std::string_view kinds[] = {"number", "date", "word"};
  return {{"title", axis.title},
          {"unit", axis.unit},
          {"kind", kinds[static_cast<std::size_t>(axis.kind)]},
          {"values", numbers(axis.values)},
          {"labels", axis.labels}};
}

template <class Item, class Make>
Json list_of(const std::vector<Item>& items, Make make) {
  Json list = Json::array();
  for (const Item& item : items) list.push_back(make(item));
  return list;
}

/// What charts of its kind have beyond the head.
void add_content(Json& json, const Chart& chart) {
  switch (chart.kind) {
    case ChartKind::lines:
      json["zero"] = chart.zero;
      json["lines"] = list_of(chart.lines, of_line);
      if (chart.marks.empty()) return;
      json["marks"] = list_of(chart.marks, of_mark);
      json["mark_names"] = chart.mark_names;
      return;
    case ChartKind::bars:
      json["categories"] = chart.categories;
      json["stacks"] = chart.stacks;
      json["groups"] = list_of(chart.groups, of_group);
      return;
    case ChartKind::intervals:
      json["stacks"] = chart.stacks;
      if (chart.ranges) json["ranges"] = true;
      json["rows"] = list_of(chart.rows, [](const IntervalRow& row) {
        Json of_row{{"label", row.label}, {"role", text_of(row.role)}, {"values", of_estimates(row.values)}};
        if (!row.texts.empty()) of_row["texts"] = row.texts;
        return of_row;
      });
      return;
    case ChartKind::scatter:
      json["x_title"] = chart.x_title;
      json["y_title"] = chart.y_title;
      json["points"] = list_of(chart.points, [](const ScatterPoint& p) {
        return Json{{"label", p.label}, {"role", text_of(p.role)}, {"x", of_estimate(p.x)}, {"y", of_estimate(p.y)}};
      });
      json["guides"] = list_of(chart.guides, [](const Guide& g) { return Json{{"slope", number(g.slope)}, {"label", g.label}}; });
      return;
    case ChartKind::heat:
      json["axes"] = list_of(chart.axes, of_axis);
      json["cells"] = numbers(chart.cells);
      json["cell_name"] = chart.cell_name;
      return;
    case ChartKind::effects:
      json["panels"] = list_of(chart.panels, [](const EffectPanel& panel) {
        return Json{{"axis", of_axis(panel.axis)}, {"role", text_of(panel.role)}, {"values", of_estimates(panel.values)}};
      });
      return;
  }
}

Json of_chart(const Chart& chart) {
  constexpr std::string_view kinds[] = {"lines", "bars", "intervals", "scatter", "heat", "effects"};
  Json json{{"id", chart.id},
            {"title", chart.title},
            {"note", chart.note},
            {"unit", chart.unit},
            {"kind", kinds[static_cast<std::size_t>(chart.kind)]},
            {"percent", chart.percent}};
  add_content(json, chart);
  if (!chart.table.rows.empty()) json["table"] = {{"head", chart.table.head}, {"rows", chart.table.rows}};
  return json;
}

Json of_worlds(const PageDocument& document) {
  Json list = Json::array();
  for (const PageWorld& world : document.worlds) {
    Json changes = Json::array();
    for (const KeyChange& change : world.changes) changes.push_back({{"key", change.key}, {"from", change.from}, {"to", change.to}});
    list.push_back({{"id", world.id},
                    {"title", world.title},
                    {"description", world.description},
                    {"file", world.file},
                    {"replicates", world.replicates},
                    {"changes", changes}});
  }
  return list;
}

Json of_sections(const PageDocument& document) {
  Json list = Json::array();
  for (const Section& section : document.sections) {
    Json charts = Json::array();
    for (const Chart& chart : section.charts) charts.push_back(of_chart(chart));
    Json json{{"id", section.id}, {"title", section.title}};
    if (!section.note.empty()) json["note"] = section.note;
    json["charts"] = std::move(charts);
    list.push_back(std::move(json));
  }
  return list;
}

Json of_differences(const PageDocument& document) {
  Json list = Json::array();
  for (const Difference& d : document.differences) {
    std::size_t world = 0;
    while (world < document.worlds.size() && document.worlds[world].id != d.world) ++world;
    list.push_back({{"outcome", in_words(d.outcome)},
                    {"meaning", d.long_name},
                    {"unit", d.unit},
                    {"platform", d.platform},
                    {"world", world},
                    {"moment", d.moment == "end" ? "at the end" : "on average"},
                    {"baseline", number(d.baseline)},
                    {"other", number(d.other)},
                    {"difference", number(d.difference)},
                    {"low", number(d.low)},
                    {"high", number(d.high)},
                    {"relative", number(d.relative)},
                    {"relative_low", number(d.relative_low)},
                    {"relative_high", number(d.relative_high)},
                    {"variance_ratio", number(d.variance_ratio)},
                    {"verdict", to_text(d.verdict)}});
  }
  return list;
}

Json of_assumptions(const PageDocument& document) {
  Json list = Json::array();
  for (const Assumption& a : document.assumptions)
    list.push_back({{"key", a.key}, {"values", a.values}, {"unit", a.unit}, {"meaning", a.meaning}, {"changed", a.changed}});
  return list;
}

Json of_footer(const PageFooter& f) {
  Json json{{"program", f.program}, {"model", f.model},           {"commit", f.commit},   {"seed", f.seed},
            {"users", f.users},     {"replicates", f.replicates}, {"created", f.created}, {"confidence", f.confidence}};
  if (!f.design.empty()) json["design"] = f.design;
  return json;
}

Json of_factors(const PageDocument& document) {
  return list_of(document.factors, [](const PageFactor& f) {
    return Json{{"name", f.name}, {"label", f.label},    {"role", text_of(f.role)}, {"keys", f.keys}, {"distribution", f.distribution},
                {"unit", f.unit}, {"meaning", f.meaning}};
  });
}
}  // namespace

std::string page_json(const PageDocument& document) {
  Json platforms = Json::array(), events = Json::array();
  for (const PagePlatform& p : document.platforms) platforms.push_back({{"id", p.id}, {"label", p.label}});
  for (const PageEvent& e : document.events)
    events.push_back({{"worlds", e.worlds}, {"label", e.label}, {"day", number(e.day)}, {"text", e.text}});
  const Json json{{"schema", "spillway-page/1"},
                  {"title", document.title},
                  {"answer", document.answer},
                  {"details", document.details},
                  {"caveat", document.caveat},
                  {"warnings", document.warnings},
                  {"time", {{"start", to_text(document.start)}, {"days", numbers(document.days)}}},
                  {"worlds", of_worlds(document)},
                  {"platforms", platforms},
                  {"events", events},
                  {"factors", of_factors(document)},
                  {"sections", of_sections(document)},
                  {"differences", of_differences(document)},
                  {"assumptions", of_assumptions(document)},
                  {"footer", of_footer(document.footer)}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace spillway
