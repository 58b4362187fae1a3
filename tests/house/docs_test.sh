#!/usr/bin/env bash
# Documents that the program writes must be what it writes today.
#   docs_test.sh PROGRAM
source "$(dirname "${BASH_SOURCE[0]}")/expect.sh"
program=$1
cd "$root" || exit 1

fresh() {  # FILE ARGUMENTS...
  local file=$1
  shift
  "$program" "$@" >"$scratch/now" 2>"$scratch/errors"
  code=$?
  output=$(cat "$scratch/errors"; diff -u "$file" "$scratch/now" 2>&1 | head -n 20)
  expect "spillway $* works" ends_with 0
  expect "$file is fresh; write it again with: spillway $* > $file" silent
}

fresh scenarios/README.md describe --manual
fresh output/README.md describe --outputs
finish
