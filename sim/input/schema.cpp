#include "input/schema.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "input/catalogue.hpp"
#include "input/quantity.hpp"
#include "model/policy.hpp"

namespace spillway {

namespace {
using Json = nlohmann::ordered_json;

constexpr std::string_view number_pattern = R"([-+]?(0|[1-9][0-9_]*)(\.[0-9_]+)?([eE][-+]?[0-9]+)?)";
constexpr std::string_view date_pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view(".*+?()[]{}^$|\\/").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

/// "1_000_000", "30%", "7 d", "never": what YAML sees as text but the reader as a number.
Json number_text(Unit unit, FieldFlag flags) {
  std::string units;
  for (const std::string& word : unit_words_for(unit)) units += (units.empty() ? "" : "|") + escaped(word);
  const std::string unit_part = units.empty() ? "" : unit == Unit::days ? " *(" + units + ")" : "( *(" + units + "))?";
  const std::string never_part = has(flags, FieldFlag::never) ? "|never" : "";
  return {{"type", "string"}, {"pattern", fmt::format("^({}{}{})$", number_pattern, unit_part, never_part)}};
}

Json number(const Key& key, const char* type) {
  Json plain{{"type", type}};
  if (std::isfinite(key.range.low)) plain[has(key.flags, FieldFlag::positive) ? "exclusiveMinimum" : "minimum"] = key.range.low;
  if (std::isfinite(key.range.high)) plain["maximum"] = key.range.high;
  if (key.unit == Unit::days) return number_text(key.unit, key.flags);
  return {{"anyOf", {plain, number_text(key.unit, key.flags)}}};
}

std::string description(const Key& key) {
  std::string text = key.meaning;
  const std::string unit(unit_name(key.unit));
  if (!unit.empty() && unit != "1") text += fmt::format(". Unit: {}", unit);
  if (const std::string range = range_text(key.range, key.flags, Unit::none); !range.empty()) text += fmt::format(". Range: {}", range);
  if (is_bounded(key.likely)) text += fmt::format(". Plausible: {}", range_text(key.likely, FieldFlag::none, Unit::none));
  if (!key.fallback.empty()) text += fmt::format(". Default: {}", key.fallback);
  if (has(key.flags, FieldFlag::policy)) text += ". Policy: interventions can change it";
  if (!key.source.empty()) text += fmt::format(". Source: {}", key.source);
  return text;
}

class SchemaWriter {
 public:
  /// In an overlay nothing is required and null removes.
  explicit SchemaWriter(bool overlay) : overlay_(overlay) {}

  Json section(const Key& key) const {
    Json properties = Json::object(), required = Json::array();
    for (const Key& child : key.children) {
      properties[child.name] = property(child);
      if (has(child.flags, FieldFlag::required)) required.push_back(child.name);
    }
    Json schema{{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
    if (!overlay_ && !required.empty()) schema["required"] = std::move(required);
    return schema;
  }

  Json property(const Key& key) const {
    Json schema = overlay_ ? Json{{"anyOf", {value(key), Json{{"type", "null"}}}}} : value(key);
    schema["description"] = description(key);
    return schema;
  }

 private:
  Json value(const Key& key) const {
    switch (key.kind) {
      case KeyKind::section: return section(key);
      case KeyKind::by_name: return by_name(key);
      case KeyKind::list: return {{"type", "array"}, {"items", SchemaWriter(false).section(key)}};
      case KeyKind::number: return number(key, "number");
      case KeyKind::by_platform: return by_platform(key);
      case KeyKind::whole: return number(key, "integer");
      case KeyKind::text: return {{"type", {"string", "number", "boolean"}}};  // unquoted 2012 or yes is text to the reader
      case KeyKind::date: return {{"type", "string"}, {"pattern", date_pattern}};
      case KeyKind::dates: return {{"type", "array"}, {"items", {{"type", "string"}, {"pattern", date_pattern}}}};
      case KeyKind::platforms: return {{"type", "array"}, {"items", {{"type", "string"}}}, {"uniqueItems", true}};
      case KeyKind::word: return {{"type", "string"}, {"enum", key.words}};
      case KeyKind::series: return series(key);
      case KeyKind::changes: return changes();
    }
    return {};
  }

  static Json named(Json element) {
    return {{"type", "object"}, {"propertyNames", {{"pattern", R"(^[^\s./=]{1,40}$)"}}}, {"additionalProperties", std::move(element)}};
  }

  Json by_name(const Key& key) const {
    Json element = section(key);
    if (overlay_) element = Json{{"anyOf", {element, Json{{"type", "null"}}}}};
    return named(std::move(element));
  }

  /// A number as an element of a map: an overlay may remove it.
  Json removable_number(const Key& key) const {
    Json element = number(key, "number");
    if (overlay_) element["anyOf"].push_back({{"type", "null"}});
    element["description"] = description(key);
    return element;
  }

  Json by_platform(const Key& key) const { return named(removable_number(key)); }

  Json series(const Key& key) const {
    const Json value = number(key, "number");
    const Json points{{"type", "object"}, {"propertyNames", {{"pattern", date_pattern}}}, {"additionalProperties", value}};
    Json map{{"type", "object"}, {"additionalProperties", false}, {"properties", {{"series", {{"type", "string"}}}, {"points", points}}}};
    if (overlay_) map["properties"]["series"]["type"] = {"string", "null"};
    if (overlay_) map["properties"]["points"]["type"] = {"object", "null"};
    return {{"anyOf", {value, map}}};
  }

  Json changes() const {
    Json patterns = Json::object();
    for (const PolicyRow& row : policy_rows()) {
      Key key;
      key.unit = row.unit;
      key.range = row.range;
      key.likely = row.likely;
      if (has(row.flags, FieldFlag::positive)) key.flags = FieldFlag::positive;
      key.meaning = row.meaning;
      std::string path = escaped(policy_path(row, "NAME"));
      if (const std::size_t name = path.find("NAME"); name != std::string::npos) path.replace(name, 4, "[^.]+");
      patterns["^" + path + "$"] = removable_number(key);
    }
    return {{"type", "object"}, {"additionalProperties", false}, {"patternProperties", std::move(patterns)}};
  }

  bool overlay_;
};
}  // namespace

std::string schema_json() {
  Json overlay = SchemaWriter(true).section(catalogue());
  overlay["properties"]["extends"] = {{"type", "string"},
                                      {"description", "another scenario file, relative to this one; keys here change it, null removes"}};
  const Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
                    {"title", "Spillway scenario"},
                    {"type", "object"},
                    {"if", {{"required", {"extends"}}}},
                    {"then", {{"$ref", "#/definitions/overlay"}}},
                    {"else", {{"$ref", "#/definitions/scenario"}}},
                    {"definitions", {{"scenario", SchemaWriter(false).section(catalogue())}, {"overlay", std::move(overlay)}}}};
  return schema.dump(2) + "\n";
}

}  // namespace spillway
