#!/usr/bin/env bash
# scripts/run in a copy of the repository with a pretended cmake: which file it runs, what it says, from where it works.
source "$(dirname "${BASH_SOURCE[0]}")/expect.sh"

repository=$scratch/spill\ way
mkdir -p "$repository/scenarios" "$scratch/bin" "$scratch/elsewhere/scenarios"
cp -r "$root/scripts" "$repository/"
printf '#!/bin/sh\n' >"$repository/scripts/setup"  # has a test of its own
printf 'title: As it happened\n' >"$repository/scenarios/history.yaml"
printf 'title: Mine\n' >"$scratch/elsewhere/scenarios/mine.yaml"
cat >"$scratch/bin/cmake" <<'STUB'
#!/bin/sh
echo "cmake $*" >>calls
case "$*" in
  *" -n") echo "ninja: no work to do." ;;
  *--preset*) [ -f fails ] && echo "no compiler" && exit 1 ;;
  *--build*) mkdir -p build/release && printf '#!/bin/sh\npwd\nprintf "<%%s>" "$@"\n' >build/release/spillway && chmod +x build/release/spillway ;;
esac
exit 0
STUB
chmod +x "$scratch/bin/cmake"
export PATH=$scratch/bin:$PATH
run() { try "$repository/scripts/run" "$@"; }
where=$(cd "$scratch/elsewhere" && pwd -P)
cd "$where" || exit 1

run scenarios/mine.yaml --users 2_000 -o "a b.h5"
expect "the caller's scenario runs" ends_with 0
expect "arguments arrive" says "<run><scenarios/mine.yaml><--users><2_000><-o><a b.h5>"
expect "the caller's folder stays" says "$where"
expect "built without tests" grep -q -- '--preset release -DBUILD_TESTING=OFF' "$repository/calls"
expect "no more is built than the program" grep -q -- '--build build/release --target spillway_program' "$repository/calls"

run scenarios/history.yaml
expect "the repository's scenario runs from elsewhere" says "<run><$repository/scenarios/history.yaml>"
expect "nothing but the program speaks" [ "$(wc -l <<<"$output")" = 2 ]
run "$where/scenarios/mine.yaml"
expect "an absolute path runs" says "<run><$where/scenarios/mine.yaml>"

touch "$repository/build/release/CMakeCache.txt"
rm "$repository/calls"
run scenarios/history.yaml
expect "a build with tests is left as it is" grep -qx -- 'cmake --preset release' "$repository/calls"

run
expect "no scenario ends with 2" ends_with 2
expect "no scenario lists them" says "scenarios/history.yaml"
expect "no scenario lists titles" says "As it happened"
run --help
expect "help ends with 0" ends_with 0
run scenarios/nowhere.yaml
expect "an unknown scenario ends with 2" ends_with 2
expect "an unknown scenario is named" says "no scenario at scenarios/nowhere.yaml"

touch "$repository/fails"
run scenarios/history.yaml
expect "a failed build ends with 1" ends_with 1
expect "a failed build shows why" says "no compiler"
expect "a failed build says where the log is" says "build/log/release-configure.txt"
finish
