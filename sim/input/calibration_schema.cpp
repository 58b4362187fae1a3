// JSON Schema of calibration files, from the same tables as the reader.
#include <functional>
#include <map>

#include "input/calibration_tables.hpp"
#include "input/schema.hpp"
#include "input/schema_parts.hpp"

namespace spillway {

namespace {
using namespace schema_parts;
using Makers = std::map<std::string_view, std::function<Json()>>;

Json days() { return {{"type", "string"}, {"pattern", "^[0-9][0-9_.eE+-]* *(d|days?|weeks?|y|yr|years?)$"}}; }
Json positive(double most) { return {{"type", {"number", "string"}}, {"exclusiveMinimum", 0}, {"maximum", most}}; }  // 1_000: a string

/// An outcome of studies without its ending.
Json observable() { return {{"type", "string"}, {"pattern", R"(^[a-z0-9_]+(\.[^.@()]+)*$)"}}; }

Json tolerance() {
  Json relative = text();
  relative["pattern"] = "^[0-9][0-9_.eE+-]* *%$";
  return {{"anyOf", {{{"type", "number"}, {"exclusiveMinimum", 0}}, relative, days()}}};
}

Json rows() {
  Json row = closed({{"value", value()}, {"source", text()}});
  row["required"] = {"value"};
  return {{"type", "object"}, {"minProperties", 1}, {"additionalProperties", {{"anyOf", {value(), std::move(row)}}}}};
}

/// A map of names of one's own with such maps.
template <class Rows>
Json named(const Rows& keys, const Makers& makers) {
  Json properties = Json::object();
  for (const StudyKeyRow& row : keys) {
    Json schema = makers.at(row.name)();
    schema["description"] = std::string(row.meaning);
    properties[std::string(row.name)] = std::move(schema);
  }
  return {{"type", "object"}, {"additionalProperties", closed(std::move(properties))}};
}

Json targets() {
  static const Makers makers{{"title", text},
                             {"outcome", observable},
                             {"over", observable},
                             {"data", text},
                             {"series", text},
                             {"rows", rows},
                             {"from", date},
                             {"until", date},
                             {"scale", [] { return positive(largest_scale); }},
                             {"tolerance", tolerance},
                             {"or_within", days},
                             {"weight", [] {
                                return Json{{"type", "number"}, {"minimum", 0}, {"maximum", largest_weight}};
                              }}};
  Json made = named(target_keys, makers);
  made["minProperties"] = 1;
  Json& target = made["additionalProperties"];
  target["required"] = {"outcome", "tolerance"};
  target["oneOf"] = {{{"required", {"data"}}}, {{"required", {"rows"}}}};
  return made;
}

Json variants() {
  return named(variant_keys, {{"title", text}, {"set", sets}, {"without", [] { return Json{{"type", "array"}, {"items", text()}}; }}});
}

Json method() {
  Json properties = Json::object();
  for (const MethodRow& row : method_rows()) {
    Json number = whole(row.low, row.high);
    if (row.number != nullptr) number["type"] = "number";
    Json schema{{"anyOf", {std::move(number), {{"type", "string"}, {"pattern", "^[1-9][0-9]*(_[0-9]+)+$"}}}}};
    schema["description"] = std::string(row.meaning);
    properties[std::string(row.name)] = std::move(schema);
  }
  return closed(std::move(properties));
}

Json schema_of(std::string_view key) {
  static const Makers makers{
      {"title", text},      {"description", text}, {"scenario", text},     {"set", sets},      {"parameters", [] { return factors(true); }},
      {"targets", targets}, {"fit_until", date},   {"variants", variants}, {"method", method}, {"limits", limits}};
  return makers.at(key)();
}
}  // namespace

std::string calibration_schema_json() { return document("Spillway calibration", calibration_keys, schema_of, true).dump(2) + "\n"; }

}  // namespace spillway
