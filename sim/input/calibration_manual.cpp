// The manual's part on calibration files.
#include "input/calibration_manual.hpp"

#include <fmt/format.h>

#include "input/calibration_tables.hpp"
#include "input/markdown.hpp"

namespace spillway {

namespace {
using namespace markdown;

constexpr std::string_view introduction = R"(## Calibrations

A calibration is a YAML file beside the scenarios: one scenario, which of its numbers are fitted, and the dated record that they are fitted
to. `spillway check FILE` reads it, `spillway calibrate` runs it, `spillway schema --calibration` prints a JSON Schema.

```yaml
title: Weibo and WeChat up to the end of 2013
scenario: ../history.yaml
set: {population.users: 20_000}
parameters:
  platforms.wechat.imitation_rate: {loguniform: [1, 20]}
  content: {keys: [platforms.weibo.sellers.follower_value, platforms.wechat.sellers.follower_value], uniform: [0.1, 2]}
targets:
  wechat_mau:
    title: WeChat's monthly accounts
    outcome: monthly_accounts.wechat
    data: ../data/record.csv
    series: wechat_mau_target
    scale: 1e6
    tolerance: 10%
  ratio:
    outcome: monthly_active_users.wechat
    over: monthly_active_users.weibo
    rows: {2012-12-31: 1.66, 2013-12-31: 2.75}
    tolerance: 0.2
fit_until: 2012-12-31
variants:
  no_moments: {set: {interventions.moments: null}}
method: {waves: 6, points: 500}
```

`--set` changes a calibration where its first word is a key of calibrations (`--set method.waves=3`, `--set fit_until=2012-12-31`,
`--set targets.wechat_mau.tolerance=5%`, `--set parameters.habit.memory.uniform=[7 d, 21 d]`), else the scenario in all runs.
A key is fitted or fixed by `set`, not both; whole numbers, dates and words are not fitted. The day of each row must lie within the
scenario's time.
)";

std::string prior_table() {
  std::string text = "| prior | example | meaning |\n| --- | --- | --- |\n";
  for (const FormRow& row : factor_forms)
    if (row.prior) text += fmt::format("| `{}` | `{}` | {} |\n", row.name, row.form, cell(row.meaning));
  return text;
}

std::string method_table() {
  const CalibrationMethod defaults;
  std::string text = "| number | default | range | meaning |\n| --- | --- | --- | --- |\n";
  for (const MethodRow& row : method_rows())
    text += fmt::format("| `{}` | `{}` | [{}, {}] | {} |\n", row.name,
                        row.number != nullptr ? fmt::format("{}", defaults.*row.number) : fmt::format("{}", defaults.*row.whole), row.low,
                        row.high, cell(row.meaning));
  return text;
}
}  // namespace

std::string calibration_manual() {
  return fmt::format(
      "\n{}\n{}\nPriors, `KEY: {{PRIOR: ..}}` or `NAME: {{keys: [KEY, ..], PRIOR: ..}}`:\n\n{}\nKeys of a target:\n\n{}\nKeys of a "
      "variant:\n\n{}\nNumbers of the method:\n\n{}",
      introduction, key_table(calibration_keys), prior_table(), key_table(target_keys), key_table(variant_keys), method_table());
}

}  // namespace spillway
