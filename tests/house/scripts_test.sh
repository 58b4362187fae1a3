#!/usr/bin/env bash
# Every shell script parses, can be run, stops at the first error, and pleases shellcheck where that is installed.
source "$(dirname "${BASH_SOURCE[0]}")/expect.sh"
cd "$root" || exit 1
scripts=()
for file in scripts/* .ci/run tests/house/*_test.sh tests/cluster/*_test.sh tests/cluster/slurm.sh; do
  [[ -f $file ]] && head -n 1 "$file" | grep -q '^#!.*bash' && scripts+=("$file")
done
expect "the scripts are found" [ "${#scripts[@]}" -ge 10 ]
for file in "${scripts[@]}"; do
  try bash -n "$file"
  expect "$file parses" ends_with 0
  expect "$file is executable" [ -x "$file" ]
  [[ $file == tests/* ]] || expect "$file stops at errors" grep -qx 'set -euo pipefail' "$file"
done
for file in scripts/*; do
  [[ -f $file && -x $file && $file != *.R ]] || continue
  [[ $(head -n 1 "$file") != *python* ]] || /usr/bin/python3 -c 'import xarray, matplotlib' 2>/dev/null || continue
  [[ $file != scripts/bench ]] || /usr/bin/python3 -c '' 2>/dev/null || continue
  try "$file" --help
  [[ $file == scripts/read_run.py ]] || expect "$file has a help" ends_with 0
  expect "$file shows how it is called" says "$file"
done
if command -v shellcheck >/dev/null; then  # its hints differ between versions, its warnings hardly
  try shellcheck --severity=warning --external-sources --source-path=SCRIPTDIR:. "${scripts[@]}"
  expect "shellcheck finds nothing" ends_with 0
fi
finish
