#include "input/schema_parts.hpp"

#include <fmt/format.h>

#include "input/catalogue.hpp"
#include "input/study_tables.hpp"

namespace spillway::schema_parts {

namespace {
Json range() {
  Json properties = Json::object();
  for (const FormRow& row : range_keys)
    properties[std::string(row.name)] = {{"description", std::string(row.meaning)}, {"type", value()["type"]}};
  properties["steps"] = whole(2, most_steps);
  properties["steps"]["description"] = std::string(range_keys[2].meaning);
  return properties;
}

Json form(const FormRow& row) {
  Json made = list_of(value());
  if (row.name == "values") {
    Json steps = closed(range());
    steps["required"] = names_of(range_keys);
    made = {{"anyOf", {made, steps}}};
  } else {
    made["minItems"] = made["maxItems"] = 2;
  }
  made["description"] = fmt::format("{}, such as {}", row.meaning, row.form);
  return made;
}

bool varies(KeyKind kind, bool priors) {
  const bool number = kind == KeyKind::number || kind == KeyKind::series;
  return number || (!priors && (kind == KeyKind::whole || kind == KeyKind::date || kind == KeyKind::word));
}
}  // namespace

Json closed(Json properties) { return {{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}}; }
Json text() { return {{"type", "string"}}; }
Json list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}, {"minItems", 1}}; }
Json whole(double low, double high) { return {{"type", "integer"}, {"minimum", low}, {"maximum", high}}; }
Json value() { return {{"type", {"number", "string"}}}; }
Json date() { return {{"type", "string"}, {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}}; }
Json sets() { return {{"type", "object"}}; }

Json factor(bool priors) {
  Json properties = priors ? Json::object() : range();
  properties["keys"] = list_of(text());
  properties["keys"]["description"] = "keys of the scenario that take the value";
  for (const FormRow& row : factor_forms)
    if (row.prior || !priors) properties[std::string(row.name)] = form(row);
  if (priors) return closed(std::move(properties));
  return {{"anyOf", {list_of(value()), closed(std::move(properties))}}};
}

Json factors(bool priors) {
  Json properties = Json::object();
  for (const FlatKey& flat : flat_catalogue()) {
    const bool known = flat.path.find(".N") == std::string::npos;  // NAME, N: not known here
    if (!varies(flat.key->kind, priors) || flat.path == "replicate" || !known) continue;
    properties[flat.path] = {{"$ref", "#/definitions/factor"}, {"description", flat.key->meaning}};
  }
  return {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", {{"$ref", "#/definitions/factor"}}}};
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

}  // namespace spillway::schema_parts
