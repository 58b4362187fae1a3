# Read by the tests beside it: a scratch folder that goes away, and checks that say what they saw.
# shellcheck shell=bash
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0

# try COMMAND...: keeps its exit code in $code, and what it printed in $output.
try() {
  output=$("$@" 2>&1 </dev/null)
  code=$?
}

expect() {  # WHAT CONDITION...
  local what=$1
  shift
  "$@" && return
  printf 'FAILED: %s\n  exit code %s, output:\n%s\n' "$what" "${code-}" "${output-}"
  failures=$((failures + 1))
}
says() { grep -qF -- "$1" <<<"$output"; }
silent() { [[ -z $output ]]; }
ends_with() { ((code == $1)); }

finish() {
  ((failures == 0)) || exit 1
  echo "good"
}
