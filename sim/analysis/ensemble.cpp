#include "analysis/ensemble.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <set>

#include "base/error.hpp"

namespace spillway {

namespace {
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::int32_t replicate_of(const Recording& run) { return static_cast<std::int32_t>(std::atol(run.attribute("replicate").c_str())); }

bool is_numeric(const Variable& variable) { return !std::holds_alternative<std::vector<std::string>>(variable.values); }

/// A series over time of the root or of `group`; state_hash is text and falls out.
bool is_series(const Variable& variable, std::string_view group) {
  return variable.group == group && variable.name != "time" && !variable.dims.empty() && variable.dims[0] == "time" && is_numeric(variable);
}

class Merger {
 public:
  explicit Merger(const std::vector<Runs>& worlds) : worlds_(worlds) {
    require(!worlds.empty(), "an ensemble needs a world");
    for (const Runs& world : worlds) require(!world.replicates.empty(), "a world of an ensemble needs a run");
  }

  Recording make() {
    check_worlds();
    add_attributes();
    add_coordinates();
    add_series("");
    add_bands();
    add_series("policy");
    add_events();
    add_texts();
    return std::move(result_);
  }

 private:
  const Recording& first(std::size_t world = 0) const { return worlds_[world].replicates[0]; }

  template <class Visit>
  void each_run(Visit visit) const {
    for (const Runs& world : worlds_)
      for (const Recording& run : world.replicates) visit(world, run);
  }

  void add(std::string group, std::string name, std::vector<std::string> dims, std::string unit, std::string long_name, Values values,
           Attributes attributes = {}) {
    result_.variables.push_back({std::move(group), std::move(name), std::move(dims), std::move(unit), std::move(long_name),
                                 std::move(values), std::move(attributes)});
  }

  void check_worlds();
  void take_time(const Runs& world, const Recording& run);
  std::string stops() const;
  void add_attributes();
  void add_coordinates();
  void add_labels(const std::string& name);
  void add_series(const std::string& group);
  void add_bands();
  void add_events();
  void add_texts();
  void copy(const Variable& source, const Recording& run, std::size_t base, std::vector<double>& target, std::size_t leading,
            const std::vector<std::string>& dims) const;
  std::size_t size_of(const std::string& dim) const { return length(result_.at(dim).values); }
  std::size_t index_in(const std::string& dim, const std::string& label) const;

  const std::vector<Runs>& worlds_;
  std::vector<std::int32_t> replicates_;
  const Variable* time_ = nullptr;  // the longest
  Recording result_;
};

// Rows must stand for the same days in all runs; a run may only end earlier.
void Merger::take_time(const Runs& world, const Recording& run) {
  const Variable& time = run.at("time");
  if (time_ == nullptr) time_ = &time;
  const std::size_t common = std::min(length(time.values), length(time_->values));
  bool same = time.unit == time_->unit;
  for (std::size_t i = 0; same && i < common; ++i) same = value_at(time, i) == value_at(*time_, i);
  if (!same)
    throw InputError(
        fmt::format("'{}' is recorded on other days than '{}': runs that are compared need the same time.start, time.step and "
                    "record.every",
                    world.name, worlds_[0].name));
  if (length(time.values) > length(time_->values)) time_ = &time;
}

void Merger::check_worlds() {
  std::set<std::string> names;
  std::set<std::int32_t> all;
  for (const Runs& world : worlds_) {
    require(names.insert(world.name).second, "names of worlds must be unique");
    std::set<std::int32_t> own;
    for (const Recording& run : world.replicates) {
      if (!own.insert(replicate_of(run)).second)
        throw InputError(fmt::format("'{}' has replicate {} twice", world.name, replicate_of(run)));
      take_time(world, run);
    }
    all.merge(own);
  }
  replicates_.assign(all.begin(), all.end());
}

// A run that ended early shortens what can be said of all; the first one's reason stands for them.
std::string Merger::stops() const {
  std::size_t runs = 0, stopped = 0;
  std::string reason;
  each_run([&](const Runs&, const Recording& run) {
    ++runs;
    const std::string status = run.attribute("status");
    if (status.empty() || status == "complete") return;
    ++stopped;
    if (reason.empty()) reason = run.attribute("stop_reason");
  });
  if (stopped == 0) return {};
  if (reason.empty()) reason = "not run to the end";
  return runs == 1 ? reason : fmt::format("{} ({} of {} runs)", reason, stopped, runs);
}

void Merger::add_attributes() {
  std::string title, caveat;
  for (std::size_t w = 0; w < worlds_.size(); ++w) {
    title += (w == 0 ? "" : " | ") + first(w).attribute("title");
    if (caveat.empty()) caveat = first(w).attribute("caveat");
  }
  for (const auto& [name, value] : first().attributes) {
    if (name == "replicate" || name == "id") continue;  // of one run
    std::string text = value;
    if (name == "title") text = title;
    if (name == "caveat") text = caveat;
    if (name == "status") text = stops().empty() ? "complete" : "stopped";
    if (name == "stop_reason") text = stops();
    result_.attributes.emplace_back(name, std::move(text));
  }
  result_.attributes.emplace_back("kind", "comparison");
}

std::size_t Merger::index_in(const std::string& dim, const std::string& label) const {
  const auto& known = std::get<std::vector<std::string>>(result_.at(dim).values);
  return static_cast<std::size_t>(std::find(known.begin(), known.end(), label) - known.begin());
}

void Merger::add_labels(const std::string& name) {
  const Variable* sample = nullptr;
  std::vector<std::string> found;
  each_run([&](const Runs&, const Recording& run) {
    const Variable* axis = run.find(name);
    if (axis == nullptr) return;
    sample = axis;
    for (const std::string& label : labels(run, name))
      if (std::find(found.begin(), found.end(), label) == found.end()) found.push_back(label);
  });
  if (sample != nullptr) add("", name, {name}, sample->unit, sample->long_name, found, sample->attributes);
}

void Merger::add_coordinates() {
  std::vector<std::string> names;
  for (const Runs& world : worlds_) names.push_back(world.name);
  add("", "world", {"world"}, "", "scenario", names);
  add("", "replicate", {"replicate"}, "1", "number of the replicate: equal numbers had equal luck", replicates_);
  add("", "time", {"time"}, time_->unit, time_->long_name, time_->values, time_->attributes);
  std::set<std::string> done{"world", "replicate", "time"};
  each_run([&](const Runs&, const Recording& run) {
    for (const Variable& variable : run.variables)
      if (is_series(variable, ""))
        for (const std::string& dim : variable.dims)
          if (done.insert(dim).second) add_labels(dim);
  });
  for (const char* always : {"platform", "from", "to"})  // policies have platforms even if no series has
    if (done.insert(always).second) add_labels(always);
  add("", "quantile", {"quantile"}, "1", "share of the replicates below",
      std::vector<double>(std::begin(band_quantiles), std::end(band_quantiles)));
}

// Puts a run's series where its labels stand in the target, whose leading dims (world, replicate) are passed by `base`.
void Merger::copy(const Variable& source, const Recording& run, std::size_t base, std::vector<double>& target, std::size_t leading,
                  const std::vector<std::string>& dims) const {
  std::vector<std::vector<std::size_t>> offsets(source.dims.size());  // in the target, by dimension and index of the source
  std::size_t stride = 1;
  for (std::size_t d = source.dims.size(); d-- > 0;) {
    const std::string& dim = dims[leading + d];
    if (d == 0)
      for (std::size_t t = 0; t < length(run.at(dim).values); ++t) offsets[d].push_back(stride * t);
    else
      for (const std::string& label : labels(run, dim)) offsets[d].push_back(stride * index_in(dim, label));
    stride *= size_of(dim);
  }
  const std::size_t count = length(source.values);
  for (std::size_t flat = 0; flat < count; ++flat) {
    std::size_t rest = flat, at = base * stride;
    for (std::size_t d = offsets.size(); d-- > 0;) {
      at += offsets[d][rest % offsets[d].size()];
      rest /= offsets[d].size();
    }
    target[at] = value_at(source, flat);
  }
}

void Merger::add_series(const std::string& group) {
  const bool by_replicate = group.empty();
  std::set<std::string> done;
  std::vector<const Variable*> samples;
  each_run([&](const Runs&, const Recording& run) {
    for (const Variable& variable : run.variables)
      if (is_series(variable, group) && done.insert(variable.name).second) samples.push_back(&variable);
  });
  for (const Variable* sample : samples) {
    std::vector<std::string> dims{"world"};
    if (by_replicate) dims.emplace_back("replicate");
    const std::size_t leading = dims.size();
    dims.insert(dims.end(), sample->dims.begin(), sample->dims.end());
    std::size_t size = 1;
    for (const std::string& dim : dims) size *= size_of(dim);
    std::vector<double> values(size, nan);
    for (std::size_t w = 0; w < worlds_.size(); ++w)
      for (const Recording& run : worlds_[w].replicates) {
        const Variable* source = run.find(sample->path());
        if (source == nullptr || (!by_replicate && &run != &first(w))) continue;
        if (source->dims != sample->dims)
          throw InputError(fmt::format("'{}' records {} with other dimensions than the rest", worlds_[w].name, sample->path()));
        const auto place = std::lower_bound(replicates_.begin(), replicates_.end(), replicate_of(run)) - replicates_.begin();
        copy(*source, run, by_replicate ? w * replicates_.size() + static_cast<std::size_t>(place) : w, values, leading, dims);
      }
    add(group, sample->name, dims, sample->unit, sample->long_name, std::move(values), sample->attributes);
  }
}

void Merger::add_bands() {
  std::vector<Variable> bands;
  for (const Variable& variable : result_.variables) {
    if (!variable.group.empty() || variable.dims.size() < 3 || variable.dims[1] != "replicate") continue;
    const auto& values = std::get<std::vector<double>>(variable.values);
    const std::size_t row = values.size() / (worlds_.size() * replicates_.size()), levels = std::size(band_quantiles);
    Variable band = variable;
    band.group = "bands";
    band.dims[1] = "quantile";
    std::vector<double> found(worlds_.size() * levels * row), sample(replicates_.size());
    for (std::size_t w = 0; w < worlds_.size(); ++w)
      for (std::size_t i = 0; i < row; ++i) {
        for (std::size_t r = 0; r < sample.size(); ++r) sample[r] = values[(w * sample.size() + r) * row + i];
        for (std::size_t q = 0; q < levels; ++q) found[(w * levels + q) * row + i] = quantile(sample, band_quantiles[q]);
      }
    band.values = std::move(found);
    bands.push_back(std::move(band));
  }
  for (Variable& band : bands) result_.variables.push_back(std::move(band));
}

void Merger::add_events() {
  std::vector<std::string> events, texts;
  std::vector<std::int32_t> of_world;
  std::vector<double> on;
  for (std::size_t w = 0; w < worlds_.size(); ++w) {
    const std::vector<std::string> names = labels(first(w), "events/event"), words = labels(first(w), "events/label");
    for (std::size_t e = 0; e < names.size(); ++e) {
      events.push_back(worlds_[w].name + "/" + names[e]);
      of_world.push_back(static_cast<std::int32_t>(w));
      on.push_back(value_at(first(w).at("events/on"), e));
      texts.push_back(words[e]);
    }
  }
  if (events.empty()) return;
  add("events", "event", {"event"}, "", "interventions of the worlds: world/name", events);
  add("events", "of_world", {"event"}, "1", "index of the world", of_world);
  add("events", "on", {"event"}, time_->unit, "first day", on, {{"calendar", "standard"}});
  add("events", "label", {"event"}, "", "name in words", texts);
}

void Merger::add_texts() {
  std::vector<std::string> titles, descriptions, files, digests(worlds_.size() * replicates_.size());
  for (std::size_t w = 0; w < worlds_.size(); ++w) {
    titles.push_back(first(w).attribute("title"));
    descriptions.push_back(first(w).attribute("summary"));
    files.emplace_back();
    for (const auto& [name, value] : first(w).timing)
      if (name == "scenario_file") files.back() = value;
    for (const Recording& run : worlds_[w].replicates) {
      const auto place = std::lower_bound(replicates_.begin(), replicates_.end(), replicate_of(run)) - replicates_.begin();
      digests[w * replicates_.size() + static_cast<std::size_t>(place)] = digest(run);
    }
    for (const char* text : {"scenario_resolved", "scenario_yaml"})
      result_.texts.emplace_back(fmt::format("worlds/{}/{}", worlds_[w].name, text), first(w).text(std::string("provenance/") + text));
  }
  add("", "world_title", {"world"}, "", "title of the scenario", titles);
  add("", "world_description", {"world"}, "", "description of the scenario", descriptions);
  add("", "world_file", {"world"}, "", "scenario file as it was named", files);
  add("", "digest", {"world", "replicate"}, "", "digest of the run; empty: not run", digests);
}
}  // namespace

Recording ensemble(const std::vector<Runs>& worlds) { return Merger(worlds).make(); }

}  // namespace spillway
