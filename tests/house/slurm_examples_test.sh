#!/usr/bin/env bash
# scripts/slurm has what `sweep slurm` writes today, and scripts/spack is at least Python.
#   slurm_examples_test.sh PROGRAM
source "$(dirname "${BASH_SOURCE[0]}")/expect.sh"
program=$(realpath "$1")
cd "$scratch" || exit 1
scratch_now=$(pwd -P)
cp -r "$root/scenarios" .
study=scenarios/sweeps/ad_load_by_ban.yaml
try "$program" sweep plan "$study" --no-trial
expect "the study is planned" ends_with 0
try "$program" sweep slurm "$study" --shards 16 --time 04:00:00
expect "the scripts are written" ends_with 0
for file in sweep.sbatch gather.sbatch; do
  sed -e "s|$program|/path/to/spillway|g" -e "s|$scratch_now|/path/to|g" "output/sweeps/ad_load_by_ban/$file" >"$file"
  output=$(diff -u "$root/scripts/slurm/$file" "$file" 2>&1)
  expect "scripts/slurm/$file is what the program writes" silent
done
[[ ! ${UPDATE-} ]] || cp sweep.sbatch gather.sbatch "$root/scripts/slurm/"
if command -v shellcheck >/dev/null; then
  try shellcheck --severity=warning --external-sources --source-path=SCRIPTDIR:"$root" "$root"/scripts/slurm/*.sbatch "$root"/tests/cluster/*.sh
  expect "shellcheck finds nothing" ends_with 0
fi
if [[ -x /usr/bin/python3 ]]; then
  cp "$root/scripts/spack/package.py" .
  try /usr/bin/python3 -m py_compile package.py
  expect "the Spack recipe is Python" ends_with 0
fi
finish
