#!/usr/bin/env bash
# Makes pages of sweeps of each kind and of a calibration with the real program, and checks them in a real browser.
#   tests/browser/check_sweep_pages.sh WORK_FOLDER SWEEP_FILES PROGRAM
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[[ $# == 3 ]] || { sed -n '2,3s/^# \{0,1\}//p' "$0" >&2; exit 2; }
folder=$1/sweeps
rm -rf "$folder"
mkdir -p "$folder"
"$2" "$folder"
pages=()
for result in "$folder"/*.h5; do
  page=${result%.h5}.html
  "$3" report "$result" -o "$page" >/dev/null
  largest=300000
  [[ $result != */calibration.h5 ]] || largest=500000  # weekly curves with two bands each
  size=$(stat -c %s "$page")
  [[ $size -lt $largest ]] || { echo "$page: $size bytes, more than $largest" >&2; exit 1; }
  pages+=("$page")
done
exec "$here/check_browser.sh" "$1" --page "${pages[@]}"
