#!/usr/bin/env bash
# Builds every fuzz target as a fuzzing service wants it: by $CC $CXX $CFLAGS $CXXFLAGS, linked with $LIB_FUZZING_ENGINE,
# and lays down in $OUT each target with its options, its dictionary and its seeds, and in $OUT/lib the shared libraries
# that they need. $SRC and $WORK may be left out.
set -euo pipefail
: "${CC:?}" "${CXX:?}" "${LIB_FUZZING_ENGINE:?}" "${OUT:?}"
tree=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[[ -d $tree/../fuzz/targets ]] && tree=$(cd "$tree/.." && pwd)
[[ -d $tree/fuzz/targets ]] || tree=${SRC:?}/tollgate
work=${WORK:-$(mktemp -d)}

# Distributions build the libraries that we link (fmt, pugixml, Boost.JSON) against libstdc++.
export CXXFLAGS="${CXXFLAGS-} "
CXXFLAGS=${CXXFLAGS//-stdlib=libc++ / }
cmake -S "$tree" -B "$work/tollgate" -G Ninja -DCMAKE_BUILD_TYPE=None -DCMAKE_C_COMPILER="$CC" -DCMAKE_CXX_COMPILER="$CXX" \
  -DTOLLGATE_FUZZ=ON -DTOLLGATE_FUZZ_ENGINE="$LIB_FUZZING_ENGINE" -DTOLLGATE_FUZZ_FLAGS= -DTOLLGATE_SANITIZE= \
  -DTOLLGATE_TESTS=OFF -DTOLLGATE_KIT=OFF \
  -DCMAKE_BUILD_RPATH='$ORIGIN/lib' -DCMAKE_EXE_LINKER_FLAGS=-Wl,--disable-new-dtags # so for libraries of libraries too
cmake --build "$work/tollgate" --target fuzz_targets

# The image that runs the targets has the C library; all else that they are linked with goes along.
copy_libraries() {
  local name path
  mkdir -p "$OUT/lib"
  while read -r name path; do
    [[ $path == /* ]] || { echo "build.sh: $1 wants $name, which is not here" >&2 && return 1; }
    [[ $path -ef $OUT/lib/$name ]] || cp -L "$path" "$OUT/lib/$name"
  done < <(ldd "$1" | awk '$2 == "=>" && $1 !~ /^lib(c|m|dl|rt|pthread|resolv)[.]so/ { print $1, $3 }')
}

for source in "$tree"/fuzz/targets/*.cpp; do
  target=$(basename "$source" .cpp)
  [[ $target == canary ]] && continue # planted: a service would report it for ever
  cp "$work/tollgate/bin/fuzz/$target" "$OUT/"
  copy_libraries "$OUT/$target"
  dictionary=$tree/fuzz/dict/${target%%_*}.dict
  {
    echo "[libfuzzer]"
    echo "max_len = 16384"
    echo "timeout = 10"
    if [[ -f $dictionary ]]; then echo "dict = $target.dict"; fi
  } >"$OUT/$target.options"
  if [[ -f $dictionary ]]; then cp "$dictionary" "$OUT/$target.dict"; fi
  rm -f "$OUT/${target}_seed_corpus.zip"
  seeds=("$tree/fuzz/corpus/$target")
  if [[ -d $tree/fuzz/regressions/$target ]]; then seeds+=("$tree/fuzz/regressions/$target"); fi
  zip -q -j -r "$OUT/${target}_seed_corpus.zip" "${seeds[@]}"
done
