#!/usr/bin/env bash
# A Slurm cluster of one machine, for as long as one command runs: controller, node and authentication on the loopback address.
#   tests/cluster/slurm.sh [--in FOLDER] COMMAND...
# FOLDER (made if missing, short: sockets stand in it; default: a temporary one that goes away) takes everything that Slurm writes.
# COMMAND finds SLURM_CONF set; its exit code is handed on. Several may run side by side. Needs root and Debian's slurmctld, slurmd,
# slurm-client and munge: exit code 77 without.
set -euo pipefail
folder=
[[ ${1-} != --in ]] || { folder=${2:?--in needs a folder} && shift 2; }
(($#)) || { echo "usage: tests/cluster/slurm.sh [--in FOLDER] COMMAND..." >&2; exit 2; }
PATH=$PATH:/usr/sbin:/sbin
for tool in munged slurmctld slurmd sinfo setpriv; do
  command -v "$tool" >/dev/null || { echo "skipped: no $tool here (scripts/setup --all installs it)" >&2; exit 77; }
done
[[ $(id -u) == 0 ]] || { echo "skipped: Slurm's daemons need root" >&2; exit 77; }

temporary=
if [[ -n $folder ]]; then mkdir -p "$folder"; else folder=$(mktemp -d) && temporary=$folder; fi
folder=$(cd "$folder" && pwd -P)
((${#folder} <= 60)) || { echo "slurm: the path of the folder is too long for sockets: $folder" >&2; exit 2; }
# What a surrounding Slurm or MPI says is not meant for this one.
while read -r name; do unset "$name"; done < <(compgen -e | grep -E '^(SLURM|SBATCH|SRUN|OMPI|PMIX)_' || true)
export SLURM_CONF=$folder/slurm.conf
daemons=()

# A daemon is our child and dies with us, whatever ends us.
daemon() {  # NAME COMMAND...
  setpriv --pdeathsig KILL "${@:2}" >>"$folder/$1.out" 2>&1 </dev/null &
  daemons+=($!)
}

# shellcheck disable=SC2317  # called by the traps
down() {
  trap - EXIT INT TERM
  if ((${#daemons[@]} == 3)); then  # jobs first: their processes are not the node's children
    timeout 10 scancel --full --user="$(id -un)" 2>/dev/null || true
    for _ in {1..100}; do
      [[ -n $(timeout 10 squeue --noheader 2>/dev/null || true) ]] || break
      sleep 0.1
    done
  fi
  stop_daemons
  [[ -z $temporary ]] || rm -rf "$temporary"
}

stop_daemons() {
  local pid
  for pid in "${daemons[@]}"; do kill "$pid" 2>/dev/null || true; done
  for _ in {1..50}; do
    any_alive || break
    sleep 0.1
  done
  for pid in "${daemons[@]}"; do kill -KILL "$pid" 2>/dev/null || true; done
  ((${#daemons[@]} == 0)) || wait "${daemons[@]}" 2>/dev/null || true
  daemons=()
}

any_alive() {
  local pid
  for pid in "${daemons[@]}"; do ! kill -0 "$pid" 2>/dev/null || return 0; done
  return 1
}

taken() { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Below 32768, where Linux begins to hand out ports by itself.
free_port() {
  local port
  while port=$((20000 + RANDOM % 12000)); do taken "$port" || break; done
  echo "$port"
}

write_settings() {
  local host memory
  host=$(hostname -s)
  memory=$(awk '/^MemTotal/ { print int($2 / 1024 * 0.9) }' /proc/meminfo)
  : >"$folder/cgroup.conf"  # or the node looks for one in /etc
  cat >"$SLURM_CONF" <<SETTINGS
ClusterName=spillway
# Everything on this machine, nothing outside the folder.
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
# cred_expire: so long waits what is queued again; 120 s by default, 5 is the least.
AuthInfo=socket=$folder/munge/socket,cred_expire=5
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
JobCompType=jobcomp/none
AccountingStorageType=accounting_storage/none
# A container has neither systemd nor a control group of its own: processes are found by their parents.
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
# Processors and memory are booked; a job that names no memory takes little instead of all.
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
DefMemPerCPU=256
# Tests wait for nothing: plan at once, requeue at once, kill soon after the time limit.
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=0,bf_interval=1
KillWait=5
MinJobAge=600
ReturnToService=2
MaxArraySize=1001
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=$memory State=UNKNOWN
PartitionName=short Nodes=$host Default=YES MaxTime=00:10:00 State=UP
SETTINGS
}

idle() { [[ $(timeout 5 sinfo --noheader --format=%T 2>/dev/null | head -n 1) == idle ]]; }
all_alive() {
  local pid
  for pid in "${daemons[@]}"; do kill -0 "$pid" 2>/dev/null || return 1; done
}

# Fails where somebody else took a port in the meantime: then again with others.
up() {
  write_settings
  rm -rf "$folder"/{state,spool,munge}
  mkdir -p "$folder"/{state,spool,munge}
  chmod 755 "$folder" "$folder/munge"
  (umask 077 && head -c 1024 /dev/urandom >"$folder/munge/key")
  daemon munged munged --foreground --force --key-file="$folder/munge/key" --socket="$folder/munge/socket" \
    --pid-file="$folder/munge/pid" --log-file="$folder/munge/log" --seed-file="$folder/munge/seed"
  for _ in {1..100}; do [[ ! -S $folder/munge/socket ]] || break; sleep 0.05; done
  daemon slurmctld slurmctld -D -c -f "$SLURM_CONF"
  daemon slurmd slurmd -D -f "$SLURM_CONF"
  for _ in {1..300}; do
    all_alive || return 1
    ! idle || return 0
    sleep 0.2
  done
  return 1
}

trap down EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
for attempt in 1 2 3; do
  ! up || break
  stop_daemons
  ((attempt < 3)) || { tail -n 20 "$folder"/*.out "$folder"/*.log >&2; echo "slurm: does not start; logs: $folder" >&2; exit 1; }
done
code=0
"$@" || code=$?
exit "$code"
