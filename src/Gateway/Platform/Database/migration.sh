#!/usr/bin/env bash
# After a change of a row: a migration, the compiled model and the script of a new database, for both engines.
#   src/Gateway/Platform/Database/migration.sh <Name>
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
name=${1:?a name for the migration is needed, e.g. CaseMilestones}
folder=Platform/Database

dotnet tool restore
rm -rf "src/Gateway/$folder/Migrations/"*/Compiled # names members of rows that may be gone
dotnet build src/Gateway -nodeReuse:false
ef() { dotnet ef "$@" --no-build --project src/Gateway --context "${engine}GatewayDb"; }
for engine in Sqlite Postgres; do
  ef migrations add "$name" --output-dir "$folder/Migrations/$engine"
  ef dbcontext optimize --output-dir "$folder/Migrations/$engine/Compiled" \
    --namespace "Integration.Gateway.Platform.Database.Migrations.$engine.Compiled"
done
dotnet build src/Gateway -nodeReuse:false
for engine in Sqlite Postgres; do
  ef migrations script --output "src/Gateway/$folder/Migrations/$engine.sql"
done
