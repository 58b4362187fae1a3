#!/usr/bin/env bash
# CITATION.cff names the version that CMake builds, and has what format 1.2.0 requires.
source "$(dirname "${BASH_SOURCE[0]}")/expect.sh"
cd "$root" || exit 1
built=$(sed -n 's/^project(spillway VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
cited=$(sed -n 's/^version: *//p' CITATION.cff)
output="CMakeLists.txt: $built, CITATION.cff: $cited"
expect "one version" [ -n "$built" -a "$built" = "$cited" ]
for key in authors cff-version message title license; do
  expect "CITATION.cff has $key" grep -q "^$key:" CITATION.cff
done
expect "format 1.2.0" grep -qx 'cff-version: 1.2.0' CITATION.cff
expect "the licence is Apache 2.0" grep -q 'Version 2.0, January 2004' LICENSE
finish
