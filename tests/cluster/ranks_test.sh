#!/usr/bin/env bash
# A study by whoever starts processes: a shell, GNU parallel, mpirun, srun. The result has the bytes of one process's work.
#   slurm.sh ranks_test.sh PROGRAM
# shellcheck source=tests/cluster/study.sh
source "$(dirname "${BASH_SOURCE[0]}")/study.sh"
cd "$scratch" || exit 1
write_study study.yaml 10000
plan one
expect "one process does all but the run that fails" one_process

compare() {  # FOLDER WHO: gathers and compares
  output=$(cat "$1".txt 2>&1)
  expect "$2: all is done" gather "$1"
  expect "$2: the same bytes" is_the_same "$1"
}

plan threads
"$program" sweep run study.yaml -o threads --threads 2 >threads.txt 2>&1
compare threads "two runs side by side"

plan pair
for _ in 1 2; do "$program" sweep run study.yaml -o pair --threads 1 >>pair.txt 2>&1 & done
wait
compare pair "two processes, each with all of it"

plan loop
for i in 0 1 2 3; do "$program" sweep run study.yaml -o loop --shard "$i/4" >>loop.txt 2>&1; done
compare loop "a plain loop"

plan parallel
parallel --will-cite -j 2 "$program" sweep run study.yaml -o parallel --threads 1 --shard '{}/4' ::: 0 1 2 3 >parallel.txt 2>&1
compare parallel "GNU parallel"

plan mpirun
try mpirun --allow-run-as-root --oversubscribe -n 3 "$program" sweep run study.yaml -o mpirun
expect "mpirun ends well, as a failed run must not end the other ranks" ends_with 0
echo "$output" >mpirun.txt
expect "mpirun: a rank takes its part" says "OMPI_COMM_WORLD_RANK=2: part 2 of 3"
compare mpirun "mpirun -n 3"

plan srun
cat >srun.sbatch <<JOB
#!/bin/bash
#SBATCH --ntasks=2 --mem=500M --time=5 --output=srun.txt
srun "$program" sweep run study.yaml -o srun
JOB
sbatch srun.sbatch >/dev/null
expect "the allocation ends" until_true 60 no_jobs
output=$(cat srun.txt)
expect "srun: a task takes its part" says "SLURM_PROCID=1: part 1 of 2"
compare srun "srun -n 2 in an allocation"

plan inside
try salloc --ntasks=2 --mem=500M --time=5 mpirun --allow-run-as-root "$program" sweep run study.yaml -o inside
echo "$output" >inside.txt
expect "mpirun in an allocation: a rank takes its part" says "OMPI_COMM_WORLD_RANK=1: part 1 of 2"
compare inside "mpirun in an allocation"
finish
