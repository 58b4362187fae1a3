#!/usr/bin/env bash
# The one-machine Slurm itself: two side by side, exit codes, what is left of it afterwards, and after it was killed.
source "$(dirname "${BASH_SOURCE[0]}")/jobs.sh"
slurm=$root/tests/cluster/slurm.sh
try "$slurm" true
((code != 77)) || { echo "$output"; exit 77; }
expect "it starts and stops" ends_with 0
expect "silently" silent

daemons() { pgrep -f -- "$scratch/$1/" | wc -l; }
up() { (($(daemons "$1") >= 3)); }
gone() { (($(daemons "$1") == 0)); }
"$slurm" --in "$scratch/a" bash -c "until [[ -e $scratch/met ]]; do sleep 0.1; done; srun --mem=50M hostname" >"$scratch/a.txt" 2>&1 &
first=$!
try "$slurm" --in "$scratch/b" bash -c "srun --mem=50M hostname && touch $scratch/met && exit 7"
expect "another one beside it works, and hands the exit code on" ends_with 7
expect "the first one works" wait "$first"
output=$(cat "$scratch/a.txt")
expect "its job ran" says "$(hostname)"
expect "all daemons have ended" gone a
expect "of the other one, too" gone b

"$slurm" --in "$scratch/c" sleep 60 >"$scratch/c.txt" 2>&1 &
killed=$!
expect "it is up" until_true 30 up c
kill -KILL "$killed"
wait "$killed" 2>/dev/null
expect "killed, it takes its daemons along" until_true 10 gone c
finish
