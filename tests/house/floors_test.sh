#!/usr/bin/env bash
# scripts/floors must find each kind of violation, planted one at a time in a small tree, and nothing in the clean tree.
source "$(dirname "${BASH_SOURCE[0]}")/expect.sh"

plant() {  # FILE LINE
  rm -rf "$scratch/sim"
  mkdir -p "$scratch/sim/base" "$scratch/sim/model"
  printf '#pragma once\n#include <vector>\n' >"$scratch/sim/base/hash.hpp"
  printf '#include "base/hash.hpp"\n#include "model/world.hpp"\n#include <fmt/format.h>\n' >"$scratch/sim/model/world.cpp"
  [[ $# == 0 ]] && return
  mkdir -p "$scratch/sim/$(dirname "$1")"
  printf '// first line\n%s\n' "$2" >"$scratch/sim/$1"
}
caught() {  # FILE LINE WHAT
  plant "$1" "$2"
  try "$root/scripts/floors" "$scratch"
  expect "$2 in $1 is refused" ends_with 1
  expect "$2 in $1 is named" says "sim/$1:2: "
  expect "$2 in $1 is explained" says "$3"
}
allowed() {
  plant "$@"
  try "$root/scripts/floors" "$scratch"
  expect "allowed: $*" ends_with 0
}

allowed
caught base/a.hpp '#include "model/world.hpp"' 'base (floor 0) may not include model (floor 1)'
caught model/a.cpp '  #  include "engine/engine.hpp"' 'model (floor 1) may not include engine (floor 3)'
caught input/a.cpp '#include "store/h5.hpp"' 'input (floor 2) may not include store (floor 2)'
caught run/a.cpp '#include "study/sweep.hpp"' 'run (floor 4) may not include study (floor 5)'
caught engine/a.cpp '#include "engin/x.hpp"' 'is no room on any floor'
caught engine/a.cpp '#include "tick.hpp"' 'name the room'
caught engine/a.cpp '#include "engine/../run/run.hpp"' 'name the room'
caught engine/a.cpp '#include <oneapi/tbb/parallel_for.h>' 'one door, base/parallel_tbb.cpp'
caught input/load.cpp '#include <yaml-cpp/yaml.h>' 'one door, input/yaml.cpp'
caught store/trajectory.cpp '#include "hdf5.h"' 'one door, store/h5*'
caught analysis/quantile.cpp '#include <Eigen/QR>' 'one door, analysis/least_squares.cpp'
caught study/a.cpp '#include <nlopt.h>' 'one door, analysis/minimise.cpp'
caught run/a.cpp '#include <CLI/CLI.hpp>' 'one door, cli/'
caught model/a.cpp '#include <catch2/catch.hpp>' 'one door, tests/'
caught model/a.cpp '#include <spdlog/spdlog.h>' 'a library without a door'
caught engine/a.cpp '#include <filesystem>' 'the core touches neither files'
allowed base/parallel_tbb.cpp '#include <oneapi/tbb/parallel_for.h>'
allowed input/yaml.cpp '#include <yaml-cpp/yaml.h>'
allowed store/h5_impl.hpp '#include <hdf5.h>'
allowed analysis/least_squares.cpp '#include <Eigen/QR>'
allowed analysis/minimise.cpp '#include <nlopt.h>'
allowed cli/cmd_run.cpp '#include <CLI/CLI.hpp>'
allowed run/plan.cpp '#include "engine/engine.hpp"'
allowed run/plan.cpp '// #include "study/sweep.hpp" would be wrong'

plant attic/a.cpp '#include <vector>'
try "$root/scripts/floors" "$scratch"
expect "an unknown room is refused" ends_with 1
rm -rf "$scratch/sim" && mkdir "$scratch/sim"
try "$root/scripts/floors" "$scratch"
expect "an empty tree is refused" ends_with 1
finish
