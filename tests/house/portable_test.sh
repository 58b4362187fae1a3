#!/usr/bin/env bash
# No file of the project names a folder of the machine it was written on.
source "$(dirname "${BASH_SOURCE[0]}")/expect.sh"
cd "$root" || exit 1
if git rev-parse --git-dir >/dev/null 2>&1; then
  mapfile -t files < <(git ls-files --cached --others --exclude-standard)
else
  mapfile -t files < <(find . -name build -prune -o -name output -prune -o -name node_modules -prune -o -type f -print)
fi
expect "there are files" [ "${#files[@]}" -gt 20 ]
own=$root/
output=$(printf '%s\n' "${files[@]}" | xargs -d '\n' grep -nIE "(^|[^A-Za-z0-9_.>}-])/(home|root|work|Users|mnt|opt|srv)/[A-Za-z0-9_.]" 2>/dev/null
  printf '%s\n' "${files[@]}" | xargs -d '\n' grep -nIF -- "$own" 2>/dev/null)
expect "no path of a machine" silent
finish
