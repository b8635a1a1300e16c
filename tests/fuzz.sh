#!/usr/bin/env bash
# Fuzzes what reads the bytes of strangers, for hours: SharpFuzz under AFL++ (Debian's package afl++, installed where missing).
#
#   tests/fuzz.sh                      the targets
#   tests/fuzz.sh TARGET [MINUTES]     one target, 60 minutes unless told
#   tests/fuzz.sh all [MINUTES]        one after the other, so many minutes each
#
# Findings stay in fuzz-findings/TARGET/default/crashes and .../hangs. To see one: dotnet run --project tests/Fuzzing -- input TARGET FILE.
# Each becomes a test and a file of tests/Fuzzing/Corpus/TARGET. The exit code is 1 if there is one.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tests/environment.sh

wanted=${1:-}
minutes=${2:-60}
build=artifacts/fuzzing
findings=fuzz-findings

if [ -z "$wanted" ]; then
  sed -n '2,10s/^# \?//p' "${BASH_SOURCE[0]}"
  ls tests/Fuzzing/Corpus
  exit 2
fi

if [ "$wanted" = all ]; then targets=$(ls tests/Fuzzing/Corpus); else targets=$wanted; fi
for target in $targets; do
  if [ ! -d "tests/Fuzzing/Corpus/$target" ]; then
    echo "There is no target $target. Targets: $(ls tests/Fuzzing/Corpus | paste -sd ' ')"
    exit 2
  fi
done

if ! command -v afl-fuzz >/dev/null; then
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
  echo "AFL++ is missing: installing it."
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends afl++ >/dev/null
fi

echo "Building and instrumenting ..."
rm -rf "$build"
dotnet tool restore >/dev/null
dotnet publish tests/Fuzzing -c Release -o "$build" -p:PublishReadyToRun=false -p:RunAnalyzers=false -v quiet -clp:NoSummary
for assembly in Contracts Adapters Gateway; do dotnet sharpfuzz "$build/Integration.$assembly.dll"; done

# What AFL++ wants to be told of a managed program that it cannot look into, on a machine whose governor and core pattern are not its own.
export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1 AFL_NO_AFFINITY=1
export DOTNET_TieredCompilation=1 DOTNET_gcServer=0

found=0
for target in $targets; do
  echo "== $target, $minutes minutes"
  mkdir -p "$findings/$target"
  afl-fuzz -i "tests/Fuzzing/Corpus/$target" -o "$findings/$target" -t 10000 -m none -V "$((minutes * 60))" \
    -- dotnet "$build/Integration.Fuzzing.dll" afl "$target" >"$findings/$target/afl.log" 2>&1 || {
    tail -20 "$findings/$target/afl.log"
    exit 1
  }
  new=$(find "$findings/$target/default/crashes" "$findings/$target/default/hangs" -type f ! -name README.txt | wc -l)
  runs=$(sed -nE 's/^execs_done *: *//p' "$findings/$target/default/fuzzer_stats")
  paths=$(sed -nE 's/^(corpus_count|paths_total) *: *//p' "$findings/$target/default/fuzzer_stats")
  echo "-- $target: $runs inputs, $paths kept as new, $new findings"
  found=$((found + new))
done
exit $((found > 0))
