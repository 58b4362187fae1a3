// JSON Schema of study files, from the same tables as the reader.
#include <fmt/format.h>

#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "input/catalogue.hpp"
#include "input/schema.hpp"
#include "input/study_tables.hpp"
#include "input/values.hpp"

namespace spillway {

namespace {
using Json = nlohmann::ordered_json;

Json closed(Json properties) { return {{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}}; }
Json text() { return {{"type", "string"}}; }
Json list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}, {"minItems", 1}}; }
Json whole(double low, double high) { return {{"type", "integer"}, {"minimum", low}, {"maximum", high}}; }
Json value() { return {{"type", {"number", "string"}}}; }  // "7 d", "30%", dates and words are strings to YAML

template <class Words>
Json one_of(const Words& words) {
  return {{"type", "string"}, {"enum", words}};
}

Json range() {
  Json properties = Json::object();
  for (const FormRow& row : range_keys)
    properties[std::string(row.name)] = {{"description", std::string(row.meaning)}, {"type", value()["type"]}};
  properties["steps"] = whole(2, most_steps);
  properties["steps"]["description"] = std::string(range_keys[2].meaning);
  return properties;
}

/// Of a factor: a short list, or a map with one form; with `keys` where it has a name of its own.
Json factor() {
  Json properties = range();
  properties["keys"] = list_of(text());
  properties["keys"]["description"] = "keys of the scenario that take the value";
  for (const FormRow& row : factor_forms) {
    Json form = list_of(value());
    if (row.name == "values") {
      Json steps = closed(range());
      steps["required"] = names_of(range_keys);
      form = {{"anyOf", {form, steps}}};
    } else {
      form["minItems"] = form["maxItems"] = 2;
    }
    form["description"] = fmt::format("{}, such as {}", row.meaning, row.form);
    properties[std::string(row.name)] = std::move(form);
  }
  return {{"anyOf", {list_of(value()), closed(std::move(properties))}}};
}

/// Keys that can vary are offered by name; what contains a platform's or an intervention's name, or is one's own, passes.
Json factors() {
  Json properties = Json::object();
  for (const FlatKey& flat : flat_catalogue()) {
    const KeyKind kind = flat.key->kind;
    const bool varies =
        kind == KeyKind::number || kind == KeyKind::whole || kind == KeyKind::date || kind == KeyKind::word || kind == KeyKind::series;
    if (!varies || flat.path == "replicate" || flat.path.find(".N") != std::string::npos) continue;  // NAME, N: not known here
    properties[flat.path] = {{"$ref", "#/definitions/factor"}, {"description", flat.key->meaning}};
  }
  return {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", {{"$ref", "#/definitions/factor"}}}};
}

Json options_of(const DesignRow& row) {
  Json properties = Json::object(), required = Json::array();
  for (const DesignOption& option : row.options) {
    Json property = option.flag != nullptr ? Json{{"type", "boolean"}} : whole(option.low, option.high);
    property["description"] = std::string(option.meaning);
    properties[std::string(option.name)] = std::move(property);
    if (option.required) required.push_back(std::string(option.name));
  }
  Json schema = closed(std::move(properties));
  if (!required.empty()) schema["required"] = std::move(required);
  return schema;
}

Json design() {
  Json words = Json::array(), properties = Json::object();
  for (const DesignRow& row : design_rows_table()) {
    const std::string name(to_text(row.kind));
    if (row.kind != DesignKind::file && row.options.empty()) words.push_back(name);
    properties[name] = row.kind == DesignKind::file ? text() : options_of(row);
    properties[name]["description"] = std::string(row.meaning);
  }
  Json map = closed(std::move(properties));
  map["minProperties"] = map["maxProperties"] = 1;
  return {{"anyOf", {one_of(words), std::move(map)}}};
}

Json outcomes() {
  const Json outcome{
      {"type", "string"},
      {"pattern", R"(^[a-z0-9_]+(\.[^.@()]+)*(@(end|[0-9]{4}-[0-9]{2}-[0-9]{2})|\.(mean|max|min|sum)|\.first_(above|below)\([^)]+\))$)"}};
  return {{"anyOf", {list_of(outcome), {{"type", "object"}, {"minProperties", 1}, {"additionalProperties", outcome}}}}};
}

Json keep() {
  Json map = closed({{"trajectories", one_of(keep_words)}, {"series", list_of(text())}});
  map["required"] = {"trajectories"};
  return {{"anyOf", {one_of(keep_words), std::move(map)}}};
}

Json limits() {
  Json properties = Json::object();
  for (const LimitRow& row : limit_rows()) {
    std::string units;
    for (const auto& [word, factor] : row.units) units += (units.empty() ? "" : "|") + std::string(word);
    properties[std::string(row.name)] = {{"type", "string"},
                                         {"pattern", fmt::format("^[0-9][0-9_.eE+-]* *({})$", units)},
                                         {"description", fmt::format("{}, such as {}", row.meaning, row.example)}};
  }
  properties["on_failure"] = one_of(failure_words);
  return closed(std::move(properties));
}

Json schema_of(std::string_view key) {
  static const std::map<std::string_view, std::function<Json()>> makers{
      {"title", text},
      {"description", text},
      {"scenario", text},
      {"set",
       [] {
         return Json{{"type", "object"}};
       }},
      {"levers", factors},
      {"uncertainties", factors},
      {"design", design},
      {"replicates", [] { return whole(1, most_replicates); }},
      {"common_random_numbers",
       [] {
         return Json{{"type", "boolean"}};
       }},
      {"outcomes", outcomes},
      {"keep", keep},
      {"limits", limits},
  };
  return makers.at(key)();
}
}  // namespace

std::string study_schema_json() {
  Json properties = Json::object(), required = Json::array();
  for (const StudyKeyRow& row : study_keys) {
    Json schema = schema_of(row.name);
    schema["description"] = std::string(row.meaning);
    properties[std::string(row.name)] = std::move(schema);
    if (row.fallback == "*required*") required.push_back(std::string(row.name));
  }
  Json schema = closed(std::move(properties));
  schema["required"] = std::move(required);
  Json document{{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", "Spillway study"}};
  document.update(schema);
  document["definitions"] = {{"factor", factor()}};
  return document.dump(2) + "\n";
}

}  // namespace spillway
