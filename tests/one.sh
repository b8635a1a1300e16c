#!/usr/bin/env bash
# Builds one test project without analyzers and documentation, and runs classes or single tests of it, within a minute of an edit.
#
#   tests/one.sh Gateway.Tests SignerTrustTests             a class, on both engines where it has two
#   tests/one.sh FlowTests Events.IntakeTests NoticeTests   several; a namespace may stand in front
#   tests/one.sh FlowTests A_port_in_use_is_explained       a test, by (the beginning of) its name with underscores
#   tests/one.sh Contracts.Tests                            the whole project
#
# PostgreSQL is started for the run and stopped after it, as tests/run.sh does; INTEGRATION_TEST_POSTGRES names another server.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tests/environment.sh
source tests/postgres.sh

usage() {
  sed -n '2,7s/^# \?//p' "${BASH_SOURCE[0]}"
  echo "Projects: $(basename -s .csproj tests/*Tests/*.csproj | paste -sd ' ')"
  exit 2
}

project=${1:-}
if [ ! -f "tests/$project/$project.csproj" ]; then usage; fi
shift

# A test's name has underscores; a class's has none.
filters=()
for wanted in "$@"; do
  case $wanted in
    *_*) filters+=(--filter-method "*$wanted*") ;;
    *) filters+=(--filter-class "*$wanted") ;;
  esac
done

# Packages are looked at only when something that names them is newer than what was restored.
is_restored() {
  local assets="tests/$project/obj/project.assets.json"
  [ -f "$assets" ] && [ -z "$(find Directory.Packages.props Directory.Build.props src deploy tests \
    \( -name '*.csproj' -o -name '*.props' -o -name packages.lock.json \) -not -path '*/obj/*' -not -path '*/bin/*' \
    -newer "$assets" -print -quit)" ]
}

if ! is_restored; then
  echo "Restoring packages ..."
  dotnet restore "tests/$project" --locked-mode -v quiet
  touch "tests/$project/obj/project.assets.json"
fi

echo "Building $project ..."
dotnet build "tests/$project" --no-restore -v quiet -clp:NoSummary -p:UseSharedCompilation=true \
  -p:RunAnalyzers=false -p:GenerateDocumentationFile=false

trap stop_postgres EXIT
trap 'exit 130' INT TERM
case $project in
  FlowTests | Gateway.Tests) start_postgres ;;
esac
dotnet exec "tests/$project/bin/Debug/net10.0/Integration.$project.dll" --progress off --show-test-results all "${filters[@]}"
