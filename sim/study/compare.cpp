#include "study/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <map>
#include <mutex>
#include <numeric>

#include "analysis/differences.hpp"
#include "analysis/ensemble.hpp"
#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/parallel.hpp"
#include "input/difference.hpp"
#include "input/resolved.hpp"
#include "model/validate.hpp"
#include "run/describe.hpp"
#include "run/memory_forecast.hpp"
#include "run/provenance.hpp"
#include "run/signals.hpp"
#include "study/parting.hpp"
#include "study/world_tree.hpp"

namespace spillway {

namespace {
using Clock = std::chrono::steady_clock;
constexpr std::size_t added_at_once = 4;     // chosen: few enough to stop soon, enough for the cores of a small machine
constexpr std::uint32_t few_users = 20'000;  // below, differences of replicates are skewed, see tests/study/coverage_test.cpp

std::string counted(std::size_t replicates) { return fmt::format("{} replicate{}", replicates, replicates == 1 ? "" : "s"); }

/// Runs of all worlds under one replicate number.
struct Replicate {
  std::uint32_t number = 0;
  std::vector<Recording> runs;  ///< by world
};

class Comparing {
 public:
  Comparing(std::vector<WorldInput>& worlds, const CompareOptions& options, const std::function<void(const CompareProgress&)>& progress)
      : worlds_(worlds), options_(options), progress_(progress), start_(Clock::now()) {
    threads_ = options.threads > 0 ? options.threads : available_threads();
    first_ = worlds[0].loaded.scenario.replicate;
    side_by_side_ = fitting(options.replicates);
  }

  /// False if stopped.
  bool add(std::size_t count) {
    const std::size_t before = finished_.size();
    for (std::size_t i = 0; i < count; ++i) planned_ += cost(first_ + static_cast<std::uint32_t>(before + i));
    wanted_ = before + count;
    std::vector<Replicate> fresh(count);
    const std::size_t side = std::min(side_by_side_, count);
    for_blocks(count, 1, static_cast<int>(side), [&](int, std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end && stop_signal() == 0; ++i)
        fresh[i] = simulate(first_ + static_cast<std::uint32_t>(before + i), std::max(1, threads_ / static_cast<int>(side)));
    });
    for (Replicate& replicate : fresh)
      if (!replicate.runs.empty()) finished_.push_back(std::move(replicate));
    return finished_.size() == wanted_;
  }

  const std::vector<Replicate>& finished() const { return finished_; }
  std::size_t side_by_side() const { return side_by_side_; }
  /// Ticks of all worlds in one replicate that is simulated as a whole, and of its worlds one by one.
  double runs_each() {
    std::uint64_t separate = 0;
    for (const WorldInput& world : worlds_) separate += tick_count(world.loaded.scenario.time);
    std::vector<std::size_t> all(worlds_.size());
    std::iota(all.begin(), all.end(), 0);
    return static_cast<double>(ticks_of(trees(all))) / static_cast<double>(separate) * static_cast<double>(worlds_.size());
  }
  bool sharing() const { return sharing_; }
  int threads() const { return threads_; }
  std::uint64_t ticks() const { return done_; }
  std::size_t reused() const { return reused_; }
  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }
  std::uint64_t ticks_separate() const {
    std::uint64_t ticks = 0;
    for (const WorldInput& world : worlds_) ticks += tick_count(world.loaded.scenario.time);
    return ticks * finished_.size();
  }

 private:
  /// Worlds that this replicate must simulate.
  std::vector<std::size_t> to_run(std::uint32_t number) const {
    std::vector<std::size_t> run;
    for (std::size_t w = 0; w < worlds_.size(); ++w)
      if (!worlds_[w].known.contains(number)) run.push_back(w);
    return run;
  }

  /// Planned once for each set of worlds, by the thread that owns this object: add() has been there before simulate() asks.
  const std::vector<Branch>& trees(const std::vector<std::size_t>& run) {
    const auto known = trees_.find(run);
    if (known != trees_.end()) return known->second;
    std::vector<const LoadedScenario*> loaded;
    for (const std::size_t w : run) loaded.push_back(&worlds_[w].loaded);
    return trees_.emplace(run, plan_trees(loaded, sharing_)).first->second;
  }

  std::uint64_t cost(std::uint32_t number) { return ticks_of(trees(to_run(number))); }

  /// Memory that a replicate takes, at most. Throws InputError if not even one world fits.
  double most_memory(std::uint32_t number) {
    double most = 1;
    for (const Branch& tree : trees(to_run(number))) {
      const LoadedScenario& loaded = worlds_[tree.world].loaded;
      const Scenario& s = loaded.scenario;
      std::optional<GraphMemory> graph;
      if (s.contacts.kind == ContactsKind::file) graph = graph_memory(loaded.contacts_path, s.population.users);
      refuse_unless_fits(s, threads_, graph, machine_memory());
      most = std::max(most, static_cast<double>(most_at_once(tree)) * static_cast<double>(forecast_memory(s, 1, graph).bytes()));
    }
    return most;
  }

  /// How many replicates fit beside each other. Where not even one does with its branches, worlds are run one by one.
  std::size_t fitting(std::size_t replicates) {
    const std::uint32_t number = first_ + static_cast<std::uint32_t>(replicates);  // one that no result file has
    const double free = usable_share * static_cast<double>(machine_memory().available);
    sharing_ = most_memory(number) <= free;
    trees_.clear();
    const auto fit = static_cast<std::size_t>(free / most_memory(number));
    return std::clamp<std::size_t>(fit, 1, std::min(replicates, static_cast<std::size_t>(threads_)));
  }

  Replicate simulate(std::uint32_t number, int threads) {
    const std::vector<std::size_t> run = to_run(number);
    std::vector<LoadedScenario> loaded;
    for (const std::size_t w : run) {
      loaded.push_back(worlds_[w].loaded);
      loaded.back().scenario.replicate = number;
    }
    std::vector<const LoadedScenario*> pointers;
    for (const LoadedScenario& one : loaded) pointers.push_back(&one);
    std::vector<Recording> made = grow(trees(run), pointers, threads, [this] { return ticked(); });
    Replicate replicate{number, std::vector<Recording>(worlds_.size())};
    for (std::size_t i = 0; i < run.size(); ++i) {
      if (made[i].variables.empty()) return {};
      replicate.runs[run[i]] = std::move(made[i]);
    }
    for (std::size_t w = 0; w < worlds_.size(); ++w)
      if (const auto known = worlds_[w].known.find(number); known != worlds_[w].known.end()) {
        replicate.runs[w] = known->second;
        ++reused_;
      }
    ++replicates_done_;
    return replicate;
  }

  bool ticked() {
    ++done_;
    if (const std::unique_lock lock(showing_, std::try_to_lock); lock.owns_lock()) {
      const double done = static_cast<double>(done_) / static_cast<double>(std::max<std::uint64_t>(1, planned_)), spent = seconds();
      progress_({done, spent, done > 0 ? spent * (1 - done) / done : 0, replicates_done_, wanted_});
    }
    return stop_signal() == 0;
  }

  std::vector<WorldInput>& worlds_;
  const CompareOptions& options_;
  const std::function<void(const CompareProgress&)>& progress_;
  Clock::time_point start_;
  int threads_ = 1;
  std::uint32_t first_ = 0;
  bool sharing_ = true;
  std::size_t side_by_side_ = 1, wanted_ = 0;
  std::vector<Replicate> finished_;
  std::map<std::vector<std::size_t>, std::vector<Branch>> trees_;
  std::atomic<std::uint64_t> done_ = 0, planned_ = 0;
  std::atomic<std::size_t> replicates_done_ = 0, reused_ = 0;
  std::mutex showing_;
};

/// What no policy explains: "platforms.newcomer, habit.memory".
std::string changed_keys(const Scenario& a, const Scenario& b) {
  std::vector<std::string> keys;
  for (const KeyDifference& difference : differences(a, b))
    if (!is_wording(difference.key)) keys.push_back(difference.key);
  constexpr std::size_t most = 3;  // chosen: what a line holds
  const std::size_t more = keys.size() > most ? keys.size() - most : 0;
  keys.resize(keys.size() - more);
  return fmt::format("{}{}", fmt::join(keys, ", "), more > 0 ? fmt::format(" and {} more", more) : "");
}

/// Draws are keyed by seed, replicate and user.
bool have_same_luck(const std::vector<WorldInput>& worlds) {
  return std::all_of(worlds.begin(), worlds.end(), [&](const WorldInput& world) {
    const Scenario &a = worlds[0].loaded.scenario, &b = world.loaded.scenario;
    return a.seed == b.seed && a.population.users == b.population.users;
  });
}

std::vector<Parting> partings_of(const std::vector<WorldInput>& worlds, const Replicate& replicate) {
  std::vector<Parting> partings;
  for (std::size_t w = 1; w < worlds.size(); ++w) {
    const double last_day = std::min(last_whole_day(replicate.runs[0]), last_whole_day(replicate.runs[w]));
    Parting parting = find_parting(worlds[w].name, replicate.runs[0], replicate.runs[w], last_day);
    if (parting.policy.empty() && !std::isnan(parting.day))
      parting.policy = changed_keys(worlds[0].loaded.scenario, worlds[w].loaded.scenario);
    partings.push_back(std::move(parting));
  }
  return partings;
}

Recording ensemble_of(const std::vector<WorldInput>& worlds, const std::vector<Replicate>& replicates) {
  std::vector<Runs> runs;
  for (std::size_t w = 0; w < worlds.size(); ++w) {
    runs.push_back({worlds[w].name, {}});
    for (const Replicate& replicate : replicates) runs.back().replicates.push_back(replicate.runs[w]);
  }
  return ensemble(runs);
}

bool is_main(const Difference& difference) {
  const auto& names = main_outcomes();
  return difference.moment == "end" && !difference.platform.empty() &&
         std::find(names.begin(), names.end(), difference.outcome) != names.end();
}

/// Largest half width of a main outcome, as a share of the baseline.
double widest_half(const Comparison& comparison) {
  double widest = 0;
  for (const Difference& d : comparison.differences)
    if (is_main(d) && d.baseline != 0) widest = std::max(widest, 0.5 * (d.high - d.low) / std::abs(d.baseline));
  return widest;
}

void compare(const std::vector<WorldInput>& worlds, Comparing& comparing, double confidence, CompareOutcome& outcome) {
  outcome.ensemble = ensemble_of(worlds, comparing.finished());
  outcome.comparison = compare_worlds(outcome.ensemble, confidence, partings_of(worlds, comparing.finished()[0]), have_same_luck(worlds));
}

/// Batches until the outcomes are sure enough; sequential stopping makes intervals a little too narrow, which the rule says.
std::string add_until_sure(const std::vector<WorldInput>& worlds, const CompareOptions& options, Comparing& comparing,
                           CompareOutcome& outcome) {
  const auto percent = [](double share) { return fmt::format("{:.3g} %", 100 * share); };
  if (options.half_width <= 0) return counted(comparing.finished().size()) + " as asked for";
  const std::string rule = fmt::format(
      "replicates were added in batches of {} until the half widths of {} at the end were at most {} of the baseline; looking between "
      "batches makes intervals slightly optimistic",
      added_at_once, fmt::join(main_outcomes(), ", "), percent(options.half_width));
  for (;;) {
    const double half = widest_half(outcome.comparison);
    const std::size_t have = comparing.finished().size();
    if (half <= options.half_width) return fmt::format("{}: reached {} with {} replicates", rule, percent(half), have);
    if (have >= options.most_replicates)
      return fmt::format("{}: NOT reached, {} with the most replicates allowed, {}", rule, percent(half), have);
    if (!comparing.add(std::min(added_at_once, options.most_replicates - have))) {
      compare(worlds, comparing, options.confidence, outcome);
      return rule + ": stopped before it was reached";
    }
    compare(worlds, comparing, options.confidence, outcome);
  }
}

void describe_comparison(Comparing& comparing, const std::string& id, CompareOutcome& outcome) {
  Recording& e = outcome.ensemble;
  for (auto& [name, value] : e.attributes)
    if (name == "status" && outcome.stopped_by != 0) value = "stopped";
  e.attributes.emplace_back("id", id);
  e.attributes.emplace_back("replicates", std::to_string(outcome.comparison.replicates));
  e.attributes.emplace_back("stopping_rule", outcome.stopping);
  add_comparison(e, outcome.comparison);
  e.timing = {{"created", timestamp()},
              {"host", host_name()},
              {"threads", std::to_string(comparing.threads())},
              {"side_by_side", std::to_string(comparing.side_by_side())},
              {"ticks", std::to_string(outcome.ticks)},
              {"ticks_separate", std::to_string(outcome.ticks_separate)},
              {"seconds", fmt::format("{:.3f}", comparing.seconds())}};
}

std::string plan_note(const std::vector<WorldInput>& worlds, const CompareOptions& options, Comparing& comparing) {
  return fmt::format("{} of {} worlds, {} at a time; each costs {:.2f} runs, as {}", counted(options.replicates), worlds.size(),
                     comparing.side_by_side(), comparing.runs_each(),
                     comparing.sharing() ? "what the worlds share is simulated once" : "there is no memory for two worlds at a time");
}

void give_notes(const std::vector<WorldInput>& worlds, const CompareOptions& options, Comparing& comparing,
                const std::function<void(const std::string&)>& notes) {
  notes(plan_note(worlds, options, comparing));
  if (!have_same_luck(worlds)) notes("the worlds have different seeds or numbers of users: their runs are no pairs with the same luck");
  for (const WorldInput& world : worlds) {
    if (world.loaded.scenario.population.users >= few_users) continue;
    notes(
        fmt::format("with fewer than {} users worlds part by chance more than by policy, and intervals are too narrow: 80 % instead of 95 "
                    "hold the truth in the worst case measured, with 2,000 users",
                    few_users));
    return;
  }
}

/// Rows of all worlds must stand for the same days.
void check_days(const std::vector<WorldInput>& worlds) {
  const Scenario& first = worlds[0].loaded.scenario;
  for (const WorldInput& world : worlds) {
    const Scenario& s = world.loaded.scenario;
    if (s.record.every != first.record.every)
      throw InputError(fmt::format("{} is recorded every {} d and {} every {} d: make record.every the same", world.name, s.record.every,
                                   worlds[0].name, first.record.every));
    if (s.time.start != first.time.start)
      throw InputError(fmt::format("{} starts on {} and {} on {}: make time.start the same", world.name, to_text(s.time.start),
                                   worlds[0].name, to_text(first.time.start)));
  }
}
}  // namespace

std::string comparison_id(const std::vector<WorldInput>& worlds) {
  std::string all;
  for (const WorldInput& world : worlds) all += world.name + "\n" + resolved_yaml(world.loaded.scenario);
  return hex_text(hash_text(all));
}

const std::vector<std::string>& main_outcomes() {
  static const std::vector<std::string> names{"monthly_active_users", "minutes_total"};
  return names;
}

CompareOutcome compare_scenarios(std::vector<WorldInput> worlds, const CompareOptions& options,
                                 const std::function<void(const CompareProgress&)>& progress,
                                 const std::function<void(const std::string&)>& notes) {
  require(!worlds.empty() && options.replicates > 0, "a comparison needs worlds and replicates");
  check_days(worlds);
  Comparing comparing(worlds, options, progress);
  give_notes(worlds, options, comparing, notes);
  comparing.add(options.replicates);
  CompareOutcome outcome;
  outcome.stopped_by = stop_signal();
  if (comparing.finished().empty()) return outcome;
  compare(worlds, comparing, options.confidence, outcome);
  outcome.stopping = stop_signal() != 0 ? fmt::format("stopped after {} of {} replicates", comparing.finished().size(), options.replicates)
                                        : add_until_sure(worlds, options, comparing, outcome);
  outcome.stopped_by = stop_signal();
  outcome.ticks = comparing.ticks();
  outcome.ticks_separate = comparing.ticks_separate();
  outcome.reused = comparing.reused();
  describe_comparison(comparing, comparison_id(worlds), outcome);
  return outcome;
}

}  // namespace spillway
