#!/usr/bin/env bash
# What the README says about clusters, command by command, on a Slurm of one machine. Commands are read from the README; the study is the
# one it names, with fewer people and replicates, so that it takes seconds.
#   slurm.sh walk_test.sh PROGRAM
# shellcheck source=tests/cluster/study.sh
source "$(dirname "${BASH_SOURCE[0]}")/study.sh"
cd "$scratch" || exit 1
mkdir bin
ln -s "$program" bin/spillway
PATH=$scratch/bin:$PATH
cp -r "$root/scenarios" .
study=scenarios/sweeps/ad_load_by_ban.yaml
sed -i -e 's/^set: .*/set: {population.users: 2_000}/' -e 's/^replicates: .*/replicates: 1/' "$study"

mapfile -t commands < <(awk '/^## / { here = /^## On a cluster$/ } here && /^```/ { code = !code; next } here && code' "$root/README.md" |
  sed 's/ *#.*//')
expect "the README has the commands" [ "${#commands[@]}" -ge 7 ]
for command in "${commands[@]}"; do
  [[ $command != "spillway sweep run "* ]] || continue  # or the cluster had nothing to do
  # A remark goes away, the words are the README's.
  read -ra words <<<"$command"
  try "${words[@]}"
  expect "$command" ends_with 0
  [[ $command != *--submit* ]] || expect "all jobs end" until_true 120 no_jobs
done
expect "the page is there" [ -s output/sweeps/ad_load_by_ban/results.html ]
mv output/sweeps/ad_load_by_ban cluster
for command in "${commands[@]}"; do
  [[ $command == "spillway sweep plan "* || $command == "spillway sweep run "* ]] || continue
  read -ra words <<<"$command"
  try "${words[@]}"
  expect "$command" ends_with 0
done
expect "the same bytes here" cmp cluster/results.h5 output/sweeps/ad_load_by_ban/results.h5
expect "the same table here" cmp cluster/summary.csv output/sweeps/ad_load_by_ban/summary.csv
finish
