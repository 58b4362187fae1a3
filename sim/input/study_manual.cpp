// The manual's part on study files.
#include "input/study_manual.hpp"

#include <fmt/format.h>

#include "input/markdown.hpp"
#include "input/study_tables.hpp"

namespace spillway {

namespace {
using namespace markdown;

constexpr std::string_view introduction = R"(## Studies

A study is a YAML file beside the scenarios: one scenario, what varies, which points are run and what is taken from each run.
`spillway check FILE` reads it, `spillway sweep` runs it, `spillway schema --study` prints a JSON Schema. Examples stand in `sweeps/`.

```yaml
title: When should Weibo advertise, and when should it ban?
scenario: ../history.yaml
set: {population.users: 100_000}
levers:
  interventions.weibo_bans_wechat.on: [2012-01-01, 2013-01-01, 2014-11-26]
  ad_load:
    keys: [interventions.weibo_promoted_posts.set.platforms.weibo.ads.load, interventions.weibo_feed_ads.set.platforms.weibo.ads.load]
    values: {from: 0, to: 0.3, steps: 7}
design: grid
replicates: 10
outcomes: [monthly_active_users.wechat@end, attention_share.weibo.mean]
```

`--set` changes a study where its first word is a key of studies (`--set replicates=4`, `--set design.sobol.samples=64`,
`--set levers.habit.memory.uniform=[7 d, 21 d]`), else the scenario at all points (`--set population.users=20000`).
A key varies or is fixed by `set`, not both. A policy that an intervention sets varies there, as the ad load above does: what the
platform starts with (`platforms.weibo.ads.load`) ends on the intervention's day. A day after the scenario's end means never.
)";

std::string form_table() {
  std::string text = "| form | example | meaning |\n| --- | --- | --- |\n";
  for (const FormRow& row : factor_forms) text += fmt::format("| `{}` | `{}` | {} |\n", row.name, row.form, cell(row.meaning));
  return text + "| `values` | `{from: 0, to: 0.3, steps: 7}` | as many values at equal distances, both ends among them |\n";
}

std::string design_table() {
  std::string text = "| design | options | points |\n| --- | --- | --- |\n";
  for (const DesignRow& row : design_rows_table()) {
    std::string options;
    for (const DesignOption& option : row.options)
      options +=
          fmt::format("{}`{}`{}: {}", options.empty() ? "" : "; ", option.name, option.required ? " *required*" : "", option.meaning);
    text += fmt::format("| `{}`{} | {} | {} |\n", to_text(row.kind), row.lists ? " (lists only)" : "", options, cell(row.meaning));
  }
  return text;
}

std::string statistic_table() {
  std::string text = "| ending | number |\n| --- | --- |\n";
  for (const StatisticRow& row : statistic_rows) text += fmt::format("| `{}` | {} |\n", row.form, row.meaning);
  return text;
}

std::string limit_table() {
  std::string text = "| limit | example | units | meaning |\n| --- | --- | --- | --- |\n";
  for (const LimitRow& row : limit_rows()) {
    std::string units;
    for (const auto& [word, factor] : row.units) units += (units.empty() ? "" : ", ") + std::string(word);
    text += fmt::format("| `{}` | `{}` | {} | {} |\n", row.name, row.example, units, row.meaning);
  }
  return text + "| `on_failure` | `continue` | continue, stop | whether other runs go on after one has failed |\n";
}
}  // namespace

std::string study_manual() {
  return fmt::format(
      "\n{}\n{}\nHow a factor varies, `KEY: FORM` or `NAME: {{keys: [KEY, ..], FORM}}`. A list alone is `values`. Dates, words and lists "
      "of "
      "words take `values`, dates also `dates`; whole numbers are rounded:\n\n{}\nDesigns, `design: grid` or `design: {{sobol: {{samples: "
      "64}}}}`:\n\n{}\nOutcomes are `OBSERVABLE.LABEL` (`spillway describe observables`; the platform first; labels that are not named are "
      "summed over; `.share` behind the label: its share of the sum over platforms) and an ending:\n\n{}\n{}",
      introduction, key_table(study_keys), form_table(), design_table(), statistic_table(), limit_table());
}

}  // namespace spillway
