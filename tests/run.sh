#!/usr/bin/env bash
# Sets up what is missing, builds, checks format and packages, runs every test project.
# The last line is "N passed, N failed[, N skipped]"; the exit code is 0 only if something ran and nothing failed.
#
#   tests/run.sh           the whole suite
#   tests/run.sh --long    also the long runs (sets INTEGRATION_TEST_LONG=1)
#
# Tests find PostgreSQL in INTEGRATION_TEST_POSTGRES (a Npgsql connection string). The server is the run's own: a random
# loopback port, a temporary directory, gone at the end. Set the variable yourself to use another one.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tests/postgres.sh

export DOTNET_TieredPGO=0 # a test's host lives for seconds: watching its code for later costs more than it brings
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1
configuration=Debug # quicker to build than Release, and what `dotnet run` builds too
patience=15m # per test project: twice what the slowest takes on a slow machine
passed=0 failed=0 skipped=0
results=$(mktemp -d)

finish() {
  local code=$?
  stop_postgres
  rm -rf "$results"
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

# A check that is no test project counts as one test; exit code 75 says that it could not be done here.
check() {
  local name=$1 code=0
  shift
  "$@" || code=$?
  case $code in
    0) passed=$((passed + 1)) ;;
    75) skipped=$((skipped + 1)) ;;
    *)
      echo "FAILED: $name"
      failed=$((failed + 1))
      ;;
  esac
}

format_is_right() { dotnet csharpier check .; }

vulnerable_in() { dotnet list "$@" package --vulnerable --include-transitive 2>&1; }

# A source without vulnerability data calls everything clean, so a package with a published advisory is asked first.
source_knows_advisories() {
  mkdir -p "$results/canary"
  cat >"$results/canary/canary.csproj" <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup>
  <ItemGroup><PackageReference Include="Newtonsoft.Json" Version="[12.0.3]" /></ItemGroup>
</Project>
XML
  dotnet restore "$results/canary" >/dev/null 2>&1 && vulnerable_in "$results/canary/canary.csproj" | grep -q "GHSA-"
}

no_vulnerable_package() {
  if ! source_knows_advisories; then
    echo "NOT CHECKED: the package source publishes no advisories. The known floors are tested in Architecture.Tests."
    return 75
  fi
  local report="$results/vulnerable"
  vulnerable_in Integration.sln >"$report" || { cat "$report"; return 1; }
  if grep -q "GHSA-" "$report"; then
    cat "$report"
    return 1
  fi
  echo "No package in use has a published advisory."
}

run_project() {
  local project=$1 log="$results/$1" started=$SECONDS code=0
  local program="tests/$project/bin/$configuration/net10.0/Integration.$project.dll"
  dotnet exec "$program" --no-ansi --progress off --timeout "$patience" \
    --results-directory "$results/$project.d" 2>&1 | tee "$log" || code=$?
  local ok bad left
  ok=$(sed -nE 's/^ *succeeded: ([0-9]+).*/\1/p' "$log" | tail -1)
  bad=$(sed -nE 's/^ *failed: ([0-9]+).*/\1/p' "$log" | tail -1)
  left=$(sed -nE 's/^ *skipped: ([0-9]+).*/\1/p' "$log" | tail -1)
  passed=$((passed + ${ok:-0})) failed=$((failed + ${bad:-0})) skipped=$((skipped + ${left:-0}))
  if ((code != 0 && ${bad:-0} == 0)); then
    echo "FAILED: $project ended with exit code $code (8 = no test ran)"
    failed=$((failed + 1))
  fi
  echo "-- $project: ${ok:-0} passed, ${bad:-0} failed, ${left:-0} skipped in $((SECONDS - started)) s"
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

step "PostgreSQL"
start_postgres

step "Tools and packages"
dotnet tool restore
dotnet restore Integration.sln --locked-mode -v minimal

step "Format"
check "CSharpier" format_is_right

step "Vulnerable packages"
check "vulnerable packages" no_vulnerable_package

step "Build"
# One compiler for all projects; it goes when the build is done.
dotnet build Integration.sln --no-restore -c "$configuration" -v minimal -clp:NoSummary -p:UseSharedCompilation=true
dotnet build-server shutdown --vbcscompiler >/dev/null

for project in tests/*Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  step "$name"
  run_project "$name"
done
step "Done"
