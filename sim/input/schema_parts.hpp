// Parts that the JSON Schemas of studies and calibrations share.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace spillway::schema_parts {

using Json = nlohmann::ordered_json;

/// A map with these keys and no others.
Json closed(Json properties);
Json text();
/// Of at least one.
Json list_of(Json items);
Json whole(double low, double high);
/// A number as people write it, with a unit or as a percentage: a string to YAML.
Json value();
Json date();
/// Changes of the scenario: any keys.
Json sets();
/// Of a factor: a short list, or a map with one form; with `keys` where it has a name of its own. `priors`: continuous forms only.
Json factor(bool priors);
/// Keys that can vary are offered by name, each a "#/definitions/factor"; what contains a platform's or an intervention's name, or is
/// one's own, passes.
Json factors(bool priors);
Json limits();

template <class Words>
Json one_of(const Words& words) {
  return {{"type", "string"}, {"enum", words}};
}

/// The whole document; `schema_of` makes the schema of a key of the table, which has name, fallback and meaning.
template <class Rows, class Maker>
Json document(const std::string& title, const Rows& rows, Maker schema_of, bool priors) {
  Json properties = Json::object(), required = Json::array();
  for (const auto& row : rows) {
    Json schema = schema_of(row.name);
    schema["description"] = std::string(row.meaning);
    properties[std::string(row.name)] = std::move(schema);
    if (row.fallback == "*required*") required.push_back(std::string(row.name));
  }
  Json schema = closed(std::move(properties));
  schema["required"] = std::move(required);
  Json made{{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", title}};
  made.update(schema);
  made["definitions"] = {{"factor", factor(priors)}};
  return made;
}

}  // namespace spillway::schema_parts
