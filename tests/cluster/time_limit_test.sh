#!/usr/bin/env bash
# Slurm's own signal before the time limit reaches the program through `exec`, and the task goes on in another turn. Slurm counts time
# limits in whole minutes and sends signals up to a minute early: three minutes.
#   slurm.sh time_limit_test.sh PROGRAM
# shellcheck source=tests/cluster/study.sh
source "$(dirname "${BASH_SOURCE[0]}")/study.sh"
cd "$scratch" || exit 1
write_study study.yaml 1000000
plan array
try "$program" sweep slurm study.yaml -o array --shards 1 --time 3 --submit
expect "the study is submitted" ends_with 0
array=$(sed -n 's/^submitted: array \([0-9]*\), .*$/\1/p' <<<"$output")
after=$(sed -n 's/^submitted: .* gather \([0-9]*\)$/\1/p' <<<"$output")
expect "all jobs end" until_true 800 no_jobs
output=$(cat array/log/*.txt; scontrol show job)
expect "the program heard that time is up" grep -q 'asked Slurm for another turn' array/log/shard-0.txt
expect "the task had more than one turn" [ "$(restarts "${array}_0")" -ge 1 ]
expect "its last turn ended with the failed run's exit code" is_in_state "${array}_0" "FAILED 1:0"
expect "the gather came after the last turn" is_in_state "$after" "COMPLETED 0:0"
expect "and missed nothing" grep -q '^23 runs, 1 failed, 0 missing' array/log/gather.txt
finish
