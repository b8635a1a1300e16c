#!/usr/bin/env bash
# Publishes the gateway as it is deployed, runs the benchmark against it, prints a Markdown table.
#
#   tests/benchmark.sh                                 verification: about 3 minutes
#   tests/benchmark.sh verification --soak 100000      and then 100,000 verifications, watching memory
#   tests/benchmark.sh events                          signed events, burst, open cases; needs wrk, starts PostgreSQL
#   tests/benchmark.sh joint                           legs and statuses of joint applications; needs wrk, starts PostgreSQL
#   tests/benchmark.sh sharing                         sharing plane: about 10 minutes; needs wrk, nginx and haproxy
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
published=$(mktemp -d)
trap 'rm -rf "$published"' EXIT

echo "Publishing the gateway and building the benchmark ..." >&2
dotnet publish src/Gateway -c Release -r linux-x64 --self-contained false -o "$published" -v quiet -clp:NoSummary >&2
dotnet build tests/Benchmarks -c Release -v quiet -clp:NoSummary >&2

if [[ ${1:-} == events || ${1:-} == joint ]]; then
  source tests/postgres.sh
  trap 'stop_postgres; rm -rf "$published"' EXIT
  postgres_fsync=on # as SQLite has it: what is acknowledged is on the disk
  start_postgres >&2
fi

echo "Measuring; leave the machine alone ..." >&2
(($# > 0)) || set -- verification
dotnet tests/Benchmarks/bin/Release/net10.0/Integration.Benchmarks.dll "$@" --gateway "$published/Integration.Gateway.dll"
