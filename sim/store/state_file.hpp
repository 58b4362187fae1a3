// A run's whole state as one sealed file: written straight from memory, read back before it counts, refused when a bit is wrong.
//
// Layout, all numbers little-endian u64: 16 bytes "SPILLWAY STATE", the format's number, then sections, of which the first is
// the identity: length of the name, name, length of the content, content, hash of all that. A name of length 0 ends them; the
// hash of the sections' hashes follows, and the file ends.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/archive.hpp"
#include "store/aligned_buffer.hpp"
#include "store/descriptor.hpp"
#include "store/stream_hash.hpp"

namespace spillway {

inline constexpr std::uint64_t state_format = 2;  // rises when other programs cannot read the file

/// Which run a state belongs to, and how far it had come.
struct StateIdentity {
  std::string scenario;           ///< resolved text
  std::uint64_t scenario_id = 0;  ///< hash of it, the `id` of results
  std::string contacts_hash;      ///< of the user's own network, empty without one
  std::string layout;             ///< columns, observables and policies: what the sections hold
  std::string program_version;
  std::int32_t model_version = 0;
  std::uint32_t ticks = 0;  ///< simulated
  std::string date;         ///< at which the next tick begins

  void state(Archive& archive) { archive(scenario, scenario_id, contacts_hash, layout, program_version, model_version, ticks, date); }
};

/// The state of one moment. It refers to the run's memory, which must not change until it is written, or held.
class StateImage {
 public:
  StateImage(StateIdentity identity, const std::function<void(Archive&)>& visit);

  const StateIdentity& identity() const { return identity_; }
  std::uint64_t bytes() const;
  /// Copies everything referred to into `memory`, so that the run may go on.
  void hold(AlignedBuffer& memory, int threads);
  /// Puts the file in its place as commit_stream does. Throws FileError.
  void write(const std::string& path, const std::string& previous = {}) const;

 private:
  StateIdentity identity_;
  Archive archive_;
  std::vector<Archive::Section> sections_;
};

/// A saved state, opened. Every member throws FileError, which says what is wrong: no state at all, a newer format, damaged.
class StateFile {
 public:
  explicit StateFile(const std::string& path);

  const std::string& path() const { return path_; }
  const StateIdentity& identity() const { return identity_; }
  /// Reads the whole file, a large one from the disk where the system allows it, and compares every hash; returns the last one.
  std::uint64_t verify();
  /// Loads what was saved with the same `visit`, the identity excepted.
  void load(const std::function<void(Archive&)>& visit);

 private:
  void read(std::span<std::byte> bytes);
  std::uint64_t number();
  bool next_section(std::string& name);
  void end_section();
  void finish();
  void read_head();
  [[noreturn]] void damaged(const std::string& what) const;

  std::string path_;
  Descriptor file_;
  std::uint64_t size_, at_ = 0;  ///< of the file; bytes consumed
  AlignedBuffer buffer_;
  std::size_t begin_ = 0, end_ = 0;  ///< of what is in the buffer and not consumed
  StreamHash hash_;                  ///< of the section
  std::uint64_t seal_ = 0, content_left_ = 0;
  std::string section_;
  StateIdentity identity_;
};

}  // namespace spillway
