#!/usr/bin/env bash
# scripts/setup against a pretended Debian: what it asks apt for, and what it says when it cannot.
source "$(dirname "${BASH_SOURCE[0]}")/expect.sh"

bin=$scratch/bin
mkdir -p "$bin" "$scratch/scripts"
cp "$root"/scripts/{setup,house.sh} "$scratch/scripts/"
for tool in bash env dirname cat awk sed grep mkdir tail tr sort; do ln -s "$(command -v $tool)" "$bin/$tool"; done

stub() {  # NAME BODY
  printf '#!%s\n%s\n' "$(command -v bash)" "$2" >"$bin/$1"
  chmod +x "$bin/$1"
}
stub cmake 'echo "cmake version 3.25.1"'
stub ninja ''
stub g++ 'echo 12.2.0'
stub id 'echo 0'
# shellcheck disable=SC2016  # the stubs expand these
{
  stub dpkg-query 'shift 2; for p in "$@"; do grep -qx "$p" '"$scratch/absent"' || echo "installed $p"; done'
  stub apt-cache '! grep -qx "$3" '"$scratch/unknown"
  stub apt-get 'echo "$*" >>'"$scratch/asked"'
case $* in *" install "*) [[ ! -f '"$scratch/broken"' ]] && : >'"$scratch/absent"';; esac'
}

pretend() {  # absent packages; none asked for yet
  rm -f "$scratch"/{asked,broken}
  printf '%s\n' "$@" >"$scratch/absent"
  : >"$scratch/unknown"
}
setup() { try env -i PATH="$bin" "$scratch/scripts/setup" "$@"; }
asked() { grep -q -- "$1" "$scratch/asked" 2>/dev/null; }

pretend
setup --all
expect "nothing missing: good" ends_with 0
expect "nothing missing: silent" silent
expect "nothing missing: apt-get is left alone" [ ! -e "$scratch/asked" ]

pretend libtbb-dev catch2 python3-xarray
setup
expect "installs" ends_with 0
expect "refreshes the lists" asked ' update$'
expect "installs what is missing" asked ' install --no-install-recommends libtbb-dev$'
pretend libtbb-dev catch2 python3-xarray
setup --tests
expect "installs for tests" asked ' install --no-install-recommends libtbb-dev catch2$'
pretend libtbb-dev catch2 python3-xarray
setup --all
expect "installs for all suites" asked ' install --no-install-recommends libtbb-dev catch2 python3-xarray$'

pretend libbenchmark-dev catch2
setup --bench
expect "installs for the benchmark" asked ' install --no-install-recommends libbenchmark-dev$'

pretend nodejs npm
setup --all
expect "node is missing" asked ' install --no-install-recommends nodejs npm$'
stub node ''
pretend nodejs npm
setup --all
expect "node alone lacks npm" asked ' install --no-install-recommends npm$'
stub npm ''
pretend nodejs npm
setup --all
expect "node and npm from elsewhere are good enough" [ ! -e "$scratch/asked" ]

pretend libcli11-dev
echo libcli11-dev >"$scratch/unknown"
setup
expect "an unknown package ends with 3" ends_with 3
expect "an unknown package is named" says "package 'libcli11-dev' is not to be had"

pretend libfmt-dev
touch "$scratch/broken"
setup
expect "a failed installation ends with 3" ends_with 3
expect "a failed installation names the package" says "could not install: libfmt-dev"

stub id 'echo 1000'
pretend libfmt-dev
setup
expect "neither root nor sudo ends with 3" ends_with 3
expect "neither root nor sudo says what to do" says "As root: apt-get install --no-install-recommends libfmt-dev"
# shellcheck disable=SC2016  # the stub expands it
stub sudo 'echo sudo >>'"$scratch/asked"'; exec "$@"'
setup
expect "sudo is used" asked '^sudo$'
expect "sudo is enough" ends_with 0

stub cmake 'echo "cmake version 3.22.1"'
pretend
setup
expect "an old CMake ends with 3" ends_with 3
expect "an old CMake is named" says "CMake 3.25 or newer is needed, this is 3.22.1"
stub cmake 'echo "cmake version 3.31.0"'

rm "$bin/dpkg-query" "$bin/apt-get"
setup
expect "another system goes on" ends_with 0
expect "another system is told what is needed" says "libhdf5-dev"
setup --everything
expect "an unknown option ends with 2" ends_with 2
finish
