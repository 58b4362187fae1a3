// `spillway describe`: what the model knows, topic by topic. A topic is one row below.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "cli/command.hpp"
#include "input/manual.hpp"
#include "run/output_manual.hpp"

namespace spillway {

namespace {
struct Topic {
  std::string_view name;
  std::string_view summary;
  std::string (*text)();
};

constexpr Topic topics[] = {
    {"parameters", "every key of a scenario with default and meaning", parameter_list},
    {"policies", "what interventions can change during a run", policy_list},
    {"phases", "what happens in a tick, in order", phases_text},
    {"observables", "what a run records", observables_text},
};

int describe(const std::string& name) {
  std::vector<std::string> names;
  for (const Topic& topic : topics) {
    names.emplace_back(topic.name);
    if (!name.empty() && topic.name != name) continue;
    fmt::print("{}: {}\n\n{}{}", topic.name, topic.summary, topic.text(), name.empty() ? "\n" : "");
    if (!name.empty()) return 0;
  }
  if (name.empty()) return 0;
  const std::string near = nearest(name, names);
  throw InputError(
      fmt::format("there is no topic '{}'; {}", name,
                  near.empty() ? fmt::format("topics are {}", fmt::join(names, ", ")) : fmt::format("did you mean '{}'?", near)));
}
}  // namespace

Action set_up_describe(CLI::App& app) {
  struct Options {
    std::string topic;
    bool manual = false, outputs = false;
  };
  auto options = std::make_shared<Options>();
  app.add_option("topic", options->topic, "parameters, policies, phases or observables; all topics if left out")
      ->type_name("parameters|policies|phases|observables");
  app.add_flag("--manual", options->manual, "print scenarios/README.md: how to write a scenario, and every parameter");
  app.add_flag("--outputs", options->outputs, "print output/README.md: what a result file holds");
  return [options] {
    if (!options->manual && !options->outputs) return describe(options->topic);
    fmt::print("{}", options->manual ? scenario_manual() : output_manual());
    return 0;
  };
}

}  // namespace spillway
