#!/usr/bin/env bash
# Do the loops over users still vectorise? Compiles each file with a multi-versioned function as its widest clones are compiled,
# asks g++ which loops it vectorised, and holds that to the table in vectorised_loops.txt.
#   vectorised.sh [--root ROOT] [--table TABLE] [--update] [COMPILER [FLAGS...]]
# --root    another tree whose sim/ to check (default: this repository)
# --update  writes the table anew instead: after a change on purpose
# Exit code 77 (skipped by ctest) where the compiler is not g++, or cannot compile for x86-64.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
root=$here/../.. table=$here/vectorised_loops.txt update=
while [[ ${1-} == --* ]]; do
  case $1 in
    --root) root=$2 && shift ;;
    --table) table=$2 && shift ;;
    --update) update=1 ;;
    *) echo "usage: vectorised.sh [--root ROOT] [--table TABLE] [--update] [COMPILER [FLAGS...]]" >&2 && exit 2 ;;
  esac
  shift
done
cd "$root"
compiler=("${@:-g++}")
(($# > 1)) || compiler+=(-ffp-contract=off -fno-math-errno -fno-trapping-math)
widths=(x86-64-v4 x86-64-v3)

if ! "${compiler[0]}" -v 2>&1 | grep -q '^gcc version' || ! "${compiler[0]}" -march=x86-64-v4 -E -x c++ /dev/null >/dev/null 2>&1; then
  echo "skipped: only g++ for x86-64 says which loops it vectorised"
  exit 77
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# FILE ARCH: the compiler's words on loops, in $scratch/FILE-with-dots.ARCH
ask() {
  "${compiler[@]}" -std=c++20 -O3 -DNDEBUG -DSPILLWAY_ONE_WIDTH "-march=$2" -w -Isim -fopt-info-vec-optimized -S -o /dev/null "$1" \
    2>"$scratch/${1//\//.}.$2" || { cat "$scratch/${1//\//.}.$2"; echo "$1 does not compile for $2"; return 1; }
}

# FILE: the table's row. A loop counts if it uses the full width; one that a template or a header brings several times counts as often.
# "scalar" are the lines `for (std::uint32_t i = ...` (the house's form of a loop over users) that no clone of the widest kind vectorised.
count() {
  local v4=$scratch/${1//\//.}.x86-64-v4 v3=$scratch/${1//\//.}.x86-64-v3
  scalar_lines "$1" >"$scratch/scalar"
  printf '%s %s %s %s\n' "$1" "$(grep -c 'loop vectorized using 64 byte' "$v4")" "$(grep -c 'loop vectorized using 32 byte' "$v3")" \
    "$(wc -l <"$scratch/scalar")"
}
scalar_lines() {
  grep -nE 'for \(std::u?int32_t i = ' "$1" | cut -d: -f1 | sort >"$scratch/loops" || true
  sed -nE "s|^$1:([0-9]+):.*loop vectorized.*|\1|p" "$scratch/${1//\//.}.x86-64-v4" | sort -u >"$scratch/vectorised"
  comm -23 "$scratch/loops" "$scratch/vectorised" | sort -n
}

mapfile -t files < <(grep -rl --include='*.cpp' '^[^/]*SPILLWAY_MULTIVERSION' sim | LC_ALL=C sort)
((${#files[@]})) || { echo "no multi-versioned function under sim/" && exit 1; }
running=0 cores=$(nproc)
for file in "${files[@]}"; do
  for width in "${widths[@]}"; do
    ask "$file" "$width" &
    (((running += 1) < cores)) || wait -n || exit 1
  done
done
for job in $(jobs -p); do wait "$job" || exit 1; done

for file in "${files[@]}"; do count "$file"; done >"$scratch/now"
if [[ -n $update ]]; then
  { sed '/^[^#]/d' "$table" && cat "$scratch/now"; } >"$scratch/table"
  cp "$scratch/table" "$table"
  echo "${#files[@]} files written to $(basename "$table")"
  exit
fi

bad=0
complain() { printf '%s\n' "$@" && bad=1; }
while read -r file v4 v3 scalar; do
  read -r wanted_v4 wanted_v3 wanted_scalar < <(awk -v f="$file" '$1 == f { print $2, $3, $4 }' "$table") ||
    { complain "$file: has a multi-versioned function but no row in the table" && continue; }
  ((v4 >= wanted_v4 && v3 >= wanted_v3 && scalar <= wanted_scalar)) && continue
  complain "$file: loops vectorised at 64 bytes: $v4, at 32: $v3, scalar over users: $scalar; the table has $wanted_v4, $wanted_v3, $wanted_scalar"
  for line in $(scalar_lines "$file"); do complain "  scalar: $file:$line: $(sed -n "${line}s/^ *//p" "$file")"; done
done <"$scratch/now"
for file in $(sed -n 's/^\([^# ]*\) .*/\1/p' "$table"); do
  grep -q "^$file " "$scratch/now" || complain "$file: stands in the table but has no multi-versioned function any more"
done
if ((bad)); then
  echo "Why a loop stays scalar: add -fopt-info-vec-missed to the compiler's flags. Usual reasons: a bool flag, a call that is not"
  echo "inlined, a store that may alias (__restrict). If the change is on purpose: tests/bench/vectorised.sh --update"
  exit 1
fi
echo "${#files[@]} files vectorise as in the table"
