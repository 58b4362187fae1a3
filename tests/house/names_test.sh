#!/usr/bin/env bash
# CTest hands names of test cases to CMake and to the test program: one with a semicolon is cut off there, one that begins with a dash is
# taken for an option, and the test runs nothing and passes.
source "$(dirname "${BASH_SOURCE[0]}")/expect.sh"
cd "$root" || exit 1
output=$(grep -rnzoE --include='*.cpp' 'TEST_CASE\(\s*"(-|[^"]*;)[^"]*"' tests | tr '\0' '\n')
expect "names of test cases reach their tests" silent
finish
