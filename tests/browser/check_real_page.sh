#!/usr/bin/env bash
# Compares three worlds with the real program, ten runs each, and checks the page in a real browser.
#   tests/browser/check_real_page.sh WORK_FOLDER PROGRAM SCENARIOS
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[[ $# == 3 ]] || { sed -n '2,3s/^# \{0,1\}//p' "$0" >&2; exit 2; }
mkdir -p "$1"
result=$1/comparison.h5 page=$1/comparison.html largest=3000000
"$2" compare "$3"/history.yaml "$3"/no_ban.yaml "$3"/third_entrant.yaml --users 5000 --replicates 10 -q --force -o "$result"
"$2" report "$result" -o "$page"
size=$(stat -c %s "$page")
[[ $size -lt $largest ]] || { echo "$page: $size bytes, more than $largest" >&2; exit 1; }
exec "$here/check_browser.sh" "$1" --page "$page"
