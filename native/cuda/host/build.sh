#!/bin/sh
# Builds the CUDA engine for the processor (see cuda_runtime.h here), for tests: host/build.sh FOLDER
# Flags of your own, such as -fsanitize=address, in CXXFLAGS.
set -eu
out=${1:?a folder to build into}
here=$(cd "$(dirname "$0")" && pwd)
cuda=$(dirname "$here")
mkdir -p "$out"
case $(uname -m) in x86_64) machine="-mavx2 -mfma" ;; *) machine= ;; esac
objects=
pids=
for source in "$cuda"/*.cu "$cuda"/*.cpp "$cuda"/../shared/*.cpp "$here"/fibers.cpp; do
  object=$out/$(basename "$source").o
  objects="$objects $object"
  ${CXX:-g++} -std=c++17 -O2 $machine -fPIC -fvisibility=hidden -Wall -Wextra -Wno-unknown-pragmas -Wno-unused-function ${CXXFLAGS:-} \
    -I"$here" -I"$cuda/../include" -x c++ -c "$source" -o "$object" &
  pids="$pids $!"
done
for pid in $pids; do wait "$pid"; done
${CXX:-g++} -shared ${CXXFLAGS:-} $objects -o "$out/lrlab_cuda.so"
