// JSON Schema of study files, from the same tables as the reader.
#include <functional>
#include <map>

#include "input/schema.hpp"
#include "input/schema_parts.hpp"
#include "input/study_tables.hpp"

namespace spillway {

namespace {
using namespace schema_parts;

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

Json schema_of(std::string_view key) {
  static const std::map<std::string_view, std::function<Json()>> makers{
      {"title", text},
      {"description", text},
      {"scenario", text},
      {"set", sets},
      {"levers", [] { return factors(false); }},
      {"uncertainties", [] { return factors(false); }},
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

std::string study_schema_json() { return document("Spillway study", study_keys, schema_of, false).dump(2) + "\n"; }

}  // namespace spillway
