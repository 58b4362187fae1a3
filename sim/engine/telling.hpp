// Tells the contacts of those who joined or left. Integer additions commute, so it does not matter who tells whom first.
#pragma once

#include <span>
#include <vector>

#include "model/contact_batch.hpp"
#include "model/outbox.hpp"
#include "model/world.hpp"

namespace spillway {

class Telling {
 public:
  explicit Telling(const World& world);

  /// Changes the counters of all contacts, and returns how many; 0 where people mix completely.
  std::uint64_t tell(std::span<const StatusChange> changes);

 private:
  void write(std::span<const StatusChange> changes);
  template <class Word>
  void deliver(Word* ContactsRef::*words);

  const World& world_;
  Outboxes mail_;
  std::vector<ContactBatch> contacts_;  ///< by worker
};

}  // namespace spillway
