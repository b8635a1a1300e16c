#!/usr/bin/env bash
# Measures two checkouts on one machine, in turn (before, after, before, after ...), and prints one Markdown table of medians.
#
#   tests/compare.sh BEFORE_DIR [verification sharing events joint] [--rounds N] [--short]
#
#   BEFORE_DIR   another checkout of this repository; its own benchmark measures its own gateway, figures are matched by their label
#   --rounds N   how often each side is measured, default 3 (2 with --short)
#   --short      short settings: a few minutes for each benchmark; alarms of open cases and two nodes are left out
#
# The table stays in docs/benchmarks/compare-<what>.md. Needs wrk (not for verification), nginx and haproxy (sharing); starts PostgreSQL
# (events, joint). INTEGRATION_COMPARE_ENGINES=sqlite leaves PostgreSQL out.
set -euo pipefail

after=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
before=$(cd "${1:?BEFORE_DIR is missing}" && pwd)
shift
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
what=() rounds='' short=''
while (($# > 0)); do
  case $1 in
    --rounds) rounds=$2 && shift ;;
    --short) short=1 ;;
    verification | sharing | events | joint) what+=("$1") ;;
    *) echo "Unknown: $1" >&2 && exit 2 ;;
  esac
  shift
done
((${#what[@]} > 0)) || what=(verification sharing events joint)
rounds=${rounds:-${short:+2}}
rounds=${rounds:-3}
engines=${INTEGRATION_COMPARE_ENGINES:-sqlite,postgresql}

fast="-p:RunAnalyzers=false -p:GenerateDocumentationFile=false" # the code measured is the same
work=$(mktemp -d)
source "$after/tests/postgres.sh"
trap 'stop_postgres; rm -rf "$work"' EXIT
postgres_fsync=on # as SQLite has it: what is acknowledged is on the disk
[[ " ${what[*]} " != *" events "* && " ${what[*]} " != *" joint "* || $engines == sqlite ]] || start_postgres >&2

for side in before after; do
  echo "Publishing $side ..." >&2
  (cd "${!side}" && dotnet publish src/Gateway -c Release -r linux-x64 --self-contained false -o "$work/$side" $fast -v quiet -clp:NoSummary &&
    dotnet build tests/Benchmarks -c Release $fast -v quiet -clp:NoSummary) >&2
done

options() {
  case $1${short:+-short} in
    verification) echo "--seconds 15" ;;
    verification-short) echo "--seconds 6 --warm-up 5" ;;
    sharing) echo "--seconds 8 --rounds 3" ;;
    sharing-short) echo "--seconds 4 --rounds 3 --sides sharing+plane" ;;
    events) echo "--seconds 4 --rounds 3 --cases 100000 --engines $engines" ;;
    events-short) echo "--seconds 2 --rounds 2 --cases 0 --burst 1000 --engines $engines" ;;
    joint) echo "--seconds 5 --rounds 3 --engines $engines" ;;
    joint-short) echo "--seconds 3 --rounds 2 --joints 5000 --shared-rounds 0 --engines $engines" ;;
  esac
}

# Label, tab, value; what is numbered by round goes under one label, warm-ups and texts are left out.
figures() {
  awk -F ' *[|] *' -v OFS='\t' '
    function figure(label, value) { if (value ~ /^-?[0-9.]+$/) print label, value }
    /^\|[-|]+$/ { next }
    NF == 10 && $3 ~ /^[0-9]+$/ {
      split("requests/s;p50, ms;p99, ms;CPU, µs a request", names, ";")
      for (i = 1; i <= 4; i++) figure($2 " connections, " $4 ": " names[i], $(4 + i))
      next
    }
    /warm-up/ { next }
    NF >= 4 {
      label = $2
      for (i = 3; i < NF - 1; i++) label = label ", " $i
      gsub(/round [0-9]+/, "rounds", label)
      gsub(/, [0-9]+ bytes/, "", label)
      figure(label, $(NF - 1))
    }' "$1"
}

table() {
  awk -F '\t' '
    function median(side, label, n, i, j, held, sorted) {
      n = split(raw[side, label], sorted, " ")
      for (i = 2; i <= n; i++) {
        held = sorted[i] + 0
        for (j = i - 1; j > 0 && sorted[j] + 0 > held; j--) sorted[j + 1] = sorted[j]
        sorted[j + 1] = held
      }
      return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
    }
    { if (!($2 in seen)) { seen[$2] = 1; labels[++count] = $2 } raw[$1, $2] = raw[$1, $2] " " $3 }
    END {
      print "| figure | before | after | after / before | before, raw | after, raw |"
      print "|---|---|---|---|---|---|"
      for (k = 1; k <= count; k++) {
        label = labels[k]
        if (!(("before", label) in raw) || !(("after", label) in raw)) {
          print "| " label " | | | one side only |" raw["before", label] " |" raw["after", label] " |"
          continue
        }
        a = median("before", label); b = median("after", label)
        ratio = a == 0 ? "-" : sprintf("%.3f", b / a)
        rises = label ~ /[a-z]\/s|%|times one/
        if (a != 0 && (rises ? b < 0.95 * a : b > 1.05 * a)) ratio = ratio " **worse**"
        print "| " label " | " a " | " b " | " ratio " |" raw["before", label] " |" raw["after", label] " |"
      }
    }' "$1"
}

for one in "${what[@]}"; do
  read -ra chosen <<<"$(options "$one")"
  chosen=("${chosen[@]//+/ }") # a plus is a space within one option
  : >"$work/$one.tsv"
  for ((round = 1; round <= rounds; round++)); do
    for side in before after; do
      echo "$one, round $round of $rounds, $side; leave the machine alone ..." >&2
      dotnet "${!side}/tests/Benchmarks/bin/Release/net10.0/Integration.Benchmarks.dll" "$one" "${chosen[@]}" \
        --gateway "$work/$side/Integration.Gateway.dll" >"$work/out"
      figures "$work/out" | sed "s/^/$side\t/" >>"$work/$one.tsv"
    done
  done
  {
    echo "# $one: before and after"
    echo
    echo "\`tests/compare.sh BEFORE_DIR $one --rounds $rounds${short:+ --short}\` on $(date -u +%F): $(git -C "$before" rev-parse --short HEAD) and" \
      "$(git -C "$after" rev-parse --short HEAD) in turn on $(nproc) processors; medians of all rounds. Worse: by more than 5 %."
    echo
    table "$work/$one.tsv"
  } | tee "$after/docs/benchmarks/compare-$one.md"
done
