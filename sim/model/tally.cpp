#include "model/tally.hpp"

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
  add_arrays(hash, other.hash);
  involved += other.involved;
}

void Tally::clear() {
  counts = {};
  account_flow = {};
  attention_flow = {};
  hash = {};
  involved = 0;
  changes.clear();
}

}  // namespace spillway
