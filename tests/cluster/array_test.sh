#!/usr/bin/env bash
# A study as an array of a real Slurm: one run fails, one shard is told to make room, two are killed, one of them for good. The result
# has the bytes of one process's work on one thread.
#   slurm.sh array_test.sh PROGRAM
# shellcheck source=tests/cluster/study.sh
source "$(dirname "${BASH_SOURCE[0]}")/study.sh"
cd "$scratch" || exit 1
write_study study.yaml 100000
plan one
expect "one process does all but the run that fails" one_process

plan array
try "$program" sweep slurm study.yaml -o array --shards 4 --time 10 --submit
expect "the study is submitted" ends_with 0
array=$(sed -n 's/^submitted: array \([0-9]*\), gather \([0-9]*\)$/\1/p' <<<"$output")
after=$(sed -n 's/^submitted: array \([0-9]*\), gather \([0-9]*\)$/\2/p' <<<"$output")
expect "both jobs have numbers" [ -n "$array" -a -n "$after" ]

# Two processors: two tasks at a time, the first shards first.
expect "shard 1 is at work" until_true 60 at_work array 1/4
expect "shard 1 is killed" kill -KILL "$(worker array 1/4)"
expect "shard 0 is at work" until_true 60 at_work array 0/4
# Of a task that has just begun, scancel asks again every five seconds, although the signal was delivered.
timeout 4 scancel --signal=USR1 --batch "${array}_0" &
expect "Slurm knows that it was" until_true 60 is_in_state "${array}_1" "FAILED 0:9"
expect "shard 1 is queued again by hand" scontrol requeue "${array}_1"
expect "shard 3 is at work" until_true 60 at_work array 3/4
expect "shard 3 is killed, too" kill -KILL "$(worker array 3/4)"
expect "all jobs end" until_true 100 no_jobs

output=$(cat array/log/*.txt)
expect "shard 0 heard the signal through exec" grep -q 'asked Slurm for another turn' array/log/shard-0.txt
expect "shard 0 had its other turn and ended well" is_in_state "${array}_0" "COMPLETED 0:0"
expect "it was its second" [ "$(restarts "${array}_0")" = 1 ]
expect "shard 1 ended well at its second turn" is_in_state "${array}_1" "COMPLETED 0:0"
expect "shard 2 has the run that fails, and says so by its exit code" is_in_state "${array}_2" "FAILED 1:0"
expect "shard 3 stays dead" is_in_state "${array}_3" "FAILED 0:9"
expect "the gather ran nevertheless" is_in_state "$after" "COMPLETED 0:0"
expect "and waited for the second turns: only shard 3's runs may be missing" \
  grep -Eq '^(1[89]|2[0-2]) runs, 1 failed, [1-6] missing' array/log/gather.txt
try "$program" sweep status study.yaml -o array
expect "status says how to go on" says "go on: spillway sweep run study.yaml -o array"

again=$(sbatch --parsable array/sweep.sbatch)
sbatch --dependency="afterany:$again" array/gather.sbatch >/dev/null
expect "submitted again, all jobs end" until_true 120 no_jobs
expect "nothing is done twice" grep -q '^part 0 of 4: 0 runs done now, 6 before; 0 failed, 0 left' array/log/shard-0.txt
expect "shard 3 ends well" is_in_state "${again}_3" "COMPLETED 0:0"
output=$(cat array/log/*.txt)
expect "the result has one process's bytes" is_the_same array
finish
