#!/usr/bin/env bash
# Opens a result file with every reader that researchers use, and compares what they see, value by value.
#   tests/readers/check_readers.sh RESULT.h5 [WORK_FOLDER]
# WORK_FOLDER keeps jsfive from one call to the next (default: a temporary folder).
# Needs Debian's python3-{h5py,h5netcdf,netcdf4,xarray,matplotlib}, r-base-core, r-bioc-rhdf5, r-cran-ncdf4, hdf5-tools; node and npm.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[[ $# -ge 1 && -f $1 ]] || { echo "readers: name a result file: tests/readers/check_readers.sh RESULT.h5" >&2; exit 2; }
result=$(realpath "$1")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
work=${2:-$scratch/work}
mkdir -p "$work"

exec 9>"$work/lock"
if command -v flock >/dev/null; then flock 9; fi  # two tests at once must not both install
if ! cmp -s "$here/package-lock.json" "$work/installed-lock.json"; then
  cp "$here/package.json" "$here/package-lock.json" "$work/"
  (cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error >&2) || { echo "readers: npm cannot install jsfive" >&2; exit 1; }
  cp "$here/package-lock.json" "$work/installed-lock.json"
fi
exec 9>&-

# Debian's own interpreter: another one on the path may lack the packages.
/usr/bin/python3 "$here/compare.py" "$result" --scratch "$scratch/dumps" --node-modules "$work/node_modules"
