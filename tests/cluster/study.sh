# Read by the tests beside it: a study of 24 small runs, one of which fails on purpose; what is made of it; what is at work.
# shellcheck shell=bash
# shellcheck source=tests/cluster/jobs.sh
source "$(dirname "${BASH_SOURCE[0]}")/jobs.sh"
program=$(realpath "${1:?usage: $0 PROGRAM}")
runs=24

# The eleventh run asks for more memory than the study allows.
write_study() {  # FILE USERS
  local loads users i
  for ((i = 0; i < runs; i++)); do
    loads+="${loads:+, }0.$((100 + i))"
    users+="${users:+, }$((i == 10 ? 100000000 : $2 + 100 * i))"
  done
  cat >"$1" <<STUDY
title: Ads, and how many people are simulated
scenario: $root/scenarios/history.yaml
set: {time.end: 2011-12-31}
levers:
  platforms.weibo.ads.load: [$loads]
uncertainties:
  population.users: [$users]
design: list
outcomes: [monthly_active_users.wechat@end, attention_share.weibo.mean]
keep: all
limits: {memory: 200 MB}
STUDY
}

plan() { "$program" sweep plan study.yaml --no-trial -o "$1" >/dev/null; }
gather() { "$program" sweep gather study.yaml -o "$1" >"$1/gather.txt" && grep -q '^23 runs, 1 failed, 0 missing' "$1/gather.txt"; }

# The measure: one process on one thread, which gathers at its end.
one_process() {
  "$program" sweep run study.yaml -o one --threads 1 --quiet >one.txt
  (($? == 1))
}

is_the_same() {  # FOLDER
  cmp one/results.h5 "$1/results.h5" && cmp one/summary.csv "$1/summary.csv"
}

# Process number of who works at a part.
worker() { sed -n 's|.*"pid":\([0-9]*\),"part":"'"$2"'".*|\1|p' "$1"/running/*.json 2>/dev/null | head -n 1; }
# In the middle of it: one of its runs is done.
at_work() {
  local point
  [[ -n $(worker "$1" "$2") ]] || return 1
  for ((point = ${2%/*}; point < runs; point += ${2#*/})); do
    [[ ! -e $1/records/000/$(printf 'p%06d-r0000.run' "$point") ]] || return 0
  done
  return 1
}
