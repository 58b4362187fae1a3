#include "report/page_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "model/ensemble_view.hpp"
#include "report/answer.hpp"
#include "report/charts.hpp"
#include "report/words.hpp"

namespace spillway {

namespace {
std::size_t runs_of(const std::vector<std::string>& digests, std::size_t world, std::size_t replicates) {
  std::size_t count = 0;
  for (std::size_t r = 0; r < replicates; ++r) count += digests[world * replicates + r].empty() ? 0 : 1;
  return count;
}

std::vector<PageWorld> worlds_of(const Recording& ensemble, std::vector<std::vector<KeyChange>>& changes) {
  const std::vector<std::string> names = labels(ensemble, "world"), titles = labels(ensemble, "world_title"),
                                 descriptions = labels(ensemble, "world_description"), files = labels(ensemble, "world_file"),
                                 digests = labels(ensemble, "digest");
  changes.resize(names.size());
  std::vector<PageWorld> worlds;
  for (std::size_t w = 0; w < names.size(); ++w)
    worlds.push_back(
        {names[w], titles[w], descriptions[w], files[w], runs_of(digests, w, digests.size() / names.size()), std::move(changes[w])});
  return worlds;
}

/// "weibo bans wechat" -> "Weibo bans WeChat".
std::string with_spelled_names(const std::string& words, const std::vector<PagePlatform>& platforms) {
  std::string text;
  for (std::size_t at = 0; at < words.size();) {
    const auto here =
        std::find_if(platforms.begin(), platforms.end(), [&](const PagePlatform& p) { return stands_at(words, at, in_words(p.id)); });
    text += here == platforms.end() ? words.substr(at, 1) : here->label;
    at += here == platforms.end() ? 1 : here->id.size();
  }
  return text;
}

/// The same event of several worlds is one.
std::vector<PageEvent> events_of(const Recording& ensemble, const std::vector<std::pair<std::string, std::string>>& texts,
                                 const std::vector<PagePlatform>& platforms) {
  std::vector<PageEvent> events;
  const std::vector<std::string> names = labels(ensemble, "events/event"), words = labels(ensemble, "events/label");
  for (std::size_t e = 0; e < names.size(); ++e) {
    const auto world = static_cast<std::size_t>(value_at(ensemble.at("events/of_world"), e));
    PageEvent event{{world}, with_spelled_names(words[e], platforms), value_at(ensemble.at("events/on"), e), ""};
    for (const auto& [name, text] : texts)
      if (name == names[e]) event.text = text;
    bool known = false;
    for (PageEvent& other : events)
      if (!known && other.label == event.label && other.day == event.day && other.text == event.text) {
        other.worlds.push_back(world);
        known = true;
      }
    if (!known) events.push_back(std::move(event));
  }
  return events;
}

std::string created(const Recording& ensemble) {
  for (const auto& [name, value] : ensemble.timing)
    if (name == "created") return value;
  return {};
}

PageFooter footer_of(const Recording& ensemble, const PageDocument& document, double confidence) {
  std::string replicates;
  for (const PageWorld& world : document.worlds) {
    const std::string count = std::to_string(world.replicates);
    if (replicates != count) replicates += (replicates.empty() ? "" : " and ") + count;
  }
  return {"spillway " + ensemble.attribute("program_version"),
          ensemble.attribute("model_version"),
          ensemble.attribute("git_commit"),
          ensemble.attribute("seed"),
          replicates,
          with_commas(fmt::format("{:.0f}", std::atof(ensemble.attribute("agents").c_str()))),
          created(ensemble),
          document.worlds.size() > 1 ? fmt::format("{:.0f} %", 100 * confidence) : ""};
}
}  // namespace

PageDocument page_document(const Recording& ensemble, const Comparison& comparison, ScenarioFacts facts) {
  PageDocument document;
  document.worlds = worlds_of(ensemble, facts.changes);
  const bool several = document.worlds.size() > 1;
  const Answer answer = several ? answer_of(ensemble, comparison) : answer_of(ensemble);
  document.title = several ? answer.question : document.worlds[0].title;
  document.answer = answer.sentence;
  document.details = answer.details;
  document.caveat = ensemble.attribute("caveat");
  document.start = start_of(ensemble.at("time")).value_or(Date{});
  for (const std::size_t t : shown_rows(length(ensemble.at("time").values))) document.days.push_back(value_at(ensemble.at("time"), t));
  document.platforms = page_platforms(ensemble);
  document.events = events_of(ensemble, facts.event_texts, document.platforms);
  document.sections = charts(ensemble);
  if (several) document.differences = comparison.differences;
  document.assumptions = std::move(facts.assumptions);
  document.footer = footer_of(ensemble, document, comparison.confidence);
  return document;
}

}  // namespace spillway
