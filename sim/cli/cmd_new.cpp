// `spillway new`: a commented scenario to start from.
#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "cli/command.hpp"
#include "cli/print.hpp"
#include "cli/scenario_source.hpp"
#include "input/starter.hpp"

namespace spillway {

namespace {
namespace fs = std::filesystem;
constexpr const char* default_name = "my_question.yaml";

struct NewOptions {
  std::string file = default_name, from;
  bool standalone = false;
};

/// NAME.yaml beside `folder` or in a scenarios/ above it: where the shipped scenarios are, seen from anywhere in the project.
fs::path find_above(fs::path folder, const std::string& name) {
  std::error_code ignored;
  for (folder = fs::absolute(folder, ignored);; folder = folder.parent_path()) {
    for (const fs::path& place : {folder / "scenarios" / (name + ".yaml"), folder / (name + ".yaml")})
      if ((place.parent_path().filename() == "scenarios") && fs::is_regular_file(place, ignored)) return place;
    if (!folder.has_relative_path()) return {};
  }
}

fs::path find_shipped(const fs::path& folder, const std::string& name) {
  const fs::path near = find_above(folder, name);
  return near.empty() ? find_above(".", name) : near;
}

[[noreturn]] void refuse_unknown(const fs::path& folder, const std::string& name) {
  std::vector<std::string> known;
  std::error_code ignored;
  if (const fs::path history = find_shipped(folder, "history"); !history.empty())
    for (const auto& entry : fs::directory_iterator(history.parent_path(), ignored))
      if (entry.path().extension() == ".yaml") known.push_back(entry.path().stem().string());
  const std::string close = nearest(name, known);
  throw InputError(
      fmt::format("--from: no scenarios/{}.yaml is found in this folder or above{}", name,
                  close.empty() ? "; give a path such as --from scenarios/history.yaml" : fmt::format("; did you mean '{}'?", close)));
}

/// What the new file extends; empty: nothing.
fs::path base_of(const NewOptions& options, const fs::path& folder) {
  if (options.standalone) return {};
  std::error_code ignored;
  const bool file = fs::path(options.from).has_extension() && fs::is_regular_file(options.from, ignored);
  if (file || options.from.ends_with(".yaml") || options.from.find('/') != std::string::npos) return options.from;
  fs::path found = find_shipped(folder, options.from.empty() ? "history" : options.from);
  if (found.empty() && !options.from.empty()) refuse_unknown(folder, options.from);
  return found;
}

std::string seen_from(const fs::path& folder, const fs::path& file) {
  std::error_code ignored;
  return fs::relative(fs::canonical(file, ignored), fs::canonical(folder, ignored)).generic_string();
}

/// Never replaces a file: it may hold somebody's work.
void write_new(const std::string& path, const std::string& text) {
  errno = 0;
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "wx"), std::fclose);
  if (!file && errno == EEXIST) throw InputError(fmt::format("{} exists already, and is left as it is; give another name", path));
  if (!file) throw FileError(fmt::format("cannot write '{}' ({})", path, std::strerror(errno)));
  if (std::fwrite(text.data(), 1, text.size(), file.get()) != text.size() || std::fflush(file.get()) != 0)
    throw FileError(fmt::format("cannot write '{}' ({})", path, std::strerror(errno)));
}

void print_next(const std::string& name, const std::string& extended) {
  fmt::print("wrote {}{}\nnext:\n", name, extended.empty() ? "" : ", which changes " + extended);
  const auto step = [](const std::string& command, const std::string& why) { fmt::print("  {:<52}  {}\n", command, why); };
  const std::string file = shell_word(name), base = shell_word(extended);
  step("edit " + file, "one change is made; the rest are ideas");
  step("spillway check " + file, "what is wrong in it, and how to mend it");
  if (extended.empty()) return step("spillway run " + file, "simulate it");
  step("spillway diff " + file, "what it changes");
  step("spillway compare " + base + " " + file, "what that does to the market");
}

int write_scenario(NewOptions options) {
  std::error_code ignored;
  if (fs::is_directory(options.file, ignored)) options.file = (fs::path(options.file) / default_name).string();
  if (!fs::path(options.file).has_extension()) options.file += ".yaml";
  const fs::path parent = fs::path(options.file).parent_path(), folder = parent.empty() ? fs::path(".") : parent;
  if (!fs::is_directory(folder, ignored)) throw FileError(fmt::format("there is no folder '{}'; make it first", folder.string()));
  const fs::path base = base_of(options, folder);
  if (base.empty()) {
    write_new(options.file, starter_market());
    print_next(options.file, {});
    return 0;
  }
  const Scenario scenario = load_scenario(base.string()).scenario;
  write_new(options.file, starter_question(seen_from(folder, base), scenario));
  print_next(options.file, seen_from(".", base));
  return 0;
}
}  // namespace

Action set_up_new(CLI::App& app) {
  auto options = std::make_shared<NewOptions>();
  app.add_option("file", options->file, "scenario to write; default my_question.yaml")->type_name("NEWFILE");
  CLI::Option* from = app.add_option("--from", options->from,
                                     "scenario that it changes: a file, or the name of one in the nearest scenarios/; default history");
  from->type_name("SCENARIO");
  app.add_flag("--standalone", options->standalone, "a small market of its own instead; so it is where no scenarios/ folder is found")
      ->excludes(from);
  return [options] { return write_scenario(*options); };
}

}  // namespace spillway
