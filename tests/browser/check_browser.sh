#!/usr/bin/env bash
# Checks a page in a real browser.
#   tests/browser/check_browser.sh WORK_FOLDER TEMPLATE          a sample document put into the built template
#   tests/browser/check_browser.sh WORK_FOLDER --page PAGE...    pages that the program has written
# WORK_FOLDER keeps the packages from one call to the next. Needs Debian's chromium and fonts-noto-cjk; node and npm.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[[ $# -ge 2 ]] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }
mkdir -p "$1"
work=$(cd "$1" && pwd)
shift

install() {
  cmp -s "$here/package-lock.json" "$work/installed-lock.json" && return
  cp "$here/package.json" "$here/package-lock.json" "$work/"
  (cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error >&2) ||
    { echo "browser: npm cannot install playwright-core and axe-core" >&2; exit 1; }
  cp "$here/package-lock.json" "$work/installed-lock.json"
}

exec 9>"$work/lock"
if command -v flock >/dev/null; then flock 9; fi  # two tests at once must not both install
install
exec 9>&-
SPILLWAY_BROWSER_MODULES=$work exec node "$here/check_page.mjs" "$@"
