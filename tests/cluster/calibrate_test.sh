#!/usr/bin/env bash
# A calibration whose waves are arrays of a real Slurm: `--plan` stops before each, and says what to submit. What it finds has the bytes of
# one that did everything by itself.
#   slurm.sh calibrate_test.sh PROGRAM
# shellcheck source=tests/cluster/study.sh
source "$(dirname "${BASH_SOURCE[0]}")/study.sh"
cd "$scratch" || exit 1
cat >members.yaml <<CALIBRATION
title: Accounts on Weibo
scenario: $root/scenarios/history.yaml
set: {population.users: 2000, time.end: 2010-12-31}
parameters:
  platforms.weibo.imitation_rate: {loguniform: [5, 100]}
  platforms.weibo.innovation_rate: {loguniform: [0.001, 0.02]}
targets:
  accounts: {outcome: accounts_ever.weibo, tolerance: 20%, rows: {2010-04-28: 10e6, 2010-08-28: 30e6, 2010-10-20: 50e6}}
method: {waves: 2, points: 20, search_users: 2000, starts: 1, steps: 1, final_users: 2000, worlds: 4, draws: 8}
CALIBRATION

"$program" calibrate members.yaml -o here --quiet >/dev/null
waves=0
for ((round = 0; round < 12; round++)); do
  try "$program" calibrate members.yaml -o there --quiet --plan
  stage=$(sed -n 's/^on a cluster: spillway sweep slurm \(.*\) --submit$/\1/p' <<<"$output")
  [[ -n $stage ]] || break
  # The words are the program's.
  read -ra words <<<"$stage"
  try "$program" sweep slurm "${words[@]}" --shards 2 --time 5 --submit
  expect "stage $round is submitted: $stage" ends_with 0
  expect "its jobs end" until_true 60 no_jobs
  waves=$((waves + 1))
done
expect "four waves, the recovery and the forecast were arrays" [ "$waves" = 6 ]
expect "the parameters have the same bytes" cmp <(tail -n +2 here/parameters.yaml) <(tail -n +2 there/parameters.yaml)
expect "the draws have the same bytes" cmp here/posterior.csv there/posterior.csv
finish
