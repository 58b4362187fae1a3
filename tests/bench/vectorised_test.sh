#!/usr/bin/env bash
# The check of vectorised loops can fail: a toy tree whose loop is broken in the usual ways.
source "$(dirname "${BASH_SOURCE[0]}")/../house/expect.sh"
check=$root/tests/bench/vectorised.sh
tree=$scratch/tree table=$scratch/table
mkdir -p "$tree/sim/base" "$tree/sim/toy"
cp "$root/sim/base/multiversion.hpp" "$tree/sim/base/"
: >"$table"

toy() {  # TYPE OF THE FLAG, STATEMENT BEFORE THE SUM, FIRST LINES
  printf '%s' "${3-}" >"$tree/sim/toy/toy.cpp"
  cat >>"$tree/sim/toy/toy.cpp" <<TOY
#include <cstdint>
#include "base/multiversion.hpp"
extern float outside(float);
SPILLWAY_MULTIVERSION void weigh(const float* __restrict x, float* __restrict y, std::uint32_t n) {
  for (std::uint32_t i = 0; i < n; ++i) {
    $1 rises = x[i] > 0.5F;
    $2
    y[i] += x[i] * static_cast<float>(rises);
  }
}
TOY
}
vectorised() { try "$check" --root "$tree" --table "$table" "$@"; }

toy std::int32_t ""
vectorised
((code != 77)) || { echo "$output" && exit 77; }
expect "a file without a row fails" ends_with 1
expect "a file without a row is named" says "sim/toy/toy.cpp: has a multi-versioned function but no row"
vectorised --update
expect "--update works" ends_with 0
expect "--update counts the loop at both widths" grep -qx "sim/toy/toy.cpp 1 1 0" "$table"
vectorised
expect "what vectorises passes" ends_with 0

toy std::int32_t "" $'// One line\n// and another.\n'
vectorised
expect "moved lines change nothing" ends_with 0

toy std::int32_t "if (rises != 0) y[i] = outside(x[i]);"
vectorised
expect "a call that is not inlined fails" ends_with 1
expect "the file and its loop are named" says "  scalar: sim/toy/toy.cpp:5: for (std::uint32_t i"
expect "the way out is said" says "tests/bench/vectorised.sh --update"

toy std::int32_t "if (x[i] == 7.0F) break;"
vectorised
expect "a loop left early fails" ends_with 1

toy std::int32_t "this is no C++"
vectorised
expect "a file that does not compile fails" ends_with 1
expect "and is named" says "sim/toy/toy.cpp does not compile for x86-64-v"

toy std::int32_t "" && sed -i 's/SPILLWAY_MULTIVERSION//' "$tree/sim/toy/toy.cpp"
toy_again=$tree/sim/toy/again.cpp
sed 's/^void/SPILLWAY_MULTIVERSION void/; s/^ void/SPILLWAY_MULTIVERSION void/' "$tree/sim/toy/toy.cpp" >"$toy_again"
vectorised
expect "a stale row fails" says "sim/toy/toy.cpp: stands in the table but has no multi-versioned function any more"
finish
