#include "model/tally.hpp"

#include <algorithm>

namespace spillway {

std::int64_t Tally::total(Count count, std::size_t platform) const {
  std::int64_t sum = 0;
  for (const std::int64_t part : counts[static_cast<std::size_t>(count)][platform]) sum += part;
  return sum;
}

namespace {
template <class A>
void add_arrays(A& to, const A& from) {
  for (std::size_t i = 0; i < to.size(); ++i) {
    if constexpr (requires { to[i].size(); })
      add_arrays(to[i], from[i]);
    else
      to[i] += from[i];
  }
}
}  // namespace

void Tally::add(const Tally& other) {
  add_arrays(counts, other.counts);
  add_arrays(account_flow, other.account_flow);
  add_arrays(attention_flow, other.attention_flow);
  add_arrays(exposure, other.exposure);
  if (head_follows.size() < other.head_follows.size()) head_follows.resize(other.head_follows.size());
  for (std::size_t i = 0; i < other.head_follows.size(); ++i) head_follows[i] += other.head_follows[i];
  add_arrays(hash, other.hash);
  broadcast_users += other.broadcast_users;
  involved += other.involved;
}

void Tally::clear() {
  counts = {};
  account_flow = {};
  attention_flow = {};
  exposure = {};
  std::fill(head_follows.begin(), head_follows.end(), 0);
  hash = {};
  broadcast_users = 0;
  involved = 0;
  changes.clear();
}

}  // namespace spillway
