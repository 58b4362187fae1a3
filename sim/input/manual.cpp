#include "input/manual.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cctype>

#include "input/calibration_manual.hpp"
#include "input/catalogue.hpp"
#include "input/markdown.hpp"
#include "input/quantity.hpp"
#include "input/study_manual.hpp"

namespace spillway {

namespace {
using markdown::cell;

constexpr std::string_view introduction = R"(# Scenarios

*Written by `spillway describe --manual`; change the tables in `sim/model/scenario_fields.hpp`, not this file.*

A scenario is one YAML file: it says who lives in the market, which platforms exist, and what they do when. Every key below has a
default unless it is marked *required*; a result file repeats all of them, so nothing is hidden.

```yaml
title: Two platforms
time: {start: 2009-08-14, end: 2012-12-31, step: 7 d}
population: {users: 100_000}
platforms:
  weibo: {launch: 2009-08-14, broadcast_weight: 1, ads: {load: 2%}}
  wechat: {launch: 2011-01-21, contact_import: 0.8}
interventions:
  feed_ads: {on: 2012-04-01, until: 2012-10-01, ramp: {platforms.weibo.ads.load: 0.10}}
```

`spillway new` writes one to start from. `spillway check FILE` reads a scenario and reports every problem with file, line and column;
a value outside its plausible range (what sources and trial runs leave possible) is noted, not refused, and 0 and `never`, which
switch a mechanism off, are not even noted. `spillway diff FILE` shows what a scenario changes, `spillway explain KEY` says what one key
means; `spillway schema` prints a JSON Schema for editors (put `# yaml-language-server: $schema=scenario.schema.json` on top).

## What if

A variant names the file that it changes. Maps are merged key by key, everything else (lists too) is replaced, `null` removes an entry:

```yaml
extends: history.yaml
title: No ads
interventions: {feed_ads: null}
platforms: {weibo: {ads: {load: 0}}}
```

The command line does the same with `--set PATH=VALUE`, as often as needed: `--set platforms.weibo.ads.load=0.2`,
`--set interventions.feed_ads=null`, `--set interventions.feed_ads.ramp.platforms.weibo.ads.load=0.2`.
A file named in a scenario (`extends`, `series`, `path`) is looked for beside the file that names it.

## Interventions

Keys marked **P** are policies: they may change during a run. Their paths start at the top, with the platform's name where the key has
one: `platforms.weibo.ban.strictness`, `marketplace.commission`, `marketplace.link_openness.wechat`; `spillway describe policies` lists
them. An intervention has a name, a first day `on` and one or both of
`set: {path: value}` (at once; back to what was before on `until`, if given) and `ramp: {path: value}` (in a straight line until
`until`, then constant). A change in the middle of a time step acts for its part of the step.

## How to write values

| kind | examples |
| --- | --- |
| number | `12`, `-3.5`, `1_000_000`, `1e6`; no leading zeros, no `inf`, no `yes`/`no` |
| share | `0.3` or `30%` |
| duration | always with a unit: `7 d`, `4 weeks`, `2 y` (a year has 365.25 days); `never` where the range says so |
| rate | `0.03` in the unit of the table, or `0.03 /yr`, `0.001 /d` |
| minutes | `4.2`, `4.2 min`, `240 min/d`, `4 h/d` |
| profit | `0.5`; 1 is the net profit a day of the median supplier on the first platform in mid-2012 |
| date | `2013-07-01` |
| by platform (`.NAME`) | `{wechat: 0.5}`; platforms that are not named have the default |
| platforms | `[wechat]` |
| series | `731e6`, `{series: data/people.csv}` (columns `date,value`; straight lines between the rows) or `{points: {2010-01-01: 4e8, 2015-01-01: 6e8}}` |

Anchors, aliases, merge keys, tags, tabs in the indentation and second documents are refused.
)";

std::string default_cell(const Key& key) {
  if (has(key.flags, FieldFlag::required)) return "*required*";
  return key.fallback.empty() ? "" : "`" + key.fallback + "`";
}

std::string row(const std::string& name, const Key& key) {
  std::string range = key.words.empty() ? range_text(key.range, key.flags, Unit::none) : fmt::format("{}", fmt::join(key.words, ", "));
  if (is_bounded(key.likely)) range += fmt::format(", plausible {}", range_text(key.likely, FieldFlag::none, Unit::none));
  const std::string unit(unit_name(key.unit));
  return fmt::format("| `{}`{} | {} | {} | {} | {} | {} |\n", name, has(key.flags, FieldFlag::policy) ? " **P**" : "", default_cell(key),
                     unit == "1" ? "" : unit, range, cell(key.meaning), cell(key.source));
}

/// Rows of a section and of the sections in it ("ads.load").
void add_rows(const Key& section, const std::string& prefix, std::string& text) {
  for (const Key& key : section.children) {
    if (key.kind == KeyKind::section) {
      text += fmt::format("| `{}{}` |  |  |  | *{}* |  |\n", prefix, key.name, cell(key.meaning));
      add_rows(key, prefix + key.name + ".", text);
      continue;
    }
    text += row(prefix + key.name + (key.kind == KeyKind::by_platform ? ".NAME" : ""), key);
    if (key.kind == KeyKind::list) add_rows(key, prefix + key.name + "[].", text);
  }
}

constexpr std::string_view table_head =
    "| key | default | unit | range | meaning | source of the default |\n| --- | --- | --- | --- | --- | --- |\n";
}  // namespace

std::string scenario_manual() {
  std::string text(introduction);
  text += study_manual() + calibration_manual();
  text += fmt::format("\n## The scenario itself\n\n{}", table_head);
  for (const Key& key : catalogue().children)
    if (key.children.empty()) text += row(key.name, key);
  text += "| `extends` |  |  |  | another scenario file that this one changes |  |\n";
  for (const Key& key : catalogue().children) {
    if (key.children.empty()) continue;
    const std::string head = key.kind == KeyKind::by_name ? key.name + ".NAME" : key.name;
    std::string meaning = key.meaning;
    meaning[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(meaning[0])));
    text += fmt::format("\n## `{}`\n\n{}.\n\n{}", head, meaning, table_head);
    add_rows(key, {}, text);
  }
  return text;
}

}  // namespace spillway
