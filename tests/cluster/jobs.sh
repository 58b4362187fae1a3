# Read by the tests beside it: what they ask of Slurm. Polls, as `sbatch --wait` answers late.
# shellcheck shell=bash
# shellcheck source=tests/house/expect.sh
source "$(dirname "${BASH_SOURCE[0]}")/../house/expect.sh"

until_true() {  # SECONDS CONDITION...
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.1
  done
}

no_jobs() { [[ -z $(squeue --noheader --states=PENDING,RUNNING,COMPLETING,CONFIGURING,SUSPENDED) ]]; }
# What scontrol says of a job or of one task of an array (JOB_TASK): state and exit code, "FAILED 3:0".
job_state() { scontrol show job "$1" | sed -n 's/.*JobState=\([A-Z_]*\).*/\1/p; s/.* ExitCode=\([0-9:]*\).*/\1/p' | head -n 2 | tr '\n' ' ' | sed 's/ $//'; }
is_in_state() { [[ $(job_state "$1") == "$2"* ]]; }
restarts() { scontrol show job "$1" | sed -n 's/.* Restarts=\([0-9]*\).*/\1/p' | head -n 1; }
