#include "input/resolved.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "input/quantity.hpp"
#include "input/words.hpp"
#include "model/policy.hpp"
#include "model/scenario_fields.hpp"

namespace spillway {

namespace {
/// JSON's double quotes are YAML's.
std::string quoted(const std::string& text) { return nlohmann::json(text).dump(); }

std::string key_text(const std::string& key) {
  bool plain = !key.empty() && key != "null" && key != "Null" && key != "NULL";
  for (const char c : key)
    plain = plain && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.');
  return plain ? key : quoted(key);
}

class Writer {
 public:
  explicit Writer(const Scenario& scenario) : scenario_(scenario) {}
  std::string text;

  template <Described T>
  void write_rows(const T& value) {
    for_each_field<T>([&](const auto& row) { write(std::string(row.name), row, value.*(row.member)); });
  }

 private:
  void line(const std::string& key, const std::string& value) { text += fmt::format("{:{}}{}: {}\n", "", indent_, key_text(key), value); }

  template <class Body>
  void block(const std::string& key, Body body) {
    text += fmt::format("{:{}}{}:\n", "", indent_, key_text(key));
    indent_ += 2;
    body();
    indent_ -= 2;
  }

  template <class Row>
  void write(const std::string& key, const Row& row, double value) {
    if (!std::isnan(value)) line(key, quantity_text(value, row.unit));
  }
  template <class Row>
  void write(const std::string& key, const Row&, std::uint32_t value) {
    line(key, std::to_string(value));
  }
  template <class Row>
  void write(const std::string& key, const Row&, const std::string& value) {
    line(key, quoted(value));
  }
  template <class Row>
  void write(const std::string& key, const Row&, Date value) {
    line(key, to_text(value));
  }
  template <class Row, class Enum>
  requires std::is_enum_v<Enum>
  void write(const std::string& key, const Row&, Enum value) { line(key, std::string(word_of(value))); }
  template <class Row, Described T>
  void write(const std::string& key, const Row&, const T& value) {
    block(key, [&] { write_rows(value); });
  }
  template <class Row>
  void write(const std::string& key, const Row&, const std::vector<Date>& dates) {
    std::string list;
    for (const Date date : dates) list += (list.empty() ? "" : ", ") + to_text(date);
    line(key, "[" + list + "]");
  }
  template <class Row>
  void write(const std::string& key, const Row&, const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : ", ") + quoted(name);
    line(key, "[" + list + "]");
  }
  template <class Row>
  void write(const std::string& key, const Row& row, const Named<double>& values) {
    if (values.empty()) return line(key, "{}");
    block(key, [&] {
      for (const auto& [name, value] : values) line(name, quantity_text(value, row.unit));
    });
  }
  template <class Row>
  void write(const std::string& key, const Row& row, const DataSeries& series) {
    if (series.points.size() == 1) return line(key, quantity_text(series.points[0].second, row.unit));
    block(key, [&] {
      block("points", [&] {
        for (const auto& [date, value] : series.points)
          text += fmt::format("{:{}}{}: {}\n", "", indent_, to_text(date), quantity_text(value, row.unit));
      });
    });
  }
  template <class Row>
  void write(const std::string& key, const Row&, const std::vector<Segment>& segments) {
    if (segments.empty()) return line(key, "[]");
    block(key, [&] {
      for (const Segment& segment : segments) {
        const std::size_t start = text.size();
        indent_ += 2;
        write_rows(segment);
        indent_ -= 2;
        text[start + static_cast<std::size_t>(indent_)] = '-';
      }
    });
  }
  template <class Row>
  void write(const std::string& key, const Row&, const Named<Platform>& platforms) {
    block(key, [&] {
      for (const auto& [name, platform] : platforms) block(name, [&, &p = platform] { write_rows(p); });
    });
  }
  template <class Row>
  void write(const std::string& key, const Row&, const Named<Intervention>& interventions) {
    if (interventions.empty()) return line(key, "{}");
    block(key, [&] {
      for (const auto& entry : interventions)
        block(entry.first, [&] {
          const Intervention& change = entry.second;
          line("on", to_text(change.on));
          if (change.has_until) line("until", to_text(change.until));
          if (!change.set.empty()) write_changes("set", change.set);
          if (!change.ramp.empty()) write_changes("ramp", change.ramp);
        });
    });
  }
  void write_changes(const std::string& key, const std::vector<Change>& changes) {
    block(key, [&] {
      for (const Change& change : changes)
        line(change.path, quantity_text(change.value, policy_rows()[find_policy(scenario_, change.path).ref.policy].unit));
    });
  }

  const Scenario& scenario_;
  int indent_ = 0;
};
}  // namespace

std::string resolved_yaml(const Scenario& scenario) {
  Writer writer(scenario);
  writer.write_rows(scenario);
  return std::move(writer.text);
}

}  // namespace spillway
