# Read by the scripts beside it (not run): where the repository is, how to take a step quietly, how to build one preset.
# shellcheck shell=bash

unset CDPATH  # or cd may go elsewhere, and print
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cores=$(nproc 2>/dev/null || echo 2)

say() { printf '%s\n' "$*" >&2; }  # stdout belongs to the program that a script ends in
fail() {
  local code=$1
  shift
  say "$@"
  exit "$code"
}

# help "$@": asked for help, a script prints the comment at its head and ends.
help() {
  case ${1-} in
    -h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0" && exit 0 ;;
  esac
}

# quietly LOG COMMAND...: nothing on the screen unless it fails, then its last lines and where the rest is.
quietly() {
  local log=$root/build/log/$1
  shift
  mkdir -p "$root/build/log"
  "$@" >"$log" 2>&1 </dev/null && return
  tail -n 30 "$log" >&2
  fail 1 "failed: $*" $'\n'"all of its output: ${log#"$PWD"/}"
}

# Two scripts at once must not build in the same folder; the second one waits.
one_at_a_time() {
  mkdir -p "$root/build"
  if command -v flock >/dev/null; then flock "$root/build/$1.lock" "${@:2}"; else "${@:2}"; fi
}

# build PRESET TARGET [cmake options]: configures each time (a second), so that the commit in results is never an old one.
build() {
  local preset=$1 target=$2
  cd "$root"
  quietly "$preset-configure.txt" one_at_a_time "$preset" cmake --preset "$preset" "${@:3}"
  if ! cmake --build "build/$preset" --target "$target" -- -n 2>/dev/null | grep -q 'no work to do'; then
    say "building $target ($preset); progress in build/log/$preset-build.txt"
  fi
  quietly "$preset-build.txt" one_at_a_time "$preset" cmake --build "build/$preset" --target "$target" --parallel "$cores"
  cd "$OLDPWD"
}
