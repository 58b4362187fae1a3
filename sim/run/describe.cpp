#include "run/describe.hpp"

#include <cstdio>

#include "base/hash.hpp"
#include "model/version.hpp"
#include "run/provenance.hpp"

namespace spillway {

namespace {
std::string number(double x, const char* format = "%.1f") {
  char text[64];
  std::snprintf(text, sizeof text, format, x);
  return text;
}
}  // namespace

void describe(Recording& recording, const World& world, const RunFacts& facts, const std::string& status, const std::string& reason) {
  const Scenario& s = world.scenario;
  recording.attributes = {{"Conventions", "CF-1.10"},
                          {"title", s.title},
                          {"summary", s.description},
                          {"caveat", s.caveat},
                          {"source", "spillway " + std::string(program_version)},
                          {"id", hex_text(hash_text(facts.resolved))},
                          {"schema_version", std::string(schema_version)},
                          {"program_version", std::string(program_version)},
                          {"model_version", std::to_string(model_version)},
                          {"git_commit", git_commit()},
                          {"seed", std::to_string(s.seed)},
                          {"replicate", std::to_string(s.replicate)},
                          {"agents", std::to_string(s.population.users)},
                          {"contacts_hash", facts.contacts_hash},
                          {"people_per_agent", number(world.people_per_agent, "%.17g")},
                          {"bytes_per_user", number(facts.bytes_per_user)},
                          {"status", status},
                          {"stop_reason", reason}};
  recording.texts = {{"provenance/scenario_yaml", facts.loaded.source_text},
                     {"provenance/scenario_resolved", facts.resolved},
                     {"provenance/build", build_text()}};
  const double ticks = static_cast<double>(facts.user_ticks);
  recording.timing = {{"created", timestamp()},
                      {"host", host_name()},
                      {"threads", std::to_string(facts.threads)},
                      {"scenario_file", facts.loaded.files.empty() ? "" : facts.loaded.files[0]},
                      {"seconds_build", number(facts.build_seconds, "%.3f")},
                      {"seconds_run", number(facts.run_seconds, "%.3f")},
                      {"seconds_saving", number(facts.saving_seconds, "%.3f")},
                      {"ns_per_user_tick", number(ticks > 0 ? facts.run_seconds * 1e9 / ticks : 0.0, "%.2f")},
                      {"user_ticks", std::to_string(facts.user_ticks)},
                      {"decided", std::to_string(facts.decided)},
                      {"decided_in_full", std::to_string(facts.decided_in_full)},
                      {"contact_updates", std::to_string(facts.contact_updates)},
                      {"bytes_moved_per_user", number(facts.bytes_moved_per_user)}};
}

}  // namespace spillway
