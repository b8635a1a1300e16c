#!/usr/bin/env bash
# Sets up what is missing, builds, checks format and packages, runs every test project, two of them at a time.
# The last line is "N passed, N failed[, N skipped]"; the exit code is 0 only if something ran and nothing failed.
#
#   tests/run.sh           the whole suite
#   tests/run.sh --long    also the long runs (sets INTEGRATION_TEST_LONG=1)
#   tests/one.sh           one class or test, within a minute of an edit
#
# Tests find PostgreSQL in INTEGRATION_TEST_POSTGRES (a Npgsql connection string). The server is the run's own: a random
# loopback port, a temporary directory, gone at the end. Set the variable yourself to use another one.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tests/environment.sh
source tests/postgres.sh
source tests/jobs.sh

configuration=Debug # quicker to build than Release, and what `dotnet run` builds too
patience=20m        # per test project: more than three times what the slowest takes beside another on two cores
at_a_time=2         # test projects; each has tests that wait for real time, so that two keep two cores busy
first=(FlowTests Gateway.Tests) # the longest, so that the short ones fill the gap at the end
passed=0 failed=0 skipped=0
declare -A codes=() # how what is needed ended

finish() {
  local code=$?
  trap '' INT TERM
  set +e # what follows is told also when a part of it goes wrong
  stop_jobs
  stop_postgres
  if ((code != 0 && failed == 0)); then failed=1; fi
  if ((passed + failed == 0)); then failed=1; fi
  local closing="$passed passed, $failed failed"
  if ((skipped > 0)); then closing+=", $skipped skipped"; fi
  echo "$closing"
  if ((failed > 0)); then exit 1; fi
  exit 0
}
trap finish EXIT
trap 'exit 130' INT TERM

step() { printf '\n== %s (%ss)\n' "$1" "$SECONDS"; }

# Called by wait_for_jobs.
job_ended() {
  local name=$1 code=$2 seconds=$3 report=$4
  step "$name"
  cat "$report"
  case $name in
    Packages | Build) codes[$name]=$code ;;
    Format | Advisories) count_check "$name" "$code" ;;
    *) count_project "$name" "$code" "$report" ;;
  esac
  echo "-- $name took $seconds s"
}

# A check that is no test project counts as one test; exit code 75 says that it could not be done here.
count_check() {
  case $2 in
    0) passed=$((passed + 1)) ;;
    75) skipped=$((skipped + 1)) ;;
    *)
      echo "FAILED: $1"
      failed=$((failed + 1))
      ;;
  esac
}

# Waits for a job without which nothing else can be done.
need() {
  while [ -z "${codes[$1]:-}" ]; do wait_for_jobs "$((${#job_group[@]} - 1))"; done
  if ((codes[$1] != 0)); then exit 1; fi
}

count_project() {
  local project=$1 code=$2 report=$3 ok bad left
  ok=$(sed -nE 's/^ *succeeded: ([0-9]+).*/\1/p' "$report" | tail -1)
  bad=$(sed -nE 's/^ *failed: ([0-9]+).*/\1/p' "$report" | tail -1)
  left=$(sed -nE 's/^ *skipped: ([0-9]+).*/\1/p' "$report" | tail -1)
  passed=$((passed + ${ok:-0})) failed=$((failed + ${bad:-0})) skipped=$((skipped + ${left:-0}))
  if ((code != 0 && ${bad:-0} == 0)); then
    echo "FAILED: $project ended with exit code $code (8 = no test ran)"
    failed=$((failed + 1))
  fi
  if grep -q '^{' "$report"; then
    echo "FAILED: a host of $project logs to the console; HostLogs.KeepFromConsole shows its log when a test fails"
    failed=$((failed + 1))
  fi
  echo "-- $project: ${ok:-0} passed, ${bad:-0} failed, ${left:-0} skipped"
}

packages() { dotnet tool restore && dotnet restore Integration.sln --locked-mode -v minimal; }

format() { dotnet csharpier check .; }

# One compiler for all projects; it goes when the build is done.
build() {
  dotnet build Integration.sln --no-restore -c "$configuration" -v minimal -clp:NoSummary -p:UseSharedCompilation=true || return
  dotnet build-server shutdown --vbcscompiler >/dev/null
}

vulnerable_in() { dotnet list "$@" package --vulnerable --include-transitive --no-restore 2>&1; }

# A source without vulnerability data calls everything clean, so a package with a published advisory is asked first.
source_knows_advisories() {
  mkdir -p "$jobs_directory/canary"
  cat >"$jobs_directory/canary/canary.csproj" <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup>
  <ItemGroup><PackageReference Include="Newtonsoft.Json" Version="[12.0.3]" /></ItemGroup>
</Project>
XML
  dotnet restore "$jobs_directory/canary" >/dev/null 2>&1 && vulnerable_in "$jobs_directory/canary/canary.csproj" | grep -q "GHSA-"
}

advisories() {
  if ! source_knows_advisories; then
    echo "NOT CHECKED: the package source publishes no advisories. The known floors are tested in Architecture.Tests."
    return 75
  fi
  local found
  found=$(vulnerable_in Integration.sln) || { echo "$found"; return 1; }
  if grep -q "GHSA-" <<<"$found"; then
    echo "$found"
    return 1
  fi
  echo "No package in use has a published advisory."
}

project() {
  dotnet exec "tests/$1/bin/$configuration/net10.0/Integration.$1.dll" --no-ansi --progress off --timeout "$patience" \
    --results-directory "$jobs_directory/$1.results"
}

# Every test project, those that take longest first.
projects() {
  printf '%s\n' "${first[@]}"
  basename -s .csproj tests/*Tests/*.csproj | grep -vxF "$(printf '%s\n' "${first[@]}")"
}

for argument in "$@"; do
  case $argument in
    --long)
      export INTEGRATION_TEST_LONG=1
      patience=60m
      ;;
    *)
      echo "Unknown option $argument. Options: --long"
      exit 2
      ;;
  esac
done

if ! command -v dotnet >/dev/null; then
  echo "The .NET 10 SDK is needed: no dotnet command was found."
  exit 1
fi

step "Packages and PostgreSQL"
start_job Packages packages
start_postgres
need Packages

step "Build, format and advisories"
start_job Build build
start_job Format format
start_job Advisories advisories
need Build

step "Tests"
for name in $(projects); do
  wait_for_jobs "$((at_a_time - 1))"
  start_job "$name" project "$name"
done
wait_for_jobs
step "Done"
